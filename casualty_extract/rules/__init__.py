"""The lexicons: TOML files to frozen rules. Whatever is wrong in a file stops the load and is named with its place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from casualty_extract.rules.lexicon import Lexicon
from casualty_extract.rules.numbers import read_numbers
from casualty_extract.rules.openings import Openings
from casualty_extract.rules.own import Lexicon as OwnLexicon
from casualty_extract.rules.own import add_own, read_own
from casualty_extract.rules.reading import (
    Forms,
    RuleError,
    attribution_tables,
    cue_rule,
    harm_rule,
    known,
    parse,
    qualifier_rule,
    read_bodies,
    read_grammar,
    read_lexicon,
    read_table,
    read_words,
    section,
    source_rule,
    victim_rule,
)
from casualty_extract.rules.types import DENIALS, CueRule, HarmRule, Rules
from casualty_extract.rules.vague import VagueReading, read_vague

__all__ = ["OwnLexicon", "RuleError", "VagueReading", "load", "read_own", "read_rules", "read_vague"]

FILES = ("attribution", "bodies", "closed", "grammar", "harms", "numbers", "qualifiers", "resolution", "victims")
_SEARCHED = ("body_words", "other_event", "revised")  # lexicons of resolution that are looked for in whole sentences
_FOLDER = Path(__file__).parent / "en"


def load(own: OwnLexicon | None = None, vague: VagueReading | None = None) -> Rules:
    """The rules that the package ships, with a user's own words and reading of vague words where given.

    Raises RuleError for a flaw in any of them.
    """
    return _load(own, vague)


@lru_cache(maxsize=8)
def _load(own: OwnLexicon | None, vague: VagueReading | None) -> Rules:
    files = {path.stem: path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.toml"))}
    return read_rules(files, own, vague)


def read_rules(files: Mapping[str, str], own: OwnLexicon | None = None, vague: VagueReading | None = None) -> Rules:
    """The rules in TOML texts, by the stem of their file, with a user's own and another reading of vague words.

    Raises RuleError that names file, rule and flaw.
    """
    for stem in files:
        known(f"{stem}.toml", stem, FILES, "a file")
    data = {stem: parse(f"{stem}.toml", text) for stem, text in files.items()}
    if own:
        add_own(data, own)
    if vague:
        section(data, "numbers")["vague"] |= dict(vague.figures)
    harm_forms = read_table("harms.toml", section(data, "harms"), harm_rule)
    cue_forms = read_table("attribution.toml", attribution_tables(data, "cues"), cue_rule)
    closed = {name: read_words("closed.toml", name, table) for name, table in section(data, "closed").items()}
    tables = {k: section(data, k) for k in ("harms", "victims", "qualifiers", "resolution", "bodies")}
    tables |= {k: attribution_tables(data, k) for k in ("cues", "sources")}
    grammar = read_grammar(section(data, "grammar"))
    harms, cues, bodies = Lexicon(harm_forms), Lexicon(cue_forms), Lexicon(read_bodies("bodies.toml", tables["bodies"]))
    denials = Lexicon({form: cue for form, cue in cue_forms.items() if cue.frame in DENIALS})
    qualifiers = Lexicon(read_table("qualifiers.toml", tables["qualifiers"], qualifier_rule))
    resolution = {name: read_lexicon("resolution.toml", name, table) for name, table in tables["resolution"].items()}
    searched: list[Lexicon[Any]] = [harms, cues, bodies, denials, qualifiers, *(resolution[n] for n in _SEARCHED)]
    return Rules(
        grammar=grammar,
        numbers=read_numbers(section(data, "numbers"), closed.get("numbers_singles", frozenset())),
        harms=harms,
        victims=Lexicon(read_table("victims.toml", tables["victims"], victim_rule)),
        qualifiers=qualifiers,
        cues=cues,
        denials=denials,
        sources=Lexicon(read_table("attribution.toml", tables["sources"], source_rule)),
        bodies=bodies,
        resolution=resolution,
        openings=Openings(searched),
        closed=closed,
        verbs=_verbs(harm_forms, cue_forms),
        reporting=frozenset(f[0] for f, cue in cue_forms.items() if cue.frame in ("says", "tells") and len(f) == 1),
        states=frozenset(f[0] for f, harm in harm_forms.items() if harm.victim == "state" and len(f) == 1),
        people_endings=tuple(sorted(ending for ending in grammar.person_suffixes if len(ending) > 2)),
        harm_forms=harm_forms,
        names={k: tuple(sorted(named)) for k, named in tables.items()},
    )


def _verbs(harms: Forms[HarmRule], cues: Forms[CueRule]) -> frozenset[str]:
    """The first words of harm verbs and of reporting verbs, and the cues that end in "that" ("found that")."""
    return (
        frozenset(form[0] for form, harm in harms.items() if harm.victim in ("object", "subject", "labile"))
        | frozenset(form[0] for form, cue in cues.items() if cue.frame != "noun" and len(form) == 1)
        | frozenset(" ".join(form) for form in cues if len(form) == 2 and form[1] == "that")
    )
