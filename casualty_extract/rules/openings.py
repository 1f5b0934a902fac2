"""Where the forms of the lexicons that are looked for in every sentence may begin: all of them in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from casualty_extract.analysis import Token
from casualty_extract.rules.lexicon import Lexicon

_Start: TypeAlias = tuple[int, frozenset[str] | None]  # a lexicon by number; the second words, None where any will do


class Openings:
    """The beginnings of the forms of several lexicons. Never changes once made."""

    __slots__ = ("_lexicons", "_starts")

    def __init__(self, lexicons: Iterable[Lexicon[Any]]) -> None:
        self._lexicons = tuple(lexicons)
        starts: dict[str, list[_Start]] = {}
        for number, lexicon in enumerate(self._lexicons):
            for word in lexicon.first_words:
                starts.setdefault(word, []).append((number, None if lexicon.is_form(word) else lexicon.seconds(word)))
        self._starts = {word: tuple(found) for word, found in starts.items()}

    def find(self, tokens: Sequence[Token]) -> Mapping[Lexicon[Any], Sequence[int]]:
        """For each lexicon the tokens, in order, at which one of its forms may begin, by their words and the next."""
        found: list[list[int]] = [[] for _ in self._lexicons]
        words = [token.lower for token in tokens]
        words.append("")
        for i, starts in enumerate(map(self._starts.get, words)):
            if starts is not None:
                for number, seconds in starts:
                    # most first words are frequent ones ("the") with another second word than any form's
                    if seconds is None or words[i + 1] in seconds:
                        found[number].append(i)
        return dict(zip(self._lexicons, found, strict=True))
