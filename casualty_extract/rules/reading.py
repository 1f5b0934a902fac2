"""The checks of each table: what it may hold, and the frozen rule that it becomes. A flaw is named with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from casualty_extract.analysis.grammar import Grammar
from casualty_extract.analysis.text import words
from casualty_extract.model import ATTRIBUTES, CATEGORIES, HARMS, SCOPES, SOURCE_TYPES, STATUSES, UNITS
from casualty_extract.rules.lexicon import Lexicon
from casualty_extract.rules.types import Body, CueRule, HarmRule, QualifierRule, SourceRule, VictimRule
from casualty_extract.values import one_line

R = TypeVar("R")
LARGEST = 10_000_000  # bytes of a lexicon; the package's own are 0.3 million
VICTIM_ROLES = ("object", "subject", "labile", "state", "self", "event", "toll", "none")
DIRECTIONS = ("verb", "forward", "backward", "sentence")
FRAMES = (
    "says", "tells", "cites", "according", "counts", "accuses", "blames", "denies", "disputes", "presupposes",
    "threatens", "noun",
)  # fmt: skip
Forms = dict[tuple[str, ...], R]  # the words of each form, with its rule


class RuleError(ValueError):
    """A lexicon that is wrong: the message names file, rule and what is the matter.

    ``flaw`` is the key or the value at fault as the file holds it, by which its line is found; None where one is
    missing.
    """

    def __init__(self, message: str, flaw: object = None) -> None:
        super().__init__(one_line(message))
        self.flaw = flaw


def parse(file: str, text: str) -> dict[str, Any]:
    """The tables of one file, which errors call ``file``."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise RuleError(f"{file}: nested too deeply") from None
    except tomllib.TOMLDecodeError as error:
        what, _, place = str(error).rpartition(" (at ")
        line = re.match(r"line (\d+)", place)
        number = int(line[1]) if line else len(text.splitlines())  # else "at end of document"
        raise RuleError(f"{file}:{number}: {what or error}") from None
    except ValueError as error:  # a number of thousands of digits
        raise RuleError(f"{file}: {error}") from None


