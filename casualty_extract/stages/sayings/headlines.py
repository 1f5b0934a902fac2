"""Headlines, where a mark stands for the verb: "Nine killed: report", "Hospital: Nine killed"."""

from __future__ import annotations

from casualty_extract.rules.types import CueRule
from casualty_extract.stages.mentions import Link, Saying, Speech
from casualty_extract.stages.sayings.breaks import OPENING
from casualty_extract.stages.sayings.context import Context

_HEADLINE = CueRule("headline", "says", None)
_MARKS = frozenset(":-–—")
_LONGEST = 40  # tokens of a headline
_REACH = 6  # tokens from the end in which the source of a headline begins
_NAME = 3  # words of a name behind a title
_SOURCE = 10  # tokens in which a colon ends the source that opens a headline


def says_nothing(context: Context) -> bool:
    """Whether a sentence without words of saying is no headline either: no mark stands for the verb, no agency."""
    late = context.first > OPENING and context.words[context.first] != "by"
    return late and _MARKS.isdisjoint(context.words[context.first : context.stop])


def read_headline(context: Context) -> Saying | None:
    """The source behind the last mark or in front of the first colon."""
    tokens, last = context.tokens, context.stop
    while last > context.first and tokens[last - 1].text == ".":
        last -= 1
    nearest = max(context.first, last - _REACH) + 1
    if not _MARKS.isdisjoint(context.words[nearest : last - 1]):
        for i in range(last - 2, nearest - 1, -1):
            if tokens[i].text in _MARKS and _is_spaced(context, i):
                return _closing_source(context, i, last)
    opening = context.words[context.first + 1 : min(context.first + _SOURCE, context.stop - 1)]
    if ":" in opening:
        return _opening_source(context, context.first + 1 + opening.index(":"))
    return _source_of_agency(context, context.agency_line) if context.agency_line is not None else None


def _source_of_agency(context: Context, line: tuple[int, int]) -> Saying | None:
    """ "Blast kills nine guards Mayor AFP Monday 6 May 2019 ...": the source in front of the agency."""
    match = context.rules.sources.ending(context.tokens, line[0], context.first)
    if match is None or context.word(match.first - 1) in context.rules.grammar.prepositions:
        return None
    if context.word(match.stop - 1) in context.rules.resolution["groups"]:
        return None  # "taken from the Islamic State group AP Monday"
    link = Link(match.first, match.stop, (match.first, match.stop))
    return Saying(Speech(match.first, match.stop, _HEADLINE), (link,), ((context.first, match.first),), match.first)


def _is_behind_preposition(context: Context, first: int, colon: int) -> bool:
    """Whether the last phrase in front of a colon only says where: "Bomb in Harl:"; "Ministry of Health:" does not."""
    phrase = context.reading.phrase(colon - 1)
    lead = context.word(phrase.first - 1) if phrase is not None and phrase.first > first else ""
    return lead != "of" and lead in context.rules.grammar.prepositions


def _is_spaced(context: Context, i: int) -> bool:
    """Whether a mark stands off the words beside it: no hyphen, no time of day."""
    return context.tokens[i].gap + context.tokens[i + 1].gap > 0


def _closing_source(context: Context, mark: int, last: int) -> Saying | None:
    """ "Nine killed in mine: report", "Nine killed in mine - ministry"."""
    link = Link(mark + 1, last, (mark, mark + 1))
    says_more = context.word(mark + 1) in context.rules.grammar.be  # "... - was confirmed by police"
    if context.stop - context.first >= _LONGEST or says_more or not context.is_source(link):
        return None
    return Saying(Speech(mark, mark + 1, _HEADLINE), (link,), ((context.first, mark),), mark)


def _opening_source(context: Context, colon: int) -> Saying | None:
    """ "Hospital: Nine killed", "Blast at the mine, mayor: nine killed"."""
    tokens, rules = context.tokens, context.rules
    known = rules.sources.ending(tokens, colon, context.first) or rules.bodies.ending(tokens, colon, context.first)
    if not known and not _is_titled(context, colon):
        return None
    phrase = context.reading.phrase(colon - 1)
    first = phrase.first if phrase and colon - context.first > 5 else context.first
    if context.word(first - 1) in rules.grammar.prepositions or _is_behind_preposition(context, first, colon):
        return None  # "Bomb hits bus in Harl: six martyrs"
    link = Link(first, colon, (colon, colon + 1))
    return Saying(Speech(colon, colon + 1, _HEADLINE), (link,), ((colon + 1, context.stop),), context.first)


def _is_titled(context: Context, colon: int) -> bool:
    """ "Mayor Ilse Brandt: two firefighters have died": a title and a name open the sentence."""
    title = context.rules.sources.at(context.tokens, context.first, colon)
    if title is None or not title.stop < colon <= title.stop + _NAME:
        return False
    return all(context.is_capital(i) for i in range(title.stop, colon))
