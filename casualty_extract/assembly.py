"""Pipelines put together from rules and an analyzer, each made once."""

from __future__ import annotations

from functools import cache

from casualty_extract import __version__
from casualty_extract.analysis import Analyzer
from casualty_extract.pipeline import Pipeline
from casualty_extract.rules import load as load_rules
from casualty_extract.rules.lexicon import Gate
from casualty_extract.rules.types import Rules

PIPELINES = ("rules", "spacy")


@cache
def load(name: str) -> Pipeline:
    """The pipeline of that name. Raises ValueError for a name that does not exist."""
    if name not in PIPELINES:
        raise ValueError(f"pipeline must be one of {', '.join(PIPELINES)}; not {name!r}")
    rules = load_rules()
    analyzer = _rule_based(rules) if name == "rules" else _spacy_based(rules)
    return Pipeline(rules, analyzer, Gate(rules.harm_words), {"vague_words": "default"}, __version__)


def _rule_based(rules: Rules) -> Analyzer:
    from casualty_extract.analysis.rule_based import RuleBasedAnalyzer

    return RuleBasedAnalyzer(rules.grammar, rules.verbs, rules.states, rules.reporting)


def _spacy_based(rules: Rules) -> Analyzer:
    from casualty_extract.analysis.spacy_based import SpacyAnalyzer

    return SpacyAnalyzer.load(rules)
