"""Who is told: a paper or an agency relays what it hears ("told AFP"), reporters and courts do not."""

from __future__ import annotations

from casualty_extract.analysis import Phrase
from casualty_extract.stages.mentions import Link, Speech
from casualty_extract.stages.sayings.context import Context
from casualty_extract.stages.sayings.sources import source_end

_INTERVIEW_REACH = 20  # tokens between "interview" and the verb of saying


def find_hearer(context: Context, cue: Speech, first: int | None = None) -> tuple[int, tuple[Link, ...]]:
    """Behind "told", or at ``first``: where the content begins, and the hearer as a link where it relays."""
    first = cue.stop if first is None else first
    group = context.reading.after(first)
    if not group:
        return first, ()
    hearer = group[0]
    stop = source_end(context, hearer, min(context.stop, hearer.extent + 4))
    if _is_plain(context, hearer) or not _relays(context, hearer, stop):
        return stop, ()
    return hearer.extent, (Link(hearer.first, hearer.extent, (cue.first, cue.stop)),)


def find_interviewer(context: Context, cue: Speech) -> tuple[Link, ...]:
    """ "In an interview with Interpress, the mayor said": the medium that asks relays."""
    first = max(context.first, cue.first - _INTERVIEW_REACH)
    words = context.words[first : min(context.stop, cue.first + _INTERVIEW_REACH)]
    if "interview" not in words:
        return ()
    i = first + words.index("interview")
    if context.word(i + 1) not in ("with", "to", "for"):
        return ()
    group = context.reading.after(i + 2)
    if not group or not _relays(context, group[0], group[0].extent):
        return ()
    return (Link(group[0].first, group[0].extent, (i, i + 2)),)


def _is_plain(context: Context, hearer: Phrase) -> bool:
    """ "Told reporters", "told his lawyer": those who only listen."""
    plain = context.rules.closed["sayings_plain_hearers"]
    return context.word(hearer.head) in plain or context.word(hearer.first) in ("his", "her", "their", "our", "my")


def _relays(context: Context, hearer: Phrase, stop: int) -> bool:
    """Whether a hearer is of the media by what is known of it, or else by its name ("told Buzz Weekly")."""
    tokens, rules = context.tokens, context.rules
    body = rules.bodies.at(tokens, hearer.first, stop) or rules.bodies.ending(tokens, hearer.extent, hearer.first)
    if body and body.rule.type == "media":
        return True
    source = rules.sources.ending(tokens, hearer.extent, hearer.first)
    if source:
        return source.rule.type == "media"
    articled = context.word(hearer.first) in ("the", "a", "an")
    if articled and hearer.stop - hearer.first > 2 and context.is_capital(hearer.first + 1):
        papers = context.rules.closed["sayings_paper_openings"]  # "told the Daily Trust"
        return context.word(hearer.first + 1) in papers
    return context.is_capital(hearer.first) and not articled
