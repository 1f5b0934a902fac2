"""Harm words of one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Document, Sentence, Token
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import HarmCue

_LOST_REACH = 9  # tokens behind "lost" in which a match or a vote is named


def find_harms(document: Document, sentence: Sentence, rules: Rules) -> tuple[HarmCue, ...]:
    """The harm cues of a sentence in order. Idioms hide what they hold; a cue that needs another word has it there;
    a film's plot has none."""
    tokens, (first, stop, _) = document.tokens, sentence
    found = [m for m in rules.harms.within(document, first, stop) if m.rule.victim != "none"]
    if not found:
        return ()  # most sentences
    found = [m for m in found if not _is_name(tokens, m.first, m.stop, sentence)]
    if _is_fiction(tokens, sentence, rules):
        return ()
    if any(m.rule.needs for m in found):
        present = {t.lower for t in tokens[first:stop]}
        found = [m for m in found if not m.rule.needs or not m.rule.needs.isdisjoint(present)]
    if any(m.rule.name == "lose_people" for m in found):
        found = [m for m in found if m.rule.name != "lose_people" or not _is_lost_otherwise(tokens, m.stop, rules)]
    return tuple([HarmCue(m.first, m.stop, m.rule) for m in found])


def _is_lost_otherwise(tokens: Sequence[Token], stop: int, rules: Rules) -> bool:
    """ "Lost six men for 41 runs", "lost 23 deputies in the vote": a match or an election."""
    return not rules.closed["harms_lost_otherwise"].isdisjoint(t.lower for t in tokens[stop : stop + _LOST_REACH])


def _is_name(tokens: Sequence[Token], first: int, stop: int, sentence: Sentence) -> bool:
    """Whether a word is a person's name: "Mayor Lynch's nine guards"."""
    return stop < sentence.stop and tokens[stop].lower == "'s" and tokens[first].capital


def _is_fiction(tokens: Sequence[Token], sentence: Sentence, rules: Rules) -> bool:
    """Whether the sentence opens with a work and its plot: "The film, in which a gang kills forty", "In the film, forty
    die"."""
    inside = tokens[sentence.first].lower == "in" and sentence.first + 1 < sentence.stop
    work = rules.resolution["fiction"].at(tokens, sentence.first + inside, sentence.stop)
    if work is None:
        return False
    if inside:
        return work.stop < sentence.stop and tokens[work.stop].text == ","
    behind = work.stop + (work.stop < sentence.stop and tokens[work.stop].text == ",")
    return [t.lower for t in tokens[behind : min(behind + 2, sentence.stop)]] == ["in", "which"]
