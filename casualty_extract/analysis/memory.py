"""What is asked of a word again and again, answered once: a language has few words, and texts repeat them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")
_MOST_WORDS = 50_000  # that are remembered


class WordMemory(dict[str, V]):
    """What a function says of a word alone, as a mapping that holds every word. Threads may share it."""

    def __init__(self, answer: Callable[[str], V]) -> None:
        self._answer = answer

    def __missing__(self, word: str) -> V:
        found = self._answer(word)
        if len(self) < _MOST_WORDS:
            self[word] = found
        return found
