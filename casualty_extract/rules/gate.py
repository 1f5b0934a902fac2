"""The gate: tells texts that hold no harm word from those that are read, in one search over the whole text.

It may open for a text without any harm word, never close for one with: whatever it cannot tell apart from a harm word
by the characters alone (see ``_EDGE_BEFORE``) it lets through, and the stage of harms decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from casualty_extract.analysis.tokens import GLUED, INVISIBLE
from casualty_extract.rules.engines import rough_search
from casualty_extract.rules.types import HarmRule

_EDGE_BEFORE = re.compile(r"[\s\"(\[“‘,;:—–]\Z")  # behind and before these a word surely begins and ends
_EDGE_BEHIND = re.compile(r"[\s\",;:!?)\]”—–]|\.(?:\s|\Z)|\Z")
_ENDS = f"(?:(?!-?[a-z])|(?<![a-z])|(?={'|'.join(word.lower() for word in GLUED)}))"  # "killedTwo" is two words

Trie: TypeAlias = "dict[str, Trie]"


class Gate:
    """Tells texts that hold none of some harm words from the rest, whatever their case."""

    __slots__ = ("_find", "_made_of", "_pattern", "_rules")

    def __init__(self, forms: Mapping[tuple[str, ...], HarmRule], fast: bool = True) -> None:
        """``forms``: the lower words of each harm form with its rule, idioms that harm nobody included. ``fast``: use
        the engine of the extra of that name where it is installed."""
        self._made_of = (dict(forms), fast)
        self._pattern = _compile(forms)
        self._find = rough_search(forms, [word.lower() for word in GLUED]) if fast and forms else None
        self._rules: dict[str, list[HarmRule]] = {}
        for form, rule in forms.items():
            self._rules.setdefault(_key("".join(form)), []).append(rule)

    def __reduce__(self) -> tuple[type[Gate], tuple[dict[tuple[str, ...], HarmRule], bool]]:
        """A gate that goes to another process is made anew there: an engine cannot go."""
        return Gate, self._made_of

    def opens(self, text: str) -> bool:
        """Whether any harm word may stand in the text; those with soft hyphens and the like are always read."""
        if text.isascii():
            plain = text.lower()
        elif INVISIBLE.search(text):
            return True
        else:
            plain = text.replace("’", "'").replace("‑", "-").lower().replace("ς", "σ")
        matches = self._pattern.finditer(plain) if self._find is None else self._matches(plain, self._find)
        return any(self._may_harm(match, plain) for match in matches)

    def _matches(self, plain: str, find: Callable[[bytes, int], int]) -> Iterator[re.Match[str]]:
        """What ``finditer`` gives, looked for only where the engine of the extra ``fast`` finds that it may stand."""
        text = plain.encode("ascii", "replace")  # one byte a character
        free = start = 0
        while (near := find(text, start)) >= 0:
            found = (self._pattern.match(plain, at) for at in (near, near + 1) if at >= free)
            match = next(filter(None, found), None)
            if match is not None:
                yield match
                free = match.end()
            start = max(near + 1, free - 1)

    def _may_harm(self, match: re.Match[str], plain: str) -> bool:
        """Whether a form may be a harm: no idiom, and with one of the words that it needs, if any, in the text."""
        rules = self._rules.get(_key(match.group()))
        if rules is None or any(rule.victim != "none" and not rule.needs for rule in rules):
            return True
        if not _is_exact(match, plain):
            return True
        return any(rule.victim != "none" and any(word in plain for word in rule.needs) for rule in rules)


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


# --- the pattern ------------------------------------------------------------------------------------------------------


def _compile(forms: Iterable[tuple[str, ...]]) -> re.Pattern[str]:
    """One pattern of all forms, shared beginnings folded into a trie, which finds the longest form at its place."""
    plain: Trie = {}
    glued: Trie = {}  # forms in front of which no word needs to end: "saidTwo" is two words
    for form in sorted(forms):
        node = glued if _may_be_glued(form[0]) or not _is_letter(form[0][0]) else plain
        for piece in _pieces(form):
            node = node.setdefault(piece, {})
        node[""] = {}
    branches = [rf"(?<![a-z])(?<![a-z]-){_pattern(plain)}"] * bool(plain) + [_pattern(glued)] * bool(glued)
    return re.compile(f"(?:{'|'.join(branches) or '(?!)'}){_ENDS}")


def _pieces(form: tuple[str, ...]) -> Iterable[str]:
    """The characters of a form as patterns, and between its words what may stand between two tokens."""
    for k, word in enumerate(form):
        if k:
            touches = not _is_letter(word[0]) or not _is_letter(form[k - 1][-1]) or _may_be_glued(word)
            yield r"\s*" if touches else r"\s+"
        yield from (r"\d" if char.isdigit() else re.escape(char) for char in word.replace("ς", "σ"))  # of any script


def _may_be_glued(word: str) -> bool:
    return word.split("-")[0].capitalize() in GLUED


def _is_letter(char: str) -> bool:
    return "a" <= char <= "z"


def _pattern(trie: Trie) -> str:
    """What may follow at a node of a trie; where a form ends there too, only if nothing longer fits."""
    branches = [piece + _pattern(node) for piece, node in sorted(trie.items()) if piece]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and "" not in trie else f"(?:{'|'.join(branches)})"
    return f"{body}?" if "" in trie else body
