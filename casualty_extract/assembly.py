"""Pipelines put together from rules and an analyzer; those without a model of the caller's are made once and shared."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from casualty_extract import __version__
from casualty_extract.analysis import Analyzer
from casualty_extract.pipeline import Pipeline
from casualty_extract.rules import OwnLexicon, VagueReading, read_own, read_vague
from casualty_extract.rules import load as load_rules
from casualty_extract.rules.gate import Gate
from casualty_extract.rules.types import Rules

PIPELINES = ("rules", "spacy")
DOC_PIPELINES = ("auto", *PIPELINES)


def load(name: str, model: str | os.PathLike[str] | Any = None, lexicon: Any = None, vague: Any = None) -> Pipeline:
    """The pipeline of that name. ``model``: the model of "spacy" (a name, a path or an ``nlp`` object); ``lexicon``: a
    user's own words (the path of a TOML file, a mapping or a Lexicon); ``vague``: how vague words are read (the
    name or path of a codebook, or a mapping).

    Without a model of the caller's it is made once and shared; with one it is new, and the caller keeps it.
    Raises ValueError for a name that does not exist, for a model beside "rules" and for a model without tagger and
    parser; OSError where there is no such model; TypeError for a model that is none.
    """
    _check(name, PIPELINES)
    if model is not None and name != "spacy":
        raise ValueError(f"only the pipeline 'spacy' has a model; not {name!r}")
    own, reading = _own(lexicon), _reading(vague)
    if model is None:
        return _shared(name, own, reading)
    return _shared("rules", own, reading).with_analyzer(_spacy_based(load_rules(own, reading), model))


def load_for(doc: Any, name: str, lexicon: Any = None, vague: Any = None) -> Pipeline:
    """The pipeline that reads the text of one Doc and parses nothing.

    ``name``: "spacy" reads the parse of the Doc, "rules" does without, "auto" reads it where there is one; ``lexicon``
    and ``vague`` as for `load`. Raises TypeError for anything but a Doc, ValueError for a name that does not exist and
    for "spacy" without a parse.
    """
    _check(name, DOC_PIPELINES)
    if not hasattr(doc, "has_annotation"):
        raise TypeError(f"doc must be a spaCy Doc, not {type(doc).__name__}")
    from casualty_extract.analysis.spacy_based import DocAnalyzer, is_parsed

    by_rules = _shared("rules", _own(lexicon), _reading(vague))
    if name == "rules" or (name == "auto" and not is_parsed(doc)):
        return by_rules
    if not is_parsed(doc):
        raise ValueError("the Doc has no parse: pipeline 'spacy' needs a tagger and a parser")
    return by_rules.with_analyzer(DocAnalyzer(doc, by_rules.analyzer))


def _check(name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        raise ValueError(f"pipeline must be one of {', '.join(known)}; not {name!r}")


def _own(lexicon: Any) -> OwnLexicon | None:
    return None if lexicon is None else read_own(lexicon)


def _reading(vague: Any) -> VagueReading | None:
    """How vague words are read; None: by the table of the package."""
    if vague is None or isinstance(vague, VagueReading):
        return vague
    if isinstance(vague, Mapping):
        return read_vague("vague", vague)
    from casualty_extract.codebooks import load_codebook

    if not isinstance(vague, str | os.PathLike):
        raise TypeError(f"vague must be a codebook or a mapping of words to numbers, not {type(vague).__name__}")
    codebook = load_codebook(vague)
    return VagueReading(codebook.place, codebook.vague.figures)


@lru_cache(maxsize=16)
def _shared(name: str, own: OwnLexicon | None, vague: VagueReading | None) -> Pipeline:
    rules = load_rules(own, vague)
    analyzer = _rule_based(rules) if name == "rules" else _spacy_based(rules)
    settings: dict[str, Any] = {"vague_words": "default"}
    if vague:
        settings = {"vague_words": "own" if vague.place == "vague" else vague.place, "vague": dict(vague.figures)}
    return Pipeline(
        rules, analyzer, Gate(rules.harm_forms), settings | ({"lexicon": own.place} if own else {}), __version__
    )


def _rule_based(rules: Rules) -> Analyzer:
    from casualty_extract.analysis.rule_based import RuleBasedAnalyzer

    return RuleBasedAnalyzer(rules.grammar, rules.verbs, rules.states, rules.reporting)


def _spacy_based(rules: Rules, model: Any = None) -> Analyzer:
    from casualty_extract.analysis.spacy_based import SpacyAnalyzer

    return SpacyAnalyzer.load(rules, model)
