"""From left to right through a sentence: the number that begins at a token, or the reason why it counts nobody."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Sentence, Token
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Number, Refusal
from casualty_extract.stages.numbers.ages import list_ages
from casualty_extract.stages.numbers.excepted import excepted_at
from casualty_extract.stages.numbers.guards import refuse_numeral, refuse_token
from casualty_extract.stages.numbers.modifiers import modify
from casualty_extract.stages.numbers.numerals import Numeral, numeral_at, odd_at
from casualty_extract.stages.numbers.passage import Passage
from casualty_extract.stages.numbers.ranges import range_at
from casualty_extract.stages.numbers.singles import find_fraction, find_none, find_repeated, find_rest, find_single
from casualty_extract.stages.numbers.vague import find_vague


def find_numbers(
    tokens: Sequence[Token], sentence: Sentence, rules: Rules
) -> tuple[tuple[Number, ...], tuple[Refusal, ...]]:
    """The number expressions of a sentence in order, and its numbers that cannot count people."""
    passage = Passage(tokens, sentence.first, sentence.stop, rules)
    found: list[Number] = []
    refused: list[Refusal] = []
    free = lowest = passage.first
    for i in passage.places():
        number = (find_repeated(passage, i, found) or _number_at(passage, i, lowest)) if i >= free else None
        if isinstance(number, Refusal):
            refused.append(number)
            if number.reason == "age":
                refused += list_ages(passage, number.stop)
            free = refused[-1].stop
        elif number is not None:
            found.append(number)
            free = lowest = number.stop
    return tuple(found), tuple(refused)


def _number_at(passage: Passage, i: int, lowest: int) -> Number | Refusal | None:
    """The number whose numeral begins at token i. Modifiers stand at ``lowest`` (behind the last number) or later."""
    return (
        refuse_token(passage, i)
        or find_rest(passage, i)
        or find_fraction(passage, i)
        or _odd(passage, i, lowest)
        or find_vague(passage, i, lowest)
        or _figure(passage, i, lowest)
        or find_none(passage, i)
        or find_single(passage, i, lowest)
    )


def _odd(passage: Passage, i: int, lowest: int) -> Number | None:
    """ "some 40-odd men" """
    numeral = odd_at(passage, i)
    return modify(passage, numeral, lowest) if numeral else None


def _figure(passage: Passage, i: int, lowest: int) -> Number | Refusal | None:
    """A numeral that leaves out others, is a range, or that no guard refuses."""
    numeral = numeral_at(passage, i)
    if numeral is None:
        return None
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
