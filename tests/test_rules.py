"""Every rule of the lexicons is fired by a case; every kind of wrong TOML is refused with file and rule named."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

import casualty_extract.rules as rules
from casualty_extract.analysis.text import read_text
from casualty_extract.analysis.text_words import text_words
from casualty_extract.analysis.tokens import split_tokens
from casualty_extract.rules import RuleError, load, read_rules
from casualty_extract.rules.lexicon import Lexicon
from casualty_extract.testing import parse_cases

CASES = sorted((Path(__file__).parent / "cases").glob("*.cases"))
FOLDER = Path(rules.__file__).parent / "en"
LEXICONS = ("harms", "victims", "qualifiers", "cues", "sources", "resolution")
FILES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.toml"))}


@cache
def fired() -> dict[str, frozenset[str]]:
    """The names of the rules that match somewhere in a case, by lexicon."""
    lexicons: dict[str, dict[str, Lexicon]] = {
        name: {"": getattr(load(), name)} for name in LEXICONS if name != "resolution"
    }
    lexicons["resolution"] = dict(load().resolution)
    found: dict[str, set[str]] = {name: set() for name in LEXICONS}
    for path in CASES:
        for case in parse_cases(path.read_bytes().decode("utf-8")):
            tokens = read_text(case.text).tokens
            for kind, tables in lexicons.items():
                for lexicon in tables.values():
                    matches = lexicon.scan(tokens, 0, len(tokens))
                    found[kind] |= {getattr(match.rule, "name", match.rule) for match in matches}
    return {kind: frozenset(names) for kind, names in found.items()}


@pytest.mark.parametrize("lexicon", LEXICONS)
def test_every_lexicon_has_rules(lexicon: str) -> None:
    assert load().names[lexicon]


@pytest.mark.parametrize(
    ("lexicon", "name"),
    [pytest.param(kind, name, id=f"{kind}:{name}") for kind in LEXICONS for name in load().names[kind]],
)
def test_every_rule_is_fired_by_a_case(lexicon: str, name: str) -> None:
    assert name in fired()[lexicon], f"no case of tests/cases holds a form of [{name}]; see CONTRIBUTING.md, Add a word"


def test_the_shipped_files_load() -> None:
    assert read_rules(FILES).names == load().names


HARM = '[spare]\nharm = "killed"\nvictim = "object"\nforms = ["zapped"]\n'
VICTIM = '[spare]\ncategory = "civilian"\nhead = "strong"\nforms = ["zapper"]\n'
QUALIFIER = '[spare]\nstatus = "hedged"\ndirection = "verb"\nforms = ["zappingly"]\n'
CUE = '[cues.spare]\nframe = "says"\nforms = ["zaps"]\n'
SOURCE = '[sources.spare]\ntype = "media"\nforms = ["zapster"]\n'
RESOLUTION = '[spare]\nforms = ["zap on"]\n'
BODY = '[spare]\nname = "Zap Watch"\nother = ["ZW"]\ntype = "monitor"\n'
GOOD = [
    ("harms", HARM), ("victims", VICTIM), ("qualifiers", QUALIFIER), ("attribution", CUE), ("attribution", SOURCE),
    ("resolution", RESOLUTION), ("bodies", BODY),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "rule"), GOOD)
def test_a_right_rule_is_taken(stem: str, rule: str) -> None:
    read_rules({**FILES, stem: f"{FILES[stem]}\n{rule}"})


FLAWS = [
    # a misspelt key
    ("harms", HARM.replace("victim =", "victims ="), "victims"),
    ("victims", VICTIM.replace("head", "heads"), "heads"),
    ("qualifiers", QUALIFIER.replace("direction", "directions"), "directions"),
    ("attribution", CUE.replace("frame", "frames"), "frames"),
    ("attribution", SOURCE.replace("type", "kind"), "kind"),
    ("resolution", RESOLUTION.replace("forms", "form"), "form"),
    ("bodies", BODY.replace("other", "others"), "others"),
    # a key too many
    ("harms", HARM + "weight = 3\n", "weight"),
    ("resolution", RESOLUTION + "weight = 3\n", "weight"),
    # an unknown value
    ("harms", HARM.replace('"killed"', '"slain"'), "slain"),
    ("harms", HARM.replace('"object"', '"subjects"'), "subjects"),
    ("harms", HARM + 'people = "some"\n', "some"),
    ("victims", VICTIM.replace('"civilian"', '"civil"'), "civil"),
    ("victims", VICTIM.replace('"strong"', '"strongish"'), "strongish"),
    ("victims", VICTIM + 'attributes = ["childish"]\n', "childish"),
    ("victims", VICTIM + 'unit = "clan"\n', "clan"),
    ("victims", VICTIM + 'affiliation = "yes"\n', "affiliation"),
    ("victims", VICTIM + 'use = "verb"\n', "verb"),
    ("qualifiers", QUALIFIER.replace('"hedged"', '"unsure"'), "unsure"),
    ("qualifiers", QUALIFIER.replace('"verb"', '"sideways"'), "sideways"),
    ("qualifiers", QUALIFIER + 'scope = "event"\n', "scope"),
    ("attribution", CUE.replace('"says"', '"mutters"'), "mutters"),
    ("attribution", CUE + 'status = "unsure"\n', "unsure"),
    ("attribution", SOURCE.replace('"media"', '"medium"'), "medium"),
    ("bodies", BODY.replace('"monitor"', '"monitors"'), "monitors"),
    # a value that is missing
    ("harms", HARM.replace('harm = "killed"\n', ""), "harm"),
    ("bodies", BODY.replace('name = "Zap Watch"\n', ""), "name"),
    # a form with two owners
    ("harms", HARM.replace("zapped", "killed"), "killed"),
    ("victims", VICTIM.replace("zapper", "soldier"), "soldier"),
    ("qualifiers", QUALIFIER.replace("zappingly", "reportedly"), "reportedly"),
    ("attribution", CUE.replace("zaps", "said"), "said"),
    ("attribution", SOURCE.replace("zapster", "newspaper"), "newspaper"),
    ("bodies", BODY.replace("ZW", "HRW"), "HRW"),
    # a form that cannot match
    ("harms", HARM.replace("zapped", "Zapped"), "Zapped"),
    ("victims", VICTIM.replace("zapper", "Zapper"), "Zapper"),
    ("qualifiers", QUALIFIER.replace("zappingly", "Zappingly"), "Zappingly"),
    ("attribution", CUE.replace("zaps", "Zaps"), "Zaps"),
    ("resolution", RESOLUTION.replace("zap on", "Zap on"), "Zap on"),
    ("harms", HARM.replace("zapped", " "), "forms|form"),
    ("harms", HARM.replace('"zapped"', "7"), "7"),
    # no list
    ("harms", HARM.replace('["zapped"]', '"zapped"'), "forms"),
    ("harms", HARM.replace('["zapped"]', "[]"), "forms"),
    ("harms", HARM + 'needs = "home"\n', "needs"),
    ("victims", VICTIM + 'attributes = "child"\n', "attributes"),
    ("qualifiers", QUALIFIER.replace('["zappingly"]', '"zappingly"'), "forms"),
    ("attribution", CUE.replace('["zaps"]', '"zaps"'), "forms"),
    ("resolution", RESOLUTION.replace('["zap on"]', '"zap on"'), "forms"),
    ("bodies", BODY.replace('["ZW"]', '"ZW"'), "other"),
]


@pytest.mark.parametrize(("stem", "rule", "flaw"), FLAWS)
def test_a_flaw_is_refused_and_named(stem: str, rule: str, flaw: str) -> None:
    with pytest.raises(RuleError, match=rf"(?s){stem}\.toml.*spare.*({flaw})"):
        read_rules({**FILES, stem: f"{FILES[stem]}\n{rule}"})


@pytest.mark.parametrize("stem", ["harms", "victims", "qualifiers", "resolution", "attribution", "bodies"])
def test_a_rule_that_is_no_table_is_refused(stem: str) -> None:
    section = "" if stem != "attribution" else "cues."
    with pytest.raises(RuleError, match=rf"{stem}\.toml.*spare"):
        read_rules({**FILES, stem: f"{section}spare = 3\n{FILES[stem]}"})


NUMBER_FLAWS = [
    ("vague", '"many" = 4', '"many" = "four"', "many"),
    ("vague", '"many" = 4', '"Many" = 4', "Many"),
    ("scales", "dozen = 12", 'dozen = "12"', "dozen"),
    ("fractions", '"a fifth" = [1, 5]', '"a fifth" = [1]', "a fifth"),
    ("fractions", '"a fifth" = [1, 5]', '"a fifth" = 5', "a fifth"),
    ("modifiers", "[modifiers.at_most]", "[modifiers.at_mots]", "at_mots"),
    ("modifiers", 'after = ["or so"', 'afters = ["or so"', "afters"),
    ("modifiers", '"fewer than", "less than"', '"fewer than", "over"', "over"),
    ("modifiers", '"fewer than", "less than"', '"Fewer than", "less than"', "Fewer than"),
    ("rest", "[rest]", "[rests]", "rest"),
]


@pytest.mark.parametrize(("table", "right", "wrong", "flaw"), NUMBER_FLAWS)
def test_a_flaw_in_the_numbers_is_refused_and_named(table: str, right: str, wrong: str, flaw: str) -> None:
    assert right in FILES["numbers"], f"the file has changed: no {right!r} under [{table}]"
    with pytest.raises(RuleError, match=rf"(?s)numbers\.toml.*{flaw}"):
        read_rules({**FILES, "numbers": FILES["numbers"].replace(right, wrong)})


def test_a_flaw_in_the_grammar_is_refused_and_named() -> None:
    with pytest.raises(RuleError, match=r"grammar\.toml.*(modal|modals)"):
        read_rules({**FILES, "grammar": FILES["grammar"].replace("[modals]", "[modal]")})
    with pytest.raises(RuleError, match=r"grammar\.toml.*modals"):
        read_rules({**FILES, "grammar": FILES["grammar"].replace('["will"', '["Will"')})


@pytest.mark.parametrize("stem", sorted(FILES))
def test_a_missing_file_is_named(stem: str) -> None:
    with pytest.raises(RuleError, match=rf"{stem}\.toml"):
        read_rules({other: text for other, text in FILES.items() if other != stem})


@pytest.mark.parametrize("stem", sorted(FILES))
def test_broken_toml_is_named(stem: str) -> None:
    with pytest.raises(RuleError, match=rf"{stem}\.toml"):
        read_rules({**FILES, stem: FILES[stem] + "\n[spare\n"})


@pytest.mark.parametrize("stem", ["grammar", "numbers"])  # their tables must all be there
def test_an_empty_file_is_named(stem: str) -> None:
    with pytest.raises(RuleError, match=rf"{stem}\.toml"):
        read_rules({**FILES, stem: ""})


KINDS = {"vague": "vague", "fraction": "fractions", "none": "none", "rest": "rest"}  # with the name of the table


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_of_a_number_is_looked_for_where_its_words_stand(kind: str) -> None:
    numbers = load().numbers
    forms = getattr(numbers, KINDS[kind])
    for word in forms.first_words:
        beginning = numbers.beginnings[word]
        assert forms.seconds(word) <= beginning.seconds
        assert (kind in beginning.before_second) == bool(forms.is_form(word) or forms.seconds(word))
        assert (kind in beginning.otherwise) == forms.is_form(word)


def test_most_words_of_a_number_begin_nothing_alone() -> None:
    beginnings = load().numbers.beginnings
    assert beginnings["the"].before_second == ("rest",)
    assert beginnings["the"].otherwise == ()
    assert beginnings["a"].otherwise == ("described", "figure", "single")


CODE = {path: path.read_text(encoding="utf-8") for path in sorted(FOLDER.parent.parent.rglob("*.py"))}
CLASSES = sorted(load().closed)


@pytest.mark.parametrize("name", CLASSES)
def test_every_closed_class_is_asked_for_by_the_stage_that_it_is_named_after(name: str) -> None:
    asking = [path for path, code in CODE.items() if f'"{name}"' in code]
    places = {place for path in asking for place in (path.stem, path.parent.name)}
    assert places & {name.split("_", 1)[0], "rules"}, f"the stage does not ask for [{name}]"


def test_every_closed_class_that_code_asks_for_is_there() -> None:
    asked = {name for code in CODE.values() for name in re.findall(r'(?:closed\[|is_in\()"([a-z_]+)"', code)}
    assert len(asked) > 50
    assert asked - set(CLASSES) == set()


@pytest.mark.parametrize("name", sorted(load().grammar.__dataclass_fields__))
def test_every_class_of_the_grammar_is_asked_for(name: str) -> None:
    assert any(re.search(rf"(?:\bg|grammar)\.{name}\b", code) for code in CODE.values())


@pytest.mark.parametrize("name", sorted(text_words().__dataclass_fields__))
def test_every_class_of_text_words_is_asked_for_and_in_lower_case(name: str) -> None:
    assert any(re.search(rf"words(?:\(\))?\.{name}\b", code) for code in CODE.values())
    words = getattr(text_words(), name)
    assert words
    assert {word for word in words if word != word.lower()} == set()


def test_every_table_of_text_words_is_read() -> None:
    tables = tomllib.loads((FOLDER.parent.parent / "analysis" / "en.toml").read_text(encoding="utf-8"))
    assert set(tables) == set(text_words().__dataclass_fields__)
    assert {key for table in tables.values() for key in table} == {"forms"}


def test_an_unknown_file_is_named() -> None:
    with pytest.raises(RuleError, match=r"harm\.toml"):
        read_rules({**FILES, "harm": HARM})


def test_a_section_that_does_not_exist_is_named() -> None:
    with pytest.raises(RuleError, match=r"attribution\.toml.*source"):
        read_rules({**FILES, "attribution": f"{FILES['attribution']}\n{SOURCE.replace('sources', 'source')}"})


@pytest.mark.parametrize("kind", ["harms", "victims", "qualifiers", "cues", "sources"])
def test_the_rules_are_frozen(kind: str) -> None:
    lexicon = getattr(load(), kind)
    known = (lexicon.at(split_tokens(word)[0], 0, 1) for word in sorted(lexicon.first_words))
    rule = next(match.rule for match in known if match)
    with pytest.raises(AttributeError):
        rule.name = "other"


def test_loading_takes_no_pipeline() -> None:
    code = "import sys, casualty_extract.rules as r; r.load(); print([m for m in sys.modules if 'stages' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
