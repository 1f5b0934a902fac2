"""Words that name no figure and have a low bound: "dozens", "several", "a number of", "at least a couple"."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.stages.mentions import Number
from casualty_extract.stages.numbers.modifiers import extend
from casualty_extract.stages.numbers.passage import Passage

_QUOTES = ('"', "“", "‘", "'")


def find_vague(passage: Passage, i: int, found: Sequence[Number]) -> Number | None:
    """The vague number that begins at token i."""
    match = passage.rules.numbers.vague.at(passage.tokens, i, passage.stop)
    if match is None:
        return None
    first = i
    if passage.word(i) == "number" or (passage.word(i) == "large" and passage.word(i + 1) == "number"):
        if not _is_quoted(passage, i):
            return None
        first = i - 2
    if _belongs_to_other(passage, i) or _counts_things(passage, i, match.stop):
        return None
    low, stop = match.rule, match.stop
    first, modifier = extend(passage, first, passage.lowest(found))
    increment = passage.word(stop) == "more"
    if modifier in ("at_least", "more_than") and "couple" in passage.tokens[stop - 1].lower:
        least = low + (modifier == "more_than")
        return Number(first, stop, i, "vague", low, least, None, modifier, f"vague_{modifier}", increment)
    return Number(first, stop, i, "vague", None, low, None, "vague", "vague", increment)


def find_described_couple(passage: Passage, i: int, _: Sequence[Number]) -> Number | None:
    """ "A young couple": two people, with a word between article and noun; not "a brave couple of guards"."""
    if passage.word(i) not in ("a", "an") or passage.word(i + 2) != "couple" or passage.word(i + 3) == "of":
        return None
    match = passage.rules.numbers.vague.at(passage.tokens, i + 2, passage.stop)
    if match is None or passage.kind(i + 1) != "word":
        return None
    return Number(i, match.stop, i + 2, "vague", None, match.rule, None, "vague", "vague")


def _is_quoted(passage: Passage, i: int) -> bool:
    """A quotation mark between the article and the vague word: a "number of" people."""
    return i > passage.first and passage.tokens[i - 1].text in _QUOTES and passage.word(i - 2) in ("a", "an")


def _belongs_to_other(passage: Passage, i: int) -> bool:
    """A word before that makes no number of it: "the last few", "as many", "how many"."""
    word, before, closed = passage.word(i), passage.word(i - 1), passage.rules.closed
    if word == "many":
        return before in closed["numbers_before_many"]
    return word in ("few", "couple") and before in closed["numbers_before_few"]


def _counts_things(passage: Passage, i: int, stop: int) -> bool:
    """What stands behind is a measure or a report: "several hours", "dozens of miles", "multiple sources"."""
    after, closed = passage.word(stop), passage.rules.closed
    if after in closed["numbers_measures"]:
        return True
    if passage.word(i) == "multiple" and after in closed["numbers_multiple_things"]:
        return True
    return after == "of" and passage.word(stop + 1) in closed["numbers_measures_of"]
