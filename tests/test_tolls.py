"""What holds of every toll, whatever is asked; sums that are checked; what to check by hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casualty_extract import Report, extract
from casualty_extract.gold import gold_from_json, gold_to_json, report_to_gold, write_gold
from casualty_extract.tolls import Policy, sum_tolls, weigh
from casualty_extract.values import CATEGORIES, HARMS

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = (
    "At least 20 people were killed in the blast, police said.",
    "The hospital said 23 people were killed, among them five children and three soldiers.",
    "Two gunmen were also killed.",
    "Twelve people were killed, among them two attackers.",
    "Four more bodies were found on Friday, bringing the toll to 24.",
    "Rebels said nine soldiers were killed. The army denied it.",
    "More than 300 people have died in the war since 2019.",
    "Nine people were reportedly killed and dozens wounded.",
    "Karim was killed. So was his brother Omar.",
    "Last year a blast in Orlo killed 30 people.",
    "Another strike could kill 500 people, engineers warned.",
)
TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5).map(" ".join)


@cache
def read(text: str) -> Report:
    return extract(text)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sampled_from([None, *CATEGORIES]), st.booleans())
def test_every_claim_of_a_harm_is_rested_on_or_left_out(text: str, category: str | None, attackers: bool) -> None:
    report = read(text)
    for harm in HARMS:
        toll = report.toll(harm, category=category, attackers=attackers)
        if toll is not None:
            told = [*toll.claims, *(e.id for e in toll.excluded)]
            assert sorted(told) == sorted(c.id for c in report.claims if c.harm == harm)
            if None not in (toll.low, toll.best, toll.high):
                assert toll.low <= toll.best <= toll.high  # type: ignore[operator]


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.randoms(), st.sampled_from(["voice", "agreement", "lowest", "highest"]))
def test_the_order_of_claims_changes_no_toll(text: str, chance: Any, best: str) -> None:
    report, sentences = read(text), read(text).sentences()
    shuffled = chance.sample(report.claims, len(report.claims))
    policy = Policy(best=best)
    expected = sum_tolls(report.claims, sentences=sentences, policy=policy)
    assert sum_tolls(shuffled, sentences=sentences, policy=policy) == expected
    assert sum_tolls(shuffled, sentences=sentences) == dict(report.tolls)


def figures(toll: Any) -> Any:
    return toll and (toll.low, toll.best, toll.high)


@pytest.mark.parametrize(
    ("text", "category", "attackers", "expected"),
    [
        ("One civilian and six assailants were killed.", None, True, (7, 7, 7)),
        ("One civilian and six assailants were killed.", None, False, (1, 1, 1)),
        ("Twelve people were killed, among them two attackers.", None, False, (10, 10, 10)),
        ("At least 12 people, including two gunmen, were killed.", None, False, (10, 10, None)),
        ("Two gunmen were killed.", None, False, None),
        ("Twenty civilians were killed, including five children.", "civilian", True, (20, 20, 20)),
        ("Fire kills 20\n\nTwenty civilians were killed in the fire, police said.", "civilian", True, (20, 20, 20)),
        ("Police said nine soldiers were killed. The army said 12 soldiers were killed.", "military", True, (9, 9, 12)),
    ],
)
def test_narrowed(text: str, category: str | None, attackers: bool, expected: Any) -> None:
    assert figures(extract(text).toll("killed", category=category, attackers=attackers)) == expected


def test_reasons_of_what_is_asked_for() -> None:
    report = extract("One civilian and six assailants were killed.")
    toll = report.toll("killed", category="civilian")
    assert toll is not None
    assert [e.reason for e in toll.excluded] == ["other_category"]
    toll = report.toll("killed", attackers=False)
    assert toll is not None
    assert [e.reason for e in toll.excluded] == ["attacker"]


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("The bus driver, the conductor and a cook were killed.", 3),
        ("The bus driver and the conductor were killed.", 2),
        ("The blast killed the guard. The victim was killed at noon.", 1),
        ("Dalia Karim was killed. Karim was shot dead at noon.", 1),
        ("All but three of the 40 aboard died.", 37),
    ],
)
def test_persons_without_a_number_count_once(text: str, best: int) -> None:
    assert figures(read(text).toll("killed")) == (best, best, best)


def test_a_claimant_is_not_its_own_rival() -> None:
    toll = extract("Police said nine people died in Varn. Police said four people died in the port.").toll("killed")
    assert figures(toll) == (9, 9, 9)
    assert toll is not None
    assert [e.reason for e in toll.excluded] == ["smaller_figure"]


def test_policies() -> None:
    report = extract("Police said five people died. The hospital and the mayor said seven died. Nine people died.")
    expected = {"voice": 9, "agreement": 7, "lowest": 5, "highest": 9}
    for rule, best in expected.items():
        toll = weigh(report.claims, "killed", report.sentences(), Policy(best=rule)).toll
        assert toll is not None
        assert toll.best == best
    hedged = extract("Nine people were killed, police said. Forty people were reportedly killed, the mayor said.")
    weighed = weigh(hedged.claims, "killed", hedged.sentences(), Policy(hedged=False))
    assert figures(weighed.toll) == (9, 9, 9)
    assert [e.reason for e in weighed.excluded] == ["hedged"]


# --- sums -------------------------------------------------------------------------------------------------------------


def test_sums_are_checked() -> None:
    (check,) = extract("Thirty people were killed: 12 soldiers and eight policemen.").check_sums()
    assert (check.low, check.high, check.sum_low, check.sum_high) == (30, 30, 20, 20)
    assert (check.listed, check.agrees, len(check.parts)) == (True, False, 2)
    (check,) = extract("Thirty people were killed: 12 soldiers and 18 civilians.").check_sums()
    assert check.agrees
    (check,) = extract("Nine people were killed, including four women and three teachers.").check_sums()
    assert (check.listed, check.agrees, check.sum_high) == (False, True, 7)
    (check,) = extract("Nine people were killed, including eight women and seven teachers.").check_sums()
    assert check.agrees  # a teacher may be a woman
    assert extract("Nine people were killed.").check_sums() == ()


# --- review -----------------------------------------------------------------------------------------------------------


def test_a_review_is_worst_first_and_quotes() -> None:
    text = "Dozens of people were killed, police said. The raid caused nine casualties in the town."
    report = extract(text)
    items = report.review()
    assert [item.doubt for item in items] == ["harm_open", "count_of_a_noun", "vague_number"]
    assert [item.severity for item in items] == sorted((i.severity for i in items), reverse=True)
    for item in items:
        assert text[item.start : item.end] == item.text
        assert item.claim in {claim.id for claim in report.claims if item.doubt in claim.doubts}
        assert item.reason
    assert extract("Nine soldiers were killed.").review() == ()


def test_a_doubt_of_a_later_version_is_reviewed_too() -> None:
    report = extract("Nine soldiers were killed.")
    newer = replace(report, claims=(replace(report.claims[0], doubts=("moon_phase",)),))
    assert [(item.doubt, item.reason) for item in newer.review()] == [("moon_phase", "moon phase")]


def test_the_benchmark_of_doubts_counts_them(tmp_path: Path) -> None:
    texts = ["Nine people were killed, police said.", "Dozens of men were killed.", "The raid caused nine casualties."]
    gold = [report_to_gold(extract(text), id=str(n)) for n, text in enumerate(texts)]
    record = json.loads(gold_to_json(gold[2])) | {"claims": []}
    write_gold([*gold[:2], gold_from_json(json.dumps(record))], tmp_path / "a.jsonl")
    command = [sys.executable, "benchmarks/doubts.py", str(tmp_path / "a.jsonl")]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert lines[:2] == ["a doubt 2 claims, 1 wrong 50 %", "no doubt 1 claims, 0 wrong 0 %"]
    assert "vague_number 1 claims, 0 wrong 0 %" in lines
    failed = subprocess.run([*command[:2], "none.jsonl"], capture_output=True, text=True, cwd=ROOT, env=os.environ)
    assert (failed.returncode, failed.stderr[:10]) == (1, "doubts.py:")
