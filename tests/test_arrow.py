"""Arrow in and out: one published schema, and Parquet through it."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from reports import full_report

from casualty_extract import Report, Unread, extract, pipe
from casualty_extract.output import claims_to_dicts

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")
arrow = pytest.importorskip("casualty_extract.integrations.arrow")

TEXTS = [
    "At least 12 soldiers were killed and 30 people wounded, police told AFP.",
    None,
    "Nothing happened.",
    "Omar was killed. Dozens of rebels died, AFP reported.",
]
FIELDS = (
    "id text start end count harm harm_cue victims attribution disputed_by perpetrator cause place time status "
    "status_cue scope increment episode relations implicit doubts rules"
)


def batch(kind: Any = None) -> Any:
    return pa.record_batch({"id": ["a", "b", "c", "d"], "n": [[1], [2, 3], None, []], "text": pa.array(TEXTS, kind)})


def test_the_schema_is_that_of_the_record() -> None:
    record = claims_to_dicts(full_report())[0]
    assert " ".join(arrow.CLAIM_SCHEMA.names) == " ".join(record) == FIELDS
    for name in ("count", "victims"):
        assert [field.name for field in arrow.CLAIM_SCHEMA.field(name).type] == list(record[name])
    source = arrow.CLAIM_SCHEMA.field("attribution").type.value_type
    assert [field.name for field in source] == list(record["attribution"][0])
    assert arrow.CLAIM_SCHEMA.metadata == {b"casualty_extract.schema": b"1"}


def test_a_batch_of_claims_holds_what_the_records_hold() -> None:
    reports = [full_report(), extract(TEXTS[0]), extract(TEXTS[3], meta={"id": 7, "tags": ["x"]}), Unread(3, "", "")]
    made = arrow.claims_batch(reports, implicit=True, keys=["id", "tags"])
    assert made.schema == arrow.meta_schema(["id", "tags"])
    rows = made.to_pylist()
    assert [(row.pop("doc_id"), row.pop("tags")) for row in rows] == [
        ("a", '["x", "y"]'), ("a", '["x", "y"]'), (None, None), (None, None), ("7", '["x"]'), ("7", '["x"]'),
    ]  # fmt: skip
    claims = [claim for report in reports[:3] for claim in claims_to_dicts(report)]
    assert all({pair["part"] for pair in row.pop("rules")} >= {"count"} for row in rows)
    assert rows == [{key: value for key, value in claim.items() if key != "rules"} for claim in claims]


def test_rules_are_pairs() -> None:
    _, part = arrow.claims_batch([full_report()]).to_pylist()
    assert part["rules"] == [
        {"part": "count", "rule": "digits"}, {"part": "attribution", "rule": "said"},
        {"part": "attribution", "rule": "said"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())], ids=str
)
def test_texts_to_claims(kind: Any) -> None:
    given = batch(kind)
    claims = arrow.extract_batch(given, keys=["id", "n"])
    assert isinstance(claims, pa.RecordBatch)
    assert claims.schema == arrow.ClaimReader(keys=["id", "n"]).schema(given.schema)
    assert claims.schema.names[:3] == ["doc_id", "n", "id"]
    assert claims["doc_id"].to_pylist() == ["a", "a", "d"]
    assert claims["n"].to_pylist() == [[1], [1], []]
    assert [count["low"] for count in claims["count"].to_pylist()] == [12, 30, 24]
    assert arrow.extract_batch(given, implicit=True).num_rows == 4
    claims.validate(full=True)


def test_a_table_gives_a_table_and_nothing_gives_no_rows() -> None:
    table = pa.Table.from_batches([batch(), batch()])
    claims = arrow.extract_batch(table, keys="id")
    assert isinstance(claims, pa.Table)
    assert claims["doc_id"].to_pylist() == ["a", "a", "d"] * 2
    assert arrow.extract_batch(batch().slice(0, 0), keys="id").schema == claims.schema


def test_a_reader_can_be_sent_with_its_settings() -> None:
    reader = arrow.ClaimReader(vague={"dozens": 12}, keys="id")
    first = reader(batch())
    again = pickle.loads(pickle.dumps(reader))
    assert again(batch()).equals(first)
    assert len(pickle.dumps(reader)) < 1000
    assert first["count"].to_pylist()[-1]["low"] == 12


def test_lone_surrogates_keep_their_place() -> None:
    report = extract("\ud800 Nine people died \ud83d\ude00, \udfff police said.", meta={"id": "\udcff"})
    row = arrow.claims_batch([report, full_report()]).to_pylist()[0]
    assert row["doc_id"] == "\ufffd"
    assert (row["count"]["text"], row["count"]["start"]) == ("Nine", 2)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"text": "body"}, ValueError, "no single column is called 'body'; there are 'id', 'n', 'text'"),
        ({"keys": "day"}, ValueError, "no single column is called 'day'"),
        ({"text": "n"}, TypeError, "column 'n' must hold strings, not list"),
        ({"pipeline": "magic"}, ValueError, "pipeline must be one of"),
        ({"speed": 1}, TypeError, "speed"),
    ],
)
def test_a_wrong_batch_is_refused(options: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        arrow.extract_batch(batch(), **options)


def test_parquet_in_slices(tmp_path: Path) -> None:
    reports = [extract(text) for text in (TEXTS[0], TEXTS[2], TEXTS[3]) * 3]
    assert arrow.write_parquet(iter(reports), tmp_path / "a.parquet", rows=2) == 9
    stored = parquet.read_table(tmp_path / "a.parquet")
    assert stored.equals(pa.Table.from_batches([arrow.claims_batch(reports)]))
    assert stored.schema.metadata[b"casualty_extract.schema"] == b"1"
    file = io.BytesIO()
    assert arrow.write_parquet([Report("")], file) == 0
    assert parquet.read_schema(io.BytesIO(file.getvalue())).names[0] == "doc_id"


def test_duckdb_reads_the_parquet(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    texts = ((text, {"id": name}) for text, name in zip(TEXTS[::3], "ab", strict=True))
    reports = (report for report, _ in pipe(texts, as_tuples=True, meta=dict))
    arrow.write_parquet(reports, tmp_path / "claims.parquet")
    query = f"""
        select doc_id, harm, sum("count".low)::int, list(victims.category), max(attribution[-1].name)
        from '{tmp_path}/claims.parquet' where status = 'asserted' group by doc_id, harm order by doc_id, harm"""
    assert duckdb.sql(query).fetchall() == [
        ("a", "killed", 12, ["military"], "police"),
        ("a", "wounded", 30, ["unspecified"], "police"),
        ("b", "killed", 24, ["armed_group"], "Agence France-Presse"),
    ]


def test_without_pyarrow_the_extra_is_named() -> None:
    code = "import sys; sys.modules['pyarrow'] = None; import casualty_extract.integrations.arrow"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert 'pip install "casualty-extract[arrow]"' in done.stderr
