"""The seed articles: every claim of the gold is found as it stands there, and no claim besides."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import casualty_extract
from casualty_extract.model import Claim, Source
from casualty_extract.report import Report

FOLDER = Path(__file__).parent.parent / "seeds"
GOLD = sorted(FOLDER.glob("*.gold.jsonl"))
PIPELINES = ("rules",)


def articles(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


ARTICLES = {article["id"]: article for path in GOLD for article in articles(path)}
CLAIMS = [
    pytest.param(article, claim, id=f"{article['id']}-{claim['count']['start']}-{claim['harm']}")
    for article in ARTICLES.values()
    for claim in article["claims"]
    if not claim["optional"]
]
pytestmark = pytest.mark.parametrize("pipeline", PIPELINES)


@cache
def read(text: str, pipeline: str) -> Report:
    return casualty_extract.extract(text, pipeline=pipeline)


def accepted(gold: dict[str, Any], field: str, value: Any) -> list[Any]:
    """The answer of the gold and the others that it accepts."""
    return [value, *gold.get("also", {}).get(field, [])]


def match(report: Report, gold: dict[str, Any]) -> Claim | None:
    """The claim whose count overlaps the gold's and whose harm is accepted."""
    count, harms = gold["count"], accepted(gold, "harm", gold["harm"])
    near = [c for c in report.claims if c.count.start < count["end"] and count["start"] < c.count.end]
    found = [c for c in near if c.harm in harms]
    return found[0] if len(found) == 1 else None


def plain(text: str) -> str:
    return re.sub(r"^(the|a|an) ", "", text.casefold())


def same(found: tuple[Source, ...], wanted: list[dict[str, Any]]) -> bool:
    if len(found) != len(wanted):
        return False
    pairs = zip(found, wanted, strict=True)
    return all({plain(a.text), plain(a.name)} & {plain(b["text"]), plain(b.get("name", b["text"]))} for a, b in pairs)


def test_there_are_seeds(pipeline: str) -> None:
    assert pipeline
    assert len(ARTICLES) >= 2
    assert {path.name for path in FOLDER.glob("*.txt")} >= {path.name.replace(".gold.jsonl", ".txt") for path in GOLD}
    for path in GOLD:
        text = (FOLDER / path.name.replace(".gold.jsonl", ".txt")).read_bytes().decode("utf-8")
        assert articles(path)[0]["text"] == text


@pytest.mark.parametrize(("article", "gold"), CLAIMS)
def test_a_claim_of_the_gold_is_found(article: dict[str, Any], gold: dict[str, Any], pipeline: str) -> None:
    report = read(article["text"], pipeline)
    claim = match(report, gold)
    assert claim is not None, f"no claim at {gold['count']['text']!r}, {gold['harm']}"
    count = gold["count"]
    assert (claim.count.value, claim.count.low, claim.count.high, claim.count.modifier) == (
        count["value"], count["low"], count["high"], count["modifier"],
    )  # fmt: skip
    assert (claim.count.text, claim.count.start) == (count["text"], count["start"])
    assert claim.victims.category in accepted(gold, "category", gold["victims"]["category"])
    assert claim.victims.text == gold["victims"]["text"]
    assert claim.status in accepted(gold, "status", gold["status"])
    assert claim.scope in accepted(gold, "scope", gold["scope"])
    chain = [(source.name, source.text) for source in claim.attribution]
    assert same(claim.attribution, gold["attribution"]), f"{chain} is not {gold['attribution']}"
    disputers = [(source.name, source.text) for source in claim.disputed_by]
    assert same(claim.disputed_by, gold.get("disputed_by", [])), f"{disputers} is not {gold.get('disputed_by', [])}"
    starts = {other.id: other.count.start for other in report.claims}
    wholes = [starts[relation.target] for relation in claim.relations if relation.type == "part_of"]
    assert wholes == ([] if gold["part_of"] is None else [gold["part_of"]])


@pytest.mark.parametrize("article", ARTICLES.values(), ids=ARTICLES)
def test_no_claim_besides(article: dict[str, Any], pipeline: str) -> None:
    report = read(article["text"], pipeline)
    golds = article["claims"]
    extra = [
        (claim.count.text, claim.count.start, claim.harm)
        for claim in report.claims
        if not claim.implicit and not any(match(report, gold) is claim for gold in golds)
    ]
    assert extra == []
