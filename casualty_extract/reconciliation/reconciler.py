"""From the reports of the same events to their tolls. The order of reports and of claims changes nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from casualty_extract.codebooks import Codebook, load_codebook
from casualty_extract.reconciliation.coding import code_event
from casualty_extract.reconciliation.gathering import Witness, by_id, text_id
from casualty_extract.reconciliation.hearing import Hearing
from casualty_extract.reconciliation.sides import read_sides
from casualty_extract.reconciliation.types import Event, Reconciliation
from casualty_extract.report import Report
from casualty_extract.review import review_event
from casualty_extract.tolls import Policy


def reconcile(
    reports: Iterable[Report],
    by: str | Callable[[Report], Any] | None = None,
    codebook: str | os.PathLike[str] | Codebook | None = None,
    sides: Mapping[str, str | Sequence[str]] | None = None,
) -> Reconciliation:
    """The tolls of the events that some reports tell of, claimant by claimant.

    ``by``: a key of ``Report.meta``, or a function of a report, that is the same for reports of the same event; None:
    all are of one event. ``codebook``: a name, a path or a Codebook whose reading of vague words, categories and toll
    policy to follow, and whose columns ``Reconciliation.code()`` has. ``sides``: whose losses stand in the columns of a
    codebook's sides: for each side the names of its bodies as texts word them, or categories of victims.
    Raises ValueError for a report without the key, for two reports of one id, for a date that is no ISO date and for
    a codebook or sides that are wrong; TypeError for what is no report.
    """
    book = codebook if codebook is None or isinstance(codebook, Codebook) else load_codebook(codebook)
    parties = read_sides(sides, book)
    groups: dict[str | None, list[Report]] = {}
    for report in reports:
        if not isinstance(report, Report):
            raise TypeError(f"reconcile needs reports, not {type(report).__name__}")
        groups.setdefault(_key(report, by), []).append(report)
    keys = sorted(groups, key=lambda key: (key is not None, key or ""))
    events = tuple(_event(key, list(by_id(groups[key]).values()), book, parties) for key in keys)
    return Reconciliation(events, book.place if book else None, book.header if book else ())


def _key(report: Report, by: str | Callable[[Report], Any] | None) -> str | None:
    if by is None:
        return None
    if callable(by):
        key = by(report)
    elif isinstance(by, str):
        key = report.meta.get(by)
    else:
        raise TypeError(f"by must be a key of meta, a function or None, not {type(by).__name__}")
    if key is None or not str(key).strip():
        raise ValueError(f"text {text_id(report)!r}: {by if isinstance(by, str) else 'by'} gives no key of an event")
    return str(key)


def _event(
    key: str | None, reports: Sequence[Report], book: Codebook | None, sides: Mapping[str, tuple[str, ...]]
) -> Event:
    hearing = Hearing([Witness(report, book) for report in reports], book.policy if book else Policy())
    event = Event(key, hearing.texts, tuple(hearing.tolls()))
    checks = review_event(event, {w.id: w.report for w in hearing.witnesses})
    return replace(event, checks=checks, coded=code_event(event, hearing, book, sides) if book else ())
