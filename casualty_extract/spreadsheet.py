"""Rows for spreadsheets: plain dicts with their columns in order, written as CSV whose cells cannot run as formulas."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

# what a spreadsheet may take for a formula (OWASP, "CSV injection"), its wide forms too
_FORMULA = re.compile(r"\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


class Rows(list[dict[str, Any]]):
    """A list of plain dicts that have the same keys, ``columns``, in this order, also where there are no rows."""

    def __init__(self, columns: Sequence[str], rows: Iterable[dict[str, Any]] = ()) -> None:
        super().__init__(rows)
        self.columns = tuple(columns)

    def to_csv(self, file: str | os.PathLike[str] | TextIO | None = None) -> str | None:
        """Write the rows as CSV with a line of column names: to a path, to an open text file, or, for None, to a str.

        UTF-8; None is an empty cell. Texts that a spreadsheet could run as a formula get an apostrophe in front, which
        spreadsheets do not show; numbers are left alone. Raises OSError where the file cannot be written.
        """
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([harmless(column) for column in self.columns])
        writer.writerows([harmless(row[column]) for column in self.columns] for row in self)
        if file is None:
            return text.getvalue()
        if isinstance(file, str | os.PathLike):
            Path(file).write_text(text.getvalue(), encoding="utf-8", errors="backslashreplace", newline="")
        else:
            file.write(text.getvalue())
        return None


def harmless(cell: Any) -> Any:
    """The cell, with an apostrophe in front where it is a text that a spreadsheet could run as a formula."""
    if not isinstance(cell, str) or not _FORMULA.match(cell) or _NUMBER.fullmatch(cell):
        return "" if cell is None else cell
    return f"'{cell}"
