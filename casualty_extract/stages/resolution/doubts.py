"""What makes a claim unsure: closed codes, for those who check by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from casualty_extract.model import Claim
from casualty_extract.stages.mentions import Mention


def doubted(
    i: int, claim: Claim, claims: Sequence[Claim], mentions: Sequence[Mention], wholes: Mapping[int, int]
) -> Claim:
    """The claim with the doubts that its figure, its victims and its parts raise."""
    doubts = list(claim.doubts)
    if claim.count.modifier == "vague":
        doubts.append("vague_number")
    if mentions[i].carried:
        doubts.append("category_carried_over")
    parts = [k for k, whole in wholes.items() if whole == i and mentions[k].rule in ("kinds", "breakdown")]
    stated = [v for k in parts if (v := claims[k].count.value) is not None]
    exact = len(parts) > 1 and len(stated) == len(parts) and claim.count.modifier == "exact"
    if exact and sum(stated) != claim.count.value:
        doubts.append("parts_do_not_sum")
    return replace(claim, doubts=tuple(dict.fromkeys(doubts))) if doubts else claim
