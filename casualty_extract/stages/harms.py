"""Harm words of one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Sentence, Token
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import HarmCue


def find_harms(tokens: Sequence[Token], sentence: Sentence, rules: Rules) -> tuple[HarmCue, ...]:
    """The harm cues of a sentence in order; idioms hide what they hold, and a cue that needs another word has it there."""
    found = [m for m in rules.harms.scan(tokens, sentence.first, sentence.stop) if m.rule.victim != "none"]
    if not found:
        return ()
    present: frozenset[str] | None = None
    cues: list[HarmCue] = []
    for match in found:
        if match.rule.needs:
            if present is None:
                present = frozenset(t.lower for t in tokens[sentence.first : sentence.stop])
            if not match.rule.needs & present:
                continue
        cues.append(HarmCue(match.first, match.stop, match.rule))
    return tuple(cues)
