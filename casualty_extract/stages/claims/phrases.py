"""The phrases of one sentence: the number of each, the noun that the number counts, and the people in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

from casualty_extract.analysis import Phrase, Reading, Token
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import NOBODY_SAID, HarmCue, Number, People

_EVENT_REACH = 6  # tokens between a noun of harm and the "of" that it shares with another
_CAPTIVES = ("abducted", "detained")  # harms
_NOUNS = ("state", "self", "event")  # roles of harm words that a phrase may hold or end in front of
_QUOTES = frozenset("\"“”‘’'")
Noun = tuple[int, int]  # first, stop of the tokens of the victims' text
ReadPeople = Callable[[int, int, int], People]  # first, stop, extent of a noun phrase without its number


class Phrases:
    """What the rules of binding ask of a sentence. Never changes once made."""

    def __init__(
        self,
        tokens: Sequence[Token],
        reading: Reading,
        numbers: Sequence[Number],
        cues: Sequence[HarmCue],
        rules: Rules,
        read_people: ReadPeople,
        words: Set[str],
    ) -> None:
        """``words`` are the lower words of the sentence."""
        self.tokens, self.reading, self.rules = tokens, reading, rules
        self.sentence = reading.sentence
        self.first, self.stop, _ = reading.sentence
        self.numbers, self.cues = tuple(numbers), tuple(cues)
        self.read_people, self.words = read_people, words
        self._nouns = [c for c in cues if c.rule.victim in _NOUNS]

    def word(self, i: int) -> str:
        """The lower word at a token of the sentence, "" outside it."""
        return self.tokens[i].lower if self.first <= i < self.stop else ""

    def is_in(self, name: str, i: int) -> bool:
        """Whether the word at a token is of a closed class."""
        return self.word(i) in self.rules.closed[name]

    def may_hold(self, name: str) -> bool:
        """Whether any form of a list may stand in the sentence: one look at all of its words."""
        return not self.rules.resolution[name].first_words.isdisjoint(self.words)

    def is_upper(self, i: int) -> bool:
        """Whether the token begins with a capital."""
        return self.tokens[i].capital

    def behind_of(self, stop: int) -> int | None:
        """The token behind the "of" of an event that ends before ``stop``, by itself or with another: "the arrest of",
        "the arrest and torture of"; None for none."""
        if self.word(stop) == "of":
            return stop + 1
        if self.word(stop) not in ("and", "or"):
            return None
        of = next((i for i in range(stop + 2, stop + _EVENT_REACH) if self.word(i) == "of"), None)
        prepositions = self.rules.grammar.prepositions
        if of is None or any(self.tokens[i].kind != "word" or self.word(i) in prepositions for i in range(stop, of)):
            return None
        counted = any(stop < number.core < of for number in self.numbers)
        return None if counted or self.word(of - 1).endswith("ed") else of + 1

    # --- numbers ----------------------------------------------------------------------------------------------------

    def counted(self, phrase: Phrase) -> Number | None:
        """The number of a phrase: in its own words, or behind a collective noun ("a family of 10 people")."""
        own = self._first_number(phrase.first, phrase.stop)
        if own and own.kind != "article":
            return own
        if phrase.extent > phrase.stop and self.tokens[phrase.head].lower in self.rules.resolution["collectives"]:
            return self._first_number(phrase.stop, phrase.extent) or own
        return own

    def _first_number(self, first: int, stop: int) -> Number | None:
        found = [number for number in self.numbers if first <= number.core < stop]
        for k, number in enumerate(found, 1):
            if k == len(found) or number.stop != found[k].first:  # "67 At least 45 people": 45
                return number
        return None

    def outer(self, phrase: Phrase | None) -> Phrase | None:
        """A bare number in front of "of" and a phrase: "scores of monks", "four of the men", "no word of injuries"."""
        if phrase is None or self.word(phrase.first - 1) != "of":
            return None
        own = self.counted(phrase)
        if own is not None and own.kind != "article":
            return None  # "8 of the 90 hostages": the 90 are the hostages
        outer = self.reading.phrase(phrase.first - 2)
        number = self.counted(outer) if outer else None
        if outer is None or number is None or number.kind == "article":
            return None
        bare = outer.stop == number.stop
        return outer if bare or (number.kind == "none" and self.is_in("claims_report_nouns", outer.head)) else None

    # --- nouns ------------------------------------------------------------------------------------------------------

    def noun_of(self, phrase: Phrase, number: Number) -> Noun | None:
        """The tokens of the victims' text: what follows the number in its phrase, complements included."""
        first, stop = number.stop, phrase.extent
        if number.core >= phrase.stop:  # behind a collective noun
            inner = self.reading.phrase(number.core)
            stop = inner.extent if inner else stop
            if first >= stop:  # "a family of four": nothing but the group says who they are
                return (phrase.first + (self.word(phrase.first) in self.rules.grammar.determiners), phrase.stop)
        elif number.core < phrase.stop <= number.stop and self.word(number.stop) == "of":
            first = number.stop + 1
        elif self.word(number.stop) in _QUOTES:  # "“dozens” of fighters", "seven “fighters”"
            return self._behind_quote(number.stop + 1)
        while first < stop and self.word(first) in ("more", "of", "x"):
            first += 1
        return (first, stop) if first < stop else self._family_of(phrase)

    def _family_of(self, phrase: Phrase) -> Noun | None:
        """ "Family of four found dead": the group that a bare number counts, where it tells who they are."""
        outer = self.reading.phrase(phrase.first - 2) if self.word(phrase.first - 1) == "of" else None
        if outer is None or self.word(outer.head) not in self.rules.resolution["collectives"]:
            return None
        noun = (outer.first + (self.word(outer.first) in self.rules.grammar.determiners), outer.stop)
        return noun if self.people(noun).known else None

    def _behind_quote(self, i: int) -> Noun | None:
        """The noun that begins behind a quotation mark, or behind the quoted word: "many “significant” posts"."""
        inner = self.reading.phrase(i + (self.word(i) == "of"))
        if inner is None or inner.first > i + 1:
            return None
        beyond = self.reading.phrase(inner.extent + 1) if self.word(inner.extent) in _QUOTES else None
        noun = beyond if beyond is not None and beyond.first == inner.extent + 1 else inner
        return (max(noun.first, i), noun.extent)

    def noun_beside(self, phrase: Phrase, cue: HarmCue) -> Noun | None:
        """The noun of a phrase that holds the cue: "soldiers" of "13 wounded soldiers" and of "13 soldiers killed"."""
        number = self.counted(phrase)
        if number is None:
            return None
        if cue.stop < phrase.stop:
            return (number.stop, phrase.extent)
        first = number.stop
        grammar = self.rules.grammar
        while first < cue.first and (self.word(first) in grammar.adverbs or self.word(first) in grammar.beliefs):
            first += 1  # "90 still missing", "12 confirmed dead"
        return (first, cue.first) if first < cue.first else self._family_of(phrase)

    def people(self, noun: Noun | None) -> People:
        """What a noun says of the people."""
        if noun is None or noun[0] >= noun[1]:
            return NOBODY_SAID
        return self.read_people(noun[0], self._base_stop(noun), noun[1])

    def _base_stop(self, noun: Noun) -> int:
        """Where the noun phrase proper ends, before its complement."""
        inner = self.reading.phrase(noun[0])
        return min(inner.stop, noun[1]) if inner else noun[1]

    # --- groups of phrases ------------------------------------------------------------------------------------------

    def has_own_cue(self, phrase: Phrase, cue: HarmCue) -> bool:
        """ "21 casualties, 6 dead and 15 wounded": a coordinated phrase with a harm word of its own."""
        if phrase.first <= cue.first < phrase.stop:
            return False
        own = [c for c in self._nouns if phrase.first <= c.first <= phrase.stop and c.rule.harm != cue.rule.harm]
        return bool(own)

    def is_captive(self, phrase: Phrase) -> bool:
        """ "killed nine hostages": the noun tells whom, and what had been done to them before."""
        at_head = [c.rule for c in self._nouns if c.first == phrase.head]
        return any(rule.victim == "self" and rule.harm in _CAPTIVES for rule in at_head)

    def names_others(self, before: Sequence[Phrase], phrase: Phrase) -> bool:
        """Whether a name in a group only says who somebody told before it is."""
        if self._names_the_counted(before, phrase) or self._names_the_owner(before[-1], phrase):
            return True
        return len(before) == 1 and self._names_the_one(before[0], phrase)

    def _names_the_one(self, before: Phrase, phrase: Phrase) -> bool:
        """ "A teacher, Omar Dar, and two pupils": the name of one between commas."""
        number, between = self.counted(before), (self.word(before.extent), self.word(phrase.extent))
        one = number is not None and number.kind == "article"
        named = phrase.stop - phrase.first > 1 and all(self.is_upper(i) for i in range(phrase.first, phrase.stop))
        return one and named and between == (",", ",") and phrase.first == before.extent + 1

    def _names_the_owner(self, before: Phrase, phrase: Phrase) -> bool:
        """ "the wife of former minister and party leader Omar Rahimi"."""
        inner = self.reading.phrase(before.extent - 1)
        if inner is None or before.extent == before.stop or inner.first < before.stop:
            return False
        bare = self.word(inner.first) not in self.rules.grammar.determiners and not self.counted(inner)
        title = bare and not self.is_upper(inner.stop - 1) and self.people((inner.first, inner.stop)).known
        return title and self.word(phrase.first - 1) == "and" and self.is_upper(phrase.stop - 1)

    def _names_the_counted(self, before: Sequence[Phrase], phrase: Phrase) -> bool:
        """ "two traders, Daud Rahimi and Mirza": names that only say who the counted are."""
        counted = next((p for p in before if (n := self.counted(p)) is not None and (n.value or 2) >= 2), None)
        if counted is None or self.word(counted.extent) != ",":
            return False
        return all(self.is_upper(p.first) for p in (*before[before.index(counted) + 1 :], phrase))

    def shared_nouns(self, noun: Noun | None, others: Sequence[Phrase]) -> list[Noun]:
        """ "300 soldiers and policemen": the noun of a number with those that share the number."""
        if noun is None:
            return []
        nouns = [noun]
        for other in others:
            if (
                self.counted(other)
                or self.tokens[other.first].kind == "number"
                or self.rules.numbers.may_begin[self.word(other.first)]
                or (self.is_upper(other.first) and not self.is_upper(noun[0]))
                or self.is_in("claims_own_determiners", other.first)
                or any(c.rule.victim == "event" and other.first <= c.first < other.stop for c in self._nouns)
            ):
                break
            nouns.append((other.first, other.extent))
        return nouns
