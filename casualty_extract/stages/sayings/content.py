"""Where the content of a saying runs: behind the verb and its circumstances or in front of the source."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.stages.mentions import Link, Saying, Speech
from casualty_extract.stages.sayings.context import Context

Ranges = tuple[tuple[int, int], ...]

DASHES = frozenset("-–—")
_BEHIND_ONLY = frozenset(("counts", "accuses", "blames", "threatens"))  # frames whose content never stands in front


def find_content(context: Context, cue: Speech, source: int, end: int) -> Ranges:
    """The content of a verb whose source begins at ``source``: behind ``end`` where anything follows, else in front."""
    i = behind_circumstances(context, end)
    i = context.stop if i > end and source - context.first > 1 and _is_reduced(context, i) else i
    remark = cue.rule.name == "say" and source - context.first > 1 and _is_remark(context, i)
    if not remark and not _is_spent(context, i):
        if cue.rule.frame != "says" or not _is_tag(context, cue, source):
            return ((end, context.stop),)
        i = context.stop
    if cue.rule.frame in _BEHIND_ONLY:
        return ()
    if source - context.first <= 1:
        return ((i, context.stop),) if i < context.stop else ()
    runs_on = i < context.stop - 1 and (remark or context.tokens[i].text == "," or _is_share(context, i))
    after = ((i, context.stop),) if runs_on else ()
    return ((content_start(context, source), source), *after)


def content_start(context: Context, source: int) -> int:
    """Where the content in front of a source begins: behind the last semicolon or lost full stop, or with the
    sentence."""
    for i in range(source - 2, context.first, -1):
        if context.tokens[i].text == ";":
            return i + 1
        if i in context.breaks:
            return i
    return context.first


def noun_end(context: Context, i: int) -> int:
    """Where the complement of a noun of saying ends: at the next comma ("its tally of nine dead, ...")."""
    return next((k for k in range(i, context.stop) if context.tokens[k].text in ",;"), context.stop)


def after_comma(context: Context, end: int) -> Ranges:
    """What follows a source between commas as the rest of its content: "Nine, said the army, died"; else nothing."""
    if end < context.stop - 1 and context.tokens[end].text == ",":
        return ((end, context.stop),)
    return ()


def _is_spent(context: Context, i: int) -> bool:
    """Whether no content follows a verb at token i: the end, a mark, or what only adds to a content in front."""
    if i >= context.stop or _is_afterthought(context, i) or context.tokens[i].text in ",.;)":
        return True
    return context.tokens[i].text in '"”' and i + 1 >= context.stop


def _is_afterthought(context: Context, i: int) -> bool:
    """ "said adding", "said and fresh clashes", "said most of them": an addition to a content in front of the cue."""
    if context.word(i).endswith("ing") and context.rules.cues.at(context.tokens, i, context.stop) is not None:
        return True
    return context.word(i) in context.rules.closed["sayings_afterthoughts"] or _is_share(context, i)


def _is_tag(context: Context, cue: Speech, source: int) -> bool:
    """ "Nine people were killed, police said as rescuers searched": a sentence of harm, and nobody harmed behind."""
    lead, grammar, harms = context.word(context.first), context.rules.grammar, context.rules.harms
    if context.word(source - 1) != "," or lead in grammar.prepositions or lead in grammar.subordinators:
        return False
    says_more = context.word(cue.stop) == "that" or any(other.first >= cue.stop for other in context.cues)
    if says_more or context.holds(harms, cue.stop, context.stop):
        return False
    front = range(context.first, source - 1)
    told = context.holds(harms, context.first, source - 1) and any(context.is_figure(k) for k in front)
    return told and not any(context.is_figure(k) for k in range(cue.stop, context.stop))


def _is_remark(context: Context, i: int) -> bool:
    """ "said on Sunday marking an escalation", where a comma was lost; not "said shelling had killed nine"."""
    return context.word(i).endswith("ing") and context.reading.phrase(i) is None


def _is_reduced(context: Context, i: int) -> bool:
    """ "the mayor said in a raid blamed on rebels": a clause of the circumstance, no content."""
    return context.word(i).endswith("ed") and context.word(i + 1) == "by"


def _is_share(context: Context, i: int) -> bool:
    """ "most of them", "mostly": a share of the figure in front."""
    return context.rules.resolution["mostly"].at(context.tokens, i, context.stop) is not None


# --- circumstances ----------------------------------------------------------------------------------------------------


def behind_circumstances(context: Context, i: int) -> int:
    """Behind time, place and manner between a verb of saying and its content ("said on Sunday in a statement")."""
    while i < context.stop:
        end = _circumstance_end(context, i)
        if end == i:
            break
        i = end
    return i


def _circumstance_end(context: Context, i: int) -> int:
    """Where the circumstance at token i ends; i itself where there is none."""
    token = context.tokens[i]
    if _is_time_or_manner(context, i):
        return i + 1
    talk = token.lower == "with" and context.word(i - 1) in context.rules.closed["sayings_talks"]
    if talk or token.lower in context.rules.closed["sayings_circumstances"]:
        return _adjunct_end(context, i)
    if token.lower in context.rules.closed["sayings_published"]:
        return i + 1  # "warned in a report published on Monday"
    if token.lower == "without":
        return context.stop  # "said without giving a figure"
    if token.text == "." and context.word(i - 1) in context.rules.grammar.times:
        return i + 1  # "Jan."
    return i


def _is_time_or_manner(context: Context, i: int) -> bool:
    """ "Sunday", "March 12", "earlier", "bluntly"."""
    token, times = context.tokens[i], context.rules.grammar.times
    if token.lower in times or token.lower in context.rules.closed["sayings_adverbs"]:
        return True
    if token.kind == "number" and i > context.first and context.word(i - 1) in times:
        return True
    return token.lower.endswith("ly") and context.reading.phrase(i) is None


def _adjunct_end(context: Context, i: int) -> int:
    """Where "on Sunday", "in a statement", "late last week" ends; i itself before a clause ("to villagers were")."""
    behind = context.word(i + 1)
    inner = context.reading.phrase(i + 1)
    if behind == "the" and inner is not None:
        return inner.extent
    if behind in context.rules.grammar.times or behind in context.rules.closed["sayings_time_leads"]:
        return i + 2
    if (
        inner is None
        or inner.first != i + 1
        or context.word(inner.stop) in context.rules.closed["sayings_auxiliaries"]
        or context.is_figure(inner.first)
    ):
        return i
    return inner.extent


# --- clipping ---------------------------------------------------------------------------------------------------------


def clip(context: Context, saying: Saying, sayings: Sequence[Saying], barred: Sequence[int]) -> Saying:
    """A saying whose content behind the cue ends where the next source stands on its own, at a semicolon, or at a cue
    that presupposes (``barred``): "the army said nine had died, and rebels said twelve"."""
    content: list[tuple[int, int]] = []
    for first, stop in saying.content:
        end = _next_source(context, saying, sayings, first, stop) if len(sayings) > 1 else stop
        if first > saying.cue.first:
            end = _content_end(context, saying, first, end)
        if barred and first >= saying.cue.first:
            end = min([b for b in barred if first <= b < end], default=end)
        if first < end:
            content.append((first, end))
    return saying if content == list(saying.content) else saying._replace(content=tuple(content))


def nest(context: Context, saying: Saying, sayings: Sequence[Saying]) -> Saying:
    """An "according to" at the end of what somebody says: whom he goes by, unless a medium that relays him: "He said
    that nine had died, according to autopsies"."""
    if saying.cue.rule.frame != "according" or any(_is_media(context, link) for link in saying.links):
        return saying
    hosts = [
        other.content[0][0]
        for other in sayings
        if other.cue.rule.frame in ("says", "tells")
        and other.cue.first < saying.cue.first
        and any(first <= saying.cue.first < stop for first, stop in other.content)
        and other.content[0][0] > other.cue.first
    ]
    if not hosts:
        return saying
    return saying._replace(content=tuple((max(first, max(hosts)), stop) for first, stop in saying.content))


