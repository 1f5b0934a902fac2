"""The figures of one text: which claimant gives which, read off the statements that its tolls weigh."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from casualty_extract.codebooks.rereading import reread
from casualty_extract.codebooks.types import Codebook
from casualty_extract.model import Claim, Source
from casualty_extract.reconciliation.types import Figure, LeftOut, Quotation
from casualty_extract.report import Report
from casualty_extract.tolls import Policy, Statement, weigh
from casualty_extract.values import CATEGORIES

_LEAST_CERTAIN = ("denied", "hedged", "asserted")


@dataclass(frozen=True, slots=True)
class Gathered:
    """The figures of one text for one harm and category, and the claims of that harm that it leaves out."""

    figures: tuple[Figure, ...]
    excluded: tuple[LeftOut, ...]
    increments: frozenset[str]  # ids of claims that only add to a toll
    cumulative: frozenset[str]


Picked = Callable[["Witness", Claim], bool]


class Witness:
    """One report with its id, its date and the sentences of its claims, ready to be asked for figures."""

    def __init__(self, report: Report, codebook: Codebook | None) -> None:
        self.report = report
        self.id, self.date = text_id(report), date_of(report)
        self.claims = reread(report.claims, codebook.vague) if codebook else report.claims
        self.sentences = report.sentences()
        self.categories = codebook.categories if codebook else {c: c for c in CATEGORIES}

    def category(self, claim: Claim) -> str:
        """The category of a claim's victims, in the codebook's words."""
        return self.categories[claim.victims.category]

    def gather(self, harm: str, pick: Picked | None, policy: Policy, spelling: Mapping[str, str]) -> Gathered:
        """The figures for one harm. ``pick``: which claims to look at; ``spelling``: names by their small letters."""
        among = None if pick is None else frozenset(c.id for c in self.claims if pick(self, c))
        outcome = weigh(self.claims, harm, self.sentences, policy, among)
        stated = [claim for statement in outcome.statements for claim in statement.claims]
        figures = [self._figure(statement, spelling) for statement in outcome.statements]
        rivals = [f for f in figures if not any(_is_smaller(f, other) for other in figures)]
        smaller = [LeftOut(self.id, c, "smaller_figure") for f in figures if f not in rivals for c in f.claims]
        return Gathered(
            tuple(rivals),
            (*(LeftOut(self.id, e.id, e.reason) for e in outcome.excluded), *smaller),
            frozenset(c.id for c in stated if c.increment),
            frozenset(c.id for c in stated if c.scope == "cumulative"),
        )

    def _figure(self, statement: Statement, spelling: Mapping[str, str]) -> Figure:
        claims, repeats = statement.claims, self.repeats(statement.claims)
        told = [*claims, *repeats]
        named = {spelling[name_of(s).casefold()]: s.type for c in told for s in reversed(c.claimants)}
        sources = dict(sorted(named.items()))
        return Figure(
            claimants=tuple(sources),
            types=tuple(sources.values()),
            low=statement.bounds.low,
            best=statement.bounds.best,
            high=statement.bounds.high,
            status=min((c.status for c in claims), key=_LEAST_CERTAIN.index),
            text_id=self.id,
            date=self.date,
            claims=tuple(c.id for c in claims),
            quotations=tuple(Quotation(self.id, c.text, c.start, c.end) for c in told),
            disputed_by=tuple(sorted({spelling[name_of(s).casefold()] for c in told for s in c.disputed_by[-1:]})),
            own_voice=not any(c.attribution for c in claims),
        )

    def repeats(self, claims: Sequence[Claim]) -> list[Claim]:
        """The claims that say the same again and name a source: whose figure it is that a headline gives."""
        ids = {claim.id for claim in claims}
        told = [c for c in self.claims if any(r.type == "same_as" and r.target in ids for r in c.relations)]
        return [c for c in told if c.attribution]


def _is_smaller(figure: Figure, other: Figure) -> bool:
    """Whether a claimant gives a larger figure in the same text, of which this one is a part then."""
    return figure.claimants == other.claimants and figure.best is not None and figure.best < (other.best or 0)


def name_of(source: Source) -> str:
    """Who a source is, whoever speaks for it: the body behind a person, without an article."""
    words = (source.body or source.name).split()
    return " ".join(words[1:] if words[:1] in (["the"], ["The"], ["a"], ["A"], ["an"], ["An"]) and words[1:] else words)


def text_id(report: Report) -> str:
    """The id of a report's text: that of its meta, else a digest of text and meta."""
    given = report.meta.get("id")
    if given is not None and str(given).strip():
        return str(given)
    about = f"{sorted(report.meta.items())!r}\0{report.text}".encode("utf-8", "surrogatepass")
    return f"text-{hashlib.sha256(about).hexdigest()[:12]}"


def date_of(report: Report) -> str | None:
    """The date of a report's meta as an ISO string, a time in UTC; None where there is none.

    Raises ValueError that names the text and the date, where it is no ISO date.
    """
    given: Any = report.meta.get("date")
    if given is None or given == "":
        return None
    try:
        moment = datetime.fromisoformat(given)
    except (TypeError, ValueError):
        raise ValueError(f"text {text_id(report)!r}: date must be an ISO date (2024-05-31), not {given!r}") from None
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return given if len(given) == 10 else moment.isoformat()


def is_later(date: str | None, than: str | None) -> bool:
    """Whether one date is later than another: by the day, unless both have a time; never where one is unknown."""
    if date is None or than is None:
        return False
    return date > than if len(date) > 10 and len(than) > 10 else date[:10] > than[:10]


def by_id(reports: Sequence[Report]) -> dict[str, Report]:
    """The reports by their ids, in order of date and id; the same report twice counts once.

    Raises ValueError for an id that two different reports have.
    """
    found: dict[str, Report] = {}
    for report in sorted(reports, key=lambda r: (date_of(r) or "", text_id(r))):
        known: Mapping[str, Report] = found
        if (other := known.get(text_id(report))) is not None and other != report:
            raise ValueError(f"two different reports have the id {text_id(report)!r}")
        found[text_id(report)] = report
    return found
