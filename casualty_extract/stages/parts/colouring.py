"""Of whom wholes and parts consist: mixed groups, what is said of all or most, parts without a noun of their own."""

from __future__ import annotations

from casualty_extract.stages.mentions import Mention, People
from casualty_extract.stages.parts.context import Context

_RANKS = ("military_rank", "officer")  # rules of victims that name a rank, which armies and police share
_LEADERS = ("cadre", "chief", "leader")  # those whom every armed side has
_ARMED = ("military", "security", "armed_group")


def colour(mention: Mention, context: Context) -> Mention:
    """A group that holds a part of another category is mixed; a part without a noun is of its whole's category."""
    if mention.whole_of is not None and mention.people.category == "unspecified" and mention.noun is None:
        return _like_its_whole(mention, mention.whole_of)
    whole = mention.whole_of
    if whole is not None and whole.sentence == mention.sentence and _is_of_theirs(mention, whole, context):
        return _like_its_whole(mention, whole)
    shared = _attributes_of_all(mention, context)
    if shared:
        attributes = tuple(dict.fromkeys((*mention.people.attributes, *shared)))
        mention = mention._replace(people=mention.people._replace(attributes=attributes))
    people = mention.people
    said = _said_of_all(mention, context) if people.category == "unspecified" else None
    if said is not None:
        return mention._replace(people=people._replace(category=said, rule=f"{people.rule}_described"))
    if any(_is_part(m, mention) and _is_other_kind(m.people, people) for m in context.bound):
        return mention._replace(people=people._replace(category="mixed", rule=f"{people.rule}_with_parts"))
    return mention


def _like_its_whole(mention: Mention, whole: Mention) -> Mention:
    """ "12 soldiers were hurt, two critically": the two are soldiers."""
    category = whole.people.category
    if category in ("unspecified", "mixed"):
        return mention
    people = mention.people._replace(category=category, rule=f"{mention.people.rule}_carried")
    return mention._replace(people=people, carried=True)


def _is_part(part: Mention, mention: Mention) -> bool:
    return part.whole_of is not None and part.whole_of.number is mention.number and part.harm == mention.harm


def _leads(part: People, whole: People) -> bool:
    """ "Three soldiers, including a commander": one of theirs, where nothing says of whom."""
    known = part.rule in _LEADERS and part.affiliation is None
    return known and whole.category in _ARMED and whole.category != part.category


def _is_of_theirs(part: Mention, whole: Mention, context: Context) -> bool:
    """ "Three soldiers, including a commander", "four soldiers, including two women": of their side, where nothing says
    another."""
    if _leads(part.people, whole.people):
        return True
    if whole.people.category not in _ARMED or part.noun is None or "child" in part.people.attributes:
        return False
    between = range(whole.number.stop, part.number.first)
    others = any(context.word(i) in ("civilians", "civilian") for i in between)
    return not others and context.is_in("parts_women", part.noun[1] - 1)


def _is_other_kind(part: People, whole: People) -> bool:
    """Children, women, the old and relatives are of no other kind than those whom they are part of."""
    if {part.category, whole.category} == {"military", "security"} and part.rule in _RANKS:
        return False  # "three guards including a colonel": a rank of theirs
    if _leads(part, whole):
        return False
    return (
        part.category not in (whole.category, "unspecified")
        and not {"child", "woman", "woman_or_child", "elderly", "family"} & set(part.attributes)
        and part.rule != "kin"
    )


def _attributes_of_all(mention: Mention, context: Context) -> tuple[str, ...]:
    """ "nine people, all of them women": what holds for every one of them."""
    if mention.noun is None:
        return ()
    i = mention.noun[1] + (context.word(mention.noun[1]) in (",", "(", "-"))
    people = _described("all_of_them", i, context)
    return people.attributes if people else ()


def _said_of_all(mention: Mention, context: Context) -> str | None:
    """ "55 people, most of them civilians": mixed; "40 people, all of them supporters": their category."""
    if mention.noun is None:
        return None
    i = mention.noun[1] + context.is_in("parts_description_marks", mention.noun[1])
    if _lists_another_kind(i, context) or _names_two_kinds(i, context):
        return "mixed"
    name = next((name for name in ("mostly", "all_of_them") if context.at(name, i)), None)
    people = _described(name, i, context) if name else None
    if people is None or not people.known or people.category == "unspecified":
        return None
    if {"child", "woman"} & set(people.attributes):
        return None
    return "mixed" if name == "mostly" else people.category


def _lists_another_kind(i: int, context: Context) -> bool:
    """ "20 people including militants, police and civilians": kinds named without a number."""
    form = context.at("includes", i)
    kinds = context.reading.after(form.stop) if form else ()
    if not kinds or any(phrase.first <= n.core < phrase.stop for phrase in kinds for n in context.numbers):
        return False
    people = [context.people((phrase.first, phrase.extent)) for phrase in kinds]
    return any(p.known and p.category != "unspecified" and not {"child", "woman"} & set(p.attributes) for p in people)


def _names_two_kinds(i: int, context: Context) -> bool:
    """ "Forty people, soldiers and civilians alike, were killed"."""
    if not context.is_in("parts_description_marks", i - 1):
        return False
    group = context.reading.after(i)
    if len(group) != 2 or any(group[0].first <= n.core < group[1].stop for n in context.numbers):
        return False
    kinds = {context.people((phrase.first, phrase.extent)).category for phrase in group}
    closed = context.word(group[1].extent) in (",", ")", "alike", "-", "–")
    return closed and len(kinds) == 2 and "unspecified" not in kinds


def _described(name: str, i: int, context: Context) -> People | None:
    """The people in the phrase right behind a form of this list at token i."""
    form = context.at(name, i)
    phrase = context.reading.phrase(form.stop) if form else None
    if form is None or phrase is None or phrase.first != form.stop:
        return None
    return context.people((phrase.first, phrase.extent))
