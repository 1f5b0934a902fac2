"""The extra ``fast``: google-re2 in front of the gate's own pattern, where it is installed.

Of the engines with wheels for all our Python versions re2 was chosen over hyperscan (a quarter faster on long texts, no
faster on short ones, no wheels for Windows) and over Aho-Corasick (no word boundaries: a quarter of ordinary texts hold
such letters). It finds where a form may stand; the gate's own pattern then tells whether one does, so that the gate
decides as it does without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_MEMORY = 64 << 20  # bytes that its automaton may take; a smaller one falls back on a slower search


def rough_search(forms: Iterable[tuple[str, ...]], glued: Iterable[str]) -> Callable[[bytes, int], int] | None:
    """Finds in ``text.encode("ascii", "replace")``, text in lower case, from an offset on, where one of the forms may
    begin, there or at the next character; -1 for nowhere. None where google-re2 is not installed.

    ``glued``: lower words that stand beside others without a space. Rough: between two words may be anything but small
    letters, and so before and behind.
    """
    try:
        import re2
    except ImportError:
        return None
    if not hasattr(re2, "Options"):  # another package of that name
        return None
    options = re2.Options()
    options.max_mem, options.log_errors = _MEMORY, False
    options.encoding = re2.Options.Encoding.LATIN1  # bytes as they are: nothing but a to z is a letter here
    search = re2.compile(_pattern(list(forms), "|".join(glued)), options).search

    def find(text: bytes, start: int) -> int:
        match = search(text, start)
        return -1 if match is None else match.start()

    return find


def _pattern(forms: list[tuple[str, ...]], glued: str) -> bytes:
    """The forms, with letters kept apart at both ends. ``glued`` words may touch what stands before them."""
    known = frozenset(glued.split("|"))
    free = [form for form in forms if form[0].split("-")[0] in known or not "a" <= form[0][0] <= "z"]
    bound = [form for form in forms if form not in set(free)]
    before = [rf"(?:^|[^a-z])(?:{_any(bound)})"] * bool(bound) + [f"(?:{_any(free)})"] * bool(free)
    return rf"(?:{'|'.join(before)})(?:$|[^a-z]|{glued})".encode()


def _any(forms: list[tuple[str, ...]]) -> str:
    return "|".join(_between(form) for form in sorted(forms))


def _between(form: tuple[str, ...]) -> str:
    """A form with anything but letters between its words and in the place of what is no ASCII letter or mark; a digit
    may be one of another script."""
    words = ("".join(re.escape(c) if c.isascii() and not c.isdigit() else "[^a-z]" for c in word) for word in form)
    return "[^a-z]*".join(words)
