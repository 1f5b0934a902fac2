"""The checks of numbers.toml, whose tables are unlike those of the other files: figures, shares, words on two sides."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from casualty_extract.analysis.memory import WordMemory
from casualty_extract.analysis.text import words
from casualty_extract.model import MODIFIERS
from casualty_extract.rules.lexicon import Lexicon
from casualty_extract.rules.reading import Forms, RuleError, check_keys, read_lexicon, read_texts
from casualty_extract.rules.types import Beginning, NumberRules

NUMBER_TABLES = (
    "digits_words", "scales", "vague", "none", "whole", "modifiers", "guards", "ordinals", "fractions", "rest",
)  # fmt: skip
# what the stage of numbers looks for at a token, in this order
KINDS = ("repeated", "rest", "fraction", "odd", "vague", "described", "figure", "none", "single")
_SINGLES = {  # what begins with the words that are no form of a table
    "a": ("described", "figure", "single"), "an": ("described", "figure", "single"), "another": ("single",),
    "both": ("single",), "as": ("repeated",), "quarter": ("figure",),
}  # fmt: skip


def read_numbers(tables: Mapping[str, Any], singles: frozenset[str]) -> NumberRules:
    """The numerals, their modifiers and what guards against them, all tables of the file. ``singles``: the words that
    begin a number and are no numeral."""
    place = "numbers.toml"
    check_keys(place, tables, NUMBER_TABLES)
    for name in NUMBER_TABLES:
        if not isinstance(tables.get(name), dict):
            raise RuleError(f"{place}: the table [{name}] is not there")
    check_keys(f"{place}: [modifiers]", tables["modifiers"], MODIFIERS)
    before, after = _sides(f"{place}: [modifiers]", tables["modifiers"])
    guards_before, guards_after = _sides(f"{place}: [guards]", tables["guards"])
    fractions = {form: _share(f"{place}: [fractions]", form, parts) for form, parts in tables["fractions"].items()}
    units = frozenset(read_texts(place, tables["digits_words"], "words"))
    scales = _figures(f"{place}: [scales]", tables["scales"])
    cardinals = units | scales.keys() | {"half"}
    vague = Lexicon({words(form): low for form, low in _figures(f"{place}: [vague]", tables["vague"]).items()})
    none, rest = (read_lexicon("numbers.toml", name, tables[name]) for name in ("none", "rest"))
    shares = Lexicon({words(form): share for form, share in fractions.items()})
    by_kind: Mapping[str, Lexicon[Any]] = {"vague": vague, "fraction": shares, "none": none, "rest": rest}
    starts = cardinals | singles.union(*(forms.first_words for forms in by_kind.values()))
    beginnings = {word: _beginning(word, by_kind, cardinals) for word in starts if word[0].isalnum()}
    return NumberRules(
        units=units,
        scales=scales,
        vague=vague,
        none=none,
        whole=read_lexicon("numbers.toml", "whole", tables["whole"]),
        before=Lexicon(before),
        after=Lexicon(after),
        guards_before=Lexicon(guards_before),
        guards_after=Lexicon(guards_after),
        ordinal_suffixes=read_texts(place, tables["guards"]["ordinal"], "suffixes"),
        ordinals=frozenset(read_texts(place, tables["ordinals"], "forms")),
        fractions=shares,
        rest=rest,
        cardinals=cardinals,
        starts=starts,
        beginnings=beginnings,
        may_begin=WordMemory(partial(_may_begin, frozenset(beginnings), cardinals)),
    )


def _may_begin(words: frozenset[str], cardinals: frozenset[str], word: str) -> bool:
    """Whether a number expression may begin with one of the words, digits, or a cardinal in front of a hyphen."""
    return word in words or word[:1].isdecimal() or ("-" in word and word.split("-")[0] in cardinals)


def _beginning(word: str, by_kind: Mapping[str, Lexicon[Any]], cardinals: frozenset[str]) -> Beginning:
    """The kinds of number expressions that may begin with a word, by the tables of their forms."""
    alone = {*_SINGLES.get(word, ()), *(kind for kind, forms in by_kind.items() if forms.is_form(word))}
    if word[0].isdecimal() or word.split("-")[0] in cardinals:
        alone |= {"odd", "figure"}
    seconds = {kind: forms.seconds(word) for kind, forms in by_kind.items()}
    longer = alone | {kind for kind, found in seconds.items() if found}
    for kinds in (alone, longer):
        kinds |= {"figure"} if "fraction" in kinds else set()  # "a quarter of a million"
    return Beginning(frozenset().union(*seconds.values()), _ordered(longer), _ordered(alone))


def _ordered(kinds: set[str]) -> tuple[str, ...]:
    return tuple(kind for kind in KINDS if kind in kinds)


def _sides(place: str, tables: Mapping[str, Any]) -> tuple[Forms[str], Forms[str]]:
    """Forms that stand before and after a number, each with the name of its table."""
    sides: tuple[Forms[str], Forms[str]] = ({}, {})
    for name, table in tables.items():
        check_keys(f"{place[:-1]}.{name}]", table, ("before", "after", "suffixes"))
        for side, key in zip(sides, ("before", "after"), strict=True):
            for form in read_texts(f"{place[:-1]}.{name}]", table, key):
                if form != form.lower():
                    raise RuleError(f"{place[:-1]}.{name}]: a form must be text in lower case, not {form!r}")
                if side.get(words(form), name) != name:
                    raise RuleError(f"{place[:-1]}.{name}]: the form {form!r} belongs to [{side[words(form)]}] already")
                side[words(form)] = name
    return sides


def _figures(place: str, table: Mapping[str, Any]) -> dict[str, int]:
    """A table of forms with a whole number each."""
    for form, value in table.items():
        if form != form.lower() or not form.strip():
            raise RuleError(f"{place}: a form must be text in lower case, not {form!r}")
        if not isinstance(value, int) or isinstance(value, bool):
            raise RuleError(f"{place}: {form!r} must be a whole number, not {value!r}")
    return dict(table)


def _share(place: str, form: str, parts: Any) -> tuple[int, int]:
    """A fraction as numerator and denominator: "a fifth" is [1, 5]."""
    if not isinstance(parts, list) or len(parts) != 2 or not all(isinstance(p, int) and p > 0 for p in parts):
        raise RuleError(f"{place}: {form!r} must be two whole numbers, not {parts!r}")
    return parts[0], parts[1]
