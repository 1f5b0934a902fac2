"""The ties of a claim to the others: its whole, its repeat, what it updates, its rivals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from casualty_extract.model import Claim, Relation
from casualty_extract.stages.mentions import Mention

_UPDATE_REACH = 400  # characters between a figure and the one that it replaces


def related(i: int, claims: Sequence[Claim], wholes: Mapping[int, int], mentions: Sequence[Mention]) -> Claim:
    """The claim with its ties to the others: its whole, its repeat, what it updates, its rivals."""
    claim = claims[i]
    found: list[Relation] = []
    if i in wholes:
        found.append(Relation("part_of", claims[wholes[i]].id))
    for k in range(i):
        apart = mentions[k].sentence != mentions[i].sentence
        if apart and (k in wholes) == (i in wholes) and _is_same(claims[k], claim):
            found.append(Relation("same_as", claims[k].id))
            break
    if claim.status not in ("superseded", "hypothetical") and i not in wholes:
        free = [other for k, other in enumerate(claims) if k not in wholes]
        found += [Relation("updates", other.id) for other in free if _updates(claim, other)]
        found += [Relation("conflicts_with", other.id) for other in free if _rivals(claim, other)]
    return replace(claim, relations=tuple(found)) if found else claim


def _updates(claim: Claim, other: Claim) -> bool:
    """Whether a figure stands near the one that it replaces."""
    near = abs(other.count.start - claim.count.start) < _UPDATE_REACH
    return other.status == "superseded" and other.harm == claim.harm and near


def _is_same(first: Claim, later: Claim) -> bool:
    """Whether a claim repeats an earlier one: the same figure of the same people in the same event."""
    same = _figure(first) == _figure(later) and first.harm == later.harm and not first.implicit
    if later.count.value == 1 and _noun(first) != _noun(later):  # "a guard" and "a passerby" are two
        return False
    return same and first.status == later.status and _is_compatible(first, later)


def _noun(claim: Claim) -> str:
    return (claim.victims.text or "").casefold()


def _figure(claim: Claim) -> tuple[int | None, int | None, int | None]:
    return claim.count.value, claim.count.low, claim.count.high


def _is_compatible(a: Claim, b: Claim) -> bool:
    """Whether two claims may be of the same people in the same event."""
    kinds = {a.victims.category, b.victims.category} - {"unspecified", "mixed"}
    return len(kinds) <= 1 and a.scope == b.scope and a.episode == b.episode


def _rivals(a: Claim, b: Claim) -> bool:
    """Two claimants with two figures for the same toll."""
    if a.harm != b.harm or a.victims.category != b.victims.category or not _is_compatible(a, b):
        return False
    if {a.status, b.status} & {"superseded", "hypothetical"} or a.increment or b.increment:
        return False
    names, others = {s.name for s in a.claimants}, {s.name for s in b.claimants}
    return bool(names) and bool(others) and not names & others and _figure(a) != _figure(b)
