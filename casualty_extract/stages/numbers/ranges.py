"""Two numerals that bound one number: 15-20, between 15 and 20, as few as 3 and as many as 9, two or three dozen."""

from __future__ import annotations

from typing import NamedTuple

from casualty_extract.stages.mentions import Number, Refusal
from casualty_extract.stages.numbers.modifiers import extend
from casualty_extract.stages.numbers.numerals import Numeral, numeral_at
from casualty_extract.stages.numbers.passage import Passage

_DASHES = ("-", "–", "—")
_LINKS = frozenset((*_DASHES, "to", "up", "and", "or"))
_FARTHEST = 1000  # times the low end, at most, is the high end


class _Pair(NamedTuple):
    """Two numerals and what joins them. ``before``: the word in front, where no other number has taken it."""

    left: Numeral
    right: Numeral
    link: str  # to, and, or, as many as, a dash
    before: str
    low: int
    high: int


def range_at(passage: Passage, left: Numeral, lowest: int) -> Number | Refusal | None:
    """The range that begins with a numeral, in any dress; a refusal where both of its ends are no count of people."""
    pair = _pair(passage, left, lowest)
    core = _begin(passage, pair, lowest) if pair else None
    if pair is None or core is None:
        return None
    if pair.low >= pair.high:
        return _refuse_falling(passage, pair)
    if pair.high > _FARTHEST * max(1, pair.low):
        return None
    reason = _refuse(passage, pair)
    if reason:
        return Refusal(left.first, pair.right.stop, reason)
    first, _ = extend(passage, core, lowest)  # "some 30 to 40" stays a range
    return Number(first, pair.right.stop, core, "figure", None, pair.low, pair.high, "range", "range")


def _pair(passage: Passage, left: Numeral, lowest: int) -> _Pair | None:
    """The numeral with the word or mark behind it and the numeral behind that."""
    joint = left.stop
    link, second = passage.word(joint), joint + 1
    if link not in _LINKS:
        return None
    before = passage.tokens[left.first - 1].lower if left.first > lowest else ""
    if link == "up" and passage.word(joint + 1) == "to":
        link, second = "to", joint + 2
    elif link == "and" and before == "as" and [passage.word(joint + k) for k in (1, 2, 3)] == ["as", "many", "as"]:
        link, second = "as many as", joint + 4
    right = numeral_at(passage, second) if second < passage.stop else None
    if right is None:
        return None
    return _Pair(left, right, link, before, _low(passage, left, right), right.value)


def _low(passage: Passage, left: Numeral, right: Numeral) -> int:
    """The low end, which shares the scale of the high one: "two or three dozen", "5 to 6 thousand"."""
    scales, low, high = passage.rules.numbers.scales, left.value, right.value
    last = passage.tokens[right.stop - 1].lower
    shares = low < max(100, scales.get(last, 0)) <= high and last in scales and left.stop == left.first + 1
    if right.rule != "scale_word" and not shares:
        return low
    scaled = low * scales.get(last, 1)
    own = left.rule == "scale_word" or passage.tokens[left.stop - 1].lower in scales
    return scaled if scaled <= high and not own else low


def _begin(passage: Passage, pair: _Pair, lowest: int) -> int | None:
    """Where a range begins, "from" and "between" included; None where the numerals are joined to no range."""
    i, joint, tokens = pair.left.first, pair.left.stop, passage.tokens
    if pair.link in _DASHES:
        loose = pair.link == "—" and tokens[joint].gap + tokens[joint + 1].gap > 0
        return i if tokens[i].kind == "number" and not loose else None
    if pair.link == "to":
        return None if _is_change(passage, pair, lowest) else i - (pair.before == "from")
    if pair.link == "and":
        ages = pair.before == "of" and passage.word(i - 2) == "ages"  # "between the ages of 12 and 16"
        return i - 1 if pair.before == "between" or ages else None
    if pair.link == "as many as":
        return i - 3 if i - 3 >= lowest and tokens[i - 3].lower == "as" else None
    return i if pair.link == "or" and pair.before != "whether" else None


def _is_change(passage: Passage, pair: _Pair, lowest: int) -> bool:
    """ "to" that leads from an old figure to a new one: "rose from 15 to 20", "by 3 to 18"; or "votes 15 to 3"."""
    revised, i = passage.rules.closed["numbers_revised"], pair.left.first
    if pair.before == "from":
        return i - 1 > lowest and passage.tokens[i - 2].lower in revised
    return pair.before in passage.rules.closed["numbers_score_leads"] or pair.before in revised


def _refuse_falling(passage: Passage, pair: _Pair) -> Refusal | None:
    """A dash between numerals that do not rise: a date ("2011-10-04") or a score ("3-1")."""
    left, right, tokens = pair.left, pair.right, passage.tokens
    if pair.link not in _DASHES:
        return None
    text = tokens[left.first].text
    if len(text) == 4 and text[:2] in ("19", "20"):
        day = right.stop + 1 < passage.stop and tokens[right.stop].text == "-"
        return Refusal(left.first, right.stop + 2 * day, "date")
    return Refusal(left.first, right.stop, "score") if tokens[left.stop].gap == 0 else None


def _refuse(passage: Passage, pair: _Pair) -> str | None:
    """Why a range counts nobody: "1991-1995", "3 to 4 hours", "May 3-5", "$10 to 20", "aged 15 to 20"."""
    tokens, months, stop = passage.tokens, passage.rules.closed["numbers_months"], pair.right.stop
    ends = ((pair.low, pair.left), (pair.high, pair.right))
    years = all(1800 <= value <= 2100 and len(tokens[numeral.first].text) == 4 for value, numeral in ends)
    if years and not passage.counts_people(stop):
        return "date"
    after = passage.rules.numbers.guards_after.at(tokens, stop, passage.stop) if stop < passage.stop else None
    if after and after.rule != "score":
        return after.rule
    if stop < len(tokens) and tokens[stop].lower in months:
        return after.rule if after else "date"
    if pair.before in months and tokens[pair.left.first].kind == "number" and pair.high <= 31:
        return "date"
    if pair.before in ("$", "€", "£"):
        return "money"
    ages = passage.rules.closed["numbers_age_leads"]
    lead = passage.word(pair.left.first - 2) if pair.before in ("between", "from", "of") else pair.before
    return "age" if lead in ages else None
