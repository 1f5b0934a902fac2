"""Offsets of annotation tools: where a stretch really stands in the text, whatever the tool counts.

Python counts characters (code points). Label Studio does too since it mended its own
(https://github.com/HumanSignal/label-studio/issues/1347, pull/1559); before, and where a page takes the selection of a
browser as it is, a character beyond U+FFFF (most emoji) counts as two, for JavaScript strings are UTF-16. Both tools
keep the words beside the offsets, which tells the one from the other. brat reads a line end of two characters as one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

_BEYOND = 0xFFFF
_LINE_END = re.compile(r"\\n|\s+")  # Label Studio writes a line end of the words as a backslash and an n


def place_words(text: str, start: int, end: int, words: str | None) -> tuple[int, int]:
    """Start and end in Python's count, without white space at the edges, of a stretch that a tool says holds ``words``.

    Raises ValueError where the text holds other words there by either count, and where it is no stretch of the text.
    """
    for count in (_as_it_is, _from_utf16):
        ends = count(text, start), count(text, end)
        if 0 <= ends[0] < ends[1] <= len(text) and (words is None or _plain(text[slice(*ends)]) == _plain(words)):
            return _trimmed(text, *ends)
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start} to {end} is no stretch of a text of {len(text)} characters")
    raise ValueError(f"the text holds {text[start:end]!r} from {start} to {end}, not {words!r}")


def _as_it_is(text: str, offset: int) -> int:  # noqa: ARG001
    return offset


def _from_utf16(text: str, offset: int) -> int:
    """The offset in characters of an offset in UTF-16 units; behind the end where it is."""
    if text.isascii():
        return offset
    units = [0, *accumulate(1 + (ord(char) > _BEYOND) for char in text)]
    return bisect_left(units, offset) if offset <= units[-1] else len(text) + 1


def _plain(words: str) -> str:
    return " ".join(_LINE_END.sub(" ", words).split())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    if not words.strip():
        raise ValueError(f"{start} to {end} holds nothing but white space")
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


class LineEnds:
    """Offsets of a text whose line ends a reader has made one character each ("universal newlines"), and back."""

    def __init__(self, text: str) -> None:
        self._dropped = [found.start() for found in re.finditer(r"\r(?=\n)", text)]  # characters that are not counted
        self.text = text.replace("\r\n", "\n").replace("\r", "\n")

    def count(self, offset: int) -> int:
        """The reader's offset for one of the text."""
        return offset - bisect_left(self._dropped, offset)

    def back(self, offset: int) -> int:
        """The text's offset for one of the reader's."""
        for dropped in self._dropped:
            if dropped >= offset:
                break
            offset += 1
        return offset
