"""What claims come to: the toll of each harm, with the claims that it rests on and those that it leaves out.

Low, best and high follow UCDP; the rules are those of the contract (docs/record.md): parts are not added, disjoint groups
add up, repeats count once, rivals stand side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casualty_extract.model import Claim, Exclusion, Toll


def sum_tolls(
    claims: Sequence[Claim], *, parts_count: bool = False, sentences: Mapping[str, int] | None = None
) -> dict[str, Toll]:
    """The toll of each harm that the claims state. ``parts_count``: parts are figures of their own (a narrowed toll)."""
    found: dict[str, Toll] = {}
    for harm in dict.fromkeys(c.harm for c in claims):
        of_harm = [c for c in claims if c.harm == harm]
        toll = _toll(of_harm, claims, parts_count, sentences or {})
        if toll is not None:
            found[harm] = toll
    return found


def _toll(
    of_harm: Sequence[Claim], claims: Sequence[Claim], parts_count: bool, sentences: Mapping[str, int]
) -> Toll | None:
    harms = {c.id: c.harm for c in claims}
    excluded: list[Exclusion] = []
    kept: list[Claim] = []
    events = any(
        c.scope == "event" and c.episode == 0 and c.status in ("asserted", "hedged") and c.count.modifier != "none"
        for c in of_harm
    )
    for claim in of_harm:
        reason = _left_out(claim, harms, parts_count, events)
        if reason:
            excluded.append(Exclusion(claim.id, reason))
        else:
            kept.append(claim)
    if not kept:
        denied = [c for c in of_harm if c.status == "denied"]
        if not denied:
            return None
        _low, best, high = _bounds(denied[0])
        kept_ids = {denied[0].id}
        return Toll(
            0,
            best,
            high if high is not None else best,
            tuple(kept_ids),
            tuple(e for e in excluded if e.id not in kept_ids),
        )
    kept, covered = _explicit(kept, sentences)
    excluded += covered
    groups = _statements(kept, sentences)
    return _reconciled(groups, excluded)


def _left_out(claim: Claim, harms: Mapping[str, str], parts_count: bool, events: bool) -> str | None:
    """Why a claim is no figure of the toll, None where it is one."""
    if claim.status in ("hypothetical", "superseded", "denied"):
        return claim.status
    if claim.scope == "rate":
        return "rate"
    if claim.scope == "cumulative" and events:
        return "cumulative"
    if claim.episode:
        return "other_episode"
    for relation in claim.relations:
        if relation.type == "part_of" and harms.get(relation.target) == claim.harm and not parts_count:
            return "part_of"
        if relation.type == "same_as":
            return "same_as"
    return None


def _explicit(kept: Sequence[Claim], sentences: Mapping[str, int]) -> tuple[list[Claim], list[Exclusion]]:
    """Persons named one by one count where no figure of another sentence covers them."""
    figures = [c for c in kept if not c.implicit]
    if not figures:
        return _distinct(kept)
    best = max((c.count.value or c.count.low or 0) for c in figures)
    own = {sentences.get(c.id) for c in figures if best}
    left = [c for c in kept if c.implicit and (sentences.get(c.id) not in own or not own) and best]
    return [c for c in kept if c not in left], [Exclusion(c.id, "covered_by_total") for c in left]


def _distinct(kept: Sequence[Claim]) -> tuple[list[Claim], list[Exclusion]]:
    """Named persons, each once: "Yahya" is the "Ghulam Yahya" of before, "the victim" is anybody named before."""
    seen: list[set[str]] = []
    out: list[Claim] = []
    again: list[Exclusion] = []
    for claim in kept:
        names = {
            w.strip(".,()")
            for w in claim.count.text.split()
            if w[:1].isupper() and w.lower() not in ("the", "a", "an", "his", "her")
        }
        again_told = not names and claim.count.text.lower().startswith(("the ", "him", "her"))
        if seen and (again_told or any(names & s for s in seen)):
            again.append(Exclusion(claim.id, "same_person"))
            continue
        seen.append(names)
        out.append(claim)
    return out, again


def _statements(kept: Sequence[Claim], sentences: Mapping[str, int]) -> list[list[Claim]]:
    """Claims that add up, by sentence and claimant: disjoint groups named together, and additions to what was said before."""
    groups: list[list[Claim]] = []
    for claim in kept:
        place = sentences.get(claim.id)
        home = None
        for group in groups:
            if sentences.get(group[0].id) == place and _together(group[-1], claim):
                home = group
        if home is None:
            home = (
                next((g for g in reversed(groups) if claim.increment or _disjoint(g, claim)), None) if groups else None
            )
        if home is None:
            groups.append([claim])
        else:
            home.append(claim)
    return groups


def _together(last: Claim, claim: Claim) -> bool:
    """Whether two claims of one sentence add up: a repeat does not, nor another claimant's figure for the same people."""
    if last.harm_cue != claim.harm_cue and last.count.value == claim.count.value and not claim.increment:
        return False
    names = {s.name for s in last.claimants}, {s.name for s in claim.claimants}
    return names[0] == names[1] or last.victims.category != claim.victims.category


