"""Forms to rules, longest match first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from casualty_extract.analysis import Document, Token

R = TypeVar("R")
Forms: TypeAlias = dict[tuple[str, ...], R]
_match = tuple.__new__  # half the time of Match(...), of which a text has hundreds
_LONGEST_BEFORE = 6  # words of a form that is looked for from its end


class Match(NamedTuple, Generic[R]):
    """A form found in the tokens first..stop-1, and the rule that owns it."""

    first: int
    stop: int
    rule: R


class Lexicon(Generic[R]):
    """Forms, as tuples of lower words, each with its rule. Never changes once made."""

    __slots__ = ("_alone", "_by_last", "_by_two", "_first")

    def __init__(self, forms: Mapping[tuple[str, ...], R]) -> None:
        by_two: dict[str, dict[str, dict[int, Forms[R]]]] = {}  # the rest of the form, by its first and second word
        by_last: dict[str, dict[int, Forms[R]]] = {}  # what is in front of its last word
        for words, rule in forms.items():
            if len(words) > 1:
                by_two.setdefault(words[0], {}).setdefault(words[1], {}).setdefault(len(words), {})[words[2:]] = rule
            if len(words) <= _LONGEST_BEFORE:
                by_last.setdefault(words[-1], {}).setdefault(len(words), {})[words[:-1]] = rule
        self._first = frozenset(words[0] for words in forms)
        self._alone = {words[0]: rule for words, rule in forms.items() if len(words) == 1}
        self._by_two = {
            word: {second: _longest_first(sizes) for second, sizes in seconds.items()}
            for word, seconds in by_two.items()
        }
        self._by_last = {word: _longest_first(sizes) for word, sizes in by_last.items()}

    @property
    def first_words(self) -> frozenset[str]:
        """The first word of every form."""
        return self._first

    def seconds(self, word: str) -> frozenset[str]:
        """The second words of the forms that begin with a word and go on."""
        return frozenset(self._by_two.get(word, ()))

    def is_form(self, word: str) -> bool:
        """Whether a word alone is a form."""
        return word in self._alone

    def at(self, tokens: Sequence[Token], i: int, stop: int) -> Match[R] | None:
        """The longest form that begins at token i and ends before ``stop``; None where none does."""
        word = tokens[i].lower
        if word not in self._first or i >= stop:
            return None
        if word in self._by_two and i + 1 < stop:
            for size, forms in self._by_two[word].get(tokens[i + 1].lower, ()):
                rest = tuple([token.lower for token in tokens[i + 2 : i + size]]) if size > 2 else ()
                if rest in forms and i + size <= stop:
                    return _match(Match, (i, i + size, forms[rest]))
        return _match(Match, (i, i + 1, self._alone[word])) if word in self._alone else None

    def ending(self, tokens: Sequence[Token], stop: int, first: int) -> Match[R] | None:
        """The longest form of at most six words that ends right before token ``stop`` and begins at ``first`` or
        later."""
        if stop <= first:
            return None
        for size, forms in self._by_last.get(tokens[stop - 1].lower, ()):
            i = stop - size
            if i >= first:
                lead = tuple([token.lower for token in tokens[i : stop - 1]]) if size > 1 else ()
                if lead in forms:
                    return _match(Match, (i, stop, forms[lead]))
        return None

    def scan(self, tokens: Sequence[Token], first: int, stop: int) -> list[Match[R]]:
        """Every form in tokens first..stop-1, from left to right, longest first, none overlapping another."""
        known, found = self._first, []
        places = [i for i, token in enumerate(tokens[first:stop], first) if token.lower in known]
        if places:
            alone, by_two, free = self._alone, self._by_two, first
            for i in places:
                word = tokens[i].lower
                # most first words are frequent ones ("the") with another second word than any form's
                may_be = word in alone or (i + 1 < stop and tokens[i + 1].lower in by_two[word])
                match = self.at(tokens, i, stop) if may_be and i >= free else None
                if match:
                    found.append(match)
                    free = match.stop
        return found

    def within(self, document: Document, first: int, stop: int) -> list[Match[R]]:
        """What `scan` finds among the tokens of a document, which may know where the forms begin."""
        known = document.openings.get(self)
        if known is None:
            return self.scan(document.tokens, first, stop)
        found, free = [], first
        lowest = bisect_left(known, first)
        for i in known[lowest : bisect_left(known, stop, lowest)]:
            match = self.at(document.tokens, i, stop) if i >= free else None
            if match:
                found.append(match)
                free = match.stop
        return found

    def occurs(self, tokens: Sequence[Token], first: int, stop: int) -> bool:
        """Whether any form stands in tokens first..stop-1."""
        return bool(self.scan(tokens, first, stop))

    def __contains__(self, word: object) -> bool:
        """Whether a form begins with the word."""
        return word in self._first


def _longest_first(sizes: Mapping[int, Forms[R]]) -> list[tuple[int, Forms[R]]]:
    return sorted(sizes.items(), reverse=True)
