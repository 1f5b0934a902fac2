"""Many forms as one pattern: shared beginnings are folded into a trie, which finds the longest form at its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

Trie: TypeAlias = "dict[str, Trie]"


def to_trie(forms: Iterable[Iterable[str]]) -> Trie:
    """The trie of some forms, each given by its pieces: the patterns of what follows each other in it."""
    trie: Trie = {}
    for form in forms:
        node = trie
        for piece in form:
            node = node.setdefault(piece, {})
        node[""] = {}
    return trie


def to_pattern(trie: Trie) -> str:
    """What may follow at a node of a trie; where a form ends there too, only if nothing longer fits."""
    branches = [piece + to_pattern(node) for piece, node in sorted(trie.items()) if piece]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and "" not in trie else f"(?:{'|'.join(branches)})"
    return f"{body}?" if "" in trie else body
