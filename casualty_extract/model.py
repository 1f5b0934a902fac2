"""The public types: what a text is turned into. Every type is frozen.

Offsets are Python ``str`` indices into the text exactly as it was passed in; ``text[start:end]`` is the span's text.
``None`` in a bound means open ("at least 40" has no ``high``); in any other field, that the text does not say.
The fields follow the contract of ``docs/record.md``; low / best / high are the bounds of UCDP and Iraq Body Count,
cue / source / claimant are the terms of PARC and PolNeAR.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casualty_extract.values import (
    ATTRIBUTES,
    CATEGORIES,
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
    check,
    plain,
)

if TYPE_CHECKING:
    import pandas

__all__ = [
    "ATTRIBUTES", "CATEGORIES", "HARMS", "MODIFIERS", "RELATIONS", "SCHEMA", "SCOPES", "SOURCE_TYPES", "STATUSES",
    "UNITS", "Category", "Claim", "Count", "Exclusion", "Harm", "Modifier", "Rejection", "Relation", "RelationType",
    "Report", "Scope", "Source", "Span", "Status", "Toll", "Unit", "Victims",
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
        if not all(isinstance(name, str) for name in self.rules.values()):
            object.__setattr__(self, "rules", plain(self.rules, "rules"))

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


@dataclass(frozen=True, slots=True)
class Report:
    """All that one text says of casualties: its claims in order of ``count.start``, its tolls, and the numbers refused.

    ``meta`` and ``settings`` are kept as plain JSON values: tuples become lists, dates ISO strings, NaN None.
    Raises TypeError for a value in them that JSON does not know, naming its key.
    """

    text: str
    claims: tuple[Claim, ...] = ()
    tolls: Mapping[str, Toll] = field(default_factory=dict)
    rejections: tuple[Rejection, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)
    pipeline: str = "rules"
    settings: Mapping[str, Any] = field(default_factory=dict)
    library: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "meta", plain(self.meta, "meta"))
        object.__setattr__(self, "settings", plain(self.settings, "settings"))

    def __hash__(self) -> int:
        """Of the text and its claims; the mappings have no hash."""
        return hash((self.text, self.claims, self.rejections, self.pipeline, self.library))

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.claims)

    def __bool__(self) -> bool:
        """True, whatever it holds: a report without claims is still a report."""
        return True

    def where(
        self, *, harm: str | None = None, claimant: str | None = None, category: str | None = None
    ) -> tuple[Claim, ...]:
        """The claims of one harm, victims' category and claimant.

        ``claimant`` matches where it is a part of a claimant's name, body or text, upper and lower case alike.
        Raises ValueError for a harm or category that does not exist.
        """
        check("harm", harm, HARMS)
        check("category", category, CATEGORIES)
        return tuple(
            c
            for c in self.claims
            if (harm is None or c.harm == harm)
            and (category is None or c.victims.category == category)
            and (claimant is None or any(_named(s, claimant) for s in c.claimants))
        )

    def claimants(self) -> dict[str, tuple[Claim, ...]]:
        """Each claimant's name with its claims, in order of appearance; "" holds the claims in the text's own voice."""
        found: dict[str, list[Claim]] = {}
        for claim in self.claims:
            for name in [s.name for s in claim.claimants] or [""]:
                found.setdefault(name, []).append(claim)
        return {name: tuple(claims) for name, claims in found.items()}

    def toll(self, harm: str, *, category: str | None = None) -> Toll | None:
        """The toll of one harm, of one victims' category where given; None where the text states none.

        Raises ValueError for a harm or category that does not exist.
        """
        check("harm", harm, HARMS)
        check("category", category, CATEGORIES)
        if category is None:
            return self.tolls.get(harm)
        from casualty_extract.tolls import sum_tolls

        return sum_tolls([c for c in self.claims if c.victims.category == category], parts_count=True).get(harm)

    def to_dict(self) -> dict[str, Any]:
        """The record of the contract, as plain lists, dicts, strings and numbers."""
        from casualty_extract.output import report_to_dict

        return report_to_dict(self)

    def to_json(self) -> str:
        """The record as one line of JSON, the same bytes for the same text and settings."""
        from casualty_extract.output import report_to_json

        return report_to_json(self)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Report:
        """The report behind a record, equal to the one that wrote it. Raises ValueError that names the key at fault."""
        from casualty_extract.output import report_from_dict

        return report_from_dict(record)

    @classmethod
    def from_json(cls, line: str) -> Report:
        """The report behind a line of JSON. Raises ValueError that says what is wrong."""
        from casualty_extract.output import report_from_json

        return report_from_json(line)

    def to_frame(self) -> pandas.DataFrame:
        """One row a claim, as a pandas DataFrame. Raises ImportError, naming the extra, without pandas."""
        from casualty_extract.output import report_to_frame

        return report_to_frame(self)

    def to_case(self) -> str:
        """The claims in the one-line case notation of ``casualty_extract.testing``, ready for a ``.cases`` file."""
        from casualty_extract.testing import report_to_case

        return report_to_case(self)


def _named(source: Source, wanted: str) -> bool:
    return any(wanted.casefold() in (part or "").casefold() for part in (source.name, source.body, source.text))
