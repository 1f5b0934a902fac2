"""The rows of a codebook: one for an event, or one for each claim."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from casualty_extract.codebooks import Codebook, Column
from casualty_extract.model import Claim
from casualty_extract.reconciliation.gathering import Witness, name_of
from casualty_extract.reconciliation.hearing import Hearing
from casualty_extract.reconciliation.sides import Sides, side_of
from casualty_extract.reconciliation.types import OWN_VOICE, Event, EventToll
from casualty_extract.tolls import bounds_of

Row = dict[str, Any]


def code_event(event: Event, hearing: Hearing, book: Codebook, sides: Sides) -> tuple[Row, ...]:
    """The rows of an event, each with the codebook's columns in order."""
    if book.unit == "claim":
        chosen = [(witness, claim) for witness in hearing.witnesses for claim in _chosen(witness, book)]
        return tuple(_ClaimRow(witness, claim, book, sides).row() for witness, claim in chosen)
    return (_EventRow(event, hearing, book, sides).row(),)


# --- one row an event -------------------------------------------------------------------------------------------------


class _EventRow:
    """The figures of one event on their way into columns. Where no text gives a figure, it is 0."""

    def __init__(self, event: Event, hearing: Hearing, book: Codebook, sides: Sides) -> None:
        self.event, self.hearing, self.book, self.sides = event, hearing, book, sides
        self._found: dict[tuple[object, ...], list[EventToll | None]] = {}
        told = {harm for column in book.columns for harm in column.harms}
        self.tolls = [t for t in event.tolls if t.category is None and t.harm in told]

    def row(self) -> Row:
        return {column.name: self.cell(column) for column in self.book.columns}

    def cell(self, column: Column) -> Any:
        texts: Mapping[str, Callable[[], Any]] = {
            "key": lambda: self.event.key if self.event.key is not None else "; ".join(self.event.texts),
            "claimants": lambda: self.joined({n for t in self.tolls for f in t.current for n in f.claimants}),
            "publishers": lambda: self.meta("publisher"),
            "quotations": self.quotations,
            "texts": lambda: "; ".join(self.event.texts),
            "text_dates": lambda: self.joined({w.date[:10] for w in self.hearing.witnesses if w.date}),
            "meta": lambda: self.meta(column.key or ""),
        }
        return texts[column.value]() if column.value in texts else self.figure(column)

    def figure(self, column: Column) -> int:
        """One figure. Where the codebook has a rest, all people are at least those of the others."""
        whole = not column.categories and column.side is None
        if column.value == "rest":
            return max(self.of(column, "best") - self.parts(column), 0)
        if whole and column.value == "best":
            return max(self.of(column, "best"), self.parts(column))
        if column.value == "high":
            return max(self.of(column, "high"), self.parts(column) if whole else 0, *self.lower(column))
        return self.of(column, column.value)

    def lower(self, column: Column) -> list[int]:
        """The other ends of the same people or of some of them: no column of high figures is below those."""
        same = [c for c in self.book.columns if c.harms == column.harms and c.value in ("low", "best")]
        within = [
            c for c in same if not column.categories or (c.categories and {*c.categories} <= {*column.categories})
        ]
        return [0, *(self.of(c, c.value) for c in within if column.side in (None, c.side))]

    def parts(self, column: Column) -> int:
        """The sum of the narrower columns of the same harms, where the codebook has one for the rest of them."""
        same = [c for c in self.book.columns if c.harms == column.harms]
        if not any(c.value == "rest" for c in same):
            return 0
        narrow = [c for c in same if c.value == "best" and (c.categories or c.side)]
        return sum(self.of(c, "best") for c in narrow)

    def of(self, column: Column, end: str) -> int:
        asked = (column.harms, column.categories, column.side)
        if asked not in self._found:
            self._found[asked] = [self.hearing.toll(harm, pick=self.pick(column)) for harm in column.harms]
        return sum(_end(toll, end) for toll in self._found[asked] if toll is not None)

    def pick(self, column: Column) -> Callable[[Witness, Claim], bool] | None:
        """Which claims a column looks at; None: all."""
        if not column.categories and column.side is None:
            return None

        def fits(witness: Witness, claim: Claim) -> bool:
            of_category = not column.categories or witness.category(claim) in column.categories
            return of_category and (column.side is None or side_of(claim, self.sides, self.book) == column.side)

        return fits

    def quotations(self) -> str:
        """Who says what in which words, one after the other."""
        told = {
            f'{", ".join(figure.claimants) or OWN_VOICE}: "{" ".join(quotation.text.split())}"': None
            for toll in self.tolls
            for figure in toll.current
            for quotation in figure.quotations
        }
        return "; ".join(told)

    def meta(self, key: str) -> str:
        return self.joined({str(v) for w in self.hearing.witnesses if (v := w.report.meta.get(key)) is not None})

    def joined(self, parts: set[str]) -> str:
        return "; ".join(sorted(parts))


