"""Relations between the claims of a text, the episodes that it tells of, and the tolls that it comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from casualty_extract.analysis import Document
from casualty_extract.model import Claim, Exclusion, Relation, Toll
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Mention

_PART_REACH = 3  # sentences over which parts may follow their whole


def resolve_claims(document: Document, claims: Sequence[Claim], mentions: Sequence[Mention], rules: Rules) -> tuple[list[Claim], dict[str, Toll]]:
    """The claims with relations and episodes, in order of their counts, and the tolls of the text."""
    claims = list(claims)
    wholes = find_wholes(claims, mentions)
    claims = _with_episodes(document, claims, mentions, rules)
    claims = [_related(i, claims, wholes, mentions) for i in range(len(claims))]
    sentences = {c.id: m.sentence for c, m in zip(claims, mentions, strict=True)}
    claims.sort(key=lambda c: (c.count.start, c.count.end, c.harm))
    return claims, sum_tolls(claims, sentences=sentences)


# --- relations ----------------------------------------------------------------------------------------------------------


def find_wholes(claims: Sequence[Claim], mentions: Sequence[Mention]) -> dict[int, int]:
    """For each part the index of its direct whole."""
    index = {(m.sentence, m.number.core, m.harm): i for i, m in enumerate(mentions)}
    wholes: dict[int, int] = {}
    for i, mention in enumerate(mentions):
        of = mention.whole_of
        if mention.part and of is not None:
            whole = index.get((of.sentence, of.number.core, of.harm))
            if whole is not None and whole != i and _fits(claims[i], claims[whole]):
                wholes[i] = whole
    for i, mention in enumerate(mentions):
        if i not in wholes and mention.increment:
            whole = _new_total(i, claims, mentions)
            if whole is not None:
                wholes[i] = whole
    for rule in (_summed_parts, _summed_harms):
        rule(claims, mentions, wholes)
    return wholes


def _fits(part: Claim, whole: Claim) -> bool:
    high, value = whole.count.high, part.count.low
    return high is None or value is None or value <= high


def _new_total(i: int, claims: Sequence[Claim], mentions: Sequence[Mention]) -> int | None:
    """ "Two more died, taking the toll to nine": the total that an increment is a part of."""
    for k in range(len(claims)):
        near = 0 <= mentions[k].sentence - mentions[i].sentence <= 1 and k > i
        if near and mentions[k].rule == "toll" and claims[k].harm == claims[i].harm and (claims[k].count.value or 0) > (claims[i].count.value or 0):
            return k
    return None


def _summed_parts(claims: Sequence[Claim], mentions: Sequence[Mention], wholes: dict[int, int]) -> None:
    """Figures of one harm, behind a total, that plainly sum to it."""
    for t, total in enumerate(claims):
        value = total.count.value
        if value is None or value < 2 or t in wholes or total.status != "asserted":
            continue
        run = [
            k for k in range(t + 1, len(claims))
            if claims[k].harm == total.harm and k not in wholes and 0 <= mentions[k].sentence - mentions[t].sentence <= _PART_REACH
            and claims[k].count.modifier in ("exact", "about") and not claims[k].implicit
        ]  # fmt: skip
        for a in range(len(run)):
            for b in range(a + 2, min(len(run), a + 8) + 1):
                if sum(claims[k].count.value or 0 for k in run[a:b]) == value:
                    wholes.update({k: t for k in run[a:b]})
                    break
            else:
                continue
            break


def _summed_harms(claims: Sequence[Claim], mentions: Sequence[Mention], wholes: dict[int, int]) -> None:
    """ "21 casualties, 6 dead and 15 wounded": figures of several harms that sum to a total of casualties."""
    for t, total in enumerate(claims):
        if total.harm != "casualties" or total.count.value is None:
            continue
        run = [k for k in range(t + 1, len(claims)) if claims[k].harm != "casualties" and k not in wholes and mentions[k].sentence == mentions[t].sentence]
        if len(run) >= 2 and sum(claims[k].count.value or 0 for k in run) == total.count.value:
            wholes.update({k: t for k in run})


def _related(i: int, claims: Sequence[Claim], wholes: Mapping[int, int], mentions: Sequence[Mention]) -> Claim:
    claim = claims[i]
    found: list[Relation] = []
    if i in wholes:
        found.append(Relation("part_of", claims[wholes[i]].id))
    for k in range(i):
        if mentions[k].sentence != mentions[i].sentence and _same_figure(claims[k], claim) and (k in wholes) == (i in wholes):
            found.append(Relation("same_as", claims[k].id))
            break
    if claim.status not in ("superseded", "hypothetical") and i not in wholes:
        for k, other in enumerate(claims):
            if other.status == "superseded" and other.harm == claim.harm and k not in wholes and _near(k, i, claims):
                found.append(Relation("updates", other.id))
        found += [Relation("conflicts_with", claims[k].id) for k in range(len(claims)) if k not in wholes and _rivals(claim, claims[k])]
    return replace(claim, relations=tuple(found)) if found else claim


def _near(k: int, i: int, claims: Sequence[Claim]) -> bool:
    return abs(claims[k].count.start - claims[i].count.start) < 400


def _same_figure(first: Claim, later: Claim) -> bool:
    same = (first.count.value, first.count.low, first.count.high, first.harm) == (later.count.value, later.count.low, later.count.high, later.harm)
    return same and not first.implicit and first.scope == later.scope and first.episode == later.episode and _compatible(first, later) and first.status == later.status


def _compatible(first: Claim, later: Claim) -> bool:
    kinds = {first.victims.category, later.victims.category} - {"unspecified", "mixed"}
    return len(kinds) <= 1


def _rivals(a: Claim, b: Claim) -> bool:
    """Two claimants with two figures for the same toll."""
    if a.harm != b.harm or a.scope != b.scope or a.episode != b.episode or not _compatible(a, b):
        return False
    if {a.status, b.status} & {"superseded", "hypothetical"} or not a.claimants or not b.claimants:
        return False
    if {s.name for s in a.claimants} & {s.name for s in b.claimants} or a.increment or b.increment or a.victims.category != b.victims.category:
        return False
    return (a.count.value, a.count.low, a.count.high) != (b.count.value, b.count.low, b.count.high)


# --- episodes -----------------------------------------------------------------------------------------------------------


def _with_episodes(document: Document, claims: Sequence[Claim], mentions: Sequence[Mention], rules: Rules) -> list[Claim]:
    """Numbers the other events that a sentence turns to by its own words ("last month", "in a separate attack")."""
    episodes: dict[int, int] = {}
    out: list[Claim] = []
    turned = 0
    for claim, mention in zip(claims, mentions, strict=True):
        if mention.sentence not in episodes:
            sentence = document.sentences[mention.sentence]
            elsewhere = any(True for _ in rules.resolution["other_event"].scan(document.tokens, sentence.first, sentence.stop)) and mention.sentence > 0
            if elsewhere:
                turned += 1
            episodes[mention.sentence] = turned if elsewhere else 0
        episode = episodes[mention.sentence]
        out.append(replace(claim, episode=episode) if episode else claim)
    return out


# --- tolls --------------------------------------------------------------------------------------------------------------


def sum_tolls(claims: Sequence[Claim], *, parts_count: bool = False, sentences: Mapping[str, int] | None = None) -> dict[str, Toll]:
    """The toll of each harm that the claims state. ``parts_count``: parts are figures of their own (a narrowed toll)."""
    found: dict[str, Toll] = {}
    for harm in dict.fromkeys(c.harm for c in claims):
        of_harm = [c for c in claims if c.harm == harm]
        toll = _toll(of_harm, claims, parts_count, sentences or {})
        if toll is not None:
            found[harm] = toll
    return found


Reason = Callable[[Claim], bool]


def _toll(of_harm: Sequence[Claim], claims: Sequence[Claim], parts_count: bool, sentences: Mapping[str, int]) -> Toll | None:
    harms = {c.id: c.harm for c in claims}
    excluded: list[Exclusion] = []
    kept: list[Claim] = []
    events = any(c.scope == "event" and c.episode == 0 and c.status in ("asserted", "hedged") and c.count.modifier != "none" for c in of_harm)
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
        low, best, high = _bounds(denied[0])
        kept_ids = {denied[0].id}
        return Toll(0, best, high if high is not None else best, tuple(kept_ids), tuple(e for e in excluded if e.id not in kept_ids))
    kept, covered = _explicit(kept, sentences)
    excluded += covered
    groups = _statements(kept, sentences)
    return _reconciled(groups, excluded)


def _left_out(claim: Claim, harms: Mapping[str, str], parts_count: bool, events: bool) -> str | None:
    """Why a claim is no figure of the toll, None where it is one."""
    if claim.status in ("hypothetical", "superseded", "denied"):
        return claim.status
    if claim.episode:
        return "other_episode"
    if claim.scope == "rate":
        return "rate"
    if claim.scope == "cumulative" and events:
        return "cumulative"
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
        names = {w.strip(".,()") for w in claim.count.text.split() if w[:1].isupper() and w.lower() not in ("the", "a", "an", "his", "her")}
        if seen and (not names or any(names & s for s in seen)):
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
            home = next((g for g in reversed(groups) if claim.increment or _disjoint(g, claim)), None) if groups else None
        if home is None:
            groups.append([claim])
        else:
            home.append(claim)
    return groups


def _together(last: Claim, claim: Claim) -> bool:
    """Whether two claims of one sentence add up: another claimant's figure for the same people does not."""
    names = {s.name for s in last.claimants}, {s.name for s in claim.claimants}
    return names[0] == names[1] or last.victims.category != claim.victims.category


def _disjoint(group: Sequence[Claim], claim: Claim) -> bool:
    """Whether a claim of another sentence counts people whom the group cannot hold."""
    kinds = {c.victims.category for c in group}
    sides = {"civilian": 0, "military": 1, "security": 1, "armed_group": 2}
    return claim.victims.category in sides and all(k in sides and sides[k] != sides[claim.victims.category] for k in kinds) and not claim.implicit


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
    counts: dict[int, int] = {}
    for (_, best, _), _group in sums:
        if best is not None:
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
