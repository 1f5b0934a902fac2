"""Numbers of those left out: "all but three of the 40" are 37; "everyone but three" leaves no figure."""

from __future__ import annotations

from casualty_extract.stages.mentions import Number, Refusal
from casualty_extract.stages.numbers.numerals import Numeral, numeral_at
from casualty_extract.stages.numbers.passage import Passage


def excepted_at(passage: Passage, numeral: Numeral, lowest: int) -> Number | Refusal | None:
    """What a numeral behind "all but" leaves of its whole; a refusal where no whole is told, for nobody knows then."""
    closed, first = passage.rules.closed, numeral.first - 2
    if (
        first < lowest
        or passage.word(first + 1) not in closed["numbers_exceptions"]
        or passage.word(first) not in closed["numbers_everyone"]
    ):
        return None
    whole = _whole(passage, numeral.stop)
    if whole is None or whole.value <= numeral.value:
        return Refusal(numeral.first, numeral.stop, "exception")
    left = whole.value - numeral.value
    return Number(first, whole.stop, whole.first, "figure", left, left, left, "exact", "all_but")


def _whole(passage: Passage, i: int) -> Numeral | None:
    """The figure behind "of the", or behind "of the crew of"."""
    if passage.word(i) != "of":
        return None
    i += 2 if passage.word(i + 1) in passage.rules.grammar.determiners | passage.rules.grammar.possessives else 1
    if passage.word(i) in passage.rules.resolution["collectives"] and passage.word(i + 1) == "of":
        i += 2
    return numeral_at(passage, i) if i < passage.stop else None
