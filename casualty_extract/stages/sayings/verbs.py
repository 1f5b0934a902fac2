"""Verbs of saying: "The army said", "said the army", in front of, behind or inside the content."""

from __future__ import annotations

from casualty_extract.rules.types import DENIALS
from casualty_extract.stages.mentions import Link, Saying, Speech
from casualty_extract.stages.sayings.content import Ranges, after_comma, content_start, find_content
from casualty_extract.stages.sayings.context import Context
from casualty_extract.stages.sayings.documents import with_owners
from casualty_extract.stages.sayings.hearers import find_hearer, find_interviewer
from casualty_extract.stages.sayings.inversion import find_newspaper, inverted_links
from casualty_extract.stages.sayings.sources import links_after
from casualty_extract.stages.sayings.subjects import links_before

_FOUND_REACH = 10  # tokens behind "found" in which the verb of what was found out stands
_KNOWN_SOURCES = frozenset(("counts", "accuses", "blames"))  # frames that are sayings only of one who can say something


def read_verb(context: Context, cue: Speech) -> Saying | None:
    """The saying of a verb, by the first rule that finds its source: owner, newspaper, inversion, passive, subject."""
    owned = _owned_claim(context, cue)
    if owned is not None:
        return owned
    if _is_noun(context, cue) or _says_nothing(context, cue):
        return None
    newspaper = find_newspaper(context, cue)
    if newspaper is not None:
        return Saying(cue, (newspaper,), ((content_start(context, cue.first), cue.first),), cue.first)
    inverted = inverted_links(context, cue)
    if inverted and (cue.rule.name != "show" or context.is_source(inverted[0])):  # not "bodies, showing burns"
        return _inverted(context, cue, inverted)
    if context.is_passive(cue):
        return _by_agent(context, cue)
    return _by_subject(context, cue)


def _owned_claim(context: Context, cue: Speech) -> Saying | None:
    """ "The group's claim that 60 had died", "the group's claim of 60 dead": the verb is a noun with an owner."""
    if context.word(cue.first - 1) not in ("'s", "'") or context.word(cue.stop) not in ("that", "of", "to"):
        return None
    owner = context.reading.phrase(cue.first - 2)
    if owner is None:
        return None
    link = Link(owner.first, cue.first - 1, (cue.first, cue.stop))
    return Saying(cue, (link,), ((cue.stop, context.stop),), owner.first)


def _inverted(context: Context, cue: Speech, links: tuple[Link, ...]) -> Saying:
    """ "Nine died, said the army, and ...": content in front of the verb, and behind the source where it goes on."""
    end = links[-1].stop
    after = after_comma(context, end) if context.word(end + 1) not in ("who", "which", "whose") else ()
    return Saying(cue, links, ((content_start(context, cue.first), cue.first), *after), cue.first)


def _by_agent(context: Context, cue: Speech) -> Saying | None:
    """ "Nine deaths were reported by the army", "the claim of nine deaths was rejected by the army"."""
    if cue.rule.frame not in ("says", "denies", "tells") and cue.rule.name not in ("count_verb", "document_verb"):
        return None
    by = next((k for k in range(cue.stop, min(cue.stop + 3, context.stop)) if context.word(k) == "by"), None)
    links = links_after(context, by + 1, cue) if by is not None else ()
    if not links or not context.is_source(links[0]):
        return None
    if cue.rule.frame == "tells":  # "relatives were told by the ministry on Friday that nine had died"
        that = next((k for k in range(links[-1].stop, context.stop) if context.word(k) == "that"), None)
        return Saying(cue, links, ((that, context.stop),), cue.first) if that is not None else None
    return Saying(cue, links, ((context.first, cue.stop + 2),), cue.first)


def _by_subject(context: Context, cue: Speech) -> Saying | None:
    """ "The army told AFP that nine had died": the source in front, a relaying hearer behind the verb."""
    links = links_before(context, cue)
    if not links or (cue.rule.frame in _KNOWN_SOURCES and not _may_count(context, links[0], cue)):
        return None
    if context.word(cue.first) == "reported" and _holds_figure(context, links[0]) and not context.is_source(links[0]):
        return None  # "several casualties reported, eleven of them"
    links = with_owners(context, links, cue)
    hearer: tuple[Link, ...] = ()
    end = cue.stop
    if cue.rule.frame == "tells":
        end, hearer = find_hearer(context, cue)
    elif cue.rule.frame == "says" and context.word(cue.stop) == "to":
        end, hearer = find_hearer(context, cue, cue.stop + 1)  # "confirmed to state radio that"
        end = end if hearer else cue.stop
    hearer = hearer or find_interviewer(context, cue)
    content = find_content(context, cue, links[0].first, end)
    if not content or (cue.rule.frame == "counts" and _is_relative(context, links[0], cue)):
        return None
    if cue.rule.frame == "threatens":
        content = _without_relative(context, cue, content)
    return Saying(cue, (*hearer, *links), content, links[0].first)


def _holds_figure(context: Context, link: Link) -> bool:
    """Whether a subject begins with a number, behind a quotation mark or not."""
    return context.is_figure(link.first + (context.tokens[link.first].kind == "mark"))


def _may_count(context: Context, link: Link, cue: Speech) -> bool:
    """Whether a subject says what it counts; "Turkey recorded 12 deaths" tells where they died, not who says so."""
    if not context.is_source(link):
        return False
    if cue.rule.frame != "counts":
        return True
    match = context.rules.sources.at(context.tokens, link.first, link.stop)
    return match is None or match.rule.name != "country" or match.stop != link.stop


