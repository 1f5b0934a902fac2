"""What the rules of parts read: one sentence with what is bound in it, and the mentions before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set

from casualty_extract.analysis import Document, Phrase, Reading
from casualty_extract.rules.lexicon import Match
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import NOBODY_SAID, HarmCue, Mention, Number, People, several_kinds

_BEFORE_NOUN = frozenset(("of", "more", '"', "“", "‘", "«"))  # between a number and its noun
Noun = tuple[int, int]  # first, stop of the tokens of the victims' text
ReadPeople = Callable[[int, int, int], People]  # first, stop, extent of a noun phrase without its number


class Context:
    """One sentence with what is bound in it, and the mentions of the sentences before. Never changes once made.

    Rules ask for words first, for phrases last: a sentence none of whose words fits a rule is never read.
    """

    def __init__(
        self,
        document: Document,
        index: int,
        reading: Reading,
        numbers: tuple[Number, ...],
        cues: tuple[HarmCue, ...],
        bound: tuple[Mention, ...],
        earlier: Sequence[Mention],
        rules: Rules,
        read_people: ReadPeople,
        words: Set[str],
    ) -> None:
        """``bound`` and ``numbers`` are in order of the text; ``words`` are the lower words of the sentence."""
        self.document, self.index, self.reading, self.rules = document, index, reading, rules
        self.numbers, self.cues, self.bound, self.earlier = numbers, cues, bound, earlier
        self.read_people, self.words = read_people, words
        self.tokens, (self.first, self.stop, _) = document.tokens, reading.sentence

    def rebound(self, bound: tuple[Mention, ...]) -> Context:
        """The same with other mentions bound in the sentence."""
        return Context(
            self.document, self.index, self.reading, self.numbers, self.cues, bound, self.earlier, self.rules,
            self.read_people, self.words,
        )  # fmt: skip

    # --- words ------------------------------------------------------------------------------------------------------

    def word(self, i: int) -> str:
        """The lower word at a token of the sentence, "" outside it."""
        return self.tokens[i].lower if self.first <= i < self.stop else ""

    def is_in(self, name: str, i: int) -> bool:
        """Whether the word at a token is of a closed class."""
        return self.word(i) in self.rules.closed[name]

    def may_hold(self, name: str) -> bool:
        """Whether any form of a list may stand in the sentence: one look at all of its words."""
        return not self.rules.resolution[name].first_words.isdisjoint(self.words)

    def at(self, name: str, i: int) -> Match[str] | None:
        """The form of a list that begins at token i; None where none does."""
        return self.rules.resolution[name].at(self.tokens, i, self.stop) if i < self.stop else None

    def ending(self, name: str, i: int) -> Match[str] | None:
        """The form of a list that ends right before token i; None where none does."""
        return self.rules.resolution[name].ending(self.tokens, i, self.first)

    def ends(self, i: int) -> bool:
        """Whether the clause may end at token i: a mark, a conjunction, or the end of the sentence."""
        if i >= self.stop or self.tokens[i].kind == "mark" or self.is_in("parts_clause_ends", i):
            return True
        return self.word(i) == "at" and self.word(i + 1) == "all" and self.ends(i + 2)

    # --- other mentions ---------------------------------------------------------------------------------------------

    def before(self, i: int) -> Mention | None:
        """The nearest bound mention that begins before token i, in this sentence."""
        nearest = None
        for mention in self.bound:
            if mention.number.first >= i:
                break
            if nearest is None or mention.number.first > nearest.number.first:
                nearest = mention
        return nearest

    def whole(self, i: int) -> Mention | None:
        """What a part at token i may belong to: the nearest mention before it, else the last of an earlier sentence."""
        return self.before(i) or (self.earlier[-1] if self.earlier else None)

    def holding(self, mention: Mention | None, number: Number) -> Mention | None:
        """A mention, or the whole that it is a part of where it is too small to hold a number: "11 men, including an
        officer, were hurt, two of them critically"."""
        while mention is not None and mention.part and mention.whole_of is not None:
            if mention.number.high is None or mention.number.high >= (number.low or 0):
                break
            mention = mention.whole_of
        return mention

    def latest(self, harm: str) -> Iterator[Mention]:
        """The mentions of a harm, the last first; those of this sentence in front."""
        return (m for m in (*reversed(self.bound), *reversed(self.earlier)) if m.harm == harm)

    def larger(self, mention: Mention) -> Mention | None:
        """The last mention before of the same harm that may hold this one."""
        least = mention.number.low or mention.number.value or 0
        place = (self.index, mention.number.first)
        for other in (*reversed(self.bound), *reversed(self.earlier)):
            number = other.number
            if (
                other.harm == mention.harm
                and (other.sentence, number.first) < place
                and not (other.implicit or other.part)
                and not (other.rule in ("among_the_harmed", "named_as_harmed") and other.sentence == mention.sentence)
                and (number.high is None or number.high >= least)
                and (number.value or number.low or 0) > least
            ):
                return other
        return None

    # --- nouns ------------------------------------------------------------------------------------------------------

    def people(self, noun: Noun | None) -> People:
        """What the noun at these tokens says of the people."""
        if noun is None or noun[0] >= noun[1]:
            return NOBODY_SAID
        inner = self.reading.phrase(noun[0])
        if inner is None or noun[1] <= inner.extent:
            return self.read_people(noun[0], min(inner.stop, noun[1]) if inner else noun[1], noun[1])
        group = [p for p in self.reading.after(noun[0]) if p.extent <= noun[1]]
        return several_kinds([self.read_people(p.first, p.stop, p.extent) for p in group])

    def noun_of(self, number: Number) -> Noun | None:
        """What follows the number in its own phrase."""
        phrase = self.reading.phrase(number.core)
        if phrase is None:
            return None
        first, stop = number.stop, phrase.extent
        while first < stop and self.word(first) in _BEFORE_NOUN:
            first += 1
        if first < stop:
            return (first, stop)
        group = self.reading.phrase(self.begin(number))  # "a family of four": the group says who they are
        if group is None or not self.is_group(group) or group.first == phrase.first:
            return None
        noun = (group.first + (self.word(group.first) in self.rules.grammar.determiners), group.stop)
        return noun if self.people(noun).known else None  # not "a yearly average of 15"

    def begin(self, number: Number) -> int:
        """Where the expression of a number begins: at the group that it counts in "a family of four"."""
        if not self.may_hold("collectives"):
            return number.first
        phrase = self.reading.phrase(number.core)
        outer = self.reading.phrase(phrase.first - 2) if phrase and self.word(phrase.first - 1) == "of" else None
        return outer.first if outer is not None and self.is_group(outer) else number.first

    def is_group(self, phrase: Phrase) -> bool:
        """Whether a phrase names a group of people: "a family", "the crew"."""
        return self.word(phrase.head) in self.rules.resolution["collectives"]

    def counts_a_group(self, number: Number) -> bool:
        """Whether an article stands before a group whose own number follows: the "a" of "a family of four"."""
        if number.kind != "article" or number is self.numbers[-1] or not self.may_hold("collectives"):
            return False
        phrase = self.reading.phrase(number.core)
        if phrase is None or not self.is_group(phrase):
            return False
        return any(phrase.stop <= other.core < phrase.extent for other in self.numbers)

    def predicate(self, i: int) -> Noun | None:
        """The noun behind "of them", with or without a copula: "(five of them) were nurses", "nurses"."""
        if self.is_in("parts_predicate_verbs", i):
            i += 1
            if self.word(i) == "been":
                i += 1
        phrase = self.reading.phrase(i)
        if phrase is None or phrase.first != i or self.word(i) in ("in", "the"):
            return None
        stop = phrase.extent
        for other in self.reading.after(i)[1:]:  # "women and children"
            if any(other.first <= n.first < other.stop for n in self.numbers) or not self._is_kind(other):
                break
            stop = other.extent
        return (phrase.first, stop)

    def _is_kind(self, phrase: Phrase) -> bool:
        """Whether a phrase names a kind of people with no article: "children"."""
        grammar = self.rules.grammar
        owned = self.word(phrase.first) in grammar.determiners or self.word(phrase.first) in grammar.possessives
        return not owned and self.people((phrase.first, phrase.extent)).known

    # --- new mentions -----------------------------------------------------------------------------------------------

    def follow(
        self,
        number: Number,
        like: Mention,
        rule: str,
        noun: Noun | None = None,
        harm: str | None = None,
        part: bool = True,
    ) -> Mention | None:
        """A mention with the harm of another one; refused where its noun is no people."""
        if noun is not None and noun[0] >= noun[1]:
            noun = None
        people = self.people(noun)
        if people.things or (number.kind == "article" and not people.known):
            return None
        if number.share is not None:
            if like.number.value is None:
                return None
            value = like.number.value * number.share[0] // number.share[1]
            number = number._replace(value=value, low=value, high=value)
        phrase, whole = self.reading.phrase(number.core), like if part else None
        return Mention(
            number, like.cue, harm or like.harm, phrase, people, noun, rule, self.index,
            agent=like.agent, increment=number.increment, part=part, whole_of=whole,
        )  # fmt: skip
