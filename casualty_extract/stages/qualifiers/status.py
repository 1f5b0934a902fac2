"""The status of a figure: asserted, hedged, denied, hypothetical or superseded by the words of its own sentence."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Document, Sentence
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import STATUS_RANK, Mention
from casualty_extract.stages.qualifiers.reach import (
    Qualified,
    Surroundings,
    Trigger,
    reaches_backward,
    reaches_forward,
    reaches_verb,
)

_REVISABLE = frozenset(  # rules of mentions whose figure a later one may replace
    ("new_total", "toll", "compared", "state", "state_in_phrase", "harm_in_phrase", "passive_subject")
)
_MODAL_REACH = 8  # tokens between a modal and the harm that it makes possible


def qualify_status(
    mention: Mention, triggers: Sequence[Trigger], document: Document, sentence: Sentence, rules: Rules
) -> Qualified:
    """The status that the sentence itself gives to a mention; the strongest trigger that reaches it wins."""
    around = Surroundings(mention, document.tokens, sentence, rules)
    best = _by_grammar(around)
    for trigger in triggers:
        status = trigger.rule.status
        if status and STATUS_RANK.index(status) < STATUS_RANK.index(best.value) and _reaches(trigger, around):
            best = Qualified(status, (trigger.first, trigger.stop), trigger.rule.name)
    return best


def _by_grammar(around: Surroundings) -> Qualified:
    """The status that no trigger shows: "not nine", "from nine to ten", "to kill nine"."""
    first, cue = around.mention.number.first, around.mention.cue
    if first > around.sentence.first and around.tokens[first - 1].lower == "not":
        return Qualified("superseded", (first - 1, first), "not_this_figure")
    if _is_old_end(around):
        return Qualified("superseded", (first - 1, first), "revised_from")
    if cue is not None and _is_purpose(around):
        return Qualified("hypothetical", (cue.first - 1, cue.stop), "infinitive")
    return Qualified("asserted", None, "plain")


def _is_old_end(around: Surroundings) -> bool:
    """ "Corrected its toll from seven to eight": the figure behind "from", with "to" and the new one beside it."""
    tokens, sentence, number = around.tokens, around.sentence, around.mention.number
    first = number.first
    if first <= sentence.first or tokens[first - 1].lower != "from" or number.modifier == "range":
        return False
    behind = tokens[number.stop : min(number.stop + 6, sentence.stop)]
    before = tokens[max(sentence.first, first - 5) : first - 1]  # "raised the toll to 12 from nine"
    return around.mention.rule in _REVISABLE and any(t.lower == "to" for t in (*behind, *before))


def _is_purpose(around: Surroundings) -> bool:
    """ "Enough explosive to kill hundreds": a bare infinitive is not done yet; "managed to kill" is."""
    cue, sentence = around.mention.cue, around.sentence
    if cue is None or cue.rule.victim not in ("object", "labile") or around.mention.number.first < cue.first:
        return False
    if around.tokens[cue.first].lower.endswith("ing"):
        return False  # "confessed to killing nine"
    inside = sentence.first + 1 < cue.first < sentence.stop
    return (
        inside and around.tokens[cue.first - 1].lower == "to" and not around.is_in(cue.first - 2, "qualifiers_achieved")
    )


def _reaches(trigger: Trigger, around: Surroundings) -> bool:
    """Whether a trigger reaches the mention, in the direction of its rule."""
    match trigger.rule.direction:
        case "sentence":
            return _is_condition(trigger, around)
        case "forward":
            return reaches_forward(trigger, around) and not _is_done(trigger, around)
        case "backward":
            return reaches_backward(trigger, around)
        case _:
            barely = around.mention.number.kind == "none" and around.tokens[trigger.first].lower == "could"
            return reaches_verb(trigger, around) and not barely  # "no one could be arrested": nobody was


def _is_done(trigger: Trigger, around: Surroundings) -> bool:
    """ "Army foiled attack in Harl 80 rebels killed": figure and participle behind what came to nothing are a fact."""
    cue, tokens = around.own_cue(), around.tokens
    if cue is None or not around.is_in(trigger.first, "qualifiers_foiled"):
        return False
    return around.mention.number.stop <= cue.first and tokens[cue.first].lower.endswith(("ed", "dead"))


def _is_condition(trigger: Trigger, around: Surroundings) -> bool:
    """A condition counts where a modal goes with it; "if confirmed" is none, nor is one beside a plain past."""
    tokens, sentence, cue = around.tokens, around.sentence, around.mention.cue
    if trigger.rule.name == "in_a_drill":
        return trigger.first == sentence.first
    if trigger.first > sentence.first and around.is_in(trigger.first - 1, "qualifiers_asks"):
        return False
    if cue is not None and trigger.stop <= cue.first < sentence.stop and cue.rule.victim != "event":
        lead = max(trigger.first, cue.first - 5)
        lone = not any(t.lower in ("were", "if") for t in tokens[lead : cue.first])
        if lone and not around.any_in(lead, cue.first, "qualifiers_modals"):
            return around.any_in(cue.first, cue.stop + 6, "qualifiers_modals")
    if tokens[trigger.first].lower not in ("if", "unless", "had"):
        return True
    if cue is not None and sentence.first <= cue.first and cue.stop <= trigger.first:
        lead = max(sentence.first, min(cue.first, around.mention.number.first) - _MODAL_REACH)
        if not around.any_in(lead, cue.first, "qualifiers_modals"):
            return False  # "the 27 pupils seized in May will be killed unless"
    confirmed = tokens[min(trigger.stop, sentence.stop - 1)].lower == "confirmed"
    return not confirmed and around.any_in(sentence.first, sentence.stop, "qualifiers_modals")