def _is_relative(context: Context, link: Link, cue: Speech) -> bool:
    """ "died in hospital, which raised the toll": a relative verb with no source named or pointed at."""
    if context.word(cue.first - 1) not in ("which", "that"):
        return False
    return not context.is_capital(link.first) and context.word(link.first) not in ("the", "a", "an")


def _without_relative(context: Context, cue: Speech, content: Ranges) -> Ranges:
    """The content of a threat without what is told beside it: "threatened to kill ten, who were taken in May"."""
    relatives = context.rules.closed["sayings_relatives"]
    end = next((k for k in range(cue.stop, context.stop) if context.word(k) in relatives), context.stop)
    return tuple((first, min(stop, end)) for first, stop in content if first < end)


# --- what is no verb of saying ----------------------------------------------------------------------------------------


def is_harm(context: Context, first: int, stop: int) -> bool:
    """ "claimed the lives of", "claimed 21 lives": a harm, no saying."""
    harm = context.rules.harms.at(context.tokens, first, context.stop)
    if harm is not None and harm.stop > stop:
        return True
    lives = context.rules.closed["sayings_lives"]
    return context.word(first).startswith("claim") and any(context.word(k) in lives for k in range(stop, stop + 5))


def _is_noun(context: Context, cue: Speech) -> bool:
    """Whether a cue is a noun here ("its claims of", "the reports", "for its reports")."""
    lead = context.word(cue.first - 1)
    if lead in ("the", "a", "an", "without") or (lead in context.rules.grammar.possessives and lead != "her"):
        return True  # "the reports", "the alleged poisoning"
    if any(c.stop == cue.first and c.rule.frame in DENIALS for c in context.cues):
        return True  # "denied reports that", "dismissed claims that"
    phrase = context.reading.phrase(cue.first)
    if phrase is not None and phrase.head == cue.first and context.word(phrase.first) in ("a", "an"):
        return context.word(cue.stop) != "that"  # "fired after a similar warning"
    if "as" in (context.word(cue.first - 2), context.word(cue.first - 3)) and context.word(cue.stop) == "that":
        return any(c.rule.frame == "denies" for c in context.cues_before(cue))  # "dismissed as lies reports that"
    if context.word(cue.stop - 1) == "that" or context.word(cue.first).endswith(("ed", "id", "old", "ing", "s")):
        return False
    return phrase is not None and phrase.first < cue.first


def _says_nothing(context: Context, cue: Speech) -> bool:
    """ "An alleged strike", "declared war", "strikes thought to be carried out by"."""
    behind = context.word(cue.stop)
    if cue.rule.name == "found" and (context.is_word(cue.stop) or _finds_bodies(context, cue)):
        return True
    if context.word(cue.first).startswith("admit") and context.is_figure(cue.stop):
        admitting = context.rules.closed["sayings_admitting"]
        if any(context.word(k) in admitting for k in range(cue.first - 3, cue.first)):
            return True  # "Hospitals have admitted 84 wounded"
    if cue.rule.frame == "threatens" and context.is_figure(cue.stop):
        return True  # "threatened hundreds of journalists"
    if _is_refused(context, cue) or _names_no_content(context, cue):
        return True
    if context.word(cue.stop - 1) == "to" and behind in ("be", "have"):
        return True
    if cue.rule.status == "hedged" and behind == "to" and context.word(cue.stop + 1) in ("be", "have"):
        return True
    if behind in context.rules.resolution["no_content"] or _declares_nothing(context, cue):
        return True
    phrase = context.reading.phrase(cue.first)
    return phrase is not None and phrase.first < cue.first and phrase.stop > cue.stop


def _finds_bodies(context: Context, cue: Speech) -> bool:
    """ "They found 12 bodies", not "the inquiry found 12 people had died"."""
    verbs = {context.word(k) for k in range(cue.stop, cue.stop + _FOUND_REACH)}
    return context.is_figure(cue.stop) and verbs.isdisjoint(("had", "have", "were", "was"))


def _declares_nothing(context: Context, cue: Speech) -> bool:
    """ "Declared a "total war" on the state": nothing is reported, whatever stands in front of the noun."""
    if not context.word(cue.first).startswith("declar"):
        return False
    i = cue.stop
    while i < context.stop and context.tokens[i].kind == "mark" and context.word(i) not in (",", ":", ";", "."):
        i += 1
    phrase = context.reading.phrase(i)
    return phrase is not None and context.word(phrase.head) in context.rules.resolution["no_content"]


def _is_refused(context: Context, cue: Speech) -> bool:
    """ "refused to concede", "has yet to confirm", "didn't say how many": nothing is put forward."""
    if cue.rule.frame not in ("says", "tells") or cue.rule.status is not None:
        return False
    i = cue.first - 1
    while (word := context.word(i)).endswith("ly") or word in ("yet", "even"):
        i -= 1
    if word == "to":
        return context.word(i - 1) in context.rules.closed["sayings_refusals"]
    return word in ("not", "never") or word.endswith("n't")


def _names_no_content(context: Context, cue: Speech) -> bool:
    """ "responded in a violent manner", "identified as", "given the events": a verb that only looks like saying."""
    verb, behind = context.word(cue.first), context.word(cue.stop)
    if verb.startswith("respond") and cue.stop - cue.first == 1:
        return behind in context.rules.closed["sayings_manner"]
    if verb == "given":
        return context.word(cue.first - 1) not in context.rules.grammar.have
    return verb == "identified" and behind == "as"
