"""What a change of the text may change, and what it may not: docs/promises.md says each in words."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from texts import CASES, SEEDS, extract

from casualty_extract import Claim, Report

TEXTS = (*CASES, *SEEDS)
NEUTRAL = (
    "Spring came early to the valley.",
    "The council met on Tuesday to talk about the new bridge.",
    "She has written two books about bread.",
    "Shares rose in early trade, and the currency held steady at 1,250.",
    "The museum opens at 10 am and closes at 6 pm.",
    "About 40 farmers sell apples in the market hall.",
    "“We are glad,” the mayor said.",
    "The choir sang three songs, and everyone went home.",
    "Rail traffic was back to normal by noon, the operator said.",
    "He was born in 1971 and studied law.",
    "IT WAS A QUIET DAY IN THE CAPITAL",
    "The ship, 40 metres long, carries grain.",
)  # fmt: skip
FAR = (
    "In Brell, 14 sailors were killed by a mine, the coast guard said.",
    "Dr. Olwen Pryde said 230 people had been wounded.",
    "At least two miners were missing.",
    "The rebels abducted dozens of villagers.",
    "A storm displaced 900 families, officials said.",
)
NAMES = ("Tarlen", "Brevik", "Osmund", "Quilly", "Vardeh", "Ilmari")  # of one length, each of nobody known
SMALL = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
TENS = ["", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spell(number: int) -> str:
    """A number below a million in words: 1206 is "one thousand two hundred and six"."""
    if number < 20:
        return SMALL[number]
    if number < 100:
        return TENS[number // 10] + (f"-{SMALL[number % 10]}" if number % 10 else "")
    if number < 1000:
        return f"{SMALL[number // 100]} hundred" + (f" and {spell(number % 100)}" if number % 100 else "")
    rest = number % 1000
    joint = " and " if 0 < rest < 100 else " "
    return f"{spell(number // 1000)} thousand" + (f"{joint}{spell(rest)}" if rest else "")


def places(text: str) -> list[int]:
    """Where a paragraph may be put in: the start, behind each blank line, the end."""
    return [0, *(m.end() for m in re.finditer(r"\n\n+", text)), len(text)]


def put_in(text: str, paragraph: str, at: int) -> tuple[str, int]:
    """The text with a paragraph of its own at a place, and by how much the rest has moved."""
    piece = f"{paragraph}\n\n" if at < len(text) else f"\n\n{paragraph}"
    return text[:at] + piece + text[at:], len(piece)


def keys(report: Report, at: int = 0, moved: int = 0) -> dict[tuple[int, int, str], Claim]:
    """The claims by their place and harm, once a stretch of ``moved`` characters at ``at`` is taken out again."""
    back = {c: moved if c.count.start >= at + moved else 0 for c in report.claims}
    return {(c.count.start - shift, c.count.end - shift, c.harm): c for c, shift in back.items()}


@given(st.sampled_from(TEXTS), st.lists(st.sampled_from(NEUTRAL), min_size=1, max_size=5), st.data())
def test_a_paragraph_about_no_harm_brings_no_claim(text: str, neutral: list[str], data: st.DataObject) -> None:
    at = data.draw(st.sampled_from(places(text)))
    changed, moved = put_in(text, " ".join(neutral), at)
    before, after = keys(extract(text)), keys(extract(changed), at, moved)
    assert set(after) <= set(before)


@given(st.lists(st.sampled_from(NEUTRAL), max_size=12), st.sampled_from((" ", "\n", "\n\n", "\r\n", "")))
def test_text_about_no_harm_has_no_claim(neutral: list[str], joint: str) -> None:
    assert extract(joint.join(neutral)).claims == ()


FIGURE = re.compile(r"(?<![\w.,:/-])(?:[1-9]\d{0,2}(?:,\d{3})?)(?![\w/%-]|[.,:]\d)")


@cache
def figures() -> list[tuple[str, Claim, re.Match[str]]]:
    """The figures in digits of claims in the texts, with the text and the claim."""
    return [
        (text, claim, match)
        for text in TEXTS
        for claim in extract(text).claims
        if claim.count.modifier != "range" and claim.count.value
        for match in FIGURE.finditer(text, claim.count.start, claim.count.end)
        if int(match.group().replace(",", "")) == claim.count.value
    ]


@given(st.data())
def test_a_respelled_number_keeps_its_bounds(data: st.DataObject) -> None:
    text, claim, match = data.draw(st.sampled_from(figures()))
    check_respelled(text, claim, match, spell(int(match.group().replace(",", ""))))


@cache
def spelled() -> list[tuple[str, Claim, re.Match[str]]]:
    """The figures in words of claims in the texts, without their modifiers."""
    return [
        (text, claim, match)
        for text in TEXTS
        for claim in extract(text).claims
        if claim.count.value and claim.count.value > 1
        for words in [spell(claim.count.value)]
        for match in re.compile(rf"\b{words}\b(?!-)", re.IGNORECASE).finditer(text, claim.count.start, claim.count.end)
    ]


@given(st.data())
def test_a_number_in_digits_keeps_the_bounds_of_its_words(data: st.DataObject) -> None:
    text, claim, match = data.draw(st.sampled_from(spelled()))
    check_respelled(text, claim, match, f"{claim.count.value:,}")


def check_respelled(text: str, claim: Claim, match: re.Match[str], words: str) -> None:
    changed = text[: match.start()] + words + text[match.end() :]
    found = [c for c in extract(changed).claims if c.count.start <= match.start() < c.count.end]
    assert (claim.harm, bounds(claim)) in [(c.harm, bounds(c)) for c in found], changed


def bounds(claim: Claim) -> tuple[object, ...]:
    return claim.count.value, claim.count.low, claim.count.high, claim.count.modifier


SPEAKERS = ("{} said", "{} told reporters that", "According to {},", "Mayor {} said", "Doctor {} said that")
CONTENTS = (
    "12 civilians were killed.", "at least 30 people had been wounded.", "two soldiers died in the attack.",
    "the strike killed dozens of villagers.", "nobody was hurt.", "nine people were missing.",
)  # fmt: skip
said = st.tuples(st.sampled_from(SPEAKERS), st.sampled_from(CONTENTS))


@given(st.lists(said, min_size=1, max_size=4), st.permutations(NAMES), st.booleans())
def test_another_name_of_a_source_changes_that_name_alone(
    parts: list[tuple[str, str]], names: list[str], again: bool
) -> None:
    used = [names[0], *names[1 : len(parts) - again], names[0]][: len(parts)]
    sentences = (f"{who.format(name)} {what}" for (who, what), name in zip(parts, used, strict=True))
    text = " ".join(sentence[0].upper() + sentence[1:] for sentence in sentences)
    changed = text.replace(names[0], names[-1])  # of the same length: no place moves
    assert extract(changed).to_json() == extract(text).to_json().replace(names[0], names[-1])
    assert {s.name for c in extract(text).claims for s in c.attribution} <= set(used)


@given(st.sampled_from(TEXTS), st.sampled_from(FAR))
def test_a_sentence_far_away_changes_no_claim(text: str, sentence: str) -> None:
    far = "\n\n".join((text, *NEUTRAL[:4], sentence))
    before, after = extract("\n\n".join((text, *NEUTRAL[:4]))).claims, extract(far).claims
    kept = tuple(replace(c, relations=()) for c in after[: len(before)])
    assert kept == tuple(replace(c, relations=()) for c in before)
