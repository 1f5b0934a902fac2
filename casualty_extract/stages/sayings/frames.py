"""Sayings without a verb of their own or with two voices: "according to", "cited", "citing", nouns ("a tally of")."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Phrase
from casualty_extract.rules.types import CueRule
from casualty_extract.stages.mentions import Link, Saying, Speech
from casualty_extract.stages.sayings.content import Ranges, after_comma, content_start, noun_end
from casualty_extract.stages.sayings.context import Context
from casualty_extract.stages.sayings.documents import with_owners
from casualty_extract.stages.sayings.sources import links_after, make_links
from casualty_extract.stages.sayings.subjects import links_before

_BY_COUNT = CueRule("by_count", "according", None)
_CITING = frozenset(("says", "tells", "counts", "accuses"))  # frames of a verb that may cite an origin


def read_according(context: Context, cue: Speech) -> Saying | None:
    """ "According to medics, nine died", "Nine died, according to a statement by the clinic"."""
    links = links_after(context, cue.stop, cue)
    if not links or context.tokens[links[0].first].kind == "number":
        return None
    if context.is_passive(cue) and context.word(links[-1].stop) == "as":
        return _quoted_as(context, cue, links)
    owned = with_owners(context, _seen_by(context, links, cue), cue)
    end = max(links[-1].stop, owned[-1].stop)
    lead = context.word(cue.first - 1)
    if cue.rule.name == "based_on" and (lead not in ("", ",") or not context.is_source(links[0])):
        return None
    told = lead == "," and context.word(cue.first - 2) == "that"  # "said that, according to medics, nine died"
    opens = told or lead in (";", ":") or lead in context.rules.closed["sayings_opening"]
    if cue.rule.name == "agent_of_saying" and context.is_figure(cue.first - 1) and context.word(cue.first - 2) == "the":
        return Saying(cue, owned, ((cue.first - 1, cue.first),), cue.first)  # "not the 15 reported by the papers"
    if cue.first <= context.first + 1 or opens:
        return Saying(cue, owned, ((end, context.stop),), cue.first)
    after = after_comma(context, end) if lead == "," else ()
    return Saying(cue, owned, ((content_start(context, cue.first), cue.first), *after), cue.first)


def _seen_by(context: Context, links: tuple[Link, ...], cue: Speech) -> tuple[Link, ...]:
    """ "According to a report seen by Interpress": the medium relays the document."""
    i = links[-1].stop
    if context.word(i) not in context.rules.closed["sayings_seen"] or context.word(i + 1) != "by":
        return links
    return (*links_after(context, i + 2, cue), *links)


# --- two voices -------------------------------------------------------------------------------------------------------


def read_quoted(context: Context, cue: Speech) -> Saying | None:
    """ "Interpress quoted the ministry as saying", "A cited B": the subject relays, the object is the origin."""
    if context.is_passive(cue):
        return _quoted_by(context, cue)
    origin = links_after(context, cue.stop, cue)
    if not origin:
        return None
    relay, end = links_before(context, cue), origin[-1].stop
    at = relay[0].first if relay else cue.first
    said = _said(context, end, at)
    return Saying(cue, (*relay, *origin), said, at) if relay or said[0][1] == at else None


def _quoted_as(context: Context, cue: Speech, relay: tuple[Link, ...]) -> Saying | None:
    """ "The mayor was cited by Interpress as saying that nine had died": the subject is the origin."""
    origin = make_links(context, context.reading.subject(cue.first, cue.first + 1), cue, cue.first)
    if not origin:
        return None
    return Saying(cue, (*relay, *origin), _said(context, relay[-1].stop, origin[0].first), origin[0].first)


def _is_last_word(context: Context, i: int) -> bool:
    """Whether the word at token i is the last of its clause: "AFP quoted him as saying."."""
    return i < context.stop and (i + 1 >= context.stop or context.tokens[i + 1].text in ".,")


def _quoted_by(context: Context, cue: Speech) -> Saying | None:
    """ "The mayor was quoted as saying", "The mayor was quoted by Interpress": the subject is the origin."""
    origin = make_links(context, context.reading.subject(cue.first, cue.stop), cue, cue.first)
    if not origin:
        return None
    if context.word(cue.stop) == "as":
        return Saying(cue, origin, _said(context, cue.stop, origin[0].first), origin[0].first)
    relay = links_after(context, cue.stop + 1, cue) if context.word(cue.stop) == "by" else ()
    if not relay:
        return None
    return Saying(cue, (*relay, *origin), _said(context, relay[-1].stop, origin[0].first), origin[0].first)


def _said(context: Context, end: int, at: int) -> Ranges:
    """What is quoted: behind the source, or in front of it ("nine had died, the mayor was quoted as saying")."""
    if context.word(end) == "as" and _is_last_word(context, end + 1) and at > context.first + 1:
        return ((content_start(context, at), at),)
    return ((end, context.stop),)


def join_cited(context: Context, sayings: Sequence[Saying], cue: Speech, origin: tuple[Link, ...]) -> list[Saying]:
    """The sayings with a cited origin joined to the nearest verb ("Interpress said, citing residents, that ..."); where
    there is none, with a saying of its own."""
    hosts = [s for s in sayings if s.cue.rule.frame in _CITING]
    if not hosts:
        subject = context.reading.subject(cue.first, cue.stop)
        relay = make_links(context, subject, cue, cue.first)
        return [*sayings, Saying(cue, (*relay, *origin), ((context.first, context.stop),), cue.first)]
    host = min(hosts, key=lambda s: abs(s.cue.first - cue.first))
    content = tuple(
        (max(first, origin[-1].stop) if first == host.content[0][0] and cue.first <= first else first, stop)
        for first, stop in host.content
    )
    joined = host._replace(links=(*host.links, *origin), content=content)
    return [joined if s is host else s for s in sayings]


def read_by_count(context: Context) -> Saying | None:
    """ "By the diocese's count, 46 have been kidnapped": the owner of a count that opens the sentence."""
    phrase = context.reading.phrase(context.first + 1) if context.word(context.first) == "by" else None
    if phrase is None or context.word(phrase.stop - 1) not in context.rules.closed["sayings_counts"]:
        return None
    mark = next((k for k in range(phrase.first, phrase.stop) if context.word(k) in ("'s", "'")), None)
    if mark is None or context.word(phrase.stop) != ",":
        return None
    link = Link(phrase.first, mark, (phrase.stop - 1, phrase.stop))
    cue = Speech(context.first, context.first + 1, _BY_COUNT)
    return Saying(cue, (link,), ((phrase.stop, context.stop),), context.first)


# --- nouns ------------------------------------------------------------------------------------------------------------


def read_noun(context: Context, cue: Speech) -> Saying | None:
    """ "the dockers' league's tally of nine dead", "a statement by", "unverified reports of": figures of an owner."""
    behind = context.word(cue.stop)
    if behind in ("by", "from"):
        return _issued(context, cue)
    phrase = context.reading.phrase(cue.stop - 1) if behind in ("of", "that", "in") else None
    if phrase is None:
        return None
    owner = _owner(context, cue, phrase)
    if owner is not None:
        return Saying(cue, (owner,), ((cue.stop, noun_end(context, cue.stop)),), cue.first)
    if context.word(phrase.first) in context.rules.closed["sayings_possessives"]:
        return _of_subject(context, cue)
    if cue.rule.name in ("report_noun", "unconfirmed_report") and behind in ("of", "that"):
        end = context.stop if behind == "that" else noun_end(context, cue.stop)
        link = Link(phrase.first, phrase.stop, (cue.first, cue.stop))
        return Saying(cue, (link,), ((cue.stop, end),), cue.first)
    return None


def _issued(context: Context, cue: Speech) -> Saying | None:
    """ "A count by the union of nine dead": the body behind "by" or "from"."""
    if context.rules.cues.at(context.tokens, cue.stop, context.stop):
        return None
    links = links_after(context, cue.stop + 1, cue)
    if not links or context.word(links[-1].stop) not in ("of", "that"):
        return None
    return Saying(cue, links, ((links[-1].stop, context.stop),), cue.first)


def _owner(context: Context, cue: Speech, phrase: Phrase) -> Link | None:
    """The owner in the phrase of a noun: "the union's tally", "the official toll"."""
    mark = next((k for k in range(cue.first, phrase.first, -1) if context.word(k) in ("'s", "'")), None)
    if mark is not None:
        return Link(phrase.first, mark, (cue.first, cue.stop))
    for i in (cue.first, cue.first - 1):
        if context.word(i) == "official":
            return Link(i, i + 1, (cue.first, cue.stop))
    return None


def _of_subject(context: Context, cue: Speech) -> Saying | None:
    """ "The agency has withdrawn its report that ...", "stood by its count of 52": the subject of the sentence."""
    group = context.reading.after(context.first)
    if not group or group[0].first > context.first + 1 or group[-1].extent >= cue.first:
        return None
    links = make_links(context, group, cue, cue.first)
    if not links or not context.is_source(links[0]):
        return None
    return Saying(cue, links, ((cue.stop, context.stop),), links[0].first)
