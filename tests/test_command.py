"""The command ``casualty-extract``. The pipeline is replaced: what it finds is tested elsewhere."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from reports import full_report

import casualty_extract
from casualty_extract.__main__ import main
from casualty_extract.report import Report

Calls = list[tuple[str, str, Mapping[str, Any] | None]]


@pytest.fixture(autouse=True)
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """What ``extract`` was called with; it answers with the report built by hand."""
    made: Calls = []

    def extract(text: str, *, pipeline: str = "rules", meta: Mapping[str, Any] | None = None) -> Report:
        made.append((text, pipeline, meta))
        return replace(full_report(), meta=dict(meta or {}))

    monkeypatch.setattr(casualty_extract, "extract", extract, raising=False)
    monkeypatch.setattr(casualty_extract, "__version__", "9.8.7", raising=False)
    return made


def give(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_table_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str], calls: Calls) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("\ufeffÉ\r\n".encode())
    assert main([str(file)]) == 0
    out, err = capsys.readouterr()
    assert calls == [("É\r\n", "rules", {"id": str(file)})]
    assert out.startswith("count        bounds")
    assert len(out.splitlines()) == 3
    assert err == ""


def test_jsonl_is_one_line_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for file in files:
        file.write_text("x")
    assert main(["--format", "jsonl", *map(str, files)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["meta"]["id"] for line in lines] == [str(file) for file in files]


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_standard_input(arguments: list[str], monkeypatch: pytest.MonkeyPatch, calls: Calls) -> None:
    give(monkeypatch, b"some text")
    assert main(["--pipeline", "spacy", *arguments]) == 0
    assert calls == [("some text", "spacy", {"id": "-"})]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("gone.txt", None, "No such file or directory"),
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \r\n", "empty"),
        ("latin.txt", b"caf\xe9", "not UTF-8 (byte 3)"),
        (".", None, "Is a directory"),
        ("nul\0.txt", None, "embedded null byte"),
    ],
)
def test_a_bad_file_is_told_and_the_others_are_done(
    name: str, data: bytes | None, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], calls: Calls
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    good = tmp_path / "good.txt"
    good.write_text("x")
    bad = f"{tmp_path}/{name}"
    assert main([bad, str(good), bad]) == 1
    out, err = capsys.readouterr()
    assert [meta for _, _, meta in calls] == [{"id": str(good)}]
    assert "At least 48" in out
    assert err.splitlines() == [f"casualty-extract: {bad}: {why}".replace("\0", "?")] * 2


def test_empty_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    give(monkeypatch, b"")
    assert main([]) == 1
    assert capsys.readouterr() == ("", "casualty-extract: standard input: empty\n")


def test_several_files_have_titles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in "ab":
        (tmp_path / name).write_text("x")
    assert main([f"{tmp_path}/a", f"{tmp_path}/b"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [lines[0], lines[4], lines[5]] == [f"{tmp_path}/a", "", f"{tmp_path}/b"]


def test_explain_prints_rules(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    give(monkeypatch, b"x")
    assert main(["--explain"]) == 0
    out = capsys.readouterr().out
    report = full_report()
    assert all(str(report.explain(claim)) in out for claim in report.claims)
    assert "rule kill: " in out
    assert out.endswith(f"no claim:\n{report.why_not()}\n")
    assert "a share in percent: 3%" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "xml"],
        ["--pipeline", "none"],
        ["--what"],
        ["--explain", "--format", "jsonl"],
        ["--format", "brat"],
        ["--out", "x"],
        ["--format", "labelstudio", "--explain"],
    ],
)
def test_wrong_usage_gives_2(arguments: list[str], capsys: pytest.CaptureFixture[str], calls: Calls) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "usage: casualty-extract" in capsys.readouterr().err
    assert not calls


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for argument, words in (("--version", "casualty-extract 9.8.7"), ("--help", "--pipeline {rules,spacy}")):
        with pytest.raises(SystemExit) as end:
            main([argument])
        assert end.value.code == 0
        assert words in capsys.readouterr().out


def test_a_missing_pipeline_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def extract(text: str, **options: object) -> Report:
        raise OSError(f"[E050] no model for {text!r}, {len(options)} options")

    monkeypatch.setattr(casualty_extract, "extract", extract)
    give(monkeypatch, b"x")
    assert main(["--pipeline", "spacy"]) == 1
    assert capsys.readouterr().err == "casualty-extract: pipeline spacy: [E050] no model for 'x', 2 options\n"


def test_a_terminal_without_unicode_gets_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(casualty_extract, "extract", lambda *_, **__: named("é"))
    give(monkeypatch, b"x")
    assert main([]) == 0
    screen.flush()
    written = screen.buffer
    assert isinstance(written, io.BytesIO)
    assert rb"\xe9" in written.getvalue()


def named(name: str) -> Report:
    report = full_report()
    first = report.claims[0]
    return replace(report, claims=(replace(first, attribution=(replace(first.attribution[0], name=name),)),))


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    code = (
        "import sys, casualty_extract as c; from reports import full_report\n"
        "c.extract = lambda *a, **k: full_report(); c.__version__ = '0'\n"
        "from casualty_extract.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    file = tmp_path / "a.txt"
    file.write_text("x")
    paths = os.pathsep.join([str(Path(casualty_extract.__file__ or "").parents[1]), str(Path(__file__).parent)])
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", code, "--format", "jsonl", *[str(file)] * 50],
        stdout=write, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": paths}, timeout=60, check=False,
    )  # fmt: skip
    os.close(write)
    assert (done.stderr, done.returncode) == (b"", 141)


def test_annotation_tools_get_all_files_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(tmp_path / name) for name in "ab"]
    for file in files:
        Path(file).write_text("x")
    assert main(["--format", "labelstudio", *files]) == 0
    assert [task["data"]["id"] for task in json.loads(capsys.readouterr().out)] == files
    assert main(["--format", "labelstudio", "--out", str(tmp_path / "tasks.json"), *files]) == 0
    assert len(json.loads((tmp_path / "tasks.json").read_text())) == 2
    assert (tmp_path / "tasks.xml").read_text().startswith("<View>")
    assert main(["--format", "brat", "--out", str(tmp_path / "corpus"), *files]) == 0
    assert len([*(tmp_path / "corpus").glob("*.ann")]) == 2
    assert capsys.readouterr() == ("", "")
    assert main(["--format", "brat", "--out", str(tmp_path / "corpus"), files[0], files[0]]) == 1
    assert "two texts have the id" in capsys.readouterr().err
