"""Gold: texts with the claims that a careful reader finds in them, as JSON lines; read, checked and written.

One object a line: ``id``, ``text`` and ``claims``, the shape of the seed articles (``seeds/README.md``). What a report
holds becomes gold to be corrected with `report_to_gold`; `casualty_extract.scoring` measures a pipeline against it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casualty_extract.model import CATEGORIES, HARMS, MODIFIERS, SCOPES, STATUSES, Claim, Count, Source, Span
from casualty_extract.record import Node
from casualty_extract.report import Report

ALSO = ("harm", "category", "status", "scope", "origin")  # fields for which gold may accept other answers


@dataclass(frozen=True, slots=True)
class GoldLink:
    """One source as gold has it. ``name`` is None where it resolves to nothing but its own words."""

    text: str
    start: int
    end: int
    name: str | None = None
    joint: bool = False


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One claim as gold has it. ``part_of`` is the ``count.start`` of its whole, None where it has none.

    ``victims`` and its place are None where no words name them; the place alone may be unknown. ``optional``: a careful
    reader could leave it out. ``also``: other answers accepted, by field; None among those for "origin": no source.
    """

    count: Count
    harm: str
    category: str = "unspecified"
    victims: str | None = None
    victims_at: tuple[int, int] | None = None
    attribution: tuple[GoldLink, ...] = ()
    disputed_by: tuple[GoldLink, ...] = ()
    status: str = "asserted"
    scope: str = "event"
    part_of: int | None = None
    optional: bool = False
    also: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.count, self.harm, self.attribution))

    def accepts(self, part: str, value: str | None) -> bool:
        """Whether a value of harm, category, status or scope is the gold's or one that it accepts besides."""
        return value == getattr(self, part) or value in self.also.get(part, ())


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text with its claims. ``not_claims`` are the places (start, end) of numbers that count no victims."""

    id: str
    text: str
    claims: tuple[GoldClaim, ...] = ()
    not_claims: tuple[tuple[int, int], ...] = ()


# --- from reports ---------------------------------------------------------------------------------------------------


def report_to_gold(report: Report, id: str | None = None) -> GoldText:
    """The claims of a report in the shape of gold, to be corrected by hand. ``id``: else the report's ``meta["id"]``.

    Implicit claims (a person without a number word) are optional, as in gold. Raises ValueError where there is no id.
    """
    name = id if id is not None else report.meta.get("id")
    if not isinstance(name, str) or not name:
        raise ValueError("a gold text needs an id: give one, or extract with meta={'id': ...}")
    starts = {claim.id: claim.count.start for claim in report.claims}
    return GoldText(name, report.text, tuple(_claim_to_gold(claim, starts) for claim in report.claims))


def _claim_to_gold(claim: Claim, starts: Mapping[str, int]) -> GoldClaim:
    victims = claim.victims
    at = None if victims.start is None or victims.end is None else (victims.start, victims.end)
    wholes = [starts[tie.target] for tie in claim.relations if tie.type == "part_of" and tie.target in starts]
    return GoldClaim(
        count=claim.count,
        harm=claim.harm,
        category=victims.category,
        victims=victims.text,
        victims_at=at,
        attribution=tuple(map(_link_to_gold, claim.attribution)),
        disputed_by=tuple(map(_link_to_gold, claim.disputed_by)),
        status=claim.status,
        scope=claim.scope,
        part_of=wholes[0] if wholes else None,
        optional=claim.implicit,
    )


def _link_to_gold(source: Source) -> GoldLink:
    name = None if source.name == source.text else source.name
    return GoldLink(source.text, source.start, source.end, name, source.joint)


# --- writing --------------------------------------------------------------------------------------------------------


def write_gold(texts: Iterable[GoldText], path: str | os.PathLike[str]) -> None:
    """Writes gold as JSON lines in UTF-8. Raises OSError where the file cannot be written."""
    Path(path).write_text("".join(gold_to_json(text) + "\n" for text in texts), encoding="utf-8")


def gold_to_json(text: GoldText) -> str:
    """One gold text as a line of ASCII JSON, without a line end."""
    record: dict[str, Any] = {"id": text.id, "text": text.text, "claims": [_claim_to_dict(c) for c in text.claims]}
    if text.not_claims:
        record["not_claims"] = [list(place) for place in text.not_claims]
    return json.dumps(record, ensure_ascii=True)


def _claim_to_dict(claim: GoldClaim) -> dict[str, Any]:
    count = claim.count
    record: dict[str, Any] = {
        "count": {key: getattr(count, key) for key in Count.__slots__},
        "harm": claim.harm,
        "victims": {"text": claim.victims, "category": claim.category},
        "attribution": [_link_to_dict(link) for link in claim.attribution],
        "status": claim.status,
        "scope": claim.scope,
        "part_of": claim.part_of,
        "optional": claim.optional,
    }
    if claim.victims_at is not None:
        record["victims"] |= {"start": claim.victims_at[0], "end": claim.victims_at[1]}
    if claim.disputed_by:
        record["disputed_by"] = [_link_to_dict(link) for link in claim.disputed_by]
    if claim.also:
        record["also"] = {part: list(values) for part, values in claim.also.items()}
    return record


def _link_to_dict(link: GoldLink) -> dict[str, Any]:
    record: dict[str, Any] = {"text": link.text, "start": link.start, "end": link.end}
    return record | ({"name": link.name} if link.name else {}) | ({"joint": True} if link.joint else {})


# --- reading --------------------------------------------------------------------------------------------------------


def read_gold(path: str | os.PathLike[str]) -> tuple[GoldText, ...]:
    """The gold in a file of JSON lines; blank lines are passed over.

    Raises OSError where there is no such file, ValueError that names file, line and what is wrong
    ("mine.jsonl:3: claims[2].count.low: must be a whole number, not a string").
    """
    place = Path(path).name
    found: list[GoldText] = []
    lines: dict[str, int] = {}
    for number, line in _lines(Path(path), place):
        try:
            text = gold_from_json(line)
            if text.id in lines:
                raise ValueError(f"id: {text.id!r} is that of line {lines[text.id]} already")
        except ValueError as error:
            raise ValueError(f"{place}:{number}: {error}") from None
        lines[text.id] = number
        found.append(text)
    if not found:
        raise ValueError(f"{place}: no gold text in the file")
    return tuple(found)


def _lines(path: Path, place: str) -> Iterator[tuple[int, str]]:
    try:
        source = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{place}: not UTF-8, at byte {error.start}") from None
    for number, line in enumerate(source.split("\n"), 1):
        if line.strip():
            yield number, line


def gold_from_json(line: str) -> GoldText:
    """The gold text on one line. Raises ValueError that names the key at fault."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not a line of JSON: {error}") from None
    return gold_from_dict(record)


