"""Figures that share the verb of another: places and kinds of a sum, and clauses that do not say the verb again."""

from __future__ import annotations

from casualty_extract.stages.mentions import Mention, Number
from casualty_extract.stages.parts.context import Context

_DASHES = frozenset("-–—:")
_OPENING = frozenset("-–—:(")
_LEADS = frozenset(["and", *",-–—:(;"])


def breakdown(number: Number, context: Context) -> Mention | None:
    """ "27 people were killed - 15 in Merrow, eight in Dunlea", "nine died in Merrow and the other six in Dunlea"."""
    like = context.before(number.first) if number.kind in ("figure", "vague", "ordinal", "another") else None
    if like is None:
        return None
    i = _behind_others(number, context)
    if i is None or any(c.first == i and c.rule.name != "in_hospital" for c in context.cues):  # "and thousands in jail"
        return None
    follows = like.rule == "breakdown"
    whole = like.whole_of if follows and like.whole_of else like
    if context.is_in("parts_no_places", i + 1):
        return None  # "and 1.2 million in need of aid"
    place, manner = context.is_in("parts_place_leads", i), context.is_in("parts_manner_leads", i)
    if not (place or manner) or _lead(number, context) not in _LEADS:
        return None
    if _lead(number, context) == "," and _holds(whole, number) and not _is_placed(like, number, i, context):
        return context.follow(number, whole, "breakdown")
    if manner and not follows and not _is_placed(like, number, i, context):
        return None
    between = range(like.number.stop, number.first)
    if (follows and like.part) or any(context.word(k) in _DASHES for k in between):
        return context.follow(number, whole, "breakdown")
    mention = context.follow(number, like, "breakdown", part=False)
    return mention._replace(people=like.people, carried=True) if mention else None


def _holds(whole: Mention, number: Number) -> bool:
    """Whether a figure is larger than one behind it."""
    return number.kind == "figure" and (whole.number.value or whole.number.low or 0) > (number.value or number.low or 0)


def _is_placed(like: Mention, number: Number, lead: int, context: Context) -> bool:
    """Whether a figure has a place or a cause of its own: "four died in Harl, two in Tolm", "four killed by shells and
    two by mines"; not "four died in raids, two in"."""
    if like.part:
        return False
    for i in range(like.number.stop, number.first - 1):
        if context.word(i) == context.word(lead) and context.is_in("parts_manner_leads", i):
            return True
        phrase = context.reading.phrase(i + 1) if context.is_in("parts_place_leads", i) else None
        if phrase is None or context.word(phrase.first) in context.rules.grammar.times:
            continue
        if context.at("causes", phrase.head) is None:
            return True
    return False


def _behind_others(number: Number, context: Context) -> int | None:
    """The token behind a bare figure, "15 others" or "15 more"; None where the figure has a noun."""
    phrase = context.reading.phrase(number.core)
    if phrase is not None and context.is_in("parts_others", phrase.stop - 1):
        return phrase.stop
    return None if phrase is not None and phrase.stop > number.stop else number.stop


def _lead(number: Number, context: Context) -> str:
    """The word in front of a figure, and of "the" or "the other" before it."""
    lead = context.word(number.first - 1)
    if lead == "the":
        return context.word(number.first - 2)
    return context.word(number.first - 3) if lead == "other" else lead


def kinds(number: Number, context: Context) -> Mention | None:
    """ "Twelve people were killed: seven soldiers and five policemen": groups behind a colon or dash."""
    if not context.bound or _OPENING.isdisjoint(context.words):
        return None
    tokens = context.tokens
    mark = next((i for i in range(number.first - 1, context.first, -1) if tokens[i].text in _OPENING), None)
    if mark is None or (number.kind == "article" and number.first - mark > 12):
        return None
    like, end = context.before(mark), context.stop
    if tokens[mark].text == "(":
        end = next((i for i in range(mark, context.stop) if tokens[i].text == ")"), end)
    if like is None or like.implicit or number.first > end or any(mark < c.first < end for c in context.cues):
        return None
    between = [context.word(i) for i in range(mark, number.first)]
    if any(word in context.rules.grammar.be or word in ("who", "that") for word in between):
        return None
    noun = context.noun_of(number)
    if noun is None or not context.people(noun).known:
        return None
    other_unit = context.people(noun).unit != like.people.unit  # "45,000 people (9,000 households)": the same people
    return context.follow(number, like, "kinds", noun, part=not other_unit)


