"""Frames of pandas and polars: claims out of one report, of many, and out of a column of texts."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import pytest
from reports import full_report

import casualty_extract
from casualty_extract import Report, Span, Unread, claims_frame, extract, extract_frame, pipe
from casualty_extract.output import CLOSED_COLUMNS, COLUMNS

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")

TEXTS = [
    "At least 12 soldiers were killed and 30 people wounded, police said.",
    None,
    "Nothing happened.",
    "Omar was killed. Dozens of rebels died, AFP reported.",
]
LOWS = [12, 30, 24]
PLACES = [0, 0, 3]


def full_odd_report() -> Report:
    report = full_report()
    return replace(report, claims=(replace(report.claims[0], place=Span("\ud800", 0, 1)), *report.claims[1:]))


def test_columns_and_dtypes_do_not_hang_on_the_claims() -> None:
    for report in (full_report(), Report("nothing"), extract(str(TEXTS[0]))):
        frame, other = report.to_frame(), report.to_polars()
        assert tuple(frame.columns) == tuple(other.columns) == COLUMNS
        assert frame.dtypes.equals(full_report().to_frame().dtypes)
        assert other.schema == full_report().to_polars().schema
        assert len(frame) == len(other) == len(report)


def test_closed_fields_are_categories_over_all_their_values() -> None:
    frame, other = full_report().to_frame(), full_report().to_polars()
    assert set(CLOSED_COLUMNS) == {"harm", "category", "status", "scope", "modifier", "unit"}
    for name, values in CLOSED_COLUMNS.items():
        assert tuple(frame[name].cat.categories) == values
        assert other.schema[name] == polars.Enum(list(values))
    assert (frame["harm"] == "killed").all()
    dtypes = [str(other.schema[name]) for name in ("value", "start", "implicit", "text")]
    assert dtypes == ["Int64", "Int64", "Boolean", "String"]


def test_both_libraries_hold_the_same() -> None:
    frame, other = full_report().to_frame(), full_report().to_polars()
    for name in COLUMNS:
        values = [None if pandas.isna(value) else value for value in frame[name].tolist()]
        assert values == other[name].to_list(), name


def test_polars_gets_no_lone_surrogate() -> None:
    assert full_odd_report().to_frame()["place"][0] == "\ud800"
    assert full_odd_report().to_polars()["place"][0] == "\ufffd"


def test_implicit_claims_stay_in_a_report_and_out_of_tables() -> None:
    report = extract(str(TEXTS[3]))
    assert [claim.implicit for claim in report.claims] == [True, False]
    assert len(report.to_frame()) == len(report.to_polars()) == 2
    assert len(report.to_frame(implicit=False)) == len(report.to_polars(implicit=False)) == 1
    assert (len(claims_frame([report])), len(claims_frame([report], implicit=True))) == (1, 2)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_many_reports(library: str) -> None:
    reports = list(pipe(((text, {"id": i, "date": "2024-05-04"}) for i, text in enumerate(TEXTS)), as_tuples=True,
                        meta=dict, errors="report"))  # fmt: skip
    frame = claims_frame([report for report, _ in reports], keys=["id", "date", "place"], library=library)
    assert list(frame.columns) == ["report", "doc_id", "date", "doc_place", *COLUMNS]
    assert frame["report"].to_list() == PLACES
    assert frame["doc_id"].to_list() == ["0", "0", "3"]
    assert frame["date"].to_list() == ["2024-05-04"] * 3
    assert frame["low"].to_list() == LOWS
    assert type(frame).__module__.startswith(library)
    none = claims_frame([], keys=["id", "date", "place"], library=library)
    assert list(none.columns) == list(frame.columns)
    assert [str(kind) for kind in none.dtypes] == [str(kind) for kind in frame.dtypes]


def test_one_report_and_what_is_none() -> None:
    assert claims_frame(full_report())["doc_id"].tolist() == ["a", "a"]
    assert len(claims_frame([Unread(0, "why", "TypeError")])) == 0
    with pytest.raises(TypeError, match="item 1 must be a Report, not dict"):
        claims_frame([full_report(), {}])
    with pytest.raises(ValueError, match="library must be one of pandas, polars; not 'dask'"):
        claims_frame([], library="dask")


@pytest.mark.parametrize("missing", [None, float("nan"), pandas.NA, pandas.NaT])
@pytest.mark.parametrize("dtype", [object, "string", "str"])
def test_a_pandas_frame_of_texts(missing: Any, dtype: Any) -> None:
    texts = pandas.Series([missing if text is None else text for text in TEXTS], dtype=object).astype(dtype)
    frame = pandas.DataFrame({"id": [7, 8, 9, 10], "article": texts, "day": pandas.to_datetime(["2024-05-04"] * 4)})
    frame.index = pandas.Index(["a", "b", "b", "c"], name="key")
    claims = extract_frame(frame, "article", keys=["id", "day"])
    assert list(claims.columns) == ["report", "doc_id", "day", *COLUMNS]
    assert claims["report"].tolist() == PLACES
    assert claims["doc_id"].tolist() == [7, 7, 10]
    assert claims["low"].tolist() == LOWS
    assert (claims["day"].dtype, claims["doc_id"].dtype) == (frame["day"].dtype, frame["id"].dtype)
    assert (claims.index.tolist(), claims.index.name) == (["a", "a", "c"], "key")
    assert len(extract_frame(frame, "article", implicit=True)) == 4


def test_a_polars_frame_of_texts() -> None:
    frame = polars.DataFrame({"id": [7, 8, 9, 10], "text": TEXTS, "tags": [["x"], [], None, ["y", "z"]]})
    claims = extract_frame(frame, keys=["id", "tags"])
    assert claims.columns == ["report", "doc_id", "tags", *COLUMNS]
    assert claims["report"].to_list() == PLACES
    assert claims["doc_id"].to_list() == [7, 7, 10]
    assert claims["tags"].to_list() == [["x"], ["x"], ["y", "z"]]
    assert claims["low"].to_list() == LOWS
    coded = frame.with_columns(polars.col("text").cast(polars.Categorical))
    assert extract_frame(coded, keys="id").equals(extract_frame(frame, keys="id"))


def test_a_frame_without_texts_or_claims_has_the_columns() -> None:
    for texts in ([], [None, None], ["Nothing."]):
        plain = {"id": pandas.Series([1] * len(texts), dtype="int64"), "text": pandas.Series(texts, dtype="str")}
        mine = extract_frame(pandas.DataFrame(plain), keys="id")
        yours = extract_frame(polars.DataFrame({"id": [1] * len(texts), "text": texts}), keys="id")
        assert list(mine.columns) == yours.columns == ["report", "doc_id", *COLUMNS]
        assert len(mine) == len(yours) == 0
        assert str(mine["doc_id"].dtype) == "int64"
        assert str(mine["low"].dtype) == "Int64"


def test_options_reach_the_stream() -> None:
    done: list[int] = []
    frame = pandas.DataFrame({"text": TEXTS[:1] * 3})
    claims = extract_frame(frame, n_process=2, batch_size=1, progress=done.append, vague={"dozens": 12})
    assert (len(claims), done) == (6, [1, 2, 3])


@pytest.mark.parametrize(
    ("frame", "options", "error", "message"),
    [
        (pandas.DataFrame({"a": [1]}), {}, ValueError, "no column is called 'text'; the frame has 'a'"),
        (polars.DataFrame({"text": ["x"]}), {"keys": "id"}, ValueError, "no column is called 'id'"),
        (pandas.DataFrame([["x", "y"]], columns=["text", "text"]), {}, ValueError, "2 columns are called 'text'"),
        (pandas.DataFrame({"text": ["x", 3.5]}), {}, TypeError, "row 1: column 'text' must hold str, not float"),
        (polars.DataFrame({"text": [1]}), {}, TypeError, "row 0: column 'text' must hold str, not int"),
        (polars.DataFrame({"text": ["x"]}).lazy(), {}, TypeError, "not polars.LazyFrame"),
        ([1], {}, TypeError, "frame must be a DataFrame of pandas or polars, not builtins.list"),
        (pandas.DataFrame({"text": ["x"]}), {"keys": ["id", "doc_id"]}, ValueError, "no column is called 'id'"),
        (
            pandas.DataFrame({"text": ["x"], "id": [1], "doc_id": [2]}), {"keys": ["id", "doc_id"]}, ValueError,
            "two keys would be called 'doc_id'; rename one",
        ),
        (pandas.DataFrame({"text": ["x"]}), {"speed": 3}, TypeError, "speed"),
    ],
)  # fmt: skip
def test_a_wrong_frame_is_refused(frame: Any, options: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        extract_frame(frame, **options)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_missing_library_names_its_extra(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError, match=rf"casualty-extract\[{library}\]"):
        claims_frame([full_report()], library=library)
    with pytest.raises(ImportError, match=rf"casualty-extract\[{library}\]"):
        full_report().to_frame() if library == "pandas" else full_report().to_polars()


def test_the_front_door_loads_no_frame_library() -> None:
    assert {"claims_frame", "extract_frame"} <= set(casualty_extract.__all__)
