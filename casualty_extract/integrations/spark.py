"""Claims under Spark: the reader of Arrow batches, given to ``DataFrame.mapInArrow``.

    from casualty_extract.integrations.spark import extract_claims
    claims = extract_claims(spark.read.json("folder"), "text", keys=["id"])
    claims.write.parquet("claims")

Every executor needs casualty_extract and pyarrow in its Python. Each process loads the pipeline once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from casualty_extract.integrations.arrow import ClaimReader

try:
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
except ImportError as error:
    raise ImportError('Spark needs pyspark: pip install "casualty-extract[spark]"') from error

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame


def extract_claims(
    frame: DataFrame, text: str = "text", *, keys: str | Sequence[str] = (), implicit: bool = False, **settings: Any
) -> DataFrame:
    """The claims of the texts in a column, as a DataFrame with one row a claim: the keys, then ``CLAIM_SCHEMA``.

    The options are those of `ClaimReader`. Nothing is read before Spark asks for it. Raises ValueError for a column
    that is not there, TypeError where the texts are no strings.
    """
    read = ClaimReader(text, keys=keys, implicit=implicit, **settings)
    given = frame.select(*dict.fromkeys([*read.keys, text]))
    schema = from_arrow_schema(read.schema(to_arrow_schema(given.schema)))

    def read_all(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        return map(read, batches)

    return given.mapInArrow(read_all, schema)
