"""How vague words are read: numbers of a user's or of a codebook's own in place of those of numbers.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from casualty_extract.analysis.text import words
from casualty_extract.rules.reading import RuleError, parse

_NUMBERS = Path(__file__).parent / "en" / "numbers.toml"


@dataclass(frozen=True, slots=True)
class VagueReading:
    """Low bounds that replace those of the default table. ``place``: what to call them in errors and settings."""

    place: str
    figures: tuple[tuple[str, int], ...]

    def low(self, text: str) -> int | None:
        """The low bound of the longest vague word in a count's own words; None where none of the table is in them.

        Words without a figure here have that of the default table.
        """
        figures = default_figures() | dict(self.figures)
        spoken = f" {' '.join(words(text))} "
        found = [form for form in figures if f" {' '.join(words(form))} " in spoken]
        return figures[max(found, key=len)] if found else None


@lru_cache(maxsize=1)
def _default() -> tuple[tuple[str, int], ...]:
    table = parse("numbers.toml", _NUMBERS.read_text(encoding="utf-8"))["vague"]
    return tuple(table.items())


def default_figures() -> dict[str, int]:
    """The vague words of the package with their low bounds."""
    return dict(_default())


def read_vague(place: str, table: Mapping[Any, Any]) -> VagueReading:
    """The reading in a mapping of words to whole numbers, upper and lower case alike.

    Raises ValueError (RuleError) that names the place and the word: one that the package does not know, or whose value
    is no whole number above zero.
    """
    known = default_figures()
    figures: dict[str, int] = {}
    for word, low in table.items():
        form = " ".join(word.lower().split()) if isinstance(word, str) else word
        if form not in known:
            raise RuleError(f"{place}: {word!r} is no vague word; the vague words are {', '.join(known)}")
        if not isinstance(low, int) or isinstance(low, bool) or low < 1:
            raise RuleError(f"{place}: {word!r} must be a whole number above zero, not {low!r}")
        figures[form] = low
    return VagueReading(place, tuple(sorted(figures.items())))
