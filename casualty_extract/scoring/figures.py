"""Precision, recall and F1 of what was counted, and how much F1 moves when other texts are drawn."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping

from casualty_extract.scoring.types import LEVELS


def share(part: int, whole: int) -> float | None:
    """The part of a whole, from 0 to 1; None of nothing."""
    return part / whole if whole else None


def rates(counts: Mapping[str, int], level: str) -> tuple[float, float, float]:
    """Precision, recall and F1; all 1 where there is nothing to find and nothing was found."""
    ties = " ties" if level == "part_of" else ""
    predicted, expected, hits = counts[f"predicted{ties}"], counts[f"expected{ties}"], counts[level]
    if not predicted + expected:
        return 1.0, 1.0, 1.0
    return (share(hits, predicted) or 0.0), (share(hits, expected) or 0.0), 2 * hits / (predicted + expected)


def intervals(tallies: list[Counter[str]], times: int, seed: int) -> dict[str, tuple[float, float]]:
    """The middle 95 % of F1 over resamples of the texts, for each level."""
    choose = random.Random(seed)
    keys = (*LEVELS, "expected", "predicted", "expected ties", "predicted ties")
    rows = [[tally[key] for key in keys] for tally in tallies]
    drawn: dict[str, list[float]] = {level: [] for level in LEVELS}
    for _ in range(times):
        sums = map(sum, zip(*choose.choices(rows, k=len(rows)), strict=True))
        counts = dict(zip(keys, sums, strict=True))
        for level in LEVELS:
            drawn[level].append(rates(counts, level)[2])
    return {level: _middle(sorted(values)) for level, values in drawn.items()}


def _middle(values: list[float]) -> tuple[float, float]:
    last = len(values) - 1
    return values[round(0.025 * last)], values[round(0.975 * last)]
