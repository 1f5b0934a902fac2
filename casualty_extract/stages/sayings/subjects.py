"""The source in front of its verb: its subject, or that of the verb which it is coordinated with or belongs to."""

from __future__ import annotations

from casualty_extract.stages.mentions import Link, Speech
from casualty_extract.stages.sayings.context import Context
from casualty_extract.stages.sayings.documents import is_issued
from casualty_extract.stages.sayings.glued import glued_links, joined_before, link_beside
from casualty_extract.stages.sayings.inversion import inverted_links
from casualty_extract.stages.sayings.sources import make_links

_LEADING = frozenset(("says", "tells", "denies", "disputes", "counts", "threatens"))  # frames that lend their subject
_MAIN = frozenset(("says", "tells", "counts", "accuses"))  # frames that a participle may belong to


def links_before(context: Context, cue: Speech) -> tuple[Link, ...]:
    """The sources of a verb in front of it: "medics and the army said"."""
    joined = _first_links(context, cue) if _is_coordinated(context, cue) else ()
    if joined:
        return joined
    absolute = _absolute_links(context, cue)
    if absolute:
        return absolute
    shows = cue.rule.name == "show"  # of "images from the clinic show" the images, not the clinic
    beside = None if shows else link_beside(context, cue)
    if beside is not None:
        return (beside,)
    if context.word(cue.first - 1) == "to" and context.word(cue.first - 2) in context.rules.closed["sayings_objects"]:
        return ()  # "called us to report"
    subject = context.reading.subject(cue.first, cue.stop)
    is_participle = context.word(cue.first).endswith("ing")
    if not subject or subject[0].first >= cue.first:
        return _main_links(context, cue) if is_participle else ()
    if is_participle and context.tokens[cue.first - 1].lower not in context.rules.closed["sayings_progressive"]:
        main = _main_links(context, cue)
        if main:
            return main
    if context.word(subject[0].first) in context.rules.closed["sayings_relative_subjects"]:
        return ()
    links = make_links(context, subject, cue, cue.first)
    known = links and (context.is_source(links[0]) or is_issued(context, links[0]))
    if not shows and (not known or _is_counted(context, links[0])):
        links = glued_links(context, cue) or links
    joined = joined_before(context, links[0], cue) if links else ()
    return (*joined, *(link._replace(joint=True) for link in links)) if joined else links


def _absolute_links(context: Context, cue: Speech) -> tuple[Link, ...]:
    """ "The toll rose, with the ministry reporting that": a participle with a subject of its own."""
    if not context.word(cue.first).endswith("ing"):
        return ()
    group = context.reading.before(cue.first)
    if not group or context.word(group[0].first - 1) != "with":
        return ()
    links = make_links(context, group, cue, cue.first)
    return links if links and context.is_source(links[0]) else ()


def _is_counted(context: Context, link: Link) -> bool:
    """ "detained 633 protesters, the authorities said": a figure before a comma, no speaker and his title."""
    return context.is_figure(link.first) and any(context.tokens[i].text == "," for i in range(link.first, link.stop))


def _is_coordinated(context: Context, cue: Speech) -> bool:
    """Whether a verb shares the subject of one before it: "denied it, and has said", "denies 40 captured, says two"."""
    lead = context.word(cue.first - 1)
    if lead in context.rules.closed["sayings_before_participle"] and cue.first - context.first > 2:
        lead = context.word(cue.first - 2)
    if lead == "however":
        if context.word(cue.first - 2) == ",":
            return True
        before = context.reading.phrase(cue.first - 2)
        return before is not None and not context.holds(context.rules.sources, before.first, before.stop)
    if lead in ("and", "but"):
        return cue.rule.frame != "noun"
    return lead == "," and context.word(cue.first).endswith("s")


def _first_links(context: Context, cue: Speech) -> tuple[Link, ...]:
    """The source of the first cue of the sentence, for one that is coordinated with it: "denied it, and said"."""
    for lead in context.cues_before(cue):
        leads = lead.rule.frame in _LEADING or lead.rule.name == "no_confirmation"
        if not leads or context.word(lead.first).endswith("ing") or context.is_passive(lead):
            continue
        subject = context.reading.subject(lead.first, lead.stop)
        if subject and subject[0].first < lead.first:
            return make_links(context, subject, cue, lead.first)
    return ()


def _main_links(context: Context, cue: Speech) -> tuple[Link, ...]:
    """The source of the finite cue that a participle belongs to: "the ministry said, adding that"."""
    for main in reversed(context.cues_before(cue)):
        if main.rule.frame not in _MAIN or context.word(main.first).endswith("ing") or context.is_passive(main):
            continue
        links = inverted_links(context, main) or _subject_links(context, main)
        if links:
            return links
    if cue.first - context.first > 1 and context.word(cue.first) in context.rules.closed["sayings_going_on"]:
        subject = context.reading.subject(cue.first, cue.stop)
        links = make_links(context, subject, cue, cue.first)
        return links if links and context.is_source(links[0]) else ()
    return ()


def _subject_links(context: Context, cue: Speech) -> tuple[Link, ...]:
    """The subject of a finite verb of saying, where it stands in front of the verb."""
    subject = context.reading.subject(cue.first, cue.stop)
    return make_links(context, subject, cue, cue.first) if subject and subject[0].first < cue.first else ()
