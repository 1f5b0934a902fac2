"""Quotations in double marks, straight, curly or angular."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from casualty_extract.analysis import Quote, Sentence, Token

_MARKS = frozenset('"“”«»„')


def find_quotes(tokens: Sequence[Token], rough: Sequence[int], sentences: Sequence[Sentence]) -> tuple[Quote, ...]:
    """The quotations of a text. An open one ends with its paragraph. ``rough``: the tokens that are not plain, marks
    among them."""
    marks = [i for i in rough if tokens[i].text in _MARKS]
    if not marks:
        return ()
    ends = [s.first for last, s in pairwise(sentences) if s.paragraph != last.paragraph] + [len(tokens)]
    found: list[Quote] = []
    opened: int | None = None
    for i in (*marks, len(tokens)):
        end = ends[bisect_right(ends, opened)] if opened is not None else i
        if opened is not None and end <= i:
            found.append(Quote(opened, end, False))
            opened = None
        if i == len(tokens):
            break
        if opened is not None and _closes(tokens, i):
            found.append(Quote(opened, i + 1, True))
            opened = None
        elif tokens[i].text == '"' or (tokens[i].text in ("“", "«", "„") and opened is None):
            opened = i
    return tuple(found)


def _closes(tokens: Sequence[Token], i: int) -> bool:
    """Whether a mark closes an open quotation. A straight one with a space before it and none behind can only open."""
    if tokens[i].text != '"':
        return tokens[i].text in ("”", "»")
    opens = tokens[i].gap > 0 and i + 1 < len(tokens) and tokens[i + 1].gap == 0
    return not opens or tokens[i - 1].text in ",."
