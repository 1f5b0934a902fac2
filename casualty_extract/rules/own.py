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
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casualty_extract.analysis.text import words
from casualty_extract.rules.reading import (
    RuleError,
    cue_rule,
    harm_rule,
    known,
    parse,
    qualifier_rule,
    read_bodies,
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
class Own:
    """A user's lexicon: ``place`` is what to call it in errors and settings, ``content`` its tables as JSON."""

    place: str
    content: str


def read_own(lexicon: str | os.PathLike[str] | Mapping[str, Any]) -> Own:
    """A user's lexicon, from the path of a TOML file or from a mapping.

    Raises OSError where there is no such file, RuleError where it is no TOML or holds what no TOML can, TypeError for
    anything else.
    """
    if isinstance(lexicon, Mapping):
        try:
            return Own("own lexicon", json.dumps(lexicon, sort_keys=True))
        except (TypeError, ValueError) as error:
            raise RuleError(f"own lexicon: {error}") from None
    if not isinstance(lexicon, str | os.PathLike):
        raise TypeError(f"lexicon must be the path of a TOML file or a mapping, not {type(lexicon).__name__}")
    path = Path(lexicon)
    try:
        tables = parse(path.name, path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise RuleError(f"{path.name}: not UTF-8, at byte {error.start}") from None
    return Own(path.name, json.dumps(tables, sort_keys=True, default=str))


def add_own(data: dict[str, Tables], own: Own) -> None:
    """Adds a user's rules to the tables of the package; a form that the user owns is taken from whoever had it.

    Raises RuleError for a section that does not exist, for a rule that is wrong and for the name of a rule that the
    package has.
    """
    place = own.place
    for section, tables in json.loads(own.content).items():
        known(place, section, sorted(SECTIONS), "a section")
        if not isinstance(tables, Mapping):
            raise RuleError(f"{place}: [{section}] is not a table")
        stem, make = SECTIONS[section]
        if make is None:
            read_bodies(place, tables)  # read twice, here for the sake of the errors: they name the user's file
        else:
            read_table(place, tables, make)
        shipped = data[stem] if stem == section else data[stem][section]
        taken = {words(form) for table in tables.values() for form in _forms(table)}
        for name in list(shipped):
            _give_up(shipped, name, taken)
        for name, table in tables.items():
            if name in shipped:
                raise RuleError(f"{place}: [{section}.{name}] is a rule of the package: take another name")
            shipped[name] = table


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
