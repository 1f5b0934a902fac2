"""Who did it, by what, where and when, as the clause of a claim words them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casualty_extract.analysis import Phrase, Reading, Token
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Mention

_REACH = 24  # tokens on either side of the harm word

Place = tuple[int, int]


class Circumstances(NamedTuple):
    """Token ranges of perpetrator, cause, place and time; None where the clause does not say."""

    perpetrator: Place | None
    cause: Place | None
    place: Place | None
    time: Place | None


def find_circumstances(mention: Mention, tokens: Sequence[Token], reading: Reading, rules: Rules) -> Circumstances:
    """The circumstances in the clause of a mention; those of its whole where it has no harm word of its own."""
    cue, sentence = mention.cue, reading.sentence
    if cue is None or not sentence.first <= cue.first < sentence.stop:
        return Circumstances(None, None, None, None)
    perpetrator, cause = _agent(mention, tokens, rules)
    place = time = None
    for first, phrase in _circumstantial(mention, tokens, reading, rules):
        words = (first, phrase.extent)
        if _is_cause(phrase, tokens, rules):
            cause = cause or (phrase.first, phrase.extent)
        elif _is_time(phrase, tokens, rules):
            time = time or words
        elif tokens[first].lower in rules.resolution["place_leads"] and _is_place(first, phrase, tokens):
            place = place or (first, _with_place(phrase, tokens, reading).extent)
    return Circumstances(
        perpetrator, cause, place, time or _bare_time(mention, tokens, sentence.first, sentence.stop, rules)
    )


def _agent(mention: Mention, tokens: Sequence[Token], rules: Rules) -> tuple[Place | None, Place | None]:
    """The agent of the clause as perpetrator, or as cause where it is a thing or an event."""
    agent = mention.agent
    if agent is not None and agent.first > 0 and tokens[agent.first - 1].lower in rules.resolution["place_leads"]:
        return None, None  # "air strikes on Gaza that have killed": not the place
    if agent is not None and tokens[agent.first].kind == "number":
        return None, None
    if agent is None or tokens[agent.head].lower in ("which", "that", "it", "this"):
        return None, None
    words = (agent.first, agent.extent)
    if _is_cause(agent, tokens, rules):
        return None, words
    known = any(True for _ in rules.victims.scan(tokens, agent.first, agent.extent)) or any(
        True for _ in rules.bodies.scan(tokens, agent.first, agent.extent)
    )
    named = tokens[agent.first].lower in ("he", "she", "they", "who") or tokens[agent.head].text[:1].isupper()
    return (words, None) if known or named else (None, words)


def _circumstantial(
    mention: Mention, tokens: Sequence[Token], reading: Reading, rules: Rules
) -> Iterator[tuple[int, Phrase]]:
    """Phrases behind a preposition near the harm word: first those behind it, then those in front of the clause."""
    cue, sentence = mention.cue, reading.sentence
    assert cue is not None
    last = max(cue.stop, mention.number.stop, mention.noun[1] if mention.noun else 0)
    behind = range(last, min(last + _REACH, sentence.stop - 1))
    before = range(sentence.first, min(sentence.first + 1, cue.first, mention.number.first))
    for span in (behind, before):
        for i in span:
            if span is behind and tokens[i].lower in rules.resolution["clause_ends"]:
                break
            if tokens[i].lower not in rules.resolution["circumstance_leads"]:
                continue
            phrase = reading.phrase(i + 1)
            if tokens[i + 1].kind == "number" and i + 2 < sentence.stop and tokens[i + 2].lower in rules.grammar.times:
                phrase = None  # "on 7 March 2019"
            if phrase is not None and phrase.first == i + 1:
                yield i, phrase
            elif tokens[i + 1].lower in rules.grammar.times or (
                tokens[i + 1].kind == "number" and i + 2 < sentence.stop and tokens[i + 2].lower in rules.grammar.times
            ):
                yield (
                    i,
                    Phrase(
                        i + 1,
                        _time_end(i + 1, tokens, sentence.stop, rules),
                        i + 1,
                        _time_end(i + 1, tokens, sentence.stop, rules),
                    ),
                )


def _with_place(phrase: Phrase, tokens: Sequence[Token], reading: Reading) -> Phrase:
    """ "at a market in Varn": the place that a place is in belongs to it."""
    stop = phrase.extent
    inner = reading.phrase(stop + 1) if stop < reading.sentence.stop and tokens[stop].lower == "in" else None
    named = inner is not None and inner.first == stop + 1 and tokens[inner.head].text[:1].isupper()
    return phrase._replace(extent=inner.extent) if named and inner is not None else phrase


def _time_end(i: int, tokens: Sequence[Token], stop: int, rules: Rules) -> int:
    """Where a date ends: "Friday", "7 October 2023", "March 8"."""
    while i < stop and (
        tokens[i].lower in rules.grammar.times
        or tokens[i].kind == "number"
        or (tokens[i].text == "." and i + 1 < stop and tokens[i + 1].kind == "number")
        or (tokens[i].text == "," and i + 1 < stop and tokens[i + 1].kind == "number" and len(tokens[i + 1].text) == 4)
    ):
        i += 1
    return i


def _is_cause(phrase: Phrase, tokens: Sequence[Token], rules: Rules) -> bool:
    return tokens[phrase.head].lower in rules.resolution["causes"].first_words()


def _is_time(phrase: Phrase, tokens: Sequence[Token], rules: Rules) -> bool:
    return any(
        t.lower in rules.grammar.times and (t.text[:1].isupper() or t.lower not in ("may", "march"))
        for t in tokens[phrase.first : phrase.extent]
    ) or (
        tokens[phrase.head].kind == "number"
        and len(tokens[phrase.head].text) == 4
        and tokens[phrase.head].text[:2] in ("19", "20")
    )


def _is_place(first: int, phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """A place has a proper name in it, or stands behind "at", "near", "outside" or "inside"."""
    if tokens[first].lower in ("at", "near", "outside", "inside") and tokens[phrase.first].kind == "word":
        return True
    return any(t.text[:1].isupper() and t.kind == "word" for t in tokens[phrase.first : phrase.extent])


def _bare_time(mention: Mention, tokens: Sequence[Token], first: int, stop: int, rules: Rules) -> Place | None:
    """A weekday or "overnight" without a preposition, behind the harm word."""
    assert mention.cue is not None
    last = max(mention.cue.stop, mention.number.stop, mention.noun[1] if mention.noun else 0)
    for i in range(last, min(last + 6, stop)):
        if tokens[i].lower in rules.resolution["clause_ends"]:
            return None
        if tokens[i].lower in rules.grammar.times and tokens[i].lower in rules.resolution["bare_times"]:
            return (i, i + 1)
        if tokens[i].lower in ("last", "this", "next") and i + 1 < stop and tokens[i + 1].lower in rules.grammar.times:
            return (i, i + 2)
    return None
