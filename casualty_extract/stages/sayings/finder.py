"""The order of the rules: cues from left to right, each by its frame; then what is cited, then the headline."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Document, Reading
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Link, Saying, Speech
from casualty_extract.stages.sayings.breaks import with_breaks
from casualty_extract.stages.sayings.content import clip, nest
from casualty_extract.stages.sayings.context import make_context
from casualty_extract.stages.sayings.documents import with_owners
from casualty_extract.stages.sayings.frames import join_cited, read_according, read_by_count, read_noun, read_quoted
from casualty_extract.stages.sayings.headlines import read_headline, says_nothing
from casualty_extract.stages.sayings.sources import links_after
from casualty_extract.stages.sayings.verbs import is_harm, read_verb

_READERS = {"noun": read_noun, "cites": read_quoted}  # frames that are no plain verbs; "according" is read before all


class SayingFinder:
    """Reads the sayings of one sentence."""

    def __init__(self, document: Document, reading: Reading, rules: Rules) -> None:
        self._document, self._context = document, make_context(document, reading, rules)

    def find(self) -> list[Saying]:
        """The sayings in order of their cues, cited origins joined to the saying that cites them."""
        if not self._context.cues and says_nothing(self._context):
            return []
        context = self._context = with_breaks(self._document, self._context)
        sayings = self._of_cues() if context.cues else []
        found = (read_headline(context), read_by_count(context))
        return [*sayings, *(saying for saying in found if saying is not None)]

    def _of_cues(self) -> list[Saying]:
        """The sayings of words; a cue that is part of a source is none: "report" in "according to a police report"."""
        context = self._context
        cues = [cue for cue in context.cues if not is_harm(context, cue.first, cue.stop)]
        according = {cue.first: read_according(context, cue) for cue in cues if cue.rule.frame == "according"}
        names = [link for saying in according.values() if saying is not None for link in saying.links]
        citing: list[Speech] = []
        found: list[Saying] = []
        for cue in cues:
            if citing and citing[-1].stop == cue.first:
                continue  # "citing information from medics"
            if names and any(link.first <= cue.first <= link.stop for link in names):
                cited = self._cited_by(cue, found)
                if cited is not None:
                    found[-1] = cited
                continue  # of "data from the ministry show" the source is read already
            if self._is_citing(cue):
                citing.append(cue)
                continue
            saying = according[cue.first] if cue.first in according else self._read(cue)
            if saying is not None:
                found.append(saying)
        return self._with_cited(self._clipped(found), citing)

    def _cited_by(self, verb: Speech, found: Sequence[Saying]) -> Saying | None:
        """ "Activists cited by the monitor said that": the cited one speaks, the other relays."""
        last, context = (found[-1] if found else None), self._context
        if last is None or last.cue.rule.frame != "according" or last.links[-1].stop != verb.first:
            return None
        phrase = context.reading.phrase(last.cue.first - 1)
        if phrase is None or context.word(last.cue.stop - 1) != "by":
            return None
        cited = Link(phrase.first, phrase.stop, (verb.first, verb.stop))
        if not context.is_source(cited):
            return None
        return Saying(verb, (*last.links, cited), ((verb.stop, context.stop),), phrase.first)

    def _read(self, cue: Speech) -> Saying | None:
        """The saying of one cue, if it is one; what is presupposed is nobody's claim."""
        if cue.rule.frame == "presupposes":
            return None
        return _READERS.get(cue.rule.frame, read_verb)(self._context, cue)

    def _clipped(self, found: Sequence[Saying]) -> list[Saying]:
        """The sayings, each with its content up to where another begins that is no part of it."""
        if not found:
            return []
        context = self._context
        barred = [cue.first for cue in context.cues if cue.rule.frame == "presupposes"]
        return [clip(context, nest(context, saying, found), found, barred) for saying in found]

    def _is_citing(self, cue: Speech) -> bool:
        """ "..., citing residents": adds an origin to a saying."""
        return cue.rule.frame == "cites" and self._context.word(cue.first).endswith("ing")

    def _with_cited(self, sayings: list[Saying], citing: Sequence[Speech]) -> list[Saying]:
        """The sayings with the origins that participles cite."""
        for cue in citing:
            origin = with_owners(self._context, links_after(self._context, cue.stop, cue), cue)
            if origin:
                sayings = join_cited(self._context, sayings, cue, origin)
        return sayings
