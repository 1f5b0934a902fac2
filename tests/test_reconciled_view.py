"""Reconciled tolls as HTML: a row each, a bar from low to high, every claimant's figure a dot, open ends open."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markup import Node, parse

from casualty_extract import Report, extract, reconcile
from casualty_extract.reconciliation import EventToll, Figure, Quotation, Reconciliation
from casualty_extract.reconciliation.types import Event
from casualty_extract.views.ranges import Scale, draw, scale

TEXTS = {
    "a": "Nine people were killed in the blast, police said. The hospital said 11 people were killed.",
    "b": "The governor said at least 11 people were killed in the blast. Police said 12 people were killed.",
    "c": "Up to 45 people were wounded in the blast, medics said. Three soldiers were killed, the army said.",
}


def told() -> Reconciliation:
    days = {"a": "2024-05-01", "b": "2024-05-02", "c": "2024-05-03"}
    return reconcile(extract(text, meta={"id": name, "date": days[name]}) for name, text in TEXTS.items())


def figure(name: str, low: int | None, high: int | None, text: str = "a", best: int | None = None) -> Figure:
    quotation = Quotation(text, f"{low} dead", 0, 3)
    best = best if best is not None else low if low is not None else high
    return Figure((name,), ("police",), low, best, high, "asserted", text, None, ("0-1-killed",), (quotation,))


def toll_of(*figures: Figure) -> EventToll:
    return EventToll("killed", None, figures[0].low, figures[0].best, figures[0].high, figures)


def percent(node: Node, name: str) -> float:
    return float(str(node.attributes[name]).removesuffix("%"))


def lines(drawing: Node, name: str) -> list[tuple[float, float]]:
    return [(percent(n, "x1"), percent(n, "x2")) for n in drawing.all("line", name)]


def test_one_row_for_each_harm_and_category() -> None:
    found = told()
    root = parse(found.to_html())
    tolls = [toll for event in found for toll in event.tolls]
    rows = root.all("div", "cx-toll")
    assert len(rows) == len(tolls) >= 4
    for row, toll in zip(rows, tolls, strict=True):
        assert row.all("span")[0].text() == toll.harm
        assert row.all("span")[1].text() == (toll.category or "all")
        assert len(row.all("circle")) == len(toll.figures) == len(row.all("span", "cx-chip"))
        quoted = {q.text() for q in row.all("q")}
        assert quoted == {q.text for f in toll.figures for q in f.quotations}
    assert rows[0].all("b")[0].text() == "3 or more"


def test_dots_say_who_says_what_and_are_linked_to_their_chips() -> None:
    root = parse(told().to_html())
    dots = root.all("div", "cx-toll")[0].all("g")
    said = {str(dot.attributes["aria-label"]): dot for dot in dots}
    assert set(said) == {
        "police: 9 (2024-05-01)", "hospital: 11 (2024-05-01)", "governor: 11 or more (2024-05-02)",
        "police: 12 (2024-05-02)", "army: 3 (2024-05-03)",
    }  # fmt: skip
    old, new = said["police: 9 (2024-05-01)"], said["police: 12 (2024-05-02)"]
    assert old.all("circle")[0].has("cx-outdated")
    assert not new.all("circle")[0].has("cx-outdated")
    assert "gives another figure later" in old.all("title")[0].text()
    assert "“Nine people were killed”" in old.all("title")[0].text()
    assert {dot.attributes["tabindex"] for dot in dots} == {"0"}
    assert old.attributes["data-k"] == new.attributes["data-k"]
    chips = {n.text() for n in root.all("span", "cx-chip") if n.attributes["data-k"] == old.attributes["data-k"]}
    assert chips == {"9 police", "12 police"}


def test_a_dot_stands_at_its_figure() -> None:
    on = Scale(0, 20)
    drawing = parse(draw(toll_of(figure("a", 5, 15, best=10), figure("b", 20, 20)), on, {"a": 1, "b": 2}))
    assert [percent(c, "cx") for c in drawing.all("circle")] == [on.x(10), on.x(20)] == [48.5, 92.0]
    assert lines(drawing, "cx-bar") == [(on.x(5), on.x(15))]
    assert lines(drawing, "cx-span") == [(on.x(5), on.x(15))]
    assert lines(drawing, "cx-best") == [(48.5, 48.5)]
    assert drawing.all("text", "cx-arrow") == []


@pytest.mark.parametrize(("low", "high", "arrows"), [(5, None, "▸"), (None, 5, "◂"), (None, None, "◂▸"), (5, 5, "")])
def test_an_open_end_is_shown_as_open(low: int | None, high: int | None, arrows: str) -> None:
    drawing = parse(draw(toll_of(figure("a", low, high)), Scale(0, 10), {"a": 1}))
    assert "".join(n.text()[0] for n in drawing.all("text", "cx-arrow")) == arrows
    broken = [line for line in lines(drawing, "cx-bar") if line[1] in (1.5, 98.5)]
    assert len(broken) == len(arrows)
    dots = 1 if low or high else 0
    assert len(drawing.all("circle")) == dots
    assert len(drawing.all("line", "cx-open")) == (1 + dots) * len(arrows)


def test_dots_of_one_figure_do_not_hide_each_other() -> None:
    figures = [figure(name, 7, 7) for name in "abca"] + [figure("d", 2, None)]
    drawing = parse(draw(toll_of(*figures), Scale(0, 10), dict.fromkeys("abcd", 1)))
    assert len({(c.attributes["cx"], c.attributes["cy"]) for c in drawing.all("circle")}) == 4
    assert len({c.attributes["cy"] for c in drawing.all("circle")}) == 4


def test_a_figure_given_again_is_one_dot_and_one_chip() -> None:
    texts = [extract("Nine people were killed in the blast, police said.", meta={"id": name}) for name in "abc"]
    root = parse(reconcile(texts).to_html())
    assert len(root.all("div", "cx-toll")[0].all("circle")) == 1
    assert [n.text() for n in root.all("div", "cx-toll")[0].all("span", "cx-chip")] == ["9 police ×3"]
    assert len(root.all("div", "cx-toll")[0].all("tbody")[0].all("tr")) == 3


def test_the_scale_begins_at_0_or_says_where() -> None:
    assert scale([toll_of(figure("a", 5, 14))]) == Scale(0, 14)
    assert scale([toll_of(figure("a", 1180, 1210))]) == Scale(1173, 1210)
    assert scale([toll_of(figure("a", 0, 0))]) == scale([]) == Scale(0, 0)
    assert [scale([toll_of(figure("a", n, n))]).x(n) for n in (0, 5)] == [5.0, 92.0]
    drawing = parse(draw(toll_of(figure("a", 1180, 1210)), Scale(1173, 1210), {"a": 1}))
    assert [n.text() for n in drawing.all("text", "cx-tick")] == ["1,173", "1,210"]


def test_a_page_is_whole_and_the_same_again(tmp_path: Path) -> None:
    found = told()
    assert found.to_html(tmp_path / "tolls.html") is None
    page = (tmp_path / "tolls.html").read_text(encoding="utf-8")
    assert page == found.to_html() == Reconciliation.from_dict(found.to_dict()).to_html()
    assert not re.search(r"<script|url\(|@import|\bsrc=", page)
    assert parse(page).all("title")[0].text() == "Reconciled tolls"
    first, second = (parse(found._repr_html_()).all("div", "cx")[0].attributes["id"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize(
    ("nothing", "words"),
    [(reconcile([]), "No events."), (reconcile([Report("Nothing.")]), "No tolls.")],
)
def test_nothing_is_said_to_be_nothing(nothing: Reconciliation, words: str) -> None:
    assert parse(nothing.to_html()).all("p", "cx-none")[0].text() == words


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", '"><img src=x onerror=a>', "\x00\ud800\u202e", "${uid}"])
def test_nothing_of_the_texts_breaks_out(evil: str) -> None:
    def page(words: str) -> str:
        one = Figure(
            (words,), (words,), 7, 7, 7, words, words, words, (words,), (Quotation(words, words, 0, 1),), (words,)
        )
        event = Event(words, (words,), (EventToll("killed", words, 7, 7, 7, (one,)),))
        return Reconciliation((event,), words).to_html()

    assert [n.tag for n in parse(page(evil)).all()] == [n.tag for n in parse(page("tame")).all()]
    page(evil).encode("utf-8")
