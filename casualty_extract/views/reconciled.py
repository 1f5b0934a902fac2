"""A reconciliation as HTML: one row a harm and category, its bar, who gives which figure, and the words behind each."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from string import Template

from casualty_extract.reconciliation.types import Event, EventToll, Figure, LeftOut, Reconciliation
from casualty_extract.views.markup import Markup, element, join
from casualty_extract.views.pages import page, style, template
from casualty_extract.views.ranges import Scale, draw, repeats, scale
from casualty_extract.views.wording import OWN_VOICE, say_bounds, say_code

PAGE_UID = "cx-tolls"
_HEAD = ("who says so", "figure", "status", "date", "text", "words")


def reconciliation_fragment(reconciliation: Reconciliation) -> str:
    """The reconciliation as HTML for a notebook. Its id is new at each call."""
    return str(_view(reconciliation, f"cx-{secrets.token_hex(4)}"))


def reconciliation_page(reconciliation: Reconciliation) -> str:
    """The reconciliation as one self-contained HTML page: the same reconciliation gives the same page."""
    return page("Reconciled tolls", _view(reconciliation, PAGE_UID))


def _view(reconciliation: Reconciliation, uid: str) -> Markup:
    names = dict.fromkeys(n for e in reconciliation.events for t in e.tolls for f in t.figures for n in _names(f))
    numbers = {name: number for number, name in enumerate(names, 1)}
    events = [_event(event, numbers) for event in reconciliation.events]
    followed = [f"codebook {reconciliation.codebook}"] if reconciliation.codebook else []
    return Markup(
        Template(template("reconciled.html")).substitute(
            uid=uid,
            style=style(uid, len(numbers), "ranges.css"),
            events=join(events) or element("p", "No events.", class_="cx-none"),
            made=join(["casualty_extract", *followed], ", "),
        )
    )


def _names(figure: Figure) -> tuple[str, ...]:
    return figure.claimants or ("",)


def _event(event: Event, numbers: dict[str, int]) -> Markup:
    texts = "1 text" if len(event.texts) == 1 else f"{len(event.texts)} texts"
    head = element("p", element("b", event.key or "one event"), f" · {texts}", class_="cx-about")
    harms = dict.fromkeys(toll.harm for toll in event.tolls)
    scales = {harm: scale(t for t in event.tolls if t.harm == harm) for harm in harms}
    rows = [_row(toll, scales[toll.harm], numbers) for toll in event.tolls]
    nothing = [] if rows else [element("p", "No tolls.", class_="cx-none")]
    return element("section", head, *rows, *nothing, *_checks(event), class_="cx-event")


def _row(toll: EventToll, on: Scale, numbers: dict[str, int]) -> Markup:
    best = "no best figure" if toll.best is None else f"best {toll.best:,}"
    label = element(
        "div", element("span", toll.harm, class_="cx-harm"), " ",
        element("span", say_code(toll.category or "all"), class_="cx-victims"),
        element("b", say_bounds(toll.low, toll.high), class_="cx-count"),
        *([] if toll.low == toll.high else [element("small", best)]),
    )  # fmt: skip
    ranked = sorted(toll.figures, key=lambda f: (f.outdated, f.best is None, f.best or 0, f.claimants))
    groups = sorted(repeats(toll), key=lambda group: ranked.index(group[0]))
    chips = element("ul", *(element("li", _chip(group, numbers)) for group in groups), class_="cx-claimants")
    drawing = element("div", draw(toll, on, numbers), chips, _words(ranked, toll.excluded))
    return element("div", label, drawing, class_="cx-toll")


def _chip(group: Sequence[Figure], numbers: dict[str, int]) -> Markup:
    """A figure with its claimants, and in how many texts they give it."""
    figure = group[0]
    kind = "cx-source" if figure.claimants else "cx-own"
    times = [element("small", f" ×{len(group)}")] if len(group) > 1 else []
    return element(
        "span", element("b", say_bounds(figure.low, figure.high)), " ", ", ".join(figure.claimants) or OWN_VOICE,
        *times, tabindex=0, class_=f"cx-chip {kind}" + (" cx-outdated" if figure.outdated else ""),
        data_k=" ".join(str(numbers[name]) for name in _names(figure)),
        title="the same claimant gives another figure later" if figure.outdated else None,
    )  # fmt: skip


def _words(figures: Iterable[Figure], excluded: Iterable[LeftOut]) -> Markup:
    """The figures with their quotations and the claims left out, behind one line to click."""
    head = element("tr", *(element("th", name, scope="col") for name in _HEAD))
    body = element("tbody", *(_told(figure) for figure in figures))
    left_out = [f"{say_code(left.reason)}: claim {left.claim} of text {left.text_id}" for left in excluded]
    more = [element("li", words) for words in left_out]
    return element(
        "details", element("summary", "words behind the figures"),
        element("table", element("thead", head), body, class_="cx-claims"),
        *([element("p", "left out"), element("ul", *more)] if more else []), class_="cx-words",
    )  # fmt: skip


def _told(figure: Figure) -> Markup:
    status = [figure.status, *(["disputed by " + ", ".join(figure.disputed_by)] if figure.disputed_by else [])]
    if figure.outdated:
        status.append("replaced later")
    cells = (
        ", ".join(figure.claimants) or OWN_VOICE, say_bounds(figure.low, figure.high), ", ".join(status),
        figure.date or "", figure.text_id, join((element("q", q.text) for q in figure.quotations), " "),
    )  # fmt: skip
    return element("tr", *(element("td", cell, data_name=name) for name, cell in zip(_HEAD, cells, strict=True)))


def _checks(event: Event) -> Iterator[Markup]:
    """What to check by hand, behind one line to click."""
    if event.checks:
        items = (element("li", f"{item.reason} ", element("q", item.text)) for item in event.checks)
        summary = element("summary", f"to check by hand: {len(event.checks)}")
        yield element("details", summary, element("ul", *items), class_="cx-words")
