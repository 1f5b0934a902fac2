"""Every kind of flaw in a lexicon or codebook is refused with file, rule and reason; sizes and depths have limits."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import casualty_extract
from casualty_extract.report import Report

RULE = '[victims.dockhand]\ncategory = "civilian"\nforms = ["dockhand"]\n'
BODY = '[bodies.x]\nname = "X"\ntype = "media"\n'
# name, bytes of the file, what the one line must hold
LEXICONS = [
    ("misspelt key", RULE.replace("category", "catgory"), r"own\.toml:\d+: \[victims\.dockhand\]: .*'catgory'"),
    ("unknown value", RULE.replace("civilian", "civil"), r"own\.toml:\d+: \[victims\.dockhand\]: category .*'civil'"),
    ("form owned twice", RULE + RULE.replace("dockhand]", "porter]"), r"own\.toml:\d+: \[victims\.porter\].*dockhand"),
    ("wrong type", RULE.replace('["dockhand"]', "3"), r"own\.toml:\d+: \[victims\.dockhand\]: forms must be a list"),
    ("wrong type of a form", RULE.replace('"dockhand"', "3"), r"own\.toml:\d+: \[victims\.dockhand\]: .*3"),
    ("no forms", RULE.replace('"dockhand"', ""), r"own\.toml:\d+: \[victims\.dockhand\]: forms"),
    ("capitals", RULE.replace('"dockhand"', '"Dockhand"'), r"own\.toml:\d+: \[victims\.dockhand\]: .*'Dockhand'"),
    ("a form that cannot be seen", RULE.replace('"dockhand"', '"\\u200b"'), r"own\.toml:\d+: \[victims\.dockhand\]: "),
    ("unknown section", "[victim.x]\nforms = ['x']\n", r"own\.toml:\d+: \[victim\]: a section must be one of"),
    ("section without tables", "victims = 3\n", r"own\.toml:\d+: \[victims\]: is not a table"),
    ("country that is a number", f"{BODY}country = 3\n", r"own\.toml:\d+: \[bodies\.x\]: country"),
    ("no TOML", "[victims\n", r"own\.toml:1: "),
    ("a key twice", "a = 1\na = 2\n", r"own\.toml:\d+: "),
    ("not UTF-8", b"\xff\xfe", r"own\.toml: not UTF-8, at byte 0"),
    ("NUL", b"a = \x00", r"own\.toml:1: "),
    ("too deep", "a = " + "[" * 100_000, r"own\.toml: nested too deeply"),
    ("too long a number", "a = " + "9" * 10_000, r"own\.toml: "),
    ("too large", b"#" * 10_000_001, r"own\.toml: too large, more than 10,000,000 bytes"),
]  # fmt: skip


def refusal(give: Callable[[], object]) -> str:
    with pytest.raises(ValueError) as told:  # noqa: PT011  # the message is what the tests look at
        give()
    assert str(told.value).isprintable()
    assert len(str(told.value)) < 2000
    return str(told.value)


def put(folder: Path, data: str | bytes, name: str = "own.toml") -> Path:
    file = folder / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return file


@pytest.mark.parametrize(("data", "says"), [case[1:] for case in LEXICONS], ids=[case[0] for case in LEXICONS])
def test_a_wrong_lexicon_is_refused_with_file_rule_and_reason(data: str | bytes, says: str, tmp_path: Path) -> None:
    file = put(tmp_path, data)
    assert re.match(says, refusal(lambda: casualty_extract.load_pipeline(lexicon=file)))


@pytest.mark.parametrize("data", ["", "# nothing but a note\n", "\ufeff\n"])
def test_an_empty_lexicon_is_refused(data: str, tmp_path: Path) -> None:
    file = put(tmp_path, data)
    assert refusal(lambda: casualty_extract.load_pipeline(lexicon=file)) == "own.toml: empty: there is no rule in it"


@pytest.mark.parametrize("data", [b"", b"[codebook\n", b"\xff", b"a = " + b"[" * 100_000, b"a = " + b"9" * 10_000])
def test_a_wrong_codebook_is_refused_with_its_file(data: bytes, tmp_path: Path) -> None:
    from casualty_extract.codebooks import load_codebook

    file = put(tmp_path, data, "mine.toml")
    assert refusal(lambda: load_codebook(file)).startswith("mine.toml: ")


def test_no_more_of_a_file_is_read_than_its_limit() -> None:
    """A file without an end: 100 MB would be no more than this."""
    assert "too large" in refusal(lambda: casualty_extract.load_pipeline(lexicon=Path("/dev/zero")))


@pytest.mark.parametrize(
    "value", ["__import__('os').system('x')", "{0.__class__}", "!!python/object:os.system", "%s%n"]
)
def test_a_lexicon_cannot_run_code(value: str, tmp_path: Path) -> None:
    """Forms are data: they are matched as they stand and never run, formatted or compiled."""
    file = put(tmp_path, f'[bodies.x]\nname = """{value}"""\ntype = "media"\n')
    report = casualty_extract.extract(f"Nine people were killed, {value} said.", lexicon=file)
    assert report.claims[0].count.value == 9


@pytest.mark.parametrize("line", ["[" * 200_000, '{"a":' * 200_000, '{"schema": ' + "9" * 10_000 + "}", "\x00", ""])
def test_too_deep_or_broken_json_is_refused_with_one_line(line: str) -> None:
    assert refusal(lambda: Report.from_json(line))


def test_meta_too_deep_is_refused_with_its_key() -> None:
    deep: object = 1
    for _ in range(200):
        deep = [deep]
    assert refusal(lambda: casualty_extract.extract("x", meta={"a": deep})).startswith("meta.a[0]")
    line = Report("").to_json().replace('"meta": {}', f'"meta": {{"a": {"[" * 200 + "]" * 200}}}')
    assert refusal(lambda: Report.from_json(line)).startswith("meta.a[0]")
