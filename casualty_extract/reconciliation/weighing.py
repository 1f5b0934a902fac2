"""The figures of an event weighed: which may stand side by side, which are outdated, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from casualty_extract.reconciliation.gathering import Gathered, is_later
from casualty_extract.reconciliation.types import EventToll, Figure, LeftOut


def weigh_event(
    harm: str, category: str | None, gathered: Sequence[Gathered], rule: str, of_event: bool
) -> EventToll | None:
    """The toll of one harm and category; None where no text gives a figure. ``of_event``: whether any text has a figure
    of that harm in the event, whatever the category."""
    figures, excluded = _comparable(gathered, of_event)
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


def has_event(gathered: Sequence[Gathered]) -> bool:
    """Whether any text has a figure of the event itself."""
    return any(_kind(figure, of_text) is None for of_text in gathered for figure in of_text.figures)


def _comparable(gathered: Sequence[Gathered], plain: bool) -> tuple[list[Figure], list[LeftOut]]:
    """The figures of all texts that may stand side by side, and the claims left out.

    A denial, an addition and a sum over a period each make the toll of a text that has nothing else; beside figures of
    the event in other texts they make none.
    """
    marked = [(f, _kind(f, g)) for g in gathered for f in g.figures]
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
    newest = [best for best, f in figures if f.own_voice and not any(is_later(o.date, f.date) for o in told)]
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
