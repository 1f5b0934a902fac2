"""A codebook's TOML to a frozen `Codebook`: closed keys, closed values, every flaw named with file and section."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from casualty_extract.codebooks.types import (
    CLAIM_VALUES,
    EVENT_VALUES,
    SHARED_VALUES,
    UNITS,
    ClaimFilter,
    Codebook,
    Column,
    Document,
)
from casualty_extract.rules.vague import read_vague
from casualty_extract.tolls import BEST, Policy
from casualty_extract.values import CATEGORIES, HARMS, SCOPES, STATUSES

_FOLDER = Path(__file__).parent
NAMES = tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))
_LARGEST = 1_000_000  # bytes
_SECTIONS = ("codebook", "follows", "vague", "categories", "harms", "scopes", "sides", "toll", "claims", "columns")
_NEEDED = ("codebook", "follows", "categories", "columns")
_FIGURES = ("low", "best", "high", "rest")


class CodebookError(ValueError):
    """A codebook that is wrong: the message names file, section and what is the matter."""


def load_codebook(codebook: str | os.PathLike[str]) -> Codebook:
    """The codebook of a name in ``NAMES``, or in the TOML file at a path.

    Raises CodebookError (a ValueError) for a name that does not exist and for a file that is wrong, OSError where a
    path leads nowhere, TypeError for anything but a name or a path.
    """
    if not isinstance(codebook, str | os.PathLike):
        raise TypeError(f"codebook must be a name or the path of a TOML file, not {type(codebook).__name__}")
    if codebook in NAMES:
        return _shipped(str(codebook))
    path = Path(codebook)
    if path.suffix != ".toml":
        raise CodebookError(f"codebook must be one of {', '.join(NAMES)} or the path of a .toml file; not {codebook!r}")
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise CodebookError(f"{path.name}: more than {_LARGEST:,} bytes are too many for a codebook")
    try:
        return parse_codebook(path.name, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise CodebookError(f"{path.name}: not UTF-8, at byte {error.start}") from None


@lru_cache(maxsize=len(NAMES))
def _shipped(name: str) -> Codebook:
    return parse_codebook(name, (_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def parse_codebook(place: str, text: str) -> Codebook:
    """The codebook in a TOML text, which errors call ``place``. Raises CodebookError."""
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise CodebookError(f"{place}: nested too deeply") from None
    except ValueError as error:  # no TOML, or a number of thousands of digits
        raise CodebookError(f"{place}: {error}") from None
    for section in _NEEDED:
        if section not in data:
            raise CodebookError(f"{place}: the section [{section}] is missing")
    for section in data:
        _one_of(place, "a section", section, _SECTIONS)
    return _Reader(place, data).read()


class _Reader:
    """One file on its way to a codebook."""

    def __init__(self, place: str, data: Mapping[str, Any]) -> None:
        self.place, self.data = place, data

    def read(self) -> Codebook:
        head = self.table("codebook", ("name", "version", "unit", "day_zero"))
        unit = self.word("codebook", head, "unit", UNITS)
        day_zero = head.get("day_zero")
        if day_zero is not None and type(day_zero) is not date:
            raise self.error("codebook", f"day_zero must be a date (2022-02-24), not {day_zero!r}")
        sides = self.sides()
        categories = self.mapping("categories", CATEGORIES, whole=True)
        harms = self.mapping("harms", HARMS)
        return Codebook(
            place=self.place,
            name=self.text("codebook", head, "name"),
            version=self.text("codebook", head, "version"),
            unit=unit,
            follows=self.follows(),
            vague=self.vague(),
            categories=categories,
            harms=harms,
            scopes=self.mapping("scopes", SCOPES),
            sides=sides,
            policy=self.policy(),
            claims=self.claims(),
            columns=self.columns(unit, set(categories.values()), set(sides)),
            day_zero=day_zero,
        )

    def error(self, section: str, why: str) -> CodebookError:
        return CodebookError(f"{self.place}: [{section}] {why}")

    def table(self, section: str, keys: Iterable[str]) -> dict[str, Any]:
        found = self.data.get(section, {})
        if not isinstance(found, dict):
            raise self.error(section, "is not a table")
        for key in found:
            _one_of(f"{self.place}: [{section}]", "a key", key, keys)
        return found

    def text(self, section: str, table: Mapping[str, Any], key: str, *, needed: bool = True) -> str:
        value = table.get(key, "")
        if not isinstance(value, str) or (needed and not value.strip()):
            raise self.error(section, f"{key} must be a text, not {table.get(key)!r}")
        return value

    def word(self, section: str, table: Mapping[str, Any], key: str, allowed: Iterable[str]) -> str:
        value = table.get(key)
        _one_of(f"{self.place}: [{section}]", key, value, allowed)
        return str(value)

    def words(self, section: str, table: Mapping[str, Any], key: str, allowed: Iterable[str]) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list):
            raise self.error(section, f"{key} must be a list, not {value!r}")
        for part in value:
            _one_of(f"{self.place}: [{section}]", key, part, allowed)
        return tuple(value)

    def flag(self, section: str, table: Mapping[str, Any], key: str, default: bool) -> bool:
        value = table.get(key, default)
        if not isinstance(value, bool):
            raise self.error(section, f"{key} must be true or false, not {value!r}")
        return value

    def mapping(self, section: str, keys: tuple[str, ...], *, whole: bool = False) -> dict[str, str]:
        """A table from the library's values to the codebook's words; ``whole``: every value must be there."""
        table = self.table(section, keys)
        if whole and (missing := [key for key in keys if key not in table]):
            raise self.error(section, f"says nothing of {', '.join(missing)}")
        return {key: self.text(section, table, key) for key in table}

    def follows(self) -> Document:
        fields = tuple(Document.__dataclass_fields__)
        table = self.table("follows", fields)
        year = table.get("year")
        if not isinstance(year, int) or isinstance(year, bool) or not 1800 < year < 3000:
            raise self.error("follows", f"year must be a year, not {year!r}")
        texts = {k: self.text("follows", table, k, needed=k in ("title", "publisher")) for k in fields if k != "year"}
        if not (texts["url"] or texts["doi"]):
            raise self.error("follows", "url or doi must say where the document is")
        return Document(year=year, **texts)

    def vague(self) -> Any:
        table = self.data.get("vague", {})
        if not isinstance(table, dict):
            raise self.error("vague", "is not a table")
        try:
            return read_vague(f"{self.place}: [vague]", table)
        except ValueError as error:
            raise CodebookError(str(error)) from None

    def sides(self) -> dict[str, tuple[str, ...]]:
        table = self.table("sides", self.data.get("sides", {}) if isinstance(self.data.get("sides"), dict) else ())
        return {name: self.words("sides", table, name, CATEGORIES) for name in table}

    def policy(self) -> Policy:
        table = self.table("toll", ("best", "hedged", "attackers"))
        best = self.word("toll", table, "best", BEST) if "best" in table else Policy().best
        return Policy(best, self.flag("toll", table, "hedged", True), self.flag("toll", table, "attackers", True))

    def claims(self) -> ClaimFilter:
        table, default = self.table("claims", ClaimFilter.__dataclass_fields__), ClaimFilter()
        statuses = self.words("claims", table, "statuses", STATUSES) if "statuses" in table else default.statuses
        flags = {k: self.flag("claims", table, k, getattr(default, k)) for k in ("parts", "repeats", "implicit")}
        return ClaimFilter(statuses, **flags)

    def columns(self, unit: str, categories: set[str], sides: set[str]) -> tuple[Column, ...]:
        tables = self.data["columns"]
        if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
            raise self.error("columns", "must be tables [[columns]], one at least")
        found = tuple(self.column(table, unit, categories, sides) for table in tables)
        names = [column.name for column in found]
        if twice := [name for name in names if names.count(name) > 1]:
            raise self.error("columns", f"two columns are named {twice[0]!r}")
        return found

    def column(self, table: Mapping[str, Any], unit: str, categories: set[str], sides: set[str]) -> Column:
        name = self.text("columns", table, "name")
        section = f"columns.{name}"
        for key in table:
            _one_of(f"{self.place}: [{section}]", "a key", key, Column.__dataclass_fields__)
        values = EVENT_VALUES if unit == "event" else CLAIM_VALUES
        value = self.word(section, table, "value", (*values, *SHARED_VALUES))
        side: Any = table.get("side")
        at: Any = table.get("key")
        if side is not None:
            _one_of(f"{self.place}: [{section}]", "side", side, sorted(sides))
        if (at is not None) != (value == "meta") or not isinstance(at, str | None):
            raise self.error(section, "key belongs to the value 'meta', and is a text")
        harms = self.words(section, table, "harms", HARMS)
        if unit == "event" and (value in _FIGURES) != bool(harms):
            raise self.error(section, "harms belong to the values low, best, high and rest, one at least")
        if value == "days" and self.data["codebook"].get("day_zero") is None:
            raise self.error(section, "days need a day_zero in [codebook]")
        return Column(name, value, harms, self.words(section, table, "categories", sorted(categories)), side, at)


def _one_of(place: str, what: str, value: object, allowed: Iterable[str]) -> None:
    allowed = tuple(allowed)
    if value not in allowed:
        raise CodebookError(f"{place}: {what} must be one of {', '.join(allowed) or 'none'}; not {value!r}")
