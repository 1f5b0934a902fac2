"""Vague words of a report read again, as a codebook reads them: the count's own words say which they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casualty_extract.model import Claim
from casualty_extract.rules.vague import VagueReading


def reread(claims: Sequence[Claim], reading: VagueReading) -> tuple[Claim, ...]:
    """The claims with the low bounds of their vague words replaced; all others as they are."""
    return tuple(_reread(claim, reading) for claim in claims)


def _reread(claim: Claim, reading: VagueReading) -> Claim:
    count = claim.count
    vague = count.modifier == "vague" or str(claim.rules.get("count", "")).startswith("vague_")
    low = reading.low(count.text) if vague else None
    if low is None:
        return claim
    if count.value is None:
        return replace(claim, count=replace(count, low=low))
    return replace(claim, count=replace(count, value=low, low=low + (count.modifier == "more_than")))
