"""From the reports of the same events to their tolls. The order of reports and of claims changes nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from casualty_extract.codebooks import Codebook, load_codebook
from casualty_extract.model import Source
from casualty_extract.reconciliation.gathering import Gathered, Witness, by_id, is_later, name_of, text_id
from casualty_extract.reconciliation.types import Event, EventToll, Figure, LeftOut, Reconciliation
from casualty_extract.report import Report
from casualty_extract.review import review_event
from casualty_extract.tolls import Policy
from casualty_extract.values import HARMS


def reconcile(
    reports: Iterable[Report],
    by: str | Callable[[Report], Any] | None = None,
    codebook: str | os.PathLike[str] | Codebook | None = None,
) -> Reconciliation:
    """The tolls of the events that some reports tell of, claimant by claimant.

    ``by``: a key of ``Report.meta``, or a function of a report, that is the same for reports of the same event; None:
    all are of one event. ``codebook``: a name, a path or a Codebook whose reading of vague words, categories and toll
    policy to follow. Raises ValueError for a report without the key, for two reports of one id, for a date that is no
    ISO date and for a codebook that is wrong; TypeError for what is no report.
    """
    book = codebook if codebook is None or isinstance(codebook, Codebook) else load_codebook(codebook)
    policy = book.policy if book else Policy()
    groups: dict[str | None, list[Report]] = {}
    for report in reports:
        if not isinstance(report, Report):
            raise TypeError(f"reconcile needs reports, not {type(report).__name__}")
        groups.setdefault(_key(report, by), []).append(report)
    keys = sorted(groups, key=lambda key: (key is not None, key or ""))
    events = tuple(_event(key, list(by_id(groups[key]).values()), book, policy) for key in keys)
    return Reconciliation(events, book.place if book else None)


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


def _event(key: str | None, reports: Sequence[Report], book: Codebook | None, policy: Policy) -> Event:
    witnesses = [Witness(report, book, policy) for report in reports]
    spelling = _spelling(s for w in witnesses for c in w.claims for s in (*c.claimants, *c.disputed_by))
    harms = {claim.harm for witness in witnesses for claim in witness.claims}
    categories = sorted({category for witness in witnesses for category in witness.categories})
    tolls: list[EventToll] = []
    for harm in (harm for harm in HARMS if harm in harms):
        for category in (None, *categories):
            toll = _toll(harm, category, [w.gather(harm, category, spelling) for w in witnesses], policy.best)
            if toll is not None:
                tolls.append(toll)
    event = Event(key, tuple(w.id for w in witnesses), tuple(tolls))
    return replace(event, checks=review_event(event, {w.id: w.report for w in witnesses}))


def _spelling(sources: Iterable[Source]) -> dict[str, str]:
    """One spelling of each name, by its small letters: "police" for "Police" too."""
    found: dict[str, str] = {}
    for source in sources:
        name = name_of(source)
        found[name.casefold()] = max(name, found.get(name.casefold(), name))
    return found


def _toll(harm: str, category: str | None, gathered: Sequence[Gathered], rule: str) -> EventToll | None:
    """The toll of one harm and category; None where no text gives a figure."""
    figures, excluded = _comparable(gathered)
    if not figures:
        return None
    figures = _with_outdated(figures)
    excluded += [LeftOut(f.text_id, c, "outdated") for f in figures if f.outdated for c in f.claims]
    current = [f for f in figures if not f.outdated]
    known = [f for f in current if f.best] or current
    lows = [f.low for f in known if f.low is not None]
    highs = [f.high for f in known if f.high is not None]
    high = max(highs) if len(highs) == len(known) else None
    best = _best([f for f in known if f.best is not None], rule)
    return EventToll(harm, category, min(lows, default=None), best, high, tuple(figures), tuple(excluded))


def _comparable(gathered: Sequence[Gathered]) -> tuple[list[Figure], list[LeftOut]]:
    """The figures of all texts that may stand side by side, and the claims left out.

    A denial, an addition and a sum over a period each make the toll of a text that has nothing else; beside figures of
    the event in other texts they make none.
    """
    marked = [(f, _kind(f, g)) for g in gathered for f in g.figures]
    plain = any(kind is None for _, kind in marked)
    excluded = [left for g in gathered for left in g.excluded]
    excluded += [LeftOut(f.text_id, c, kind) for f, kind in marked if plain and kind for c in f.claims]
    figures = [f for f, kind in marked if not (plain and kind)]
    return sorted(figures, key=lambda f: (f.date or "", f.text_id, f.quotations[0].start, f.claims)), excluded


def _kind(figure: Figure, gathered: Gathered) -> str | None:
    """Why a figure does not stand beside those of the event; None where it does."""
    claims = set(figure.claims)
    if figure.status == "denied":
        return "denied"
    if claims <= gathered.increments:
        return "increment"
    return "cumulative" if claims <= gathered.cumulative else None


def _with_outdated(figures: Sequence[Figure]) -> list[Figure]:
    """Marks the figures whose claimants all give another one in a later text."""
    latest: dict[str, str] = {}
    for figure in figures:
        for name in speakers_of(figure):
            latest[name] = max(figure.date or "", latest.get(name, ""))
    return [replace(f, outdated=all(is_later(latest[n] or None, f.date) for n in speakers_of(f))) for f in figures]


def speakers_of(figure: Figure) -> tuple[str, ...]:
    """The claimants in small letters; "" is the own voice of any text: a story printed twice has one."""
    return tuple(name.casefold() for name in figure.claimants) or ("",)


def _best(told: Sequence[Figure], rule: str) -> int | None:
    """The figure that a policy takes among those of all claimants.

    "voice": the own voice of the newest texts, else agreement. "agreement": what most claimants give, the own voice
    being one; then the newest, then the own voice, then the lowest. A claimant's smaller figures are parts.
    """
    figures = [(f.best, f) for f in told if f.best is not None]
    if not figures or rule in ("lowest", "highest"):
        ends = [best for best, _ in figures]
        return (max(ends) if rule == "highest" else min(ends)) if ends else None
    newest = [best for best, f in figures if not f.claimants and not any(is_later(o.date, f.date) for o in told)]
    if newest and rule == "voice":
        return max(newest)
    said: dict[str, int] = {}
    for best, figure in figures:
        for name in speakers_of(figure):
            said[name] = max(best, said.get(name, 0))
    return min(set(said.values()), key=lambda value: _rank(value, said, figures))


def _rank(value: int, said: Mapping[str, int], figures: Sequence[tuple[int, Figure]]) -> tuple[Any, ...]:
    """How far back a figure stands: the best of them sorts first."""
    giving = [name for name, best in said.items() if best == value]
    newest = max((f.date or "" for best, f in figures if best == value), default="")
    return -len(giving), tuple(-ord(letter) for letter in newest[:10]) or (0,), "" not in giving, value
