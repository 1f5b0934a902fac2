"""Ages: a numeral that says how old somebody was, with no word of age beside it."""

from __future__ import annotations

from casualty_extract.stages.mentions import Refusal
from casualty_extract.stages.numbers.numerals import Numeral
from casualty_extract.stages.numbers.passage import Passage

_OLDEST = 115
_OF_AGE = 21  # years under which people are told to be
_NEAR = 24  # tokens between "identified" and the names with their ages


def is_age(passage: Passage, numeral: Numeral) -> bool:
    """Whether a numeral is an age: "Diarra, 34, his wife", "(25)", "a bride of 19", "the oldest was 11"."""
    i, stop = numeral.first, numeral.stop
    if numeral.value > _OLDEST or i == passage.first:
        return False
    before = passage.word(i - 1)
    if before in ("(", "["):
        return passage.word(stop) in (")", "]") and passage.kind(i) == "number"
    if before == ",":
        return _is_apposed(passage, i, stop)
    if before == "of" and (attributes := _one_person(passage, i - 1)) is not None:
        known = bool({"man", "woman", "child"} & set(attributes))
        return known and _ends(passage, stop, "numbers_after_age_of")
    if before in ("under", "over", "below") and passage.word(i - 2) in passage.rules.grammar.be:
        return numeral.value <= _OF_AGE and passage.kind(stop) in ("", "mark")  # "23 are under 18"
    if before in ("was", "is", "am") and passage.word(i - 2) in passage.rules.closed["numbers_age_subjects"]:
        return passage.kind(stop) in ("", "mark") or passage.word(stop) in ("when", "and")
    return _is_listed(passage, i, stop)


def list_ages(passage: Passage, i: int) -> list[Refusal]:
    """The ages that go on with a list behind an age, from token i: "aged 19, 23 and 40"."""
    found: list[Refusal] = []
    while following := _next_age(passage, i):
        found.append(following)
        i = following.stop
    return found


def _next_age(passage: Passage, i: int) -> Refusal | None:
    if passage.word(i) not in passage.rules.closed["numbers_age_joints"]:
        return None
    i += 1 + (passage.word(i + 1) == "and")
    if i >= passage.stop:
        return None
    word = passage.word(i)
    if not word.isdecimal() or int(word[:4]) > _OLDEST:
        return None
    harm = passage.rules.harms.at(passage.tokens, i + 1, passage.stop) if i + 1 < passage.stop else None
    dies = harm is not None and harm.rule.victim == "subject"  # "two girls aged 12 and 14 died"
    return Refusal(i, i + 1, "age") if dies or _ends(passage, i + 1, "numbers_after_next_age") else None


def _ends(passage: Passage, stop: int, words: str) -> bool:
    """Whether the sentence ends, a mark stands or one of a class of words follows behind an age."""
    return passage.kind(stop) in ("", "mark") or passage.word(stop) in passage.rules.closed[words]


def _goes_on(passage: Passage, stop: int, words: str) -> bool:
    """Whether the sentence ends or one of a class of words and marks follows behind an age."""
    return not passage.kind(stop) or passage.word(stop) in passage.rules.closed[words]


def _is_apposed(passage: Passage, i: int, stop: int) -> bool:
    """An age behind the comma after a name or a noun of people: "Diarra, 34,"; not "of the soldiers, 12 were"."""
    if passage.kind(i) != "number":
        return False
    if not _goes_on(passage, stop, "numbers_after_age"):
        return _is_of_full_name(passage, i - 1, stop)
    name = passage.tokens[i - 2]
    if name.kind == "word" and name.capital and (i - 2 > passage.first or _is_of_one(passage, stop)):
        return True
    return passage.word(stop) != "were" and _person_before(passage, i - 1) is not None


def _is_of_one(passage: Passage, stop: int) -> bool:
    """Whether what follows tells of one person, where a capital begins the sentence: "Diarra, 34, his wife", or names
    the next one: "Diarra, 34, and Gilda Flores", "Diarra, 34, and her children"."""
    if passage.word(stop) == "," and passage.word(stop + 1) == "and" and stop + 2 < passage.stop:
        return passage.tokens[stop + 2].capital or passage.word(stop + 2) in passage.rules.grammar.possessives
    return passage.word(stop + (passage.word(stop) == ",")) in passage.rules.closed["numbers_after_lone_age"]


def _is_of_full_name(passage: Passage, comma: int, stop: int) -> bool:
    """ "Omar Talib, 39 in front of a shop": two capitals behind no preposition; "in Deir Harl, 12 in Tessel" counts."""
    if passage.word(stop) not in passage.rules.closed["numbers_after_full_name"]:
        return False
    i = comma
    while i > passage.first and passage.tokens[i - 1].kind == "word" and passage.tokens[i - 1].capital:
        i -= 1
    lead = passage.word(i - 1)
    return comma - i >= 2 and i > passage.first and lead not in passage.rules.grammar.prepositions and lead != "and"


def _person_before(passage: Passage, stop: int) -> tuple[str, ...] | None:
    """The attributes of the noun or modifier of people that ends right before a token."""
    person = passage.rules.victims.ending(passage.tokens, stop, passage.first) if stop > passage.first else None
    return person.rule.attributes if person else None


def _one_person(passage: Passage, stop: int) -> tuple[str, ...] | None:
    """The attributes of the one person named right before a token: "a bride", not "brides"."""
    attributes = _person_before(passage, stop)
    word, endings = passage.word(stop - 1), passage.rules.closed["numbers_plural_endings"]
    return None if any(word.endswith(ending) for ending in endings) else attributes


def _is_listed(passage: Passage, i: int, stop: int) -> bool:
    """An age right behind a name in a list of the dead: "identified as Li Wei 34, Chen Bo 41"."""
    before = passage.tokens[i - 1]
    if before.kind != "word" or not before.capital or not passage.word(i).isdecimal():
        return False
    after = passage.tokens[stop].text if stop < passage.stop else ""
    if not _goes_on(passage, stop, "numbers_after_listed_age") and not after[:1].isupper():
        return False  # behind a lost comma the next name begins: "Li Wei 34 Chen Bo 41"
    near = range(max(passage.first, i - _NEAR), i)
    return any(passage.tokens[k].lower in passage.rules.grammar.naming for k in near)
