"""The lexicons: TOML files to frozen rules. Whatever is wrong in a file stops the load and is named with its place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from casualty_extract.analysis.grammar import Grammar
from casualty_extract.analysis.text import words
from casualty_extract.model import ATTRIBUTES, CATEGORIES, HARMS, MODIFIERS, SCOPES, SOURCE_TYPES, STATUSES, UNITS
from casualty_extract.rules.lexicon import Lexicon
from casualty_extract.rules.types import (
    Body,
    CueRule,
    HarmRule,
    NumberRules,
    QualifierRule,
    Rules,
    SourceRule,
    VictimRule,
)

R = TypeVar("R")
VICTIM_ROLES = ("object", "subject", "labile", "state", "self", "event", "toll", "none")
DIRECTIONS = ("verb", "forward", "backward", "sentence")
FRAMES = (
    "says",
    "tells",
    "cites",
    "according",
    "counts",
    "accuses",
    "blames",
    "denies",
    "disputes",
    "presupposes",
    "threatens",
    "noun",
)
FILES = ("attribution", "bodies", "closed", "grammar", "harms", "numbers", "qualifiers", "resolution", "victims")
_FOLDER = Path(__file__).parent / "en"


class RuleError(ValueError):
    """A lexicon that is wrong: the message names file, rule and what is the matter."""


@cache
def load() -> Rules:
    """The rules that the package ships. Raises RuleError where a file is wrong."""
    return read_rules({path.stem: path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.toml"))})


def read_rules(files: Mapping[str, str]) -> Rules:
    """The rules in TOML texts, by the stem of their file. Raises RuleError that names file, rule and flaw."""
    for stem in files:
        _known(f"{stem}.toml", stem, FILES, "a file")
    data = {stem: _parse(stem, text) for stem, text in files.items()}
    harms = _table(data, "harms", _harm_rule)
    victims = _table(data, "victims", _victim_rule)
    qualifiers = _table(data, "qualifiers", _qualifier_rule)
    cues = _table(data, "attribution", _cue_rule, section="cues")
    sources = _table(data, "attribution", _source_rule, section="sources")
    bodies = _bodies(_section(data, "bodies"))
    closed = {name: _closed(name, table) for name, table in _section(data, "closed").items()}
    resolution = {
        name: Lexicon(_forms("resolution", name, table, name)) for name, table in _section(data, "resolution").items()
    }
    names = {k: tuple(sorted(_section(data, k))) for k in ("harms", "victims", "qualifiers", "resolution", "bodies")}
    names |= {k: tuple(sorted(_section(data, "attribution").get(k, {}))) for k in ("cues", "sources")}
    return Rules(
        grammar=_grammar(_section(data, "grammar")),
        numbers=_numbers(_section(data, "numbers")),
        harms=Lexicon(harms),
        victims=Lexicon(victims),
        qualifiers=Lexicon(qualifiers),
        cues=Lexicon(cues),
        sources=Lexicon(sources),
        bodies=Lexicon(bodies),
        resolution=resolution,
        closed=closed,
        verbs=frozenset(form[0] for form, rule in harms.items() if rule.victim in ("object", "subject", "labile"))
        | frozenset(form[0] for form, rule in cues.items() if rule.frame != "noun" and len(form) == 1)
        | frozenset(" ".join(form) for form in cues if len(form) == 2 and form[1] == "that"),
        reporting=frozenset(
            form[0] for form, rule in cues.items() if rule.frame in ("says", "tells") and len(form) == 1
        ),
        states=frozenset(form[0] for form, rule in harms.items() if rule.victim == "state" and len(form) == 1),
        harm_words=frozenset(form[0] for form, rule in harms.items() if rule.victim != "none"),
        names=names,
    )


def _parse(stem: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{stem}.toml: {error}") from None


def _section(data: Mapping[str, dict[str, Any]], stem: str) -> dict[str, Any]:
    if stem not in data:
        raise RuleError(f"{stem}.toml: the file is not there")
    return data[stem]


def _table(
    data: Mapping[str, dict[str, Any]], stem: str, make: Any, section: str | None = None
) -> dict[tuple[str, ...], Any]:
    """The forms of every rule in a file, each with its rule; a form has one owner."""
    tables = _section(data, stem)
    if section is not None:
        for key in tables:
            _known(f"{stem}.toml", key, ("cues", "sources"), "section")
        tables = tables.get(section, {})
    owners: dict[tuple[str, ...], Any] = {}
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise RuleError(f"{stem}.toml: [{name}] is not a table")
        rule = make(f"{stem}.toml: [{name}]", name, table)
        for form, owner in _forms(stem, name, table, rule).items():
            if form in owners and owners[form] is not rule:
                raise RuleError(
                    f"{stem}.toml: [{name}]: the form {' '.join(form)!r} belongs to [{owners[form].name}] already"
                )
            owners[form] = owner
    return owners


def _forms(stem: str, name: str, table: Any, rule: R) -> dict[tuple[str, ...], R]:
    place = f"{stem}.toml: [{name}]"
    if stem in ("resolution", "grammar", "closed") and isinstance(table, dict):
        _keys(place, table, ("forms",))
    forms = table.get("forms") if isinstance(table, dict) else None
    if not isinstance(forms, list) or not forms:
        raise RuleError(f"{place}: forms must be a list of at least one form")
    found: dict[tuple[str, ...], R] = {}
    for form in forms:
        if not isinstance(form, str) or not form.strip() or form != form.lower():
            raise RuleError(f"{place}: a form must be text in lower case, not {form!r}")
        found[words(form)] = rule
    return found


def _known(place: str, value: object, allowed: Iterable[str], key: str) -> None:
    allowed = tuple(allowed)
    if value not in allowed:
        raise RuleError(f"{place}: {key} must be one of {', '.join(allowed)}; not {value!r}")


def _keys(place: str, table: Mapping[str, Any], allowed: Iterable[str]) -> None:
    for key in table:
        _known(place, key, allowed, "a key")


def _texts(place: str, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise RuleError(f"{place}: {key} must be a list of texts")
    return tuple(value)


def _harm_rule(place: str, name: str, table: Mapping[str, Any]) -> HarmRule:
    _keys(place, table, ("harm", "victim", "people", "needs", "forms"))
    _known(place, table.get("harm"), HARMS, "harm")
    _known(place, table.get("victim"), VICTIM_ROLES, "victim")
    people = table.get("people", "any")
    _known(place, people, ("any", "known"), "people")
    return HarmRule(name, table["harm"], table["victim"], people, frozenset(_texts(place, table, "needs")))


def _victim_rule(place: str, name: str, table: Mapping[str, Any]) -> VictimRule:
    _keys(place, table, ("category", "head", "use", "attributes", "affiliation", "unit", "forms"))
    use, head, unit = table.get("use", "noun"), table.get("head", "weak"), table.get("unit", "person")
    category = table.get("category")
    _known(place, use, ("noun", "modifier"), "use")
    _known(place, head, ("strong", "weak"), "head")
    _known(place, unit, UNITS, "unit")
    if category is not None or use == "noun":
        _known(place, category, CATEGORIES, "category")
    attributes = _texts(place, table, "attributes")
    for attribute in attributes:
        _known(place, attribute, ATTRIBUTES, "an attribute")
    if not isinstance(table.get("affiliation", False), bool):
        raise RuleError(f"{place}: affiliation must be true or false")
    return VictimRule(name, category, use, head, attributes, table.get("affiliation", False), unit)


def _qualifier_rule(place: str, name: str, table: Mapping[str, Any]) -> QualifierRule:
    _keys(place, table, ("status", "scope", "direction", "forms"))
    status, scope = table.get("status"), table.get("scope")
    if (status is None) == (scope is None):
        raise RuleError(f"{place}: a qualifier has either a status or a scope")
    _known(place, status or scope, STATUSES if status else SCOPES, "status" if status else "scope")
    _known(place, table.get("direction"), DIRECTIONS, "direction")
    return QualifierRule(name, status, scope, table["direction"])


def _cue_rule(place: str, name: str, table: Mapping[str, Any]) -> CueRule:
    _keys(place, table, ("frame", "status", "forms"))
    _known(place, table.get("frame"), FRAMES, "frame")
    if "status" in table:
        _known(place, table["status"], STATUSES, "status")
    return CueRule(name, table["frame"], table.get("status"))


def _source_rule(place: str, name: str, table: Mapping[str, Any]) -> SourceRule:
    _keys(place, table, ("type", "forms"))
    _known(place, table.get("type"), SOURCE_TYPES, "type")
    return SourceRule(name, table["type"])


def _bodies(tables: Mapping[str, Any]) -> dict[tuple[str, ...], Body]:
    found: dict[tuple[str, ...], Body] = {}
    for key, table in tables.items():
        place = f"bodies.toml: [{key}]"
        if not isinstance(table, dict):
            raise RuleError(f"{place} is not a table")
        _keys(place, table, ("name", "other", "type", "country", "url"))
        if not isinstance(table.get("name"), str) or not table["name"].strip():
            raise RuleError(f"{place}: name must be a text")
        _known(place, table.get("type"), SOURCE_TYPES, "type")
        body = Body(table["name"], _texts(place, table, "other"), table["type"], table.get("country"), table.get("url"))
        for name in (body.name, *body.other):
            form = words(name)
            if form in found and found[form] != body:
                raise RuleError(f"{place}: the name {name!r} belongs to {found[form].name!r} already")
            found[form] = body
    return found


def _grammar(tables: Mapping[str, Any]) -> Grammar:
    classes = Grammar.__dataclass_fields__
    _keys("grammar.toml", tables, classes)
    return Grammar(
        **{
            name: frozenset(" ".join(form) for form in _forms("grammar", name, tables.get(name, {}), name))
            for name in classes
        }
    )


def _numbers(tables: Mapping[str, Any]) -> NumberRules:
    place = "numbers.toml"
    sections = (
        "digits_words",
        "scales",
        "vague",
        "none",
        "whole",
        "modifiers",
        "guards",
        "ordinals",
        "fractions",
        "rest",
    )
    _keys(place, tables, sections)
    for name in sections:
        if not isinstance(tables.get(name), dict):
            raise RuleError(f"{place}: the table [{name}] is not there")
    _keys(f"{place}: [modifiers]", tables["modifiers"], MODIFIERS)
    before, after = _sides(f"{place}: [modifiers]", tables["modifiers"])
    guards_before, guards_after = _sides(f"{place}: [guards]", tables["guards"])
    return NumberRules(
        units=frozenset(_texts(place, tables["digits_words"], "words")),
        scales=_figures(f"{place}: [scales]", tables["scales"]),
        vague=Lexicon({words(form): low for form, low in _figures(f"{place}: [vague]", tables["vague"]).items()}),
        none=Lexicon(_forms("numbers", "none", tables["none"], "none")),
        whole=Lexicon(_forms("numbers", "whole", tables["whole"], "whole")),
        before=Lexicon(before),
        after=Lexicon(after),
        guards_before=Lexicon(guards_before),
        guards_after=Lexicon(guards_after),
        ordinal_suffixes=_texts(place, tables["guards"]["ordinal"], "suffixes"),
        ordinals=frozenset(_texts(place, tables["ordinals"], "forms")),
        fractions=Lexicon(
            {words(form): _share(f"{place}: [fractions]", form, parts) for form, parts in tables["fractions"].items()}
        ),
        rest=Lexicon(_forms("numbers", "rest", tables["rest"], "rest")),
    )


def _sides(place: str, tables: Mapping[str, Any]) -> tuple[dict[tuple[str, ...], str], dict[tuple[str, ...], str]]:
    """Forms that stand before and after a number, each with the name of its table."""
    sides: tuple[dict[tuple[str, ...], str], dict[tuple[str, ...], str]] = ({}, {})
    for name, table in tables.items():
        _keys(f"{place[:-1]}.{name}]", table, ("before", "after", "suffixes"))
        for side, key in zip(sides, ("before", "after"), strict=True):
            for form in _texts(f"{place[:-1]}.{name}]", table, key):
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
    if not isinstance(parts, list) or len(parts) != 2 or not all(isinstance(p, int) and p > 0 for p in parts):
        raise RuleError(f"{place}: {form!r} must be two whole numbers, not {parts!r}")
    return parts[0], parts[1]


def _closed(name: str, table: Any) -> frozenset[str]:
    """A closed class of single words."""
    return frozenset(" ".join(form) for form in _forms("closed", name, table, name))
