"""Sources glued to what stands in front of them, the comma lost: "in divided Aleppo city state media said"."""

from __future__ import annotations

from casualty_extract.analysis import Phrase
from casualty_extract.stages.mentions import Link, Speech
from casualty_extract.stages.sayings.context import Context
from casualty_extract.stages.sayings.sources import make_links
from casualty_extract.stages.sayings.speakers import speaker_start

_SPOKEN = frozenset(("says", "tells"))  # frames


def glued_links(context: Context, cue: Speech) -> tuple[Link, ...]:
    """The source that ends right before a verb, for a verb whose subject is no known source: "one day after the
    Observatory reported", "30 injured a local source told"."""
    if cue.rule.frame not in _SPOKEN or context.word(cue.first).endswith("ing"):
        return ()
    body = context.rules.bodies.ending(context.tokens, cue.first, context.first)
    last = context.reading.phrase(body.first if body else cue.first - 1)
    if last is None or (last.stop != cue.first and body is None):
        return ()
    end = cue.first
    if context.word(last.first - 1) in context.rules.closed["sayings_watching"]:
        last = context.reading.phrase(last.first - 2) or last  # "an organisation monitoring the conflict said"
        end = last.stop
    if _belongs_before(context, last) or not _ends_source(context, last.first, end):
        return ()
    return make_links(context, (last,), cue, cue.first)


def _belongs_before(context: Context, phrase: Phrase) -> bool:
    """Whether a preposition ties a phrase to what stands in front of it, "after" and "including" left out."""
    lead = context.word(phrase.first - 1)
    return lead in context.rules.grammar.prepositions and lead not in context.rules.closed["sayings_before_glued"]


def _ends_source(context: Context, first: int, stop: int) -> bool:
    """Whether a known body or a noun of sources ends at ``stop``."""
    rules, tokens = context.rules, context.tokens
    return rules.sources.ending(tokens, stop, first) is not None or rules.bodies.ending(tokens, stop, first) is not None


def joined_before(context: Context, link: Link, cue: Speech) -> tuple[Link, ...]:
    """The source in front of "and", glued to victims or a place: "wounding dozens more state media and medics said"."""
    end = link.first - 1
    if context.word(end) != "and" or cue.rule.frame not in _SPOKEN:
        return ()
    phrase = context.reading.phrase(end - 1)
    if phrase is None or phrase.stop != end:
        return ()
    first = speaker_start(context, phrase)
    if first == phrase.first and _is_of_place(context, phrase):
        first = _inner_source(context, phrase)
    if first is None or first <= phrase.first or not _ends_source(context, first, end):
        return ()
    return (link._replace(first=first, stop=end, joint=True),)


def link_beside(context: Context, cue: Speech) -> Link | None:
    """The source glued to a place right before a verb: "divided Aleppo city state media said"."""
    phrase = context.reading.phrase(cue.first - 1) if cue.rule.frame in _SPOKEN else None
    if phrase is None or phrase.stop != cue.first or not _is_of_place(context, phrase):
        return None
    inner = _inner_source(context, phrase)
    outer = context.reading.phrase(phrase.first - 2)
    if inner is None or (outer is not None and context.holds(context.rules.sources, outer.first, outer.stop)):
        return None  # "a source at Aleppo Police Command said"
    return Link(inner, phrase.stop, (cue.first, cue.stop))


def _is_of_place(context: Context, phrase: Phrase) -> bool:
    return context.word(phrase.first - 1) in context.rules.closed["sayings_before_place"]


def _inner_source(context: Context, phrase: Phrase) -> int | None:
    """Where a source begins that ends a phrase of a place, its nationality included; None for none."""
    rules, tokens = context.rules, context.tokens
    inner = [
        match.first
        for matches in (
            rules.sources.scan(tokens, phrase.first, phrase.stop),
            rules.bodies.scan(tokens, phrase.first, phrase.stop),
        )
        for match in matches
        if match.first > phrase.first and all(context.is_capital(i) for i in range(match.stop, phrase.stop))
    ]
    if not inner:
        return None
    first = min(inner)
    nation = rules.victims.at(tokens, first - 1, first) if first - 1 > phrase.first else None
    return first - 1 if nation is not None and nation.rule.affiliation else first
