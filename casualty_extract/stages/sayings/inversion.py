"""The source behind its verb: ", said the army", "reports Dawn"."""

from __future__ import annotations

from casualty_extract.stages.mentions import Link, Speech
from casualty_extract.stages.sayings.context import Context
from casualty_extract.stages.sayings.sources import links_after

_MARKS = frozenset(",\"”’'?!»-–—.")  # what may close a content in front of "said the army"
_LONGEST_PAPER = 4  # words of the name of a newspaper


def inverted_links(context: Context, cue: Speech) -> tuple[Link, ...]:
    """The sources behind a verb of saying; none where what stands there belongs to the content."""
    if cue.rule.frame != "says" or cue.first == context.first:
        return ()
    links = links_after(context, cue.stop, cue)
    if not links or _is_of_content(context, links):
        return ()
    if _lost_stop(context, links, cue):
        return links
    ends = _ends_content if _follows_content(context, cue) else _ends_clause
    return links if ends(context, links, cue) else ()


def _is_of_content(context: Context, links: tuple[Link, ...]) -> bool:
    """ "said 12 ...", "said he had carried out", "reported the army's loss of 60": what is said, not who says it."""
    grammar, last = context.rules.grammar, links[-1]
    if context.is_figure(links[0].first):
        return True
    behind = context.word(last.stop)
    if behind in grammar.be or behind in grammar.have or behind in grammar.modals:
        return True
    return behind == "of" and context.rules.harms.ending(context.tokens, last.stop, last.first) is not None


def _lost_stop(context: Context, links: tuple[Link, ...], cue: Speech) -> bool:
    """ "reports The Hindu The incident took place": the full stop was lost."""
    end = links[-1].stop
    return (
        context.is_word(end)
        and context.is_capital(end)
        and context.word(cue.first) in context.rules.closed["sayings_reporting"]
        and context.is_source(links[0])
    )


def _follows_content(context: Context, cue: Speech) -> bool:
    """Whether a mark or a quotation ends right before the verb."""
    return context.tokens[cue.first - 1].text in _MARKS or cue.first in context.quote_stops


def _ends_content(context: Context, links: tuple[Link, ...], cue: Speech) -> bool:
    """Whether a source ends what a mark parts from it: '..." said the farmer', ", said the mayor as"."""
    end = links[-1].stop
    if context.tokens[cue.first - 1].text != "," or _is_closed(context, end, "sayings_after_inverted"):
        return True
    return context.is_word(end) and not context.is_figure(end) and context.is_source(links[0])


def _ends_clause(context: Context, links: tuple[Link, ...], cue: Speech) -> bool:
    """Whether a source ends the clause behind a verb that no mark parts from its content: "Nine died reports Dawn"."""
    end = _behind_explanation(context, links[-1].stop)
    remarks = cue.rule.name == "say" and context.word(end).endswith("ing") and context.word(end) != "including"
    if (
        not (_is_closed(context, end, "sayings_after_unmarked") or (remarks and not context.reading.phrase(end)))
        or not context.is_source(links[0])
        or _has_source_before(context, cue)
    ):
        return False
    return context.word(links[0].first) in ("the", "a", "an") or context.is_capital(links[0].first)


def _behind_explanation(context: Context, end: int) -> int:
    """Behind what explains a source without a comma: "said the director of the Observatory a Britain-based monitor"."""
    phrase = context.reading.phrase(end) if context.word(end) in ("a", "an") else None
    return phrase.extent if phrase is not None and phrase.first == end else end


def _is_closed(context: Context, end: int, name: str) -> bool:
    """Whether nothing, a mark or a word of the closed class ``name`` follows."""
    return (
        end >= context.stop
        or context.tokens[end].kind == "mark"
        or context.tokens[end].lower in context.rules.closed[name]
    )


def _has_source_before(context: Context, cue: Speech) -> bool:
    """Whether a source stands right in front of the cue: "the army said the rebels"."""
    before = context.reading.before(cue.first)
    if not before or context.word(cue.first) in context.rules.closed["sayings_of_papers"]:
        return False
    first, stop = before[0].first, before[-1].extent
    return context.holds(context.rules.bodies, first, stop) or context.holds(context.rules.sources, first, stop)


def find_newspaper(context: Context, cue: Speech) -> Link | None:
    """A paper behind "reports" in a text without commas: "on June 2 reports the Harl Gazette Police ..."."""
    if context.word(cue.first) not in context.rules.closed["sayings_reporting"] or not _follows_time(context, cue):
        return None
    first = cue.stop + (context.word(cue.stop) in ("the", "a"))
    grammar = context.rules.grammar
    if first >= context.stop or context.word(first) in grammar.subordinators | grammar.prepositions | grammar.pronouns:
        return None  # "THE MAYOR, HEAD OF THE PARTY, REPORTED THAT"
    bodies, tokens = context.rules.bodies, context.tokens
    body = bodies.at(tokens, cue.stop, context.stop) or bodies.at(tokens, first, context.stop)
    if body is not None and body.rule.type == "media":
        return Link(cue.stop, body.stop, (cue.first, cue.stop))
    stop = _paper_end(context, first)
    return Link(cue.stop, stop, (cue.first, cue.stop)) if stop > first else None


def _follows_time(context: Context, cue: Speech) -> bool:
    """Whether a time, a number, a comma, a bracket or a place stands before the cue: no subject of "reports"."""
    if cue.first <= context.first:
        return False
    before = context.tokens[cue.first - 1]
    if context.word(cue.first - 1) in context.rules.closed["sayings_place_ends"]:
        return True  # "in Tarn District reports the Harl Gazette"
    return before.kind == "number" or before.lower in context.rules.grammar.times or before.text in (",", ")")


def _paper_end(context: Context, first: int) -> int:
    """Where the capital words of a paper's name end: before a title ("Police Spokesman") or a new sentence ("The")."""
    stop, closed = first, context.rules.closed
    while context.is_word(stop) and context.is_capital(stop) and stop - first < _LONGEST_PAPER:
        word = context.word(stop)
        if stop > first and (
            word in closed["sayings_after_paper"]
            or context.is_figure(stop)
            or (
                word not in closed["sayings_paper_names"]
                and context.rules.sources.at(context.tokens, stop, context.stop) is not None
            )
        ):
            break
        stop += 1
    return stop
