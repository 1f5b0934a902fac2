"""The gate changes no result: whatever it keeps out holds no harm word, and it lets little else in."""

from __future__ import annotations

import pickle
import sys
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casualty_extract.analysis.text import read_text
from casualty_extract.assembly import load
from casualty_extract.pipeline import Pipeline
from casualty_extract.rules.engines import _re2_search
from casualty_extract.rules.gate import _TO_ASCII, Gate
from casualty_extract.rules.types import Rules
from casualty_extract.stages.harms import find_harms

OWN = {  # forms that begin or end where no word does, or with words that are glued to others
    "harms": {
        "odd": {
            "harm": "killed",
            "victim": "object",
            "forms": ["two dead", "'s end", "at peace", "k.i.a!", "σας lost", "24/7 lost", "x"],
        },
        "idle": {"harm": "killed", "victim": "none", "forms": ["killed softly", "at killed", "killed by the u.n."]},
    }
}
TRICKY = [
    "TWELVE MEN WERE KILLED",
    "Twelve men were KİLLED and ten kil\u00adled",
    "Nine men were ki\u200blled",
    "12\u00addead men",
    "nine men shot\u00a0dead in Varn",
    "Nine men shot\ndead",
    "Nine were killed\noff the coast",  # a line end parts the idiom
    "Nine were killed\u2028off the coast",
    "Nine were killed \u00ad off the coast",
    "saidTwo were killedAt noon",
    "½killed and ²wounded, Ⅷdead",
    "_killed_ ‘killed’ “killed” killed’s half-killed killed‑off",
    "A hostage‑taking at Varn",
    "The toll\tof dead",
    "e\u0301killed, killed\u0301",
    "ONE HACKED: 9 K.I.A.",
    "Nine fell\n in battle",
    "killed\x1coff nine men",
    "They were २४/७ lost",
    "Ten men were held captive\nby rebels who took them",
    "NINE MEN WERE \u212aILLED",  # by the sign of Kelvin, whose lower case is a letter
    "\u0130\u0130 KILLED",  # lower case makes four characters of these two
    "NINE FELL K.I.A!x",
]
PIECES = st.sampled_from(
    [
        "İ", "ﬁ", "Σ", "ς", "²", "½", "\u0301", "\u00ad", "\u200b", "-", "‑", "'", "’", "’S", ".", "U.N. ", "x.",
        "a.b.", "_", "1", "१", "é", "\x1c", "\u2028", "\n", "\n\n", "\r\n", " ", " ", " ", "\u00a0", "\t", ",",
        ":", '"', "“", "”", "(", "Two", "At", "Some", "Twenty-one", "IN", "off", "the", "their", "taken", "into",
        "\u212a",
    ]
)  # fmt: skip


@cache
def pipeline(own: bool) -> Pipeline:
    return load("rules", lexicon=OWN if own else None)


@cache
def forms(own: bool) -> list[str]:
    return sorted(" ".join(form) for form in pipeline(own).rules.harm_forms)


def holds_harm(text: str, rules: Rules) -> bool:
    document = read_text(text)
    return any(find_harms(document, sentence, rules) for sentence in document.sentences)


def check(text: str, own: bool) -> None:
    rules = pipeline(own).rules
    assert Gate(rules.harm_forms).opens(text) or not holds_harm(text, rules)


@pytest.mark.parametrize("text", TRICKY)
def test_opens_for_harm_words_however_they_are_written(text: str) -> None:
    check(text, own=False)
    check(text, own=True)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.booleans())
def test_opens_for_harm_words_in_any_surroundings(data: st.DataObject, own: bool) -> None:
    form = data.draw(st.sampled_from(forms(own)))
    cased = data.draw(st.sampled_from([form, form.upper(), form.title()]))
    cut = data.draw(st.integers(0, len(cased)))
    between = data.draw(st.sampled_from(["", "", "\u00ad", "\n", "  "]))
    sides = st.lists(PIECES, max_size=3).map("".join)
    check(data.draw(sides) + cased[:cut] + between + cased[cut:] + data.draw(sides), own)


@cache
def gates(own: bool) -> tuple[Gate, Gate]:
    forms = pipeline(own).rules.harm_forms
    return Gate(forms), Gate(forms, fast=False)


def check_engines(text: str, own: bool) -> None:
    fast, plain = gates(own)
    assert fast.opens(text) is plain.opens(text)


@pytest.mark.parametrize("text", TRICKY)
def test_the_extra_fast_decides_alike(text: str) -> None:
    check_engines(text, own=False)
    check_engines(text, own=True)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.booleans())
def test_the_extra_fast_decides_alike_in_any_surroundings(data: st.DataObject, own: bool) -> None:
    sides = st.lists(PIECES, max_size=3).map("".join)
    form = data.draw(st.sampled_from(forms(own)))
    words = data.draw(st.sampled_from([form, form.upper(), form.replace(" ", "\u00a0"), form.replace(" ", " \x1c")]))
    check_engines(data.draw(sides) + words + data.draw(sides), own)


def test_the_extra_fast_is_there_to_be_tested() -> None:
    assert _re2_search([["k"]], "two") is not None, 'pip install "casualty-extract[fast]"'


def test_the_characters_beyond_ascii_that_become_ascii_are_known() -> None:
    beyond = map(chr, range(128, sys.maxunicode + 1))
    assert {char for char in beyond if any(lower.isascii() for lower in char.lower())} == set(_TO_ASCII)


def test_a_word_that_a_form_needs_is_looked_for_in_the_whole_text() -> None:
    gate = Gate(pipeline(False).rules.harm_forms)
    assert not gate.opens("The rain struck at dawn. It struck again.")
    assert gate.opens("The rain struck at dawn. It struck two villagers with debris.")


def test_without_the_extra_the_gate_does_its_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)
    gate = Gate(pipeline(False).rules.harm_forms)
    assert gate.opens("Nine men were killed.")
    assert not gate.opens("Nine men sang.")


def test_a_gate_goes_to_another_process() -> None:
    gate = pickle.loads(pickle.dumps(gates(False)[0]))
    assert gate.opens("Nine men were killed.")
    assert not gate.opens("Nine men sang.")


def test_the_sample_holds_harm_words() -> None:
    rules = pipeline(False).rules
    assert sum(holds_harm(text, rules) for text in TRICKY) > len(TRICKY) / 2


@pytest.mark.parametrize(
    "text",
    [
        "The skills of bodybuilders lived on; deathless prose at lifelong costs.",
        "Painkillers are no remedy for a dead heat.",  # an idiom hides its words
        "The autumn fell on the quiet hills.",  # one of the words that the harm needs is missing
        "A non-killed, half‑dead undead.",
        "The shipment was shot-put; the wounds-and-all portrait.",
        "",
    ],
)
def test_stays_shut_for_other_words(text: str) -> None:
    assert not Gate(pipeline(False).rules.harm_forms).opens(text)


def test_a_text_behind_the_gate_gets_the_report_of_one_that_is_read() -> None:
    class Open:
        def opens(self, _: str) -> bool:
            return True

    shut = pipeline(False)
    read = Pipeline(shut.rules, shut.analyzer, Open(), {"vague_words": "default"}, shut.extract("").library)  # type: ignore[arg-type]
    text = "BEIRUT (AFP) - The market of Varn opened at dawn, traders said.\n\nNo bargains were to be had."
    assert shut.extract(text).to_json() == read.extract(text).to_json()