def _end(toll: EventToll, end: str) -> int:
    """One end of a toll as a number: an open high is the highest figure named, an open low is 0."""
    if end == "low":
        return toll.low or 0
    named = [value for figure in toll.current for value in (figure.best, figure.low) if value is not None]
    if end == "best":
        return toll.best if toll.best is not None else toll.low or 0
    return toll.high if toll.high is not None else max(named, default=0)


# --- one row a claim --------------------------------------------------------------------------------------------------


def _chosen(witness: Witness, book: Codebook) -> list[Claim]:
    """The claims that a codebook has rows for."""
    wanted = book.claims

    def fits(claim: Claim) -> bool:
        ties = {relation.type for relation in claim.relations}
        return (
            claim.status in wanted.statuses
            and (not book.harms or claim.harm in book.harms)
            and (wanted.parts or "part_of" not in ties)
            and (wanted.repeats or "same_as" not in ties)
            and (wanted.implicit or not claim.implicit)
            and (book.policy.attackers or "attacker" not in claim.victims.attributes)
        )

    return [claim for claim in witness.claims if fits(claim)]


class _ClaimRow:
    """One claim on its way into columns."""

    def __init__(self, witness: Witness, claim: Claim, book: Codebook, sides: Sides) -> None:
        self.witness, self.claim, self.book, self.sides = witness, claim, book, sides

    def row(self) -> Row:
        return {column.name: self.cell(column) for column in self.book.columns}

    def cell(self, column: Column) -> Any:
        claim, bounds = self.claim, bounds_of(self.claim.count)
        values: Mapping[str, Callable[[], Any]] = {
            "id": lambda: claim.id,
            "text": lambda: self.witness.id,
            "value": lambda: bounds.best,
            "low": lambda: bounds.low,
            "high": lambda: bounds.high,
            "is_minimum": lambda: bounds.high is None and bounds.low is not None,
            "is_maximum": lambda: bounds.low is None and bounds.high is not None,
            "category": lambda: self.witness.category(claim),
            "harm": self.harm,
            "category_harm": self.category_harm,
            "side": self.side,
            "category_harm_side": lambda: "-".join([self.category_harm(), *filter(None, [self.side()])]),
            "claimants": self.claimants,
            "status": lambda: claim.status,
            "scope": lambda: self.book.scopes.get(claim.scope, claim.scope),
            "days": self.days,
            "quotation": lambda: " ".join(claim.text.split()),
            "meta": lambda: self.witness.report.meta.get(column.key or ""),
        }
        return values[column.value]()

    def harm(self) -> str:
        return self.book.harms.get(self.claim.harm, self.claim.harm)

    def category_harm(self) -> str:
        return f"{self.witness.category(self.claim)} {self.harm()}"

    def claimants(self) -> str | None:
        """The claimants of the claim and of those that say the same again; None: the text's own voice."""
        told = [self.claim, *self.witness.repeats([self.claim])]
        return "; ".join(sorted({name_of(s) for claim in told for s in claim.claimants})) or None

    def side(self) -> str | None:
        return side_of(self.claim, self.sides, self.book)

    def days(self) -> int | None:
        """Days from the codebook's day zero to the date of the text; None where it has none."""
        if self.witness.date is None or self.book.day_zero is None:
            return None
        return (date.fromisoformat(self.witness.date[:10]) - self.book.day_zero).days
