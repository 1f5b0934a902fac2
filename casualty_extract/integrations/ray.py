"""Claims under Ray Data: the reader of Arrow batches, given to ``Dataset.map_batches``.

    from casualty_extract.integrations.ray import extract_claims
    claims = extract_claims(ray.data.read_json("folder", lines=True), "text", keys=["id"])
    claims.write_parquet("claims")

Every node needs casualty_extract and pyarrow. Each worker process loads the pipeline once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casualty_extract.integrations.arrow import ClaimReader

if TYPE_CHECKING:
    from ray.data import Dataset

BATCH = 256


def extract_claims(
    dataset: Dataset,
    text: str = "text",
    *,
    keys: str | Sequence[str] = (),
    implicit: bool = False,
    batch_size: int = BATCH,
    **settings: Any,
) -> Dataset:
    """The claims of the texts in a column, as a Dataset with one row a claim: the keys, then ``CLAIM_SCHEMA``.

    The options are those of `ClaimReader`; ``batch_size`` is the number of texts that a task reads together. Nothing
    is read before Ray is asked for it; a column that is not there is told by the task then.
    """
    read = ClaimReader(text, keys=keys, implicit=implicit, **settings)
    return dataset.map_batches(read.__call__, batch_format="pyarrow", batch_size=batch_size)
