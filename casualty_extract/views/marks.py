"""The places of a text that belong to claims, nested so that they can be marked however they overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from casualty_extract.model import Claim
from casualty_extract.report import Report

Step = Literal["open", "again", "text", "close"]
PARTS = ("count", "harm", "victims", "source")  # the four that have a colour; every other role is an aside
_RANK = {role: rank for rank, role in enumerate(("rejected", "aside", "source", "victims", "harm", "count"))}


class Place(NamedTuple):
    """A stretch of the text and what it is: a part of the claims ``numbers`` (from 1), or a number refused."""

    start: int
    end: int
    role: str
    labels: tuple[str, ...]
    numbers: tuple[int, ...]


class Move(NamedTuple):
    """One step of writing a text with its places: plain text, a place opened (again) or closed."""

    step: Step
    start: int
    end: int
    place: Place | None = None


def find_places(report: Report) -> list[Place]:
    """Every place of the report's claims and refused numbers, once each, in the order in which they open."""
    found: dict[tuple[int, int, str], dict[tuple[str, int], None]] = defaultdict(dict)
    for number, claim in enumerate(report.claims, 1):
        for start, end, role, label in _parts(claim):
            found[max(start, 0), min(end, len(report.text)), role][label, number] = None
    places = [
        Place(
            start, end, role, tuple(dict.fromkeys(label for label, _ in said)), tuple(dict.fromkeys(n for _, n in said))
        )
        for (start, end, role), said in found.items()
    ]
    places += [Place(r.start, r.end, "rejected", (r.reason,), ()) for r in report.rejections]
    return sorted((p for p in places if 0 <= p.start < p.end <= len(report.text)), key=_opening)


def _parts(claim: Claim) -> Iterator[tuple[int, int, str, str]]:
    """Every span of a claim: start, end, role, and the field that it is of."""
    yield claim.count.start, claim.count.end, "count", "count"
    if claim.harm_cue is not None:
        yield claim.harm_cue.start, claim.harm_cue.end, "harm", "harm"
    if claim.victims.start is not None and claim.victims.end is not None and not claim.implicit:
        yield claim.victims.start, claim.victims.end, "victims", "victims"
    for label, chain in (("source", claim.attribution), ("disputed by", claim.disputed_by)):
        for source in chain:
            yield source.start, source.end, "source", label
            if source.cue is not None:
                yield source.cue.start, source.cue.end, "aside", "reporting word"
    for label in ("perpetrator", "cause", "place", "time", "status_cue"):
        span = getattr(claim, label)
        if span is not None:
            yield span.start, span.end, "aside", label.replace("_cue", "")


def _opening(place: Place) -> tuple[int, int, int]:
    """Where two places open together, the longer one goes around the other."""
    return place.start, -place.end, _RANK[place.role]


def nest(places: Sequence[Place], start: int, end: int) -> Iterator[Move]:
    """The steps that write ``text[start:end]`` with its places properly nested.

    A place that another one crosses is closed and opened again there. ``places`` are in the order of `find_places`, and
    none of them reaches over start or end.
    """
    stack: list[Place] = []
    waiting = [place for place in places if start <= place.start and place.end <= end]
    points = sorted({start, end, *(p.start for p in waiting), *(p.end for p in waiting)})
    next_one = 0
    for at, stop in zip(points, [*points[1:], end], strict=True):
        keep = next((depth for depth, place in enumerate(stack) if place.end <= at), len(stack))
        yield from (Move("close", at, at, place) for place in reversed(stack[keep:]))
        again = [place for place in stack[keep:] if place.end > at]
        opened = []
        while next_one < len(waiting) and waiting[next_one].start == at:
            opened.append(waiting[next_one])
            next_one += 1
        del stack[keep:]
        for place in sorted([*again, *opened], key=lambda p: (-p.end, _RANK[p.role])):
            stack.append(place)
            yield Move("again" if place in again else "open", at, at, place)
        if at < stop:
            yield Move("text", at, stop)
