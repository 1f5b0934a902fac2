"""A long text in sections: each is read by itself, so that time and memory grow with the text and not with its square.

News articles are shorter than a section. Sections end at a blank line, else at a line end, a stop or a space.
"""

from __future__ import annotations

LONGEST = 50_000  # characters; about 8,000 words
_ENDS = ("\n\n", "\r\n\r\n", "\u2029", "\n", "\r", "\u2028", ". ", " ")  # the best first


def split_sections(text: str) -> list[tuple[int, int]]:
    """Where each section of a text begins and ends, in order; together they are the whole text."""
    sections: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > LONGEST:
        end = _end(text, start + LONGEST // 2, start + LONGEST)
        sections.append((start, end))
        start = end
    sections.append((start, len(text)))
    return sections


def _end(text: str, first: int, last: int) -> int:
    """The best place between two characters at which a section may end."""
    for mark in _ENDS:
        at = text.rfind(mark, first, last)
        if at >= 0:
            return at + len(mark)
    return last