def _disjoint(group: Sequence[Claim], claim: Claim) -> bool:
    """Whether a claim of another sentence counts people whom the group cannot hold."""
    kinds = {c.victims.category for c in group}
    sides = {"civilian": 0, "military": 1, "security": 1, "armed_group": 2}
    return (
        claim.victims.category in sides
        and all(k in sides and sides[k] != sides[claim.victims.category] for k in kinds)
        and not claim.implicit
    )


def _reconciled(groups: Sequence[Sequence[Claim]], excluded: Sequence[Exclusion]) -> Toll:
    sums = [(_sum(group), group) for group in groups]
    known = [s for s in sums if s[0][1]] or sums
    best = _best(known)
    lows = [s[0][0] for s in known if s[0][0] is not None]
    highs = [s[0][2] for s in known]
    values = [s[0][1] for s in known if s[0][1] is not None]
    low = min(lows) if lows else None
    high = None if any(h is None for h in highs) else max((h for h in highs if h is not None), default=None)
    if high is None and len(known) > 1 and values and all(h is not None for h in highs):
        high = max(values)
    ids = tuple(c.id for group in groups for c in group)
    return Toll(low, best, high, ids, tuple(excluded))


def _best(sums: Sequence[tuple[tuple[int | None, int | None, int | None], Sequence[Claim]]]) -> int | None:
    """Among rivals what the text states in its own voice, else what most sources give, else the lowest."""
    own = [s[0][1] for s in sums if not any(c.attribution for c in s[1]) and s[0][1] is not None]
    if own:
        return max(own)
    said: dict[str, int] = {}  # a claimant's smaller figures are parts or other places
    for (_, best, _), group in sums:
        for name in [s.name.casefold().removeprefix("the ") for s in group[0].claimants] or [""]:
            if best is not None:
                said[name] = max(best, said.get(name, 0))
    counts: dict[int, int] = {}
    for best in said.values():
        counts[best] = counts.get(best, 0) + 1
    if not counts:
        return None
    most = max(counts.values())
    return min(b for b, n in counts.items() if n == most)


def _bounds(claim: Claim) -> tuple[int | None, int | None, int | None]:
    count = claim.count
    best = count.value if count.value is not None else count.low
    if count.modifier == "more_than":
        best = count.low
    return count.low, best, count.high


def _sum(group: Sequence[Claim]) -> tuple[int | None, int | None, int | None]:
    bounds = [_bounds(c) for c in group]

    def total(values: list[int | None]) -> int | None:
        return None if any(v is None for v in values) else sum(v for v in values if v is not None)

    return total([b[0] for b in bounds]), total([b[1] for b in bounds]), total([b[2] for b in bounds])
