"""Whether two sources are the same, by their places or by the words of their names."""

from __future__ import annotations

from itertools import product

from casualty_extract.gold import GoldClaim, GoldLink
from casualty_extract.model import Source

_HALF = 0.5
_LONGEST_SOURCE = 16  # words: whoever names a paragraph names nobody
_IDLE = frozenset(
    ("the", "a", "an", "of", "in", "for", "and", "to", "at", "by", "on", "its", "his", "her", "their", "from", "said",
     "mr", "that")
)  # fmt: skip


def same_origin(wanted: GoldClaim, found: tuple[Source, ...]) -> bool:
    """Whether the origin of a figure is the gold's last link, one joined to it, or one that gold accepts besides."""
    chain, besides = wanted.attribution, wanted.also.get("origin", ())
    if not found:
        return not chain or None in besides
    last = found[-1]
    first = len(chain) - 1
    while first > 0 and chain[first].joint:
        first -= 1
    if any(_same_source(link, last) for link in chain[max(first, 0) :]):
        return True
    short = len(last.text.split()) <= _LONGEST_SOURCE
    return short and any(same_name(name, told) for name in besides if name for told in (last.text, last.name))


def same_chain(wanted: tuple[GoldLink, ...], found: tuple[Source, ...]) -> bool:
    """Whether every link is the gold's link in its place."""
    return len(wanted) == len(found) and all(map(_same_source, wanted, found))


def _same_source(link: GoldLink, source: Source) -> bool:
    if len(source.text.split()) > _LONGEST_SOURCE:
        return False
    shared = min(link.end, source.end) - max(link.start, source.start)
    both = max(link.end, source.end) - min(link.start, source.start)
    if shared >= _HALF * both:
        return True
    named = product((link.text, link.name or ""), (source.text, source.name))
    return any(same_name(a, b) for a, b in named)


def same_name(a: str, b: str) -> bool:
    """Whether two names share half of the words that tell them from others; False where one has none."""
    return _alike(_words(a), _words(b)) >= _HALF


def _words(name: str) -> frozenset[str]:
    """The words of a name that tell it from others."""
    split = name.lower().replace("-", " ").split()
    return frozenset(word.strip(".,'\"’“”()@") for word in split) - _IDLE - {""}


def _alike(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of words in common, from 0 to 1 (Dice)."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
