"""The figures of two versions paired: the most alike first, each used once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from casualty_extract.model import Claim
from casualty_extract.reconciliation.gathering import name_of
from casualty_extract.report import Report
from casualty_extract.tolls import Bounds, bounds_of
from casualty_extract.versions.types import Change, Diff, Told

_UNTOLD = {"unspecified", "mixed"}


@dataclass(frozen=True, slots=True)
class _Figure:
    """A claim with its repeats, and the superseded figures that it replaces in the same text."""

    claim: Claim
    claims: tuple[Claim, ...]
    replaced: tuple[Claim, ...]
    part: bool

    @property
    def bounds(self) -> Bounds:
        return bounds_of(self.claim.count)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted({name_of(source) for claim in self.claims for source in claim.claimants}))

    @property
    def speakers(self) -> set[str]:
        return {name.casefold() for name in self.names}


_Alike = Callable[[_Figure, _Figure], bool]


def diff(report_old: Report, report_new: Report) -> Diff:
    """What became of each figure from one version of a story to the next, and by whom.

    Every claim of both reports is in one change: repeats with the figure that they repeat, superseded figures with the
    one that replaces them. Raises TypeError for what is no report.
    """
    for report in (report_old, report_new):
        if not isinstance(report, Report):
            raise TypeError(f"diff needs two reports, not {type(report).__name__}")
    old, new = _figures(report_old.claims), _figures(report_new.claims)
    pairs = _pair(old, new)
    changes = [_change(old[pairs[k]] if k in pairs else None, figure) for k, figure in enumerate(new)]
    changes += [_change(figure, None) for i, figure in enumerate(old) if i not in pairs.values()]
    return Diff(tuple(changes))


def _figures(claims: Sequence[Claim]) -> list[_Figure]:
    """The figures of a text in its order."""
    ordered = sorted(claims, key=lambda c: (c.count.start, c.count.end, c.id))
    by_id = {claim.id: claim for claim in ordered}
    home: dict[str, str] = {}  # a repeat or a superseded figure -> the claim that it goes with
    for claim in ordered:
        for tie in claim.relations:
            if tie.type == "same_as" and tie.target in by_id:
                home.setdefault(claim.id, tie.target)
            if tie.type == "updates" and tie.target in by_id and by_id[tie.target].status == "superseded":
                home.setdefault(tie.target, claim.id)
    heads: dict[str, list[Claim]] = {}
    for claim in ordered:
        heads.setdefault(_head(claim.id, home), []).append(claim)
    return [_figure(by_id[head], group, by_id) for head, group in heads.items()]


def _head(claim: str, home: dict[str, str]) -> str:
    seen = {claim}
    while claim in home and home[claim] not in seen:
        claim = home[claim]
        seen.add(claim)
    return claim


def _figure(head: Claim, group: Sequence[Claim], by_id: dict[str, Claim]) -> _Figure:
    told = tuple(c for c in group if c is head or c.status != "superseded")
    rest = tuple(c for c in group if c is not head and c.status == "superseded")
    wholes = [by_id[tie.target] for tie in head.relations if tie.type == "part_of" and tie.target in by_id]
    return _Figure(head, told, rest, any(whole.harm == head.harm for whole in wholes))


# --- pairs ------------------------------------------------------------------------------------------------------------


def _pair(old: Sequence[_Figure], new: Sequence[_Figure]) -> dict[int, int]:
    """Index of a new figure to index of the old one that it was."""
    pairs: dict[int, int] = {}
    for alike in (_is_same, _is_reworded, _is_revised, _is_taken_over):
        for k, figure in enumerate(new):
            free = (i for i in range(len(old)) if i not in pairs.values() and alike(old[i], figure))
            if k not in pairs and (found := next(free, None)) is not None:
                pairs[k] = found
    return pairs


def _is_same(old: _Figure, new: _Figure) -> bool:
    same_claim = old.claim.status == new.claim.status and old.claim.victims.category == new.claim.victims.category
    return same_claim and old.speakers == new.speakers and _is_kin(old, new) and _is_equal(old, new)


def _is_reworded(old: _Figure, new: _Figure) -> bool:
    return _is_kin(old, new) and _is_equal(old, new)


def _is_revised(old: _Figure, new: _Figure) -> bool:
    """The same claimant, or the own voice of both, with another figure of the same people."""
    return _is_kin(old, new) and (bool(old.speakers & new.speakers) or not (old.speakers or new.speakers))


def _is_taken_over(old: _Figure, new: _Figure) -> bool:
    """A figure of the text's own voice that somebody gives now, or the other way round."""
    return _is_kin(old, new) and not new.part and bool(old.speakers) != bool(new.speakers)


def _is_equal(old: _Figure, new: _Figure) -> bool:
    return old.bounds == new.bounds and old.claim.count.value == new.claim.count.value


def _is_kin(old: _Figure, new: _Figure) -> bool:
    """Whether two figures may count the same people in the same way."""
    a, b = old.claim, new.claim
    if (a.harm, a.scope, bool(a.episode), old.part) != (b.harm, b.scope, bool(b.episode), new.part):
        return False
    if (a.status == "superseded") != (b.status == "superseded") or a.implicit != b.implicit:
        return False
    if old.part or a.implicit:
        same_words = a.victims.attributes == b.victims.attributes and a.victims.category == b.victims.category
        return same_words and (not a.implicit or a.count.text == b.count.text)
    return len({a.victims.category, b.victims.category} - _UNTOLD) <= 1 and a.increment == b.increment


# --- changes ----------------------------------------------------------------------------------------------------------


def _change(old: _Figure | None, new: _Figure | None) -> Change:
    told = new or old
    assert told is not None
    return Change(_kind(old, new), told.claim.harm, told.claim.victims.category, _told(old), _told(new))


def _kind(old: _Figure | None, new: _Figure | None) -> str:
    if old is None or new is None:
        return "new" if old is None else "withdrawn"
    before, after = old.bounds.best, new.bounds.best
    if before is not None and after is not None and before != after:
        return "raised" if after > before else "lowered"
    return "unchanged" if _is_same(old, new) else "reworded"


def _told(figure: _Figure | None) -> Told | None:
    if figure is None:
        return None
    claim = figure.claim
    ids = tuple(c.id for c in (*figure.claims, *figure.replaced))
    return Told(*figure.bounds, figure.names, claim.status, ids, claim.text, claim.start, claim.end)