def gold_from_dict(record: Mapping[str, Any]) -> GoldText:
    """The gold text in a record; keys that gold does not have are passed over. Raises ValueError naming the key."""
    top = Node(record, "")
    text = top.of("text").string()
    top = Node(record, "", text)
    claims = top.of("claims").each(_claim)
    starts = {claim.count.start for claim in claims}
    for i, claim in enumerate(claims):
        if claim.part_of is not None and claim.part_of not in starts - {claim.count.start}:
            raise ValueError(f"claims[{i}].part_of: no other claim has its count at {claim.part_of}")
    places = _maybe(top, "not_claims")
    return GoldText(top.of("id").string(), text, claims, places.each(_place) if places else ())


def _claim(node: Node) -> GoldClaim:
    victims = node.of("victims")
    text = victims.of("text").maybe(Node.string)
    at = Span(*victims.place()) if text is not None and "start" in victims.mapping() else None
    attribution, disputed_by = _maybe(node, "attribution"), _maybe(node, "disputed_by")
    part_of, optional, also = _maybe(node, "part_of"), _maybe(node, "optional"), _maybe(node, "also")
    return GoldClaim(
        count=_count(node.of("count")),
        harm=node.of("harm").one_of(HARMS),
        category=victims.of("category").one_of(CATEGORIES),
        victims=text,
        victims_at=(at.start, at.end) if at else None,
        attribution=attribution.each(_link) if attribution else (),
        disputed_by=disputed_by.each(_link) if disputed_by else (),
        status=node.of("status").one_of(STATUSES),
        scope=node.of("scope").one_of(SCOPES),
        part_of=part_of.number() if part_of else None,
        optional=optional.flag() if optional else False,
        also=_also(also) if also else {},
    )


def _maybe(node: Node, key: str) -> Node | None:
    """The value behind a key that may be left out or null."""
    return node.of(key) if node.mapping().get(key) is not None else None


def _count(node: Node) -> Count:
    value, low, high = (node.of(key).maybe(Node.number) for key in ("value", "low", "high"))
    if low is not None and high is not None and low > high:
        raise node.fail(f"low is {low} and high is {high}")
    return Count(*_stretch(node), value, low, high, node.of("modifier").one_of(MODIFIERS))


def _stretch(node: Node) -> tuple[str, int, int]:
    text, start, end = node.place()
    if start == end:
        raise node.fail("must hold at least one character")
    return text, start, end


def _link(node: Node) -> GoldLink:
    name, joint = _maybe(node, "name"), _maybe(node, "joint")
    return GoldLink(*_stretch(node), name.string() if name else None, joint.flag() if joint else False)


def _also(node: Node) -> dict[str, tuple[str | None, ...]]:
    allowed = {"harm": HARMS, "category": CATEGORIES, "status": STATUSES, "scope": SCOPES}
    found: dict[str, tuple[str | None, ...]] = {}
    for part in node.mapping():
        Node(part, f"{node.path}.{part}").one_of(ALSO)
        if part == "origin":
            found[part] = node.of(part).each(lambda other: other.maybe(Node.string))
        else:
            found[part] = node.of(part).each(lambda other, part=part: other.one_of(allowed[part]))  # type: ignore[misc]
    return found


def _place(node: Node) -> tuple[int, int]:
    ends = node.each(Node.number)
    if len(ends) != 2 or not ends[0] < ends[1] <= len(node.whole):
        raise node.fail(f"must be the start and the end of a stretch of the text, not {list(ends)}")
    return ends[0], ends[1]
