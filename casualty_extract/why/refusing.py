"""Why a number is no claim: what stands at a place of the text, and what the rules made of it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import casualty_extract
from casualty_extract.model import Claim, Rejection, Span
from casualty_extract.pipeline import Sighting
from casualty_extract.report import Report
from casualty_extract.rules.own import Lexicon
from casualty_extract.why.answers import Answer, WhyNot, quote
from casualty_extract.why.catalogue import catalogue

Place = tuple[int, int]
_DIGITS_BEFORE, _DIGITS_BEHIND = r"(?<![\w])(?<!\d[.,])", r"(?![\w])(?![.,]\d)"


def why_not(
    report: Report,
    where: str | int | Span | tuple[int, int] | None = None,
    lexicon: Lexicon | str | os.PathLike[str] | Mapping[str, Any] | None = None,
) -> WhyNot:
    """Why a number of the text is no claim.

    ``where``: words as they stand in the text (every place where they stand is answered), an offset, or the start and
    end of a stretch; None: every number that is in no claim, but for articles. ``lexicon``: your own words, where the
    report was read with some. Raises ValueError where the text does not hold it, TypeError for anything else.
    """
    seen = casualty_extract.load_pipeline(lexicon=lexicon).sight_numbers(report.text)
    places = _all_left(report, seen) if where is None else _places(report.text, where)
    answers = [answer for at in places for answer in _answers(report, at, seen)]
    return WhyNot(tuple(dict.fromkeys(answers)))


# --- the places asked about -------------------------------------------------------------------------------------------


def _places(text: str, where: str | int | Span | tuple[int, int]) -> list[Place]:
    if isinstance(where, str):
        return _places_of(text, where)
    if isinstance(where, int) and not isinstance(where, bool):
        if not 0 <= where < len(text):
            raise ValueError(f"offset {where} is outside of the text, which has {len(text)} characters")
        return [(where, where + 1)]
    ends = (where.start, where.end) if isinstance(where, Span) else where
    if not isinstance(ends, tuple) or len(ends) != 2 or not all(type(end) is int for end in ends):
        raise TypeError(f"where must be words of the text, an offset or (start, end), not {where!r}")
    if not 0 <= ends[0] < ends[1] <= len(text):
        raise ValueError(f"{ends[0]} to {ends[1]} is no stretch of the text, which has {len(text)} characters")
    return [ends]


def _all_left(report: Report, seen: Sequence[Sighting]) -> list[Place]:
    """The numbers that are in no claim, without articles and words for nobody."""
    taken = [(claim.count.start, claim.count.end) for claim in report.claims if not claim.implicit]
    places = [(s.start, s.end) for s in seen if s.kind not in ("article", "none")]
    places += [(r.start, r.end) for r in report.rejections]
    return [at for at in sorted(set(places)) if not any(_meet(at, other) for other in taken)]


def _places_of(text: str, words: str) -> list[Place]:
    """Where words stand in the text: as words of their own, else anywhere."""
    wanted = words.strip()
    if not wanted:
        raise ValueError("where must not be empty")
    whole = re.compile(_DIGITS_BEFORE + re.escape(wanted) + _DIGITS_BEHIND)
    found = [m.span() for pattern in (whole, re.compile(re.escape(wanted))) for m in pattern.finditer(text)]
    if not found:
        raise ValueError(f"the text does not hold {wanted!r}")
    return [m.span() for m in whole.finditer(text)] or found


# --- what stands there ------------------------------------------------------------------------------------------------


def _answers(report: Report, at: Place, seen: Sequence[Sighting]) -> Iterator[Answer]:
    """The answers for one place: of the claims whose number stands there, else of the numbers, else that it is none."""
    claims = [claim for claim in report.claims if _meet(at, (claim.count.start, claim.count.end))]
    refused = [r for r in report.rejections if _meet(at, (r.start, r.end))]
    sighted = [s for s in seen if _meet(at, (s.start, s.end))]
    if sighted or refused:
        claims = [
            claim for claim in claims if not claim.implicit
        ]  # "The 34-year-old driver": 34 is an age all the same
    known = [(c.count.start, c.count.end) for c in claims] + [(r.start, r.end) for r in refused]
    left = [s for s in sighted if not any(_meet((s.start, s.end), other) for other in known)]
    yield from map(_claimed, claims)
    for rejection in refused:
        yield _refused(rejection, next((s for s in sighted if s.start <= rejection.start < s.end), None))
    yield from map(_sighted, left)
    if not known and not left:
        yield _no_number(report, at)


def _meet(a: Place, b: Place) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _claimed(claim: Claim) -> Answer:
    count = claim.count
    how = "a person without a number word" if claim.implicit else "a number"
    says = f"it is {how} of a claim: {claim.harm}, {quote(Span(claim.text, claim.start, claim.end))} ({claim.id})"
    return Answer("claimed", Span(count.text, count.start, count.end), says, None, claim)


def _refused(rejection: Rejection, sighting: Sighting | None) -> Answer:
    shown = sighting.shown if sighting else rejection.text
    said = catalogue().line("reason", rejection.reason) or rejection.reason.replace("_", " ")
    words = Span(rejection.text, rejection.start, rejection.end)
    return Answer("refused", words, f"{said}: {shown}", rejection.reason)


def _sighted(sighting: Sighting) -> Answer:
    """A number that the report does not list: refused or not, in a sentence with or without a harm word."""
    words = Span(sighting.text, sighting.start, sighting.end)
    unread = catalogue().line("reason", "unread")
    if sighting.reason is None and not sighting.harmful:
        return Answer("unread", words, f"{unread}: {sighting.shown}", None)
    reason = sighting.reason or (sighting.kind if sighting.kind in ("article", "none") else "other")
    said = f"{catalogue().line('reason', reason)}: {sighting.shown}"
    if sighting.harmful:
        return Answer("refused", words, said, reason)
    return Answer("unread", words, f"{said}; and {unread}", reason)


def _no_number(report: Report, at: Place) -> Answer:
    """Words that are no number: what they are in a claim, where they are something."""
    start, end = _word_around(report.text, at)
    words = Span(report.text[start:end], start, end)
    if any(char.isdigit() for char in words.text):
        return Answer("unread", words, "a figure that is read as no number: in a dateline, a code or a word")
    roles = [f"{role} of {claim.id}" for claim in report.claims for role in _roles(claim, (start, end))]
    says = "no number" + (f"; part of a claim: {', '.join(dict.fromkeys(roles))}" if roles else "")
    return Answer("no_number", words, says)


def _word_around(text: str, at: Place) -> Place:
    """The stretch asked about, made up to whole words."""
    start, end = at
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


def _roles(claim: Claim, at: Place) -> Iterator[str]:
    victims = claim.victims
    parts: list[tuple[str, Any]] = [("harm word", claim.harm_cue), ("status word", claim.status_cue)]
    parts += [("source", source) for source in claim.attribution] + [("disputer", s) for s in claim.disputed_by]
    parts += [("reporting word", source.cue) for source in claim.attribution]
    parts += [(name, getattr(claim, name)) for name in ("perpetrator", "cause", "place", "time")]
    parts += [("victims", victims if victims.text is not None else None)]
    for name, part in parts:
        if part is not None and _meet(at, (part.start, part.end)):
            yield f"the {name}"
