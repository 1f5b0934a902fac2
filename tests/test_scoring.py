"""The measures: each counts what it says, by hand-made gold; and the benchmark that prints them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import casualty_extract
from casualty_extract import Report, extract
from casualty_extract.gold import GoldClaim, GoldLink, GoldText, report_to_gold, write_gold
from casualty_extract.scoring import LEVELS, score

ROOT = Path(__file__).parent.parent
TEXT = (
    "At least 12 guards were killed and 30 people wounded, the Harl police said. "
    "Four of the wounded were nurses, a doctor told AFP. The bus had 54 seats."
)
REPORT = extract(TEXT, meta={"id": "a"})
GOLD = report_to_gold(REPORT)


def changed(k: int, **change: object) -> GoldText:
    """The gold with one claim changed."""
    claims = list(GOLD.claims)
    claims[k] = replace(claims[k], **change)  # type: ignore[arg-type]
    return replace(GOLD, claims=tuple(claims))


def right(gold: GoldText, report: Report = REPORT) -> dict[str, int]:
    """The F1 of each level in claims: how many of three are right on both sides."""
    result = score([gold], extract=lambda _: report, bootstrap=0)
    return {
        level: round(m.f1 * (len(GOLD.claims) if level != "part_of" else 1)) for level, m in result.measures.items()
    }


ALL = {"found": 3, "number": 3, "victims": 3, "claimant": 3, "full": 3, "part_of": 1}


def test_a_report_is_right_on_its_own_gold() -> None:
    assert len(GOLD.claims) == 3
    result = score([GOLD], bootstrap=50)
    assert right(GOLD) == ALL
    assert result.mistakes == ()
    assert {(m.low, m.high) for m in result.measures.values()} == {(1.0, 1.0)}
    assert {result.given_found[field] for field in ("value", "category", "origin", "chain", "status", "scope")} == {1.0}


@pytest.mark.parametrize(
    ("gold", "less", "kind"),
    [
        (changed(0, count=replace(GOLD.claims[0].count, low=11)), {"number", "victims", "claimant", "full"}, "value"),
        (changed(0, category="military"), {"victims", "full"}, "category"),
        (changed(0, attribution=()), {"claimant", "full"}, "origin"),
        (changed(0, status="hedged"), {"full"}, "status"),
        (changed(0, scope="rate"), set(), "scope"),
        (changed(0, harm="wounded"), {"found", "number", "victims", "claimant", "full"}, "harm"),
        (changed(2, part_of=None), {"part_of"}, "part_of"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_level_counts_what_it_says(gold: GoldText, less: set[str], kind: str) -> None:
    assert right(gold) == {level: n - (level in less) for level, n in ALL.items()}
    mistakes = score([gold], extract=lambda _: REPORT, bootstrap=0).mistakes
    assert kind in [mistake.kind for mistake in mistakes]
    assert all(TEXT[m.start : m.end] == m.text for m in mistakes)


def test_other_answers_of_the_gold_are_right() -> None:
    assert right(changed(0, category="military", also={"category": ("security",)})) == ALL
    assert right(changed(0, harm="wounded", also={"harm": ("killed",)})) == ALL
    assert right(changed(0, attribution=(), also={"origin": ("Harl police",)})) == ALL
    silent = replace(REPORT, claims=(replace(REPORT.claims[0], attribution=()), *REPORT.claims[1:]))
    assert right(changed(0, also={"origin": (None,)}), silent) == ALL


def test_missed_extra_and_optional_claims() -> None:
    none = score([GOLD], extract=lambda text: Report(text), bootstrap=0)
    assert (none.expected, none.predicted, none.measures["found"].f1) == (3, 0, 0.0)
    assert [m.kind for m in none.mistakes] == ["missed"] * 3
    extra = score([replace(GOLD, claims=GOLD.claims[:1])], extract=lambda _: REPORT, bootstrap=0)
    assert (extra.measures["found"].precision, extra.measures["found"].recall) == (1 / 3, 1.0)
    assert [m.kind for m in extra.mistakes] == ["extra", "extra"]
    optional = score([changed(0, optional=True)], extract=lambda _: REPORT, bootstrap=0)
    assert (optional.expected, optional.predicted) == (2, 2)
    person = extract("The guard was shot dead.")
    assert person.claims[0].implicit
    ignored = score([GoldText("p", person.text)], bootstrap=0)
    assert (ignored.predicted, ignored.mistakes) == (0, ())
    assert ignored.measures["found"].f1 == 1.0


def test_two_harms_of_one_number_are_paired_each_with_its_own() -> None:
    both = extract("Four aid workers were abducted and executed.", meta={"id": "b"})
    gold = report_to_gold(both)
    turned = replace(gold, claims=gold.claims[::-1])
    assert score([turned], bootstrap=0).measures["found"].f1 == 1.0


def test_sources_are_the_same_by_half_of_place_or_words() -> None:
    claim = GOLD.claims[0]
    link = claim.attribution[0]
    shorter = GoldLink("police", link.end - 6, link.end)
    assert right(changed(0, attribution=(shorter,))) == {**ALL, "claimant": 3, "full": 3}
    elsewhere = GoldLink("nurses", TEXT.index("nurses"), TEXT.index("nurses") + 6, name="the police of Harl")
    assert right(changed(0, attribution=(elsewhere,))) == ALL
    named = score([changed(0, attribution=(elsewhere,))], extract=lambda _: REPORT, bootstrap=0)
    assert named.given_found["name"] == 1.0
    joint = (replace(link, joint=True), replace(elsewhere, name=None, joint=True))
    assert right(changed(0, attribution=joint))["claimant"] == 3


def test_numbers_that_count_no_victims() -> None:
    seats, twelve = TEXT.index("54"), TEXT.index("12")
    gold = replace(GOLD, not_claims=((seats, seats + 2), (twelve, twelve + 2)))
    result = score([gold], extract=lambda _: REPORT, bootstrap=0)
    assert (result.distractors, result.returned) == (2, 1)
    assert "returned 1" in str(result)


def test_the_intervals_are_those_of_the_texts_and_repeat() -> None:
    texts = [replace(GOLD, id=str(k)) for k in range(6)] + [replace(changed(0, status="hedged"), id="x")]
    one, two = (score(texts, extract=lambda _: REPORT, bootstrap=200, seed=3) for _ in range(2))
    assert one == two
    full = one.measures["full"]
    assert full.low is not None
    assert full.high is not None
    assert full.low < full.f1 < full.high
    assert one.measures["found"].low == 1.0
    assert set(one.measures) == set(LEVELS)


def test_gold_is_given_as_texts_or_as_a_file(tmp_path: Path) -> None:
    write_gold([GOLD], tmp_path / "a.jsonl")
    assert score(tmp_path / "a.jsonl", bootstrap=0) == score([GOLD], bootstrap=0)
    with pytest.raises(ValueError, match="no gold text"):
        score([])
    with pytest.raises(ValueError, match="pipeline must be"):
        score([GOLD], pipeline="none")


def test_a_lexicon_is_scored_too() -> None:
    own = {"harms": {"my_harm": {"harm": "killed", "victim": "object", "forms": ["zapped"]}}}
    gold = report_to_gold(extract("Six men were zapped.", lexicon=own), "z")
    assert isinstance(gold.claims[0], GoldClaim)
    assert score([gold], bootstrap=0).measures["found"].recall == 0.0
    assert score([gold], lexicon=own, bootstrap=0).measures["full"].f1 == 1.0


# --- the benchmark ----------------------------------------------------------------------------------------------------


def accuracy(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "benchmarks/accuracy.py", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(Path(casualty_extract.__file__).parent.parent)}
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)


def test_the_benchmark_prints_the_scores_of_a_file(tmp_path: Path) -> None:
    write_gold([changed(0, status="hedged")], tmp_path / "mine.jsonl")
    done = accuracy(str(tmp_path / "mine.jsonl"), "--errors", "2")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("mine.jsonl: 1 texts, 3 claims expected, 3 found\n")
    assert 'a  status  "At least 12" (0 to 11): asserted for hedged' in done.stdout
    told = json.loads(accuracy(str(tmp_path / "mine.jsonl"), "--json").stdout)
    assert told["mine.jsonl"]["measures"]["found"]["f1"] == 1.0


def test_the_benchmark_names_the_line_that_is_wrong(tmp_path: Path) -> None:
    write_gold([GOLD], tmp_path / "mine.jsonl")
    with (tmp_path / "mine.jsonl").open("a") as file:
        file.write('{"id": "b", "text": 3, "claims": []}\n')
    done = accuracy(str(tmp_path / "mine.jsonl"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "mine.jsonl:2: text: must be a string" in done.stderr


def test_the_benchmark_scores_the_projects_own_texts() -> None:
    done = accuracy()
    assert done.returncode == 0, done.stderr
    files = {path.name for path in (ROOT / "seeds").rglob("*.gold.jsonl")}
    assert {line.split(":")[0] for line in done.stdout.splitlines() if ".gold.jsonl:" in line} == files
    assert done.stdout.splitlines()[-1].startswith("cases: ")