def _is_media(context: Context, link: Link) -> bool:
    """Whether a source is of the media, or a name that may be one."""
    rules, tokens = context.rules, context.tokens
    types = [match.rule.type for match in rules.bodies.scan(tokens, link.first, link.stop)]
    types += [match.rule.type for match in rules.sources.scan(tokens, link.first, link.stop)]
    return "media" in types or not types


def _content_end(context: Context, saying: Saying, first: int, stop: int) -> int:
    """Where the content first..stop-1 behind a cue ends by itself: at a semicolon, a lost full stop, a concession of
    the text's own, a dash behind what a relative says; else ``stop``."""
    for i, token in enumerate(context.tokens[first:stop], first):
        if token.kind != "mark":
            if i in context.breaks:
                return i
        elif token.text == ";" or i in context.breaks or _ends_at_mark(context, saying, i):
            return i
    return stop


def _ends_at_mark(context: Context, saying: Saying, i: int) -> bool:
    """Whether a content ends at a comma or dash: "did not name them, although nine died", "footage which he said was
    old - "."""
    token = context.tokens[i]
    if token.text == "," and not any(i < stop <= context.stop for stop in context.quote_stops):
        behind = context.word(i + 1 + (context.word(i + 1) == "even"))
        if context.word(saying.at - 1) in ("which", "who") and _goes_back(context, saying, i + 1):
            return True
        return behind in context.rules.closed["sayings_concessions"]
    if token.text not in DASHES or not token.gap or context.word(saying.at - 1) not in ("which", "that"):
        return False
    return context.word(saying.cue.stop) in context.rules.grammar.be


