"""The command ``casualty-extract``: texts in, claims out."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import casualty_extract
from casualty_extract.output import visible
from casualty_extract.progress import start_progress
from casualty_extract.report import Report
from casualty_extract.writers import (
    EXCHANGES,
    FORMATS,
    CsvWriter,
    ExchangeWriter,
    JsonWriter,
    ParquetWriter,
    TableWriter,
)

NAME = "casualty-extract"
BATCH = 8  # files that a worker gets together; articles are long


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command on the arguments, those of the process by default, and return its exit status.

    0: all read; 1: a file could not be read, is empty or is not UTF-8, the output could not be written, or the
    pipeline could not be loaded; 130: interrupted; 141: nobody reads the output. Wrong usage raises SystemExit(2),
    --help and --version SystemExit(0).
    """
    options = _parser().parse_args(argv)
    _check(options)
    try:
        status = _run(options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
        return 141
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=NAME, description="Print the casualty claims of news texts: how many, what harm, to whom, and who says so."
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="a text in UTF-8; - or none: standard input")
    parser.add_argument("--format", choices=FORMATS, default="table", help="default: table")
    parser.add_argument(
        "--output", "--out", metavar="PATH", help="a file, or brat's folder; default: standard output"
    )
    parser.add_argument("--implicit", action="store_true", help="in csv and parquet, claims without a number too")
    parser.add_argument("--processes", type=_processes, default=1, metavar="N", help="worker processes; default: 1")
    parser.add_argument("--pipeline", choices=("rules", "spacy"), default="rules", help="default: rules")
    parser.add_argument("--vague", metavar="CODEBOOK", help="how vague words are read: a codebook's name, or its file")
    parser.add_argument("--lexicon", metavar="FILE", help="words of your own, as TOML")
    parser.add_argument("--explain", action="store_true", help="print why each claim is one, and why numbers are none")
    parser.add_argument("--version", action="version", version=f"%(prog)s {casualty_extract.__version__}")
    return parser


def _processes(given: str) -> int:
    number = int(given)
    if number < 1:
        raise ValueError
    return number


def _check(options: argparse.Namespace) -> None:
    """Ends the process with status 2 where options do not go together."""
    if options.explain and options.format != "table":
        _parser().error("--explain goes with --format table; a line of jsonl holds the rules and rejections already")
    if options.format == "brat" and options.output is None:
        _parser().error("--format brat needs --output FOLDER")
    if options.implicit and options.format not in ("csv", "parquet"):
        _parser().error("--implicit goes with --format csv or parquet; table and jsonl hold every claim")
    if options.format == "parquet" and options.output is None and sys.stdout.isatty():
        _parser().error("--format parquet is not for a terminal; name a file with --output")
    if any(_is_one_file(file, options.output) for file in options.files if options.output is not None):
        _parser().error(f"--output {options.output} is one of the texts")


def _is_one_file(file: str, other: str) -> bool:
    try:
        return os.path.samefile(file, other)
    except (OSError, ValueError):  # one of them is not there, or no path
        return False


def _run(options: argparse.Namespace) -> int:
    files: list[str] = options.files or ["-"]
    own = {key: value for key in ("lexicon", "vague") if (value := getattr(options, key)) is not None}
    failed: list[str] = []
    bar = start_progress(_is_watched(options, files), len(files))
    try:
        reports = casualty_extract.pipe(
            _texts(files, failed), as_tuples=True, meta=_meta, n_process=options.processes, batch_size=BATCH,
            progress=lambda _: bar.update(1), pipeline=options.pipeline, **own,
        )  # fmt: skip
    except (ImportError, OSError, ValueError) as error:
        return _complain(" and ".join([f"pipeline {options.pipeline}", *own.values()]), error)
    try:
        with _opened(options) as stream:
            _writer(options, stream, len(files) > 1).write(report for report, _ in reports)
    except BrokenPipeError:
        raise
    except (ImportError, OSError, ValueError, casualty_extract.WorkerError) as error:
        return _complain(options.output or "standard output", error)
    finally:
        reports.close()
        bar.close()
    return 1 if failed else 0


def _is_watched(options: argparse.Namespace, files: Sequence[str]) -> bool:
    """Whether a bar is shown: many files, a terminal to show it on, and no tables in between."""
    return len(files) > 1 and sys.stderr.isatty() and (options.output is not None or not sys.stdout.isatty())


def _opened(options: argparse.Namespace) -> AbstractContextManager[Any]:
    """Where to write. What the terminal's encoding does not know becomes an escape, instead of an error."""
    if options.output is not None:
        if options.format in EXCHANGES:
            return nullcontext(None)  # several files
        if options.format == "parquet":
            return open(options.output, "wb")
        return open(options.output, "w", encoding="utf-8", errors="backslashreplace", newline="")
    if options.format == "parquet":
        return nullcontext(sys.stdout.buffer)
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
    return nullcontext(sys.stdout)


def _writer(options: argparse.Namespace, stream: Any, titled: bool) -> Any:
    if options.format == "jsonl":
        return JsonWriter(stream)
    if options.format == "csv":
        return CsvWriter(stream, options.implicit)
    if options.format == "parquet":
        return ParquetWriter(stream, options.implicit)
    if options.format in EXCHANGES:
        return ExchangeWriter(options.format, options.output, stream)
    explain = partial(_explanation, lexicon=options.lexicon) if options.explain else None
    return TableWriter(stream, titled, explain)


def _texts(files: Sequence[str], failed: list[str]) -> Iterator[tuple[str, str]]:
    """Each text with its file; a file that cannot be read is told and stands among the failed."""
    for file in files:
        try:
            yield _read(file), file
        except (OSError, ValueError) as error:
            _complain("standard input" if file == "-" else file, error)
            failed.append(file)


def _meta(file: str) -> dict[str, str]:
    return {"id": file}


def _read(file: str) -> str:
    """The text of a file, its line ends kept. Raises OSError or ValueError that says why there is none."""
    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 (byte {error.start})") from None
    if not text.strip():
        raise ValueError("empty")
    return text


def _complain(what: str, error: Exception) -> int:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    sys.stdout.flush()
    print(f"{NAME}: {visible(what)}: {visible(why)}", file=sys.stderr)
    return 1


def _explanation(report: Report, lexicon: str | None) -> Iterator[str]:
    """Why each claim is what it is, and why each number in no claim is none."""
    for claim in report.claims:
        yield ""
        yield str(report.explain(claim))
    left = report.why_not(lexicon=lexicon)
    if left.answers:
        yield ""
        yield "no claim:"
        yield str(left)


if __name__ == "__main__":
    sys.exit(main())
