"""What a codebook file holds. Every type is frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casualty_extract.rules.vague import VagueReading
from casualty_extract.tolls import Policy

UNITS = ("event", "claim")
EVENT_VALUES = ("key", "low", "best", "high", "rest", "claimants", "publishers", "quotations", "texts", "text_dates")
CLAIM_VALUES = (
    "id", "text", "value", "low", "high", "is_minimum", "is_maximum", "category", "harm", "category_harm", "side",
    "category_harm_side", "claimants", "status", "scope", "days", "quotation",
)  # fmt: skip
SHARED_VALUES = ("meta",)


@dataclass(frozen=True, slots=True)
class Document:
    """The document that a codebook follows; ``url`` or ``doi`` says where it is."""

    title: str
    publisher: str
    year: int
    authors: str = ""
    version: str = ""
    url: str = ""
    doi: str = ""

    def cite(self) -> str:
        """One line to cite it by, for whoever publishes what was coded: authors, year, title, publisher, address."""
        parts = (self.authors, f"({self.year})", self.title, self.version, self.publisher)
        where = f"https://doi.org/{self.doi}" if self.doi else self.url
        return ". ".join([p for p in parts if p] + [where])


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, and what stands in it. ``categories`` are the codebook's own; empty: all people.

    ``side``: only those of a side that the caller names. ``key``: the key of ``Report.meta``, for the value "meta".
    """

    name: str
    value: str
    harms: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    side: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims a codebook of claims has a row for."""

    statuses: tuple[str, ...] = ("asserted", "hedged")
    parts: bool = True
    repeats: bool = False
    implicit: bool = False


@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook as read. ``place`` is what settings and errors call it: its name, or the file of the user."""

    place: str
    name: str
    version: str
    unit: str
    follows: Document
    vague: VagueReading
    categories: Mapping[str, str]  # category of the library -> category of the codebook
    harms: Mapping[str, str]  # harm of the library -> the codebook's word for it
    scopes: Mapping[str, str]
    sides: Mapping[str, tuple[str, ...]]  # side -> categories of the library that belong to it where nobody says
    policy: Policy
    claims: ClaimFilter
    columns: tuple[Column, ...]
    day_zero: date | None = None

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)
