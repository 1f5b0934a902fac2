"""The words around a numeral that change its bounds: "at least 12", "some 40", "30 or more", "another 5"."""

from __future__ import annotations

from casualty_extract.stages.mentions import Number
from casualty_extract.stages.numbers.numerals import Numeral, numeral_at
from casualty_extract.stages.numbers.passage import Passage


def extend(passage: Passage, first: int, lowest: int) -> tuple[int, str]:
    """Modifiers in front of a number: where the expression begins then, and the modifier that counts."""
    modifier = "exact"
    while first > lowest:
        match = passage.rules.numbers.before.ending(passage.tokens, first, lowest)
        if match is None:
            break
        if modifier == "exact":
            modifier = match.rule
        first = match.first
    return first, modifier


def modify(passage: Passage, numeral: Numeral, lowest: int) -> Number:
    """A numeral with the modifiers on both sides; the one behind it decides ("some 30 or more")."""
    first, modifier = extend(passage, numeral.first, lowest)
    if modifier == "exact" and numeral.rule == "odd":
        modifier = "about"
    if modifier == "exact" and numeral.rule == "plus":
        modifier = "at_least"
    stop = numeral.stop
    after = passage.rules.numbers.after.at(passage.tokens, stop, passage.stop) if stop < passage.stop else None
    minimum = after is not None and after.rule == "at_least" and passage.word(stop) == "minimum"
    if after and not minimum and not _leads(passage, stop, after.stop):
        modifier, stop = after.rule, after.stop
    low, high = _bounds(numeral, modifier)
    rule = f"{numeral.rule}_{modifier}" if modifier != "exact" else numeral.rule
    adds = passage.rules.closed["numbers_increments"]
    lead = passage.tokens[first : numeral.first]
    increment = passage.word(stop) == "more" or any(token.lower in adds for token in lead)
    return Number(first, stop, numeral.first, "figure", numeral.value, low, high, modifier, rule, increment)


def _leads(passage: Passage, first: int, stop: int) -> bool:
    """Whether a number follows a modifier that may stand before one, and has it then: "page 67 At least forty-five"."""
    if stop >= passage.stop or passage.rules.numbers.before.at(passage.tokens, first, stop) is None:
        return False
    vague = passage.rules.numbers.vague.at(passage.tokens, stop, passage.stop)
    return vague is not None or passage.kind(stop) == "number" or numeral_at(passage, stop) is not None


def _bounds(numeral: Numeral, modifier: str) -> tuple[int | None, int | None]:
    """What a modifier licenses, by the table of the contract."""
    value = numeral.value
    match modifier:
        case "at_least":
            return value, None
        case "more_than":
            return value + 1, None
        case "at_most":
            return None, value
        case "less_than":
            return None, value - 1
        case "about" if numeral.rule == "odd":
            return value, value + _odd_room(value)
        case _:
            return value, value


def _odd_room(value: int) -> int:
    """How far "-odd" reaches: 40-odd up to 49, 200-odd up to 299."""
    room = 1
    while value % (room * 10) == 0 and room * 10 <= value:
        room *= 10
    return max(room - 1, 0)
