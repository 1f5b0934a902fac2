"""Spark and Ray, started here for it: each recipe of ``examples/`` from a folder of JSON lines to a claims table."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import casualty_extract
from casualty_extract import extract_all

ROOT = Path(casualty_extract.__file__).parents[1]
TEXTS = [
    "At least 12 soldiers were killed and 30 people wounded, police told AFP.",
    "Nothing happened.",
    "Omar was killed. Dozens of rebels died, AFP reported.",
    "Nine people died, \u201cmost of them \U0001f4a5 children\u201d, the ministry said.",
]
JAVA = shutil.which("java", path=os.path.join(os.environ.get("JAVA_HOME", ""), "bin")) or shutil.which("java")

pytestmark = pytest.mark.engines


def java_version() -> int:
    """The version of the Java that Spark would run on; 0: there is none."""
    if JAVA is None:
        return 0
    told = subprocess.run([JAVA, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files of JSON lines, forty texts and one that is missing."""
    (tmp_path / "texts").mkdir()
    rows: list[dict[str, Any]] = [{"id": f"t{i}", "text": TEXTS[i % len(TEXTS)]} for i in range(40)]
    rows.append({"id": "gone", "text": None})
    for i in range(3):
        lines = "".join(json.dumps(row) + "\n" for row in rows[i::3])
        (tmp_path / "texts" / f"{i}.jsonl").write_text(lines)
    return tmp_path


def run(recipe: str, folder: Path) -> str:
    """What a recipe printed. Its engine is ended with it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable}
    done = subprocess.run(
        [sys.executable, str(ROOT / "examples" / recipe), str(folder / "texts"), str(folder / "claims")],
        env=environment, cwd=folder, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def check(folder: Path) -> None:
    """The claims of the table are those of the library, under the schema that it publishes."""
    parquet = pytest.importorskip("pyarrow.parquet")
    from casualty_extract.integrations.arrow import CLAIM_SCHEMA, claims_batch

    table = parquet.read_table(folder / "claims")
    assert table.schema.names == ["doc_id", *CLAIM_SCHEMA.names]
    assert table.num_rows == 40
    expected = claims_batch(extract_all(TEXTS)).to_pylist()
    per_text = [2, 0, 1, 1]
    for i in range(4):
        first = sum(per_text[:i])
        wanted = [{**row, "doc_id": f"t{i}"} for row in expected[first : first + per_text[i]]]
        found = [row for row in table.to_pylist() if row["doc_id"] == f"t{i}"]
        assert sorted(found, key=lambda row: row["start"]) == wanted


def test_spark(folder: Path) -> None:
    if find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed")
    if java_version() < 17:
        pytest.skip(f"Spark needs Java 17 or later; there is {java_version() or 'none'}")
    assert re.search(r"killed\| +30\|", run("spark_claims.py", folder))
    check(folder)


def test_ray(folder: Path) -> None:
    if find_spec("ray") is None:
        pytest.skip("ray is not installed")
    assert "40 claims" in run("ray_claims.py", folder)
    check(folder)


def test_duckdb_reads_what_an_engine_wrote(folder: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    from casualty_extract.integrations.arrow import write_parquet

    (folder / "claims").mkdir()
    for i in range(2):
        write_parquet(extract_all(TEXTS), folder / "claims" / f"{i}.parquet")
    query = f"""select harm, sum("count".low)::int from '{folder}/claims/*.parquet' group by harm order by harm"""
    assert duckdb.sql(query).fetchall() == [("killed", 90), ("wounded", 60)]
