"""Where a rule stands in its TOML: the line of a table, of a key in it, or of a value. tomllib tells no lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

_HEADER = re.compile(r"\s*+\[\[?(?P<path>(?:\"[^\"]*\"|'[^']*'|[\w.\s-])++)\]\]?\s*+(?:#.*)?$")
_KEY = re.compile(r"\s*+(?P<path>(?:\"[^\"]*\"|'[^']*'|[\w-]++)(?:\s*+\.\s*+(?:\"[^\"]*\"|'[^']*'|[\w-]++))*)\s*+=")
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)")

Path = tuple[str, ...]


def find_line(source: str, table: Sequence[str], flaw: object = None) -> int | None:
    """The line, from 1, of what is wrong in a table: its key ``flaw``, else a value that is ``flaw``, else its head.

    ``table`` is the path of the table from the top of the file, ("victims", "dockhand"). None where the file has no
    such table.
    """
    lines = list(_lines_of(source, tuple(table)))
    if not lines:
        return None
    keys = (number for number, key, _ in lines if key and key == flaw)
    values = (number for number, _, line in lines if flaw is not None and _holds(line, flaw))
    return next(keys, None) or next(values, None) or lines[0][0]


def _lines_of(source: str, table: Path) -> Iterator[tuple[int, str, str]]:
    """The lines of a table with their numbers, and the last part of the key that each of them sets; "" where none."""
    header: Path = ()
    inside: Path = ()  # the table, or the key of the entry that goes on
    for number, line in enumerate(source.splitlines(), 1):
        key = ""
        if head := _HEADER.match(line):
            header = inside = _path(head["path"])
        elif entry := _KEY.match(line):
            inside = header + _path(entry["path"])
            key = inside[-1]
        if inside[: len(table)] == table and line.strip():
            yield number, key, line


def _path(dotted: str) -> Path:
    return tuple(next(part for part in parts if part) for parts in _PART.findall(dotted) if any(parts))


def _holds(line: str, flaw: object) -> bool:
    """Whether a value stands in a line as TOML writes it."""
    if isinstance(flaw, str):
        return json.dumps(flaw, ensure_ascii=False) in line or f"'{flaw}'" in line
    written = json.dumps(flaw) if isinstance(flaw, bool | int | float) else ""
    return bool(written) and re.search(rf"(?<![\w.]){re.escape(written)}(?![\w.])", line.split("#")[0]) is not None
