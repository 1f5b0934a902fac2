"""Tokens to sentences: where a stop, a line end or a blank line ends one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casualty_extract.analysis import Sentence, Token
from casualty_extract.analysis.text_words import text_words

_ENDS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’»)]")
_LAST = _ENDS | _CLOSERS | frozenset("-–—:")  # last characters of tokens behind which a sentence may begin
_OPENERS = frozenset("\"'“‘«([")
_STARTERS = frozenset('"“«•*-–—#@')  # marks that begin a sentence whatever follows
_LONG, _LONGEST = 200, 250  # tokens: what is longer is no sentence; it ends at the next mark, at last anywhere
_MOST_OPENERS = 10  # marks in a row that may open a sentence; a longer row is none
_SPACE, _LINE_END, _BLANK_LINE = 1, 2, 3  # gaps before a token


def split_sentences(tokens: Sequence[Token], rough: Sequence[int], body: int | None) -> tuple[Sentence, ...]:
    """The sentences of a text; one begins at the token ``body``, behind the dateline, where there is one. ``rough`` are
    the tokens that are not plain."""
    found: list[Sentence] = []
    first = paragraph = 0
    candidates = _candidates(tokens, rough)
    wrapped = _is_wrapped(tokens, candidates)
    begins = [i for i in candidates if _begins(tokens, i, wrapped) or i == body]
    for end in (*begins, len(tokens)) if tokens else ():
        for stop in _cut(tokens, first, end):
            found.append(Sentence(first, stop, paragraph))
            paragraph += stop < len(tokens) and tokens[stop].gap >= _LINE_END
            first = stop
    return tuple(found)


def _cut(tokens: Sequence[Token], first: int, end: int) -> Iterator[int]:
    """Where a sentence ends: at its end, and within where it is too long to be one."""
    while end - first > _LONG:
        near, far = first + _LONG, min(first + _LONGEST, end)
        first = next((i for i in range(near, far) if tokens[i - 1].kind == "mark"), far)
        if first < end:
            yield first
    yield end


def _candidates(tokens: Sequence[Token], rough: Sequence[int]) -> list[int]:
    """The tokens that may begin a sentence: behind a line end, or behind what may end one, a dateline or a year."""
    found: list[int] = []
    for i in rough:
        token = tokens[i]
        if token.gap >= _LINE_END and i > 0 and (not found or found[-1] < i):
            found.append(i)
        if token.text[-1] in _LAST or (token.kind == "number" and len(token.text) == 4):
            found.append(i + 1)
    if found and found[-1] == len(tokens):
        found.pop()
    return found


def _is_wrapped(tokens: Sequence[Token], candidates: Sequence[int]) -> bool:
    """Whether the lines are broken at a width: a single line end stands before a word in lower case. ``candidates``:
    tokens among which are all that begin a line."""
    return any(tokens[i].gap == _LINE_END and tokens[i].text[:1].islower() for i in candidates)


def _begins(tokens: Sequence[Token], i: int, wrapped: bool) -> bool:
    """Whether a sentence begins at token i."""
    token, last = tokens[i], tokens[i - 1]
    if token.gap == _BLANK_LINE:
        return last.lower != "-" or not token.text[:1].islower()
    if token.text[0].islower() or (last.text in _CLOSERS and token.gap == 0) or not _can_begin(tokens, i):
        return False
    if _is_behind_stamp(tokens, i):
        return True
    end = _before_closers(tokens, i)
    if token.gap == _LINE_END and not wrapped:
        return _ends(tokens[end]) or tokens[end].text == ":" or not _is_unfinished(last)
    return _ends(tokens[end]) and _begins_behind(tokens, i, end)


def _is_behind_stamp(tokens: Sequence[Token], i: int) -> bool:
    """Whether a date stands in front as a stamp of its own: "Raid kills nine AFP Sunday 30 Mar 2014 Nine men were"."""
    if i < 5 or len(tokens[i - 1].text) != 4 or not tokens[i - 1].text.isdecimal() or tokens[i].kind == "mark":
        return False
    weekday, day, month = tokens[i - 4].lower, tokens[i - 3].text, tokens[i - 2].text
    words = text_words()
    if weekday not in words.weekdays or not day.isdecimal() or not month[:1].isupper():
        return False
    return tokens[i - 5].lower not in words.date_leads


def _before_closers(tokens: Sequence[Token], i: int) -> int:
    """The token before i without the quotation marks and brackets that close there: the stop of "he said.”"."""
    k = i - 1
    while k > 0 and tokens[k].text in _CLOSERS and tokens[k].gap == 0:
        k -= 1
    return k


def _ends(token: Token) -> bool:
    """Whether a token may end a sentence: a stop, or an acronym with stops ("the U.N.")."""
    return token.text in _ENDS or (len(token.text) > 2 and token.text.endswith(".") and token.kind == "word")


def _is_unfinished(last: Token) -> bool:
    """Whether a line goes on behind its last token: "the dead and"."""
    return last.lower in text_words().unfinished or last.text in ",;-–—"


def _begins_behind(tokens: Sequence[Token], i: int, end: int) -> bool:
    """Whether token i begins a sentence behind what may end one."""
    token = tokens[i]
    if tokens[end].text == ".":
        return _begins_behind_stop(tokens, i, end)
    if tokens[end].kind == "word":  # an acronym with stops: only where a word that begins sentences follows
        return token.gap >= _LINE_END or token.lower in text_words().starters
    if end != i - 1 and tokens[end].text in "!?" and token.gap < _LINE_END:
        return token.lower not in text_words().speaking
    return token.gap >= _SPACE


def _begins_behind_stop(tokens: Sequence[Token], i: int, stop: int) -> bool:
    """Whether token i begins a sentence behind a full stop."""
    word, token, words = tokens[stop - 1], tokens[i], text_words()
    if stop == 0 or (tokens[stop].gap >= _SPACE and word.kind != "mark"):
        return token.gap >= _SPACE
    if i > stop + 1:
        return True
    if word.kind == "word" and word.lower in words.abbreviations:
        answer = word.lower == "no" and token.kind == "word"  # "No. He left", not "No. 9"
        return word.lower in words.last_abbreviations and (token.lower in words.starters or answer)
    if word.kind == "word" and len(word.text) == 1 and word.text.isupper():  # an initial
        return token.lower in words.starters and token.gap >= _SPACE
    return token.gap >= _SPACE or _is_lost_space(word, tokens[stop], token)


def _is_lost_space(word: Token, stop: Token, token: Token) -> bool:
    """Whether the space behind a full stop was lost: "fuel.On Thursday"."""
    if token.kind != "word" or not token.capital or stop.gap >= _SPACE:
        return False
    return word.kind == "number" or len(word.text) > 2


def _can_begin(tokens: Sequence[Token], i: int) -> bool:
    """Whether a token is such as begins sentences: a capital, a number, a quotation, the dot of a list."""
    if tokens[i].text in _STARTERS:
        return True
    k, last = i, i + _MOST_OPENERS
    while tokens[k].text in _OPENERS and k < last and k + 1 < len(tokens):
        k += 1
    first = tokens[k].text[0]
    return first.isupper() or first.isdigit() or (first.isalpha() and not first.islower())
