"""The types of the rules, as the stages use them. All frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from casualty_extract.analysis.grammar import Grammar
from casualty_extract.rules.lexicon import Lexicon
from casualty_extract.rules.openings import Openings

DENIALS = frozenset(("denies", "disputes"))  # frames of cues that dispute what they introduce


@dataclass(frozen=True, slots=True)
class HarmRule:
    """A harm word: the harm, the argument that is harmed, and what must hold besides."""

    name: str
    harm: str
    victim: str
    people: str
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class VictimRule:
    """A noun or modifier of people. ``category`` None: a modifier that gives attributes only."""

    name: str
    category: str | None
    use: str  # noun, modifier
    head: str  # strong, weak
    attributes: tuple[str, ...]
    affiliation: bool
    unit: str


@dataclass(frozen=True, slots=True)
class QualifierRule:
    """A trigger with the status or scope that it gives, and the direction in which its target stands."""

    name: str
    status: str | None
    scope: str | None
    direction: str


@dataclass(frozen=True, slots=True)
class CueRule:
    """A reporting word: its frame says where source and content stand; ``status`` is what it gives to the content."""

    name: str
    frame: str
    status: str | None


@dataclass(frozen=True, slots=True)
class SourceRule:
    """A noun that names a kind of source."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Body:
    """A known body: its full name, its other names as written, and what it is."""

    name: str
    other: tuple[str, ...]
    type: str
    country: str | None
    url: str | None


class Beginning(NamedTuple):
    """The kinds of number expressions that a word may begin, in the order in which they are looked for."""

    seconds: frozenset[str]  # second words of forms
    before_second: tuple[str, ...]  # the kinds where one of these follows
    otherwise: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberRules:
    """Numerals, scales, vague words, modifiers and guards."""

    units: frozenset[str]
    scales: Mapping[str, int]
    vague: Lexicon[int]
    none: Lexicon[str]
    whole: Lexicon[str]
    before: Lexicon[str]  # modifier that stands before the number
    after: Lexicon[str]
    guards_before: Lexicon[str]  # reason of the refusal
    guards_after: Lexicon[str]
    ordinal_suffixes: tuple[str, ...]
    ordinals: frozenset[str]
    fractions: Lexicon[tuple[int, int]]
    rest: Lexicon[str]
    cardinals: frozenset[str]  # units and scales, and "half": what a numeral begins with up to its first hyphen
    starts: frozenset[str]  # every word that begins a number expression
    beginnings: Mapping[str, Beginning]  # what each of them may begin
    may_begin: Mapping[str, bool]  # whether any word, number or mark may: "forty-two", "12"; not "soldiers"


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that the stages read from the lexicons."""

    grammar: Grammar
    numbers: NumberRules
    harms: Lexicon[HarmRule]
    victims: Lexicon[VictimRule]
    qualifiers: Lexicon[QualifierRule]
    cues: Lexicon[CueRule]
    denials: Lexicon[CueRule]  # the cues that deny or dispute, by themselves
    sources: Lexicon[SourceRule]
    bodies: Lexicon[Body]
    resolution: Mapping[str, Lexicon[str]]
    openings: Openings  # of the lexicons that are looked for in every sentence
    closed: Mapping[str, frozenset[str]]
    verbs: frozenset[str]  # first words of harm verbs and reporting verbs
    reporting: frozenset[str]  # verbs of saying that a content clause follows
    states: frozenset[str]  # adjectives of harm ("dead")
    people_endings: tuple[str, ...]  # endings of three letters or more that name people by what they do
    harm_forms: Mapping[tuple[str, ...], HarmRule]  # the words of each harm form, for the gate
    names: Mapping[str, tuple[str, ...]]  # lexicon -> names of its rules, for the tests
