"""What is bound so far in one sentence, and the ways to bind a phrase to a harm."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Phrase
from casualty_extract.stages.claims.persons import single_person
from casualty_extract.stages.claims.phrases import Noun, Phrases
from casualty_extract.stages.mentions import HarmCue, Mention, Number, People, several_kinds


class Binding:
    """The mentions found in a sentence, in the order in which the rules found them."""

    def __init__(self, phrases: Phrases, index: int) -> None:
        self.phrases = phrases
        self.found: list[Mention] = []
        self._index = index

    def is_bound(self, number: Number, harm: str | None = None) -> bool:
        """Whether a mention has the number, for this harm or for any."""
        for mention in self.found:
            if mention.number.core == number.core and (harm is None or mention.harm == harm):
                return True
        return False

    def harm_group(self, group: Sequence[Phrase], cue: HarmCue, rule: str, agent: Sequence[Phrase] = ()) -> None:
        """All of a group of phrases are harmed: "two nurses, a driver and his son"."""
        by = agent[0] if agent else None
        for k, phrase in enumerate(group):
            own = self.phrases.has_own_cue(phrase, cue) and not (k == 0 and self.phrases.is_captive(phrase))
            if own or (k and self._rides_in(group[0], phrase)):
                continue
            number = self.phrases.counted(phrase)
            if number is not None and k and self._tells_who(group[k - 1], phrase, number):
                continue
            if number is not None and k and self._adds_up(group):
                continue
            if number is not None:
                nouns = self.phrases.shared_nouns(self.phrases.noun_of(phrase, number), group[k + 1 :])
                self._count(phrase, number, cue, rule, nouns, by)
            elif k == 0 or not self.phrases.names_others(group[:k], phrase):
                self._single(phrase, cue, rule, by)

    def _adds_up(self, group: Sequence[Phrase]) -> bool:
        """ "Killed nine people, five in Harl and four in Tarn": bare figures that the first one is the sum of."""
        whole, *parts = [self.phrases.counted(p) for p in group]
        if whole is None or whole.value is None or len(parts) < 2 or self.phrases.word(group[0].extent) != ",":
            return False
        bare = all(n is not None and n.stop == p.stop for n, p in zip(parts, group[1:], strict=True))
        return bare and sum(n.value or 0 for n in parts if n is not None) == whole.value

    def _tells_who(self, before: Phrase, phrase: Phrase, number: Number) -> bool:
        """ "Omar Dar, a teacher, and two pupils": who the one named before is."""
        if number.kind != "article" or self.phrases.word(phrase.first - 1) != "," or before.stop - before.first < 2:
            return False
        named = all(self.phrases.is_upper(i) for i in range(before.first, before.stop))
        return named and not self.phrases.people((before.first, before.stop)).known

    def _rides_in(self, vehicle: Phrase, phrase: Phrase) -> bool:
        """ "hit a bus with 50 guards aboard": the bus is hit, and who of the guards is harmed is not said."""
        carries = self.phrases.is_in("claims_carrying", phrase.first - 1)
        return carries and self.phrases.people((vehicle.first, vehicle.stop)).things

    def count(self, phrase: Phrase, cue: HarmCue, rule: str, noun: Noun | None) -> None:
        """Binds the number of a phrase with this noun; nothing where it is bound for the harm or counts no people."""
        number = self.phrases.counted(phrase)
        if number is not None:
            self._count(phrase, number, cue, rule, [noun] if noun else [], None)

    def _count(
        self, phrase: Phrase, number: Number, cue: HarmCue, rule: str, nouns: Sequence[Noun], agent: Phrase | None
    ) -> None:
        if self.is_bound(number, cue.rule.harm):
            return
        if nouns and cue.rule.victim == "subject" and nouns[0][0] <= cue.first < nouns[0][1]:
            nouns = [(nouns[0][0], cue.first)] if nouns[0][0] < cue.first else []  # "14 sustained injuries"
        noun = (nouns[0][0], nouns[-1][1]) if nouns else None
        several = len(nouns) > 1
        people = several_kinds([self.phrases.people(n) for n in nouns]) if several else self.phrases.people(noun)
        if not self._refuses(phrase, number, cue, noun, people):
            self.append(number, cue, phrase, noun, rule, agent, people)

    def _refuses(self, phrase: Phrase, number: Number, cue: HarmCue, noun: Noun | None, people: People) -> bool:
        """Whether the number counts no people, or none that this harm can be said of."""
        if people.things:
            return True
        if number.kind == "another" and noun is None and self.phrases.word(number.stop) in ("that", "which"):
            return True  # "one group that murdered nine and another that murdered two"
        if number.kind == "article" and (not people.known or self._is_collective(phrase)):
            return True  # "a group of villagers" is no number of people
        if cue.rule.people != "known":
            return False
        if noun is None:
            # "held many "significant" posts"
            return number.kind == "vague" and cue.rule.harm in ("detained", "abducted")
        return not people.known

    def _is_collective(self, phrase: Phrase) -> bool:
        """ "A party of hunters", not "a Communist Party of Harl cadre"."""
        token, before = self.phrases.tokens[phrase.head], self.phrases.tokens[phrase.head - 1]
        named = token.capital and before.capital and not token.text.isupper() and phrase.head - 1 > phrase.first
        return token.lower in self.phrases.rules.resolution["collectives"] and not named

    def _single(self, phrase: Phrase, cue: HarmCue, rule: str, agent: Phrase | None) -> None:
        """One definite or named person without a number word, once for a harm."""
        if any(m.implicit and m.number.first == phrase.first and m.harm == cue.rule.harm for m in self.found):
            return
        noun = (phrase.first, phrase.stop)
        people = self.phrases.people(noun)
        number = single_person(phrase, cue, people, self.phrases)
        if number is not None:
            self.append(number, cue, phrase, noun, rule, agent, people, implicit=True)

    def count_bare_before(self, phrase: Phrase, cue: HarmCue) -> None:
        """ "6 and 11 deaths": a bare figure coordinated with the bound one."""
        for number in self.phrases.numbers:
            if (
                number.stop == phrase.first - 1
                and self.phrases.word(number.stop) in ("and", "or")
                and number.kind == "figure"
                and not self.is_bound(number)
            ):
                self.append(number, cue, self.phrases.reading.phrase(number.core), None, "bare_coordinate")

    def append(
        self,
        number: Number,
        cue: HarmCue,
        phrase: Phrase | None,
        noun: Noun | None,
        rule: str,
        agent: Phrase | None = None,
        people: People | None = None,
        implicit: bool = False,
    ) -> None:
        """A mention without further questions, but for a fraction or "the rest": no value before its whole is known."""
        if number.kind in ("fraction", "rest"):
            return
        if noun is not None and noun[0] >= noun[1]:
            noun = None
        people = people or self.phrases.people(noun)
        mention = Mention(
            number, cue, cue.rule.harm, phrase, people, noun, rule, self._index,
            implicit=implicit, agent=agent, increment=number.increment,
        )  # fmt: skip
        self.found.append(mention)
