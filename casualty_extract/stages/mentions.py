"""What one stage hands to the next: places in a sentence with the rule that found them, all by token index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from casualty_extract.analysis import Phrase
from casualty_extract.model import Span
from casualty_extract.rules.types import CueRule, HarmRule

STATUS_RANK = ("superseded", "denied", "hypothetical", "hedged", "asserted")  # the strongest first


class Number(NamedTuple):
    """A number expression: its tokens (modifier included), its figure and bounds in people.

    ``kind``: figure, vague, none, article ("a soldier"), ordinal ("a third"), both, another, fraction, rest.
    ``core`` is the first token of the numeral itself. ``share`` is (numerator, denominator) of a fraction.
    """

    first: int
    stop: int
    core: int
    kind: str
    value: int | None
    low: int | None
    high: int | None
    modifier: str
    rule: str
    increment: bool = False
    share: tuple[int, int] | None = None


class Refusal(NamedTuple):
    """A number that cannot count victims, and why."""

    first: int
    stop: int
    reason: str


class People(NamedTuple):
    """What a phrase says of the people in it. ``known``: it has a noun of people. ``things``: its head is no people."""

    category: str
    attributes: tuple[str, ...]
    affiliation: str | None
    unit: str
    known: bool
    things: bool
    rule: str


NOBODY_SAID = People("unspecified", (), None, "person", False, False, "no_noun")


class HarmCue(NamedTuple):
    """A harm word in its place."""

    first: int
    stop: int
    rule: HarmRule


class Speech(NamedTuple):
    """A reporting word in its place."""

    first: int
    stop: int
    rule: CueRule


class Mention(NamedTuple):
    """A number bound to a harm: what becomes a claim.

    ``phrase`` holds the number; ``noun`` (first, stop) are the tokens of the victims' text, None where there is none.
    ``implicit``: no number word stands in the text. ``agent`` is the phrase of who or what did it.
    """

    number: Number
    cue: HarmCue | None
    harm: str
    phrase: Phrase | None
    people: People
    noun: tuple[int, int] | None
    rule: str
    sentence: int
    implicit: bool = False
    agent: Phrase | None = None
    increment: bool = False
    rises: bool = False  # the figure by which a sum rose
    part: bool = False
    whole_of: Mention | None = None  # the mention that this is a part of
    carried: bool = False  # the victims' category is another mention's
    detached: bool = False  # the harm cue is another mention's


class Link(NamedTuple):
    """The tokens of a source: first..stop-1; ``cue`` is the reporting word."""

    first: int
    stop: int
    cue: tuple[int, int]
    joint: bool = False


class Saying(NamedTuple):
    """A cue with its links from the reader to the origin, and the token ranges of its content."""

    cue: Speech
    links: tuple[Link, ...]
    content: tuple[tuple[int, int], ...]
    at: int  # where the source stands, to tell what lies inside another saying

    def covers(self, token: int) -> bool:
        """Whether a token lies in the content."""
        return bool([first for first, stop in self.content if first <= token < stop])


class Attribution(NamedTuple):
    """Who puts a claim forward and who disputes it, each from the reader to the origin, the status that they give it
    with its words, and the names of the rules behind its fields."""

    chain: Sequence[Link]
    disputed_by: Sequence[Link]
    status: str
    status_cue: Span | None
    rules: Mapping[str, Any]


def several_kinds(people: Sequence[People]) -> People:
    """One number for several kinds of people: "soldiers and policemen", "women and children"."""
    kinds = {p.category for p in people}
    shared = tuple(a for a in people[0].attributes if all(a in p.attributes for p in people))
    if {a for p in people for a in p.attributes} >= {"woman", "child"} and all(
        {"woman", "child"} & set(p.attributes) for p in people
    ):
        shared = (*shared, "woman_or_child")
    said = kinds - {"unspecified"} or kinds
    return people[0]._replace(
        category=said.pop() if len(said) == 1 else "mixed",
        attributes=shared,
        known=any(p.known for p in people),
        things=all(p.things for p in people),
        rule="several_kinds",
    )
