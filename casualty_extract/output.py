"""Claims as the record, JSON, rows and a plain table: one versioned schema that everything else uses.

The keys are those of the contract (``docs/record.md``), in its order. Within a schema keys are only ever added.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from itertools import pairwise
from typing import Any
from unicodedata import combining, east_asian_width

from casualty_extract.model import (
    CATEGORIES,
    HARMS,
    MODIFIERS,
    SCHEMA,
    SCOPES,
    STATUSES,
    UNITS,
    Claim,
    Source,
    Span,
)
from casualty_extract.record import read_report
from casualty_extract.report import Report

TEXT_COLUMNS = (
    "id", "count_text", "modifier", "harm", "victims", "category", "attributes", "affiliation", "unit", "claimant",
    "claimant_type", "chain", "disputed_by", "perpetrator", "cause", "place", "time", "status", "scope", "part_of",
    "doubts", "text",
)  # fmt: skip
NULLABLE_COLUMNS = ("value", "low", "high")
FLAG_COLUMNS = ("increment", "implicit")
COLUMNS = (
    "id", "count_text", "start", "end", "value", "low", "high", "modifier", "harm", "victims", "category", "attributes",
    "affiliation", "unit", "claimant", "claimant_type", "chain", "disputed_by", "perpetrator", "cause", "place", "time",
    "status", "scope", "increment", "episode", "part_of", "implicit", "doubts", "text",
)  # fmt: skip
CLOSED_COLUMNS = {  # and all that may stand in them
    "modifier": MODIFIERS, "harm": HARMS, "category": CATEGORIES, "unit": UNITS, "status": STATUSES, "scope": SCOPES,
}  # fmt: skip
TABLE_WIDTH = 100
TABLE_HEAD = ("count", "bounds", "harm", "victims", "who says so", "status", "scope")


def report_to_dict(report: Report) -> dict[str, Any]:
    """The record of the contract: plain dicts, lists, strings, numbers, booleans and None; every key is there."""
    known = [harm for harm in HARMS if harm in report.tolls]
    return {
        "schema": SCHEMA,
        "library": report.library,
        "pipeline": report.pipeline,
        "settings": _plain(report.settings),
        "meta": _plain(report.meta),
        "text": report.text,
        "claims": _plain(report.claims),
        "tolls": {harm: _plain(report.tolls[harm]) for harm in known},
        "rejections": _plain(report.rejections),
    }


def claims_to_dicts(report: Report) -> list[dict[str, Any]]:
    """The claims of the record alone."""
    found: list[dict[str, Any]] = _plain(report.claims)
    return found


def report_from_dict(record: Mapping[str, Any]) -> Report:
    """The report behind a record, equal to the one that wrote it. Keys that this version does not know are ignored.

    Raises ValueError that names the key at fault ("claims[2].count.low") where a key is missing or its value is not
    what the contract allows, where a span is not what the text holds there, and for a schema newer than this library's.
    """
    return read_report(record)


def report_to_json(report: Report) -> str:
    """The record as one line of ASCII JSON, without a line end; the same report gives the same line.

    JSON cannot tell two lone surrogates that stand side by side as a pair from the one character that the pair spells.
    """
    return json.dumps(report_to_dict(report), ensure_ascii=True, allow_nan=False, separators=(", ", ": "))


def report_from_json(line: str) -> Report:
    """The report behind a line of JSON.

    Raises ValueError where the line is not JSON, and as ``report_from_dict`` does; TypeError where it is no str.
    """
    try:
        record = json.loads(line)
    except RecursionError:
        raise ValueError("not a record: nested too deeply") from None
    except ValueError as error:
        raise ValueError(f"not a line of JSON: {error}") from None
    return read_report(record)


def claim_rows(report: Report, *, implicit: bool = True) -> list[dict[str, Any]]:
    """One flat dict a claim, in the order of the text; its keys are ``COLUMNS``, in that order.

    ``start`` and ``end`` are those of ``count_text``. ``chain`` runs from the source nearest the reader to the origin
    ("Al-Watan > a military source"); joint sources stand with "&" between them. None: the text does not say, or there
    is none of them. ``implicit``: with the claims that no number stands behind (a named person).
    """
    return [_row(claim) for claim in report.claims if implicit or not claim.implicit]


def key_columns(keys: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """What the columns are called that say which text a claim is of, beside the columns ``taken``.

    A key keeps its name; one that is taken is called ``doc_<key>``. Raises ValueError where two come to one name.
    """
    names, known = {key: key for key in keys}, frozenset(taken)
    names = {key: f"doc_{key}" if key in known else key for key in names}
    if twice := [name for name in names.values() if list(names.values()).count(name) > 1]:
        raise ValueError(f"two keys would be called {twice[0]!r}; rename one")
    return names


def format_table(report: Report) -> str:
    """The claims as a plain text table, at most 100 characters wide, without a line end; long cells end in "..."."""
    if not report.claims:
        return "no casualty claims"
    rows = [TABLE_HEAD, *(_cells(row) for row in claim_rows(report))]
    widths = _fit([max(map(_columns, column)) for column in zip(*rows, strict=True)])
    return "\n".join(
        "  ".join(_padded(cut(cell, width), width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def well_formed(text: str) -> str:
    """The text for formats that hold UTF-8 only: each lone surrogate becomes U+FFFD, so that offsets stay."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def visible(text: str) -> str:
    """The text on one line: white space runs become one space, characters that cannot be printed a question mark."""
    return "".join(char if char.isprintable() else "?" for char in " ".join(text.split()))


