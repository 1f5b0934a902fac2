"""Claims that add up: disjoint groups named together, and additions to what was said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from casualty_extract.model import Claim, Count

_SIDES = {"civilian": 0, "military": 1, "security": 1, "armed_group": 2}

_REACH = 64  # statements before a claim to which it may be added; no article has as many


class Bounds(NamedTuple):
    """The figures of a claim, or of several added up; None: open, or not told."""

    low: int | None
    best: int | None
    high: int | None


class Statement(NamedTuple):
    """Claims that add up, and what they add up to."""

    bounds: Bounds
    claims: tuple[Claim, ...]


def make_statements(
    kept: Sequence[Claim], sentences: Mapping[str, int], less: Mapping[str, int] | None = None
) -> list[Statement]:
    """Claims that add up, by sentence and claimant. ``less``: how many of a claim's people are not to be counted."""
    groups: list[list[Claim]] = []
    for claim in kept:
        home = _home(claim, groups[: -_REACH - 1 : -1], sentences)
        if home is None:
            groups.append([claim])
        else:
            home.append(claim)
    return [Statement(_sum(group, less or {}), tuple(group)) for group in groups]


def _home(claim: Claim, groups: Sequence[list[Claim]], sentences: Mapping[str, int]) -> list[Claim] | None:
    """The claims, the nearest first, that one adds up with: of its sentence, else of another; None for none."""
    place = sentences.get(claim.id)
    for group in groups:
        if sentences.get(group[0].id) == place and _is_together(group[-1], claim):
            return group
    for group in groups:
        if claim.increment or _is_disjoint(group, claim):
            return group
    return None


def speakers(claim: Claim) -> tuple[str, ...]:
    """The claimants' names without their article, in small letters: who is the same speaker; empty: the own voice."""
    return tuple(s.name.casefold().removeprefix("the ") for s in claim.claimants)


def bounds_of(count: Count) -> Bounds:
    """The figures of a count; the best of a vague word is its low bound."""
    best = count.low if count.value is None or count.modifier == "more_than" else count.value
    if count.modifier == "less_than":
        best = count.high
    return Bounds(count.low, best, count.high)


def _is_together(last: Claim, claim: Claim) -> bool:
    """Whether two claims of one sentence add up: a repeat does not, nor a rival's figure for the same people."""
    if last.harm_cue != claim.harm_cue and last.count.value == claim.count.value and not claim.increment:
        return False
    if last.victims.category != claim.victims.category:
        return True
    return {s.name for s in last.claimants} == {s.name for s in claim.claimants}


def _is_disjoint(group: Sequence[Claim], claim: Claim) -> bool:
    """Whether a claim of another sentence counts people whom the group cannot hold."""
    side = _SIDES.get(claim.victims.category)
    if side is None or claim.implicit:
        return False
    others = {_SIDES.get(c.victims.category) for c in group}
    return others.isdisjoint((side, None))


def _sum(group: Sequence[Claim], less: Mapping[str, int]) -> Bounds:
    each = [_without(bounds_of(claim.count), less.get(claim.id, 0)) for claim in group]
    if len(each) == 1:
        return each[0]
    return Bounds(_total([b.low for b in each]), _total([b.best for b in each]), _total([b.high for b in each]))


def _without(bounds: Bounds, less: int) -> Bounds:
    return bounds if not less else Bounds(*(b if b is None else max(b - less, 0) for b in bounds))


def _total(values: Sequence[int | None]) -> int | None:
    """The sum; None where one of the values is open."""
    told = [v for v in values if v is not None]
    return sum(told) if len(told) == len(values) else None
