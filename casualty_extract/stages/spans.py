"""Mentions to claims: token positions become spans of the text."""

from __future__ import annotations

from typing import Protocol

from casualty_extract.analysis import Document
from casualty_extract.model import Claim, Count, Span, Victims
from casualty_extract.stages.mentions import Mention


class Qualified(Protocol):
    """A status or scope with its cue and rule."""

    @property
    def value(self) -> str: ...
    @property
    def cue(self) -> tuple[int, int] | None: ...
    @property
    def rule(self) -> str: ...


def make_span(document: Document, first: int, stop: int) -> Span:
    """The span of tokens first..stop-1."""
    return Span(*document.slice(first, stop))


def _optional(document: Document, place: tuple[int, int] | None) -> Span | None:
    return make_span(document, *place) if place else None


class Circumstances(Protocol):
    """Token ranges of who did it, by what, where and when."""

    @property
    def perpetrator(self) -> tuple[int, int] | None: ...
    @property
    def cause(self) -> tuple[int, int] | None: ...
    @property
    def place(self) -> tuple[int, int] | None: ...
    @property
    def time(self) -> tuple[int, int] | None: ...


def make_claim(
    mention: Mention, document: Document, status: Qualified, scope: Qualified, around: Circumstances
) -> Claim:
    """The claim of a mention, without its sources and relations."""
    number, cue, people = mention.number, mention.cue, mention.people
    text, start, end = document.slice(number.first, number.stop)
    count = Count(text, start, end, number.value, number.low, number.high, number.modifier)
    victims = Victims(
        category=people.category, attributes=people.attributes, affiliation=people.affiliation, unit=people.unit
    )
    if mention.noun is not None:
        words, first, last = document.slice(*mention.noun)
        victims = Victims(words, first, last, people.category, people.attributes, people.affiliation, people.unit)
    spans = [(start, end)]
    sentence = document.sentences[mention.sentence]
    harm_cue = None
    if cue is not None:
        harm_cue = make_span(document, cue.first, cue.stop)
        if sentence.first <= cue.first < sentence.stop:
            spans.append((harm_cue.start, harm_cue.end))
    if victims.start is not None and victims.end is not None:
        spans.append((victims.start, victims.end))
    begin, finish = min(s for s, _ in spans), max(e for _, e in spans)
    rules = {
        "count": number.rule,
        "harm": cue.rule.name if cue else mention.rule,
        "binding": mention.rule,
        "victims": people.rule,
        "status": status.rule,
        "scope": scope.rule,
    }
    return Claim(
        id=f"{start}-{end}-{mention.harm}", text=document.text[begin:finish], start=begin, end=finish, count=count, harm=mention.harm, harm_cue=harm_cue, victims=victims,
        perpetrator=_optional(document, around.perpetrator), cause=_optional(document, around.cause), place=_optional(document, around.place), time=_optional(document, around.time),
        status=status.value, status_cue=make_span(document, *status.cue) if status.cue else None, scope=scope.value,
        increment=mention.increment, implicit=mention.implicit, rules=rules,
    )  # fmt: skip
