"""Text to tokens: words, numbers and marks, each with its own offsets."""

from __future__ import annotations

import re
import unicodedata
from typing import TypeAlias

import regex

from casualty_extract.analysis import Token

_Stretch: TypeAlias = tuple[tuple[Token, ...], tuple[int, ...]]  # tokens, and where each begins in the stretch

GLUED = (  # words that begin a number or sentence, whose space in front is often lost: "saidTwo"
    "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve", "Twenty",
    "Thirty", "Dozens", "Scores", "Hundreds", "Thousands", "At", "Some",
)  # fmt: skip
_LETTERS = r"\p{L}\p{M}"
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060"  # characters inside of words that no form has
_ACRONYM = r"(?:\p{L}\.){2,}"
_WORD = rf"(?:{_ACRONYM}|[{_LETTERS}{UNSEEN}]+(?:[-'’‑][{_LETTERS}\p{{N}}{UNSEEN}]+)*(?:['’](?=\s))?)"
_NUMBER = r"\d+(?:[.,:/]\d+)*\p{L}*(?:[-‑]\p{L}+)*"
_INVISIBLE = re.compile(f"[{UNSEEN}]")
_TOKEN = regex.compile(rf"(?P<number>{_NUMBER})|(?P<word>{_WORD})|(?P<mark>\S)")
_SPACE = r" \t-\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # what regex calls \s: less than re does
_STRETCH = re.compile(f"[^{_SPACE}]++|(?<![{_SPACE}])[{_SPACE}]++[^{_SPACE}]++")  # with all the space in front
_LEAD = re.compile(f"[{_SPACE}]+")
_APOSTROPHES = "'’"
_SPACED = 1  # the gap of a token behind a space
_KNOWN: dict[str, _Stretch] = {}  # short stretches with a space behind them
_MOST_KNOWN = 20_000
_LONG = 40  # characters of a stretch that is not worth keeping
_POSSESSIVE = regex.compile(r"['’][sS]$")
_GLUED = regex.compile(rf"\p{{Ll}}{{2}}((?:{'|'.join(GLUED)})(?:-\p{{Ll}}+)?)$")


def split_tokens(text: str, first: int = 0, last: int | None = None) -> tuple[tuple[Token, ...], tuple[int, ...]]:
    """The tokens of a text, or of its characters first..last-1, in order, and the offset of each. No token holds a
    space, so each stretch without one is split by itself."""
    size = len(text) if last is None else last
    lead = _LEAD.match(text, first, size)
    start = lead.end() if lead else first
    stretches = _STRETCH.findall(text, start, size)
    known = map(_KNOWN.get, stretches)
    pieces = [piece or _split_new(stretch) for stretch, piece in zip(stretches, known, strict=True)]
    if stretches and text[size - 1] in _APOSTROPHES:
        pieces[-1] = _split(stretches[-1], False)
    found: list[Token] = []
    starts: list[int] = []
    for stretch, (tokens, offsets) in zip(stretches, pieces, strict=True):
        if len(tokens) == 1:
            found.append(tokens[0])
            starts.append(start + offsets[0])
        else:
            found += tokens
            starts += [start + offset for offset in offsets]
        start += len(stretch)
    return tuple(found), tuple(starts)


def words(form: str) -> tuple[str, ...]:
    """A form of a lexicon as the lower words that the tokens of a text would have."""
    parts = form.split(" ")
    if form.isascii() and all(part.isalpha() and part.islower() for part in parts):
        return tuple(parts)  # as splitting would give, at a tenth of its time: a lexicon has tens of thousands
    return tuple(token.lower for token in split_tokens(form)[0])


def _split_new(stretch: str) -> _Stretch:
    """The tokens of a stretch with a space behind it, kept for its next time where it is short: a language has few,
    and they come again and again."""
    found = _split(stretch, True)
    if len(stretch) <= _LONG:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[stretch] = found
    return found


def _split(stretch: str, spaced: bool) -> _Stretch:
    """The tokens of a stretch, and where in it each begins. ``spaced``: a space follows, which tells a plural's
    apostrophe."""
    found: list[Token] = []
    starts: list[int] = []
    lead = _LEAD.match(stretch)
    gap = _gap(lead[0]) if lead else 0
    for match in _TOKEN.finditer(f"{stretch} " if spaced else stretch):
        first, stop, kind = match.start(), match.end(), match.lastgroup or "mark"
        cut = _cut(match.group()) if kind == "word" else None
        if cut:
            found.append(_token(stretch[first : first + cut[0]], kind, 0 if found else gap))
            starts.append(first)
            first, kind = first + cut[0], cut[1]
        found.append(_token(stretch[first:stop], kind, 0 if found else gap))
        starts.append(first)
    return tuple(found), tuple(starts)


def _cut(word: str) -> tuple[int, str] | None:
    """Where a word is two tokens and of which kind the second is: "mayor's", "saidTwo", "miners'"; None for one."""
    possessive = _POSSESSIVE.search(word)
    if possessive and possessive.start() > 0:
        return possessive.start(), "word"
    if glued := _GLUED.search(word):
        return glued.start(1), "word"
    return (len(word) - 1, "mark") if len(word) > 1 and word[-1] in _APOSTROPHES else None


def _token(piece: str, kind: str, gap: int) -> Token:
    lower = piece.lower() if piece.isascii() else _plain(piece, kind)
    plain = kind == "word" and gap <= _SPACED and piece[-1].isalnum()
    return Token(piece, lower, kind, gap, piece[:1].isupper(), plain)


def _plain(piece: str, kind: str) -> str:
    """A token in lower case, without what cannot be seen, with straight apostrophes and the digits 0 to 9."""
    lower = _INVISIBLE.sub("", piece).replace("’", "'").replace("‑", "-").lower()
    return "".join(str(unicodedata.decimal(char, char)) for char in lower) if kind == "number" else lower


def _gap(space: str) -> int:
    if not space:
        return 0
    lines = space.count("\n") or space.count("\r") or space.count("\u2028") or 2 * space.count("\u2029")
    return 3 if lines > 1 else 2 if lines else 1
