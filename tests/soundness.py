"""What every report must keep, whatever its text: the test of one text, for the suite and for the fuzzer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import casualty_extract
from casualty_extract.model import Claim
from casualty_extract.report import Report

META = {"id": "x", "tags": ["a", 1]}


def check(text: str) -> Report:
    """The report of a text, once it is sound: spans, ids, relations, tolls and the way through JSON and back."""
    report = casualty_extract.extract(text, meta=META)
    assert report.text == text
    assert [p for p in places(report) if text[p[2] : p[3]] != p[1] or not 0 <= p[2] <= p[3] <= len(text)] == []
    assert len({claim.id for claim in report.claims}) == len(report.claims)
    assert [c.count.start for c in report.claims] == sorted(c.count.start for c in report.claims)
    for claim in report.claims:
        _check_claim(claim, {other.id for other in report.claims})
    _check_tolls(report)
    _check_way_back(report)
    assert report.to_json() == casualty_extract.extract(text, meta=META).to_json()
    return report


def places(value: object, path: str = "") -> Iterator[tuple[str, str, int, int]]:
    """Every text with its start and end in a report or a part of it."""
    if is_dataclass(value):
        if getattr(value, "start", None) is not None:
            yield path, value.text, value.start, value.end  # type: ignore[attr-defined]
        for field in fields(value):
            yield from places(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, tuple):
        for i, part in enumerate(value):
            yield from places(part, f"{path}[{i}]")


def _within(whole: Any, part: Any) -> bool:
    return bool(whole.start <= part.start <= part.end <= whole.end)


def _check_claim(claim: Claim, ids: set[str]) -> None:
    assert claim.id == f"{claim.count.start}-{claim.count.end}-{claim.harm}"
    assert {relation.target for relation in claim.relations} <= ids - {claim.id}
    assert _within(claim, claim.count)
    assert claim.victims.start is None or _within(claim, claim.victims)
    cue = claim.harm_cue  # a part of a figure may have its cue in a sentence before
    assert cue is None or cue.end <= claim.start or _within(claim, cue)
    low, high = claim.count.low, claim.count.high
    assert low is None or high is None or low <= high


def _check_tolls(report: Report) -> None:
    plain = [c for c in report.claims if c.status in ("asserted", "hedged") and c.scope == "event" and c.episode == 0]
    assert {claim.harm for claim in plain} <= set(report.tolls) <= {claim.harm for claim in report.claims}
    for harm, toll in report.tolls.items():
        named = [*toll.claims, *(exclusion.id for exclusion in toll.excluded)]
        assert sorted(named) == sorted(claim.id for claim in report.claims if claim.harm == harm)


def _check_way_back(report: Report) -> None:
    line = report.to_json()
    assert line.isascii()
    assert "\n" not in line
    assert Report.from_dict(report.to_dict()) == report
    assert Report.from_json(line) == report
    assert Report.from_dict(json.loads(json.dumps(report.to_dict()))) == report
