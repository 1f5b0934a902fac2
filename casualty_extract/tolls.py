"""What claims come to: the toll of each harm, with the claims that it rests on and those that it leaves out.

Low, best and high follow UCDP; the rules are those of the contract (docs/record.md): parts are not added, disjoint
groups add up, repeats count once, rivals stand side by side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from casualty_extract.model import Claim, Exclusion, Toll

_SIDES = {"civilian": 0, "military": 1, "security": 1, "armed_group": 2}
_NO_NAMES = ("the", "a", "an", "his", "her")


class Bounds(NamedTuple):
    """The figures of a claim, or of several added up; None: open, or not told."""

    low: int | None
    best: int | None
    high: int | None


class Statement(NamedTuple):
    """Claims that add up, and what they add up to."""

    bounds: Bounds
    claims: Sequence[Claim]


def sum_tolls(
    claims: Sequence[Claim], *, parts_count: bool = False, sentences: Mapping[str, int] | None = None
) -> dict[str, Toll]:
    """The toll of each harm that the claims state. ``parts_count``: parts count by themselves (a narrowed toll)."""
    harms = {claim.id: claim.harm for claim in claims}
    found: dict[str, Toll] = {}
    for harm in dict.fromkeys(harms.values()):
        toll = _toll([c for c in claims if c.harm == harm], harms, parts_count, sentences or {})
        if toll is not None:
            found[harm] = toll
    return found


def _toll(
    of_harm: Sequence[Claim], harms: Mapping[str, str], parts_count: bool, sentences: Mapping[str, int]
) -> Toll | None:
    """The toll of the claims of one harm; None where all of them are left out and none of them is a denial."""
    own_event = any(_is_of_event(claim) for claim in of_harm)
    excluded: list[Exclusion] = []
    kept: list[Claim] = []
    for claim in of_harm:
        reason = _left_out(claim, harms, parts_count, own_event)
        if reason:
            excluded.append(Exclusion(claim.id, reason))
        else:
            kept.append(claim)
    if not kept:
        return _denied(of_harm, excluded)
    kept, covered = _explicit(kept, sentences)
    return _reconciled(_statements(kept, sentences), (*excluded, *covered))


def _is_of_event(claim: Claim) -> bool:
    """Whether a claim gives a figure of the text's own event, beside which a sum over a period is left out."""
    told = claim.status in ("asserted", "hedged") and claim.count.modifier != "none"
    return told and claim.scope == "event" and claim.episode == 0


def _left_out(claim: Claim, harms: Mapping[str, str], parts_count: bool, own_event: bool) -> str | None:
    """Why a claim is no figure of the toll, None where it is one."""
    if claim.status in ("hypothetical", "superseded", "denied"):
        return claim.status
    if claim.scope == "rate":
        return "rate"
    if claim.scope == "cumulative" and own_event:
        return "cumulative"
    if claim.episode:
        return "other_episode"
    for relation in claim.relations:
        if relation.type == "part_of" and harms.get(relation.target) == claim.harm and not parts_count:
            return "part_of"
        if relation.type == "same_as":
            return "same_as"
    return None


def _denied(of_harm: Sequence[Claim], excluded: Sequence[Exclusion]) -> Toll | None:
    """The toll where nothing is left but a denial: from nobody to the figure denied."""
    denied = next((c for c in of_harm if c.status == "denied"), None)
    if denied is None:
        return None
    _, best, high = _bounds(denied)
    others = tuple(e for e in excluded if e.id != denied.id)
    return Toll(0, best, best if high is None else high, (denied.id,), others)


# --- persons named one by one -----------------------------------------------------------------------------------------


def _explicit(kept: Sequence[Claim], sentences: Mapping[str, int]) -> tuple[list[Claim], list[Exclusion]]:
    """Persons named one by one count where no figure of another sentence covers them."""
    figures = [c for c in kept if not c.implicit]
    if not figures:
        return _distinct(kept)
    if not any(c.count.value or c.count.low for c in figures):
        return list(kept), []
    own = {sentences.get(c.id) for c in figures}
    covered = [c for c in kept if c.implicit and sentences.get(c.id) not in own]
    return [c for c in kept if c not in covered], [Exclusion(c.id, "covered_by_total") for c in covered]


