"""The gate: tells texts that hold no harm word from those that are read, in one search over the whole text.

It may open for a text without any harm word, never close for one with: whatever it cannot tell apart from a harm word
by the characters alone (see ``_EDGE_BEFORE``) it lets through, and the stage of harms decides. An engine finds where a
form may stand; a pattern of the forms with that first letter then tells which one does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from casualty_extract.analysis.tokens import GLUED, UNSEEN
from casualty_extract.rules.engines import fold, rough_search
from casualty_extract.rules.trie import to_pattern, to_trie
from casualty_extract.rules.types import HarmRule

_EDGE_BEFORE = re.compile(r"[\s\"(\[“‘,;:—–]\Z")  # behind and before these a word surely begins and ends
_EDGE_BEHIND = re.compile(r"[\s\",;:!?)\]”—–]|\.(?:\s|\Z)|\Z")
_ENDS = f"(?:(?!-?[a-z])|(?<![a-z])|(?={'|'.join(word.lower() for word in GLUED)}))"  # "killedTwo" is two words
_TO_ASCII = "\u0130\u212a"  # beyond ASCII, but not in lower case: a dotted capital I, the sign of Kelvin
_SPECIAL = UNSEEN + _TO_ASCII

Form = tuple[str, ...]


class _Harm(NamedTuple):
    """What the rules of a form say: it always harms, or only with one of some words in its sentence; with neither it
    is an idiom."""

    always: bool
    needs: tuple[bytes, ...]  # as they stand in a folded text


class Gate:
    """Tells texts that hold none of some harm words from the rest, whatever their case."""

    __slots__ = ("_forms", "_harms", "_made_of", "_patterns", "_search")

    def __init__(self, forms: Mapping[Form, HarmRule], fast: bool = True) -> None:
        """``forms``: the lower words of each harm form with its rule, idioms that harm nobody included. ``fast``: use
        the engine of the extra of that name where it is installed."""
        self._made_of = (dict(forms), fast)
        self._search = rough_search(forms, [word.lower() for word in GLUED], fast)
        rules: dict[str, list[HarmRule]] = {}
        self._forms: dict[str, list[Form]] = {}  # by their first letter, "" for what is none
        for form, rule in forms.items():
            rules.setdefault(_key("".join(form)), []).append(rule)
            self._forms.setdefault(_first_letter(form[0]), []).append(form)
        self._harms = {key: _harm(same) for key, same in rules.items()}
        self._patterns: dict[str, re.Pattern[str]] = {}  # of these forms, made when first asked for

    def __reduce__(self) -> tuple[type[Gate], tuple[dict[Form, HarmRule], bool]]:
        """A gate that goes to another process is made anew there: an engine cannot go."""
        return Gate, self._made_of

    def opens(self, text: str) -> bool:
        """Whether any harm word may stand in the text; those with soft hyphens and the like are always read."""
        if not text.isascii():
            for char in _SPECIAL:
                if char in text:
                    if char in UNSEEN:
                        return True
                    text = _lower(text)
        folded = fold(text)
        found = self._search(folded, 0)
        return found is not None and self._opens_from(found, folded, _lower(text))

    def _opens_from(self, found: Any, folded: bytes, plain: str) -> bool:
        """Whether a form stands in the text that may harm, where the first was found or behind."""
        free = 0
        lacking: set[str] = set()  # forms without any word that they need
        while found is not None:
            near = found.start()
            # the folded text has a space in front: what begins at its next byte begins at ``near`` of the plain one
            match = self._match(plain, near - 1, free) or self._match(plain, near, free)
            if match is not None:
                if self._may_harm(match, plain, folded, lacking):
                    return True
                free = match.end()
            found = self._search(folded, max(near + 1, free))
        return False

    def _match(self, plain: str, at: int, free: int) -> re.Match[str] | None:
        """The form at a place, but for one that the form before has taken."""
        if at < free:
            return None
        first = _first_letter(plain[at : at + 1])
        if first not in self._patterns:
            self._patterns[first] = _compile(self._forms.get(first, ()))
        return self._patterns[first].match(plain, at)

    def _may_harm(self, match: re.Match[str], plain: str, folded: bytes, lacking: set[str]) -> bool:
        """Whether a form may be a harm: no idiom, and with one of the words that it needs, if any, in the text."""
        key = _key(match.group())
        harm = self._harms.get(key)
        if harm is None or harm.always or not _is_exact(match, plain):
            return True
        if key not in lacking and not any(word in folded for word in harm.needs):
            lacking.add(key)
        return key not in lacking


def _harm(rules: Sequence[HarmRule]) -> _Harm:
    """What rules of forms that are written alike say together."""
    harming = [rule for rule in rules if rule.victim != "none"]
    needs = {word for rule in harming for word in rule.needs}
    shortest = {fold(word)[1:] for word in needs if not any(other != word and other in word for other in needs)}
    return _Harm(any(not rule.needs for rule in harming), tuple(sorted(shortest)))


def _lower(text: str) -> str:
    """The text in lower case with the marks that forms have."""
    if text.isascii():
        return text.lower()
    return text.replace("’", "'").replace("‑", "-").lower().replace("ς", "σ")


def _key(form: str) -> str:
    """A form without spaces; lower case writes the last sigma of a word, and so of a text, by what stands around."""
    return "".join(form.split()).replace("ς", "σ")


def _is_exact(match: re.Match[str], plain: str) -> bool:
    """Whether a form surely stands there as whole words of one line: then it hides the harm words inside of it."""
    return (
        match.group().isprintable()  # no line end, where a sentence may end
        and (match.start() == 0 or _EDGE_BEFORE.match(plain, match.start() - 1, match.start()) is not None)
        and _EDGE_BEHIND.match(plain, match.end()) is not None
    )


# --- the patterns -----------------------------------------------------------------------------------------------------


def _compile(forms: Iterable[Form]) -> re.Pattern[str]:
    """One pattern of some forms, which finds the longest at its place."""
    free = {form for form in forms if _may_be_glued(form[0]) or not _is_letter(form[0][0])}
    plain = to_trie(map(_pieces, (form for form in forms if form not in free)))
    glued = to_trie(map(_pieces, free))  # in front of which no word needs to end: "saidTwo" is two words
    branches = [rf"(?<![a-z])(?<![a-z]-){to_pattern(plain)}"] * bool(plain) + [to_pattern(glued)] * bool(glued)
    return re.compile(f"(?:{'|'.join(branches) or '(?!)'}){_ENDS}")


def _pieces(form: Form) -> Iterable[str]:
    """The characters of a form as patterns, and between its words what may stand between two tokens."""
    for k, word in enumerate(form):
        if k:
            touches = not _is_letter(word[0]) or not _is_letter(form[k - 1][-1]) or _may_be_glued(word)
            yield r"\s*" if touches else r"\s+"
        yield from (r"\d" if char.isdigit() else re.escape(char) for char in word.replace("ς", "σ"))  # of any script


def _first_letter(word: str) -> str:
    return word[0] if word and _is_letter(word[0]) else ""


def _may_be_glued(word: str) -> bool:
    return word.split("-")[0].capitalize() in GLUED


def _is_letter(char: str) -> bool:
    return "a" <= char <= "z"
