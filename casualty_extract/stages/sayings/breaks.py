"""Full stops that the text has lost: behind "reports Dawn", and between a headline with its agency and the text."""

from __future__ import annotations

from casualty_extract.analysis import Document
from casualty_extract.stages.mentions import Speech
from casualty_extract.stages.sayings.context import Context
from casualty_extract.stages.sayings.inversion import find_newspaper, inverted_links

OPENING = 60  # tokens of a text among which its headline and agency stand
_SHORTEST_DATE = 3  # tokens of a date: weekday, day, month


def with_breaks(document: Document, context: Context) -> Context:
    """The context with the line of an agency, and the tokens at which a new sentence begins behind the name of a paper
    or that line."""
    reporting, tokens = context.rules.closed["sayings_reporting"], context.tokens
    reports = [cue for cue in context.cues if tokens[cue.first].lower in reporting]
    line = _find_agency_line(document, context)
    if not reports and line is None:
        return context
    found = [_behind_paper(context, cue) for cue in reports] + ([line[1]] if line is not None else [])
    return context._replace(breaks=frozenset(i for i in found if _begins_sentence(context, i)), agency_line=line)


def _behind_paper(context: Context, cue: Speech) -> int:
    """Where the paper behind "reports" ends; where the sentence ends, if there is none."""
    newspaper = find_newspaper(context, cue)
    links = (newspaper,) if newspaper is not None else inverted_links(context, cue)
    end = links[-1].stop if links else context.stop
    return _date_end(context, end + 1) if context.word(end) == "on" else end


def _begins_sentence(context: Context, i: int) -> bool:
    """Whether a word with a capital or a figure stands at token i."""
    if i >= context.stop:
        return False
    return context.tokens[i].text in "\"“" or context.is_capital(i) or context.is_figure(i)


def _find_agency_line(document: Document, context: Context) -> tuple[int, int] | None:
    """The tokens of agency and date between a headline and its text: "Raids kill 25 AFP Friday 1 Jul 2016 Separate
    raids"; None where there is none in one of the first sentences."""
    first, stop = context.first, min(context.stop, context.first + OPENING)
    if first > OPENING:
        return None
    for match in context.rules.bodies.within(document, first, stop):
        if match.rule.type == "media" and match.first > first:
            end = _date_end(context, match.stop)
            if end - match.stop >= _SHORTEST_DATE:
                return match.first, end
    return None


def _date_end(context: Context, i: int) -> int:
    """Where the weekday, day, month and year end that begin at token i."""
    while i < context.stop and (context.tokens[i].lower in context.rules.grammar.times or context.word(i).isdigit()):
        i += 1
        if len(context.word(i - 1)) == 4 and context.word(i - 1).isdigit():
            break  # "2 May 2014 10 children": the year ends the date
    return i
