"""From left to right through a sentence: the number that begins at a token, or the reason why it counts nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from casualty_extract.analysis import Sentence, Token
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Number, Refusal
from casualty_extract.stages.numbers.ages import list_ages
from casualty_extract.stages.numbers.excepted import excepted_at
from casualty_extract.stages.numbers.guards import refuse_numeral, refuse_token
from casualty_extract.stages.numbers.modifiers import modify
from casualty_extract.stages.numbers.numerals import Numeral, numeral_at, odd_at, with_digits
from casualty_extract.stages.numbers.passage import Passage
from casualty_extract.stages.numbers.ranges import range_at
from casualty_extract.stages.numbers.singles import find_fraction, find_none, find_repeated, find_rest, find_single
from casualty_extract.stages.numbers.vague import find_described_couple, find_vague


def find_numbers(
    tokens: Sequence[Token], sentence: Sentence, rules: Rules
) -> tuple[tuple[Number, ...], tuple[Refusal, ...]]:
    """The number expressions of a sentence in order, and its numbers that cannot count people."""
    passage = Passage(tokens, sentence.first, sentence.stop, rules)
    found: list[Number] = []
    refused: list[Refusal] = []
    free = passage.first
    for i in passage.places():
        kinds = passage.kinds(i) if i >= free else ()
        number = _number_at(passage, i, kinds, found) if kinds else None
        if isinstance(number, Number):
            found.append(number)
            free = number.stop
        elif number is not None:
            refused.append(number)
            if number.reason == "age":
                refused += list_ages(passage, number.stop)
            free = refused[-1].stop
    return tuple(found), tuple(refused)


def _number_at(passage: Passage, i: int, kinds: Sequence[str], found: Sequence[Number]) -> Number | Refusal | None:
    """The number of one of some kinds whose numeral begins at token i. ``found``: the numbers before."""
    refusal = refuse_token(passage, i)
    if refusal is not None:
        return refusal
    for kind in kinds:
        number = _FINDERS[kind](passage, i, found)
        if number is not None:
            return number
    return None


def _odd(passage: Passage, i: int, found: Sequence[Number]) -> Number | None:
    """ "some 40-odd men", "100-plus men" """
    numeral = odd_at(passage, i)
    return modify(passage, numeral, passage.lowest(found)) if numeral else None


def _figure(passage: Passage, i: int, found: Sequence[Number]) -> Number | Refusal | None:
    """A numeral that leaves out others, is a range, or that no guard refuses."""
    numeral = numeral_at(passage, i)
    if numeral is None:
        return None
    numeral, lowest = with_digits(passage, numeral), passage.lowest(found)
    return (
        excepted_at(passage, numeral, lowest)
        or range_at(passage, numeral, lowest)
        or _guarded(passage, numeral, lowest)
    )


def _guarded(passage: Passage, numeral: Numeral, lowest: int) -> Number | Refusal:
    """A numeral on its own: refused, nobody ("0 wounded"), or so many."""
    reason = refuse_numeral(passage, numeral, lowest)
    if reason:
        return Refusal(numeral.first, numeral.stop, reason)
    if numeral.value == 0:
        return Number(numeral.first, numeral.stop, numeral.first, "none", 0, 0, 0, "none", "zero")
    return modify(passage, numeral, lowest)


_FINDERS: Mapping[str, Callable[[Passage, int, Sequence[Number]], Number | Refusal | None]] = {
    "repeated": find_repeated,
    "rest": find_rest,
    "fraction": find_fraction,
    "odd": _odd,
    "vague": find_vague,
    "described": find_described_couple,
    "figure": _figure,
    "none": find_none,
    "single": find_single,
}
