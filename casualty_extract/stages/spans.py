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


def make_span(document: Document, first: int, stop: int) -> Span:
    """The span of tokens first..stop-1."""
    return Span(*document.slice(first, stop))


def make_claim(
    mention: Mention, document: Document, status: Qualified, scope: Qualified, around: Circumstances
) -> Claim:
    """The claim of a mention, without its sources and relations."""
    number = mention.number
    text, start, end = document.slice(number.first, number.stop)
    harm_cue = make_span(document, mention.cue.first, mention.cue.stop) if mention.cue else None
    count = Count(text, start, end, number.value, number.low, number.high, number.modifier)
    victims = _victims(mention, document)
    first, last = _extent(mention, document, count, victims, harm_cue)
    return Claim.made(
        id=f"{start}-{end}-{mention.harm}",
        text=document.text[first:last],
        start=first,
        end=last,
        count=count,
        harm=mention.harm,
        harm_cue=harm_cue,
        victims=victims,
        perpetrator=_span(document, around.perpetrator),
        cause=_span(document, around.cause),
        place=_span(document, around.place),
        time=_span(document, around.time),
        status=status.value,
        status_cue=_span(document, status.cue),
        scope=scope.value,
        increment=mention.increment,
        implicit=mention.implicit,
        rules=_rules(mention, status, scope),
    )


def _span(document: Document, place: tuple[int, int] | None) -> Span | None:
    return make_span(document, *place) if place else None


def _victims(mention: Mention, document: Document) -> Victims:
    """The people with their text, where a noun names them."""
    people = mention.people
    if mention.noun is None:
        return Victims(None, None, None, people.category, people.attributes, people.affiliation, people.unit)
    text, start, end = document.slice(*mention.noun)
    return Victims(text, start, end, people.category, people.attributes, people.affiliation, people.unit)


def _extent(
    mention: Mention, document: Document, count: Count, victims: Victims, harm_cue: Span | None
) -> tuple[int, int]:
    """The characters from the first to the last of number, noun, and the harm word where it stands in the sentence."""
    sentence, cue = document.sentences[mention.sentence], mention.cue
    first, last = count.start, count.end
    if victims.start is not None and victims.end is not None:
        first, last = min(first, victims.start), max(last, victims.end)
    if cue is not None and harm_cue is not None and sentence.first <= cue.first < sentence.stop:
        first, last = min(first, harm_cue.start), max(last, harm_cue.end)
    return first, last


def _rules(mention: Mention, status: Qualified, scope: Qualified) -> dict[str, str]:
    """The name of the rule behind each field of a claim."""
    return {
        "count": mention.number.rule,
        "harm": mention.cue.rule.name if mention.cue else mention.rule,
        "binding": mention.rule,
        "victims": mention.people.rule,
        "status": status.rule,
        "scope": scope.rule,
    }
