"""What a reconciliation holds. Every type is frozen; figures count people; None in a bound means open.

A text is named by its id: ``Report.meta["id"]``, else a digest of the text. Offsets are those of that text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, overload

from casualty_extract.spreadsheet import Rows
from casualty_extract.values import HARMS, check

if TYPE_CHECKING:
    import os

    from casualty_extract.review import ReviewItem

ENDS = ("low", "best", "high")
OWN_VOICE = "(own voice)"  # how tables call a text that names nobody


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words of a claim in their text: ``text == whole[start:end]``."""

    text_id: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Figure:
    """What one claimant puts forward in one text: one claim, or several that add up.

    ``claimants``: the names of the origin, a person under the body that he or she speaks for; several where they spoke
    together; empty: the text's own voice. ``types``: what kind of source each of them is. ``status``: that of the
    least certain claim. ``date``: that of the text (ISO), None where it has none. ``claims``: their ids in that text.
    ``outdated``: the same claimant gives another figure later. ``own_voice``: the text states it without a source, too.
    """

    claimants: tuple[str, ...]
    types: tuple[str, ...]
    low: int | None
    best: int | None
    high: int | None
    status: str
    text_id: str
    date: str | None
    claims: tuple[str, ...]
    quotations: tuple[Quotation, ...]
    disputed_by: tuple[str, ...] = ()
    outdated: bool = False
    own_voice: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that a reconciled toll does not rest on, and why (the reasons of docs/tolls.md)."""

    text_id: str
    claim: str
    reason: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Those who now give the same figure; ``own_voice``: whether texts give it without naming anybody, too."""

    best: int
    claimants: tuple[str, ...]
    own_voice: bool


@dataclass(frozen=True, slots=True)
class EventToll:
    """The figures of one harm and victims' category (None: all people) in one event, and what they come to.

    ``figures``: every claimant's, in order of date, text and place; the outdated ones stand in the timeline only.
    """

    harm: str
    category: str | None
    low: int | None
    best: int | None
    high: int | None
    figures: tuple[Figure, ...]
    excluded: tuple[LeftOut, ...] = ()

    @property
    def current(self) -> tuple[Figure, ...]:
        """The figures that the toll rests on: each claimant's latest."""
        return tuple(figure for figure in self.figures if not figure.outdated)

    @property
    def claims(self) -> tuple[tuple[str, str], ...]:
        """The claims that the toll rests on, as text id and claim id."""
        return tuple((figure.text_id, claim) for figure in self.current for claim in figure.claims)

    def behind(self, end: str) -> tuple[Figure, ...]:
        """The figures that give one end ("low", "best", "high"); empty where that end is open.

        Raises ValueError for another end.
        """
        check("end", end, ENDS)
        value = getattr(self, end)
        told = [f for f in self.current if value is not None and getattr(f, end) == value]
        return tuple([f for f in told if f.best] or told)

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """The figures given now, those of most claimants first; texts that repeat one claimant count once."""
        values = sorted({f.best for f in self.current if f.best is not None})
        found = []
        for value in values:
            giving = [f for f in self.current if f.best == value]
            names = tuple(sorted({name for f in giving for name in f.claimants}))
            found.append(Agreement(value, names, any(not f.claimants for f in giving)))
        return tuple(sorted(found, key=lambda a: (-len(a.claimants) - a.own_voice, a.best)))

    @property
    def timeline(self) -> dict[str, tuple[Figure, ...]]:
        """Each claimant's dated figures in order of time; "" holds those in the own voice of texts."""
        found: dict[str, list[Figure]] = {}
        for figure in self.figures:
            for name in figure.claimants or ("",):
                if figure.date is not None:
                    found.setdefault(name, []).append(figure)
        return {name: tuple(found[name]) for name in sorted(found)}


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its key (None where all texts are one event), the ids of its texts, its tolls, and what to check.

    ``coded``: its rows by the codebook; empty where none was followed.
    """

    key: str | None
    texts: tuple[str, ...]
    tolls: tuple[EventToll, ...]
    checks: tuple[ReviewItem, ...] = ()
    coded: tuple[Mapping[str, Any], ...] = ()

    def toll(self, harm: str, category: str | None = None) -> EventToll | None:
        """The toll of a harm, of one category where given; None where no text gives one.

        Raises ValueError for a harm that does not exist.
        """
        check("harm", harm, HARMS)
        return next((t for t in self.tolls if t.harm == harm and t.category == category), None)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The events of some reports, in order of their keys. ``codebook``: the one that it followed, None: none;
    ``columns``: those of the codebook."""

    events: tuple[Event, ...]
    codebook: str | None = None
    columns: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)

    def __len__(self) -> int:
        return len(self.events)

    def __getitem__(self, key: str | None) -> Event:
        """The event of a key. Raises KeyError that names it."""
        for event in self.events:
            if event.key == key:
                return event
        raise KeyError(key)

    def toll(self, harm: str, category: str | None = None) -> EventToll | None:
        """The toll of the only event. Raises ValueError where there are several: ask one of ``events``."""
        if len(self.events) > 1:
            raise ValueError(f"there are {len(self.events)} events: ask one of them, reconciliation[key].toll(...)")
        return self.events[0].toll(harm, category) if self.events else None

    def code(self) -> Rows:
        """The rows of all events by the codebook: plain dicts, with ``to_csv``. Raises ValueError without one."""
        if self.codebook is None:
            raise ValueError("without a codebook there are no columns: reconcile(..., codebook=...)")
        return Rows(self.columns, (dict(row) for event in self.events for row in event.coded))

    def review(self) -> tuple[ReviewItem, ...]:
        """What to check by hand in all events, worst first."""
        from casualty_extract.review import in_order

        return in_order(item for event in self.events for item in event.checks)

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers."""
        return _plain(self)  # type: ignore[no-any-return]

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Reconciliation:
        """The reconciliation behind ``to_dict``, equal to it. Raises ValueError that names the key at fault."""
        from casualty_extract.reconciliation.record import read_reconciliation

        return read_reconciliation(record)

    def rows(self) -> list[dict[str, Any]]:
        """One flat dict for each event, harm and category: the figures with who gives each, for a table or frame."""
        from casualty_extract.reconciliation.table import toll_rows

        return toll_rows(self)

    def __str__(self) -> str:
        """The rows as a plain table of at most 100 columns."""
        from casualty_extract.reconciliation.table import format_reconciliation

        return format_reconciliation(self)

    def _repr_html_(self) -> str:
        """The tolls as a notebook shows them: a bar from low to high, each claimant's figure a dot."""
        from casualty_extract.views.reconciled import reconciliation_fragment

        return reconciliation_fragment(self)

    @overload
    def to_html(self, path: None = None) -> str: ...

    @overload
    def to_html(self, path: str | os.PathLike[str]) -> None: ...

    def to_html(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """The tolls as one HTML page that needs nothing besides; written to ``path`` in UTF-8 where one is given.

        Raises OSError where the file cannot be written.
        """
        from casualty_extract.views.pages import write_page
        from casualty_extract.views.reconciled import reconciliation_page

        page = reconciliation_page(self)
        if path is None:
            return page
        write_page(page, path)
        return None


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if hasattr(value, "__dataclass_fields__"):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    return value
