"""Claims as plots, for matplotlib: who says how many and when, from what to what, and of whom.

    from casualty_extract.integrations.plots import plot_bounds, plot_matrix, plot_timeline

Each draws on ``ax``, or on a figure of its own where none is given, and returns the Axes; ``.figure`` is the figure.
No state of pyplot and no backend is touched. Claims by name only (``implicit``) are left out. A person stands under the
body that he or she speaks for, as in `casualty_extract.reconcile`. Claimants that have no room are put together as
"others", and the plot says how many. Importing this module raises ImportError without matplotlib.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from math import sqrt
from typing import NamedTuple

from casualty_extract.integrations.plot_data import (
    Rows,
    figure_of,
    listed,
    moment_of,
    order_rows,
    rank_rows,
    short_bounds,
    told_by,
)
from casualty_extract.model import CATEGORIES, HARMS, Claim
from casualty_extract.reconciliation import EventToll, Figure, reconcile
from casualty_extract.report import Report
from casualty_extract.values import check
from casualty_extract.views.wording import OWN_VOICE, say_bounds

try:
    from matplotlib.axes import Axes
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
    from matplotlib.figure import Figure as Canvas
    from matplotlib.lines import Line2D
except ImportError as error:
    raise ImportError('the plots need matplotlib: pip install "casualty-extract[plot]"') from error

COLOURS = {  # of Okabe and Ito, one for each harm
    "killed": "#d55e00", "wounded": "#e69f00", "missing": "#cc79a7", "abducted": "#009e73", "detained": "#56b4e9",
    "displaced": "#0072b2", "casualties": "#7f7f7f",
}  # fmt: skip


class _Dot(NamedTuple):
    """One claim of one claimant on one day."""

    claimant: str
    date: datetime
    claim: Claim


def plot_timeline(
    reports: Report | Iterable[Report],
    *,
    harm: str | None = None,
    category: str | None = None,
    most: int = 12,
    ax: Axes | None = None,
) -> Axes:
    """Claims by claimant over time: one row a claimant, a dot for each claim at the date of its report.

    ``date`` of ``Report.meta`` is that date, in ISO form; claims without one are left out, and the plot says how many.
    The area of a dot goes with its figure, which stands beside it ("40+": 40 or more); its colour is that of the harm;
    it is hollow where the claim is not asserted. ``most``: how many claimants have a row of their own.

    Raises ValueError for a date that is no ISO date, for a harm or category that does not exist, and for ``most`` < 1.
    """
    told = told_by(listed(reports, most), harm, category)
    dots = [_Dot(t.claimant, date, t.claim) for t in told for date in [moment_of(t.report)] if date]
    undated = len(told) - len(dots)
    rows = rank_rows([dot.claimant for dot in dots], most)
    axes = _axes(ax, rows)
    if undated:
        _note(axes, f"without a date and not shown: {undated} claim{'s' * (undated > 1)}")
    if not dots:
        return _empty(axes, "no dated claims")
    highest = max(figure_of(dot.claim) for dot in dots)
    for y, dot in _side_by_side(dots, rows):
        _draw_dot(axes, dot, y, highest)
    _draw_dates(axes, [dot.date for dot in dots])
    _draw_names(axes, rows.labels)
    _draw_legend(axes, [dot.claim for dot in dots])
    return axes


def plot_bounds(
    reports: EventToll | Report | Iterable[Report],
    *,
    harm: str = "killed",
    category: str | None = None,
    most: int = 12,
    ax: Axes | None = None,
) -> Axes:
    """Low, best and high by source for one event: one row a claimant, a line from low to high, a mark at best.

    ``reports`` are all of one event; they are reconciled as `casualty_extract.reconcile` does. An `EventToll` is drawn
    as it is, whatever ``harm`` and ``category``. An end that is open has an arrow. The grey band is the toll.
    ``most``: how many claimants have a row of their own, those with the highest figures first.

    Raises ValueError as `casualty_extract.reconcile` does, and as `plot_timeline`.
    """
    if isinstance(reports, EventToll):
        listed((), most)
        toll: EventToll | None = reports
    else:
        check("harm", harm, HARMS)
        check("category", category, CATEGORIES)
        toll = reconcile(listed(reports, most)).toll(harm, category)
    if toll is None or not toll.current:
        return _empty(_axes(ax, order_rows([], most)), f"no figures of {harm}")
    ranked = sorted(toll.current, key=lambda f: (-(f.best or f.high or f.low or 0), f.claimants))
    given = [(name, figure) for figure in ranked for name in figure.claimants or (OWN_VOICE,)]
    rows = order_rows(list(dict.fromkeys(name for name, _ in given)), most)
    axes = _axes(ax, rows)
    for name, figure in given:
        _draw_range(axes, figure, rows.place(name), COLOURS[toll.harm])
    _draw_names(axes, rows.labels)
    _draw_toll(axes, toll)
    return axes


def plot_matrix(
    reports: Report | Iterable[Report], *, harm: str | None = None, most: int = 12, ax: Axes | None = None
) -> Axes:
    """How many claims each claimant makes of each category of victims, as a matrix with the number in each cell.

    ``most``: how many claimants have a row of their own, those with most claims first. Raises ValueError as
    `plot_timeline` does.
    """
    pairs = [(told.claimant, told.claim.victims.category) for told in told_by(listed(reports, most), harm, None)]
    rows = rank_rows([name for name, _ in pairs], most)
    axes = _axes(ax, rows)
    if not pairs:
        return _empty(axes, "no claims")
    cells = [[0] * len(CATEGORIES) for _ in rows.labels]
    for name, category in pairs:
        cells[rows.place(name)][CATEGORIES.index(category)] += 1
    highest = max(map(max, cells))
    axes.imshow(cells, cmap="Blues", aspect="auto", vmin=0, vmax=highest)
    for y, row in enumerate(cells):
        for x, number in enumerate(row):
            axes.text(x, y, str(number), ha="center", va="center", color="white" if number > highest / 2 else "black")
    _draw_names(axes, rows.labels)
    axes.set_xticks(range(len(CATEGORIES)), [c.replace("_", " ") for c in CATEGORIES], rotation=30, ha="right")
    return axes


# --- drawing ---------------------------------------------------------------------------------------------------------


def _axes(ax: Axes | None, rows: Rows) -> Axes:
    """The Axes given, or those of a new figure that is as high as its rows need."""
    height = 1.5 + 0.55 * max(len(rows.labels), 3)
    return Canvas(figsize=(8, height), layout="constrained").add_subplot() if ax is None else ax


def _empty(axes: Axes, words: str) -> Axes:
    axes.text(0.5, 0.5, words, ha="center", va="center", transform=axes.transAxes, color="gray")
    axes.set_xticks([])
    axes.set_yticks([])
    return axes


def _note(axes: Axes, words: str) -> None:
    axes.set_title(words, loc="right", fontsize="small", color="gray")


def _draw_names(axes: Axes, labels: Sequence[str]) -> None:
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)


def _draw_dates(axes: Axes, dates: Sequence[datetime]) -> None:
    first, last = date2num(min(dates)), date2num(max(dates))
    room = max((last - first) * 0.08, 1)
    axes.set_xlim(first - room, last + room)
    locator = AutoDateLocator()
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.grid(axis="y", alpha=0.3)


def _side_by_side(dots: Sequence[_Dot], rows: Rows) -> list[tuple[float, _Dot]]:
    """The height of each dot: those of one row and date share it out; what is said again is one dot."""
    cells: dict[tuple[int, datetime], dict[tuple[str, str, bool], _Dot]] = {}
    for dot in dots:
        same = (short_bounds(dot.claim), dot.claim.harm, dot.claim.status == "asserted")
        cells.setdefault((rows.place(dot.claimant), dot.date), {}).setdefault(same, dot)
    found = []
    for (row, _), cell in cells.items():
        step = 0.7 / len(cell)
        ranked = sorted(cell.values(), key=lambda dot: -figure_of(dot.claim))
        found += [(row + step * (place - (len(cell) - 1) / 2), dot) for place, dot in enumerate(ranked)]
    return found


def _draw_dot(axes: Axes, dot: _Dot, row: float, highest: int) -> None:
    share = figure_of(dot.claim) / max(highest, 1)
    colour, at = COLOURS[dot.claim.harm], date2num(dot.date)
    is_hollow = dot.claim.status != "asserted"
    axes.scatter(
        [at], [row], s=20 + 380 * share, facecolor="none" if is_hollow else colour, edgecolor=colour, alpha=0.7
    )
    beside = (4 + 10 * sqrt(share), 4)
    axes.annotate(short_bounds(dot.claim), (at, row), xytext=beside, textcoords="offset points", fontsize="x-small")


def _draw_legend(axes: Axes, claims: Sequence[Claim]) -> None:
    harms = [harm for harm in HARMS if any(claim.harm == harm for claim in claims)]
    signs = [Line2D([], [], marker="o", linestyle="", color=COLOURS[harm], label=harm) for harm in harms]
    if any(claim.status != "asserted" for claim in claims):
        signs.append(
            Line2D([], [], marker="o", linestyle="", color="gray", markerfacecolor="none", label="not asserted")
        )
    axes.legend(handles=signs, loc="upper left", bbox_to_anchor=(1, 1), frameon=False, fontsize="small")


def _draw_toll(axes: Axes, toll: EventToll) -> None:
    """The toll as a band behind the rows, to the edge where its high end is open, and its best figure as a line."""
    edge = axes.get_xlim()[1] * 1.05
    axes.axvspan(toll.low or 0, edge if toll.high is None else toll.high, color="gray", alpha=0.12, linewidth=0)
    axes.set_xlim(0, edge)
    category = f", {toll.category.replace('_', ' ')}" if toll.category else ""
    axes.set_xlabel(f"{toll.harm}{category}")
    best = ""
    if toll.best is not None:
        axes.axvline(toll.best, color="gray", linestyle=":", linewidth=1)
        best = f", best {toll.best:,}"
    _note(axes, f"grey: the toll, {say_bounds(toll.low, toll.high)}{best}")


def _draw_range(axes: Axes, figure: Figure, row: int, colour: str) -> None:
    """A line from low to high with a mark at best; an arrow where an end is open."""
    known = [n for n in (figure.low, figure.best, figure.high) if n is not None]
    if not known:
        return
    axes.plot([min(known), max(known)], [row, row], color=colour, linewidth=2, solid_capstyle="butt")
    for end, at, step in ((figure.low, min(known), -28), (figure.high, max(known), 28)):
        if end is None:
            arrow = {"arrowstyle": "<-", "color": colour, "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
            axes.annotate("", (at, row), xytext=(step, 0), textcoords="offset points", arrowprops=arrow)
    if figure.best is not None:
        axes.plot([figure.best], [row], marker="o", color=colour)