def _distinct(kept: Sequence[Claim]) -> tuple[list[Claim], list[Exclusion]]:
    """Named persons, each once: "Karim" is the "Dalia Karim" of before, "the victim" is anybody named before."""
    seen: list[set[str]] = []
    out: list[Claim] = []
    again: list[Exclusion] = []
    for claim in kept:
        text = claim.count.text
        names = {w.strip(".,()") for w in text.split() if w[:1].isupper() and w.lower() not in _NO_NAMES}
        retold = not names and text.lower().startswith(("the ", "him", "her"))
        if seen and (retold or any(names & before for before in seen)):
            again.append(Exclusion(claim.id, "same_person"))
            continue
        seen.append(names)
        out.append(claim)
    return out, again


# --- what adds up -----------------------------------------------------------------------------------------------------


def _statements(kept: Sequence[Claim], sentences: Mapping[str, int]) -> list[Statement]:
    """Claims that add up, by sentence and claimant: disjoint groups named together, and additions to what was said."""
    groups: list[list[Claim]] = []
    for claim in kept:
        place = sentences.get(claim.id)
        beside = (g for g in reversed(groups) if sentences.get(g[0].id) == place and _is_together(g[-1], claim))
        before = (g for g in reversed(groups) if claim.increment or _is_disjoint(g, claim))
        home = next(beside, None) or next(before, None)
        if home is None:
            groups.append([claim])
        else:
            home.append(claim)
    return [Statement(_sum(group), group) for group in groups]


def _is_together(last: Claim, claim: Claim) -> bool:
    """Whether two claims of one sentence add up: a repeat does not, nor a rival's figure for the same people."""
    if last.harm_cue != claim.harm_cue and last.count.value == claim.count.value and not claim.increment:
        return False
    same_claimants = {s.name for s in last.claimants} == {s.name for s in claim.claimants}
    return same_claimants or last.victims.category != claim.victims.category


def _is_disjoint(group: Sequence[Claim], claim: Claim) -> bool:
    """Whether a claim of another sentence counts people whom the group cannot hold."""
    side = _SIDES.get(claim.victims.category)
    others = [_SIDES.get(c.victims.category) for c in group]
    return side is not None and not claim.implicit and all(o is not None and o != side for o in others)


def _bounds(claim: Claim) -> Bounds:
    count = claim.count
    best = count.low if count.value is None or count.modifier == "more_than" else count.value
    if count.modifier == "less_than":
        best = count.high
    return Bounds(count.low, best, count.high)


def _sum(group: Sequence[Claim]) -> Bounds:
    bounds = [_bounds(claim) for claim in group]
    return Bounds(_total([b.low for b in bounds]), _total([b.best for b in bounds]), _total([b.high for b in bounds]))


def _total(values: Sequence[int | None]) -> int | None:
    """The sum; None where one of the values is open."""
    told = [v for v in values if v is not None]
    return sum(told) if len(told) == len(values) else None


# --- rivals -----------------------------------------------------------------------------------------------------------


def _reconciled(statements: Sequence[Statement], excluded: Sequence[Exclusion]) -> Toll:
    """The toll of rival statements: from the lowest to the highest of those that give a figure."""
    known = [s for s in statements if s.bounds.best] or statements
    lows = [s.bounds.low for s in known if s.bounds.low is not None]
    highs = [s.bounds.high for s in known if s.bounds.high is not None]
    high = max(highs) if len(highs) == len(known) else None
    ids = tuple(claim.id for statement in statements for claim in statement.claims)
    return Toll(min(lows, default=None), _best(known), high, ids, tuple(excluded))


def _best(statements: Sequence[Statement]) -> int | None:
    """Among rivals what the text states in its own voice, else what most sources give, else the lowest."""
    told = [(s.bounds.best, s.claims) for s in statements if s.bounds.best is not None]
    own = [best for best, claims in told if not any(c.attribution for c in claims)]
    if own:
        return max(own)
    said: dict[str, int] = {}  # a claimant's smaller figures are parts or other places
    for best, claims in told:
        for name in [s.name.casefold().removeprefix("the ") for s in claims[0].claimants] or [""]:
            said[name] = max(best, said.get(name, 0))
    counts = Counter(said.values())
    most = max(counts.values(), default=0)
    return min((best for best, times in counts.items() if times == most), default=None)
