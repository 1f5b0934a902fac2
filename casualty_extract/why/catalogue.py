"""What the name of a rule stands for, and where the rule lives: in a TOML table of words, or in a module of a stage."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from casualty_extract.analysis.text import words as split_words
from casualty_extract.model import MODIFIERS
from casualty_extract.rules.reading import parse

_PACKAGE = Path(__file__).parent.parent
_WORDS = Path("rules", "en")
_FORMS_SHOWN = 4


class Described(NamedTuple):
    """A rule in words: what it does and where it lives, a path below the package, with the table where it is TOML."""

    says: str
    home: str


class Catalogue:
    """Descriptions of the package's rules: those of the stages from ``en.toml``, those of words from their tables."""

    def __init__(self) -> None:
        self._said: Mapping[str, Any] = parse("en.toml", (Path(__file__).parent / "en.toml").read_text("utf-8"))
        self._tables: dict[str, Mapping[str, Any]] = {}

    def describe(self, part: str, name: str, words: str = "") -> Described | None:
        """The rule of that name behind a part of a claim; None for a rule that the package does not have.

        ``words`` are those behind the part: the form that stands in them is shown, else the first ones of the rule.
        """
        match part:
            case "count":
                return self._count(name)
            case "harm":
                return self._harm(name, words) or self._stage("binding", name)
            case "victims":
                return self._victims(name, words)
            case "status" | "scope":
                return self._qualifier(part, name, words)
            case "attribution" | "disputed_by":
                return self._stage("attribution", name) or self._cue(name, words)
            case _:
                return self._stage(part, name)

    def line(self, section: str, name: str) -> str | None:
        """One line of ``en.toml``: of the reason why a number is no claim; None where it has none."""
        line: str | None = self._said[section].get(name)
        return line

    def body(self, name: str) -> str | None:
        """Where the known body of that full name lives; None where there is none."""
        key = next((key for key, body in self._table("bodies").items() if body["name"] == name), None)
        return _home("bodies", key) if key else None

    def cue_of(self, form: tuple[str, ...]) -> str | None:
        """The name of the reporting word that owns a form, given as its words; None where none does."""
        cues = self._table("attribution", "cues").items()
        return next((name for name, table in cues if form in map(split_words, table["forms"])), None)

    def forms(self, part: str, name: str) -> tuple[str, ...]:
        """The words by which a rule of a lexicon is known; none for the rule of a stage."""
        table = self._table("attribution", "cues") if part == "attribution" else self._table("qualifiers")
        return tuple(table.get(name, {}).get("forms", ()))

    # --- rules of the stages ------------------------------------------------------------------------------------------

    def _stage(self, section: str, name: str) -> Described | None:
        entry = self._said[section].get(name)
        return Described(entry["says"], entry["home"]) if entry else None

    def _count(self, name: str) -> Described | None:
        modifier = next((m for m in MODIFIERS if name.endswith(f"_{m}")), "")
        how = self._stage("count", name.removesuffix(f"_{modifier}"))
        if how is None or not modifier:
            return how
        table = _home("numbers", "modifiers", modifier)
        return Described(f"{how.says}, {self._said['modifier'][modifier]}", f"{how.home}, {table}")

    # --- rules of the lexicons ----------------------------------------------------------------------------------------

    def _harm(self, name: str, words: str) -> Described | None:
        table = self._table("harms").get(name)
        if table is None:
            return None
        role = self._said["harm_role"][table["victim"]]
        return Described(f"{_some(table, words)}: {table['harm']}; {role}", _home("harms", name))

    def _victims(self, name: str, words: str) -> Described | None:
        for end in self._said["victims_end"]:
            if name.endswith(end) and (stem := self._victims(name.removesuffix(end), words)):
                behind = self._said["victims_end"][end]
                return Described(f"{stem.says}; {behind['says']}", f"{stem.home}, {behind['home']}")
        return self._stage("victims", name) or self._noun(name, words) or self._noun_of(name, words)

    def _noun(self, name: str, words: str) -> Described | None:
        table = self._table("victims").get(name)
        if table is None:
            return None
        kind = table.get("category")
        return Described(_some(table, words) + (f": {kind}" if kind else ""), _home("victims", name))

    def _noun_of(self, name: str, words: str) -> Described | None:
        """ "member_of_rebel": a noun that says little, and the word beside it that decides."""
        at = name.find("_of_")
        while at >= 0:
            head, decides = self._noun(name[:at], words), self._noun(name[at + 4 :], words)
            if head and decides:
                return Described(f"{head.says}; decided by {decides.says}", f"{head.home}, {decides.home}")
            at = name.find("_of_", at + 1)
        return None

    def _qualifier(self, part: str, name: str, words: str) -> Described | None:
        table = self._table("qualifiers").get(name)
        if table is not None:
            reach = self._said["direction"][table["direction"]]
            given = table.get("status") or table.get("scope")
            return Described(f"{_some(table, words)}: {given}; {reach}", _home("qualifiers", name))
        if name.startswith("cue_") and (cue := self._cue(name.removeprefix("cue_"), words)):
            return cue
        return self._stage(part, name)

    def _cue(self, name: str, words: str) -> Described | None:
        table = self._table("attribution", "cues").get(name)
        if table is None:
            return None
        status = f", which makes it {table['status']}" if "status" in table else ""
        says = f"{_some(table, words)}: {self._said['frame'][table['frame']]}{status}"
        return Described(says, _home("attribution", "cues", name))

    # --- the files ----------------------------------------------------------------------------------------------------

    def _table(self, stem: str, section: str = "") -> Mapping[str, Any]:
        if stem not in self._tables:
            file = _PACKAGE / _WORDS / f"{stem}.toml"
            self._tables[stem] = parse(file.name, file.read_text(encoding="utf-8"))
        found: Mapping[str, Any] = self._tables[stem][section] if section else self._tables[stem]
        return found


def _home(stem: str, *table: str) -> str:
    return f"{(_WORDS / stem).as_posix()}.toml [{'.'.join(table)}]"


def _some(table: Mapping[str, Any], words: str) -> str:
    """The form of a rule that stands in the words, else its first forms."""
    forms: list[str] = table["forms"]
    spaced = f" {' '.join(words.lower().split())} "
    hit = max((form for form in forms if f" {form} " in spaced), key=len, default=None)
    if hit is not None:
        return f'"{hit}"'
    shown = ", ".join(f'"{form}"' for form in forms[:_FORMS_SHOWN])
    return shown + (" and others" if len(forms) > _FORMS_SHOWN else "")


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue of the package, read once."""
    return Catalogue()
