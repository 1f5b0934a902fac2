"""Relations between the claims of a text, the episodes that it tells of, and the tolls that it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from casualty_extract.analysis import Document, Sentence
from casualty_extract.model import Claim, Relation, Toll
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Mention
from casualty_extract.tolls import sum_tolls

_DETACHED = ("breakdown", "gapped", "gapped_group", "kinds", "compared")
_PART_REACH = 3  # sentences over which parts may follow their whole
_MOST_PARTS = 8
_UPDATE_REACH = 400  # characters between a figure and the one that it replaces


def resolve_claims(
    document: Document, claims: Sequence[Claim], mentions: Sequence[Mention], rules: Rules
) -> tuple[list[Claim], dict[str, Toll]]:
    """The claims with relations and episodes, in order of their counts, and the tolls of the text."""
    claims = list(claims)
    claims = _superseded(document, claims, mentions, rules)
    wholes = find_wholes(claims, mentions)
    claims = [_doubted(i, c, claims, mentions, wholes) for i, c in enumerate(claims)]
    claims = _with_episodes(document, claims, mentions, rules)
    claims = [_related(i, claims, wholes, mentions) for i in range(len(claims))]
    sentences = {c.id: m.sentence for c, m in zip(claims, mentions, strict=True)}
    claims.sort(key=lambda c: (c.count.start, c.count.end, c.harm))
    return claims, sum_tolls(claims, sentences=sentences)


def _superseded(document: Document, claims: Sequence[Claim], mentions: Sequence[Mention], rules: Rules) -> list[Claim]:
    """Figures that a later sentence replaces: "27 people died. The toll was later raised to 31"."""
    out = list(claims)
    for k, later in enumerate(claims):
        sentence = document.sentences[mentions[k].sentence]
        revised = rules.resolution["revised"].occurs(document.tokens, sentence.first, sentence.stop)
        if not revised or later.status != "asserted" or mentions[k].part or later.increment or later.scope != "event":
            continue
        for i in range(k):
            old = out[i]
            same = old.harm == later.harm and old.status == "asserted" and not mentions[i].part and not old.implicit
            apart = mentions[i].sentence < mentions[k].sentence
            if same and apart and old.count.value != later.count.value and _same_speakers(old, later, mentions[k].rule):
                out[i] = replace(old, status="superseded", rules={**old.rules, "status": "revised_later"})
    return out


def _same_speakers(old: Claim, later: Claim, rule: str) -> bool:
    """Whether the later figure comes from the same mouth, or is the toll itself with nobody else behind the old one."""
    before, after = ({s.name.casefold().removeprefix("the ") for s in c.claimants} for c in (old, later))
    return (before == after and bool(before)) or (rule in ("toll", "new_total") and (not after or before == after))


def _doubted(
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


# --- parts and wholes -------------------------------------------------------------------------------------------------


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
    """Figures of one harm, behind a total, that plainly sum to it: "nine died: four in Harl and five in Tessel"."""
    for t, total in enumerate(claims):
        value = total.count.value
        if value is None or value < 2 or t in wholes or total.status != "asserted":
            continue
        run = [k for k in range(t + 1, len(claims)) if k not in wholes and _may_be_part(k, t, claims, mentions)]
        wholes.update(dict.fromkeys(_summing(run, value, claims), t))


def _may_be_part(k: int, t: int, claims: Sequence[Claim], mentions: Sequence[Mention]) -> bool:
    """Whether a figure may be a part of a total before it, by its harm, its place and its victims."""
    part, total = claims[k], claims[t]
    apart = mentions[k].sentence - mentions[t].sentence
    if part.harm != total.harm or part.implicit or part.count.modifier not in ("exact", "about"):
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


# --- relations --------------------------------------------------------------------------------------------------------


def _related(i: int, claims: Sequence[Claim], wholes: Mapping[int, int], mentions: Sequence[Mention]) -> Claim:
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
    return same and first.status == later.status and _is_compatible(first, later)


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


# --- episodes ---------------------------------------------------------------------------------------------------------


def _with_episodes(
    document: Document, claims: Sequence[Claim], mentions: Sequence[Mention], rules: Rules
) -> list[Claim]:
    """Numbers the other events that a sentence turns to by its own words ("last month", "in a separate attack")."""
    episodes: dict[int, int] = {}  # by sentence
    turned = 0
    for k, mention in enumerate(mentions):
        if mention.sentence in episodes:
            continue
        sentence = document.sentences[mention.sentence]
        elsewhere = (k > 0 and _is_past_year(document, sentence, claims[0])) or (
            mention.sentence > 0
            and rules.resolution["other_event"].occurs(document.tokens, sentence.first, sentence.stop)
        )
        turned += elsewhere
        episodes[mention.sentence] = turned if elsewhere else 0
    told = zip(claims, (episodes[m.sentence] for m in mentions), strict=True)
    return [replace(claim, episode=episode) if episode else claim for claim, episode in told]


def _is_past_year(document: Document, sentence: Sentence, opening: Claim) -> bool:
    """ "In 2014 a bomb killed 12": a sentence with another year than that of the text's first claim."""
    for i in range(sentence.first, sentence.stop - 1):
        year = document.tokens[i + 1].text
        told = year.isdigit() and len(year) == 4 and year[:2] in ("19", "20")
        if told and document.tokens[i].lower in ("in", "since"):
            return opening.time is None or year not in opening.time.text
    return False
