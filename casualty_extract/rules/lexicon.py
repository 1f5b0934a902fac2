"""Forms to rules, longest match first; and the gate over whole texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


class Gate:
    """Tells texts that hold none of some words from the rest, whatever their case; the rest is read in full."""

    __slots__ = ("_pattern",)
    _INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060]")

    def __init__(self, words: Iterable[str]) -> None:
        self._pattern = _compile(words)

    def opens(self, text: str) -> bool:
        """Whether any of the words may stand in the text."""
        if text.isascii():
            return self._pattern.search(text.lower()) is not None
        return self._pattern.search(self._INVISIBLE.sub("", text).replace("’", "'").lower()) is not None


def _compile(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern of words, shared beginnings folded into one trie."""
    trie: dict[str, object] = {}
    for word in sorted(words):
        node = trie
        for letter in word:
            node = node.setdefault(letter, {})  # type: ignore[assignment]
        node[""] = {}
    return re.compile(rf"(?<![^\W_]){_pattern(trie)}")


def _pattern(node: dict[str, object]) -> str:
    """What may follow at a node of the trie."""
    ends = "" in node
    branches = [re.escape(letter) + _pattern(child) for letter, child in sorted(node.items()) if letter]  # type: ignore[arg-type]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and not ends else "(?:" + "|".join(branches) + ")"
    return body + "?" if ends else body
