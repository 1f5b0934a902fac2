"""Who in a phrase may speak: victims, deeds and states of people are no sources, and a source may be glued to them."""

from __future__ import annotations

from casualty_extract.analysis import Phrase
from casualty_extract.stages.sayings.context import Context

_YEARS = range(1900, 2100)


def speaker_start(context: Context, phrase: Phrase) -> int | None:
    """Where the speaker of a phrase begins: "11 children state media" is read as "state media". None where nobody in
    the phrase speaks: victims ("about 30"), a deed ("the incident"), a state ("dead")."""
    first = phrase.first + _is_year(context, phrase)
    if context.breaks:
        first = next((i for i in range(first + 1, phrase.stop) if i in context.breaks), first)
    counted = _counted(context, first, phrase.stop)
    glued = _behind_glue(context, counted, first, phrase.stop)
    if glued is not None:
        return glued
    if _is_count(context, counted, first, phrase.stop) or _is_state(context, first, phrase.stop):
        return None
    if context.word(phrase.head) in context.rules.closed["sayings_no_speakers"]:
        return first if context.is_capital(phrase.head) and not context.tokens[first].text.isupper() else None
    return first


def _is_year(context: Context, phrase: Phrase) -> bool:
    """Whether the year of a date is glued to a source: "Monday 23 Oct 2017 Syrian activists say"."""
    year = context.tokens[phrase.first].lower
    return phrase.stop > phrase.first + 1 and len(year) == 4 and year.isdigit() and int(year) in _YEARS


def _behind_glue(context: Context, counted: int, first: int, stop: int) -> int | None:
    """Where a source begins that the text glues to victims or a deed: "dozens more state media", "an operation security
    sources"; None for none. ``counted`` is the figure that opens the phrase, -1 for none."""
    if stop - first < 2:
        return None
    deeds = context.rules.closed["sayings_no_speakers"]
    if counted < 0 and deeds.isdisjoint([token.lower for token in context.tokens[first : stop - 1]]):
        return None  # most phrases: nothing in them that a source may be glued to
    ends = [k + 1 for k in range(first, stop - 1) if _ends_other(context, counted, k)]
    for end in reversed(ends):
        if context.holds(context.rules.sources, end, stop) or context.holds(context.rules.bodies, end, stop):
            return end
    return None


def _ends_other(context: Context, counted: int, i: int) -> bool:
    """Whether a token ends victims ("11 children") or names a deed ("operation") inside a phrase."""
    word, closed = context.word(i), context.rules.closed
    if context.word(i + 1) in ("'s", "'") or context.is_capital(i):
        return False
    if word in closed["sayings_no_speakers"]:
        return context.rules.sources.at(context.tokens, i, context.stop) is None
    if not -1 < counted < i:
        return False
    if word in closed["sayings_counted"]:
        return True
    plural = word.endswith("s") or word in context.rules.grammar.plurals
    return plural and context.rules.victims.ending(context.tokens, i + 1, counted) is not None


def _counted(context: Context, first: int, stop: int) -> int:
    """The figure that opens a phrase, behind words such as "at least"; -1 where none does."""
    i = first
    while i < stop and context.word(i) in context.rules.closed["sayings_before_count"]:
        i += 1
    return i if i < stop and context.is_figure(i) else -1


def _is_count(context: Context, counted: int, first: int, stop: int) -> bool:
    """ "about 30 injured a source told": victims, not a source; "three officials" are one."""
    if counted < 0 or (counted == first and context.word(first) in context.rules.closed["sayings_few"]):
        return False
    return not context.holds(context.rules.sources, first, stop)


def _is_state(context: Context, first: int, stop: int) -> bool:
    """ "45 people dead", "has been SUSPENDED": what somebody is, not who speaks."""
    if stop - first > 1 or context.holds(context.rules.sources, first, stop):
        return False
    if context.word(first - 1) in context.rules.grammar.be:
        return True
    return context.tokens[first].text.islower() and context.rules.harms.at(context.tokens, first, stop) is not None
