"""Parts that are named with their whole: "including 17 children", "among the dead were two"."""

from __future__ import annotations

from casualty_extract.analysis import Phrase
from casualty_extract.rules.lexicon import Match
from casualty_extract.stages.mentions import HarmCue, Mention, Number
from casualty_extract.stages.parts.context import Context, Noun
from casualty_extract.stages.parts.of_them import points_at_others

_OPENING = frozenset(",-–—(:")
_CLOSING = frozenset(",-–—).")
_NAMES_REACH = 16  # tokens of the names between "including" and a further part
_EVERYBODY = 6  # tokens of "all on board" with the comma behind
_OF_CLAUSES = ("subject", "object", "state", "labile")  # roles of harm words
# rules behind whose parts further parts are listed
_LISTS = ("included", "of_them", "breakdown", "apposition", "of_whom", "among_dead")


def included(number: Number, context: Context) -> Mention | None:
    """ "including 17 children and nine women", "among them a bride": parts of the figure before."""
    begin = context.begin(number)
    begin -= context.is_in("parts_article_leads", begin - 1)  # "including the two bombers"
    lead = context.ending("includes", begin) or _lead_of_names(number, begin, context)
    if lead is None:
        return _listed(number, begin, context) or _included_behind(number, context)
    noun = context.noun_of(number)
    cue = next((c for c in context.cues if c.stop == lead.first and context.word(c.first - 1) == "the"), None)
    like = context.whole(number.first)
    who = context.word(lead.first - 1) in ("who", "which")  # "the members, who include several women"
    if cue is None and points_at_others(lead.first - who, context):
        return _included_in_subject(number, lead.first - who, context, noun)
    if cue is not None and (like is None or like.harm != cue.rule.harm):  # "The dead included five nurses"
        like = next(context.latest(cue.rule.harm), None)
    if like is None:
        return _included_victims(number, lead.first, context, noun)
    if like.number.high is not None and like.number.high < (number.low or 0):
        return None  # "hit a constable of a force that included 60 troopers"
    return context.follow(number, like, "included", noun)


def _lead_of_names(number: Number, begin: int, context: Context) -> Match[str] | None:
    """ "Including Judge Omar Dar and a policeman": the word of parts in front of a name that no figure counts."""
    if context.word(begin - 1) != "and" or number.kind not in ("article", "figure") or not context.may_hold("includes"):
        return None
    breaks = context.rules.closed["parts_list_breaks"]
    for i in range(begin - 2, max(context.first, begin - _NAMES_REACH), -1):
        if context.word(i) in breaks or any(n.core == i and n.kind != "article" for n in context.numbers):
            return None
        lead = context.ending("includes", i) if context.tokens[i].capital else None
        if lead is not None:
            between = (m for m in context.bound if lead.stop <= m.number.first < begin)
            return None if next(between, None) else lead
    return None


def _included_in_subject(number: Number, lead: int, context: Context, noun: Noun | None) -> Mention | None:
    """ "The migrants, including 12 children, drowned": a part of people whom no figure counts and a harm word harms."""
    outer, people = context.reading.phrase(lead - 2), context.people(noun)
    if outer is None or not people.known or people.things:
        return None
    for cue in context.cues:
        if cue.rule.victim not in _OF_CLAUSES:
            continue
        clause = context.reading.clause(cue.first, cue.stop)
        active = cue.rule.victim == "object" and not clause.passive
        if outer in (clause.object if active else clause.subject):
            phrase = context.reading.phrase(number.core)
            return Mention(number, cue, cue.rule.harm, phrase, people, noun, "included_victims", context.index)
    return None


def _included_victims(number: Number, lead: int, context: Context, noun: Noun | None) -> Mention | None:
    """ "Victims include 8 children", "killed all on board, including four crew": no figure before; the dead are killed,
    of victims the words do not say."""
    cue = next((c for c in context.cues if c.stop <= lead <= c.stop + 1 or _harms_all(c, lead, context)), None)
    people = context.people(noun)
    if people.things or not people.known or (cue is None and not context.is_in("parts_victims", lead - 1)):
        return None
    phrase, harm = context.reading.phrase(number.core), cue.rule.harm if cue else "casualties"
    return Mention(number, cue, harm, phrase, people, noun, "included_victims", context.index)


def _harms_all(cue: HarmCue, lead: int, context: Context) -> bool:
    """ "Killed all on board, including": whether everybody in front of the parts is the object."""
    near = cue.rule.victim == "object" and cue.stop < lead <= cue.stop + _EVERYBODY
    return near and context.is_in("parts_everybody", cue.stop)


def _included_behind(number: Number, context: Context) -> Mention | None:
    """ "Twelve people were killed, two attackers among them": the words stand behind the part."""
    if not context.bound or not context.may_hold("included_behind"):
        return None
    phrase = context.reading.phrase(number.core)
    group = context.reading.group(phrase) if phrase else ()
    like = next((m for m in reversed(context.bound) if group and m.number.first < group[0].first), None)
    if like is None or context.word(group[0].first - 1) not in _OPENING:
        return None
    form = context.at("included_behind", group[-1].extent)
    if form is None or not context.ends(form.stop):
        return None
    return context.follow(number, like, "included", context.noun_of(number))


