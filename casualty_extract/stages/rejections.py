"""Numbers near harm words that count no victims, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Document
from casualty_extract.model import Rejection
from casualty_extract.rules.types import Rules
from casualty_extract.stages.measures import name_measure
from casualty_extract.stages.mentions import Number, Refusal

_WINDOW = 60  # characters that quantulum3 is given at most


def explain_refusals(document: Document, refused: Sequence[Refusal], unbound: Sequence[Number], rules: Rules) -> tuple[Rejection, ...]:
    """The rejections of a text in order: what the guards refused, and the figures that no harm took."""
    found = [Rejection(*document.slice(r.first, r.stop), r.reason) for r in refused]
    for number in unbound:
        found.append(Rejection(*document.slice(number.first, number.stop), _reason(document, number, rules)))
    return tuple(sorted(found, key=lambda r: (r.start, r.end)))


def _reason(document: Document, number: Number, rules: Rules) -> str:
    """Why no claim took a figure: survivors, things, people who were not harmed, or a measure that quantulum3 knows."""
    tokens = document.tokens
    stop = min(number.stop + 4, len(tokens))
    for i in range(number.stop, stop):
        if rules.resolution["survival"].at(tokens, i, stop):
            return "survivors"
        if tokens[i].lower in rules.grammar.not_people:
            return "not_people"
        found = rules.victims.at(tokens, i, stop)
        if found and found.rule.use == "noun":
            return "not_harmed"
        if tokens[i].kind == "mark":
            break
    end = tokens[min(number.stop + 2, len(tokens) - 1)].end
    start = tokens[number.core].start
    return name_measure(document.text[start : min(end, start + _WINDOW)]) or "not_harmed"
