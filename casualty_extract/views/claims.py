"""The claims of a report as a table, its claimants as chips, its tolls in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from casualty_extract.model import Claim, Source
from casualty_extract.report import Report
from casualty_extract.values import HARMS
from casualty_extract.views.markup import Markup, element, join
from casualty_extract.views.wording import OWN_VOICE, say_bounds, say_code, say_toll

HEAD = ("", "count", "harm", "victims", "who says so", "status", "more")
_RELATIONS = {"part_of": "part of", "updates": "updates", "same_as": "same as", "conflicts_with": "conflicts with"}


def claimants(report: Report) -> Markup:
    """A chip for each claimant, with the number of its claims; the last one is for claims in the text's own voice."""
    numbers: dict[str, list[int]] = {}
    types: dict[str, str] = {}
    for number, claim in enumerate(report.claims, 1):
        for name, type in {s.name: s.type for s in claim.claimants}.items() or [("", "")]:
            numbers.setdefault(name, []).append(number)
            types.setdefault(name, type)
    chips = [_chip(name, say_code(types[name]), numbers[name]) for name in sorted(numbers, key=lambda n: n == "")]
    return element("ul", *(element("li", chip) for chip in chips), class_="cx-claimants", aria_label="claimants")


def _chip(name: str, type: str, numbers: Sequence[int]) -> Markup:
    return element(
        "span", name or OWN_VOICE, " ", element("small", f"{type} " if type else "", f"×{len(numbers)}"), tabindex=0,
        class_="cx-chip cx-source" if name else "cx-chip cx-own", data_k=join(map(str, numbers), " "),
    )  # fmt: skip


def tolls(report: Report) -> Markup:
    """What the text comes to for each harm, in the order of harms."""
    known = [(harm, report.tolls[harm]) for harm in HARMS if harm in report.tolls]
    items = (
        element("li", element("b", say_toll(toll), class_="cx-count"), " ", element("span", harm, class_="cx-harm"))
        for harm, toll in known
    )
    head = element("li", element("small", "the text comes to"))
    return element("ul", head, *items, class_="cx-tolls", aria_label="tolls") if known else Markup()


def table(report: Report, uid: str) -> Markup:
    """One row a claim. The row of claim n has the id ``uid-row-n`` and leads to its place in the text."""
    if not report.claims:
        return element("p", "No casualty claims.", class_="cx-none")
    head = element("tr", *(element("th", name, scope="col") for name in HEAD))
    numbers = {claim.id: number for number, claim in enumerate(report.claims, 1)}
    body = element("tbody", *(_row(claim, number, numbers, uid) for number, claim in enumerate(report.claims, 1)))
    return element("table", element("thead", head), body, class_="cx-claims")


def _row(claim: Claim, number: int, numbers: dict[str, int], uid: str) -> Markup:
    link = element("a", str(number), href=f"#{uid}-{number}", aria_label=f"claim {number} in the text")
    cells = (
        link,
        join([element("b", claim.count.text, class_="cx-count"), _bounds(claim)], " "),
        element("span", claim.harm, class_="cx-harm"),
        _victims(claim),
        _sources(claim),
        _status(claim),
        join((element("small", note) for note in _notes(claim, numbers, uid)), " "),
    )
    named = (element("td", cell, data_name=name or "claim") for name, cell in zip(HEAD, cells, strict=True))
    return element("tr", *named, id=f"{uid}-row-{number}", data_k=str(number))


def _bounds(claim: Claim) -> Markup:
    """The bounds of a count and its unit, where the words do not show them as they are."""
    count = claim.count
    said = say_bounds(count.low, count.high)
    nominal = count.modifier == "about" and count.low == count.high
    unit = {"family": " families", "household": " households"}.get(claim.victims.unit, "")
    bounds = ("about " if nominal else "") + said + unit
    return Markup() if bounds == count.text else element("small", bounds)


def _victims(claim: Claim) -> Markup:
    victims = claim.victims
    words = element("span", victims.text, class_="cx-victims") if victims.text and not claim.implicit else Markup()
    more = [say_code(victims.category), *map(say_code, victims.attributes)]
    if victims.affiliation:
        more.append(f"of {victims.affiliation}")
    return join([words, element("small", ", ".join(more))], " ")


def _sources(claim: Claim) -> Markup:
    """The chain of who says so, and under it the chain of who disputes it."""
    said = _chain(claim.attribution) or element("span", OWN_VOICE, class_="cx-chip cx-own")
    if not claim.disputed_by:
        return said
    return join([said, " ", element("div", "disputed by ", _chain(claim.disputed_by), class_="cx-disputed")])


def _chain(chain: Sequence[Source]) -> Markup:
    marks = [" & " if a.joint and b.joint else " → " for a, b in pairwise(chain)]
    links = (
        join([mark, element("span", s.name, class_="cx-chip cx-source", title=_told(s))])
        for mark, s in zip(["", *marks], chain, strict=False)
    )
    return join(links)


def _told(source: Source) -> str:
    """A link of the chain as the text words it, its type and the body that a person speaks for."""
    cue = f"{source.text}: {source.cue.text}" if source.cue else source.text
    return "\n".join([cue, say_code(source.type), *([f"of {source.body}"] if source.body else [])])


def _status(claim: Claim) -> Markup:
    plain = {"asserted", "event"}
    words = [claim.status, claim.scope]
    return join((element("span", w, class_="cx-plain" if w in plain else "cx-flag") for w in words), " ")


def _notes(claim: Claim, numbers: dict[str, int], uid: str) -> Iterator[Markup]:
    """Relations, circumstances and doubts: one line each, what is usual left out."""
    for relation in claim.relations:
        target = numbers.get(relation.target)
        link = (
            element("a", f"claim {target}", href=f"#{uid}-row-{target}") if target else element("code", relation.target)
        )
        yield join([_RELATIONS.get(relation.type, say_code(relation.type)), link], " ")
    flags = {"addition to a toll": claim.increment, "no number word": claim.implicit, "another event": claim.episode}
    yield from (element("span", words) for words, holds in flags.items() if holds)
    for label in ("perpetrator", "cause", "place", "time"):
        span = getattr(claim, label)
        if span is not None:
            yield join([element("i", f"{label} "), span.text])
    yield from (element("span", f"? {say_code(doubt)}", class_="cx-doubt") for doubt in claim.doubts)
