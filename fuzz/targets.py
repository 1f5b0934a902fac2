"""What is fuzzed: each target takes bytes, makes of them what it tests, and raises where a promise is broken.

``fuzz/run.py`` drives them by coverage; ``tests/test_fuzz.py`` tries the seeds and everything that was ever found.
"""

from __future__ import annotations

import copy
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent
for folder in (ROOT.parent, ROOT.parent / "tests"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from soundness import check  # noqa: E402

import casualty_extract  # noqa: E402
from casualty_extract.report import Report  # noqa: E402
from casualty_extract.rules import RuleError  # noqa: E402

PIECES = tuple((ROOT / "pieces.txt").read_text(encoding="utf-8").splitlines())
JOINTS = (" ", "", ", ", ". ", "\n", "\n\n", "\r\n", " “", "” ", ' "', '" ', "-", "\u200b", "\u00a0", " and ", "; ")
VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 1, 10**30, 1.5, float("nan"), "", "x", "killed", "\ud800", [], [None], {}, {"x": 1}, [[]],
)  # fmt: skip
TEXT = "At least 12 civilians were killed, said the Observatory. The army denied it: 3 of the dead were soldiers."


def try_text(data: bytes) -> None:
    """A text, as it is or put together from words of the trade: the report must be sound."""
    check(make_text(data))


def make_text(data: bytes) -> str:
    """The first byte chooses: pieces by number with what joins them, or the rest as UTF-8, UTF-16 or Latin-1."""
    way, rest = data[0] % 8 if data else 0, data[1:]
    if way < 5:
        return "".join(
            PIECES[int.from_bytes(rest[i : i + 2]) % len(PIECES)] + JOINTS[rest[i + 2] % len(JOINTS)]
            for i in range(0, len(rest) - 2, 3)
        )
    if way == 5:
        return rest.decode("latin-1")
    if way == 6:
        return rest[: len(rest) // 2 * 2].decode("utf-16-le", "surrogatepass")
    return rest.decode("utf-8", "surrogateescape")


def try_lexicon(data: bytes) -> None:
    """A user's lexicon: it is read, or refused with one line that names the file; what was read is used."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "own.toml"
        file.write_bytes(data)
        try:
            pipeline = casualty_extract.load_pipeline(lexicon=file)
        except RuleError as error:
            _check_refusal(error, "own.toml:")
            return
    pipeline.extract(TEXT)


def _check_refusal(error: ValueError, start: str = "") -> None:
    """One line that says where."""
    assert str(error).startswith(start)
    assert str(error).isprintable()


def try_record(data: bytes) -> None:
    """A line of JSON: a report comes of it that gives the same line again, or ValueError of one line."""
    try:
        report = Report.from_json(data.decode("utf-8", "surrogateescape"))
    except ValueError as error:
        _check_refusal(error)
        return
    assert Report.from_json(report.to_json()) == report


def try_changed_record(data: bytes) -> None:
    """A sound record with values changed: it is refused with the path, or the report that comes of it is sound."""
    record = casualty_extract.extract(TEXT).to_dict()
    for i in range(0, len(data) - 2, 3):
        _change(record, data[i], data[i + 1], copy.deepcopy(VALUES[data[i + 2] % len(VALUES)]))
    try:
        report = Report.from_dict(record)
    except ValueError as error:
        _check_refusal(error)
        return
    assert Report.from_json(report.to_json()) == report
    assert json.loads(report.to_json())


def _change(record: Any, way: int, key: int, value: Any) -> None:
    """Goes down into a record by the bits of a byte and puts a value at a key there."""
    at = record
    while way and isinstance(at, dict | list) and at:
        inner = list(at.values()) if isinstance(at, dict) else at
        if not isinstance(inner[way % len(inner)], dict | list):
            break
        at, way = inner[way % len(inner)], way // 3
    if isinstance(at, dict) and at:
        at[list(at)[key % len(at)]] = value
    elif isinstance(at, list) and at:
        at[key % len(at)] = value


TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": try_text,
    "lexicon": try_lexicon,
    "record": try_record,
    "changed_record": try_changed_record,
}
