"""Relations between the claims of a text, the episodes that it tells of, and the tolls that it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from casualty_extract.analysis import Document
from casualty_extract.model import Claim, Relation, Toll
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Mention
from casualty_extract.tolls import sum_tolls

_DETACHED = ("breakdown", "gapped", "gapped_group", "kinds", "compared")
_PART_REACH = 3  # sentences over which parts may follow their whole


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


def _superseded(
    document: Document, claims: Sequence[Claim], mentions: Sequence[Mention], rules: Rules
) -> list[Claim]:
    """Figures that a later sentence replaces: "27 people died. The toll was later raised to 31"."""
    out = list(claims)
    for k, later in enumerate(claims):
        sentence = document.sentences[mentions[k].sentence]
        revised = any(True for _ in rules.resolution["revised"].scan(document.tokens, sentence.first, sentence.stop))
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
    names = [{s.name.casefold().removeprefix("the ") for s in c.claimants} for c in (old, later)]
    return names[0] == names[1] and bool(names[0]) or rule in ("toll", "new_total") and (not names[1] or names[0] == names[1])


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
    stated = [claims[k].count.value for k in parts]
    if len(parts) > 1 and None not in stated and claim.count.modifier == "exact" and sum(v or 0 for v in stated) != claim.count.value:
        doubts.append("parts_do_not_sum")
    return replace(claim, doubts=tuple(dict.fromkeys(doubts))) if doubts else claim


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
        whole = _new_total(i, claims, mentions) if i not in wholes and mention.rule != "new_total" else None
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
    for k in range(i + 1, len(claims)):
        apart = mentions[k].sentence - mentions[i].sentence
        grows = claims[k].harm == claims[i].harm and (claims[k].count.value or 0) > (claims[i].count.low or 0)
        total = mentions[k].rule == "new_total" and apart == 0
        later = mentions[i].increment and mentions[k].rule in ("toll", "new_total", "harm_noun") and apart <= 1
        rises = mentions[i].rule == mentions[k].rule == "toll" and apart == 0 and mentions[i].rises
        if grows and (total or later or rises):
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
            and (mentions[k].sentence != mentions[t].sentence or mentions[k].cue is not mentions[t].cue or mentions[k].rule in _DETACHED)
            and (total.victims.category in ("unspecified", "mixed", claims[k].victims.category) or claims[k].victims.category == "unspecified")
        ]  # fmt: skip
        for a in range(len(run)):
            for b in range(a + 2, min(len(run), a + 8) + 1):
                if sum(claims[k].count.value or 0 for k in run[a:b]) == value:
                    wholes.update(dict.fromkeys(run[a:b], t))
                    break
            else:
                continue
            break


def _summed_harms(claims: Sequence[Claim], mentions: Sequence[Mention], wholes: dict[int, int]) -> None:
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


def _related(i: int, claims: Sequence[Claim], wholes: Mapping[int, int], mentions: Sequence[Mention]) -> Claim:
    claim = claims[i]
    found: list[Relation] = []
    if i in wholes:
        found.append(Relation("part_of", claims[wholes[i]].id))
    for k in range(i):
        if (
            mentions[k].sentence != mentions[i].sentence
            and _same_figure(claims[k], claim)
            and (k in wholes) == (i in wholes)
        ):
            found.append(Relation("same_as", claims[k].id))
            break
    if claim.status not in ("superseded", "hypothetical") and i not in wholes:
        for k, other in enumerate(claims):
            if other.status == "superseded" and other.harm == claim.harm and k not in wholes and _near(k, i, claims):
                found.append(Relation("updates", other.id))
        found += [
            Relation("conflicts_with", claims[k].id)
            for k in range(len(claims))
            if k not in wholes and _rivals(claim, claims[k])
        ]
    return replace(claim, relations=tuple(found)) if found else claim


def _near(k: int, i: int, claims: Sequence[Claim]) -> bool:
    return abs(claims[k].count.start - claims[i].count.start) < 400


def _same_figure(first: Claim, later: Claim) -> bool:
    same = (first.count.value, first.count.low, first.count.high, first.harm) == (
        later.count.value,
        later.count.low,
        later.count.high,
        later.harm,
    )
    return (
        same
        and not first.implicit
        and first.scope == later.scope
        and first.episode == later.episode
        and _compatible(first, later)
        and first.status == later.status
    )


def _compatible(first: Claim, later: Claim) -> bool:
    kinds = {first.victims.category, later.victims.category} - {"unspecified", "mixed"}
    return len(kinds) <= 1


def _rivals(a: Claim, b: Claim) -> bool:
    """Two claimants with two figures for the same toll."""
    if a.harm != b.harm or a.scope != b.scope or a.episode != b.episode or not _compatible(a, b):
        return False
    if {a.status, b.status} & {"superseded", "hypothetical"} or not a.claimants or not b.claimants:
        return False
    if (
        {s.name for s in a.claimants} & {s.name for s in b.claimants}
        or a.increment
        or b.increment
        or a.victims.category != b.victims.category
    ):
        return False
    return (a.count.value, a.count.low, a.count.high) != (b.count.value, b.count.low, b.count.high)


# --- episodes -----------------------------------------------------------------------------------------------------------


def _with_episodes(
    document: Document, claims: Sequence[Claim], mentions: Sequence[Mention], rules: Rules
) -> list[Claim]:
    """Numbers the other events that a sentence turns to by its own words ("last month", "in a separate attack")."""
    episodes: dict[int, int] = {}
    out: list[Claim] = []
    turned = 0
    for claim, mention in zip(claims, mentions, strict=True):
        if mention.sentence not in episodes:
            sentence = document.sentences[mention.sentence]
            elsewhere = bool(out) and _past_year(document, mention, claims) or (
                any(True for _ in rules.resolution["other_event"].scan(document.tokens, sentence.first, sentence.stop))
                and mention.sentence > 0
            )
            if elsewhere:
                turned += 1
            episodes[mention.sentence] = turned if elsewhere else 0
        episode = episodes[mention.sentence]
        out.append(replace(claim, episode=episode) if episode else claim)
    return out


def _past_year(document: Document, mention: Mention, claims: Sequence[Claim]) -> bool:
    """ "In 2014 a bomb killed 12": a sentence that begins with another year than the text's own event."""
    sentence = document.sentences[mention.sentence]
    for i in range(sentence.first, sentence.stop - 1):
        year = document.tokens[i + 1].text
        if document.tokens[i].lower in ("in", "since") and year.isdigit() and len(year) == 4 and year[:2] in ("19", "20"):
            return not any(c.time is not None and year in c.time.text for c in claims[:1])
    return False