def summed(number: Number, context: Context) -> Mention | None:
    """ "Thirteen people died, nine soldiers and four civilians": kinds behind the clause that add up to the whole."""
    phrase = context.reading.phrase(number.core) if number.kind == "figure" and context.bound else None
    noun = context.noun_of(number)
    if phrase is None or noun is None or not context.people(noun).known:
        return None
    like, lead = context.before(number.first), context.word(phrase.first - 1)
    if like is not None and like.rule == "kinds" and like.whole_of is not None and lead in (",", "and"):
        return context.follow(number, like.whole_of, "kinds", noun)
    if like is None or like.part or like.number.value is None or lead != ",":
        return None
    group = context.reading.after(phrase.first)
    values = [n.value or 0 for n in context.numbers if any(p.first <= n.core < p.stop for p in group)]
    adds_up = len(values) == len(group) > 1 and sum(values) == like.number.value
    return context.follow(number, like, "kinds", noun) if adds_up else None


def copular(number: Number, context: Context) -> Mention | None:
    """ "Bodies were found; 12 were women": a bare figure, a copula and a noun of people, behind a bound figure."""
    if number.kind not in ("figure", "vague") or context.word(number.stop) not in ("were", "are"):
        return None
    like = context.whole(number.first)
    if like is None or context.index - like.sentence > 1:
        return None
    noun = context.predicate(number.stop)
    if noun is None or not context.people(noun).known or any(c.first == noun[0] for c in context.cues):
        return None
    return context.follow(number, like, "copular", noun)


def gapped(number: Number, context: Context) -> Mention | None:
    """ "the first wave killed six and the second two", "rebels put it at 80, the army at 12"."""
    like = context.before(number.first) if number.kind in ("figure", "vague", "none") else None
    if like is None or not context.ends(number.stop):
        return None
    i = number.first - 1
    phrase = context.reading.phrase(i - 1 if context.word(i) in ("at", "of") else i)
    if phrase is None or phrase.first < like.number.stop or context.word(phrase.first) in ("a", "an"):
        return None
    if not context.is_in("parts_gap_leads", phrase.first - 1) or _says_more(number, phrase.first, like, context):
        return None
    mention = context.follow(number, like, "gapped", part=False)
    return mention._replace(people=like.people, carried=True, detached=True) if mention else None


def _says_more(number: Number, subject: int, like: Mention, context: Context) -> bool:
    """Whether more than a subject stands between the two figures: further clauses, or a harm word."""
    marks = sum(context.word(k) in (",", ";") for k in range(like.number.stop, subject))
    first = max(like.number.first, like.cue.first if like.cue else 0)
    return marks > 2 or any(c.first > first and c.stop <= number.first for c in context.cues)


def gapped_group(number: Number, context: Context) -> Mention | None:
    """ "Three nuns were killed in Harl and two priests in Tarn": the verb is not said again."""
    like = context.before(number.first)
    if like is None or like.rule not in ("passive_subject", "subject"):
        return None
    if like.cue is None or like.cue.first > number.first:
        return None
    phrase, noun = context.reading.phrase(number.core), context.noun_of(number)
    if phrase is None or noun is None or context.word(phrase.first - 1) != "and":
        return None
    if not context.is_in("parts_gapped_places", phrase.extent) or not context.people(noun).known:
        return None
    place = context.reading.phrase(phrase.extent + 1)
    if place is None or not context.ends(place.extent):
        return None
    return context.follow(number, like, "gapped_group", noun, part=False)
