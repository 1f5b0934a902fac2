"""Where the forms of the lexicons that are looked for in every sentence may begin: all of them in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from casualty_extract.rules.lexicon import Lexicon

_Numbers: TypeAlias = tuple[int, ...]  # of lexicons


class Openings:
    """The beginnings of the forms of several lexicons. Never changes once made."""

    __slots__ = ("_lexicons", "_starts")

    def __init__(self, lexicons: Iterable[Lexicon[Any]]) -> None:
        self._lexicons = tuple(lexicons)
        words = frozenset().union(*[lexicon.first_words for lexicon in self._lexicons])
        self._starts = {word: self._starts_of(word) for word in words}

    def _starts_of(self, word: str) -> tuple[_Numbers, Mapping[str, _Numbers]]:
        """The lexicons with forms that begin with a word: by itself or with many others, and by the second word."""
        alone = tuple(number for number, lexicon in enumerate(self._lexicons) if lexicon.is_form(word))
        seconds: dict[str, _Numbers] = {}
        for number, lexicon in enumerate(self._lexicons):
            for second in lexicon.seconds(word) if number not in alone else ():
                seconds[second] = (*seconds.get(second, ()), number)
        return alone, seconds

    def find(self, words: Sequence[str]) -> Mapping[Lexicon[Any], Sequence[int]]:
        """For each lexicon the tokens, in order, at which one of its forms may begin, by their words and the next."""
        found: list[list[int]] = [[] for _ in self._lexicons]
        behind = (*words[1:], "")
        for i, starts in enumerate(map(self._starts.get, words)):
            if starts is None:
                continue
            alone, seconds = starts
            if alone:
                for number in alone:
                    found[number].append(i)
            # most first words are frequent ones ("the") with another second word than any form's
            numbers = seconds.get(behind[i]) if seconds else None
            if numbers:
                for number in numbers:
                    found[number].append(i)
        return dict(zip(self._lexicons, found, strict=True))