def cut(text: str, width: int) -> str:
    """The text, or as much of it as fits with "..." into this many columns."""
    if _columns(text) <= width:
        return text
    end = width - 3
    while _columns(text[:end]) > width - 3:
        end -= 1
    return text[:end] + "..."


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


def _row(claim: Claim) -> dict[str, Any]:
    count, victims, claimants = claim.count, claim.victims, claim.claimants
    return {
        "id": claim.id,
        "count_text": count.text,
        "start": count.start,
        "end": count.end,
        "value": count.value,
        "low": count.low,
        "high": count.high,
        "modifier": count.modifier,
        "harm": claim.harm,
        "victims": victims.text,
        "category": victims.category,
        "attributes": _joined(victims.attributes),
        "affiliation": victims.affiliation,
        "unit": victims.unit,
        "claimant": _chain(claimants),
        "claimant_type": _joined(dict.fromkeys(source.type for source in claimants), " & "),
        "chain": _chain(claim.attribution),
        "disputed_by": _chain(claim.disputed_by),
        "perpetrator": _words(claim.perpetrator),
        "cause": _words(claim.cause),
        "place": _words(claim.place),
        "time": _words(claim.time),
        "status": claim.status,
        "scope": claim.scope,
        "increment": claim.increment,
        "episode": claim.episode,
        "part_of": _joined(relation.target for relation in claim.relations if relation.type == "part_of"),
        "implicit": claim.implicit,
        "doubts": _joined(claim.doubts),
        "text": claim.text,
    }


def _joined(words: Iterable[str], mark: str = ", ") -> str | None:
    return mark.join(words) or None


def _words(span: Span | None) -> str | None:
    return None if span is None else span.text


def _chain(sources: Sequence[Source]) -> str | None:
    marks = [" & " if a.joint and b.joint else " > " for a, b in pairwise(sources)]
    return "".join(mark + source.name for mark, source in zip(["", *marks], sources, strict=False)) or None


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    low, high = ("" if row[bound] is None else str(row[bound]) for bound in ("low", "high"))
    bounds = low if low == high else f"{low}..{high}"
    cells = (row["count_text"], bounds, row["harm"], row["category"], row["chain"] or "-", row["status"], row["scope"])
    return tuple(visible(cell) for cell in cells)


def _fit(widths: list[int]) -> list[int]:
    """The widest columns give way until the table fits."""
    room = TABLE_WIDTH - 2 * (len(widths) - 1)
    while sum(widths) > room:
        widest = widths.index(max(widths))
        second = sorted(widths)[-2]
        widths[widest] = max(second - 1, widths[widest] - (sum(widths) - room))
    return widths


def _columns(text: str) -> int:
    """How many columns a terminal gives to a text: two for a wide character, none for a mark upon another one."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _columns(cell))
