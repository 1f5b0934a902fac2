"""The tokens of one sentence with the rules to read them by: what every rule of this stage is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casualty_extract.analysis import Token
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Number

_NUMERAL = ("odd", "figure")  # what digits begin, and a cardinal with a hyphen


@dataclass(frozen=True, slots=True)
class Passage:
    """The tokens first..stop-1 of a text. Positions outside of them are no error: no word stands there."""

    tokens: Sequence[Token]
    first: int
    stop: int
    rules: Rules

    def word(self, i: int) -> str:
        """The lower word, number or mark at i; "" outside of the sentence."""
        return self.tokens[i].lower if self.first <= i < self.stop else ""

    def kind(self, i: int) -> str:
        """The kind of the token at i (word, number, mark); "" outside of the sentence."""
        return self.tokens[i].kind if self.first <= i < self.stop else ""

    def kinds(self, i: int) -> tuple[str, ...]:
        """The kinds of number expressions that may begin at one of the ``places``, by its word and the next."""
        beginning = self.rules.numbers.beginnings.get(self.tokens[i].lower)
        if beginning is None:
            return _NUMERAL
        follows = beginning.seconds and i + 1 < self.stop and self.tokens[i + 1].lower in beginning.seconds
        return beginning.before_second if follows else beginning.otherwise

    def lowest(self, found: Sequence[Number]) -> int:
        """Where the modifiers of a number may begin at the earliest: behind the numbers found before it."""
        return found[-1].stop if found else self.first

    def places(self) -> list[int]:
        """The tokens at which a number expression may begin, in order."""
        may_begin = self.rules.numbers.may_begin
        return [i for i, token in enumerate(self.tokens[self.first : self.stop], self.first) if may_begin[token.lower]]

    def counts_people(self, i: int) -> bool:
        """Whether a noun of people or a harm word follows within three words: "[2012] young recruits"."""
        ends = self.rules.closed["numbers_noun_ends"]
        for k in range(i, min(i + 3, self.stop)):
            if self.tokens[k].kind != "word" or self.tokens[k].lower in self.rules.numbers.units:
                return False
            found = self.rules.victims.at(self.tokens, k, self.stop)
            if (found and found.rule.use == "noun") or self.rules.harms.at(self.tokens, k, self.stop):
                return True
            if self.tokens[k].lower in ends:
                return False
        return False
