"""What stands between a subject and its verb: brackets, dashes, commas, and lists that tell the parts of a whole."""

from __future__ import annotations

from casualty_extract.analysis import Phrase
from casualty_extract.analysis.groups import Groups
from casualty_extract.analysis.phrases import Phrases
from casualty_extract.analysis.tagged import TaggedSentence

_DASHES = ("-", "–", "—")


class Asides:
    """Where an aside opens, asked at the mark that closes it, or at its last phrase where the mark was lost."""

    def __init__(self, sentence: TaggedSentence, phrases: Phrases, groups: Groups) -> None:
        self._sentence, self._tag, self._word = sentence, sentence.tag, sentence.word
        self._at, self._groups = phrases.at, groups

    def bracket(self, close: int) -> int:
        """The bracket that opens what the one at ``close`` closes; ``close`` for none near."""
        for i in range(close - 1, max(self._sentence.first, close - 12) - 1, -1):
            if self._tag(i) == "(":
                return i
        return close

    def dash(self, close: int) -> int | None:
        """The dash that opens what the one at ``close`` closes ("people - including 5,000 children - were")."""
        tokens = self._sentence.tokens
        if tokens[close].text not in _DASHES or tokens[close].gap == 0:
            return None
        for i in range(close - 1, max(self._sentence.first, close - 30) - 1, -1):
            if tokens[i].text in _DASHES:
                return i
        return None

    def comma(self, close: int) -> int | None:
        """Where the aside opens that the comma at ``close`` closes; None where it closes none."""
        phrase = self._at(close - 1)
        if phrase is not None:
            included = self._word(phrase.first - 1) in self._sentence.grammar.inclusions
            if included and self._word(phrase.first - 2) != "not":
                return close  # "people including 44 children, have been killed": none opened it
            listed = self._listed(phrase)
            if listed is not None:
                return listed  # "five people, including a guard, and two drivers, were"
        return self._parenthetical(close)

    def whole(self, phrase: Phrase) -> int | None:
        """Where the whole ends that the phrase only describes: "73 civilians mostly women and children"."""
        group = self._groups.leftward(phrase)
        i = (group[0] if group else phrase).first
        if self._word(i - 1) in self._sentence.grammar.shares and self._at(i - 2) is not None:
            return i - 1
        listed = self._listed(phrase)
        if listed is not None:
            return listed
        if self._word(i - 1) in ("them", "whom") and self._word(i - 2) == "of":
            count = self._at(i - 3)  # "four people one of them a child", "most of them civilians"
            told = self._tag(i - 3) == "Q" or self._word(i - 3) in self._sentence.grammar.aside_openers
            return count.first if count and told else None
        return None

    def _listed(self, phrase: Phrase) -> int | None:
        """Where the whole ends whose parts a list tells: "five people, including a guard and two cooks were"."""
        first, closed = phrase.first, 0
        if self._tag(first - 1) != "C" or self._are_others(phrase) or self._groups.speaks(phrase):
            return None
        for _ in range(8):
            i = first - 1
            if self._tag(i) == "C":
                i -= 1
                closed += 1
                if closed > 1:
                    return None  # the list was closed already: a new clause
            if self._tag(i) == ",":
                i -= 1
            other = self._groups.ending(i + 1) if i < first - 1 else None
            if other is None:
                return None
            lead = self._groups.inclusion(other.first)
            if lead is not None:
                return lead - 1 if self._tag(lead - 1) == "," else lead
            first = other.first
        return None

    def _are_others(self, phrase: Phrase) -> bool:
        """ "Four died including 3 children and 43 others were hurt": the others are no part of them."""
        return self._word(phrase.head) == "others" and self._sentence.is_counted(phrase)

    def _parenthetical(self, close: int) -> int | None:
        """The comma that opens what the comma at ``close`` closes ("people, most of them civilians, were")."""
        age = None
        for i in range(close - 1, max(self._sentence.first, close - 40) - 1, -1):
            tag = self._tag(i)
            if tag == "." and self._word(i) in (";", ":"):
                return None
            if tag != ",":
                continue
            if self._is_wordless(i + 1, close):
                age = i  # "Ana, 34, and Leo, 36, were"
            elif self._opens(i + 1) or (close - i <= 10 and self._is_verbless(i + 1, close)):
                behind_age = self._tag(i - 1) == "#" and self._tag(i - 2) == ","
                return i - 2 if behind_age else i  # "Ana, 34, a nurse, was"
        return self.bracket(close - 1) if age is None and self._tag(close - 1) == ")" else age

    def _opens(self, i: int) -> bool:
        """Whether a word behind a comma begins an aside."""
        return self._word(i) in self._sentence.grammar.aside_openers or self._tag(i) in "QRNAGp"

    def _is_wordless(self, first: int, stop: int) -> bool:
        tokens = self._sentence.tokens
        return all(tokens[k].kind != "word" or tokens[k].lower == "and" for k in range(first, stop))

    def _is_verbless(self, first: int, stop: int) -> bool:
        return not any(self._tag(k) in "VBHM" for k in range(first, stop))
