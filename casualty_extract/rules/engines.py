"""Where in a text a form may stand: a rough search over small letters and spaces, by one of two engines.

It finds every place where a form stands, and some where none does: before, behind and between words may be anything but
letters. `re` searches a trie of the forms; with the extra ``fast`` google-re2 searches any of them. Of the engines with
wheels for all our Python versions re2 was chosen over hyperscan (a quarter faster on long texts, no faster on short
ones, no wheels for Windows) and over Aho-Corasick (no word boundaries: a quarter of ordinary texts hold such letters).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from casualty_extract.rules.trie import to_pattern, to_trie

_MEMORY = 64 << 20  # bytes that the automaton of re2 may take; a smaller one falls back on a slower search
_SMALL = bytes(range(256)).lower()
_LETTERS = bytes(code if ord("a") <= code <= ord("z") else ord(" ") for code in _SMALL)

Search = Callable[[bytes, int], Any]  # a text and an offset to what has a start(), or to None


def fold(text: str) -> bytes:
    """What is searched: a space, then a byte for each character, ASCII letters in lower case and a space for others."""
    return b" " + text.encode("ascii", "replace").translate(_LETTERS)


def rough_search(forms: Iterable[tuple[str, ...]], glued: Iterable[str], fast: bool = True) -> Search:
    """Finds in a folded text, from an offset on, where one of the forms may begin, at the start found or at the next
    byte. ``glued``: lower words that stand beside others without a space. ``fast``: with google-re2, if installed.
    """
    pieces = [list(_pieces(form, frozenset(glued))) for form in sorted(forms)]
    return (_re2_search(pieces, "|".join(glued)) if fast else None) or _trie_search(pieces, "|".join(glued))


def _pieces(form: tuple[str, ...], glued: frozenset[str]) -> Iterator[str]:
    """The bytes of a form as patterns: with what is no letter in front, but for glued words, and between its words."""
    if "a" <= form[0][0] <= "z" and form[0].split("-")[0] not in glued:
        yield " "
    for k, word in enumerate(form):
        if k:
            yield " *"
        yield from (char if "a" <= char <= "z" else " " for char in word)


def _trie_search(forms: list[list[str]], glued: str) -> Search:
    """The search of `re`. Nearly all forms begin with a space, which it looks for before anything else."""
    ends = f"(?![a-z])|(?<![a-z])|(?={glued})"
    return re.compile(f"{to_pattern(to_trie(forms))}(?:{ends})".encode()).search


def _re2_search(forms: list[list[str]], glued: str) -> Search | None:
    """The search of google-re2; None where it is not installed."""
    try:
        import re2
    except ImportError:
        return None
    if not hasattr(re2, "Options"):  # another package of that name
        return None
    options = re2.Options()
    options.max_mem, options.log_errors = _MEMORY, False
    options.encoding = re2.Options.Encoding.LATIN1  # bytes as they are
    closed = [form for form in forms if form[-1] != " "]  # those behind which a word must end
    open_ = [form for form in forms if form[-1] == " "]
    found = [f"(?:{_any(closed)})(?:$|[^a-z]|{glued})"] * bool(closed) + [_any(open_)] * bool(open_)
    search: Search = re2.compile("|".join(found).encode(), options).search
    return search


def _any(forms: list[list[str]]) -> str:
    """One of the forms. By another name for the space: re2 would stop at each, as `re` does, where its automaton is
    faster without."""
    return "|".join("".join(form).replace(" ", "[^a-z]") for form in forms)
