"""Other counts of the same people: "13 people, not thirty", "up from 1,411", "had confirmed seven"."""

from __future__ import annotations

from casualty_extract.stages.mentions import NOBODY_SAID, HarmCue, Mention, Number
from casualty_extract.stages.parts.context import Context, Noun


def compared(number: Number, context: Context) -> Mention | None:
    """ "13 people, not thirty as first reported", "1,904 deaths, up from 1,411 in 2022"."""
    if number.kind != "figure" or not context.bound:
        return None
    first = number.first
    like = context.before(first) or next((m for m in context.bound if 0 < m.number.first - number.stop < 4), None)
    if like is None:
        return None
    form = context.ending("compared", first)
    if form is None and context.is_in("parts_compared_nouns", first - 2) and context.word(first - 1) == "of":
        form = context.ending("compared", first - 3) or context.ending("compared", first - 4)
    if form is None:
        return None
    noun = context.noun_of(number)
    if noun is not None and not context.people(noun).known:
        return None
    mention = context.follow(number, like, "compared", noun, part=False)
    if mention and context.word(form.first) == "not" and like.number.first > first:
        mention = mention._replace(people=like.people)
    return mention


def counted(number: Number, context: Context) -> Mention | None:
    """ "the hospital had confirmed four by noon": a bare figure under a verb of counting."""
    if number.kind not in ("figure", "vague", "none") or (not context.earlier and not context.bound):
        return None
    if not (context.ends(number.stop) or context.is_in("parts_count_ends", number.stop)):
        return None
    cue = context.rules.cues.ending(context.tokens, number.first, context.first)
    if cue is None or cue.rule.frame not in ("counts", "says"):
        return None
    phrase = context.reading.phrase(number.core)
    if phrase is not None and phrase.stop > number.stop:
        return None
    like = context.whole(number.first)
    return context.follow(number, like, "counted", part=False) if like else None


def brought_to(number: Number, context: Context) -> Mention | None:
    """ "brought to 18 the number who have drowned": the new total in front of its noun."""
    brings = context.rules.resolution["brings"]
    if context.word(number.first - 1) != "to" or context.word(number.first - 2) not in brings:
        return None
    if context.word(number.stop) != "the" or not context.is_in("parts_sum_nouns", number.stop + 1):
        return None
    like = context.before(number.first)
    cue = next((c for c in context.cues if c.first > number.stop), None) or (like.cue if like else None)
    if cue is None:
        return None
    phrase, noun = context.reading.phrase(number.core), _summed_noun(number, cue, context)
    people = context.people(noun) if noun else NOBODY_SAID
    return Mention(number, cue, cue.rule.harm, phrase, people, noun, "new_total", context.index)


def _summed_noun(number: Number, cue: HarmCue, context: Context) -> Noun | None:
    """ "The number of journalists killed": the people between the noun of the sum and the harm word."""
    i = number.stop + 1
    while context.is_in("parts_sum_nouns", i):
        i += 1
    inner = context.reading.phrase(i + 1) if context.word(i) == "of" else None
    if inner is None or inner.first >= cue.first:
        return None
    return (inner.first, min(inner.extent, cue.first))


def revised_to(number: Number, context: Context) -> Mention | None:
    """ "said 12 had died but later revised that to nine": the new figure behind a word that stands for the old one."""
    to = number.first - 1
    if number.kind != "figure" or context.word(to) != "to" or not context.ends(number.stop):
        return None
    phrase = context.reading.phrase(to - 1)
    told = phrase is not None and context.is_in("parts_sum_nouns", phrase.head)
    first = phrase.first if phrase is not None and told else to - 1
    if not told and not context.is_in("parts_told_figures", to - 1):
        return None
    like = context.before(number.first)
    if like is None or not context.is_in("parts_revising", first - 1):
        return None
    return context.follow(number, like, "revised", part=False)