def _goes_back(context: Context, saying: Saying, verb: int) -> bool:
    """ "The blast, which police said was an accident, killed nine": the main verb behind what a relative says."""
    if context.word(saying.at - 2) != "," or context.word(verb).endswith("ing") or context.reading.phrase(verb):
        return False
    subject = context.reading.subject(verb, verb + 1) if context.is_word(verb) else ()
    return bool(subject) and subject[0].first < saying.at


def _next_source(context: Context, saying: Saying, sayings: Sequence[Saying], first: int, end: int) -> int:
    """Where the content first..end-1 gives way to another saying."""
    for other in sayings:
        if other is saying:
            continue
        if first < other.cue.first < end and other.cue.first > saying.cue.first and _share_source(saying, other):
            end = other.cue.first  # "denies 40 captured, says two missing"
        opens = saying.cue.rule.frame == "according" and other.at <= first + 1  # "According to X, a report lists nine"
        if saying.cue.first <= first < other.at < end and not opens and _stands_alone(context, other):
            end = other.at
    return end


def _share_source(saying: Saying, other: Saying) -> bool:
    """Whether two verbs have one subject."""
    return bool(saying.links and other.links) and other.links[0].first == saying.links[0].first


def _stands_alone(context: Context, saying: Saying) -> bool:
    """Whether a saying begins a content of its own: behind a joining word or mark, or inserted in its content."""
    lead, frame = context.word(saying.at - 1), saying.cue.rule.frame
    start = saying.content[0][0] if saying.content else saying.at
    is_inserted = start < saying.at and any(stop <= saying.at for _, stop in saying.content)
    is_dash = lead in DASHES and context.tokens[saying.at - 1].gap > 0
    joins = is_dash or lead in (",", ";") or lead in context.rules.closed["sayings_joining"]
    if not (is_inserted or joins or (frame == "according" and start > saying.at)):
        return False
    if frame == "noun" and lead != ";":
        return False
    return lead != "that" and not (lead == "," and frame == "according" and not is_inserted)
