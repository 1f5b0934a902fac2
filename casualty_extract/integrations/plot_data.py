"""What plots show: claims by claimant, claimants as rows, dates and figures. Nothing here needs matplotlib."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from casualty_extract.model import CATEGORIES, HARMS, Claim
from casualty_extract.output import cut, visible
from casualty_extract.reconciliation.gathering import date_of, name_of
from casualty_extract.report import Report
from casualty_extract.values import check
from casualty_extract.views.wording import OWN_VOICE

_NAME_WIDTH = 40


class Told(NamedTuple):
    """One claim as one of its claimants puts it forward."""

    claimant: str
    claim: Claim
    report: Report


class Rows(NamedTuple):
    """Which row each claimant has; all others share the last one."""

    places: dict[str, int]
    labels: list[str]

    def place(self, name: str) -> int:
        """The row of a claimant, from 0 at the top."""
        return self.places.get(name, len(self.labels) - 1)


def rank_rows(names: Sequence[str], most: int) -> Rows:
    """A row for each name, those that stand most often first."""
    return order_rows([name for name, _ in sorted(Counter(names).items(), key=lambda n: (-n[1], n[0]))], most)


def order_rows(names: Sequence[str], most: int) -> Rows:
    """A row for each of the first names, one more for the others together."""
    own = names if len(names) <= most else names[:most]
    labels = [label_of(name) for name in own]
    if len(own) < len(names):
        rest = len(names) - len(own)
        labels.append("1 other" if rest == 1 else f"{rest} others")
    return Rows({name: place for place, name in enumerate(own)}, labels)


def listed(reports: Report | Iterable[Report], most: int) -> list[Report]:
    """The reports, one alone as a list of one. Raises ValueError for fewer than one row."""
    if most < 1:
        raise ValueError(f"most must be 1 or more, not {most}")
    return [reports] if isinstance(reports, Report) else list(reports)


def told_by(reports: Sequence[Report], harm: str | None, category: str | None) -> list[Told]:
    """Each claim with each of its claimants. Names that differ in capitals only are one."""
    check("harm", harm, HARMS)
    check("category", category, CATEGORIES)
    told = [
        Told(name, claim, report)
        for report in reports
        for claim in report.where(harm=harm, category=category)
        if not claim.implicit
        for name in dict.fromkeys(map(name_of, claim.claimants)) or [OWN_VOICE]
    ]
    spelling: dict[str, str] = {}
    for name in (t.claimant for t in told):
        spelling[name.casefold()] = max(name, spelling.get(name.casefold(), name))
    return [t._replace(claimant=spelling[t.claimant.casefold()]) for t in told]


def moment_of(report: Report) -> datetime | None:
    """The date of a report's meta (times in UTC), None where there is none. Raises ValueError for another date."""
    given = date_of(report)
    return None if given is None else datetime.fromisoformat(given)


def figure_of(claim: Claim) -> int:
    """The figure that stands for a claim: the one named, else the bound that it has (people)."""
    count = claim.count
    return next((n for n in (count.value, count.low, count.high) if n is not None), 0)


def short_bounds(claim: Claim) -> str:
    """The bounds of a count as short as a plot needs them: "40", "40+", "≤60", "30–40"."""
    low, high = claim.count.low, claim.count.high
    if low is None or high is None:
        return f"≤{high:,}" if low is None and high is not None else f"{low or 0:,}+"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def label_of(text: str) -> str:
    """A name as it may stand in a plot: on one line, not too long, its dollar signs no mathematics."""
    return cut(visible(text), _NAME_WIDTH).replace("$", r"\$")
