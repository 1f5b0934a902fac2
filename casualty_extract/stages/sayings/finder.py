"""The order of the rules: cues from left to right, each by its frame; then what is cited, then the headline."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Document, Reading
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Link, Saying, Speech
from casualty_extract.stages.sayings.breaks import with_breaks
from casualty_extract.stages.sayings.content import clip, nest
from casualty_extract.stages.sayings.context import make_context
from casualty_extract.stages.sayings.frames import join_cited, read_according, read_noun, read_quoted
from casualty_extract.stages.sayings.headlines import read_headline
from casualty_extract.stages.sayings.sources import links_after
from casualty_extract.stages.sayings.verbs import is_harm, read_verb

_READERS = {"according": read_according, "noun": read_noun, "cites": read_quoted}  # frames that are no plain verbs


class SayingFinder:
    """Reads the sayings of one sentence."""

    def __init__(self, document: Document, reading: Reading, rules: Rules) -> None:
        self._context = with_breaks(make_context(document, reading, rules))

    def find(self) -> list[Saying]:
        """The sayings in order of their cues, cited origins joined to the saying that cites them."""
        context = self._context
        matches = [Speech(*m) for m in context.rules.cues.scan(context.tokens, context.first, context.stop)]
        barred = [cue.first for cue in matches if cue.rule.frame == "presupposes"]
        cues = self._outside_names([cue for cue in matches if not is_harm(context, cue.first, cue.stop)])
        citing = [cue for cue in cues if self._is_citing(cue)]
        read = [self._read(cue) for cue in cues if cue not in citing]
        found = [saying for saying in read if saying is not None]
        sayings = [clip(context, nest(context, saying, found), found, barred) for saying in found]
        for cue in citing:
            origin = links_after(context, cue.stop, cue)
            if origin:
                sayings = join_cited(context, sayings, cue, origin)
        headline = read_headline(context)
        return [*sayings, headline] if headline else sayings

    def _read(self, cue: Speech) -> Saying | None:
        """The saying of one cue, if it is one; what is presupposed is nobody's claim."""
        if cue.rule.frame == "presupposes":
            return None
        return _READERS.get(cue.rule.frame, read_verb)(self._context, cue)

    def _is_citing(self, cue: Speech) -> bool:
        """ "..., citing residents": adds an origin to a saying."""
        return cue.rule.frame == "cites" and self._context.word(cue.first).endswith("ing")

    def _outside_names(self, cues: Sequence[Speech]) -> list[Speech]:
        """The cues that are no part of a source: not "report" in "according to a police report"."""
        according = [read_according(self._context, cue) for cue in cues if cue.rule.frame == "according"]
        names: list[Link] = [link for saying in according if saying for link in saying.links]
        return [cue for cue in cues if not any(link.first <= cue.first < link.stop for link in names)]
