"""People counted before and named again without a number: "Rebels abducted four nurses. The hostages were killed"."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Phrase
from casualty_extract.stages.mentions import HarmCue, Mention, Number
from casualty_extract.stages.parts.context import Context

_HELD = ("abducted", "detained", "missing")  # harms after which another may befall the same people
_LATER = ("killed", "wounded")
_REACH = 2  # sentences behind the figure


def may_recall(mentions: Sequence[Mention], index: int) -> bool:
    """Whether a figure stands before sentence ``index`` that it may tell more of."""
    return bool(mentions) and any(m.harm in _HELD and index - m.sentence <= _REACH for m in mentions[-4:])


def recall(context: Context) -> list[Mention]:
    """What befell the people of a figure before, told of all of them: as many again, for the other harm."""
    like = next((m for m in reversed(context.earlier) if m.sentence < context.index), None)
    if like is None or not _is_plain_figure(like) or context.index - like.sentence > _REACH:
        return []
    harmed = [(cue, _harmed(cue, context)) for cue in context.cues if cue.rule.harm in _LATER]
    found = [(cue, phrase) for cue, phrase in harmed if phrase is not None and _are_they(phrase, like, context)]
    return [_mention(cue, phrase, like, context) for cue, phrase in found]


def _is_plain_figure(mention: Mention) -> bool:
    number = mention.number
    exact = number.value is not None and number.value > 1 and number.low == number.high == number.value
    return mention.harm in _HELD and exact and not mention.part and not mention.implicit


def _harmed(cue: HarmCue, context: Context) -> Phrase | None:
    """The one phrase that a harm word harms; None where there is none, or a negation stands in front."""
    if any(context.word(i) in context.rules.grammar.negations for i in range(cue.first - 3, cue.first)):
        return None
    clause = context.reading.clause(cue.first, cue.stop)
    if cue.rule.victim == "object":
        group = clause.subject if clause.passive else clause.object
    else:
        group = clause.subject if cue.rule.victim == "subject" else ()
    return group[0] if len(group) == 1 else None


def _are_they(phrase: Phrase, like: Mention, context: Context) -> bool:
    """Whether a phrase without a number stands for all of the people: "the hostages", or their noun again."""
    if context.word(phrase.first) not in ("the", "these", "those") or phrase.extent > phrase.stop:
        return False
    if context.word(phrase.stop) in context.rules.grammar.subject_relatives:
        return False  # "the detainees who were hanged": some of them
    if any(phrase.first <= number.core < phrase.stop for number in context.numbers):
        return False
    head = context.word(phrase.head)
    nouns = [token.lower for token in context.tokens[slice(*like.noun)]] if like.noun else []
    return context.is_in("parts_recalled", phrase.head) or (head in nouns and head.endswith(("s", "men", "women")))


def _mention(cue: HarmCue, phrase: Phrase, like: Mention, context: Context) -> Mention:
    value = like.number.value
    noun = (phrase.first, phrase.stop)
    number = Number(phrase.first, phrase.stop, phrase.first, "definite", value, value, value, "exact", "recalled")
    people = like.people._replace(rule=f"{like.people.rule}_carried")
    return Mention(
        number, cue, cue.rule.harm, phrase, people, noun, "recalled", context.index, implicit=True, carried=True,
    )  # fmt: skip
