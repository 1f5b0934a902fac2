"""A dependency parse as plain data over our own tokens, and the text as a parser reads it best."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from casualty_extract.analysis import Document, Sentence


def readable(text: str) -> str:
    """The text as a parser reads it best, offsets unchanged: plain spaces, small letters where all are capitals."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) > 10 and sum(c.isupper() for c in letters) > 0.8 * len(letters):
        text = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return "".join(" " if c.isspace() else c for c in text)


@dataclass(frozen=True, slots=True)
class Tree:
    """A dependency tree over the tokens of a sentence, which begins at token ``first``. A root is its own head."""

    first: int
    heads: tuple[int, ...]
    deps: tuple[str, ...]
    tags: tuple[str, ...]

    def head(self, i: int) -> int:
        """The token that token i hangs on."""
        return self.heads[i - self.first]

    def dep(self, i: int) -> str:
        """How token i hangs on its head."""
        return self.deps[i - self.first]

    def tag(self, i: int) -> str:
        """The part of speech of token i, "" where the parser has no such token."""
        return self.tags[i - self.first]

    def path(self, i: int) -> Iterator[int]:
        """Token i and all that it hangs on, up to the root."""
        yield i
        while self.head(i) != i:
            i = self.head(i)
            yield i

    def children(self, i: int, deps: frozenset[str]) -> Iterator[int]:
        """The tokens that hang on token i in one of these ways, in order of the text."""
        return (k for k, head in enumerate(self.heads, self.first) if head == i != k and self.dep(k) in deps)

    def child(self, i: int, deps: frozenset[str]) -> int | None:
        """The first of these children, None where there is none."""
        return next(self.children(i, deps), None)


def bare_tree(sentence: Sentence) -> Tree:
    """The tree of a sentence of which no parse is known: every token hangs on nothing."""
    size = sentence.stop - sentence.first
    return Tree(sentence.first, tuple(range(sentence.first, sentence.stop)), ("",) * size, ("",) * size)


def map_tree(doc: Any, document: Document, sentence: Sentence, start: int = 0) -> Tree:
    """The parse of a Doc or Span by our tokens; its offsets count from character ``start`` of the text.

    A token of ours stands where the topmost of its spaCy tokens stands; one that spaCy does not begin hangs on nothing.
    """
    owner: dict[int, int] = {}
    top: dict[int, Any] = {}
    i, last = sentence.first, sentence.stop - 1
    for token in doc:
        at = token.idx + start
        while i < last and at >= document.starts[i + 1]:
            i += 1
        if token.is_space or not document.starts[i] <= at < document.end(i):
            continue
        owner[token.i] = i
        if i not in top or _depth(token) < _depth(top[i]):
            top[i] = token
    places = range(sentence.first, sentence.stop)
    heads = tuple(owner.get(top[k].head.i, k) if k in top else k for k in places)
    deps = tuple(_dep(top[k].dep_, k, head) if k in top else "" for k, head in zip(places, heads, strict=True))
    tags = tuple(top[k].tag_ if k in top else "" for k in places)
    return Tree(sentence.first, heads, deps, tags)


def _dep(dep: str, token: int, head: int) -> str:
    """How a token hangs; one whose head stands in another sentence of ours is a root here, whatever spaCy calls it."""
    return "ROOT" if head == token else dep


def _depth(token: Any) -> int:
    return sum(1 for _ in token.ancestors)
