"""What a comparison of two versions holds. Every type is frozen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from casualty_extract.values import check

KINDS = ("new", "raised", "lowered", "withdrawn", "reworded", "unchanged")
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Told:
    """A figure in one version: its bounds in people (None: open), who gives it and how.

    ``claimants``: the names of the origin, empty: the text's own voice. ``claims``: the ids of the claim and of its
    repeats. ``text``, ``start`` and ``end``: the words of the first of them, in that version's text.
    """

    low: int | None
    best: int | None
    high: int | None
    claimants: tuple[str, ...]
    status: str
    claims: tuple[str, ...]
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one figure. ``old`` None: it is new; ``new`` None: it was withdrawn.

    ``kind``: new, raised, lowered, withdrawn, reworded (the same figure by somebody else, of another status, or with
    other bounds) or unchanged. ``category`` is that of the newer version.
    """

    kind: str
    harm: str
    category: str
    old: Told | None
    new: Told | None

    @property
    def by(self) -> tuple[str, ...]:
        """Who changed it: the claimants of the new figure, of a withdrawn one those of the old."""
        told = self.new or self.old
        return told.claimants if told else ()


@dataclass(frozen=True, slots=True)
class Diff:
    """The changes between two versions, in the order of the newer text, withdrawn figures last."""

    changes: tuple[Change, ...]

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def of(self, *kinds: str) -> tuple[Change, ...]:
        """The changes of some kinds. Raises ValueError for a kind that does not exist."""
        for kind in kinds:
            check("kind", kind, KINDS)
        return tuple(change for change in self.changes if change.kind in kinds)

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers."""
        return {"changes": [asdict(change) | {"by": list(change.by)} for change in self.changes]}

    def __str__(self) -> str:
        """One line a change, at most 100 columns."""
        lines = [
            f"{change.kind:<9}  {change.harm:<10}  {_shown(change.old):>9} -> {_shown(change.new):<9}  "
            + (" & ".join(" ".join(name.split()) for name in change.by) or "(own voice)")
            for change in self.changes
        ]
        return "\n".join(line if len(line) <= _WIDTH else line[: _WIDTH - 3] + "..." for line in lines) or "no figures"


def _shown(told: Told | None) -> str:
    if told is None:
        return "-"
    low, high = ("" if value is None else str(value) for value in (told.low, told.high))
    return low if low == high else f"{low}..{high}"
