"""Parts and wholes: which figure is a subset of which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casualty_extract.model import Claim
from casualty_extract.stages.mentions import Mention

_DETACHED = ("breakdown", "gapped", "gapped_group", "kinds", "compared")
_ADDABLE = ("exact", "about", "at_most", "at_least", "more_than")  # figures that name a value to sum
_PART_REACH = 3  # sentences between a part and the whole or the part before
_LIST_REACH = 8  # sentences between the last part and the whole
_FARTHEST = 200  # claims behind a total among which its parts are looked for; no article has as many
_MOST_PARTS = 8
_HARMS_OF_CASUALTIES = ("killed", "wounded", "missing")
_FEWEST_OVER, _MOST_OVER = 3, 1.1  # parts of an open total, and how far they may go over it


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
    """ "Two more died, taking the toll to nine": the total that an increment is a part of, unless it replaces it."""
    if claims[i].status == "superseded":
        return None
    for k in range(i + 1, len(claims)):
        apart = mentions[k].sentence - mentions[i].sentence
        if apart > 1:
            return None
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
        parts = _summing(_run(t, claims, mentions, wholes), total, claims)
        if parts:
            sums.append((t, parts))
    for t, parts in sorted(sums, key=lambda found: (-len(found[1]), -found[0])):
        if t not in wholes and all(wholes.get(k, t) == t for k in parts):
            wholes.update(dict.fromkeys(parts, t))


def _run(t: int, claims: Sequence[Claim], mentions: Sequence[Mention], wholes: Mapping[int, int]) -> list[int]:
    """The figures behind a total that may be its parts; each stands near the one before."""
    found: list[int] = []
    last = mentions[t].sentence
    for k in range(t + 1, min(t + 1 + _FARTHEST, len(claims))):
        if mentions[k].sentence - last > _PART_REACH:
            break
        far = mentions[k].sentence - mentions[t].sentence > _PART_REACH
        repeats = far and any(_is_repeat(claims[k], mentions[k], claims[i], mentions[i]) for i in found)
        if wholes.get(k, t) == t and not repeats and _may_be_part(k, t, claims, mentions):
            found.append(k)
            last = mentions[k].sentence
    return found


def _is_repeat(a: Claim, at: Mention, b: Claim, bt: Mention) -> bool:
    """Whether two figures of different sentences may be the same one told twice."""
    return at.sentence != bt.sentence and a.count.value == b.count.value and a.victims.category == b.victims.category


def _may_be_part(k: int, t: int, claims: Sequence[Claim], mentions: Sequence[Mention]) -> bool:
    """Whether a figure may be a part of a total before it, by its harm, its place and its victims."""
    part, total = claims[k], claims[t]
    apart = mentions[k].sentence - mentions[t].sentence
    if part.harm != total.harm or part.implicit or part.count.modifier not in _ADDABLE:
        return False
    if not 0 <= apart <= _LIST_REACH:
        return False
    bare = total.victims.text is None  # "killed 8, 3 men and 5 women"
    if apart == 0 and mentions[k].cue is mentions[t].cue and mentions[k].rule not in _DETACHED and not bare:
        return False
    kind = part.victims.category
    return kind == "unspecified" or total.victims.category in ("unspecified", "mixed", kind)


def _summing(run: Sequence[int], total: Claim, claims: Sequence[Claim]) -> Sequence[int]:
    """The first figures in a row, two to eight of them, that sum to a total; none where none do."""
    if len(run) < 2:
        return ()
    values = [claims[k].count.value or 0 for k in run]
    return next((run[a : a + n] for a in range(len(run)) if (n := _summands(values[a : a + _MOST_PARTS], total))), ())


def _summands(values: Sequence[int], total: Claim) -> int:
    """How many of the first figures come to a total, 0 for none; three or more also to a little over one that is open
    above ("more than 50")."""
    whole, found = total.count.value or 0, 0
    is_open = total.count.modifier in ("at_least", "more_than")
    for n, value in enumerate(values, 1):
        found += value
        if value >= whole or found > whole * _MOST_OVER:
            return 0
        if n > 1 and (found == whole or (is_open and n >= _FEWEST_OVER and found > whole)):
            return n
    return 0


def _add_summed_harms(claims: Sequence[Claim], mentions: Sequence[Mention], wholes: dict[int, int]) -> None:
    """ "21 casualties, 6 dead and 15 wounded", "killed and injured five": figures of several harms of one sentence that
    sum to casualties, there or a few sentences on."""
    of_sentence = _by_sentence(mentions)
    for t, total in enumerate(claims):
        if total.harm != "casualties" or total.count.value is None:
            continue
        place = mentions[t].sentence
        for sentence in range(place - _PART_REACH, place + _PART_REACH + 1):
            there = [k for k in of_sentence.get(sentence, ()) if claims[k].harm in _HARMS_OF_CASUALTIES]
            run = [k for k in there if k not in wholes and (k > t or sentence != place)]
            wholes.update(dict.fromkeys(_harms_that_sum(run, total.count.value, claims), t))


def _harms_that_sum(run: Sequence[int], value: int, claims: Sequence[Claim]) -> Sequence[int]:
    """The first two or three figures in a row, of several harms, that sum to a value; none where none do."""
    for size in (2, 3):
        for a in range(len(run) - size + 1):
            part = run[a : a + size]
            several = len({claims[k].harm for k in part}) > 1
            if several and sum(claims[k].count.value or 0 for k in part) == value:
                return part
    return ()


def _by_sentence(mentions: Sequence[Mention]) -> dict[int, list[int]]:
    """The indices of the mentions of each sentence."""
    found: dict[int, list[int]] = {}
    for k, mention in enumerate(mentions):
        found.setdefault(mention.sentence, []).append(k)
    return found


def _add_parallel_parts(claims: Sequence[Claim], mentions: Sequence[Mention], wholes: dict[int, int]) -> None:
    """ "Fire killed 14 and wounded dozens. In Harl it killed 13 and wounded 25": the 25 are of the dozens."""
    of_sentence = _by_sentence(mentions)
    for part, total in list(wholes.items()):
        if mentions[part].sentence == mentions[total].sentence:
            continue
        near = of_sentence[mentions[total].sentence]
        for k in of_sentence[mentions[part].sentence]:
            beside = claims[k]
            if k in wholes or beside.harm == claims[part].harm:
                continue
            whole = next((t for t in near if _is_parallel(claims[t], mentions[t], beside, mentions[total])), None)
            if whole is not None and not beside.implicit and beside.count.modifier != "none":
                wholes[k] = whole


def _is_parallel(claim: Claim, mention: Mention, part: Claim, total: Mention) -> bool:
    """Whether a claim beside a total may hold a part of the same harm."""
    same = mention.sentence == total.sentence and claim.harm == part.harm and claim.count.value != part.count.value
    return same and not claim.implicit and claim.count.modifier != "none" and _fits(part, claim)
