"""The whole library as a component of a spaCy pipeline: ``nlp.add_pipe("casualty_extract")``, no import needed.

    doc._.casualty_claims     the claims as plain data, a list of dicts as in the record; None: not read
    doc.spans["casualties"]   a span for each claim, first to last of its words; label: its harm, id: its id
    doc._.casualty_report     the `Report`, built when asked for; None: not read

A Doc that is parsed is read by its parse, any other by word order. The results are in ``doc.user_data``, so they go
with ``Doc.copy``, ``nlp.pipe(n_process=2)``, ``Doc.to_bytes`` and ``DocBin(store_user_data=True)``. A process that only
reads stored Docs imports this module, which registers the component and both attributes.
"""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

import casualty_extract
from casualty_extract.analysis.spacy_based import is_parsed
from casualty_extract.report import Report

NAME = "casualty_extract"
SPANS_KEY = "casualties"
PIPELINES = ("auto", "spacy", "rules")
_KEY = "casualty_extract"  # in Doc.user_data: the record without its text
_NEEDED = ("tagger", "parser")


class CasualtyComponent:
    """Reads the casualty claims of a Doc. Its settings are those of the factory and stand in ``nlp.config``."""

    def __init__(
        self, nlp: Language, name: str, pipeline: str, spans_key: str, lexicon: Any = None, vague: Any = None
    ) -> None:
        if pipeline not in PIPELINES:
            raise ValueError(f"{name}: pipeline must be one of {', '.join(PIPELINES)}; not {pipeline!r}")
        if not spans_key:
            raise ValueError(f"{name}: spans_key must not be empty")
        for key, value in (("lexicon", lexicon), ("vague", vague)):
            if value is not None and not isinstance(value, str | Mapping):
                raise ValueError(
                    f"{name}: {key} must be a str (of a path: str(path)) or a mapping, which a config can hold; not "
                    f"{type(value).__name__}"
                )
        self.name, self.pipeline, self.spans_key = name, pipeline, spans_key
        self.lexicon, self.vague = lexicon, vague
        casualty_extract.load_pipeline(lexicon=lexicon, vague=vague)  # what is wrong in them shows now, not with a text
        self._nlp: weakref.ref[Language] | None = weakref.ref(nlp)

    def __call__(self, doc: Doc) -> Doc:
        """Sets the claims and spans of a Doc and returns it.

        Raises ValueError where the tagger or parser stands behind this component, and for the pipeline "spacy" where
        the Doc has no parse.
        """
        if self.pipeline != "rules" and not is_parsed(doc):
            self._check_order()
        report = casualty_extract.extract_doc(doc, pipeline=self.pipeline, lexicon=self.lexicon, vague=self.vague)
        record = report.to_dict()
        del record["text"]
        doc.user_data[_KEY] = record
        spans = (
            doc.char_span(c["start"], c["end"], label=c["harm"], span_id=c["id"], alignment_mode="expand")
            for c in record["claims"]
        )
        doc.spans[self.spans_key] = [span for span in spans if span is not None]
        return doc

    def __getstate__(self) -> dict[str, Any]:
        """Without the pipeline, for worker processes; the order of components is checked before it is left."""
        self._check_order()
        return {**self.__dict__, "_nlp": None}

    def _check_order(self) -> None:
        """Raises ValueError where a Doc cannot have the parse that the settings or the pipeline promise."""
        nlp = self._nlp() if self._nlp else None
        if nlp is None or self.pipeline == "rules":
            return
        names = [name for name, step in nlp.pipeline if step is self]
        steps = [(nlp.get_pipe_meta(name).factory, name) for name in nlp.pipe_names]
        at = nlp.pipe_names.index(names[0]) if names else len(steps)
        if late := [name for factory, name in steps[at:] if factory in _NEEDED]:
            raise ValueError(
                f"{self.name!r} stands before {' and '.join(map(repr, late))} and would read Docs without a parse. "
                f'Add it behind them, or with config={{"pipeline": "rules"}}'
            )
        missing = [need for need in _NEEDED if need not in {factory for factory, _ in steps[:at]}]
        if self.pipeline == "spacy" and missing:
            raise ValueError(
                f"{self.name!r} with pipeline 'spacy' needs a {' and a '.join(missing)} before it; the pipeline has "
                f'{nlp.pipe_names}. Add them, or set config={{"pipeline": "auto"}}'
            )


@Language.factory(
    NAME,
    default_config={"pipeline": "auto", "spans_key": SPANS_KEY, "lexicon": None, "vague": None},
    assigns=["doc._.casualty_claims", "doc._.casualty_report", "doc.spans"],
)
def make_component(
    nlp: Language, name: str, pipeline: str, spans_key: str, lexicon: Any, vague: Any
) -> CasualtyComponent:
    """The component. ``pipeline``: "auto" reads a Doc by its parse where it has one, "spacy" insists on one, "rules"
    does without; ``spans_key``: where in ``doc.spans`` the claims go; ``lexicon`` and ``vague``: as for ``extract``,
    and stored in config.cfg as they are given: a mapping goes with the pipeline, a path stays one. A config holds what
    JSON holds, so a path is a ``str``; spaCy itself refuses a ``Path`` or a ``Lexicon`` object there (its error E961).
    Raises ValueError for other settings and for a lexicon or vague reading that is wrong, OSError for a path that
    leads nowhere."""
    return CasualtyComponent(nlp, name, pipeline, spans_key, lexicon, vague)


def _claims(doc: Doc) -> list[dict[str, Any]] | None:
    record = _record(doc)
    return None if record is None else record["claims"]


def _report(doc: Doc) -> Report | None:
    record = _record(doc)
    return None if record is None else Report.from_dict({**record, "text": doc.text})


def _record(doc: Doc) -> dict[str, Any] | None:
    """What the component left in the Doc. DocBin gives lists back as tuples; they become lists again, once."""
    record: dict[str, Any] | None = doc.user_data.get(_KEY)
    if record is not None and isinstance(record["claims"], tuple):
        record = doc.user_data[_KEY] = _with_lists(record)
    return record


def _with_lists(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _with_lists(part) for key, part in value.items()}
    return [_with_lists(part) for part in value] if isinstance(value, list | tuple) else value


for _name, _getter in (("casualty_claims", _claims), ("casualty_report", _report)):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, getter=_getter, force=False)
