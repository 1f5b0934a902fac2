"""Numbers near harm words that count no victims, each with its reason."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence

from casualty_extract.analysis import Document, Token
from casualty_extract.model import Rejection
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Number, Refusal

_WINDOW = 60  # characters that quantulum3 is given at most
_BEHIND = 4  # tokens behind a figure in which what it counts is looked for
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
    end = tokens[min(number.stop + 2, len(tokens) - 1)].end
    start = tokens[number.core].start
    return name_measure(document.text[start : min(end, start + _WINDOW)]) or "not_harmed"


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


def name_measure(piece: str) -> str | None:
    """The reason for a number at the start of a short text (60 characters at most), from a closed list: "money"
    for "20 dollars"; None where quantulum3 finds no measure there, or is not installed.

    quantulum3 (https://github.com/nielstron/quantulum3) sets up root logging at each call: what it changes is put back.
    """
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from quantulum3 import parser

        found = parser.parse(piece)
    except Exception:  # a measure is a courtesy: no text may raise
        return None
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    for quantity in found:
        if quantity.span[0] <= 1:
            return _REASONS.get(quantity.unit.entity.name)
    return None
