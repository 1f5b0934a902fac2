"""A toll as a bar from low to high, each claimant's figure a dot on it; an end that is open runs on with an arrow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from casualty_extract.reconciliation.types import EventToll, Figure
from casualty_extract.views.markup import Markup, element
from casualty_extract.views.wording import OWN_VOICE, say_bounds

_LEFT, _RIGHT = 5.0, 92.0  # where a scale begins and ends, in percent of the width; beyond it is room for arrows
_BAR, _STEP = 26, 13  # the height of the bar's middle, and between the levels of dots, in pixels
_NEAR = 3.0  # what comes nearer than this stands on a level of its own, in percent of the width


class Scale(NamedTuple):
    """From figures to places: ``start`` and ``end`` are the figures at its two ends."""

    start: int
    end: int

    def x(self, figure: int) -> float:
        """The place of a figure, in percent of the width."""
        return round(_LEFT + (_RIGHT - _LEFT) * (figure - self.start) / max(self.end - self.start, 1), 2)


def scale(tolls: Iterable[EventToll]) -> Scale:
    """One scale for all tolls of a harm: from 0, or from near the lowest figure where all are far from 0."""
    figures = [n for t in tolls for f in t.figures for n in (f.low, f.best, f.high, t.low, t.best, t.high)]
    told = [n for n in figures if n is not None]
    low, high = min(told, default=0), max(told, default=0)
    near = low < high < 2 * low
    return Scale(max(low - max((high - low) // 4, 1), 0) if near else 0, high)


def say_figure(figure: Figure) -> str:
    """Who gives which figure, in one line."""
    return f"{', '.join(figure.claimants) or OWN_VOICE}: {say_bounds(figure.low, figure.high)}"


def repeats(toll: EventToll) -> list[tuple[Figure, ...]]:
    """The figures of a toll, those that the same claimants give again put together."""
    found: dict[tuple[object, ...], list[Figure]] = {}
    for f in toll.figures:
        found.setdefault((f.claimants, f.low, f.best, f.high, f.outdated), []).append(f)
    return [tuple(group) for group in found.values()]


def draw(toll: EventToll, on: Scale, numbers: Mapping[str, int]) -> Markup:
    """The drawing of one toll. ``numbers``: what a claimant is linked by."""
    groups = [group for group in repeats(toll) if _point(group[0]) is not None]
    levels = _levels([_stretch(group[0], on) for group in groups])
    below = _BAR + _STEP * max(levels, default=0) + 26
    dots = [_dot(group, on, _BAR + _STEP * level, numbers) for group, level in zip(groups, levels, strict=True)]
    axis = (
        element("line", x1=f"{_LEFT}%", x2=f"{_RIGHT}%", y1=below - 14, y2=below - 14, class_="cx-axis"),
        element("text", f"{on.start:,}", x=f"{_LEFT}%", y=below, text_anchor="middle", class_="cx-tick"),
        element("text", f"{on.end:,}", x=f"{_RIGHT}%", y=below, text_anchor="middle", class_="cx-tick"),
    )
    name = element("title", f"{toll.harm}, {toll.category or 'all'}: {say_bounds(toll.low, toll.high)}")
    return element(
        "svg", name, *axis, *_line(toll.low, toll.high, on, _BAR, "cx-bar"), *_best(toll, on), *dots,
        role="group", width="100%", height=below + 4, class_="cx-range",
    )  # fmt: skip


def _point(figure: Figure) -> int | None:
    """Where a figure's dot stands: at its best, else at the end that it has; None where it has neither."""
    return next((n for n in (figure.best, figure.low, figure.high) if n is not None), None)


def _levels(stretches: Sequence[tuple[float, float]]) -> list[int]:
    """For each stretch the first level on which none before it is near."""
    found: list[int] = []
    for left, right in stretches:
        before = zip(stretches, found, strict=False)
        taken = {level for (a, b), level in before if a - _NEAR < right and left - _NEAR < b}
        found.append(next(level for level in range(len(taken) + 1) if level not in taken))
    return found


def _stretch(figure: Figure, on: Scale) -> tuple[float, float]:
    """From where to where a figure's dot and the line of its bounds reach."""
    return 0.0 if figure.low is None else on.x(figure.low), 100.0 if figure.high is None else on.x(figure.high)


def _line(low: int | None, high: int | None, on: Scale, y: int, name: str) -> list[Markup]:
    """A line from low to high; beyond an end that is open it is broken and ends in an arrow."""
    left, right = (_LEFT if low is None else on.x(low)), (_RIGHT if high is None else on.x(high))
    line = element("line", x1=f"{left}%", x2=f"{right}%", y1=y, y2=y, class_=name)
    opened = []
    if low is None:
        opened += _open(left, 1.5, y, name, "◂", "no lower bound")
    if high is None:
        opened += _open(right, 98.5, y, name, "▸", "no upper bound")
    return [line, *opened]


def _open(start: float, end: float, y: int, name: str, arrow: str, why: str) -> list[Markup]:
    line = element("line", x1=f"{start}%", x2=f"{end}%", y1=y, y2=y, class_=f"{name} cx-open")
    if name != "cx-bar":
        return [line]
    sign = element("text", arrow, element("title", why), x=f"{end}%", y=y + 5, text_anchor="middle", class_="cx-arrow")
    return [line, sign]


def _best(toll: EventToll, on: Scale) -> list[Markup]:
    """A mark at the best figure, and the figure above it."""
    if toll.best is None:
        return []
    x = f"{on.x(toll.best)}%"
    return [
        element("line", x1=x, x2=x, y1=_BAR - 9, y2=_BAR + 9, class_="cx-best"),
        element("text", f"{toll.best:,}", x=x, y=_BAR - 13, text_anchor="middle", class_="cx-best"),
    ]


def _dot(group: Sequence[Figure], on: Scale, y: int, numbers: Mapping[str, int]) -> Markup:
    """One claimant's figure: a dot, hollow where the claimant gives another one later, on the line of its bounds."""
    figure = group[0]
    dates = ", ".join(dict.fromkeys(f.date for f in group if f.date))
    said = say_figure(figure) + (f" ({dates})" if dates else "")
    words = [said, *(["the same claimant gives another figure later"] if figure.outdated else [])]
    words += dict.fromkeys(f"“{quotation.text}”" for f in group for quotation in f.quotations)
    name = "cx-dot cx-outdated" if figure.outdated else "cx-dot"
    dot = element("circle", cx=f"{on.x(_point(figure) or 0)}%", cy=y, r=5, class_=name)
    is_exact = figure.low is not None and figure.low == figure.high
    span = [] if is_exact else _line(figure.low, figure.high, on, y, "cx-span")
    return element(
        "g", element("title", "\n".join(words)), *span, dot, role="img", tabindex=0, aria_label=said,
        data_k=" ".join(str(numbers[name]) for name in figure.claimants or ("",)),
    )  # fmt: skip
