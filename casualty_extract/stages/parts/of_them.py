"""Parts that point back at their whole: "five of them nurses", "of whom 11 were nurses", "the rest"."""

from __future__ import annotations

from casualty_extract.analysis import Phrase
from casualty_extract.stages.mentions import HarmCue, Mention, Number
from casualty_extract.stages.parts.context import Context

_MARKS = frozenset(",-–—")
_PLACE = 9  # tokens behind a harm word in which a place may stand
_REACH = 4  # tokens behind "of them" in which they are said to live


def of_them(number: Number, context: Context) -> Mention | None:
    """ "23 of them children", "eleven of the dead were nurses", "half of them soldiers"."""
    if number.kind == "article":
        return None
    persons = context.at("of_people", number.stop)
    form = persons or context.at("of_them", number.stop)
    if form is None:
        return _of_the_harmed(number, context)
    stop = form.stop
    said = _behind_who(stop, context)
    cue = next((c for c in context.cues if form.first < c.first <= stop or c.first == said), None)
    behind = cue is not None and cue.first in (stop, said)
    if persons is not None and not behind:
        return None  # "three of the people" of whom no harm is said there
    if cue is not None and behind and (persons or context.is_in("parts_pronouns", stop - 1)):
        stop = cue.stop
    stop = _behind_place(stop, context) if cue is not None else stop
    like = context.holding(context.whole(number.first), number)
    speak = any(context.word(k) in context.rules.reporting for k in (stop, stop + 1))  # "three of those held told us"
    if like is not None and like.sentence != context.index and _is_of_others(number, stop, context):
        return None
    if (like is None and cue is None) or speak or _are_alive(stop, context) or points_at_others(number.first, context):
        return None
    if like is not None and context.at("fatally", stop):
        return context.follow(number, like, "fatally", harm="killed")
    noun = context.predicate(stop)
    people = context.people(noun)
    if people.things:
        return None
    if cue is not None and (like is None or _is_other_harm(cue, like)):
        like = next(context.latest(cue.rule.harm), None)
        if like is None:
            return Mention(number, cue, cue.rule.harm, None, people, noun, "of_the_dead", context.index)
    return context.follow(number, like, "of_them", noun) if like else None


def _is_of_others(number: Number, stop: int, context: Context) -> bool:
    """ "An exodus of residents, many of whom had fled before": of people right in front whom no figure counts."""
    if context.word(stop - 1) != "whom":
        return False
    nearest = context.reading.phrase(number.first - 1 - (context.word(number.first - 1) == ","))
    if nearest is None or context.ending("includes", nearest.first):
        return False  # "The dead included 109 evacuees, 13 of whom were women"
    return context.people((nearest.first, nearest.stop)).known


def _behind_place(i: int, context: Context) -> int:
    """ "three of those killed in the raid were nurses": the verb behind the place; i where no place is said."""
    if context.word(i) not in context.rules.grammar.prepositions:
        return i
    for k in range(i + 1, min(i + _PLACE, context.reading.sentence.stop)):
        if context.is_in("parts_predicate_verbs", k):
            return k
        if context.ends(k) or any(c.first == k for c in context.cues):
            break
    return i


def _behind_who(i: int, context: Context) -> int:
    """ "those who were killed": where what is said of them stands; i where no relative clause begins."""
    if context.word(i) != "who":
        return i
    grammar, k = context.rules.grammar, i + 1
    while context.word(k) in grammar.be or context.word(k) in grammar.have:
        k += 1
    return k


def _of_the_harmed(number: Number, context: Context) -> Mention | None:
    """ "Five of the murdered monks had been tied up": their harm stands in front of the noun."""
    if context.word(number.stop) != "of" or not context.is_in("claims_pointers", number.stop + 1):
        return None
    counted = next((m for m in context.bound if m.number.first == number.stop + 2 and m.cue is not None), None)
    if counted is not None:
        return _of_the_counted(number, counted, context)
    cue = next((c for c in context.cues if number.stop + 2 <= c.first <= number.stop + 3), None)
    phrase = context.reading.phrase(cue.first) if cue else None
    if cue is None or phrase is None or cue.stop >= phrase.stop or cue.rule.victim not in ("object", "state", "labile"):
        return None
    noun = (cue.stop, phrase.stop)
    people = context.people(noun)
    if people.things or _are_alive(phrase.stop, context):
        return None
    like = next((m for m in context.latest(cue.rule.harm) if not m.implicit and not m.part), None)
    if like is not None and (like.number.high is None or like.number.high > (number.low or 0)):
        mention = context.follow(number, like, "of_the_harmed", noun)
        return mention._replace(cue=cue) if mention else None
    return Mention(number, cue, cue.rule.harm, phrase, people, noun, "of_the_harmed", context.index)


def _of_the_counted(number: Number, whole: Mention, context: Context) -> Mention | None:
    """ "19 of the 35 dead were civilians": a part of the figure behind it, of whom a copula says who they were."""
    if whole.cue is None or whole.cue.first < whole.number.first or not _fits(number, whole.number):
        return None
    stop = _behind_place(max(whole.cue.stop, whole.number.stop), context)
    if not context.is_in("parts_copulas", stop):
        return None
    noun = context.predicate(stop)
    if noun is None or not context.people(noun).known or _are_alive(stop, context):
        return None
    return context.follow(number, whole, "of_them", noun)


def _fits(part: Number, whole: Number) -> bool:
    """Whether a figure is no larger than another one."""
    return part.low is None or whole.high is None or part.low <= whole.high


