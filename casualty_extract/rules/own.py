"""A user's own words beside those of the package: one TOML file with the sections of `SECTIONS`.

[bodies.harl_monitor]
name = "Harl Monitor"
other = ["HM"]
type = "monitor"

[victims.dockhand]
category = "civilian"
head = "strong"
forms = ["dockhand", "dockhands"]
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casualty_extract.analysis.text import words
from casualty_extract.rules.lines import find_line
from casualty_extract.rules.reading import (
    RuleError,
    cue_rule,
    harm_rule,
    parse,
    qualifier_rule,
    read_bodies,
    read_file,
    read_table,
    source_rule,
    victim_rule,
)

# section -> the file of the package whose tables it adds to, and how one of its tables is read
SECTIONS: Mapping[str, tuple[str, Callable[[str, str, Mapping[str, Any]], object] | None]] = {
    "bodies": ("bodies", None),
    "cues": ("attribution", cue_rule),
    "harms": ("harms", harm_rule),
    "qualifiers": ("qualifiers", qualifier_rule),
    "sources": ("attribution", source_rule),
    "victims": ("victims", victim_rule),
}

Tables = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A user's own words, read once and good for any number of calls and pipelines; checked where they are first used.

    ``Lexicon.read("mine.toml")`` reads a file, ``Lexicon.of({...})`` takes a mapping. ``place`` is what errors and
    ``Report.settings`` call it, ``content`` its tables as JSON, ``source`` the TOML that they were read from, "" where
    there was none.
    """

    place: str
    content: str
    source: str = field(default="", repr=False)

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Lexicon:
        """The lexicon in a TOML file. Raises OSError where there is no such file, RuleError (a ValueError) that names
        the line where it is no TOML in UTF-8, or says that it is larger than 10 MB."""
        place, source = Path(path).name, read_file(Path(path))
        tables = parse(place, source)
        if not tables:
            raise RuleError(f"{place}: empty: there is no rule in it")
        return cls(place, json.dumps(tables, sort_keys=True, default=str), source)

    @classmethod
    def of(cls, tables: Mapping[str, Any], name: str = "own lexicon") -> Lexicon:
        """The lexicon in a mapping of sections, as TOML would give it. Raises RuleError for what no TOML can hold."""
        try:
            return cls(name, json.dumps(tables, sort_keys=True))
        except RecursionError:
            raise RuleError(f"{name}: nested too deeply") from None
        except (TypeError, ValueError) as error:
            raise RuleError(f"{name}: {error}") from None

    def fault(self, table: Sequence[str], what: str, flaw: object = None) -> RuleError:
        """The error that says what is wrong in a table, with the line of the file where one can be found."""
        line = find_line(self.source, table, flaw)
        return RuleError(f"{self.place}{f':{line}' if line else ''}: [{'.'.join(table)}]: {what}", flaw)


def read_own(lexicon: Lexicon | str | os.PathLike[str] | Mapping[str, Any]) -> Lexicon:
    """A user's lexicon, from the path of a TOML file, from a mapping, or as it is.

    Raises as `Lexicon.read` and `Lexicon.of` do, and TypeError for anything else.
    """
    if isinstance(lexicon, Lexicon):
        return lexicon
    if isinstance(lexicon, Mapping):
        return Lexicon.of(lexicon)
    if not isinstance(lexicon, str | os.PathLike):
        kind = type(lexicon).__name__
        raise TypeError(f"lexicon must be the path of a TOML file, a mapping or a Lexicon, not {kind}")
    return Lexicon.read(lexicon)


def add_own(data: dict[str, Tables], own: Lexicon) -> None:
    """Adds a user's rules to the tables of the package; a form that the user owns is taken from whoever had it.

    Raises RuleError, with the line where the lexicon is a file, for a section that does not exist, for a rule that is
    wrong and for the name of a rule that the package has.
    """
    for section, tables in json.loads(own.content).items():
        if section not in SECTIONS:
            raise own.fault([section], f"a section must be one of {', '.join(sorted(SECTIONS))}", section)
        if not isinstance(tables, Mapping):
            raise own.fault([section], "is not a table")
        _check(own, section, tables)
        stem = SECTIONS[section][0]
        shipped = data[stem] if stem == section else data[stem][section]
        taken = {words(form) for table in tables.values() for form in _forms(table)}
        for name in list(shipped):
            _give_up(shipped, name, taken)
        for name, table in tables.items():
            if name in shipped:
                raise own.fault([section, name], "the package has a rule of this name: take another name")
            shipped[name] = table


def _check(own: Lexicon, section: str, tables: Mapping[str, Any]) -> None:
    """Reads the rules of a section for the sake of the errors: they name the user's file, its line and the rule."""
    make = SECTIONS[section][1]
    try:
        if make is None:
            read_bodies("", tables)
        else:
            read_table("", tables, make)
    except RuleError as error:
        name, closed, what = str(error).partition("[")[2].partition("]")  # "harms.toml [name]: what is wrong"
        table = [section, name] if name and closed else [section]
        what = what.removeprefix(":").removeprefix(" ") if name and closed else str(error)
        raise own.fault(table, what, error.flaw) from None


def _forms(table: Any) -> list[str]:
    """The forms of a rule, or the names of a body."""
    if not isinstance(table, Mapping):
        return []
    names = [table.get("name"), *(table.get("forms") or []), *(table.get("other") or [])]
    return [name for name in names if isinstance(name, str) and name.strip()]


def _give_up(shipped: Tables, name: str, taken: set[tuple[str, ...]]) -> None:
    """Takes forms from a rule of the package; one that has none left goes."""
    table = shipped[name]
    if "name" in table and words(table["name"]) in taken:
        del shipped[name]
        return
    for key in ("forms", "other"):
        if any(words(form) in taken for form in table.get(key, [])):
            table[key] = [form for form in table[key] if words(form) not in taken]
    if "forms" in table and not table["forms"]:
        del shipped[name]
