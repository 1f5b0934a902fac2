"""The document on tables names every column and every value, with the dtypes that the frames have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from reports import full_report

from casualty_extract.output import CLOSED_COLUMNS, COLUMNS

TABLES = Path(__file__).resolve().parents[1] / "docs" / "tables.md"


def rows() -> dict[str, list[str]]:
    """Each column with its dtypes and what it is."""
    table = TABLES.read_text(encoding="utf-8").partition("<!-- columns -->\n")[2].partition("\n\n")[0]
    found = {}
    for line in table.splitlines()[2:]:
        names, *cells = (cell.strip() for cell in line.strip("|").split("|"))
        found |= dict.fromkeys(re.findall(r"`(\w+)`", names), cells)
    return found


def test_every_column_stands_in_the_document_in_order() -> None:
    assert tuple(rows()) == COLUMNS


@pytest.mark.parametrize("name", CLOSED_COLUMNS)
def test_closed_columns_are_told_with_their_values(name: str) -> None:
    assert tuple(rows()[name][2].split(", ")) == CLOSED_COLUMNS[name]


def test_the_dtypes_are_those_told() -> None:
    frame, other = full_report().to_frame(), full_report().to_polars()
    for name, (pandas_dtype, polars_dtype, _) in rows().items():
        assert str(frame[name].dtype) == pandas_dtype, name
        assert str(other[name].dtype).startswith(polars_dtype), name
