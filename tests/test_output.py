"""The record, JSON, rows, the frame and the table."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
import re
import sys
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest
from reports import claim, full_report

from casualty_extract.integrations.frames import report_to_frame
from casualty_extract.model import Rejection, Span, Toll
from casualty_extract.output import (
    COLUMNS,
    claim_rows,
    format_table,
    report_from_dict,
    report_from_json,
    report_to_dict,
    report_to_json,
)
from casualty_extract.report import Report

CLAIM_KEYS = (
    "id text start end count harm harm_cue victims attribution disputed_by perpetrator cause place time status "
    "status_cue scope increment episode relations implicit doubts rules"
)


def put(record: dict[str, Any], path: list[str | int], value: Any) -> dict[str, Any]:
    """The record with one value changed; the value ``...`` takes the key out."""
    at: Any = record
    for step in path[:-1]:
        at = at[step]
    if value is ...:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return record


def test_the_record_holds_every_key_in_the_order_of_the_contract() -> None:
    record = report_to_dict(full_report())
    assert " ".join(record) == "schema library pipeline settings meta text claims tolls rejections"
    first, second = record["claims"]
    assert " ".join(first) == " ".join(second) == CLAIM_KEYS
    assert " ".join(first["count"]) == "text start end value low high modifier"
    assert " ".join(first["victims"]) == "text start end category attributes affiliation unit"
    assert " ".join(first["attribution"][0]) == "text start end name body type cue joint"
    assert " ".join(record["tolls"]["killed"]) == "low best high claims excluded"
    assert second["relations"] == [{"type": "part_of", "target": first["id"]}]
    assert record["rejections"][0]["reason"] == "percent"


def test_the_record_is_plain() -> None:
    def check(value: Any) -> None:
        assert type(value) in (dict, list, str, int, bool, type(None)), type(value)
        for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            check(part)

    check(report_to_dict(full_report()))


def test_tolls_stand_in_the_order_of_harms() -> None:
    tolls = {"wounded": Toll(1, 1, 1), "killed": Toll(2, 2, 2)}
    assert list(report_to_dict(Report("", tolls=tolls))["tolls"]) == ["killed", "wounded"]


@pytest.mark.parametrize("report", [full_report(), Report(""), Report("a\r\n\x00\ud800 é 😀", meta={"id": "\udcff"})])
def test_round_trip_gives_an_equal_report(report: Report) -> None:
    line = report_to_json(report)
    assert line.isascii()
    assert "\n" not in line
    assert report_from_json(line) == report == report_from_dict(report_to_dict(report))
    assert hash(report_from_json(line)) == hash(report)
    assert report_to_json(report_from_json(line)) == line == report_to_json(report)


def test_reports_are_frozen_hashable_picklable_copyable() -> None:
    report = full_report()
    for value in [report, *report.claims]:
        assert pickle.loads(pickle.dumps(value)) == value == copy.copy(value) == copy.deepcopy(value)
        assert hash(copy.deepcopy(value)) == hash(value)
        assert not hasattr(value, "__dict__")
        with pytest.raises(FrozenInstanceError):
            setattr(value, "text", "other")  # noqa: B010
    assert len({*report.claims, *full_report().claims}) == 2
    assert replace(report.claims[0], harm="wounded") != report.claims[0]


def test_meta_becomes_plain() -> None:
    given = {"date": datetime.date(2014, 7, 27), "n": float("nan"), "t": ({"x": (1,)},)}
    report = Report("", meta=given)
    assert report.meta == {"date": "2014-07-27", "n": None, "t": [{"x": [1]}]}
    assert "t" in given
    with pytest.raises(TypeError, match=r"meta\.a\[1\] cannot be written as JSON: set"):
        Report("", meta={"a": [1, set()]})
    with pytest.raises(TypeError, match="keys must be strings, not 0"):
        Report("", meta={0: "x"})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["claims"], ..., "claims: missing"),
        (["claims", 1, "harm"], ..., "claims[1].harm: missing"),
        (["claims", 1, "harm"], "dead", "claims[1].harm: must be one of killed"),
        (["claims", 1, "count", "low"], "17", "claims[1].count.low: must be a whole number, not a string"),
        (["claims", 1, "count", "low"], True, "claims[1].count.low: must be a whole number, not bool"),
        (["claims", 1, "count", "low"], -1, "claims[1].count.low: must not be negative"),
        (["claims", 0, "count"], None, "claims[0].count: must be an object, not null"),
        (["claims", 0, "count", "modifier"], "circa", "claims[0].count.modifier: must be one of"),
        (["claims", 0, "attribution", 1, "type"], "tv", "claims[0].attribution[1].type: must be one of"),
        (["claims", 0, "attribution", 0, "cue", "end"], 9999, "claims[0].attribution[0].cue: "),
        (["claims", 0, "start"], 1, "claims[0]: the text holds"),
        (["claims", 1, "victims", "attributes"], ["tall"], "claims[1].victims.attributes[0]: must be one of"),
        (["claims", 1, "victims", "text"], None, "claims[1].victims.text: must be a string"),
        (["claims", 1, "victims", "unit"], "dog", "claims[1].victims.unit: must be one of"),
        (["claims", 1, "relations", 0, "type"], "near", "claims[1].relations[0].type: must be one of"),
        (["claims", 1, "implicit"], 0, "claims[1].implicit: must be true or false"),
        (["claims", 1, "status"], "sure", "claims[1].status: must be one of"),
        (["claims", 1, "scope"], "war", "claims[1].scope: must be one of"),
        (["claims", 1, "doubts"], "none", "claims[1].doubts: must be a list, not a string"),
        (["claims", 1, "rules", "harm"], 7, "claims[1].rules.harm: must be a string"),
        (["tolls", "hurt"], {}, "tolls.hurt: must be one of"),
        (["tolls", "killed", "best"], ..., "tolls.killed.best: missing"),
        (["rejections", 0, "reason"], None, "rejections[0].reason: must be a string, not null"),
        (["text"], None, "text: must be a string, not null"),
        (["meta"], [], "meta: must be an object, not a list"),
        (["schema"], 2, "schema: 2 is newer than this library reads (1)"),
        (["schema"], 0, "schema: there is no schema 0"),
        (["schema"], "1", "schema: must be a whole number"),
    ],
)
def test_a_wrong_record_is_refused_by_its_path(path: list[str | int], value: Any, message: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        report_from_dict(put(report_to_dict(full_report()), path, value))


@pytest.mark.parametrize("line", ["", "{", "nonsense", "[" * 200_000])
def test_a_line_that_is_no_json_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        report_from_json(line)


@pytest.mark.parametrize("line", ["[]", "1", "null"])
def test_a_line_that_is_no_record_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="record: must be an object"):
        report_from_json(line)


def test_keys_of_later_libraries_are_ignored() -> None:
    record = report_to_dict(full_report())
    record["new"] = record["claims"][0]["new"] = record["claims"][0]["count"]["new"] = {"x": 1}
    assert report_from_dict(record) == full_report()


def test_rows_hold_every_column() -> None:
    whole, part = claim_rows(full_report())
    assert tuple(whole) == tuple(part) == COLUMNS
    assert (whole["value"], whole["low"], whole["high"]) == (48, 48, None)
    assert whole["chain"] == "Al-Watan newspaper > a military source"
    assert (whole["claimant"], whole["claimant_type"]) == ("a military source", "military")
    assert (whole["disputed_by"], whole["doubts"], whole["part_of"]) == ("The army", "episode_uncertain", None)
    assert part["chain"] == part["claimant"] == "police & the governor"
    assert part["claimant_type"] == "unnamed & government"
    assert (part["victims"], part["attributes"], part["part_of"]) == ("the dead", "child", whole["id"])


def test_frame_has_stable_columns_and_dtypes() -> None:
    pytest.importorskip("pandas")
    frame, empty = report_to_frame(full_report()), report_to_frame(Report("nothing"))
    assert tuple(frame.columns) == tuple(empty.columns) == COLUMNS
    assert frame.dtypes.equals(empty.dtypes)
    assert (len(frame), len(empty)) == (2, 0)
    assert [str(frame[name].dtype) for name in ("value", "low", "high", "start", "implicit")] == [
        "Int64", "Int64", "Int64", "int64", "bool",
    ]  # fmt: skip
    assert frame["high"].isna().tolist() == [True, False]
    assert frame["part_of"].isna().tolist() == [True, False]


def test_frame_takes_odd_text() -> None:
    pytest.importorskip("pandas")
    text = "7\ud800\x00"
    odd = replace(claim(text, "7"), place=Span("\ud800\x00", 1, 3))
    assert report_to_frame(Report(text, (odd,)))["place"][0] == "\ud800\x00"


def test_frame_without_pandas_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"casualty-extract\[pandas\]"):
        report_to_frame(Report(""))


def test_table() -> None:
    head, first, second = format_table(full_report()).splitlines()
    assert " ".join(head.split()) == "count bounds harm victims who says so status scope"
    assert first.startswith("At least 48  48..")
    assert "police & the governor" in second
    assert format_table(Report("nothing")) == "no casualty claims"


def test_table_is_at_most_100_wide_and_prints_nothing_odd() -> None:
    text = "at least\n5\x1b[31m " + "x" * 200
    link = replace(full_report().claims[0].attribution[0], name="n" * 300)
    wide = claim(
        text, text, count=(5, 5, None, "at_least"), attribution=(link,), status="hypothetical", scope="cumulative"
    )
    lines = format_table(Report(text, (wide,))).splitlines()
    assert len(lines) == 2
    assert max(map(len, lines)) <= 100
    assert "at least 5?[31m" in lines[1]
    assert "..." in lines[1]
    assert "hypothetical  cumulative" in lines[1]


def test_record_is_json_for_others() -> None:
    report = Report("5%", rejections=(Rejection("5%", 0, 2, "percent"),))
    assert json.loads(report_to_json(report)) == report_to_dict(report)
