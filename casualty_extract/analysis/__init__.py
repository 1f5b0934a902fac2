"""What the stages may know of language: tokens, phrases, clauses, quotes, sentences; and the protocol of an analyzer.

Stages never see a part of speech or a dependency label. They ask a `Reading` of one sentence, whoever made it.
All positions are token indices into ``Document.tokens``; ``stop`` is exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeAlias

Openings: TypeAlias = Mapping[Any, Sequence[int]]  # lexicon -> the tokens, in order, at which a form may begin


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark, wherever it stands: texts share the tokens that come again and again.

    ``lower`` has straight apostrophes, no invisible characters and, in numbers, the digits 0 to 9 whatever the script;
    ``gap`` is what stands before it: 0 nothing, 1 space, 2 a line end, 3 a blank line; ``capital``: it begins with one;
    ``plain``: a word within a line that ends with a letter or digit, as most tokens: neither can it end or begin a
    sentence by itself nor is it a mark.
    """

    text: str
    lower: str
    kind: str  # word, number, mark
    gap: int
    capital: bool
    plain: bool


class Phrase(NamedTuple):
    """A noun phrase: its own words, its head noun, and ``extent``, where its complements ("of the brigade") end."""

    first: int
    stop: int
    head: int
    extent: int


class Clause(NamedTuple):
    """What a predicate says of whom. Groups are coordinated phrases in order of the text, empty for none."""

    predicate: int
    subject: tuple[Phrase, ...]
    object: tuple[Phrase, ...]
    passive: bool
    agent: tuple[Phrase, ...] = ()


class Quote(NamedTuple):
    """A quotation, by token: ``first`` is the opening mark; ``stop`` is behind the closing mark."""

    first: int
    stop: int
    closed: bool


class Sentence(NamedTuple):
    """A sentence, by token; ``paragraph`` counts from 0."""

    first: int
    stop: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Document:
    """The text as tokens and sentences. Nothing of the text is changed; ``starts`` are the offsets of the tokens,
    ``words`` their lower words."""

    text: str
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    starts: tuple[int, ...]
    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    dateline: tuple[int, int] | None  # characters of the dateline at its start, None where there is none
    rough: tuple[int, ...]  # the tokens that are not plain: marks, numbers, what begins a line
    openings: Openings  # where forms of lexicons may begin, for those that were looked for

    def slice(self, first: int, stop: int) -> tuple[str, int, int]:
        """The text of tokens first..stop-1 with its character offsets."""
        start, end = self.starts[first], self.end(stop - 1)
        return self.text[start:end], start, end

    def end(self, i: int) -> int:
        """The character behind token i."""
        return self.starts[i] + len(self.tokens[i].text)


class Reading(Protocol):
    """One sentence as an analyzer reads it. ``quantities`` are the numbers already found in it."""

    sentence: Sentence

    @property
    def plain(self) -> Reading:
        """The reading by word order, which costs little: the reading itself where it has no parse."""
        ...

    def phrase(self, token: int) -> Phrase | None:
        """The noun phrase that holds the token; None for a token outside any."""
        ...

    def clause(self, first: int, stop: int) -> Clause:
        """The clause whose predicate is the cue at tokens first..stop-1."""
        ...

    def subject(self, first: int, stop: int) -> tuple[Phrase, ...]:
        """The subject of that clause by itself, which costs less."""
        ...

    def group(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """The phrase and those coordinated with it, in order of the text."""
        ...

    def after(self, token: int) -> tuple[Phrase, ...]:
        """The group of phrases that begins right at the token, empty where none does."""
        ...

    def before(self, token: int) -> tuple[Phrase, ...]:
        """The group of phrases that ends right before the token, complements included; empty where none does."""
        ...


class Analyzer(Protocol):
    """Reads sentences. Quantities are (first, stop) token ranges of number expressions. ``parses``: a reading costs a
    parse, so that it is worth asking its ``plain`` one first."""

    name: str
    parses: bool

    def read(self, document: Document, sentence: Sentence, quantities: Sequence[tuple[int, int]]) -> Reading:
        """The reading of one sentence of the document."""
        ...

    def expect(self, document: Document, sentences: Sequence[Sentence]) -> None:
        """Told of the sentences of a document whose readings will be asked, before any is, so that they may be parsed
        together."""
        ...
