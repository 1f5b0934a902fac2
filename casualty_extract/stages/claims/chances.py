"""Whether anybody in a sentence can be bound to its harm words at all, whatever a parse says: asked before one is made.

A parse says who is harmed, never who stands in the sentence: the phrases are those of word order, at most without a
verb at their end. So what none of them offers, no parse finds.
"""

from __future__ import annotations

from collections.abc import Iterator

from casualty_extract.analysis import Phrase
from casualty_extract.stages.claims.persons import OF_PERSONS, single_person
from casualty_extract.stages.claims.phrases import Phrases
from casualty_extract.stages.mentions import HarmCue

_BY_CLAUSE = frozenset(("object", "subject", "labile", "state"))  # roles that take the phrases of a clause alone


def may_bind(phrases: Phrases) -> bool:
    """Whether any cue of the sentence could take any of its phrases. Single persons beside harm words that are mostly
    said of things ("lost the president's support") do not count: a parse is not worth them."""
    figures = any(n.kind != "article" for n in phrases.numbers)
    offered = list(_offered(phrases))
    for cue in phrases.cues:
        if cue.rule.victim not in _BY_CLAUSE:
            if figures:
                return True
        elif any(_may_take(cue, phrase, phrases) for phrase in offered):
            return True
    return False


def _offered(phrases: Phrases) -> Iterator[Phrase]:
    """Every phrase, and those that end in what may be a verb without it: a parse cuts it off."""
    for phrase in dict.fromkeys(map(phrases.reading.phrase, range(*phrases.sentence[:2]))):
        if phrase is not None:
            yield phrase
            if phrase.stop - phrase.first > 1 and _may_be_verb(phrases.word(phrase.stop - 1), phrases):
                yield Phrase(phrase.first, phrase.stop - 1, phrase.stop - 2, phrase.stop - 1)


def _may_be_verb(word: str, phrases: Phrases) -> bool:
    return word.endswith("ed") or word in phrases.rules.verbs or word in phrases.rules.reporting


def _may_take(cue: HarmCue, phrase: Phrase, phrases: Phrases) -> bool:
    number, wants_known = phrases.counted(phrase), cue.rule.people == "known"
    if number is None:
        if wants_known and cue.rule.name not in OF_PERSONS:
            return False
        people = phrases.people((phrase.first, phrase.stop))
        return single_person(phrase, cue, people, phrases) is not None
    noun = phrases.noun_of(phrase, number)
    people = phrases.people(noun)
    if people.things:
        return False
    if number.kind == "article":
        return people.known
    return people.known or not wants_known or noun is None
