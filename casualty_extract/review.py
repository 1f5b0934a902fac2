"""What a coder should look at, worst first: each doubt with its quotation and the reason in words.

The order is that of how often claims with the doubt were wrong on annotated news (docs/tolls.md has the figures).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from casualty_extract.model import Claim
from casualty_extract.report import Report

if TYPE_CHECKING:
    from casualty_extract.reconciliation.types import Event, EventToll, Figure

# doubt -> how bad it is from 0 to 100, and the reason. Where annotated news has enough claims with the doubt, it is the
# share of them that is wrong; else a judgement
REASONS: Mapping[str, tuple[int, str]] = {
    "parts_do_not_sum": (60, "the parts stated do not come to the whole stated"),
    "harm_open": (48, "the words do not say whether the people died"),
    "source_not_a_body": (41, "what is given as the source is no person, body or kind of source that is known"),
    "two_candidate_sources": (40, "more than one source named before could be meant"),
    "category_open": (38, "the words say little of who the victims are, or that they are of several kinds"),
    "episode_uncertain": (30, "it is not plain whether this is the event of the text or another one"),
    "count_of_a_noun": (27, "the number belongs to a noun of the event ('the deaths of'), or to a list"),
    "hedge_reach_uncertain": (25, "a hedge in the sentence covers another figure; it may cover this one"),
    "source_far_away": (17, "the source stands far from the number"),
    "vague_number": (14, "the words name no figure; the bounds are a reading of them"),
    "category_carried_over": (6, "who the victims are is told of another group"),
}
EVENT_REASONS: Mapping[str, tuple[int, str]] = {
    "rivals_apart": (50, "claimants differ by more than half of the highest figure"),
    "figure_fell": (45, "a claimant's later figure is lower than an earlier one"),
    "disputed": (35, "somebody disputes or denies the figure"),
    "one_claimant": (15, "nobody else gives a figure"),
}


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One thing to check by hand: the claim, its words in the text, the doubt (a closed code) and the reason.

    ``text_id`` and ``event`` are None in the review of a single report. ``severity`` is the order: 100 is the worst.
    """

    doubt: str
    reason: str
    severity: int
    claim: str
    text: str
    start: int
    end: int
    text_id: str | None = None
    event: str | None = None


def review_report(report: Report, text_id: str | None = None, event: str | None = None) -> tuple[ReviewItem, ...]:
    """The doubts of a report's claims, worst first, then in the order of the text."""
    return in_order(item for claim in report.claims for item in _of_claim(claim, text_id, event))


def _of_claim(claim: Claim, text_id: str | None, event: str | None) -> Iterable[ReviewItem]:
    for doubt in claim.doubts:
        severity, reason = REASONS.get(doubt, (50, doubt.replace("_", " ")))
        yield ReviewItem(doubt, reason, severity, claim.id, claim.text, claim.start, claim.end, text_id, event)


def in_order(items: Iterable[ReviewItem]) -> tuple[ReviewItem, ...]:
    """Items worst first; among equals by event, text and place."""
    return tuple(
        sorted(items, key=lambda i: (-i.severity, i.event or "", i.text_id or "", i.start, i.end, i.claim, i.doubt))
    )


# --- several texts ----------------------------------------------------------------------------------------------------


def review_event(event: Event, reports: Mapping[str, Report]) -> tuple[ReviewItem, ...]:
    """What to check in an event: the doubts of the claims that its tolls rest on, and what only several texts show."""
    items: dict[tuple[str, ...], ReviewItem] = {}
    rest = {claim for toll in event.tolls for claim in toll.claims}
    for text_id, report in reports.items():
        for item in review_report(report, text_id, event.key):
            if (text_id, item.claim) in rest:
                items[text_id, item.claim, item.doubt] = item
    for toll in event.tolls:
        if toll.category is None:
            for figure, doubt in _of_toll(toll):
                quotation, (severity, reason) = figure.quotations[0], EVENT_REASONS[doubt]
                place = (quotation.text, quotation.start, quotation.end)
                found = ReviewItem(doubt, reason, severity, figure.claims[0], *place, figure.text_id, event.key)
                items[figure.text_id, figure.claims[0], doubt] = found
    return in_order(items.values())


def _of_toll(toll: EventToll) -> Iterable[tuple[Figure, str]]:
    """The figures of a toll to look at, and why."""
    told = [f for f in toll.current if f.best]
    ends = [f.best or 0 for f in told]
    if told and max(ends) - min(ends) > max(ends) / 2:
        yield from ((f, "rivals_apart") for f in told if f.best in (max(ends), min(ends)))
    for figures in toll.timeline.values():
        for before, after in pairwise(figures):
            if (after.best or 0) < (before.best or 0) and after.date != before.date:
                yield after, "figure_fell"
    yield from ((f, "disputed") for f in toll.current if f.disputed_by)
    speakers = {name.casefold() for f in told for name in f.claimants or ("",)}
    if len(told) == 1 and len(speakers) == 1 and len({f.text_id for f in toll.figures}) == 1:
        yield told[0], "one_claimant"
