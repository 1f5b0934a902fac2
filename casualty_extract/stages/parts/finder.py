"""The order of the rules over the numbers that are left."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from casualty_extract.stages.mentions import Mention, Number
from casualty_extract.stages.parts.breakdown import breakdown, copular, gapped, gapped_group, kinds, summed
from casualty_extract.stages.parts.colouring import colour
from casualty_extract.stages.parts.compared import brought_to, compared, counted, revised_to
from casualty_extract.stages.parts.context import Context
from casualty_extract.stages.parts.included import among_dead, among_victims, apposition, included
from casualty_extract.stages.parts.marked import mark_part
from casualty_extract.stages.parts.of_them import fraction_of, of_them, severity, the_rest, whom

Rule = Callable[[Number, Context], Mention | None]

RULES: Sequence[Rule] = (  # most want a figure that is bound in the sentence
    fraction_of,
    brought_to,
    of_them,
    the_rest,
    among_dead,
    among_victims,
    whom,
    included,
    severity,
    apposition,
    compared,
    revised_to,
    breakdown,
    kinds,
    summed,
    counted,
    copular,
    gapped,
    gapped_group,
)
# the rules that can do without: they tie a figure to an earlier sentence or to a harm word
_UNBOUND_RULES: Sequence[Rule] = (brought_to, of_them, among_dead, among_victims, whom, included, counted, copular)


def find_parts(context: Context) -> list[Mention]:
    """The bound mentions of the sentence with those that follow from them, in order of the text."""
    if len(context.bound) > 1 or (context.bound and context.earlier):
        context = context.rebound(tuple([mark_part(m, context) for m in context.bound]))
    taken = {m.number.core for m in context.bound}
    for number in context.numbers:
        if number.core in taken or context.counts_a_group(number):
            continue
        mention = _apply_rules(number, context)
        if mention is not None:
            taken.add(number.core)
            found = sorted((*context.bound, mention), key=lambda m: m.number.first)
            context = context.rebound(tuple(found))
    return [colour(m, context) for m in context.bound]


def _apply_rules(number: Number, context: Context) -> Mention | None:
    """What the first rule that fits makes of a number."""
    for rule in RULES if context.bound else _UNBOUND_RULES:
        mention = rule(number, context)
        if mention is not None:
            return mention
    return None
