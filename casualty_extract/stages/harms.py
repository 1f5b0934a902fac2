"""Harm words of one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Sentence, Token
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import HarmCue


def find_harms(tokens: Sequence[Token], sentence: Sentence, rules: Rules) -> tuple[HarmCue, ...]:
    """The harm cues of a sentence in order. Idioms hide what they hold; a cue that needs another word has it there."""
    found = [m for m in rules.harms.scan(tokens, sentence.first, sentence.stop) if m.rule.victim != "none"]
    if any(m.rule.needs for m in found):
        present = frozenset(t.lower for t in tokens[sentence.first : sentence.stop])
        found = [m for m in found if not m.rule.needs or m.rule.needs & present]
    return tuple(HarmCue(m.first, m.stop, m.rule) for m in found)
