"""Why a number counts nobody: what it is written like, and the words beside it (money, measure, name, date, age)."""

from __future__ import annotations

import re

from casualty_extract.rules.lexicon import Match
from casualty_extract.stages.mentions import Refusal
from casualty_extract.stages.numbers.ages import is_age
from casualty_extract.stages.numbers.dates import is_date
from casualty_extract.stages.numbers.numerals import GROUPED, Numeral
from casualty_extract.stages.numbers.passage import Passage

_AGE = re.compile(r"(?:year|yr|month|week|day)s?-?olds?")
_NAME_LETTERS = "abcf"  # first letters of what is glued to the number of a name: the 15b, 16c, 747f


# --- one token --------------------------------------------------------------------------------------------------------


def refuse_token(passage: Passage, i: int) -> Refusal | None:
    """Numbers that one token shows to be something else: 54-year-old, 60-strong, 14:20, 101st, 10pm, 20km."""
    word, reason = passage.tokens[i].lower, None
    digits = passage.tokens[i].kind == "number"
    if word.isdecimal() or not (digits or "-" in word):
        return None  # most of them
    if _AGE.search(word):
        reason = "age"
    elif digits:
        reason = _refuse_digits(passage, i)
    elif _is_compound(passage, word):
        reason = "measure"
    return Refusal(i, i + 1, reason) if reason else None


def _is_compound(passage: Passage, word: str) -> bool:
    """A spelled number in an adjective: "ten-man", "three-hour"."""
    head, tail = word.split("-")[0], word.rpartition("-")[2]
    return tail in passage.rules.closed["numbers_compound_ends"] and head in passage.rules.numbers.units


def _refuse_digits(passage: Passage, i: int) -> str | None:
    """Marks and letters inside of a number in digits that make it no count."""
    word = passage.tokens[i].lower
    if "-" in word and not word.endswith(("-odd", "-plus")):
        return "strength" if word.endswith("-strong") else "measure"
    if ":" in word:
        return "time"
    if "/" in word:
        return "date"
    if "." in word and not GROUPED.match(word):
        if word.count(".") == 2:
            return "date"
        if word.replace(".", "", 1).isdecimal() and passage.word(i + 1) not in passage.rules.numbers.scales:
            return "measure"
    letters = word.lstrip("0123456789.,")
    return _refuse_letters(passage, letters) if letters else None


def _refuse_letters(passage: Passage, letters: str) -> str | None:
    """Letters glued to digits: the 1990s, 101st, 10pm, 20km; those of a scale (3k) are fine."""
    closed = passage.rules.closed
    if letters == "s":
        return "date"
    if letters in passage.rules.numbers.ordinal_suffixes:
        return "ordinal"
    if letters in closed["numbers_scale_letters"] or letters in ("-odd", "-plus"):
        return None
    if letters in closed["numbers_clock_letters"]:
        return "time"
    return "name" if letters[0] in _NAME_LETTERS else "measure"


# --- a numeral in its place -------------------------------------------------------------------------------------------


def refuse_numeral(passage: Passage, numeral: Numeral, lowest: int) -> str | None:
    """The reason why a numeral in its place counts nobody; None where nothing speaks against it."""
    digits = passage.tokens[numeral.first].kind == "number"
    if passage.word(numeral.first) == "one" and passage.word(numeral.stop) == "another":
        return "reciprocal"  # "they kill one another"
    if passage.word(numeral.first - 1) == "in" and passage.word(numeral.first - 2) in ("one", "1"):
        return "percent"  # "one in five people"
    reason = _refuse_behind(passage, numeral, digits) or _refuse_before(passage, numeral, digits, lowest)
    if reason:
        return reason
    if digits and is_date(passage, numeral):
        return "date"
    if is_age(passage, numeral):
        return "age"
    if (digits and _is_code(passage, numeral)) or _is_bare_zero(passage, numeral):
        return "name"
    return None


def _refuse_behind(passage: Passage, numeral: Numeral, digits: bool) -> str | None:
    """The words right behind: "30 dollars", "5 km", "12 votes"."""
    stop = numeral.stop
    after = passage.rules.numbers.guards_after.at(passage.tokens, stop, passage.stop) if stop < passage.stop else None
    if after is None or (passage.tokens[stop].gap == 0 and passage.tokens[stop].kind == "word"):
        return None
    if after.rule == "measure" and not digits and passage.word(stop) in passage.rules.closed["numbers_digit_measures"]:
        return None
    return after.rule


def _refuse_before(passage: Passage, numeral: Numeral, digits: bool, lowest: int) -> str | None:
    """The words right in front: "aged 30", "$ 20", "Flight 302". A spelled number is an age or a price at most."""
    i = numeral.first
    before = passage.rules.numbers.guards_before.ending(passage.tokens, i, passage.first) if i > passage.first else None
    if before is None:
        return None
    if digits:
        return before.rule if before.rule != "name" or _is_name(passage, before) else None
    return before.rule if before.rule in ("age", "money") and i - 1 >= lowest else None


def _is_name(passage: Passage, before: Match[str]) -> bool:
    """Whether the word before a number makes a name of it: "Flight 302", not "the group 12"."""
    word, closed = passage.tokens[before.first], passage.rules.closed
    if before.stop - before.first > 1 or word.lower in closed["numbers_named"]:
        return True
    opens = before.first == passage.first and word.lower in closed["numbers_opening"]
    return word.capital and not opens


def _is_code(passage: Passage, numeral: Numeral) -> bool:
    """A number behind "No.", with a zero in front ("007"), or between a code and a name ("PK 93 Upper Dir")."""
    i, text = numeral.first, passage.word(numeral.first)
    if _is_seat(passage, i, numeral.stop) or _is_of_unit(passage, numeral.stop):
        return True
    if passage.word(i - 1) == "." and passage.word(i - 2) in passage.rules.closed["numbers_number_signs"]:
        return True
    if not (len(text) > 1 and text[0] == "0" and text.isdecimal()):
        return False
    padded = passage.counts_people(numeral.stop) or passage.word(numeral.stop) in passage.rules.closed["numbers_padded"]
    return len(text) > 2 or not padded  # "08 killed"


def _is_of_unit(passage: Passage, stop: int) -> bool:
    """ "44 Tarn Rifles", "183 Battalion": the number of a unit, of which a capital tells."""
    for k in range(stop, min(stop + 3, passage.stop)):
        if not passage.tokens[k].capital or passage.tokens[k].text.isupper():
            return False
        if passage.word(k) in passage.rules.closed["numbers_units_of_armies"]:
            behind = passage.rules.victims.at(passage.tokens, k + 1, passage.stop) if k + 1 < passage.stop else None
            return behind is None or behind.rule.use != "noun"  # "44 Tarn Rifles troops" are counted
    return False


def _is_seat(passage: Passage, i: int, stop: int) -> bool:
    """Two capitals in front and a capitalised name behind, in a text that is not all in capitals: "NA 12 Harl"."""
    if i - 1 < passage.first or stop >= passage.stop:
        return False
    code, name = passage.tokens[i - 1].text, passage.tokens[stop]
    is_code = len(code) == 2 and code.isalpha() and code.isupper()
    if code.lower() in passage.rules.closed["numbers_no_codes"]:
        return False
    return is_code and name.kind == "word" and name.capital and not name.text.isupper()


def _is_bare_zero(passage: Passage, numeral: Numeral) -> bool:
    """A zero with a mark or another number behind it: "Ground Zero,"; not "Deaths: 0." """
    labelled = passage.word(numeral.first - 1) == ":"
    return numeral.value == 0 and not labelled and passage.kind(numeral.stop) in ("mark", "number")
