"""The dateline of a report: place, day and agency before a dash."""

from __future__ import annotations

import regex

from casualty_extract.analysis.text_words import text_words

_DATELINE = regex.compile(
    r"""\s*+(?:(?:UPDATE\s?\d?|CORRECTED)\s*+[-:]\s*+)?
    (?P<place>\p{Lu}[\p{Lu}\p{M}'’.\s-]{2,40}(?:,\s*+[\p{L}'’.\s]{2,25}|\s*+\([\p{L}\s]{2,25}\))?)?
    (?:,?\s*+(?:\d{1,2}\s)?\p{Lu}[\p{L}]{2,8}\.?\s?\d{0,2}(?:,?\s?\d{2,4})?)?
    \s*+(?:\((?P<agency>[\p{Lu}][\p{L}\d\s./-]{1,45})\))?
    \s*+(?:--|-|–|—|:)\s""",
    regex.VERBOSE,
)

_NEAR = 100  # characters from the start of a dateline without a place ("Dec 29 (Reuters) -") to its agency, at most


def find_dateline(text: str) -> tuple[int, int] | None:
    """The dateline ("BEIRUT (AFP) -") at the start of the text or of one of its first paragraphs, by character."""
    start = 0
    for _ in range(6):
        # few lines have a second letter in capitals, or an agency in brackets
        may_be = not "a" <= text[start + 1 : start + 2] <= "z" or text.find("(", start, start + _NEAR) >= 0
        match = _DATELINE.match(text, start) if may_be else None
        if match and (match["agency"] or _is_place(match)):
            begin = match.end() - len(match.group().lstrip())
            return begin, match.end()
        newline = text.find("\n", start)
        if newline < 0 or newline > 1500:
            return None
        start = newline + 1
    return None


def _is_place(match: regex.Match[str]) -> bool:
    """Whether what stands before the dash is a place in capitals: "NAIROBI, Kenya -", not "UPDATE -"."""
    place = match["place"]
    if not place or match.group().rstrip()[-1] == ":":
        return False
    name = place.split(",")[0].split("(")[0].strip()
    return name.isupper() and len(name.split()) <= 4 and name.lower() not in text_words().not_places
