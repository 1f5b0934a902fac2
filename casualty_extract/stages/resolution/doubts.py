"""What makes a claim unsure: closed codes, for those who check by hand.

A code stands for a situation in which the rules are right less often than elsewhere; docs/tolls.md has the figures.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from casualty_extract.analysis import Document
from casualty_extract.model import Claim, Source
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Mention
from casualty_extract.tolls import check_sums

_FAR = 120  # characters between a number and its claimant
_OPEN_NOUNS = ("man", "unknown_noun", "hostage", "several_kinds")  # rules of nouns that do not say who the people are
_OPEN_HARMS = ("shoot",)  # rules of harm words that leave open whether somebody died
_OF_A_NOUN = ("event_of", "event_noun", "harm_noun", "of_whom", "kinds", "breakdown", "compared")  # bindings


class Doubter:
    """The claims of one text with their mentions, one for one."""

    def __init__(self, document: Document, claims: Sequence[Claim], mentions: Sequence[Mention], rules: Rules) -> None:
        self.document, self.claims, self.mentions, self.rules = document, claims, mentions, rules
        self._unsummed = {check.whole for check in check_sums(claims) if not check.agrees}
        self._opening: set[str] = next((days for claim in claims if (days := _days(claim))), set())
        self._hedged = {
            (m.sentence, c.claimants) for c, m in zip(claims, mentions, strict=True) if c.status == "hedged"
        }
        self._turned = {m.sentence for c, m in zip(claims, mentions, strict=True) if c.episode}

    def doubted(self) -> list[Claim]:
        """The claims with their doubts, in the order of the codes."""
        pairs = zip(self.claims, self.mentions, strict=True)
        found = [(claim, {*claim.doubts, *self._doubts(claim, mention)}) for claim, mention in pairs]
        return [claim.changed(doubts=tuple(sorted(doubts))) if doubts else claim for claim, doubts in found]

    def _doubts(self, claim: Claim, mention: Mention) -> Iterator[str]:
        rule = str(claim.rules.get("victims", ""))
        if claim.count.modifier == "vague":
            yield "vague_number"
        if mention.carried:
            yield "category_carried_over"
        if rule in _OPEN_NOUNS or claim.victims.category == "mixed":
            yield "category_open"
        if claim.harm == "casualties" or claim.rules.get("harm") in _OPEN_HARMS:
            yield "harm_open"
        if mention.rule in _OF_A_NOUN:
            yield "count_of_a_noun"
        if claim.id in self._unsummed:
            yield "parts_do_not_sum"
        if not claim.episode and (mention.sentence - 1 in self._turned or self._is_of_another_day(claim)):
            yield "episode_uncertain"
        if self._is_half_hedged(claim, mention):
            yield "hedge_reach_uncertain"
        if claim.attribution:
            yield from self._of_source(claim, claim.attribution[-1])

    def _of_source(self, claim: Claim, source: Source) -> Iterator[str]:
        if abs(source.start - claim.count.start) > _FAR:
            yield "source_far_away"
        if not self._is_body(source):
            yield "source_not_a_body"

    def _is_body(self, source: Source) -> bool:
        """Whether a source is or means a name, or has a noun of those who say something; not "the strike"."""
        if source.name != source.text:
            return True
        tokens = self.document.tokens
        first = bisect_left(self.document.starts, source.start)
        stop = bisect_left(self.document.starts, source.end)
        named = any(
            tokens[k].capital and (k > first or tokens[k].lower not in ("the", "a"))
            for k in range(first, stop)
        )
        return named or self.rules.sources.occurs(tokens, first, stop) or self.rules.bodies.occurs(tokens, first, stop)

    def _is_of_another_day(self, claim: Claim) -> bool:
        """Whether the clause names another day than that of the first claim, and no word tells of another event."""
        days = _days(claim)
        return bool(days) and claim.scope == "event" and not days & self._opening

    def _is_half_hedged(self, claim: Claim, mention: Mention) -> bool:
        """Whether a hedge of the sentence covers another figure of the same claimants, but not this one."""
        if not self._hedged or claim.status != "asserted" or claim.implicit:
            return False
        return (mention.sentence, claim.claimants) in self._hedged


def _days(claim: Claim) -> set[str]:
    """The names and numbers of days, months and years in the time of a claim: what is written large, and digits."""
    spoken = claim.time.text.replace(",", " ").split() if claim.time else []
    return {word.casefold() for word in spoken if word[:1].isupper() or word.isdigit()}
