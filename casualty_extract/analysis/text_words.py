"""The words by which a text is cut into sentences and its dateline is told: ``en.toml``, read when first asked for."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TextWords:
    """Sets of lower words, one a class; ``en.toml`` says what each is for."""

    abbreviations: frozenset[str]
    last_abbreviations: frozenset[str]
    unfinished: frozenset[str]
    starters: frozenset[str]
    speaking: frozenset[str]
    weekdays: frozenset[str]
    date_leads: frozenset[str]
    not_places: frozenset[str]


@cache
def text_words() -> TextWords:
    """The classes that the package ships."""
    import tomllib

    tables = tomllib.loads(Path(__file__).with_name("en.toml").read_text(encoding="utf-8"))
    return TextWords(**{field.name: frozenset(tables[field.name]["forms"]) for field in fields(TextWords)})
