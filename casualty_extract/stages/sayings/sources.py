"""The tokens of a source: phrases as links, with the complements, titles, names and brackets that belong to them."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Phrase
from casualty_extract.stages.mentions import Link, Speech
from casualty_extract.stages.sayings.context import Context
from casualty_extract.stages.sayings.speakers import speaker_start

_LONGEST_TITLE = 13  # tokens of a title between commas, the comma included
_LONGEST_BRACKET = 7  # tokens of what stands in brackets behind a source


def make_links(context: Context, group: Sequence[Phrase], cue: Speech, limit: int) -> tuple[Link, ...]:
    """A group of phrases as links ("medics and residents" are joint); the last runs on to what belongs to it before
    ``limit``. Victims and other phrases that nobody speaks in are left out."""
    found: list[Link] = []
    if len(group) > 1:
        group = _joined(context, group)
    joint = len(group) > 1
    for k, phrase in enumerate(group):
        begin = speaker_start(context, phrase)
        if begin is None or _is_object(context, begin):
            continue
        stop = source_end(context, phrase, group[k + 1].first if k + 1 < len(group) else limit)
        first = _with_name(context, begin) if k == 0 else begin
        if first < stop:
            found.append(Link(first, stop, (cue.first, cue.stop), joint))
    return tuple(found)


def _is_object(context: Context, i: int) -> bool:
    """ "camps set up to house them": a pronoun that never speaks; "her" may be whose."""
    word, rules = context.word(i), context.rules
    if word not in rules.closed["sayings_objects"] or word in rules.grammar.possessives:
        return False
    return context.tokens[i].text.islower()  # not "US officials"


def _joined(context: Context, group: Sequence[Phrase]) -> Sequence[Phrase]:
    """The group with what is one in one piece: "Syrian and Iraqi officials", "the Relief and Works Agency"."""
    found: list[Phrase] = []
    for phrase in group:
        last = found[-1] if found else None
        beside = last is not None and last.extent == phrase.first - 1
        if last is not None and beside and (_is_side(context, last) or _is_one_body(context, last, phrase)):
            found[-1] = Phrase(last.first, phrase.stop, phrase.head, phrase.extent)
        else:
            found.append(phrase)
    return found


def _is_one_body(context: Context, first: Phrase, second: Phrase) -> bool:
    """Whether the name of a body runs over two phrases: a known one, "the Flood and Fire Agency", "the Ministry of
    Health and Welfare"."""
    rules, tokens = context.rules, context.tokens
    known = rules.bodies.scan(tokens, first.first, second.stop)
    if any(m.first < first.extent and m.stop > second.first for m in known):
        return True
    if not context.is_capital(second.first) or not context.is_capital(second.head) or known:
        return False
    of_body, of_other = (context.word(p.head) in rules.resolution["body_words"] for p in (first, second))
    if first.extent > first.stop:
        return of_body and not of_other and not rules.victims.occurs(tokens, second.first, second.stop)
    return of_other and not of_body and context.word(first.first) == "the"


def _is_side(context: Context, phrase: Phrase) -> bool:
    """Whether a phrase is an adjective of a nation or side with no noun behind it."""
    side = context.rules.victims.at(context.tokens, phrase.stop - 1, phrase.stop)
    return phrase.stop - phrase.first <= 2 and side is not None and side.rule.affiliation and side.rule.use != "noun"


def links_after(context: Context, i: int, cue: Speech) -> tuple[Link, ...]:
    """The sources that begin at token i: "according to medics and witnesses"."""
    while i < context.stop and context.tokens[i].text in "\"“'‘:":
        i += 1
    group = context.reading.after(i) if i < context.stop else ()
    if not group or group[0].first > i + 1:
        return ()
    return make_links(context, group, cue, _limit_behind(context, group[-1]))


def _limit_behind(context: Context, phrase: Phrase) -> int:
    """Where the last source behind a cue must end: behind its complements and the title that follows."""
    k = phrase.extent
    if context.word(k) in context.rules.closed["sayings_complements"] or context.word(k) == "(":
        k = max(k, source_end(context, phrase, context.stop))
    if context.word(k) == ",":
        title = _title_end(context, k, context.stop)
        if title and title - k <= _LONGEST_TITLE and not context.is_word(title) and _is_title(context, k + 1, title):
            k = title
    return min(k, context.stop)


def _is_title(context: Context, first: int, stop: int) -> bool:
    """Whether a name or a role stands between commas: ", Nabil Saab,", ", the mayor,"."""
    if any(context.is_capital(i) for i in range(first, stop)):
        return True
    bare = first + (context.word(first) in ("the", "a", "an"))
    return context.rules.sources.at(context.tokens, bare, stop) is not None


