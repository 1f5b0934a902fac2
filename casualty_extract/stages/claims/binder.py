"""The order of the rules: labels, then the role of each cue, then the sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from casualty_extract.stages.claims.binding import Binding
from casualty_extract.stages.claims.equated import bind_label
from casualty_extract.stages.claims.objects import bind_object
from casualty_extract.stages.claims.phrases import Phrases
from casualty_extract.stages.claims.roles import (
    bind_event,
    bind_labile,
    bind_likewise,
    bind_self,
    bind_state,
    bind_subject,
    bind_sustained,
)
from casualty_extract.stages.claims.sides import carry_categories, name_side
from casualty_extract.stages.claims.sums import bind_reached, bind_toll
from casualty_extract.stages.mentions import HarmCue, Mention

ROLES: Mapping[str, Callable[[HarmCue, Binding], None]] = {
    "object": bind_object,
    "subject": bind_subject,
    "labile": bind_labile,
    "state": bind_state,
    "self": bind_self,
    "event": bind_event,
    "toll": bind_toll,
}


def bind(phrases: Phrases, sentence: int) -> list[Mention]:
    """The mentions of a sentence, given by its index, each number once for a harm, in order of the text."""
    binding = Binding(phrases, sentence)
    for cue in phrases.cues:
        if bind_label(cue, binding) or bind_sustained(cue, binding) or bind_reached(cue, binding):
            continue
        ROLES[cue.rule.victim](cue, binding)
        bind_likewise(cue, binding)
    if not binding.found:
        return []
    found = sorted(binding.found, key=lambda m: m.number.first)
    return carry_categories([name_side(m, phrases) for m in _without_captives(_without_shots(found))], phrases)


def _without_shots(mentions: Sequence[Mention]) -> list[Mention]:
    """ "Three men were shot and killed", "sustained wounds and died": the killed are not counted as wounded too."""
    killed = {m.number.core for m in mentions if m.harm == "killed"}
    return [m for m in mentions if not (m.number.core in killed and _is_of_wounds(m))]


def _without_captives(mentions: list[Mention]) -> list[Mention]:
    """ "Killed nine hostages": what is told of them here is their death; the noun says who they are. "Nine hostages
    held in the camp" are held as hostages."""
    captives = {m.number.core for m in mentions if m.harm == "abducted" and m.rule == "harm_noun"}
    if not captives:
        return mentions
    harmed = {m.number.core for m in mentions if m.harm in ("killed", "wounded")} & captives
    return [
        m
        for m in mentions
        if not (m.number.core in harmed and m.harm in ("abducted", "detained"))
        and not (m.number.core in captives and m.harm == "detained")
    ]


def _is_of_wounds(mention: Mention) -> bool:
    return mention.rule == "sustained" or (mention.cue is not None and mention.cue.rule.name == "shoot")
