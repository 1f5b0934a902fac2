"""The seeds of the fuzzer, and everything that it ever found, through its targets; what was found in words."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

import casualty_extract
from casualty_extract.report import Report

FUZZ = Path(__file__).parent.parent / "fuzz"
TARGETS = runpy.run_path(str(FUZZ / "targets.py"))["TARGETS"]
FILES = sorted(path for folder in ("seeds", "findings") for path in FUZZ.glob(f"{folder}/*/*"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_seed_or_finding_breaks_no_promise(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("data", [b"", b"\0", b"\xff" * 9, bytes(range(256))], ids=["none", "NUL", "ff", "all"])
def test_any_bytes_will_do(target: str, data: bytes) -> None:
    TARGETS[target](data)


@pytest.mark.parametrize("number", ["Infinity", "-Infinity", "1e999"])
def test_a_record_with_infinity_is_refused_by_its_key(number: str) -> None:
    line = Report("").to_json().replace('"meta": {}', f'"meta": {{"x": [{number}]}}')
    with pytest.raises(ValueError, match=r"^meta\.x\[0\] cannot be written as JSON: float -?inf$"):
        Report.from_json(line)


def test_what_holds_itself_is_refused() -> None:
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(ValueError, match=r"^meta\.x\[0\].*: nested too deeply, more than 100 times$"):
        casualty_extract.extract("Nine died.", meta={"x": loop})
