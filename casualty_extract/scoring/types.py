"""What a score tells: measures by level, accuracies by field, and every mistake with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEVELS = ("found", "number", "victims", "claimant", "full", "part_of")
GIVEN = ("value", "category", "origin", "chain", "status", "scope", "name")


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision, recall and F1 from 0 to 1, and the 95 % bootstrap interval of F1 over texts; None: not asked for."""

    precision: float
    recall: float
    f1: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong: in which text (its id), of which kind ("missed", "extra", "harm", "value", ...), where
    (the count's words and place), what was found and what gold has."""

    id: str
    kind: str
    text: str
    start: int
    end: int
    found: str
    expected: str

    def __str__(self) -> str:
        return f'{self.id}  {self.kind}  "{self.text}" ({self.start} to {self.end}): {self.found} for {self.expected}'


@dataclass(frozen=True, slots=True)
class Score:
    """How well a pipeline did: ``measures`` by level, accuracies ``given_found`` by field (None: nothing to measure).

    ``distractors`` are the numbers that gold says count no victims, ``returned`` those of them that a claim has as its
    count. ``mistakes`` stand in the order of the texts.
    """

    texts: int
    expected: int
    predicted: int
    measures: Mapping[str, Measure]
    given_found: Mapping[str, float | None]
    distractors: int
    returned: int
    mistakes: tuple[Mistake, ...] = ()

    def __str__(self) -> str:
        lines = [f"{self.texts} texts, {self.expected} claims expected, {self.predicted} found"]
        for level, m in self.measures.items():
            between = "" if m.low is None or m.high is None else f"  ({m.low:.3f} to {m.high:.3f})"
            lines.append(f"{level:<9} P {m.precision:.3f}  R {m.recall:.3f}  F1 {m.f1:.3f}{between}")
        told = (
            f"{field} {'-' if right is None else format(right, '.3f')}" for field, right in self.given_found.items()
        )
        lines.append(f"of those found: {'  '.join(told)}")
        if self.distractors:
            lines.append(f"numbers that count no victims: {self.distractors}, returned {self.returned}")
        return "\n".join(lines)
