"""Many texts on one event: who gives which figure, what it comes to, and that no order changes it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casualty_extract import Reconciliation, Report, extract, reconcile
from casualty_extract.reconciliation import EventToll

ROOT = Path(__file__).resolve().parent.parent
STORY = "Nine people were killed in the blast, police said. The hospital said 11 people were killed."


@cache
def read(text: str) -> Report:
    return extract(text)


def report(text: str, **meta: Any) -> Report:
    found = read(text)
    return Report(**{name: getattr(found, name) for name in Report.__slots__ if name != "meta"}, meta=meta)


def killed(*reports: Report, **how: Any) -> EventToll:
    toll = reconcile(reports, **how).toll("killed")
    assert toll is not None
    return toll


def ends(toll: EventToll) -> tuple[int | None, int | None, int | None]:
    return toll.low, toll.best, toll.high


def left_out(toll: EventToll) -> set[tuple[str, str]]:
    return {(left.text_id, left.reason) for left in toll.excluded}


def test_low_best_and_high_with_who_gives_each() -> None:
    toll = killed(
        report(STORY, id="a"), report("The governor said at least 11 people were killed in the blast.", id="b")
    )
    assert ends(toll) == (9, 11, None)
    (low,) = toll.behind("low")
    assert (low.claimants, low.types, low.text_id) == (("police",), ("security",), "a")
    quotation = low.quotations[0]
    assert STORY[quotation.start : quotation.end] == quotation.text == "Nine people were killed"
    assert {f.claimants for f in toll.behind("best")} == {("hospital",), ("governor",)}
    assert toll.behind("high") == ()
    assert [(a.best, a.claimants, a.own_voice) for a in toll.agreements] == [
        (11, ("governor", "hospital"), False),
        (9, ("police",), False),
    ]
    with pytest.raises(ValueError, match="end must be one of low, best, high"):
        toll.behind("middle")


def test_a_story_that_many_papers_print_is_one_claimants_word() -> None:
    papers = [report(STORY, id=f"paper {n}", publisher=f"Paper {n}") for n in range(5)]
    other = [report("Medics and the mayor said seven people were killed.", id="other")]
    assert ends(killed(*papers)) == ends(killed(papers[0]))
    assert ends(killed(*papers, *other)) == (7, 7, 11)
    assert killed(*papers).agreements[0].claimants == ("police",)


def test_the_own_voice_of_many_texts_is_one_voice() -> None:
    texts = [report("Nine people were killed in the blast.", id=str(n)) for n in range(4)]
    toll = killed(*texts, report("Police and the mayor said seven people were killed.", id="x"), codebook=None)
    assert [(a.best, a.claimants, a.own_voice) for a in toll.agreements] == [
        (7, ("Police", "mayor"), False),
        (9, (), True),
    ]
    assert toll.best == 9  # the own voice of the newest texts


def test_a_speaker_and_the_body_behind_are_one_claimant() -> None:
    one = report(
        "Nine people died, said Ilse Marrow, director of the Syrian Observatory for Human Rights.", id="a"
    )
    two = report("The Syrian Observatory for Human Rights said nine people died.", id="b")
    assert killed(one, two).agreements[0].claimants == ("Syrian Observatory for Human Rights",)


def test_a_claimants_later_figure_takes_the_place_of_the_earlier() -> None:
    first = report("Police said nine people were killed.", id="a", date="2025-06-03")
    later = report("Police said 12 people were killed.", id="b", date=date(2025, 6, 4))
    toll = killed(later, first)
    assert ends(toll) == (12, 12, 12)
    assert [(f.date, f.best, f.outdated) for f in toll.timeline["Police"]] == [
        ("2025-06-03", 9, True),
        ("2025-06-04", 12, False),
    ]
    assert left_out(toll) == {("a", "outdated")}
    assert toll.claims == (("b", later.claims[0].id),)
    undated = report("Police said ten people were killed.", id="c")
    assert ends(killed(later, first, undated)) == (10, 12, 12)


def test_a_newer_figure_beats_an_older_one_where_support_is_equal() -> None:
    old = report("Police said five people were killed.", id="a", date="2025-06-03T23:00:00+02:00")
    new = report("The ministry said 20 people were killed.", id="b", date="2025-06-05")
    assert ends(killed(old, new)) == (5, 20, 20)


def test_what_makes_the_toll_of_a_text_alone_makes_none_beside_others() -> None:
    toll = killed(
        report("Nine people were killed in the blast, police said.", id="a"),
        report("Three more bodies were found on Friday.", id="more"),
        report("More than 300 people have died in the war since 2019.", id="war"),
        report("Rebels said 40 people were killed. The army denied it.", id="denied"),
        report("Another strike could kill 500 people, engineers warned.", id="could"),
    )
    assert ends(toll) == (9, 9, 9)
    assert left_out(toll) == {
        ("more", "increment"),
        ("war", "cumulative"),
        ("denied", "denied"),
        ("could", "hypothetical"),
    }


def test_a_denial_alone() -> None:
    toll = killed(report("Twelve people were killed, said a spokesman. The army denied it.", id="a"))
    assert ends(toll) == (0, 12, 12)
    assert toll.figures[0].disputed_by == ("army",)


def test_a_headline_belongs_to_whoever_the_body_names() -> None:
    toll = killed(report("Fire kills nine\n\nNine people were killed in the fire, police said.", id="a"))
    assert [f.claimants for f in toll.figures] == [("police",)]


def test_categories_and_codebooks() -> None:
    reports = [report("Two soldiers and dozens of villagers were killed, police said.", id="a")]
    found = reconcile(reports)
    assert [(t.category, t.low) for t in found.events[0].tolls] == [(None, 26), ("civilian", 24), ("military", 2)]
    coded = reconcile(reports, codebook="acled")
    assert (coded.codebook, [(t.category, t.low) for t in coded.events[0].tolls]) == (
        "acled",
        [(None, 14), ("people", 14)],
    )


def test_events_by_a_key_or_a_function() -> None:
    reports = [report(STORY, id=str(n), case=f"case {n % 2}") for n in range(4)]
    assert [(e.key, e.texts) for e in reconcile(reports, by="case")] == [("case 0", ("0", "2")), ("case 1", ("1", "3"))]
    assert [e.key for e in reconcile(reports, by=lambda r: len(r.text))] == [str(len(STORY))]
    assert reconcile(reports, by="case")["case 1"].toll("killed") is not None
    with pytest.raises(ValueError, match="there are 2 events"):
        reconcile(reports, by="case").toll("killed")
    with pytest.raises(KeyError, match="case 9"):
        reconcile(reports, by="case")["case 9"]
    assert reconcile([]).toll("killed") is None


@pytest.mark.parametrize(
    ("reports", "how", "kind", "said"),
    [
        ([("Nine died.", {"id": "a"})], {"by": "case"}, ValueError, "text 'a': case gives no key"),
        ([("Nine died.", {"id": "a", "date": "3 June"})], {}, ValueError, "'a': date must be an ISO date .*'3 June'"),
        ([("Nine died.", {"id": "a", "date": 7})], {}, ValueError, "not 7"),
        ([("Nine died.", {"id": "a"}), ("Ten died.", {"id": "a"})], {}, ValueError, "two different reports .* id 'a'"),
        ([("Nine died.", {"id": "a"})], {"by": 3}, TypeError, "by must be a key of meta, a function or None, not int"),
        ([("Nine died.", {"id": "a"})], {"codebook": "gted"}, ValueError, "codebook must be one of acled"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(reports: Any, how: Any, kind: type[Exception], said: str) -> None:
    with pytest.raises(kind, match=said):
        reconcile([report(text, **meta) for text, meta in reports], **how)


def test_only_reports_are_reconciled() -> None:
    with pytest.raises(TypeError, match="needs reports, not str"):
        reconcile(["Nine died."])  # type: ignore[list-item]


# --- orders that change nothing ---------------------------------------------------------------------------------------

TEXTS = (
    STORY,
    "Police said 12 people were killed. The mayor said 12 people were killed.",
    "Fire kills nine\n\nNine people were killed, among them three soldiers.",
    "Rebels said 40 soldiers were killed; the army denied it. Dozens of people were wounded.",
    "At least seven civilians and two soldiers were killed, the hospital said. Three more people died on Friday.",
    "Ali and Omar were killed. Police said nine people died. The hospital said nine people died.",
)
PILES = st.lists(
    st.tuples(st.sampled_from(TEXTS), st.sampled_from([None, "2025-06-03", "2025-06-04"])), min_size=1, max_size=6
)


def reports_of(pile: list[tuple[str, str | None]]) -> list[Report]:
    return [report(text, id=str(n), **({"date": when} if when else {})) for n, (text, when) in enumerate(pile)]


@settings(max_examples=40, deadline=None)
@given(PILES, st.randoms())
def test_no_order_of_texts_or_claims_changes_anything(pile: list[tuple[str, str | None]], chance: Any) -> None:
    reports = reports_of(pile)
    expected = reconcile(reports)
    shuffled = []
    for one in chance.sample(reports, len(reports)):
        claims = tuple(chance.sample(one.claims, len(one.claims)))
        fields = {name: getattr(one, name) for name in Report.__slots__}
        shuffled.append(Report(**{**fields, "claims": claims}))
    assert reconcile(shuffled) == expected


@settings(max_examples=40, deadline=None)
@given(PILES)
def test_every_claim_is_rested_on_or_left_out_and_every_figure_is_somebodys(pile: list[tuple[str, str | None]]) -> None:
    reports = reports_of(pile)
    for toll in reconcile(reports).events[0].tolls:
        rest, out = set(toll.claims), {(left.text_id, left.claim) for left in toll.excluded}
        assert rest | out == {(r.meta["id"], c.id) for r in reports for c in r.claims if c.harm == toll.harm}
        assert not rest & out
        assert len(toll.claims) == len(rest)
        for end in ("low", "best", "high"):
            assert bool(toll.behind(end)) == (getattr(toll, end) is not None)


@settings(max_examples=40, deadline=None)
@given(PILES)
def test_records_turn_back(pile: list[tuple[str, str | None]]) -> None:
    found = reconcile(reports_of(pile))
    assert Reconciliation.from_dict(json.loads(json.dumps(found.to_dict()))) == found


@pytest.mark.parametrize("text", TEXTS)
def test_one_text_alone_comes_to_its_own_tolls(text: str) -> None:
    found = reconcile([report(text, id="a")])
    for harm, toll in read(text).tolls.items():
        event = found.toll(harm)
        assert event is not None
        assert ends(event) == (toll.low, toll.best, toll.high)


def test_a_record_that_is_wrong_is_named() -> None:
    record = reconcile([report(STORY, id="a")]).to_dict()
    record["events"][0]["tolls"][0]["figures"][0]["low"] = "nine"
    with pytest.raises(ValueError, match=r"events\[0\]\.tolls\[0\]\.figures\[0\]\.low: must be a whole number"):
        Reconciliation.from_dict(record)


# --- what users see ---------------------------------------------------------------------------------------------------


def test_the_table_and_the_rows() -> None:
    reports = [report(STORY, id="a", date="2025-06-03", case="x" * 200)]
    found = reconcile(reports, by="case")
    lines = str(found).splitlines()
    assert max(map(len, lines)) <= 100
    assert lines[1].split() == ["harm", "victims", "low", "best", "high", "low", "by", "best", "by", "high", "by"]
    assert lines[2].split() == ["killed", "all", "9", "9", "11", "police", "police", "hospital"]
    row = found.rows()[0]
    assert (row["low"], row["low_by"], row["high_by"], row["high_quotation"]) == (
        9, "police", "hospital", "11 people were killed",
    )  # fmt: skip
    assert (row["claimants"], row["texts"], row["first_date"]) == (2, 1, "2025-06-03")
    assert str(reconcile([])) == "no events"


def test_the_example_prints_the_event() -> None:
    command = [sys.executable, str(ROOT / "examples" / "reconcile_event.py")]
    printed = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ).stdout
    lines = printed.splitlines()
    assert lines[0] == "Tarvel market: 6 texts"
    assert max(map(len, lines[:12])) <= 100
    assert lines[2].split()[:5] == ["killed", "all", "12", "24", "-"]
    assert (
        "  interior ministry: 2025-06-04: 21 (3_morning_star), 2025-06-04: 21 (4_harbour_gazette), 2025-06-06: 20"
        in printed
    )
    assert "  denied: 1, such as 6_valley_radio 356-361-killed" in printed


def test_a_few_thousand_reports_go_through() -> None:
    reports = [report(TEXTS[n % len(TEXTS)], id=str(n), case=str(n // 6)) for n in range(2000)]
    begin = time.perf_counter()
    found = reconcile(reports, by="case")
    assert len(found) == 334
    assert time.perf_counter() - begin < 20
