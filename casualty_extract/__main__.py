"""The command ``casualty-extract``: texts in, claims out."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import casualty_extract
from casualty_extract.output import format_table, report_to_json, visible
from casualty_extract.report import Report

NAME = "casualty-extract"
EXCHANGES = ("labelstudio", "brat")  # formats of annotation tools: written once, for all files together


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command on the arguments, those of the process by default, and return its exit status.

    0: all read; 1: a file could not be read, is empty or is not UTF-8, or the pipeline could not be loaded; 130:
    interrupted; 141: nobody reads the output. Wrong usage raises SystemExit(2), --help and --version SystemExit(0).
    """
    options = _parser().parse_args(argv)
    if options.explain and options.format != "table":
        _parser().error("--explain goes with --format table; a line of jsonl holds the rules and rejections already")
    if (options.format == "brat" and not options.out) or (options.out and options.format not in EXCHANGES):
        _parser().error("--out FOLDER goes with --format brat, which needs it, --out FILE with --format labelstudio")
    _allow_any_character()
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
    parser.add_argument("--format", choices=("table", "jsonl", *EXCHANGES), default="table", help="default: table")
    parser.add_argument("--out", metavar="PATH", help="where labelstudio (a file) or brat (a folder) goes")
    parser.add_argument("--pipeline", choices=("rules", "spacy"), default="rules", help="default: rules")
    parser.add_argument("--vague", metavar="CODEBOOK", help="how vague words are read: a codebook's name, or its file")
    parser.add_argument("--lexicon", metavar="FILE", help="words of your own, as TOML")
    parser.add_argument("--explain", action="store_true", help="print why each claim is one, and why numbers are none")
    parser.add_argument("--version", action="version", version=f"%(prog)s {casualty_extract.__version__}")
    return parser


def _allow_any_character() -> None:
    """Write what the terminal's encoding does not know as an escape, instead of failing."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def _run(options: argparse.Namespace) -> int:
    status = 0
    kept: list[Report] = []
    files: list[str] = options.files or ["-"]
    own = {key: value for key in ("lexicon", "vague") if (value := getattr(options, key)) is not None}
    for number, file in enumerate(files):
        try:
            text = _read(file)
        except (OSError, ValueError) as error:
            status = _complain("standard input" if file == "-" else file, error)
            continue
        try:
            report = casualty_extract.extract(text, pipeline=options.pipeline, meta={"id": file}, **own)
        except (ImportError, OSError, ValueError) as error:
            return _complain(" and ".join([f"pipeline {options.pipeline}", *own.values()]), error)
        if options.format in EXCHANGES:
            kept.append(report)
        elif options.format == "jsonl":
            sys.stdout.write(f"{report_to_json(report)}\n")
            sys.stdout.flush()  # a line is whole in the file before the next text is read, whatever ends the process
        else:
            _print_report(report, title=visible(file) if len(files) > 1 else None, first=number == 0)
            _print_lines(_explanation(report, options.lexicon) if options.explain else ())
    return _hand_over(kept, options) or status if kept else status


def _hand_over(reports: Sequence[Report], options: argparse.Namespace) -> int:
    """The reports for an annotation tool: a folder of brat, or tasks of Label Studio and their configuration."""
    from casualty_extract.exchange import labelstudio_tasks, write_brat, write_labelstudio

    try:
        if options.format == "brat":
            write_brat(reports, options.out)
        elif options.out:
            write_labelstudio(reports, options.out, Path(options.out).with_suffix(".xml"))
        else:
            print(json.dumps(labelstudio_tasks(reports)))
    except (OSError, ValueError) as error:
        return _complain(options.out or options.format, error)
    return 0


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


def _print_report(report: Report, title: str | None, first: bool) -> None:
    if not first:
        print()
    if title is not None:
        print(title)
    print(format_table(report))


def _print_lines(lines: Sequence[str] | Iterator[str]) -> None:
    for line in lines:
        print(line)


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
