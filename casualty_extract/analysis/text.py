"""Text to tokens, sentences, quotations and dateline. Both analyzers read the same tokens, so every stage does too."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import TypeAlias

from casualty_extract.analysis import Document, Openings
from casualty_extract.analysis.dateline import find_dateline
from casualty_extract.analysis.quotes import find_quotes
from casualty_extract.analysis.sections import split_sections
from casualty_extract.analysis.sentences import split_sentences
from casualty_extract.analysis.tokens import split_tokens, words

__all__ = ["read_text", "sentence_numbers", "split_sections", "words"]

FindOpenings: TypeAlias = Callable[[Sequence[str]], Openings]


FindDateline: TypeAlias = Callable[[str], tuple[int, int] | None]


def _find_none(words: Sequence[str]) -> Openings:  # noqa: ARG001 - as every finder is called
    return {}


def read_text(
    text: str,
    first: int = 0,
    last: int | None = None,
    openings: FindOpenings = _find_none,
    find_line: FindDateline = find_dateline,
) -> Document:
    """The text, or its characters first..last-1, as tokens, sentences and quotations; any ``str`` will do.

    Offsets are those of the whole text. ``openings`` tells where forms of lexicons may begin, ``find_line`` where the
    dateline stands.
    """
    tokens, starts = split_tokens(text, first, last)
    dateline = find_line(text) if first == 0 else None
    rough = tuple([i for i, token in enumerate(tokens) if not token.plain])
    sentences = split_sentences(tokens, rough, _token_at(starts, dateline[1]) if dateline else None)
    quotes = find_quotes(tokens, rough, sentences)
    lower = tuple([token.lower for token in tokens])
    return Document(text, tokens, lower, starts, sentences, quotes, dateline, rough, openings(lower))


def _token_at(starts: Sequence[int], offset: int) -> int | None:
    """The token that begins at an offset; None where none does."""
    i = bisect_left(starts, offset)
    return i if i < len(starts) and starts[i] == offset else None


def sentence_numbers(text: str, offsets: Sequence[int]) -> list[int]:
    """The number of the sentence, from 0, that each offset of a text stands in."""
    starts: list[int] = []
    for first, last in split_sections(text):
        document = read_text(text, first, last)
        starts += [document.starts[s.first] for s in document.sentences if s.first < s.stop]
    return [max(bisect_right(starts, offset) - 1, 0) for offset in offsets]