def read_file(path: Path, largest: int = LARGEST) -> str:
    """The text of a file in UTF-8. Raises OSError where there is none, RuleError where it is larger than ``largest``
    bytes, of which no more are read, or not UTF-8."""
    with path.open("rb") as file:
        data = file.read(largest + 1)
    if len(data) > largest:
        raise RuleError(f"{path.name}: too large, more than {largest:,} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleError(f"{path.name}: not UTF-8, at byte {error.start}") from None


def section(data: Mapping[str, dict[str, Any]], stem: str) -> dict[str, Any]:
    """The tables of a file that must be there."""
    if stem not in data:
        raise RuleError(f"{stem}.toml: the file is not there")
    return data[stem]


def read_table(file: str, tables: Mapping[str, Any], make: Callable[[str, str, Mapping[str, Any]], R]) -> Forms[R]:
    """The forms of every rule in a file, each with its rule; a form has one owner."""
    owners: Forms[R] = {}
    names: dict[tuple[str, ...], str] = {}
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise RuleError(f"{file}: [{name}] is not a table")
        rule = make(f"{file}: [{name}]", name, table)
        for form in read_forms(file, name, table):
            if names.setdefault(form, name) != name:
                raise RuleError(
                    f"{file}: [{name}]: the form {' '.join(form)!r} belongs to [{names[form]}] already", " ".join(form)
                )
            owners[form] = rule
    return owners


def attribution_tables(data: Mapping[str, dict[str, Any]], kind: str) -> dict[str, Any]:
    """The tables of attribution.toml of one kind, cues or sources."""
    tables = section(data, "attribution")
    for key in tables:
        known("attribution.toml", key, ("cues", "sources"), "section")
    found: dict[str, Any] = tables.get(kind, {})
    return found


def read_forms(file: str, name: str, table: Any) -> list[tuple[str, ...]]:
    """The words of each form of a table."""
    place = f"{file}: [{name}]"
    forms = table.get("forms") if isinstance(table, dict) else None
    if not isinstance(forms, list) or not forms:
        raise RuleError(f"{place}: forms must be a list of at least one form", "forms")
    found: list[tuple[str, ...]] = []
    for form in forms:
        if not isinstance(form, str) or not form.strip() or form != form.lower():
            raise RuleError(f"{place}: a form must be text in lower case, not {form!r}", form)
        found.append(words(form))
        if not all(found[-1]):
            raise RuleError(f"{place}: the form {form!r} holds a word that cannot be seen", form)
    return found


def read_words(file: str, name: str, table: Any) -> frozenset[str]:
    """A closed class of words."""
    return frozenset(" ".join(form) for form in _read_only_forms(file, name, table))


def read_lexicon(file: str, name: str, table: Any) -> Lexicon[str]:
    """The forms of one table, each with the name of the table."""
    return Lexicon(dict.fromkeys(_read_only_forms(file, name, table), name))


def _read_only_forms(file: str, name: str, table: Any) -> list[tuple[str, ...]]:
    """The forms of a table that has nothing else."""
    if isinstance(table, dict):
        check_keys(f"{file}: [{name}]", table, ("forms",))
    return read_forms(file, name, table)


def known(place: str, value: object, allowed: Iterable[str], key: str) -> None:
    """Refuses a value that the key does not know."""
    allowed = tuple(allowed)
    if value not in allowed:
        raise RuleError(f"{place}: {key} must be one of {', '.join(allowed)}; not {value!r}", value)


def check_keys(place: str, table: Mapping[str, Any], allowed: Iterable[str]) -> None:
    """Refuses a table with a key that is not allowed."""
    for key in table:
        known(place, key, allowed, "a key")


def read_texts(place: str, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """The list of texts under a key of a table; empty where there is none."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise RuleError(f"{place}: {key} must be a list of texts", key)
    return tuple(value)


def harm_rule(place: str, name: str, table: Mapping[str, Any]) -> HarmRule:
    """A harm word: what it says was done, and to which of its arguments."""
    check_keys(place, table, ("harm", "victim", "people", "needs", "forms"))
    known(place, table.get("harm"), HARMS, "harm")
    known(place, table.get("victim"), VICTIM_ROLES, "victim")
    people = table.get("people", "any")
    known(place, people, ("any", "known"), "people")
    return HarmRule(name, table["harm"], table["victim"], people, frozenset(read_texts(place, table, "needs")))


def victim_rule(place: str, name: str, table: Mapping[str, Any]) -> VictimRule:
    """A noun or modifier of people: their category where it is a noun."""
    check_keys(place, table, ("category", "head", "use", "attributes", "affiliation", "unit", "forms"))
    use, head, unit = table.get("use", "noun"), table.get("head", "weak"), table.get("unit", "person")
    category = table.get("category")
    known(place, use, ("noun", "modifier"), "use")
    known(place, head, ("strong", "weak"), "head")
    known(place, unit, UNITS, "unit")
    if category is not None or use == "noun":
        known(place, category, CATEGORIES, "category")
    attributes = read_texts(place, table, "attributes")
    for attribute in attributes:
        known(place, attribute, ATTRIBUTES, "an attribute")
    if not isinstance(table.get("affiliation", False), bool):
        raise RuleError(f"{place}: affiliation must be true or false", "affiliation")
    return VictimRule(name, category, use, head, attributes, table.get("affiliation", False), unit)


def qualifier_rule(place: str, name: str, table: Mapping[str, Any]) -> QualifierRule:
    """A trigger of a status or of a scope, never of both."""
    check_keys(place, table, ("status", "scope", "direction", "forms"))
    status, scope = table.get("status"), table.get("scope")
    if (status is None) == (scope is None):
        raise RuleError(f"{place}: a qualifier has either a status or a scope", "scope")
    known(place, status or scope, STATUSES if status else SCOPES, "status" if status else "scope")
    known(place, table.get("direction"), DIRECTIONS, "direction")
    return QualifierRule(name, status, scope, table["direction"])


def cue_rule(place: str, name: str, table: Mapping[str, Any]) -> CueRule:
    """A reporting word with its frame."""
    check_keys(place, table, ("frame", "status", "forms"))
    known(place, table.get("frame"), FRAMES, "frame")
    if "status" in table:
        known(place, table["status"], STATUSES, "status")
    return CueRule(name, table["frame"], table.get("status"))


def source_rule(place: str, name: str, table: Mapping[str, Any]) -> SourceRule:
    """A noun of sources with their type."""
    check_keys(place, table, ("type", "forms"))
    known(place, table.get("type"), SOURCE_TYPES, "type")
    return SourceRule(name, table["type"])


def read_bodies(file: str, tables: Mapping[str, Any]) -> Forms[Body]:
    """The known bodies, each under all of its names; a name has one owner."""
    found: Forms[Body] = {}
    for rule, table in tables.items():
        place = f"{file}: [{rule}]"
        if not isinstance(table, dict):
            raise RuleError(f"{place} is not a table")
        check_keys(place, table, ("name", "other", "type", "country", "url"))
        if not isinstance(table.get("name"), str) or not table["name"].strip():
            raise RuleError(f"{place}: name must be a text", "name")
        known(place, table.get("type"), SOURCE_TYPES, "type")
        for key in ("country", "url"):
            if not isinstance(table.get(key, ""), str):
                raise RuleError(f"{place}: {key} must be a text", key)
        other = read_texts(place, table, "other")
        body = Body(table["name"], other, table["type"], table.get("country"), table.get("url"))
        for name in (body.name, *body.other):
            form = words(name)
            if not form or not all(form):
                raise RuleError(f"{place}: the name {name!r} holds a word that cannot be seen", name)
            if form in found and found[form] != body:
                raise RuleError(f"{place}: the name {name!r} belongs to {found[form].name!r} already", name)
            found[form] = body
    return found


def read_grammar(tables: Mapping[str, Any]) -> Grammar:
    """The closed classes of the analyzer, all of them."""
    classes = Grammar.__dataclass_fields__
    check_keys("grammar.toml", tables, classes)
    return Grammar(**{name: read_words("grammar.toml", name, tables.get(name, {})) for name in classes})
