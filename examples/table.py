"""Prints one table of claims for each seed article, or for the files given: python examples/table.py [FILE ...]"""

from __future__ import annotations

import sys
from pathlib import Path

from casualty_extract import Claim, extract

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
HEADER = ("count", "value", "low", "high", "harm", "victims", "who says so", "status", "scope")


def number(value: int | None) -> str:
    """An open bound is shown as a dash."""
    return "-" if value is None else str(value)


def chain(claim: Claim) -> str:
    """The sources from the one nearest the reader to the origin; "&" between those named together."""
    named = ""
    for before, source in zip([None, *claim.attribution], claim.attribution, strict=False):
        mark = "" if before is None else " & " if before.joint and source.joint else " > "
        named += mark + source.name
    return named or "-"


def rows(text: str) -> list[tuple[str, ...]]:
    """One row a claim."""
    return [
        (
            claim.count.text,
            number(claim.count.value),
            number(claim.count.low),
            number(claim.count.high),
            claim.harm,
            claim.victims.category,
            chain(claim),
            claim.status,
            claim.scope,
        )
        for claim in extract(text).claims
    ]


def table(body: list[tuple[str, ...]]) -> str:
    """Columns as wide as their widest cell, two spaces between; a line break inside a cell becomes a space."""
    cells = [tuple(" ".join(cell.split()) for cell in row) for row in [HEADER, *body]]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
    )


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:]] or sorted(SEEDS.glob("*.txt"))
    for path in paths:
        print(path.name)
        print(table(rows(path.read_bytes().decode("utf-8"))))
        print()


if __name__ == "__main__":
    main()
