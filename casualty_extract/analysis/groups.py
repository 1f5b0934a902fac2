"""Coordinated phrases by word order: "two nurses, a cook and their driver"."""

from __future__ import annotations

from casualty_extract.analysis import Phrase
from casualty_extract.analysis.ages import Ages
from casualty_extract.analysis.phrases import Phrases
from casualty_extract.analysis.tagged import TaggedSentence

_VERBAL = "VNBHM"
_PLACES = 2  # names of a place between a counted phrase and the next: "in Harl on the coast"
_PARTS_REACH = 10  # tokens of parts behind "including"


class Groups:
    """The groups of phrases in a sentence, read from one of them to the left and to the right."""

    def __init__(self, sentence: TaggedSentence, phrases: Phrases) -> None:
        self._sentence, self._tag, self._word = sentence, sentence.tag, sentence.word
        self._at, self.ages = phrases.at, Ages(sentence)
        self._reporting, self._grammar = sentence.vocabulary.reporting, sentence.grammar
        self._ties = self._grammar.inclusions | self._grammar.companions

    def around(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """The phrase and those coordinated with it, in order of the text."""
        return (*self.leftward(phrase), phrase, *self._rightward(phrase))

    def after(self, token: int) -> tuple[Phrase, ...]:
        """The group that begins at a token, behind adverbs and quotation marks; empty where none does."""
        i = token
        while self._tag(i) in "Aq" and self._at(i) is None:
            i += 1
        phrase = self._at(i)
        if phrase is None or phrase.first != i:
            return ()
        return (phrase, *self._rightward(phrase))

    def before(self, token: int) -> tuple[Phrase, ...]:
        """The group that ends right before a token, complements included; empty where none does."""
        phrase = self.ending(token)
        return (*self.leftward(phrase), phrase) if phrase else ()

    def ending(self, token: int) -> Phrase | None:
        """The phrase right before a token; of a chain with "of" its first."""
        i = token - 1
        while i > self._sentence.first and self._tag(i) == "q":
            i -= 1
        phrase = self._at(i)
        while phrase and self._word(phrase.first - 1) == "of":
            outer = self._at(phrase.first - 2)
            if outer is None:
                break
            phrase = outer
        return phrase

    def inclusion(self, first: int) -> int | None:
        """The word that makes what begins at ``first`` the parts of a whole: "including", the "among" of "among them";
        None where none does."""
        if self._word(first - 1) == "including":
            return first - 1
        pointed = self._tag(first - 1) == "P" and self._word(first - 2) in self._grammar.inclusions
        return first - 2 if pointed else None

    def speaks(self, phrase: Phrase) -> bool:
        """Whether a reporting verb is said of a phrase that counts nobody: "medics said"."""
        return self._word(phrase.extent) in self._reporting and not self._sentence.is_counted(phrase)

    # --- to the right -----------------------------------------------------------------------------------------------

    def _rightward(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """Phrases joined on the right by commas and a conjunction; "14 people and police arrested" joins nothing."""
        found: list[Phrase] = []
        pending: list[Phrase] = []  # behind commas only: no list until a conjunction closes it
        last = phrase
        while self._may_go_on(last.extent):
            link = self._link(self._over_included(self._over_place(self._over_brackets(last.extent))))
            member = self._member(link[0]) if link is not None else None
            if link is None or member is None:
                break
            pending.append(member)
            if link[1]:
                found += pending
                pending = []
            last = member
        return tuple(found)

    def _may_go_on(self, i: int) -> bool:
        """Whether a mark or word stands at i behind which a list may go on: it does so behind few phrases."""
        return self._tag(i) in ",C(I" or self._word(i) in self._ties or self._word(i) in ("as", "aged")

    def _link(self, i: int) -> tuple[int, bool] | None:
        """Where the next phrase of a list begins, and whether a conjunction joins it; None where no list goes on."""
        comma = self._tag(i) == ","
        k = i + 1 if comma else i
        if self._tag(k) == "C" and self._word(k) != "but":
            return k + 1, True
        if self._word(k) == "as" and self._word(k + 1) == "well" and self._word(k + 2) == "as":
            return k + 3, True
        if comma:
            return k, False
        return (i + 1, True) if self._is_companion(i) else None

    def _is_companion(self, i: int) -> bool:
        """ "A woman with four of her children": a preposition that joins a counted phrase."""
        if self._word(i) not in self._grammar.companions:
            return False
        inner = self._at(i + 1)
        return inner is not None and inner.first == i + 1 and self._sentence.is_counted(inner)

    def _member(self, begin: int) -> Phrase | None:
        """The phrase of a list that begins at a token; None where it is the subject of a verb of its own."""
        while self._tag(begin) == "A":
            begin += 1
        phrase = self._at(begin)
        if phrase is None or phrase.first != begin or self._tag(begin) == "P":
            return None
        behind = self._tag(phrase.extent)
        if behind in "DS" and self._tag(begin) == "n" and phrase.stop == begin + 1:
            return None  # "killed all three and end the attack": a verb
        if behind == "N" and (self._word(phrase.extent + 1) in ("in", "by") or self._word(phrase.extent) == "aged"):
            return phrase
        return None if behind in _VERBAL or behind == "J" else phrase

    def _over_brackets(self, i: int) -> int:
        """Behind brackets or ages: "a teacher (34) and", "his wife, 29, and", "two women aged 30 and 41 and"."""
        aged = self.ages.behind(i)
        if aged > i:
            return aged
        if self._tag(i) == "(":
            for close in range(i + 1, min(i + 8, self._sentence.stop)):
                if self._tag(close) == ")":
                    return close + 1
        return i

    def _over_place(self, i: int) -> int:
        """Behind "in Gaza" where a conjunction with a number follows: "2,700 people in Gaza and 1,400 Israelis"."""
        if self._tag(i) != "I" or self._word(i) in self._grammar.not_places:
            return i
        inner = self._at(i + 1)
        if inner is None or inner.first != i + 1:
            return i
        k = self._over_brackets(inner.extent)
        return k if self._is_numbered(k + 1) and self._tag(k) == "C" else i

    def _over_included(self, i: int) -> int:
        """Behind uncounted parts: "12 cooks including men and boys as well as two guards"."""
        first = i + (self._tag(i) == ",")
        if self._word(first) not in self._sentence.grammar.inclusions:
            return i
        for k in range(first + 1, min(first + _PARTS_REACH, self._sentence.stop)):
            if (self._word(k), self._word(k + 1), self._word(k + 2)) == ("as", "well", "as"):
                return k
            if self._tag(k) not in "npDSJC":
                return i
        return i

    # --- to the left ------------------------------------------------------------------------------------------------

    def leftward(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """Phrases joined on the left, but not the object of another verb."""
        if self._tag(phrase.first - 1) not in "AC," or self._word(phrase.first) == "whose":
            return self._beside(phrase)
        found: list[Phrase] = []
        first, joints = phrase.first, 0
        while (stop := self._left_link(first, bool(found))) is not None:
            joints += self._tag(first - 1) == "C"
            other = self.ending(stop)
            if other is None or self._tag(other.first) == "P":
                break
            other = self._at_place(other, first) or other
            lead, word = self._tag(other.first - 1), self._word(other.first - 1)
            if lead in "IVNG" and not found and self._shares_number(other, phrase):
                return (other,)
            if lead == "I" and found and other.first - 1 == self._sentence.first and self._tag(other.extent) == ",":
                break  # "During the raids, one officer, two guards and a cook were": the list begins behind
            if word in self._reporting or (word in self._grammar.leaving and self._tag(phrase.extent) in "JN"):
                return (other, *found)  # "said 30 regime and 39 rebel fighters were", "left two men and a boy dead"
            if (lead in "IVNG" and word != "besides") or self.inclusion(other.first) is not None:
                return self._speakers(found) if self.speaks(phrase) else ()
            found.insert(0, other)
            first = other.first
            if self._word(first) == "whose":
                break  # "Amina, whose husband and two sons were": not Amina
        apart = joints > 1 and self._tag(phrase.first - 2) == "," == self._tag(first - 1)
        if apart and any(self._tag(i) in "VBN" for i in range(self._sentence.first, first - 1)):
            return ()  # "died, nine guards and four cooks, and 20 were hurt": 20
        return tuple(found)

    def _beside(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """ "Six rebels two guards were hurt": a figure right in front, whose conjunction was lost."""
        other = self._at(phrase.first - 1)
        if other is None or self._tag(phrase.first) != "Q" or self._tag(other.first) not in "QA":
            return ()
        counted = self._sentence.is_counted(other) and self._tag(other.head) == self._tag(phrase.head) == "n"
        opens = other.first == self._sentence.first or self._tag(other.first - 1) in "CUA."
        return (other,) if counted and opens else ()

    def _at_place(self, place: Phrase, first: int) -> Phrase | None:
        """The counted phrase in front of a place and a conjunction: "five men in Harl and two in Tolm"."""
        if self._tag(first) not in "QDS" or (self._tag(first - 1) == "C" and self._tag(first - 2) == ","):
            return None  # ", a candidate for Harl, and two others": an aside
        for _ in range(_PLACES):
            if self._tag(place.first - 1) != "I" or self._word(place.first - 1) in self._grammar.not_places:
                return None
            outer = self.ending(place.first - 1)
            if outer is None or (self._is_numbered(outer.first) and self._tag(outer.first - 1) != "I"):
                return outer
            place = outer
        return None

    def _is_numbered(self, first: int) -> bool:
        """Whether a phrase that begins at a token says how many: "nine men", "a guard"."""
        return self._tag(first) == "Q" or self._word(first) in ("a", "an")

    def _speakers(self, found: list[Phrase]) -> tuple[Phrase, ...]:
        """ "killed two men and a boy in Harl, police and medics said": of what runs into a list of the killed, or a
        place, those behind the last figure or conjunction speak."""
        for k in range(len(found) - 1, -1, -1):
            if self._tag(found[k].first - 1) != "," or self._sentence.is_counted(found[k]):
                return tuple(found[k + 1 :])
        return tuple(found)

    def _shares_number(self, counted: Phrase, bare: Phrase) -> bool:
        """ "They buried nine cooks and nurses killed on Monday": one number, and a participle said of them all."""
        behind = bare.extent
        return (
            self._tag(behind) == "N"
            and self._word(behind) not in self._reporting
            and self._tag(bare.first) == "n"
            and bare.first == counted.extent + 1
            and self._sentence.is_counted(counted)
            and not self._sentence.is_counted(bare)
        )

    def _left_link(self, first: int, begun: bool) -> int | None:
        """Where the phrase before stops in a list; None for no list. A list to the left begins with a conjunction."""
        i = first - 1
        while self._tag(i) == "A":
            i -= 1
        joined = self._tag(i) == "C" and self._word(i) != "but"
        if joined:
            i -= 1
        if self._tag(i) == ",":
            i -= 1
        elif not joined:
            return None
        if not joined and not begun:
            return None
        return self._before_brackets(i) + 1

    def _before_brackets(self, i: int) -> int:
        """The token before brackets or ages that close at i, else i."""
        if self._tag(i) == "#":
            return self.ages.before(i + 1) - 1
        if self._tag(i) == ")":
            while i > self._sentence.first and self._tag(i) != "(":
                i -= 1
            i -= 1
        return i
