"""The command ``casualty-extract``. The pipeline is replaced: what it finds is tested elsewhere."""

from __future__ import annotations

import csv
import fcntl
import io
import json
import os
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from reports import full_report

import casualty_extract
from casualty_extract.__main__ import main
from casualty_extract.model import Span
from casualty_extract.output import COLUMNS
from casualty_extract.report import Report
from casualty_extract.writers import CsvWriter

Calls = list[tuple[str, str, Mapping[str, Any] | None]]


@pytest.fixture(autouse=True)
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """What ``pipe`` was given; it answers with the report built by hand."""
    made: Calls = []

    def pipe(pairs: Iterable[tuple[str, str]], *, pipeline: str = "rules", **options: Any) -> Iterator[Any]:
        for done, (text, file) in enumerate(pairs, 1):
            made.append((text, pipeline, options["meta"](file)))
            options["progress"](done)
            yield replace(full_report(), meta=options["meta"](file)), file

    monkeypatch.setattr(casualty_extract, "pipe", pipe)
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
        ["--format", "xml"], ["--pipeline", "none"], ["--what"], ["--explain", "--format", "jsonl"],
        ["--explain", "--format", "csv"], ["--implicit"], ["--processes", "0"], ["--processes", "two"],
        ["--format", "brat"], ["--format", "labelstudio", "--explain"],
    ],
)  # fmt: skip
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
    def pipe(_: object, **options: object) -> Iterator[Any]:
        raise OSError(f"[E050] no model for {options['pipeline']!r}")

    monkeypatch.setattr(casualty_extract, "pipe", pipe)
    give(monkeypatch, b"x")
    assert main(["--pipeline", "spacy"]) == 1
    assert capsys.readouterr().err == "casualty-extract: pipeline spacy: [E050] no model for 'spacy'\n"


def test_a_terminal_without_unicode_gets_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(casualty_extract, "pipe", lambda *_, **__: (pair for pair in [(named("é"), "-")]))
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
        "c.pipe = lambda texts, **k: ((full_report(), file) for _, file in texts); c.__version__ = '0'\n"
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


# --- tables and files ------------------------------------------------------------------------------------------------


def real(arguments: list[str], folder: Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, with the real pipeline."""
    environment = {**os.environ, "PYTHONPATH": str(Path(casualty_extract.__file__ or "").parents[1])}
    return subprocess.run(
        [sys.executable, "-m", "casualty_extract", *arguments], cwd=folder, env=environment, check=False, timeout=120,
        stdin=subprocess.DEVNULL, **options,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "=a.txt").write_text("At least 12 soldiers were killed, =police said. Omar was killed.")
    (tmp_path / "b.txt").write_text("Nothing happened.")
    (tmp_path / "c.txt").write_text("Nine people died\nand 3 were wounded.")
    return tmp_path


def test_csv_is_one_row_a_claim(folder: Path) -> None:
    files = ["=a.txt", "b.txt", "gone.txt", "c.txt"]
    done = real(["--format", "csv", *files, "--processes", "2"], folder, capture_output=True)
    assert done.returncode == 1
    assert done.stderr == b"casualty-extract: gone.txt: No such file or directory\n"
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode(), newline="")))
    assert list(rows[0]) == ["doc_id", *COLUMNS]
    assert [(row["doc_id"], row["low"], row["high"], row["implicit"]) for row in rows] == [
        ("'=a.txt", "12", "", "false"), ("c.txt", "9", "9", "false"), ("c.txt", "3", "3", "false"),
    ]  # fmt: skip
    asked = real(["--format", "csv", "--implicit", "=a.txt"], folder, capture_output=True).stdout
    assert len(list(csv.DictReader(io.StringIO(asked.decode(), newline="")))) == 2


def test_csv_takes_any_text() -> None:
    text = "7\ud800\x00"
    odd = replace(full_report(), claims=(replace(full_report().claims[0], text=text, place=Span("=1+1", 0, 4)),))
    stream = io.StringIO(newline="")
    CsvWriter(stream, True).write([odd])
    (row,) = csv.DictReader(io.StringIO(stream.getvalue(), newline=""))
    assert (row["text"], row["place"], row["increment"], row["high"]) == ("7\ufffd\ufffd", "'=1+1", "false", "")


@pytest.mark.parametrize("where", ["file", "pipe"])
def test_parquet(folder: Path, where: str) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    arguments = ["--format", "parquet", "=a.txt", "c.txt"]
    if where == "file":
        assert real([*arguments, "--output", "claims.parquet"], folder).returncode == 0
    else:
        done = real(arguments, folder, capture_output=True)
        (folder / "claims.parquet").write_bytes(done.stdout)
    rows = parquet.read_table(folder / "claims.parquet").to_pylist()
    assert [(row["doc_id"], row["count"]["low"]) for row in rows] == [("=a.txt", 12), ("c.txt", 9), ("c.txt", 3)]


def test_output_is_the_same_in_a_file(folder: Path) -> None:
    for name in ("table", "jsonl", "csv"):
        arguments = ["--format", name, "=a.txt", "c.txt"]
        printed = real(arguments, folder, capture_output=True).stdout
        assert real([*arguments, "--output", "out"], folder).returncode == 0
        assert (folder / "out").read_bytes() == printed != b""


def test_output_that_cannot_be_written_is_told(folder: Path) -> None:
    done = real(["--output", "no/such/file", "c.txt"], folder, capture_output=True)
    assert (done.returncode, done.stderr) == (1, b"casualty-extract: no/such/file: No such file or directory\n")
    own = real(["--output", "./c.txt", "c.txt"], folder, capture_output=True)
    assert own.returncode == 2
    assert b"is one of the texts" in own.stderr
    assert (folder / "c.txt").read_text().startswith("Nine")


def shown(terminal: int) -> bytes:
    """All that was written to a terminal since."""
    found = b""
    while select.select([terminal], [], [], 0.2)[0]:
        found += os.read(terminal, 10_000)
    return found


def test_parquet_is_not_for_a_terminal_and_many_files_have_a_bar(folder: Path) -> None:
    """A real terminal: a pair of pseudo-terminals."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    assert real(["--format", "parquet", "c.txt"], folder, stdout=theirs, stderr=theirs).returncode == 2
    assert b"not for a terminal" in shown(ours)
    assert real(["--format", "csv", "=a.txt", "c.txt"], folder, stdout=subprocess.PIPE, stderr=theirs).returncode == 0
    assert b"2/2" in shown(ours)
    assert real(["--format", "csv", "c.txt"], folder, stdout=subprocess.PIPE, stderr=theirs).returncode == 0
    assert real(["=a.txt", "c.txt"], folder, stdout=theirs, stderr=theirs).returncode == 0
    assert b"/2" not in shown(ours)
