"""A reconciliation as rows and as a plain table."""

from __future__ import annotations

from typing import Any

from casualty_extract.output import visible
from casualty_extract.reconciliation.types import OWN_VOICE, Event, EventToll, Figure, Reconciliation

COLUMNS = (
    "event", "harm", "category", "low", "best", "high", "low_by", "best_by", "high_by", "low_quotation",
    "best_quotation", "high_quotation", "claimants", "texts", "first_date", "last_date", "claims", "excluded",
)  # fmt: skip
WIDTH = 100
_HEAD = ("harm", "victims", "low", "best", "high", "low by", "best by", "high by")


def toll_rows(reconciliation: Reconciliation) -> list[dict[str, Any]]:
    """One flat dict for each event, harm and category; its keys are ``COLUMNS``. None: open, or not told."""
    return [_row(event, toll) for event in reconciliation.events for toll in event.tolls]


def _row(event: Event, toll: EventToll) -> dict[str, Any]:
    dates = sorted({f.date for f in toll.figures if f.date})
    row: dict[str, Any] = {"event": event.key, "harm": toll.harm, "category": toll.category}
    for end in ("low", "best", "high"):
        row[end] = getattr(toll, end)
        row[f"{end}_by"] = named(toll.behind(end)) or None
        row[f"{end}_quotation"] = next((q.text for f in toll.behind(end) for q in f.quotations), None)
    row |= {
        "claimants": len({name for f in toll.current for name in f.claimants}),
        "texts": len({f.text_id for f in toll.current}),
        "first_date": dates[0] if dates else None,
        "last_date": dates[-1] if dates else None,
        "claims": ", ".join(f"{text}:{claim}" for text, claim in toll.claims),
        "excluded": ", ".join(f"{left.text_id}:{left.claim} {left.reason}" for left in toll.excluded) or None,
    }
    return {column: row[column] for column in COLUMNS}


def named(figures: tuple[Figure, ...]) -> str:
    """Who gives some figures: their names once each, the own voice of texts behind them."""
    names = sorted({name for f in figures for name in f.claimants})
    return "; ".join([*names, *([OWN_VOICE] if any(not f.claimants for f in figures) else [])])


def format_reconciliation(reconciliation: Reconciliation) -> str:
    """The tolls as a plain text table of at most 100 columns, event by event; long names end in "..."."""
    blocks = []
    for event in reconciliation.events:
        rows = [_HEAD, *(_cells(toll) for toll in event.tolls)]
        count = f"{len(event.texts)} text{'s' if len(event.texts) != 1 else ''}"
        title = count if event.key is None else f"{visible(event.key)[: WIDTH - 20]}: {count}"
        lines = _lines(rows) if event.tolls else ["no tolls"]
        blocks.append("\n".join([title, *lines]))
    return "\n\n".join(blocks) or "no events"


def _cells(toll: EventToll) -> tuple[str, ...]:
    ends = ("low", "best", "high")
    figures = ("-" if (value := getattr(toll, end)) is None else f"{value:,}" for end in ends)
    names = (visible(named(toll.behind(end))) or "-" for end in ends)
    return (toll.harm, toll.category or "all", *figures, *names)


def _lines(rows: list[tuple[str, ...]]) -> list[str]:
    """Rows in columns; the columns of names share what room the others leave."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    room = (WIDTH - sum(widths[:5]) - 2 * (len(widths) - 1)) // 3
    widths[5:] = [min(width, max(room, 8)) for width in widths[5:]]
    return ["  ".join(_cut(c, w).ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows]


def _cut(cell: str, width: int) -> str:
    return cell if len(cell) <= width else cell[: width - 3] + "..."
