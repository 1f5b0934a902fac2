"""Forms to rules, longest match first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from casualty_extract.analysis import Token

R = TypeVar("R")


class Match(NamedTuple, Generic[R]):
    """A form found in the tokens first..stop-1, and the rule that owns it."""

    first: int
    stop: int
    rule: R


class Lexicon(Generic[R]):
    """Forms, as tuples of lower words, each with its rule. Never changes once made."""

    __slots__ = ("_by_word",)

    def __init__(self, forms: Mapping[tuple[str, ...], R]) -> None:
        by_word: dict[str, dict[int, dict[tuple[str, ...], R]]] = {}
        for words, rule in forms.items():
            by_word.setdefault(words[0], {}).setdefault(len(words), {})[words] = rule
        self._by_word = {word: sorted(sizes.items(), reverse=True) for word, sizes in by_word.items()}

    def at(self, tokens: Sequence[Token], i: int, stop: int) -> Match[R] | None:
        """The longest form that begins at token i and ends before ``stop``; None where none does."""
        for size, forms in self._by_word.get(tokens[i].lower, ()):
            if i + size <= stop:
                words = tuple([token.lower for token in tokens[i : i + size]])
                if words in forms:
                    return Match(i, i + size, forms[words])
        return None

    def ending(self, tokens: Sequence[Token], stop: int, first: int) -> Match[R] | None:
        """The longest form that ends right before token ``stop`` and begins at ``first`` or later."""
        for i in range(max(first, stop - 6), stop):
            found = self.at(tokens, i, stop)
            if found and found.stop == stop:
                return found
        return None

    def scan(self, tokens: Sequence[Token], first: int, stop: int) -> Iterator[Match[R]]:
        """Every form in tokens first..stop-1, from left to right, longest first, none overlapping another."""
        i = first
        by_word = self._by_word
        while i < stop:
            found = self.at(tokens, i, stop) if tokens[i].lower in by_word else None
            if found:
                yield found
                i = found.stop
            else:
                i += 1

    def occurs(self, tokens: Sequence[Token], first: int, stop: int) -> bool:
        """Whether any form stands in tokens first..stop-1."""
        return next(self.scan(tokens, first, stop), None) is not None

    def __contains__(self, word: object) -> bool:
        """Whether a form begins with the word."""
        return word in self._by_word
