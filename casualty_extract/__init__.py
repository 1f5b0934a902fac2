"""Casualty claims from English text: who counts how many as killed, wounded, missing, and who says so.

>>> from casualty_extract import extract
>>> [(c.count.value, c.harm) for c in extract("At least 12 civilians were killed, police said.")]
[(12, 'killed')]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casualty_extract.model import Claim, Count, Rejection, Relation, Report, Source, Span, Toll, Victims
    from casualty_extract.pipeline import Pipeline

__version__ = "0.1.0"
__all__ = [
    "Claim",
    "Count",
    "Rejection",
    "Relation",
    "Report",
    "Source",
    "Span",
    "Toll",
    "Victims",
    "extract",
    "extract_all",
    "load_pipeline",
]

_MODEL_NAMES = frozenset({"Claim", "Count", "Rejection", "Relation", "Report", "Source", "Span", "Toll", "Victims"})


def __getattr__(name: str) -> Any:
    if name in _MODEL_NAMES:
        from casualty_extract import model

        return getattr(model, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def extract(text: str, *, pipeline: str = "rules", meta: Mapping[str, Any] | None = None) -> Report:
    """The casualty claims of one text.

    ``text``: any ``str``; offsets in the report are its indices. ``pipeline``: "rules" (no model) or "spacy" (over a
    dependency parse). ``meta``: what is known of the text (id, date, url, publisher), kept as it is in ``Report.meta``.
    Raises TypeError where ``text`` is no ``str`` and ValueError for a pipeline that does not exist.
    """
    return load_pipeline(pipeline).extract(text, meta)


def extract_all(texts: Iterable[str], *, pipeline: str = "rules") -> Iterator[Report]:
    """The reports of several texts, in order, each made when it is asked for. Raises as `extract` does."""
    loaded = load_pipeline(pipeline)
    for text in texts:
        yield loaded.extract(text)


def load_pipeline(name: str = "rules") -> Pipeline:
    """The pipeline of that name, made once and shared. Raises ValueError for a name that does not exist."""
    from casualty_extract.assembly import load

    return load(name)
