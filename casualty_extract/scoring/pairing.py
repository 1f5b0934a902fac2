"""Which found claim is compared with which of the gold, and the wholes that parts are tied to."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from casualty_extract.gold import GoldClaim
from casualty_extract.model import Claim, Count


def pair_claims(gold: Iterable[GoldClaim], found: Iterable[Claim]) -> dict[int, int]:
    """Index of a gold claim to index of the found claim that it is paired with; each is used once."""
    fits = []
    for (i, wanted), (j, have) in product(enumerate(gold), enumerate(tuple(found))):
        shared = min(wanted.count.end, have.count.end) - max(wanted.count.start, have.count.start)
        if shared > 0:
            same = bounds(wanted.count) == bounds(have.count)
            kin = wanted.category == have.victims.category
            fits.append((not wanted.accepts("harm", have.harm), not same, not kin, -shared, i, j))
    pairs: dict[int, int] = {}
    for *_, i, j in sorted(fits):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def bounds(count: Count) -> tuple[int | None, int | None, int | None]:
    """Value, low and high of a count; None for a figure not named and for an open bound."""
    return count.value, count.low, count.high


def expected_wholes(claims: Iterable[GoldClaim]) -> dict[int, object]:
    """Index of a part to the figure and harm of its whole."""
    claims = tuple(claims)
    by_start = {claim.count.start: (bounds(claim.count), claim.harm) for claim in claims}
    parts = ((i, claim.part_of) for i, claim in enumerate(claims))
    return {i: by_start[start] for i, start in parts if start is not None and start in by_start}


def found_wholes(claims: Iterable[Claim]) -> dict[int, object]:
    """Index of a part to the figure and harm of its whole."""
    claims = tuple(claims)
    by_id = {claim.id: (bounds(claim.count), claim.harm) for claim in claims}
    ties = ((j, tie.target) for j, claim in enumerate(claims) for tie in claim.relations if tie.type == "part_of")
    return {j: by_id[target] for j, target in ties if target in by_id}
