"""Parts and wholes: which figure is a subset of which."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.model import Claim
from casualty_extract.stages.mentions import Mention

_DETACHED = ("breakdown", "gapped", "gapped_group", "kinds", "compared")
_ADDABLE = ("exact", "about", "at_most", "at_least")  # figures that name a value to sum
_PART_REACH = 3  # sentences over which parts may follow their whole
_MOST_PARTS = 8


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
        whole = _new_total(i, claims, mentions) if i not in wholes and mention.rule != "new_total" else None
        if whole is not None:
            wholes[i] = whole
    _add_summed_parts(claims, mentions, wholes)
    _add_summed_harms(claims, mentions, wholes)
    _add_parallel_parts(claims, mentions, wholes)
    return wholes


def _fits(part: Claim, whole: Claim) -> bool:
    """Whether a part is no larger than its whole."""
    high, low = whole.count.high, part.count.low
    return high is None or low is None or low <= high


def _new_total(i: int, claims: Sequence[Claim], mentions: Sequence[Mention]) -> int | None:
    """ "Two more died, taking the toll to nine": the total that an increment is a part of."""
    for k in range(i + 1, len(claims)):
        apart = mentions[k].sentence - mentions[i].sentence
        grows = claims[k].harm == claims[i].harm and (claims[k].count.value or 0) > (claims[i].count.low or 0)
        total = mentions[k].rule == "new_total" and apart == 0
        later = mentions[i].increment and mentions[k].rule in ("toll", "new_total", "harm_noun") and apart <= 1
        rises = mentions[i].rule == mentions[k].rule == "toll" and apart == 0 and mentions[i].rises
        if grows and (total or later or rises):
            return k
    return None


def _add_summed_parts(claims: Sequence[Claim], mentions: Sequence[Mention], wholes: dict[int, int]) -> None:
    """Figures of one harm, behind a total, that plainly sum to it: "nine died: four in Harl and five in Tessel".

    Where they sum to several totals, the longest list is the surest; among equals the nearest total takes its parts.
    """
    sums: list[tuple[int, Sequence[int]]] = []
    for t, total in enumerate(claims):
        value = total.count.value
        if value is None or value < 2 or t in wholes or total.status != "asserted":
            continue
        run = [k for k in range(t + 1, len(claims)) if k not in wholes and _may_be_part(k, t, claims, mentions)]
        sums.append((t, _summing(run, value, claims)))
    for t, parts in sorted(sums, key=lambda found: (-len(found[1]), -found[0])):
        if t not in wholes and not any(k in wholes for k in parts):
            wholes.update(dict.fromkeys(parts, t))


def _may_be_part(k: int, t: int, claims: Sequence[Claim], mentions: Sequence[Mention]) -> bool:
    """Whether a figure may be a part of a total before it, by its harm, its place and its victims."""
    part, total = claims[k], claims[t]
    apart = mentions[k].sentence - mentions[t].sentence
    if part.harm != total.harm or part.implicit or part.count.modifier not in _ADDABLE:
        return False
    if not 0 <= apart <= _PART_REACH:
        return False
    bare = total.victims.text is None  # "killed 8, 3 men and 5 women"
    if apart == 0 and mentions[k].cue is mentions[t].cue and mentions[k].rule not in _DETACHED and not bare:
        return False
    kind = part.victims.category
    return kind == "unspecified" or total.victims.category in ("unspecified", "mixed", kind)


def _summing(run: Sequence[int], value: int, claims: Sequence[Claim]) -> Sequence[int]:
    """The first figures in a row, two to eight of them, that sum to a value; none where none do."""
    for a in range(len(run)):
        for b in range(a + 2, min(len(run), a + _MOST_PARTS) + 1):
            if sum(claims[k].count.value or 0 for k in run[a:b]) == value:
                return run[a:b]
    return ()


def _add_summed_harms(claims: Sequence[Claim], mentions: Sequence[Mention], wholes: dict[int, int]) -> None:
    """ "21 casualties, 6 dead and 15 wounded": figures of several harms that sum to a total of casualties."""
    for t, total in enumerate(claims):
        if total.harm != "casualties" or total.count.value is None:
            continue
        run = [
            k
            for k in range(t + 1, len(claims))
            if claims[k].harm != "casualties" and k not in wholes and mentions[k].sentence == mentions[t].sentence
        ]
        if len(run) >= 2 and sum(claims[k].count.value or 0 for k in run) == total.count.value:
            wholes.update(dict.fromkeys(run, t))


def _add_parallel_parts(claims: Sequence[Claim], mentions: Sequence[Mention], wholes: dict[int, int]) -> None:
    """ "Fire killed 14 and wounded dozens. In Harl it killed 13 and wounded 25": the 25 are of the dozens."""
    for part, total in list(wholes.items()):
        if mentions[part].sentence == mentions[total].sentence:
            continue
        for k, beside in enumerate(claims):
            if mentions[k].sentence != mentions[part].sentence or k in wholes or beside.harm == claims[part].harm:
                continue
            whole = next(
                (t for t, c in enumerate(claims) if _is_parallel(c, mentions[t], beside, mentions[total])), None
            )
            if whole is not None and not beside.implicit and beside.count.modifier != "none":
                wholes[k] = whole


def _is_parallel(claim: Claim, mention: Mention, part: Claim, total: Mention) -> bool:
    """Whether a claim beside a total may hold a part of the same harm."""
    same = mention.sentence == total.sentence and claim.harm == part.harm and claim.count.value != part.count.value
    return same and not claim.implicit and claim.count.modifier != "none" and _fits(part, claim)
