"""The public types: what a report holds. Every type is frozen.

Offsets are Python ``str`` indices into the text exactly as it was passed in; ``text[start:end]`` is the span's text.
``None`` in a bound means open ("at least 40" has no ``high``); in any other field, that the text does not say.
The fields follow the contract of ``docs/record.md``; low / best / high are the bounds of UCDP and Iraq Body Count,
cue / source / claimant are the terms of PARC and PolNeAR.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from operator import attrgetter
from typing import Any

from casualty_extract.values import (
    ATTRIBUTES,
    CATEGORIES,
    DOUBTS,
    HARMS,
    MODIFIERS,
    RELATIONS,
    SCOPES,
    SOURCE_TYPES,
    STATUSES,
    UNITS,
    Category,
    Harm,
    Modifier,
    RelationType,
    Scope,
    Status,
    Unit,
    plain,
)

__all__ = [
    "ATTRIBUTES", "CATEGORIES", "DOUBTS", "HARMS", "MODIFIERS", "RELATIONS", "SCHEMA", "SCOPES", "SOURCE_TYPES",
    "STATUSES", "UNITS", "Category", "Claim", "Count", "Exclusion", "Harm", "Modifier", "Rejection", "Relation",
    "RelationType", "Scope", "Source", "Span", "Status", "Toll", "Unit", "Victims",
]  # fmt: skip

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text: ``text == whole[start:end]``, ``0 <= start <= end``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Count:
    """The number expression with its modifier, the figure named, and the bounds that the words license (people).

    ``value`` is None for a range or a vague word; ``low`` None: no lower bound; ``high`` None: no upper bound.
    """

    text: str
    start: int
    end: int
    value: int | None
    low: int | None
    high: int | None
    modifier: str


@dataclass(frozen=True, slots=True)
class Victims:
    """Who was harmed. ``text`` is the noun phrase without the number; all three places are None where there is none."""

    text: str | None = None
    start: int | None = None
    end: int | None = None
    category: str = "unspecified"
    attributes: tuple[str, ...] = ()
    affiliation: str | None = None
    unit: str = "person"


@dataclass(frozen=True, slots=True)
class Source:
    """One link in the chain of who says so.

    ``name`` is the resolved name ("Syrian Observatory for Human Rights" behind "the watchdog"), the text itself where
    nothing resolves. ``body`` is the organisation that a person speaks for, None where the text does not tell.
    ``cue`` is the reporting word. ``joint`` links were named together ("A and B said").
    """

    text: str
    start: int
    end: int
    name: str
    body: str | None = None
    type: str = "unnamed"
    cue: Span | None = None
    joint: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie to another claim of the same text; ``target`` is that claim's id."""

    type: str
    target: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One number of people, in one harm, as put forward by one source. The fields are those of the contract."""

    id: str
    text: str
    start: int
    end: int
    count: Count
    harm: str
    harm_cue: Span | None
    victims: Victims
    attribution: tuple[Source, ...] = ()
    disputed_by: tuple[Source, ...] = ()
    perpetrator: Span | None = None
    cause: Span | None = None
    place: Span | None = None
    time: Span | None = None
    status: str = "asserted"
    status_cue: Span | None = None
    scope: str = "event"
    increment: bool = False
    episode: int = 0
    relations: tuple[Relation, ...] = ()
    implicit: bool = False
    doubts: tuple[str, ...] = ()
    rules: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if [name for name in self.rules.values() if not isinstance(name, str)]:
            object.__setattr__(self, "rules", plain(self.rules, "rules"))

    @classmethod
    def made(cls, **given: Any) -> Claim:
        """A claim of fields that need no check, those of ``rules`` as JSON would give them back, at a quarter of the
        time: a text has several, and most of it is spent on the frozen ``__setattr__``."""
        claim = object.__new__(cls)
        for name, value in {**_DEFAULTS, **given}.items():
            _PUT[name](claim, value)
        return claim

    def changed(self, **given: Any) -> Claim:
        """The claim with other values of some fields, as ``dataclasses.replace`` gives it at six times the time: the
        fields that stay were checked when this claim was made, and every claim goes through several stages. New values
        are taken as they are; those of ``rules`` must be as JSON would give them back."""
        claim = object.__new__(Claim)
        for put, value in zip(_PUTS, _values_of(self), strict=True):
            put(claim, value)
        for name, value in given.items():
            _PUT[name](claim, value)
        return claim

    def __hash__(self) -> int:
        """Of the fields that tell claims apart; ``rules`` is a mapping, which has no hash."""
        return hash((self.id, self.text, self.count, self.victims, self.attribution, self.status, self.scope))

    @property
    def claimants(self) -> tuple[Source, ...]:
        """The origin of the claim: the last link of the chain and those joined to it; empty: the text's own voice."""
        first = len(self.attribution) - 1
        while first > 0 and self.attribution[first].joint and self.attribution[first - 1].joint:
            first -= 1
        return self.attribution[max(first, 0) :]

    @property
    def relayed_by(self) -> tuple[Source, ...]:
        """The links before the claimants, from the one nearest the reader."""
        return self.attribution[: len(self.attribution) - len(self.claimants)]


_values_of = attrgetter(*Claim.__slots__)
_PUT: dict[str, Any] = {name: Claim.__dict__[name].__set__ for name in Claim.__slots__}  # past the frozen __setattr__
_PUTS = tuple(_PUT.values())
_DEFAULTS = {each.name: each.default for each in fields(Claim) if each.default is not MISSING}


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A claim that a toll leaves out, and the reason (a closed code such as ``part_of``, ``hypothetical``)."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Toll:
    """What the text as a whole says of one harm in its own event (episode 0), in people.

    ``low`` or ``high`` None: open at that end. ``claims`` are the ids that the figures rest on.
    """

    low: int | None
    best: int | None
    high: int | None
    claims: tuple[str, ...] = ()
    excluded: tuple[Exclusion, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejection:
    """A number near a harm word that counts no victims, and why (``age``, ``date``, ``money``, ...)."""

    text: str
    start: int
    end: int
    reason: str
