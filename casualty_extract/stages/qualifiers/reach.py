"""Triggers and how far they reach: "reportedly killed nine" hedges the nine, not the ten of the next clause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from casualty_extract.analysis import Document, Sentence, Token
from casualty_extract.rules.lexicon import Match
from casualty_extract.rules.types import QualifierRule, Rules
from casualty_extract.stages.mentions import HarmCue, Mention

Trigger: TypeAlias = Match[QualifierRule]

_OBJECT_REACH = 2  # tokens between a trigger and the figure that is the object of its verb: "may have left"
_VERB_REACH, _FORWARD_REACH, _BACKWARD_REACH, _DENIAL_REACH = 4, 14, 10, 30  # tokens


class Qualified(NamedTuple):
    """A status or scope with the tokens of the word that shows it and the name of its rule."""

    value: str
    cue: tuple[int, int] | None
    rule: str


class Surroundings(NamedTuple):
    """A mention in its sentence, and the closed classes that its words are held against."""

    mention: Mention
    tokens: Sequence[Token]
    sentence: Sentence
    rules: Rules

    def is_in(self, i: int, name: str) -> bool:
        """Whether token i is a word of the closed class."""
        return self.tokens[i].lower in self.rules.closed[name]

    def any_in(self, first: int, stop: int, name: str) -> bool:
        """Whether a word of the closed class stands in tokens first..stop-1."""
        words = self.rules.closed[name]
        return any(t.lower in words for t in self.tokens[first:stop])

    def behind(self, stop: int) -> str:
        """The word at a token of the sentence, "" at its end."""
        return self.tokens[stop].lower if stop < self.sentence.stop else ""

    def own_cue(self) -> HarmCue | None:
        """The harm word of the mention; None where there is none or it is another mention's."""
        cue = self.mention.cue
        if cue is None or self.mention.detached or not self.sentence.first <= cue.first < self.sentence.stop:
            return None
        return cue


def find_qualifiers(document: Document, sentence: Sentence, rules: Rules) -> tuple[Trigger, ...]:
    """The triggers of a sentence, in order."""
    return tuple(rules.qualifiers.within(document, sentence.first, sentence.stop))


def is_barred(around: Surroundings, first: int, stop: int, *, but: str = "") -> bool:
    """Whether a clause of its own begins between two places; ``but`` is a word that opens none here."""
    barriers = around.rules.closed["qualifiers_barriers"]
    return any((t.lower in barriers and t.lower != but) or t.text == ";" for t in around.tokens[first:stop])


def holds_figure(around: Surroundings, first: int, stop: int) -> bool:
    """Whether another figure stands between two places."""
    counts = around.rules.closed["qualifiers_count_words"]
    return any(t.kind == "number" or t.lower in counts for t in around.tokens[first:stop])


def is_cut_off(around: Surroundings, first: int, stop: int) -> bool:
    """Whether another figure, or the end of a clause, stands between two places."""
    counts = around.rules.closed["qualifiers_count_words"]
    return any(t.kind == "number" or t.text == ";" or t.lower in counts for t in around.tokens[first:stop])


def reaches_forward(trigger: Trigger, around: Surroundings) -> bool:
    """A trigger in front: "feared that nine died", "foiled a plot to kill 80" (not "foiled an attack, killing 80")."""
    number, cue = around.mention.number, around.own_cue()
    if not trigger.stop <= number.first <= trigger.stop + _FORWARD_REACH:
        return False
    if trigger.rule.status == "superseded" and holds_figure(around, trigger.stop, number.core):
        return False
    first = min(number.first, cue.first) if cue else number.first
    if trigger.rule.status == "hypothetical" and any(t.text == ":" for t in around.tokens[trigger.stop : first]):
        return False  # "we are going to correct this: nine were killed"
    if trigger.rule.name == "plan" and _is_known(around):
        return False
    if trigger.rule.name == "unclear" and around.mention.rule == "harm_in_phrase":
        return False  # "unclear whether the nine dead included a guard"
    unbarred = "" if trigger.rule.name == "plan" and not _might_have(trigger, around) else "that"
    if is_barred(around, trigger.stop, first, but=unbarred):
        return False
    if around.is_in(trigger.first, "qualifiers_foils") and _is_result(around):
        return False
    if _is_of_next_clause(trigger.stop, first, around) or _is_joined_clause(trigger, first, around):
        return False
    if around.tokens[trigger.first].lower == "able" and around.tokens[trigger.first - 1].lower in ("was", "were"):
        return False  # "the army was able to kill three"
    rise = around.tokens[trigger.first].lower in ("up", "down")  # "up from 411 in 2022": another year's figure stays
    return not (rise and around.tokens[min(number.stop, around.sentence.stop - 1)].lower == "in")


def _might_have(trigger: Trigger, around: Surroundings) -> bool:
    """ "Prevented a collision that might have killed dozens": a relative clause of what did not happen."""
    tokens, number = around.tokens, around.mention.number
    thats = (k for k in range(trigger.stop, number.first) if tokens[k].lower == "that")
    return any(around.is_in(k + 1, "qualifiers_modals") for k in thats)


def _is_known(around: Surroundings) -> bool:
    """ "Vowed to avenge the 21 fighters killed": people whom the text knows, and a participle behind them."""
    number, cue = around.mention.number, around.own_cue()
    if cue is None or cue.first < number.stop or around.tokens[number.first - 1].lower != "the":
        return False
    return not around.any_in(number.stop, cue.first, "qualifiers_auxiliaries")


