"""Text to tokens: words, numbers and marks, each with its own offsets."""

from __future__ import annotations

import re
import unicodedata

import regex

from casualty_extract.analysis import Token

GLUED = (  # words that begin a number or sentence, whose space in front is often lost: "saidTwo"
    "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve", "Twenty",
    "Thirty", "Dozens", "Scores", "Hundreds", "Thousands", "At", "Some",
)  # fmt: skip
_LETTERS = r"\p{L}\p{M}"
_UNSEEN = r"\u00ad\u200b-\u200d\u2060"
_ACRONYM = r"(?:\p{L}\.){2,}"
_WORD = rf"(?:{_ACRONYM}|[{_LETTERS}{_UNSEEN}]+(?:[-'’‑][{_LETTERS}\p{{N}}{_UNSEEN}]+)*(?:['’](?=\s))?)"
_NUMBER = r"\d+(?:[.,:/]\d+)*\p{L}*(?:[-‑]\p{L}+)*"
INVISIBLE = re.compile(f"[{_UNSEEN}]")  # characters inside of words that no form has
_TOKEN = regex.compile(rf"(?P<number>{_NUMBER})|(?P<word>{_WORD})|(?P<mark>\S)")
_POSSESSIVE = regex.compile(r"['’][sS]$")
_GLUED = regex.compile(rf"\p{{Ll}}{{2}}((?:{'|'.join(GLUED)})(?:-\p{{Ll}}+)?)$")


def split_tokens(text: str, first: int = 0, last: int | None = None) -> tuple[Token, ...]:
    """The tokens of a text, or of its characters first..last-1, in order."""
    found: list[Token] = []
    end = first
    for match in _TOKEN.finditer(text, first, len(text) if last is None else last):
        start, stop, kind = match.start(), match.end(), match.lastgroup or "mark"
        gap = _gap(text[end:start]) if found else 0
        cut = _cut(match.group()) if kind == "word" else None
        if cut:
            found.append(_token(text, start, start + cut[0], kind, gap))
            found.append(_token(text, start + cut[0], stop, cut[1], 0))
        else:
            found.append(_token(text, start, stop, kind, gap))
        end = stop
    return tuple(found)


def words(form: str) -> tuple[str, ...]:
    """A form of a lexicon as the lower words that the tokens of a text would have."""
    return tuple(t.lower for t in split_tokens(form))


def _cut(word: str) -> tuple[int, str] | None:
    """Where a word is two tokens and of which kind the second is: "mayor's", "saidTwo", "miners'"; None for one."""
    possessive = _POSSESSIVE.search(word)
    if possessive and possessive.start() > 0:
        return possessive.start(), "word"
    if glued := _GLUED.search(word):
        return glued.start(1), "word"
    return (len(word) - 1, "mark") if len(word) > 1 and word[-1] in "'’" else None


def _token(text: str, start: int, end: int, kind: str, gap: int) -> Token:
    piece = text[start:end]
    return Token(piece, start, end, piece.lower() if piece.isascii() else _plain(piece, kind), kind, gap)


def _plain(piece: str, kind: str) -> str:
    """A token in lower case, without what cannot be seen, with straight apostrophes and the digits 0 to 9."""
    lower = INVISIBLE.sub("", piece).replace("’", "'").replace("‑", "-").lower()
    return "".join(str(unicodedata.decimal(char, char)) for char in lower) if kind == "number" else lower


def _gap(space: str) -> int:
    if not space:
        return 0
    lines = space.count("\n") or space.count("\r") or space.count("\u2028") or 2 * space.count("\u2029")
    return 3 if lines > 1 else 2 if lines else 1