def source_end(context: Context, phrase: Phrase, limit: int) -> int:
    """Where a source that begins with a phrase ends: "a doctor at the clinic (MSF), Nabil Saab," before ``limit``."""
    stop = min(phrase.extent, limit)
    while stop < limit:
        word = context.word(stop)
        if word == "," and stop + 1 < limit:
            return _title_end(context, stop, limit) or stop
        if word in context.rules.closed["sayings_complements"]:
            end = _complement_end(context, stop, limit)
        elif word in context.rules.closed["sayings_watching"]:
            watched = _phrase_from(context, stop + 1, limit)  # "an organisation monitoring the conflict"
            end = watched.extent if watched is not None else 0
        elif word == "(":
            end = _bracket_end(context, stop, limit)
        else:
            end = _name_end(context, phrase, stop, limit)
        if not end:
            break
        stop = end
    return stop


def _complement_end(context: Context, preposition: int, limit: int) -> int:
    """Where "of the brigade" ends, 0 where it is no part of the source ("said on Twitter", "said in 2014")."""
    inner = _phrase_from(context, preposition + 1, limit)
    if inner is None or context.word(inner.head) in context.rules.closed["sayings_channels"]:
        return 0
    return inner.extent


def _phrase_from(context: Context, first: int, limit: int) -> Phrase | None:
    """The phrase that begins at a token and ends before ``limit``; None where there is none, or a number leads it."""
    phrase = context.reading.phrase(first)
    if phrase is None or phrase.first != first or phrase.extent > limit or context.tokens[first].kind == "number":
        return None
    return phrase


def _bracket_end(context: Context, opening: int, limit: int) -> int:
    """Where a bracket behind a source ends, 0 where it does not: "the Observatory (SOHR)"."""
    for k in range(opening + 1, min(opening + _LONGEST_BRACKET + 1, limit)):
        if context.tokens[k].text == ")":
            return k + 1
    return 0


def _name_end(context: Context, office: Phrase, first: int, limit: int) -> int:
    """Where the name behind the bracket of an office ends, 0 for none: "Superintendent of Police (SP) Ilse Marrow"."""
    if context.word(first - 1) != ")" or not context.is_capital(first):
        return 0
    name = _phrase_from(context, first, limit)
    if name is None or context.word(first) in context.rules.closed["sayings_determiners"]:
        return 0
    return name.stop if context.holds(context.rules.resolution["persons"], office.first, first) else 0


def _title_end(context: Context, comma: int, limit: int) -> int:
    """Where a name or title between commas ends ("an ambulance driver, Nabil Saab,"), 0 where there is none."""
    inner = _phrase_from(context, comma + 1, limit)
    if inner is None or context.word(inner.first) in ("who", "which", "whose"):
        return 0
    persons = context.rules.resolution["persons"]
    if context.word(inner.first) in ("a", "an") and not context.holds(persons, inner.first, inner.stop):
        return 0  # "Open Archive, a rights group": the name is enough
    stop = inner.extent
    while stop < limit and context.word(stop) in context.rules.closed["sayings_complements"]:
        more = context.reading.phrase(stop + 1)
        if more is None or more.first != stop + 1:
            break
        stop = more.extent
    return stop if stop >= limit - 1 or context.tokens[stop].kind == "mark" else 0


def _with_name(context: Context, first: int) -> int:
    """Where a source begins whose name or title stands in front of a bracket or a comma."""
    lead = context.word(first - 1)
    if lead == ")" and context.is_capital(first):
        return _before_bracket(context, first)
    if lead == "," and first - 2 > context.first and context.tokens[first].text[:1].islower():
        return _before_title(context, first)
    return first


def _before_bracket(context: Context, first: int) -> int:
    """Where "Director General of Police (DGP) Neelmani" begins, of whom only "Neelmani" is the phrase."""
    openings = range(first - 2, max(context.first, first - 6), -1)
    opening = next((i for i in openings if context.word(i) == "("), None)
    title = context.reading.phrase(opening - 1) if opening is not None else None
    if opening is None or title is None:
        return first
    outer = context.reading.before(opening)[-1:]
    return outer[0].first if outer else title.first


def _before_title(context: Context, first: int) -> int:
    """Where "Daniel Bekele, head of the commission" begins: at the name, where a bare title follows it."""
    name = context.reading.phrase(first - 2)
    if name is None or name.stop != first - 1 or not context.is_capital(name.head):
        return first
    if context.word(first) in context.rules.closed["sayings_determiners"]:
        return first
    office = context.rules.resolution["persons"]
    bare = context.rules.sources.at(context.tokens, first, context.stop)
    return name.first if bare and context.holds(office, first, bare.stop) else first
