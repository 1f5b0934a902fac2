"""Numbers near harm words that count no victims, each with its reason."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Sequence
from threading import Lock
from types import FunctionType, SimpleNamespace
from typing import Any

from casualty_extract.analysis import Document, Sentence, Token
from casualty_extract.model import Rejection
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Number, Refusal

_FIRST_IMPORT = Lock()
_WINDOW = 60  # characters that quantulum3 is given at most
_BEHIND = 4  # tokens behind a figure in which what it counts is looked for
_SHOWN_ALONE = ("ordinal", "name", "time", "measure", "strength")  # where the number itself shows it: 3rd, 747, 14:20
_REASONS = {  # quantulum3's name of what a unit measures -> our reason
    "currency": "money", "percentage": "percent", "time": "time", "length": "measure", "mass": "measure",
    "area": "measure", "volume": "measure", "speed": "measure", "temperature": "measure", "energy": "measure",
    "power": "measure", "data storage": "measure", "angle": "measure",
}  # fmt: skip


def explain_refusals(
    document: Document, refused: Sequence[Refusal], unbound: Sequence[Number], rules: Rules
) -> tuple[Rejection, ...]:
    """The rejections of a text in order: what the guards refused, and the figures that no harm took."""
    found = [Rejection(*document.slice(r.first, r.stop), r.reason) for r in refused]
    for number in unbound:
        found.append(Rejection(*document.slice(number.first, number.stop), _reason(document, number, rules)))
    return tuple(sorted(found, key=lambda r: (r.start, r.end)))


def _reason(document: Document, number: Number, rules: Rules) -> str:
    """Why no claim took a figure: survivors, things, people who were not harmed, or a measure that quantulum3 knows."""
    tokens = document.tokens
    stop = min(number.stop + _BEHIND, len(tokens))
    if any(rules.resolution["survival"].at(tokens, i, stop) for i in range(number.stop, stop)):
        return "survivors"
    counted = _counted(tokens, number.stop, stop, rules)
    if counted:
        return counted
    end = _words_behind(tokens, number.stop, len(tokens))
    asked = number.kind == "figure" and any(_is_unit(t, rules) for t in tokens[number.core : end])
    if not asked:
        return "not_harmed"
    start = document.starts[number.core]
    return name_measure(document.text[start : min(document.end(end - 1), start + _WINDOW)]) or "not_harmed"


def _is_unit(token: Token, rules: Rules) -> bool:
    """Whether a token may be a unit, or a number with one behind it: "kilometres", "°", "400m". quantulum3 is asked
    only then: it takes two seconds to load, and reads a quotation mark as inches."""
    word = token.lower.lstrip("0123456789.,") if token.kind == "number" else token.lower
    units, prefixes = rules.closed["rejections_units"], rules.closed["rejections_unit_prefixes"]
    stems = [word, *(word.removeprefix(p) for p in prefixes if word.startswith(p))]
    return any(stem.removesuffix(plural) in units for stem in stems for plural in ("", "s", "es"))


def _counted(tokens: Sequence[Token], first: int, stop: int, rules: Rules) -> str | None:
    """What the first noun behind a figure says: "12 trucks" no people, "12 villagers" people whom nothing harmed."""
    for i in range(first, stop):
        if tokens[i].lower in rules.grammar.not_people:
            return "not_people"
        found = rules.victims.at(tokens, i, stop)
        if found and found.rule.use == "noun":
            return "not_harmed"
        if tokens[i].kind == "mark":
            return None
    return None


def show(document: Document, sentence: Sentence, first: int, stop: int, reason: str | None, rules: Rules) -> str:
    """The words that show why the number at tokens first..stop-1 counts nobody: it, and what stands beside it."""
    tokens = document.tokens
    after = rules.numbers.guards_after.at(tokens, stop, sentence.stop) if stop < sentence.stop else None
    before = rules.numbers.guards_before.ending(tokens, first, sentence.first) if first > sentence.first else None
    if after and after.rule == reason:
        stop = after.stop
    elif before and before.rule == reason:
        first = before.first
    elif reason == "age":
        first, stop = _around_age(tokens, sentence, first, stop)
    elif reason == "date":
        first, stop = _around_date(tokens, sentence, first, stop, rules)
    elif reason not in _SHOWN_ALONE:
        stop = _words_behind(tokens, stop, sentence.stop)
    return document.slice(first, stop)[0]


def _around_age(tokens: Sequence[Token], sentence: Sentence, first: int, stop: int) -> tuple[int, int]:
    """ "Karl Bren, 34", "his wife (31)", "aged 19, 23 and 40": with the person in front."""
    low = first
    while low > sentence.first and first - low < _BEHIND and tokens[low - 1].lower in (",", "(", "of", "and", "was"):
        low -= 1
    for _ in range(2):
        named = low > sentence.first and tokens[low - 1].kind != "mark" and low < first
        low -= named and (tokens[low - 1].capital or low == first - 1)
    closes = stop < sentence.stop and tokens[stop].text == ")" and tokens[first - 1].text == "("
    return low, stop + closes


def _around_date(tokens: Sequence[Token], sentence: Sentence, first: int, stop: int, rules: Rules) -> tuple[int, int]:
    """ "on 12 March 2019", "since 1998": with month, year and the preposition in front."""
    months = rules.closed["numbers_months"]

    def belongs(i: int) -> bool:
        return tokens[i].lower in months or (tokens[i].kind == "number" and len(tokens[i].text) <= len("2019"))

    while stop < sentence.stop and belongs(stop):
        stop += 1
    while first > sentence.first and belongs(first - 1):
        first -= 1
    lead = first > sentence.first and tokens[first - 1].lower in ("in", "on", "since", "from", "until", "by", "the")
    return first - lead, stop


def _words_behind(tokens: Sequence[Token], stop: int, end: int) -> int:
    """Where the two words behind a number end; a mark ends them before."""
    last = stop
    while last < min(stop + 2, end) and tokens[last].kind != "mark":
        last += 1
    return last


def name_measure(piece: str) -> str | None:
    """The reason for a number at the start of a short text (60 characters at most), from a closed list: "money"
    for "20 dollars"; None where quantulum3 finds no measure there, or is not installed.

    quantulum3 is https://github.com/nielstron/quantulum3.
    """
    try:
        found = _parse(piece)
    except Exception:  # a measure is a courtesy: no text may raise
        return None
    for quantity in found:
        if quantity.span[0] <= 1:
            return _REASONS.get(quantity.unit.entity.name)
    return None


def _parse(piece: str) -> list[Any]:
    """What quantulum3 finds. It sets up root logging at each call: it is run with a ``logging`` of its own, so that
    nothing is touched, not for a moment, which other threads would see."""
    parser = _load_parser()
    quiet = SimpleNamespace(basicConfig=lambda **_: None, root=logging.getLogger(parser.__name__))
    parse = FunctionType(parser.parse.__code__, {**vars(parser), "logging": quiet}, "parse", parser.parse.__defaults__)
    return list(parse(piece))


def _load_parser() -> Any:
    """quantulum3's parser. It warns at its first import that it has no classifier: one thread at a time keeps that
    from being seen."""
    with _FIRST_IMPORT:
        if "quantulum3.parser" in sys.modules:
            from quantulum3 import parser
        else:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                from quantulum3 import parser
    return parser
