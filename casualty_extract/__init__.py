"""Casualty claims from English text: who counts how many as killed, wounded, missing, and who says so.

>>> from casualty_extract import extract
>>> [(c.count.value, c.harm) for c in extract("At least 12 civilians were killed, police said.")]
[(12, 'killed')]
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casualty_extract.integrations.frames import claims_frame, extract_frame
    from casualty_extract.model import Claim, Count, Rejection, Relation, Source, Span, Toll, Victims
    from casualty_extract.pipeline import Pipeline
    from casualty_extract.reconciliation import Reconciliation, reconcile
    from casualty_extract.report import Report
    from casualty_extract.rules.own import Lexicon
    from casualty_extract.streams import Unread
    from casualty_extract.versions import diff
    from casualty_extract.workers import WorkerError

__version__ = "0.1.0"
__all__ = [
    "Claim",
    "Count",
    "Lexicon",
    "Reconciliation",
    "Rejection",
    "Relation",
    "Report",
    "Source",
    "Span",
    "Toll",
    "Unread",
    "Victims",
    "WorkerError",
    "claims_frame",
    "diff",
    "extract",
    "extract_all",
    "extract_doc",
    "extract_frame",
    "load_pipeline",
    "pipe",
    "reconcile",
]

_HOMES = dict.fromkeys(("Claim", "Count", "Rejection", "Relation", "Source", "Span", "Toll", "Victims"), "model") | {
    "Reconciliation": "reconciliation",
    "Report": "report",
    "diff": "versions",
    "reconcile": "reconciliation",
    "Lexicon": "rules.own",
    "Unread": "streams",
    "claims_frame": "integrations.frames",
    "extract_frame": "integrations.frames",
    "WorkerError": "workers",
}  # names that load with their first use


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"casualty_extract.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})  # a notebook completes the names that are not loaded yet, too


def extract(
    text: str,
    *,
    pipeline: str = "rules",
    meta: Mapping[str, Any] | None = None,
    lexicon: Lexicon | str | os.PathLike[str] | Mapping[str, Any] | None = None,
    vague: str | os.PathLike[str] | Mapping[str, int] | None = None,
) -> Report:
    """The casualty claims of one text.

    ``text``: any ``str``; offsets in the report are its indices. ``pipeline``: "rules" (no model) or "spacy" (over a
    dependency parse). ``meta``: what is known of the text (id, date, url, publisher), kept as it is in ``Report.meta``.
    ``lexicon``: words of your own, for this call: the path of a TOML file, a mapping or a `Lexicon`.
    ``vague``: how words like "dozens" are read: the name of a codebook ("acled"), the path of one of your own, or a
    mapping of words to low bounds, {"dozens": 12}, for those that are to differ from the default table.
    Raises TypeError where ``text`` is no ``str`` or ``meta`` no mapping, ValueError for a pipeline that does not exist
    and for a lexicon or vague reading that is wrong (its text names file, line, rule or word), and OSError where
    "spacy" has no model installed or a path leads nowhere.
    """
    return _loader()(pipeline, None, lexicon, vague).extract(text, meta)


def extract_all(
    texts: Iterable[str],
    *,
    pipeline: str = "rules",
    lexicon: Lexicon | str | os.PathLike[str] | Mapping[str, Any] | None = None,
    vague: str | os.PathLike[str] | Mapping[str, int] | None = None,
) -> Iterator[Report]:
    """The reports of several texts, in order, each made when it is asked for. Raises as `extract` does.

    The simple form of `pipe`, which reads with several processes, goes on behind a bad text and tells how far it is.
    """
    return pipe(texts, pipeline=pipeline, lexicon=lexicon, vague=vague)


def pipe(
    texts: Iterable[Any],
    *,
    pipeline: str = "rules",
    batch_size: int = 64,
    n_process: int = 1,
    as_tuples: bool = False,
    meta: Callable[[Any], Mapping[str, Any] | None] | None = None,
    progress: bool | Callable[[int], Any] | None = None,
    errors: str = "raise",
    **settings: Any,
) -> Generator[Any, None, None]:
    """The reports of a stream of texts, in order, each made when it is asked for.

    ``n_process``: 1 reads in this process, more begin that many workers, once; -1: one for each core. Workers get
    ``batch_size`` texts at a time, and at most ``2 * n_process`` batches are read ahead, so that memory stays flat.
    They are ended with the stream: at its end, by an error, Ctrl-C, or ``close()`` of the generator.
    ``as_tuples``: the items are pairs of text and context, and (report, context) comes back; a context may be anything
    and stays in this process. ``meta`` then makes the meta of a text of its context (``meta=dict``).
    ``progress``: True shows a bar on standard error, a callable is called with the number of texts done.
    ``errors``: "raise" raises what is wrong with an item when it is its turn; "report" gives an `Unread` in its place,
    which is false where a report is true, and goes on. ``settings``: as for `load_pipeline` (model, lexicon, vague).
    Raises TypeError and ValueError, at the call, for options that are wrong; TypeError for an item that is no ``str``;
    `WorkerError` where a worker process is killed.
    """
    return load_pipeline(pipeline, **settings).pipe(
        texts, batch_size=batch_size, n_process=n_process, as_tuples=as_tuples, meta=meta, progress=progress,
        errors=errors,
    )  # fmt: skip


def extract_doc(
    doc: Any,
    *,
    pipeline: str = "auto",
    meta: Mapping[str, Any] | None = None,
    lexicon: Lexicon | str | os.PathLike[str] | Mapping[str, Any] | None = None,
    vague: str | os.PathLike[str] | Mapping[str, int] | None = None,
) -> Report:
    """The casualty claims of the text of a spaCy ``Doc``; nothing is parsed again, and no model is loaded.

    ``pipeline``: "spacy" reads the parse of the Doc, "rules" does without, "auto" reads it where there is one; the
    report says which. Offsets in the report are those of ``doc.text``; ``meta`` is kept in ``Report.meta``.
    ``lexicon``, ``vague``: as for `extract`.
    Raises TypeError where ``doc`` is no Doc, ValueError for a pipeline that does not exist, for "spacy" where the
    Doc has no parse, and as `extract` does for a lexicon or vague reading that is wrong.
    """
    from casualty_extract.assembly import load_for

    return load_for(doc, pipeline, lexicon, vague).extract(doc.text, meta)


def load_pipeline(
    name: str = "rules",
    *,
    model: str | os.PathLike[str] | Any = None,
    lexicon: Lexicon | str | os.PathLike[str] | Mapping[str, Any] | None = None,
    vague: str | os.PathLike[str] | Mapping[str, int] | None = None,
) -> Pipeline:
    """The pipeline of that name, whose ``extract(text, meta)`` reads texts.

    ``model``: for "spacy" the name or path of a spaCy model with tagger and parser, or a loaded ``nlp`` object; the
    pipeline that holds it is new. None: the installed en_core_web_sm, made once and shared. Raises ValueError for a
    name that does not exist and for a model that does not fit, OSError where there is no such model (its text names
    two commands that install one), TypeError for a model that is none. ``lexicon``, ``vague``: as for `extract`.
    """
    return _loader()(name, model, lexicon, vague)


@cache
def _loader() -> Callable[..., Pipeline]:
    """What loads pipelines, imported at the first use: an import statement takes as long as a short text's search."""
    from casualty_extract.assembly import load

    return load
