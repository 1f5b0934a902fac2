"""Reports onto a stream, one format each: what the command writes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any

from casualty_extract.output import COLUMNS, claim_rows, format_table, key_columns, report_to_json, visible, well_formed
from casualty_extract.report import Report
from casualty_extract.spreadsheet import harmless

EXCHANGES = ("labelstudio", "brat")  # formats of annotation tools: written once, for all texts together
FORMATS = ("table", "jsonl", "csv", "parquet", *EXCHANGES)
KEYS = ("id",)  # of the meta, carried along as doc_id


class TableWriter:
    """Plain tables, one a report; several have titles."""

    def __init__(self, stream: IO[str], titled: bool, explain: Callable[[Report], Iterable[str]] | None) -> None:
        self._stream, self._titled, self._explain, self._first = stream, titled, explain, True

    def write(self, reports: Iterable[Report]) -> None:
        """Write reports, in order."""
        for report in reports:
            title = [visible(str(report.meta.get("id")))] if self._titled else []
            lines = [*title, format_table(report), *(self._explain(report) if self._explain else ())]
            print(*([] if self._first else [""]), *lines, sep="\n", file=self._stream)
            self._first = False


class JsonWriter:
    """The whole record, one line a report."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, reports: Iterable[Report]) -> None:
        """Write reports, in order."""
        for report in reports:
            self._stream.write(f"{report_to_json(report)}\n")
            self._stream.flush()  # a line is whole in the file before the next text is read, whatever ends the process


class CsvWriter:
    """One row a claim: ``doc_id``, then ``COLUMNS``. No cell is one that a spreadsheet runs."""

    def __init__(self, stream: IO[str], implicit: bool) -> None:
        self._stream, self._implicit = stream, implicit
        self._names = key_columns(KEYS, COLUMNS)

    def write(self, reports: Iterable[Report]) -> None:
        """Write the head, and the claims of reports, in order."""
        self._line([*self._names.values(), *COLUMNS])
        for report in reports:
            keys = [report.meta.get(key) for key in self._names]
            for row in claim_rows(report, implicit=self._implicit):
                self._line([*keys, *row.values()])

    def _line(self, values: list[Any]) -> None:
        line = io.StringIO(newline="")
        csv.writer(line, lineterminator="\n").writerow([harmless(_plain(value)) for value in values])
        self._stream.write(line.getvalue())


def _plain(value: Any) -> Any:
    """The value as readers of CSV take it: flags in lower case, no NUL and no lone surrogate."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return well_formed(value).replace("\0", "\ufffd") if isinstance(value, str) else value


class ParquetWriter:
    """One row a claim, in the schema of ``casualty_extract.integrations.arrow``."""

    def __init__(self, stream: IO[bytes], implicit: bool) -> None:
        """Raises ImportError, naming the extra, without pyarrow."""
        from casualty_extract.integrations.arrow import write_parquet

        self._stream, self._implicit, self._write = stream, implicit, write_parquet

    def write(self, reports: Iterable[Report]) -> None:
        """Write the claims of reports, in order."""
        self._write(reports, self._stream, keys=KEYS, implicit=self._implicit)


class ExchangeWriter:
    """Reports for an annotation tool: a folder of brat, or tasks of Label Studio with their configuration."""

    def __init__(self, tool: str, path: str | None, stream: IO[str]) -> None:
        self._tool, self._path, self._stream = tool, path, stream

    def write(self, reports: Iterable[Report]) -> None:
        """Write all reports; nothing where there are none. Raises ValueError where they do not fit the tool."""
        from casualty_extract.exchange import labelstudio_tasks, write_brat, write_labelstudio

        kept = list(reports)
        if not kept:
            return
        if self._path is None:
            print(json.dumps(labelstudio_tasks(kept)), file=self._stream)
        elif self._tool == "brat":
            write_brat(kept, self._path)
        else:
            write_labelstudio(kept, self._path, Path(self._path).with_suffix(".xml"))
