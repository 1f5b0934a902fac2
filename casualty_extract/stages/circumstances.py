"""Who did it, by what, where and when, as the clause of a claim words them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casualty_extract.analysis import Phrase, Reading, Token
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import HarmCue, Mention

_REACH = 24  # tokens behind the claim in which its circumstances stand
_TIME_REACH = 6

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
    for first, phrase in _circumstantial(mention, cue, tokens, reading, rules):
        if _is_cause(phrase, tokens, rules):
            cause = cause or (phrase.first, phrase.extent)
        elif _is_time(phrase, tokens, rules):
            time = time or (first, phrase.extent)
        elif tokens[first].lower in rules.resolution["place_leads"] and _is_place(first, phrase, tokens, rules):
            place = place or (first, _place_end(phrase, tokens, reading))
    time = time or _bare_time(_claim_end(mention, cue), tokens, sentence.stop, rules)
    return Circumstances(perpetrator, cause, place, time)


def _claim_end(mention: Mention, cue: HarmCue) -> int:
    return max(cue.stop, mention.number.stop, mention.noun[1] if mention.noun else 0)


def _agent(mention: Mention, tokens: Sequence[Token], rules: Rules) -> tuple[Place | None, Place | None]:
    """The agent of the clause as perpetrator, or as cause where it is a thing or an event."""
    agent = mention.agent
    if agent is None or tokens[agent.first].kind == "number":
        return None, None
    if tokens[agent.head].lower in rules.closed["circumstances_empty_agents"]:
        return None, None
    if agent.first > 0 and tokens[agent.first - 1].lower in rules.resolution["place_leads"]:
        return None, None  # "air strikes on Varn that have killed": not the place
    words = (agent.first, agent.extent)
    if not _is_cause(agent, tokens, rules) and _is_someone(agent, tokens, rules):
        return words, None
    return None, words


def _is_someone(agent: Phrase, tokens: Sequence[Token], rules: Rules) -> bool:
    """People, a body, a pronoun of persons or a name."""
    return (
        tokens[agent.first].lower in rules.closed["circumstances_agent_pronouns"]
        or tokens[agent.head].capital
        or rules.victims.occurs(tokens, agent.first, agent.extent)
        or rules.bodies.occurs(tokens, agent.first, agent.extent)
    )


def _circumstantial(
    mention: Mention, cue: HarmCue, tokens: Sequence[Token], reading: Reading, rules: Rules
) -> Iterator[tuple[int, Phrase]]:
    """Prepositions with their phrases: those behind the claim, up to the end of its clause, then the opening one."""
    sentence, last = reading.sentence, _claim_end(mention, cue)
    ends, leads = rules.resolution["clause_ends"].first_words, rules.resolution["circumstance_leads"].first_words
    for i, token in enumerate(tokens[last : min(last + _REACH, sentence.stop - 1)], last):
        if token.lower in ends:
            break
        phrase = _behind_preposition(i, tokens, reading, rules) if token.lower in leads else None
        if phrase is not None:
            yield i, phrase
    if sentence.first < min(cue.first, mention.number.first) and tokens[sentence.first].lower in leads:
        phrase = _behind_preposition(sentence.first, tokens, reading, rules)
        if phrase is not None:
            yield sentence.first, phrase


def _behind_preposition(i: int, tokens: Sequence[Token], reading: Reading, rules: Rules) -> Phrase | None:
    """The phrase or date right behind a preposition at token i; None where there is none."""
    first, stop, times = i + 1, reading.sentence.stop, rules.grammar.times
    dated = tokens[first].kind == "number" and first + 1 < stop and tokens[first + 1].lower in times
    phrase = None if dated else reading.phrase(first)  # "on 7 March 2019" is no phrase of seven
    if phrase is not None and phrase.first == first:
        return phrase
    if not dated and tokens[first].lower not in times:
        return None
    end = _time_end(first, tokens, stop, rules)
    return Phrase(first, end, first, end)


def _place_end(phrase: Phrase, tokens: Sequence[Token], reading: Reading) -> int:
    """ "at a market in Varn": the place that a place is in belongs to it."""
    stop = phrase.extent
    inner = reading.phrase(stop + 1) if stop < reading.sentence.stop and tokens[stop].lower == "in" else None
    if inner is not None and inner.first == stop + 1 and tokens[inner.head].capital:
        return inner.extent
    return stop


def _time_end(i: int, tokens: Sequence[Token], stop: int, rules: Rules) -> int:
    """Where a date ends: "Friday", "7 October 2023", "March 8"."""
    while i < stop and (
        tokens[i].lower in rules.grammar.times or tokens[i].kind == "number" or _is_inside_date(i, tokens, stop)
    ):
        i += 1
    return i


def _is_inside_date(i: int, tokens: Sequence[Token], stop: int) -> bool:
    """The mark of "Oct. 7" and of "March 8, 2023"."""
    if i + 1 >= stop or tokens[i + 1].kind != "number":
        return False
    return tokens[i].text == "." or (tokens[i].text == "," and len(tokens[i + 1].text) == 4)


def _is_cause(phrase: Phrase, tokens: Sequence[Token], rules: Rules) -> bool:
    return tokens[phrase.head].lower in rules.resolution["causes"]


def _is_time(phrase: Phrase, tokens: Sequence[Token], rules: Rules) -> bool:
    """Holds a word of time ("may" and "march" with a capital), or is a year."""
    head = tokens[phrase.head]
    if head.kind == "number" and len(head.text) == 4 and head.text[:2] in ("19", "20"):
        return True
    times, verbs = rules.grammar.times, rules.grammar.verb_months
    told = [t for t in tokens[phrase.first : phrase.extent] if t.lower in times]
    return any(t.capital or t.lower not in verbs for t in told)


def _is_place(first: int, phrase: Phrase, tokens: Sequence[Token], rules: Rules) -> bool:
    """A place has a proper name in it, or stands behind "at", "near", "outside" or "inside"."""
    if tokens[first].lower in rules.closed["circumstances_near_leads"] and tokens[phrase.first].kind == "word":
        return True
    return any(t.capital and t.kind == "word" for t in tokens[phrase.first : phrase.extent])


def _bare_time(first: int, tokens: Sequence[Token], stop: int, rules: Rules) -> Place | None:
    """A weekday, "last week" or "overnight" without a preposition, behind the claim."""
    times, ends = rules.grammar.times, rules.resolution["clause_ends"].first_words
    leads = rules.closed["circumstances_time_leads"]
    for i in range(first, min(first + _TIME_REACH, stop)):
        word = tokens[i].lower
        if word in ends:
            return None
        if word in times and word in rules.resolution["bare_times"]:
            return (i, i + 1)
        if word in leads and i + 1 < stop and tokens[i + 1].lower in times:
            return (i, i + 2)
    return None