def _is_other_harm(cue: HarmCue, like: Mention) -> bool:
    """ "Ten died and 30 were hurt; four of the dead were nurses": not of the nearest figure."""
    return cue.rule.harm != like.harm and cue.rule.victim != "self"


def points_at_others(i: int, context: Context) -> bool:
    """Whether the words at token i point at people or things that no figure counts: "residents, many of whom"."""
    if context.word(i - 1) not in _MARKS:
        return False
    phrase = context.reading.phrase(i - 2)
    if phrase is None:
        return False
    people, many = context.people((phrase.first, phrase.stop)), context.word(phrase.head).endswith("s")
    if people.things:
        return many  # "hurt in the raid, four of them badly"
    counted = any(phrase.first - 12 <= m.number.first < i for m in context.bound) or _is_said_of_them(phrase, context)
    return not counted and people.known and many


def _is_said_of_them(phrase: Phrase, context: Context) -> bool:
    """ "Most were students", "They were mostly nurses": the phrase says who the counted are."""
    opening = context.first
    said = (
        context.is_in("parts_predicate_verbs", phrase.first - 1) or context.at("mostly", phrase.first - 1) is not None
    )
    return said and phrase.first - opening <= 4 and context.is_in("parts_counted_subjects", opening)


def _are_alive(i: int, context: Context) -> bool:
    """Whether what follows says that they live: "a few of them had been released"."""
    return context.rules.resolution["survival"].occurs(context.tokens, i, min(i + _REACH, context.stop))


def fraction_of(number: Number, context: Context) -> Mention | None:
    """ "Half of the 60 dead were children", "two thirds of the 90"."""
    if number.share is None or context.word(number.stop) != "of":
        return None
    whole = next((m for m in context.bound if number.stop < m.number.first <= number.stop + 2), None)
    if whole is None:
        return None
    end = max(whole.number.stop, whole.noun[1] if whole.noun else 0, whole.cue.stop if whole.cue else 0)
    return context.follow(number, whole, "fraction_of", context.predicate(end))


def whom(number: Number, context: Context) -> Mention | None:
    """ "of whom 11 were nurses", "of which 20 were women", "Of those killed six were children"."""
    first = context.first
    lead = context.ending("of_them", number.first)
    if lead is None and context.word(number.first - 1) == ",":
        lead = context.ending("of_them", number.first - 1)
    if lead is not None and any(n.stop == lead.first for n in context.numbers):
        return None  # "one of them a child": the child is who the one is
    opened = context.word(first) == "of" and number.first - first < 12
    if (lead is None and not opened) or _is_counted_again(number, context):
        return None
    if context.at("survival", number.stop) or _are_alive(number.stop, context):
        return None
    noun = context.noun_of(number) or context.predicate(number.stop)
    if lead is None and noun is not None and not context.people(noun).known:
        return None
    cue = next((c for c in context.cues if c.first < number.first and number.first - c.first < 8), None)
    if not opened or cue is None:
        like = context.whole(number.first)
        return context.follow(number, like, "of_whom", noun) if like else None
    like = _whole_at_opening(number, cue, context)
    if like is None:  # "Of those hurt four ...": no figure of them all
        people, phrase = context.people(noun), context.reading.phrase(number.core)
        return Mention(number, cue, cue.rule.harm, phrase, people, noun, "of_the_dead", context.index)
    return context.follow(number, like, "of_whom", noun)


def _is_counted_again(number: Number, context: Context) -> bool:
    """ "15 monks were hanged. Of these 15, ...": no new figure."""
    again = (m for m in context.earlier if m.number.value == number.value)
    return context.is_in("claims_pointers", number.first - 1) and any(again)


def _whole_at_opening(number: Number, cue: HarmCue, context: Context) -> Mention | None:
    """ "Of those killed, ...": the last figure of that harm that may hold this one."""
    before = (context.index, cue.first)
    wholes = (
        m
        for m in context.latest(cue.rule.harm)
        if not m.part and not m.implicit and (m.sentence, m.number.first) < before
    )
    return next((m for m in wholes if m.number.high is None or m.number.high >= (number.value or 0)), None)


def severity(number: Number, context: Context) -> Mention | None:
    """ "20 workers, two of them critically", "three critically", "one fatally"."""
    like = context.holding(context.before(number.first), number)
    if like is None:
        return None
    if context.at("fatally", number.stop):
        return context.follow(number, like, "fatally", harm="killed")
    form = context.at("severity", number.stop)
    return context.follow(number, like, "severity") if form is not None and context.ends(form.stop) else None


def the_rest(number: Number, context: Context) -> Mention | None:
    """ "nine were guards and the rest traders": the whole less its parts, worked out where the parts are known."""
    if number.kind != "rest":
        return None
    part = next((m for m in reversed(context.bound) if m.number.first < number.first and m.part), None)
    like = part.whole_of if part else None
    if like is None or like.number.value is None:
        return None
    known = [m for m in (*context.earlier, *context.bound) if m.part and m.whole_of is not None]
    value = like.number.value - sum(m.number.value or 0 for m in known if _is_part_of(m, like))
    if value <= 0:
        return None
    left = number._replace(value=value, low=value, high=value)
    return context.follow(left, like, "the_rest", context.noun_of(number) or context.predicate(number.stop))


def _is_part_of(mention: Mention, whole: Mention) -> bool:
    return mention.whole_of is not None and mention.whole_of.number == whole.number
