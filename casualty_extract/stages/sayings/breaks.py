"""Full stops that the text has lost: behind "reports Dawn" a sentence ends, whatever mark is missing."""

from __future__ import annotations

from dataclasses import replace

from casualty_extract.stages.mentions import Speech
from casualty_extract.stages.sayings.context import Context
from casualty_extract.stages.sayings.inversion import find_newspaper, inverted_links


def with_breaks(context: Context) -> Context:
    """The context with the tokens at which a new sentence begins behind the name of a paper."""
    cues = context.rules.cues.scan(context.tokens, context.first, context.stop)
    reports = [Speech(*cue) for cue in cues if context.word(cue.first) in ("reports", "reported")]
    found = {_behind_paper(context, cue) for cue in reports}
    return replace(context, breaks=frozenset(i for i in found if _begins_sentence(context, i)))


def _behind_paper(context: Context, cue: Speech) -> int:
    """Where the paper behind "reports" ends; where the sentence ends, if there is none."""
    newspaper = find_newspaper(context, cue)
    if newspaper is not None:
        return newspaper.stop
    inverted = inverted_links(context, cue)
    return inverted[-1].stop if inverted else context.stop


def _begins_sentence(context: Context, i: int) -> bool:
    """Whether a word with a capital or a figure stands at token i."""
    return i < context.stop and context.tokens[i].kind != "mark" and (context.is_capital(i) or context.is_figure(i))
