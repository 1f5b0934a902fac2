"""What the analyzer without a model knows of English: closed classes of words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grammar:
    """Sets of lower words, one a class; the classes are those of ``rules/en/grammar.toml``."""

    determiners: frozenset[str]
    possessives: frozenset[str]
    pronouns: frozenset[str]
    relatives: frozenset[str]
    prepositions: frozenset[str]
    conjunctions: frozenset[str]
    subordinators: frozenset[str]
    be: frozenset[str]
    have: frozenset[str]
    modals: frozenset[str]
    negations: frozenset[str]
    adverbs: frozenset[str]
    not_adverbs: frozenset[str]
    times: frozenset[str]
    noun_verbs: frozenset[str]
    verbs: frozenset[str]
    participles: frozenset[str]
    not_verbs: frozenset[str]
    person_suffixes: frozenset[str]
    not_people: frozenset[str]
