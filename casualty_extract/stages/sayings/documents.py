"""Statements, reports and figures that speak for a body: "a statement by the health ministry", "the army's tally"."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.stages.mentions import Link, Speech
from casualty_extract.stages.sayings.context import Context
from casualty_extract.stages.sayings.sources import links_after, make_links

_OWNING = frozenset(("by", "from", "of", "'s", "'"))  # words that may tie an owner to a document


_OWNED = frozenset(("report", "reports", "inquiry", "investigation"))  # documents by themselves only behind an owner


def with_owners(context: Context, links: Sequence[Link], cue: Speech) -> tuple[Link, ...]:
    """The links, the body that issued it in the place of a document where one is named."""
    issued = context.rules.closed["sayings_issued"]
    found: list[Link] = []
    for link in links:
        words = [token.lower for token in context.tokens[max(link.first - 1, 0) : link.stop + 1]]
        if _OWNING.isdisjoint(words) and issued.isdisjoint(words):
            found.append(link)  # most sources: no word ties an owner to them
        else:
            found += _issuers(context, link, cue) or _publishers(context, link, cue) or (_possessor(context, link),)
    return tuple(found)


def is_issued(context: Context, link: Link) -> bool:
    """Whether a link is a document with the body behind it: "Records from the ministry show that"."""
    return context.word(link.stop) in ("from", "by", "of") and _is_document(context, link.first, link.stop, True)


def _issuers(context: Context, link: Link, cue: Speech) -> tuple[Link, ...]:
    """The bodies behind "by" or "from": "a statement from the clinic", "a report published by the union"."""
    closed = context.rules.closed
    for k in range(link.first, min(link.stop + 1, context.stop)):
        if context.word(k) in ("by", "from", "of") and _is_document(context, link.first, k):
            found = links_after(context, k + 1, cue)
            place = found and context.word(found[0].stop - 1) in context.rules.closed["sayings_scenes"]
            return () if context.word(k) == "from" and place else found  # "video from the scene"
    issued = next((k for k in range(link.first + 1, link.stop) if context.word(k) in closed["sayings_issued"]), None)
    if issued is not None and _is_document(context, link.first, issued, True):  # "PRELIMINARY RESULTS ISSUED BY"
        by = next((k for k in range(issued, issued + 3) if context.word(k) == "by"), None)
        return links_after(context, by + 1, cue) if by is not None else ()
    behind = context.word(link.stop)
    if behind not in closed["sayings_issued"] or not _is_document(context, link.first, link.stop, True):
        return ()
    by = link.stop if behind in ("by", "from") else link.stop + 1 + (context.word(link.stop + 1) == "out")
    return links_after(context, by + 1, cue)


def _publishers(context: Context, link: Link, cue: Speech) -> tuple[Link, ...]:
    """Who published a document: "The union published a report detailing"; the link itself where nobody did."""
    verb, issued = link.first - 1, context.rules.closed["sayings_issued"]
    if context.word(verb) not in issued or not _is_document(context, link.first, link.stop, True):
        return ()
    subject = context.reading.subject(verb, link.first)
    links = make_links(context, subject, cue, verb) if subject and subject[0].first < verb else ()
    return links if links and context.is_source(links[0]) else ()


def _possessor(context: Context, link: Link) -> Link:
    """The owner of a document ("the union's tally"); the link itself where it is none or has none."""
    mark = next((k for k in range(link.first + 1, link.stop) if context.word(k) in ("'s", "'")), None)
    if mark is not None and (_is_document(context, mark + 1, link.stop) or context.word(mark + 1) in _OWNED):
        return link._replace(stop=mark)
    return link


def _is_document(context: Context, first: int, stop: int, owned: bool = False) -> bool:
    """Whether a phrase is a statement, report, figure or the like; ``owned``: an owner follows it."""
    match = context.rules.cues.ending(context.tokens, stop, first)
    if match is None or match.rule.frame != "noun":
        return False
    return owned or not context.rules.sources.ending(context.tokens, stop, first)
