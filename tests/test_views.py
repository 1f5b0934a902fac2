"""Reports as HTML and as plain text: every claim is there, places nest, folds hold nothing, nothing breaks out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markup import Node, parse
from reports import claim, full_report, source, span

from casualty_extract import extract
from casualty_extract.model import Rejection, Span, Toll, Victims
from casualty_extract.report import Report
from casualty_extract.views.folding import FOLDS_FROM, fold
from casualty_extract.views.marks import Place, find_places, nest
from casualty_extract.views.markup import Markup, element, escape, shown
from casualty_extract.views.wording import say_bounds, say_toll

GAS_FIELD = (Path(__file__).parent.parent / "seeds" / "gas_field.txt").read_text(encoding="utf-8")
QUIET = "The weather was fine and the market was open as on any other day of the week. "


def body(root: Node) -> Node:
    return root.all("div", "cx-text")[0]


def rows(root: Node) -> list[dict[str, str]]:
    """The table of claims: each row by the names of its columns."""
    table = root.all("tbody")[0]
    return [{str(td.attributes["data-name"]): td.text().strip() for td in row.all("td")} for row in table.all("tr")]


def marked(root: Node, number: int) -> set[tuple[str, str]]:
    """The kind and words of every mark of one claim."""
    marks = [m for m in body(root).all("mark") if str(number) in (m.attributes.get("data-k") or "").split()]
    return {(str(m.attributes["class"]).split()[1].removeprefix("cx-"), m.text("cx-number")) for m in marks}


# --- what the view shows ---------------------------------------------------------------------------------------------


def test_all_eight_claims_of_the_gas_field_are_shown_with_their_chains() -> None:
    root = parse(extract(GAS_FIELD).to_html())
    assert [(row["count"], row["harm"], row["who says so"]) for row in rows(root)] == [
        ("60", "killed", "report"),
        ("270", "killed", "a media report"),
        ("60", "killed", "a media report"),
        ("60", "killed", "Al-Watan → a military source"),
        ("270", "killed", "Syrian Observatory for Human Rights"),
        ("eleven 11", "killed", "Rami Abdel Rahman"),
        ("the rest 259", "killed", "Rami Abdel Rahman"),
        ("At least 40 40 or more", "killed", "Syrian Observatory for Human Rights"),
    ]
    assert "part of claim 5" in rows(root)[6]["more"]
    assert marked(root, 7) >= {
        ("victims", "security guards or members of the National Defence Forces"), ("count", "the rest"),
        ("source", "he"),
    }  # fmt: skip
    assert marked(root, 4) >= {
        ("source", "The newspaper Al-Watan"), ("source", "a military source"), ("count", "60"), ("harm", "loss"),
        ("victims", "martyrs"), ("aside", "citing"),
    }  # fmt: skip
    chips = root.all("ul", "cx-claimants")[0].all("span", "cx-chip")
    assert [chip.text() for chip in chips][3] == "Syrian Observatory for Human Rights monitor ×2"
    assert chips[3].attributes["data-k"] == "5 8"


def test_the_text_stands_there_whole() -> None:
    for text in (GAS_FIELD, GAS_FIELD.replace("\n", "\r\n"), f"\n \n{GAS_FIELD}"):
        assert body(parse(extract(text).to_html())).text("cx-number") == text.replace("\r\n", "\n")


def test_every_field_of_a_claim_has_its_place() -> None:
    first, second = rows(parse(full_report()._repr_html_()))
    assert first["who says so"] == "Al-Watan newspaper → a military source disputed by The army"
    assert (first["count"], first["victims"], first["status"]) == ("At least 48 48 or more", "mixed", "denied event")
    assert (first["more"], second["status"]) == ("cause killed ? episode uncertain", "asserted cumulative")
    assert second["victims"] == "the dead civilian, child, of Syrian"
    assert second["who says so"] == "police & the governor"
    assert second["more"] == "part of claim 1 addition to a toll another event"
    root = parse(full_report().to_html())
    assert [m.text() for m in body(root).all("mark", "cx-rejected")] == ["3%"]
    assert [m.text() for m in body(root).all("mark", "cx-disputer")] == ["The army"]
    assert root.all("ul", "cx-tolls")[0].text() == "the text comes to48 or more killed"
    assert "2014-07-27" in root.all("p", "cx-about")[0].text()


def test_every_part_can_be_reached_and_is_linked() -> None:
    report = extract(GAS_FIELD)
    html = report.to_html()
    root = parse(html)
    for number in range(1, len(report) + 1):
        linked = [n for n in root.all() if str(number) in (n.attributes.get("data-k") or "").split()]
        assert {n.tag for n in linked} == {"mark", "a", "tr", "span"}
        assert f'[data-k~="{number}"]:is(:hover, :focus, tr:focus-within)' in html
    focusable = [m for m in body(root).all("mark") if not m.has("cx-aside")]
    assert {m.attributes.get("tabindex") for m in focusable} == {"0"}
    assert all(m.attributes["title"] for m in body(root).all("mark"))


def test_beyond_200_claims_the_view_says_that_no_more_light_each_other() -> None:
    one = claim("7 died", "7")
    few, many = (Report("7 died", (one,) * number).to_html() for number in (200, 201))
    assert '[data-k~="200"]:is' in many
    assert '[data-k~="201"]:is' not in many
    assert "light the others (the first 200 claims)" in parse(many).all("p", "cx-key")[0].text()
    assert "first 200" not in parse(few).all("p", "cx-key")[0].text()
    assert len(rows(parse(many))) == 201


def test_every_link_of_a_page_leads_to_an_id_of_the_page() -> None:
    root = parse(extract(GAS_FIELD).to_html())
    ids = Counter(n.attributes["id"] for n in root.all() if "id" in n.attributes)
    targets = [n.attributes["href"] for n in root.all("a")]
    assert set(ids.values()) == {1}
    assert len(targets) >= 16
    assert {str(target).removeprefix("#") for target in targets} <= set(ids)


def test_two_views_of_one_report_share_no_id() -> None:
    report = extract(GAS_FIELD)
    views = [report._repr_html_() for _ in range(2)]
    first, second = ({n.attributes["id"] for n in parse(v).all() if "id" in n.attributes} for v in views)
    assert len(first) == len(second) == 17
    assert first & second == set()


def test_a_page_is_the_same_for_the_same_report_and_asks_for_nothing(tmp_path: Path) -> None:
    report = extract(GAS_FIELD, meta={"id": "gas field", "url": "https://example.org/a?b&c"})
    assert report.to_html(tmp_path / "a.html") is None
    page = report.to_html()
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == page == report.to_html()
    root = parse(page)
    assert root.all("title")[0].text() == "Casualty claims gas field"
    assert root.all("a")[0].attributes["href"] == "https://example.org/a?b&c"
    assert root.all("script") == root.all("img") == root.all("iframe") == []
    assert [n.attributes["href"] for n in root.all("link")] == ["data:,"]
    assert not re.search(r"url\(|@import|\bsrc=", page)
    policies = [n.attributes["content"] for n in root.all("meta") if "http-equiv" in n.attributes]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]
    with pytest.raises(OSError, match="missing"):
        report.to_html(tmp_path / "missing" / "a.html")


def test_a_link_of_another_kind_is_no_link() -> None:
    root = parse(Report("", meta={"url": "javascript:alert(1)"}).to_html())
    assert root.all("a") == []


@pytest.mark.parametrize("report", [Report(""), Report("Nothing.\n"), extract("No harm here."), Report(" \n" * 3000)])
def test_a_report_without_claims_says_so(report: Report) -> None:
    root = parse(report.to_html())
    assert root.all("p", "cx-none")[0].text() == "No casualty claims."
    assert root.all("tbody") == []
    assert body(root).text() == report.text


# --- places that overlap ---------------------------------------------------------------------------------------------


def test_claims_that_share_a_count_share_one_mark() -> None:
    report = extract("Four aid workers were abducted and executed, police said.")
    root = parse(report.to_html())
    counts = body(root).all("mark", "cx-count")
    assert len(report) == 2
    assert [(m.text(), m.attributes["data-k"]) for m in counts] == [("Four", "1 2")]
    assert [a.text() for a in body(root).all("a", "cx-number")] == ["[1]", "[2]"]


def test_a_source_inside_a_source_nests() -> None:
    text = "5 died, said the head of the health office."
    links = (source(text, "the head of the health office"), source(text, "the health office"))
    root = parse(Report(text, (claim(text, "5", attribution=links),)).to_html())
    outer, inner = body(root).all("mark", "cx-source")
    assert inner.parent is outer
    assert (outer.text(), inner.text()) == ("the head of the health office", "the health office")


def test_places_that_cross_are_cut_and_marked_whole() -> None:
    text = "5 old men died"
    one = replace(claim(text, "5"), victims=Victims(*span(text, "old men")), harm_cue=Span(*span(text, "men died")))
    root = parse(Report(text, (one,)).to_html())
    harm = body(root).all("mark", "cx-harm")
    assert [m.text() for m in harm] == ["men", " died"]
    assert [m.attributes.get("tabindex") for m in harm] == ["0", None]
    assert body(root).text("cx-number") == text


def test_a_count_that_is_the_victims_too_is_marked_once() -> None:
    root = parse(extract("The guard was shot dead.").to_html())
    assert [m.text("cx-number") for m in body(root).all("mark", "cx-count")] == ["The guard"]
    assert body(root).all("mark", "cx-victims") == []


def test_places_outside_the_text_are_left_out() -> None:
    odd = replace(claim("5", "5"), harm_cue=Span("x", 7, 9), place=Span("", 0, 0))
    root = parse(Report("5", (odd,), rejections=(Rejection("x", -4, -2, "age"),)).to_html())
    assert [m.text() for m in body(root).all("mark")] == ["5"]


PLACES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from(["count", "harm", "victims", "source", "aside"]))
)


@settings(max_examples=60, deadline=None)
@given(PLACES)
def test_any_places_nest(drawn: list[tuple[int, int, str]]) -> None:
    places = sorted({Place(a, a + n, role, ("x",), (1,)) for a, n, role in drawn}, key=lambda p: (p.start, -p.end))
    covered: Counter[Place] = Counter()
    stack: list[Place] = []
    written = 0
    for move in nest(places, 0, 50):
        if move.step == "text":
            assert move.start == written
            written = move.end
            for place in stack:
                covered[place] += move.end - move.start
        elif move.step == "close":
            assert stack.pop() is move.place
        else:
            assert move.place is not None
            stack.append(move.place)
    assert (stack, written) == ([], 50)
    assert covered == Counter({place: place.end - place.start for place in places})


# --- folding ---------------------------------------------------------------------------------------------------------


def test_a_long_text_folds_to_the_sentences_with_claims() -> None:
    text = "A headline.\n\n" + QUIET * 20 + "Nine people died, police said. " + QUIET * 30 + "\n\nTwo guards were hurt."
    report = extract(text)
    root = parse(report.to_html())
    folds = body(root).all("details")
    assert [f.all("summary")[0].text() for f in folds] == ["20 sentences without claims", "30 sentences without claims"]
    assert all(f.all("mark") == [] and "open" not in f.attributes for f in folds)
    for fold_at in folds:
        body(root).children.remove(fold_at)
    assert body(root).text("cx-number") == "A headline.\n\nNine people died, police said. Two guards were hurt."
    assert "".join(text[s.start : s.end] for s in fold(text, find_places(report))) == text
    assert "".join(fold_at.all("div")[0].text() for fold_at in folds) == QUIET * 20 + QUIET * 30 + "\n\n"


def test_a_short_text_and_a_short_gap_do_not_fold() -> None:
    assert "<details" not in extract(GAS_FIELD).to_html()
    text = ("Nine people died. " + QUIET) * 40
    assert len(text) > FOLDS_FROM
    assert "<details" not in extract(text).to_html()


# --- nothing breaks out ----------------------------------------------------------------------------------------------

EVIL = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", "</style><b>",
    "&lt;b&gt;", "$uid ${style}", "</mark></div>", "-->", "]]>", "\x00\x1b[31m\x7f\x85\x9b", "\ud800\udfff",
    "\u202eevil\u202c\u2066",
    "\ufdd0\uffff", "javascript:alert(1)",
)  # fmt: skip


def everywhere(words: str) -> Report:
    """A report with the same words wherever a text, its caller or a record could put them."""
    text = f"{words} 7 {words}"
    link = replace(source(text, words), name=words, body=words, cue=Span(*span(text, words, 3)))
    victims = Victims(*span(text, words), category="civilian", attributes=("child",), affiliation=words)
    full = replace(
        claim(text, "7"), victims=victims, attribution=(link,), disputed_by=(link,), harm_cue=Span(*span(text, words)),
        place=Span(*span(text, words)), time=Span(*span(text, words)), doubts=(words,),
    )  # fmt: skip
    return Report(
        text, (full,), {"killed": Toll(7, 7, 7)}, (Rejection(*span(text, words), reason=words),),
        meta={"id": words, "title": words, "date": words, "url": words, "publisher": words}, library=words,
        pipeline=words,
    )  # fmt: skip


@pytest.mark.parametrize("evil", EVIL, ids=ascii)
def test_nothing_of_the_text_breaks_out(evil: str) -> None:
    page = everywhere(evil).to_html()
    root, tame = parse(page), parse(everywhere("tame").to_html())
    page.encode("utf-8")
    assert [n.tag for n in root.all()] == [n.tag for n in tame.all()]
    names = {name for n in root.all() for name in n.attributes}
    assert names <= {
        "lang", "charset", "http-equiv", "content", "name", "rel", "href", "class", "id", "title", "tabindex", "data-k",
        "data-name", "dir", "scope", "aria-label",
    }  # fmt: skip
    assert body(root).text("cx-number") == shown(everywhere(evil).text)
    assert rows(root)[0]["count"] == "7"
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)


def test_odd_characters_are_shown_by_signs() -> None:
    assert shown("a\x00b\x1b\x7f\x9b\ud800\u202ec\r\nd\re") == "a␀b␛␡��⟦RLO⟧c\nd\ne"
    assert escape("<a title=\"x\" y='z'>&") == "&lt;a title=&quot;x&quot; y=&#x27;z&#x27;&gt;&amp;"
    assert element("b", "<", Markup("<i>"), class_="a", title=None, hidden=True) == '<b class="a" hidden>&lt;<i></b>'


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_text_parses(words: str) -> None:
    text = words + " Nine people were killed, police said. " + words
    root = parse(extract(text)._repr_html_())
    assert body(root).text("cx-number") == shown(text)


# --- colours ---------------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    digits = colour.lstrip("#")
    pairs = [digits[i : i + 2] for i in (0, 2, 4)] if len(digits) == 6 else [d * 2 for d in digits]
    parts = [int(pair, 16) / 255 for pair in pairs]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_colour_is_legible_on_its_paper_light_and_dark() -> None:
    css = Report("").to_html()
    colours = dict(re.findall(r"--cx-(\w+): light-dark\((#\w+, #\w+)\)", css))
    papers = colours["paper"].split(", ")
    for name in ("ink", "faint", "count", "harm", "victims", "source"):
        for colour, paper in zip(colours[name].split(", "), papers, strict=True):
            low, high = sorted((luminance(colour), luminance(paper)))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (name, colour)


def test_every_part_has_a_line_of_its_own_besides_its_colour() -> None:
    css = Report("").to_html()
    lines = re.findall(r"mark\.cx-(count|harm|victims|source|disputer) \{[^}]*underline (\w+)", css)
    assert len(lines) == 5
    assert len({line for _, line in lines}) == 5


# --- plain text ------------------------------------------------------------------------------------------------------


def test_a_report_prints_as_a_table() -> None:
    lines = str(extract("At least 12 people were killed and 30 wounded, police said.")).splitlines()
    assert lines[0] == "2 claims (1 killed, 1 wounded), 1 claimant"
    assert lines[2].split() == ["count", "bounds", "harm", "victims", "who", "says", "so", "status", "scope"]
    assert lines[-2:] == ["toll, killed: 12 or more", "toll, wounded: 30"]
    assert str(Report("Nothing.")) == "no casualty claims"


def test_no_line_of_a_print_is_wider_than_100_columns() -> None:
    text = "9 " + "東京都" * 60
    links = tuple(replace(source(text, "東京都"), name=name) for name in ("東京都" * 60, "n" * 300, "e\u0301" * 200))
    report = Report(text, (claim(text, "9", attribution=links), claim(text, "9", attribution=links[::-1])))
    wide = [sum(2 if c >= "\u2e80" else c != "\u0301" for c in line) for line in str(report).splitlines()]
    assert max(wide) <= 100
    assert min(wide[3:]) > 90


def test_repr_is_short() -> None:
    assert repr(extract("Nine people were killed.")) == "<Report: 1 claim (1 killed), no claimants, 24 characters>"
    assert repr(Report("")) == "<Report: no casualty claims, 0 characters>"


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (60, 60, 60, "60"), (40, 40, None, "40 or more"), (None, 60, 60, "up to 60"), (5, 5, 7, "5 to 7, best 5"),
        (0, 12, 12, "0 to 12, best 12"), (30, 35, None, "30 or more, best 35"), (None, None, None, "no figure"),
        (1200, 1200, 1200, "1,200"),
    ],
)  # fmt: skip
def test_bounds_in_words(low: int | None, best: int | None, high: int | None, words: str) -> None:
    assert say_toll(Toll(low, best, high)) == words
    assert say_bounds(low, high) == words.partition(",")[0] or low == 1200
