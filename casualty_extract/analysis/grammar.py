"""What the analyzer without a model knows of English: closed classes of words, and words of the lexicons."""

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
    intransitives: frozenset[str]
    verbs: frozenset[str]
    participles: frozenset[str]
    not_verbs: frozenset[str]
    person_suffixes: frozenset[str]
    not_people: frozenset[str]
    time_spans: frozenset[str]
    time_modifiers: frozenset[str]
    common_times: frozenset[str]
    age_units: frozenset[str]
    distributives: frozenset[str]
    base_subjects: frozenset[str]
    past_forms: frozenset[str]
    past_suffixes: frozenset[str]
    plurals: frozenset[str]
    counted_heads: frozenset[str]
    state_media: frozenset[str]
    activities: frozenset[str]
    noun_states: frozenset[str]
    takes: frozenset[str]
    signatures: frozenset[str]
    participle_adjuncts: frozenset[str]
    copulas: frozenset[str]
    not_places: frozenset[str]
    subject_pronouns: frozenset[str]
    subject_relatives: frozenset[str]
    time_leads: frozenset[str]
    enclosures: frozenset[str]
    chapters: frozenset[str]
    shares: frozenset[str]
    aside_openers: frozenset[str]
    inner_times: frozenset[str]
    noun_times: frozenset[str]
    verb_months: frozenset[str]
    sure_verbs: frozenset[str]
    verb_particles: frozenset[str]
    naming: frozenset[str]
    age_leads: frozenset[str]
    seeming: frozenset[str]
    titles: frozenset[str]
    leaving: frozenset[str]
    inclusions: frozenset[str]
    companions: frozenset[str]
    beliefs: frozenset[str]
    postmodifiers: frozenset[str]
    reflexives: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The grammar with words of the lexicons: ``verbs`` are forms known as verbs besides the grammar's, ``states``
    adjectives that are said of people ("dead", "missing"), ``reporting`` verbs that a content clause follows."""

    grammar: Grammar
    verbs: frozenset[str]
    states: frozenset[str]
    reporting: frozenset[str]
