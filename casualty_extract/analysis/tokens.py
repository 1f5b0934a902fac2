"""Text to tokens: words, numbers and marks, each with its own offsets."""

from __future__ import annotations

import re
import unicodedata
from typing import TypeAlias

import regex

from casualty_extract.analysis import Token

_Split: TypeAlias = tuple[tuple[Token, ...], tuple[int, ...]]  # tokens, and where each begins in what was split
_Piece: TypeAlias = tuple[Token | None, _Split, int]  # the token that is all of it, its tokens, its length with a space

GLUED = (  # words that begin a number or sentence, whose space in front is often lost: "saidTwo"
    "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve", "Twenty",
    "Thirty", "Dozens", "Scores", "Hundreds", "Thousands", "At", "Some",
)  # fmt: skip
_LETTERS = r"\p{L}\p{M}"
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060"  # characters inside of words that no form has
_ACRONYM = r"(?:\p{L}\.){2,}"
_SITE = r"(?:[\p{L}\d-]{1,40}\.){1,4}(?:com|org|net|info|gov|edu)(?:\.\p{Ll}{2})?\b(?!-)"  # "harlnews.com"
_WORD = rf"(?:{_ACRONYM}|{_SITE}|[{_LETTERS}{UNSEEN}]+(?:[-'’‑][{_LETTERS}\p{{N}}{UNSEEN}]+)*(?:['’](?=\s))?)"
_NUMBER = r"\d+(?:[.,:/]\d+)*\p{L}*(?:[-‑]\p{L}+)*"
_INVISIBLE = re.compile(f"[{UNSEEN}]")
_TOKEN = regex.compile(rf"(?P<number>{_NUMBER})|(?P<word>{_WORD})|(?P<mark>\S)")
_WIDTHS = "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_SPACE = f" \t\n\v\f\r\x85\xa0\u1680\u2028\u2029{_WIDTHS}"  # what regex calls \s: less than re does
_STRETCH = re.compile(f"[^{_SPACE}]++|(?<![{_SPACE}])[{_SPACE}]++[^{_SPACE}]++")  # with all the space in front
_LEAD = re.compile(f"[{_SPACE}]+")
_APOSTROPHES = "'’"
_SPACED = 1  # the gap of a token behind a space
_KNOWN: dict[str, _Split] = {}  # short stretches with a space behind them
_PIECES: dict[str, _Piece] = {}  # short pieces between two spaces
_MOST_KNOWN = 20_000  # of either
_LONG = 40  # characters of a stretch that is not worth keeping
_POSSESSIVE = regex.compile(r"['’][sS]$")
_GLUED = regex.compile(rf"\p{{Ll}}{{2}}((?:{'|'.join(GLUED)})(?:-\p{{Ll}}+)?)$")


def split_tokens(text: str, first: int = 0, last: int | None = None) -> tuple[tuple[Token, ...], tuple[int, ...]]:
    """The tokens of a text, or of its characters first..last-1, in order, and the offset of each. No token holds a
    space, so what stands between two spaces is split by itself."""
    size = len(text) if last is None else last
    lead = _LEAD.match(text, first, size)
    start = first = lead.end() if lead else first
    if first == size or text[size - 1] in _APOSTROPHES:
        return _split_stretches(text, first, size, False)
    found: list[Token] = []
    starts: list[int] = []
    for piece in text[first:size].rstrip(_SPACE).split(" "):
        known = _PIECES.get(piece) or _split_piece(piece)
        if known is None:
            return _split_stretches(text, first, size, True)
        alone, split, length = known
        if alone is not None:
            found.append(alone)
            starts.append(start)
        else:
            found += split[0]
            starts += [start + offset for offset in split[1]]
        start += length
    found[0] = _unspaced(found[0])
    return tuple(found), tuple(starts)


def _unspaced(token: Token) -> Token:
    """The token with no space in front, as `dataclasses.replace` gives it at five times the time."""
    return Token(token.text, token.lower, token.kind, 0, token.capital, token.plain)


def words(form: str) -> tuple[str, ...]:
    """A form of a lexicon as the lower words that the tokens of a text would have."""
    parts = form.split(" ")
    if form.isascii() and all(part.isalpha() and part.islower() for part in parts):
        return tuple(parts)  # as splitting would give, at a tenth of its time: a lexicon has tens of thousands
    return tuple(token.lower for token in split_tokens(form)[0])


def _split_piece(piece: str) -> _Piece | None:
    """The tokens of what stands between two spaces, kept for its next time where it is short: a language has few, and
    they come again and again. None where it ends with another kind of space, which goes on behind it."""
    if piece and piece[-1] in _SPACE:
        return None
    tokens, offsets = _split_stretches(f" {piece}", 0, len(piece) + 1, True)
    found = tokens[0] if offsets == (1,) else None, (tokens, tuple([k - 1 for k in offsets])), len(piece) + 1
    if len(piece) <= _LONG and not _LEAD.search(piece):
        if len(_PIECES) >= _MOST_KNOWN:
            _PIECES.clear()
        _PIECES[piece] = found
    return found


def _split_stretches(text: str, first: int, last: int, spaced: bool) -> _Split:
    """The tokens of a text with spaces of all kinds, and their offsets. ``spaced``: a space follows at its end."""
    stretches = _STRETCH.findall(text, first, last)
    known = map(_KNOWN.get, stretches)
    splits = [split or _split_new(stretch) for stretch, split in zip(stretches, known, strict=True)]
    if stretches and not spaced:
        splits[-1] = _split(stretches[-1], False)
    found: list[Token] = []
    starts: list[int] = []
    for stretch, (tokens, offsets) in zip(stretches, splits, strict=True):
        found += tokens
        starts += [first + offset for offset in offsets]
        first += len(stretch)
    return tuple(found), tuple(starts)


def _split_new(stretch: str) -> _Split:
    """The tokens of a stretch with a space behind it, kept as pieces are."""
    found = _split(stretch, True)
    if len(stretch) <= _LONG:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[stretch] = found
    return found


def _split(stretch: str, spaced: bool) -> _Split:
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
