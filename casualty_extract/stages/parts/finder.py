"""The order of the rules over the numbers that are left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from casualty_extract.stages.mentions import Mention, Number
from casualty_extract.stages.parts.breakdown import breakdown, copular, gapped, gapped_group, kinds
from casualty_extract.stages.parts.colouring import colour
from casualty_extract.stages.parts.compared import brought_to, compared, counted
from casualty_extract.stages.parts.context import Context
from casualty_extract.stages.parts.included import among_dead, apposition, included
from casualty_extract.stages.parts.of_them import fraction_of, of_them, severity, the_rest, whom

Rule = Callable[[Number, Context], Mention | None]

RULES: Sequence[Rule] = (
    fraction_of,
    brought_to,
    of_them,
    the_rest,
    among_dead,
    whom,
    included,
    severity,
    apposition,
    compared,
    breakdown,
    kinds,
    counted,
    copular,
    gapped,
    gapped_group,
)


def find_parts(context: Context) -> list[Mention]:
    """The bound mentions of the sentence with those that follow from them, in order of the text."""
    context = replace(context, bound=tuple(_mark_part(m, context) for m in context.bound))
    for number in context.numbers:
        if any(m.number.core == number.core for m in context.bound):
            continue
        mention = _apply_rules(number, context)
        if mention is not None:
            found = sorted((*context.bound, mention), key=lambda m: m.number.first)
            context = replace(context, bound=tuple(found))
    return [colour(m, context) for m in context.bound]


def _apply_rules(number: Number, context: Context) -> Mention | None:
    """What the first rule that fits makes of a number."""
    return next((mention for rule in RULES if (mention := rule(number, context)) is not None), None)


def _mark_part(mention: Mention, context: Context) -> Mention:
    """A part all the same, with a harm word of its own: "including nine who died", "two of whom later died"."""
    number = mention.number
    if mention.part or number.kind == "none":
        return mention
    whole = _whole_of_marked(mention, context)
    if whole is None or whole.number is number:
        return mention
    low = number.low or 0
    return mention if (whole.number.high or low) < low else replace(mention, part=True, whole_of=whole)


def _whole_of_marked(mention: Mention, context: Context) -> Mention | None:
    """The whole that the words around a bound number tie it to."""
    number, opening = mention.number, context.reading.sentence.first
    if mention.rule == "among_the_harmed":
        return context.larger(mention)
    if context.at("of_them", number.stop):
        return context.larger(mention) or context.whole(number.first)
    if context.ending("includes", number.first):
        return context.whole(number.first)
    first = context.bound[0]
    if context.word(opening) in ("of", "among") and first is not mention and first.number.first - opening <= 3:
        return first
    return None