def _is_of_next_clause(first: int, stop: int, around: Surroundings) -> bool:
    """ "As police attempted to defuse it, it exploded, wounding two": a comma and a new subject stand between."""
    tokens, subjects = around.tokens, around.rules.grammar.subject_pronouns - {"who"}
    return any(tokens[k].text == "," and tokens[k + 1].lower in subjects for k in range(first, stop - 1))


def _is_joined_clause(trigger: Trigger, first: int, around: Surroundings) -> bool:
    """A clause of its own: "feared that nine died, but four live", "reports of nine deaths, and four were hurt"."""
    tokens, joins, number = around.tokens, around.rules.closed["qualifiers_openings"], around.mention.number
    ties = "of" in (tokens[trigger.stop - 1].lower, tokens[trigger.stop].lower)
    if ties and number.first == first and around.any_in(number.stop, _cue_first(around), "qualifiers_auxiliaries"):
        joins = joins | {"and"}  # a verb of its own: no further object of "of"
    return any(tokens[k].text == "," and tokens[k + 1].lower in joins for k in range(trigger.stop, first - 1))


def _cue_first(around: Surroundings) -> int:
    """Where the harm word of the mention begins, the end of the sentence for none of its own."""
    cue = around.own_cue()
    return cue.first if cue is not None else around.sentence.stop


def _is_result(around: Surroundings) -> bool:
    """ "Foiled an attack, killing 80", "inflicting ten casualties": what came of it, not what was prevented."""
    cue, number = around.mention.cue, around.mention.number
    verb = cue.first if cue is not None and cue.first < number.first else number.first - 1
    return cue is not None and around.tokens[verb].lower.endswith("ing")


def reaches_backward(trigger: Trigger, around: Surroundings) -> bool:
    """A trigger behind: "nine were killed, it is feared"; a denial reaches further."""
    number, cue = around.mention.number, around.own_cue()
    stop = max(number.stop, cue.stop) if cue else number.stop
    reach = _DENIAL_REACH if trigger.rule.status == "denied" else _BACKWARD_REACH
    near = number.stop <= trigger.first <= stop + reach
    return near and not is_cut_off(around, number.stop, trigger.first)


def reaches_verb(trigger: Trigger, around: Surroundings) -> bool:
    """A trigger in the verb group: "reportedly killed nine", "killed reportedly"; a part shares that of its whole."""
    mention, cue = around.mention, around.own_cue()
    whole = mention.whole_of
    if mention.rule == "among_the_harmed" and cue is not None and mention.number.stop <= trigger.first < cue.first:
        return True  # "three are thought to be among the 19 killed"
    if mention.part and whole is not None and mention.cue is whole.cue:
        return whole.sentence == mention.sentence and reaches_verb(trigger, around._replace(mention=whole))
    if cue is None or (trigger.rule.name == "said_to_have" and cue.rule.victim in ("event", "self", "toll")):
        return False
    if trigger.first < cue.first < trigger.stop:
        return True  # "dozens reported dead"
    if trigger.stop == mention.number.first and trigger.rule.name == "reportedly":
        return True  # "and possibly a seventh"
    if trigger.rule.name == "nearly":
        return trigger.stop == cue.first and cue.rule.victim == "object"  # not "nearly a dozen people were killed"
    if trigger.stop <= cue.first:
        verified = around.tokens[trigger.stop].lower == "not" and cue.rule.victim in ("toll", "event", "self")
        if trigger.rule.name == "would" and verified:
            return False  # "could not verify the toll of nine"
        hedged = trigger.rule.status == "hedged"
        if _is_of_its_verb(trigger, around):
            return True
        return _is_plain(around, trigger.stop, cue.first) or (hedged and _goes_on(around, trigger.stop, cue.first))
    behind = around.behind(trigger.stop)
    return cue.stop <= trigger.first <= cue.stop + 1 and trigger.rule.name == "reportedly" and behind != "by"


def _is_of_its_verb(trigger: Trigger, around: Surroundings) -> bool:
    """ "The blast reportedly left 12 people dead", "reportedly suffered 15 casualties": the figure is the object of the
    verb behind the trigger; not "reportedly said that 12 died"."""
    number, cue = around.mention.number, around.mention.cue
    if cue is None or not trigger.stop < number.first < cue.first:
        return False
    place = trigger.stop, number.first
    words = [t.lower for t in around.tokens[slice(*place)]]
    if len(words) > _OBJECT_REACH or not _is_plain(around, *place) or around.tokens[trigger.first].text == "May":
        return False
    if is_barred(around, number.stop, cue.first):
        return False  # "coffins that apparently held several men who were killed"
    if around.any_in(*place, "qualifiers_results"):
        return True
    return trigger.rule.name == "reportedly" and around.rules.reporting.isdisjoint(words)


def _is_plain(around: Surroundings, first: int, stop: int) -> bool:
    """Whether only words of one verb group stand between trigger and harm word: "reportedly [have been] killed"."""
    closed = around.rules.closed
    breaks, barriers = closed["qualifiers_verb_breaks"], closed["qualifiers_barriers"]
    words = around.tokens[first:stop]
    return len(words) <= _VERB_REACH and all(
        t.kind == "word" and t.lower not in breaks and t.lower not in barriers for t in words
    )


def _goes_on(around: Surroundings, first: int, stop: int) -> bool:
    """Whether a hedge goes on over "and" to a bare participle: "reported missing and presumed dead"."""
    words = [t.lower for t in around.tokens[first:stop]]
    if len(words) <= 3 and words[-1:] in (["and"], ["or"]):
        return True
    return len(words) <= 5 and "and" in words and not around.any_in(first, stop, "qualifiers_auxiliaries")
