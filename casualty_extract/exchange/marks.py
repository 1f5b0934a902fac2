"""Gold as marks: regions of the text and ties between them, which is what an annotation tool shows.

A claim is a region over its count, labelled with its harm; victims and sources are regions that it is tied to, so is
the claim that it is a part of. Everything else of a claim (status, figures, ...) is a field of its region.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import casualty_extract
from casualty_extract.gold import GoldClaim, GoldLink, GoldText, gold_from_dict, report_to_gold
from casualty_extract.model import HARMS
from casualty_extract.report import Report

VICTIMS, SOURCE, NOT_A_CLAIM = "victims", "source", "not_a_claim"
LABELS = (*HARMS, VICTIMS, SOURCE, NOT_A_CLAIM)
_FIGURES = ("value", "low", "high")
_CLAIM = re.compile(r"claims\[(\d+)\]\.?(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the text with a label, and the fields of a claim or a source where it is one."""

    id: str
    label: str
    start: int
    end: int
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tie:
    """From a claim to its victims, to a link of its chain (``rank`` 1 is nearest the reader), or to its whole.

    ``kind``: victims, source, disputer, part_of.
    """

    kind: str
    source: str
    target: str
    rank: int = 0
    joint: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one text."""

    id: str
    text: str
    regions: tuple[Region, ...]
    ties: tuple[Tie, ...]


def as_gold(texts: Iterable[GoldText | Report]) -> list[GoldText]:
    """Reports as gold, gold as it is. Raises ValueError for a report without ``meta["id"]`` and for an id twice."""
    found = [report_to_gold(text) if isinstance(text, Report) else text for text in texts]
    seen: set[str] = set()
    for text in found:
        if text.id in seen:
            raise ValueError(f"two texts have the id {text.id!r}")
        seen.add(text.id)
    return found


# --- gold to marks --------------------------------------------------------------------------------------------------


def gold_to_marks(gold: GoldText) -> Marks:
    """The regions and ties of a gold text."""
    return _Marker(gold).marks()


class _Marker:
    """Collects regions; those of victims and sources are shared by the claims that name them."""

    def __init__(self, gold: GoldText) -> None:
        self._gold = gold
        self._shared: dict[tuple[str, int, int, str | None], Region] = {}
        self._ties: list[Tie] = []

    def marks(self) -> Marks:
        """All of them, claims first."""
        claims = [self._claim(i, claim) for i, claim in enumerate(self._gold.claims)]
        numbers = [Region(f"n{k}", NOT_A_CLAIM, start, end) for k, (start, end) in enumerate(self._gold.not_claims, 1)]
        return Marks(self._gold.id, self._gold.text, (*claims, *self._shared.values(), *numbers), tuple(self._ties))

    def _claim(self, i: int, claim: GoldClaim) -> Region:
        count, id = claim.count, f"c{i + 1}"
        fields: dict[str, Any] = {"category": claim.category, "status": claim.status, "scope": claim.scope}
        fields |= {"modifier": count.modifier} | {key: getattr(count, key) for key in _FIGURES}
        if claim.optional:
            fields["optional"] = True
        if claim.also:
            fields["also"] = {part: list(values) for part, values in claim.also.items()}
        if claim.victims is not None:
            place = claim.victims_at or _nearest(self._gold.text, claim.victims, count.end)
            if place is None:
                fields["victims"] = claim.victims
            else:
                self._ties.append(Tie("victims", id, self._region(VICTIMS, *place, None).id))
        self._chain("source", id, claim.attribution)
        self._chain("disputer", id, claim.disputed_by)
        if claim.part_of is not None:
            self._ties.append(Tie("part_of", id, f"c{_whole(self._gold, i) + 1}"))
        return Region(id, claim.harm, count.start, count.end, fields)

    def _chain(self, kind: str, id: str, links: tuple[GoldLink, ...]) -> None:
        for rank, link in enumerate(links, 1):
            region = self._region(SOURCE, link.start, link.end, link.name)
            self._ties.append(Tie(kind, id, region.id, rank, link.joint))

    def _region(self, label: str, start: int, end: int, name: str | None) -> Region:
        id = f"{label[0]}{len(self._shared) + 1}"
        region = Region(id, label, start, end, {"name": name} if name else {})
        return self._shared.setdefault((label, start, end, name), region)


def _nearest(text: str, words: str, offset: int) -> tuple[int, int] | None:
    """The place of words that is nearest to an offset; None where the text does not hold them."""
    starts = [found.start() for found in re.finditer(re.escape(words), text)] if words.strip() else []
    start = min(starts, key=lambda at: abs(at - offset), default=None)
    return None if start is None else (start, start + len(words))


def _whole(gold: GoldText, i: int) -> int:
    """The index of the claim that another is a part of, of its own harm where several stand there."""
    part = gold.claims[i]
    wholes = [k for k, claim in enumerate(gold.claims) if claim.count.start == part.part_of and k != i]
    return next((k for k in wholes if gold.claims[k].harm == part.harm), wholes[0])


# --- marks to gold --------------------------------------------------------------------------------------------------


def marks_to_gold(marks: Marks) -> GoldText:
    """The gold behind marks. A claim without figures has those that the words of its count say.

    Raises ValueError that names the region and what is wrong with it.
    """
    claims = [region for region in marks.regions if region.label in HARMS]
    regions = {region.id: region for region in marks.regions}
    for tie in marks.ties:
        _check(tie, regions)
    record = {
        "id": marks.id,
        "text": marks.text,
        "claims": [_record(region, marks, regions) for region in claims],
        "not_claims": [[r.start, r.end] for r in marks.regions if r.label == NOT_A_CLAIM],
    }
    try:
        return gold_from_dict(record)
    except ValueError as error:
        placed = _CLAIM.match(str(error))
        if placed is None:
            raise
        raise ValueError(f"region {claims[int(placed[1])].id}: {placed[2]}") from None


def _check(tie: Tie, regions: Mapping[str, Region]) -> None:
    """Whether both ends of a tie are there, and of the right kind."""
    wanted = {"victims": (VICTIMS,), "source": (SOURCE,), "disputer": (SOURCE,), "part_of": HARMS}[tie.kind]
    for id, labels in ((tie.source, HARMS), (tie.target, wanted)):
        if id not in regions:
            raise ValueError(f"the tie {tie.kind} from {tie.source} to {tie.target}: there is no region {id}")
        if regions[id].label not in labels:
            raise ValueError(
                f"the tie {tie.kind} from {tie.source} to {tie.target}: region {id} is labelled {regions[id].label!r}, "
                f"not {' or '.join(labels)}"
            )


def _record(region: Region, marks: Marks, regions: Mapping[str, Region]) -> dict[str, Any]:
    """One claim as a record of gold."""
    fields, ties = region.fields, [tie for tie in marks.ties if tie.source == region.id]
    victims = [regions[tie.target] for tie in ties if tie.kind == "victims"]
    wholes = [regions[tie.target] for tie in ties if tie.kind == "part_of"]
    for kind, found in (("victims", victims), ("whole", wholes)):
        if len(found) > 1:
            raise ValueError(f"region {region.id}: has more than one {kind}: {', '.join(r.id for r in found)}")
    people: dict[str, Any] = {"text": fields.get("victims"), "category": fields.get("category", "unspecified")}
    if victims:
        people |= _stretch(victims[0], marks.text)
    return {
        "count": _stretch(region, marks.text) | _figures(region, marks.text),
        "harm": region.label,
        "victims": people,
        "attribution": _links("source", region, ties, marks, regions),
        "disputed_by": _links("disputer", region, ties, marks, regions),
        "status": fields.get("status", "asserted"),
        "scope": fields.get("scope", "event"),
        "part_of": wholes[0].start if wholes else None,
        "optional": fields.get("optional", False),
        "also": fields.get("also") or {},
    }


def _stretch(region: Region, text: str) -> dict[str, Any]:
    return {"text": text[region.start : region.end], "start": region.start, "end": region.end}


def _figures(region: Region, text: str) -> dict[str, Any]:
    """The modifier and the figures of a claim: those given, or, where none is, what the words of the count say."""
    fields = region.fields
    if "modifier" in fields or any(fields.get(key) is not None for key in _FIGURES):
        return {key: fields.get(key) for key in _FIGURES} | {"modifier": fields.get("modifier", "exact")}
    words = text[region.start : region.end]
    read = casualty_extract.extract(f"{words} people were killed.").claims
    if len(read) != 1 or read[0].count.text != words:
        raise ValueError(f"region {region.id}: give the modifier and figures of {words!r}, they cannot be read off it")
    return {key: getattr(read[0].count, key) for key in (*_FIGURES, "modifier")}


def _links(
    kind: str, region: Region, ties: Iterable[Tie], marks: Marks, regions: Mapping[str, Region]
) -> list[dict[str, Any]]:
    """The links of a chain, by their rank."""
    chain = sorted((tie for tie in ties if tie.kind == kind), key=lambda tie: tie.rank)
    if len({tie.rank for tie in chain}) < len(chain):
        raise ValueError(f"region {region.id}: two ties {kind} have the same place in the chain")
    links = []
    for tie in chain:
        source = regions[tie.target]
        name = source.fields.get("name")
        links.append(_stretch(source, marks.text) | ({"name": name} if name else {}) | {"joint": tie.joint})
    return links
