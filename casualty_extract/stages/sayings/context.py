"""The sentence that the rules of sayings read, and the small questions that all of them ask of it."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from casualty_extract.analysis import Document, Reading, Token
from casualty_extract.rules.lexicon import Lexicon
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Link, Speech

R = TypeVar("R")
_new = tuple.__new__  # at half the time of Speech(*match)
_PUT_REACH = 9  # tokens of the sum between "put" and "at"
_NO_TOKENS: frozenset[int] = frozenset()


class Context(NamedTuple):
    """One sentence, tokens first..stop-1, without its dateline, and the cues in it, in order; ``words`` are the lower
    words of the document's tokens, ``quote_stops`` the tokens behind quotations, ``breaks`` those at which a new
    sentence begins whose full stop was lost, ``agency_line`` the tokens of agency and date between a headline and its
    text, None for none."""

    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    reading: Reading
    rules: Rules
    first: int
    stop: int
    cues: tuple[Speech, ...]
    quote_stops: frozenset[int]
    breaks: frozenset[int] = _NO_TOKENS
    agency_line: tuple[int, int] | None = None

    def word(self, i: int) -> str:
        """The lower word of a token; empty for a token outside the sentence."""
        return self.words[i] if self.first <= i < self.stop else ""

    def cues_before(self, cue: Speech) -> list[Speech]:
        """The cues in front of a cue, in order."""
        return [other for other in self.cues if other.first < cue.first]

    def is_capital(self, i: int) -> bool:
        """Whether a token begins with a capital letter."""
        return self.tokens[i].capital

    def is_word(self, i: int) -> bool:
        """Whether a word stands at token i of the sentence, no number, no mark, not its end."""
        return i < self.stop and self.tokens[i].kind == "word"

    def holds(self, lexicon: Lexicon[R], first: int, stop: int) -> bool:
        """Whether any form of a lexicon stands among the tokens first..stop-1."""
        return lexicon.occurs(self.tokens, first, stop)

    def is_figure(self, i: int) -> bool:
        """Whether a number begins at token i, in digits, spelled out or vague ("dozens")."""
        if i >= self.stop:
            return False
        token, numbers = self.tokens[i], self.rules.numbers
        if token.kind == "number":
            return True
        if token.lower not in numbers.starts and "-" not in token.lower:
            return False  # most words: no number begins with them
        return self.word(i).split("-")[0] in numbers.units or numbers.vague.at(self.tokens, i, self.stop) is not None

    def is_passive(self, cue: Speech) -> bool:
        """Whether a form of be stands in front of a participle: "were reported", "has been widely quoted"."""
        verb, be = self.words[cue.first], self.rules.grammar.be
        if cue.stop - cue.first > 1 and verb in be:
            return self.words[cue.stop - 1] != "that"  # "was suspected", not "were told that"
        if not verb.endswith(("ed", "en", "id", "old", "found", "own")):
            return False
        if cue.rule.frame in ("accuses", "blames") and self.word(cue.stop) in ("of", "for"):
            return True  # "a man accused of killing nine"
        i, inside = cue.first - 1, self.rules.closed["sayings_inside_passive"]
        while i > self.first and (self.words[i].endswith("ly") or self.words[i] in inside):
            i -= 1
        return self.word(i) in be

    def is_source(self, link: Link) -> bool:
        """Whether a stretch names somebody who can say something: a known body, a noun of sources, a name."""
        rules = self.rules
        if rules.sources.ending(self.tokens, link.stop, link.first):
            return True  # most sources: "two doctors"
        if self.holds(rules.sources, link.first, link.stop) or self.holds(rules.bodies, link.first, link.stop):
            return True
        if link.stop - link.first == 1 and self.word(link.first) in rules.closed["sayings_bare_sources"]:
            return True
        words = [t for t in self.tokens[link.first : link.stop] if t.kind == "word"]
        if len(words) == 1 and link.first > self.first and words[0].text.isupper() and len(words[0].text) > 2:
            return True  # "SANA"
        return len(words) >= 2 and all(t.capital for t in words[-2:])


def make_context(document: Document, reading: Reading, rules: Rules) -> Context:
    """The context of one sentence: it begins behind the dateline."""
    tokens, (first, stop, _) = document.tokens, reading.sentence
    quote_stops = _NO_TOKENS
    if document.quotes:
        quote_stops = frozenset([q.stop for q in document.quotes if q.first < stop and q.stop > first])
    if document.dateline:
        start, end = document.dateline
        while first < stop and start <= document.starts[first] < end:
            first += 1
    cues = tuple([_new(Speech, match) for match in rules.cues.within(document, first, stop)])
    cues = tuple([cue for cue in cues if cue.rule.name != "put_figure" or _puts_sum(cue, document, rules, stop)])
    if any(cue.rule.frame == "noun" for cue in cues):
        cues = tuple([_as_verb(cue, document, rules, stop) for cue in cues])
    return Context(tokens, document.words, reading, rules, first, stop, cues, quote_stops)


def _puts_sum(cue: Speech, document: Document, rules: Rules, stop: int) -> bool:
    """Whether a bare "put" has a sum and its figure behind it: "put government losses at 80"."""
    words = document.words
    if cue.stop - cue.first > 1:
        return True
    at = next((k for k in range(cue.stop + 1, min(cue.stop + _PUT_REACH, stop)) if words[k] == "at"), None)
    sums = rules.closed["sayings_sums"]
    return at is not None and at + 1 < stop and any(word in sums for word in words[cue.stop : at])


def _as_verb(cue: Speech, document: Document, rules: Rules, stop: int) -> Speech:
    """A noun that is a verb here: "local media report that", "the UN estimates that"; not "a media report said that",
    "UN estimates show"."""
    words, verb = document.words, cue.stop - 1
    if cue.rule.frame != "noun" or words[verb] not in ("report", "estimates") or verb == cue.first:
        return cue
    behind = words[cue.stop] if cue.stop < stop else "."
    if words[verb] == "estimates":
        says = behind == "that" and rules.bodies.ending(document.tokens, verb, cue.first) is not None
    else:
        plural = words[verb - 1] in rules.closed["sayings_plural_media"] and words[cue.first - 1] not in ("a", "the")
        says = plural and behind not in rules.closed["sayings_behind_noun"]
        says = says and rules.cues.at(document.tokens, cue.stop, stop) is None
    match = rules.cues.at(document.tokens, verb, stop) if says else None
    return cue if match is None else _new(Speech, match)
