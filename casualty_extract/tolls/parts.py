"""Whether the parts that a text states come to the whole that it states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casualty_extract.model import Claim
from casualty_extract.tolls.statements import bounds_of

_LISTED = ("breakdown", "kinds")  # bindings of parts that are the whole of their whole: "30 dead: 12 soldiers and ..."
_SIDES = {"civilian": "civilian", "military": "state", "security": "state", "armed_group": "armed_group"}
_NEARLY = 0.1  # by how much of it "some 40" may differ from its parts


@dataclass(frozen=True, slots=True)
class SumCheck:
    """A whole with what its parts come to, in people; None: open.

    ``low`` and ``high`` are the bounds of the whole as stated, ``sum_low`` and ``sum_high`` those of its parts.
    ``listed``: the text gives the parts as all of the whole. ``agrees``: whether the figures can all be right.
    """

    whole: str
    low: int | None
    high: int | None
    parts: tuple[str, ...]
    sum_low: int | None
    sum_high: int | None
    listed: bool
    agrees: bool


def check_sums(claims: Sequence[Claim]) -> tuple[SumCheck, ...]:
    """Every whole that has two parts or more of its own harm, in the order of the text.

    Parts that are listed as all of the whole must come to it. Other parts may leave people out, and may count the same
    people twice ("women", "teachers"); they disagree only where they are of sides that cannot overlap and exceed it.
    """
    found = []
    tied: dict[str, list[Claim]] = {}
    for claim in claims:
        for whole_id in _wholes_of(claim):
            tied.setdefault(whole_id, []).append(claim)
    wholes = [claim for claim in claims if claim.id in tied]
    for whole in sorted(wholes, key=lambda c: (c.count.start, c.count.end, c.id)):
        parts = [c for c in tied[whole.id] if c.harm == whole.harm]
        if len(parts) > 1:
            found.append(_check(whole, sorted(parts, key=lambda c: (c.count.start, c.id))))
    return tuple(found)


def _wholes_of(claim: Claim) -> Sequence[str]:
    """The id of the claim that one is a part of; none for a repeat, an increment and what is not said to be so."""
    ties = {relation.type: relation.target for relation in claim.relations}
    plain = claim.status in ("asserted", "hedged") and not claim.increment and "same_as" not in ties
    return [ties["part_of"]] if plain and "part_of" in ties else ()


def _check(whole: Claim, parts: Sequence[Claim]) -> SumCheck:
    stated, each = bounds_of(whole.count), [bounds_of(part.count) for part in parts]
    low = sum(b.low or 0 for b in each)
    high = None if any(b.high is None for b in each) else sum(b.high or 0 for b in each)
    listed = all(part.rules.get("binding") in _LISTED for part in parts)
    sides = [_SIDES.get(part.victims.category) for part in parts]
    slack = int(_NEARLY * (whole.count.value or 0)) if whole.count.modifier == "about" else 0
    too_many = stated.high is not None and low > stated.high + slack
    too_few = stated.low is not None and high is not None and high < stated.low - slack
    apart = listed or (None not in sides and len(set(sides)) == len(sides))
    wrong = (too_many and apart) or (too_few and listed)
    ids = tuple(part.id for part in parts)
    return SumCheck(whole.id, stated.low, stated.high, ids, low, high, listed, not wrong)