def _listed(number: Number, begin: int, context: Context) -> Mention | None:
    """A figure coordinated with a part: "including five from Varn, two from Salpang and one from Karli"."""
    last = context.before(begin)
    first = last.whole_of if last is not None and last.rule == "of_them" else last
    if first is not None and not first.part and first.rule in ("included_victims", "among_dead"):
        return _listed_victims(number, begin, first, context)
    if last is None or not last.part or last.rule not in _LISTS:
        return None
    between = [context.word(i) for i in range(last.number.stop, begin)]
    if between and between[-1] in context.rules.grammar.possessives:
        between.pop()  # "including a couple and their three children"
    breaks = context.rules.closed["parts_list_breaks"]
    if (
        not between
        or between[-1] not in (",", "and", "&")
        or (last.rule == "of_them" and (between[-1] == "," or number.kind == "article"))
        or len(between) > 14
        or any(word in breaks for word in between)
    ):
        return None
    phrase = context.reading.phrase(number.core)
    after = phrase.extent if phrase else number.stop
    after += context.word(after) in context.rules.grammar.be  # "... and 43 others were injured"
    others = phrase is not None and context.word(phrase.head) == "others"
    shared = last.whole_of.cue if last.whole_of and not others else None
    if last.whole_of is None or any(c.first == after and c is not shared for c in context.cues):
        return None
    return context.follow(number, last.whole_of, last.rule, context.noun_of(number))


def _listed_victims(number: Number, begin: int, last: Mention, context: Context) -> Mention | None:
    """ "The dead included eight soldiers, three guards and a driver": further victims where no figure counts all."""
    phrase = context.reading.phrase(number.core)
    closed = context.word(begin - 1) == "and" and context.word(begin - 2) == ","  # "three of them women, and two"
    if last.phrase is None or phrase is None or not (closed or phrase in context.reading.group(last.phrase)):
        return None
    people, noun = context.people(context.noun_of(number)), context.noun_of(number)
    verb = phrase.extent + (context.word(phrase.extent) in context.rules.grammar.be)
    harmed = any(cue.first == verb for cue in context.cues)
    if people.things or not people.known or harmed or context.word(begin - 1) not in (",", "and", "&"):
        return None
    return Mention(number, last.cue, last.harm, phrase, people, noun, "included_victims", context.index)


def among_dead(number: Number, context: Context) -> Mention | None:
    """ "Among the 50 dead was a crew of six", "among the dead were two children": behind the copula."""
    if not context.cues or "among" not in context.words:
        return None
    phrase = context.reading.phrase(number.core)
    cue = _cue_of_among(phrase, context) if phrase else None
    if phrase is None or cue is None:
        return None
    if number.kind == "article" and context.is_group(phrase):
        return None
    like = next((m for m in reversed(context.bound) if m.cue is cue), None) or next(
        (m for m in reversed(context.earlier) if m.harm == cue.rule.harm), None
    )
    noun = context.noun_of(number)
    if like is not None:
        return context.follow(number, like, "among_dead", noun)
    people = context.people(noun)
    if people.things or (number.kind == "article" and not people.known):
        return None
    return Mention(number, cue, cue.rule.harm, phrase, people, noun, "among_dead", context.index)


def among_victims(number: Number, context: Context) -> Mention | None:
    """ "Twelve children were among the victims": of the nearest figure of an earlier sentence that may hold them."""
    if number.kind == "article" or not context.earlier or not context.may_hold("among"):
        return None
    phrase = context.reading.phrase(number.core)
    if phrase is None or not context.is_in("parts_copulas", phrase.extent):
        return None
    form = context.at("among", phrase.extent + 1)
    if form is None or any(form.first <= c.first < form.stop + 3 for c in context.cues):
        return None
    wholes = (m for m in reversed(context.earlier) if m.harm in ("killed", "casualties") and not m.implicit)
    fitting = (m for m in wholes if m.number.high is None or m.number.high > (number.low or 0))
    like = next((m for m in fitting if not m.part and m.number.kind != "none"), None)
    return context.follow(number, like, "among_victims", context.noun_of(number)) if like else None


def _cue_of_among(phrase: Phrase, context: Context) -> HarmCue | None:
    """The harm word of "among the dead were" right in front of a phrase."""
    first = phrase.first
    if context.word(first - 1) == "of":  # a family of ten
        outer = context.reading.phrase(first - 2)
        first = outer.first if outer else first
    if not context.is_in("parts_copulas", first - 1) and context.word(first - 1) != ":":
        return None
    if all(context.word(i) != "among" for i in range(first - 9, first - 1)):
        return None
    return next((c for c in context.cues if first - 6 <= c.first < first - 1), None)


def apposition(number: Number, context: Context) -> Mention | None:
    """ "Five people, a driver and four guards, were killed"."""
    like = context.before(number.first)
    if like is None or like.part or like.phrase is None or like.number.kind in ("definite", "article"):
        return None  # "24 died: 14 men, six women and four children": all are of the 24
    phrase, start = context.reading.phrase(number.core), like.phrase.extent
    if phrase is None or phrase.first < start or context.word(start) not in _OPENING:
        return None
    group = context.reading.after(start + 1)
    if phrase not in group:
        return None
    end, noun = context.word(group[-1].extent), context.noun_of(number)
    if end and end not in _CLOSING:
        return None
    same = context.people(noun).unit == like.people.unit  # "45,000 people (9,000 households)": the same people
    return context.follow(number, like, "apposition", noun, part=same)
