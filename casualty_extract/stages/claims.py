"""Numbers, harms and victims bound to mentions: for each harm cue the phrases that it harms, for each phrase its number."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from casualty_extract.analysis import Document, Phrase, Reading
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import NOBODY_SAID, HarmCue, Mention, Number, People

ReadPeople = Callable[[int, int, int], People]  # first, stop, extent of a noun phrase without its number

FIGURES = ("figure", "vague", "none", "both", "another", "ordinal", "fraction", "rest")


class Binder:
    """The binding of one sentence. Rules are methods; each harm role has its own."""

    def __init__(self, document: Document, index: int, reading: Reading, numbers: Sequence[Number], cues: Sequence[HarmCue], rules: Rules, read_people: ReadPeople) -> None:
        self.tokens = document.tokens
        self.index, self.reading, self.rules = index, reading, rules
        self.sentence = reading.sentence
        self.read_people = read_people
        self.numbers, self.cues = tuple(numbers), tuple(cues)
        self.found: list[Mention] = []
        self._by_core = {n.core: n for n in numbers}

    def bind(self) -> list[Mention]:
        """The mentions of the sentence, each number once for a harm, in order of the text."""
        roles: dict[str, Callable[[HarmCue], None]] = {
            "object": self._object, "subject": self._subject, "labile": self._labile, "state": self._state,
            "self": self._self, "event": self._event, "toll": self._toll,
        }  # fmt: skip
        for cue in self.cues:
            if not self._label(cue):
                roles[cue.rule.victim](cue)
        self.found.sort(key=lambda m: m.number.first)
        return self.found

    # --- roles ------------------------------------------------------------------------------------------------------

    def _object(self, cue: HarmCue) -> None:
        clause = self.reading.clause(cue.first, cue.stop)
        if self.word(cue.stop) == "of" and not clause.passive:
            self._harm(self.reading.after(cue.stop + 1), cue, "harm_of", clause.subject)
            return
        harmed = clause.subject if clause.passive else clause.object
        self._harm(harmed, cue, "passive_subject" if clause.passive else "active_object", clause.agent if clause.passive else clause.subject)

    def _subject(self, cue: HarmCue) -> None:
        clause = self.reading.clause(cue.first, cue.stop)
        self._harm(clause.subject, cue, "subject", ())

    def _labile(self, cue: HarmCue) -> None:
        clause = self.reading.clause(cue.first, cue.stop)
        counted = any(self._counted(p) for p in clause.object)
        self._harm(clause.object if counted and not clause.passive else clause.subject, cue, "labile_object" if counted else "labile_subject", ())

    def _state(self, cue: HarmCue) -> None:
        phrase = self.reading.phrase(cue.first)
        if phrase is not None and self._counted(phrase):
            noun = self._noun_beside(phrase, cue)
            self._add(phrase, cue, "state_in_phrase", noun)
            for other in self.reading.group(phrase):
                if other != phrase and not self._holds_cue(other):
                    break
            return
        clause = self.reading.clause(cue.first, cue.stop)
        subject = clause.subject or self.reading.before(cue.first)
        self._harm(subject, cue, "state", ())

    def _self(self, cue: HarmCue) -> None:
        phrase = self.reading.phrase(cue.first)
        complement = self.reading.after(cue.stop + 1) if self.word(cue.stop) == "of" else ()
        counted = self._counted(phrase) if phrase else None
        if phrase is not None and counted and counted.first < cue.first and counted.kind != "article":
            self._add(phrase, cue, "harm_noun", (max(counted.stop, phrase.first), phrase.stop))
            self._bare_before(phrase, cue)
        elif complement and self._counted(complement[0]):
            self._harm(complement, cue, "harm_noun_of", ())
        elif phrase is not None and counted and counted.kind == "article" and cue.rule.name == "dead_nouns":
            self._add(phrase, cue, "harm_noun", (counted.stop, phrase.stop))

    def _event(self, cue: HarmCue) -> None:
        phrase = self.reading.phrase(cue.first)
        counted = self._counted(phrase) if phrase else None
        if phrase is not None and counted and counted.first < cue.first:
            if counted.kind != "article":
                self._add(phrase, cue, "event_noun", (counted.stop, cue.first) if counted.stop < cue.first else None)
                self._bare_before(phrase, cue)
            return
        if self.word(cue.stop) == "of" or self.tokens[cue.stop - 1].lower == "of":
            self._harm(self.reading.after(cue.stop + (self.word(cue.stop) == "of")), cue, "event_of", ())
        elif self.word(cue.stop) in ("to", "for") and self.word(cue.stop + 1) and phrase:
            self._harm(self.reading.after(cue.stop + 1), cue, "event_to", ())

    def _toll(self, cue: HarmCue) -> None:
        """Figures that a sum is said to be: "the toll rose by four to 58", "put losses at 80"."""
        taken = False
        barrier = min((c.first for c in self.cues if c.first >= cue.stop and c.rule.victim in ("object", "subject", "labile", "self", "event")), default=self.sentence.stop)
        for number in self.numbers:
            if number.core < cue.stop or number.kind not in ("figure", "vague", "none", "article"):
                continue
            if number.first - cue.stop > 18 or (number.first > barrier and taken):
                break
            lead = self.word(number.first - 1)
            if number.kind == "article" or lead not in self.rules.resolution["toll_leads"] and number.first != cue.stop:
                continue
            if self._is_bound(number) or (number.first > barrier and not taken and lead not in ("to", "at")):
                continue
            phrase = self.reading.phrase(number.core)
            noun = self._noun_of(phrase, number) if phrase else None
            if noun and self._people(noun).things:
                continue
            self._append(number, cue, phrase, noun, "toll", None)
            taken = True

    def _label(self, cue: HarmCue) -> bool:
        """ "Killed: 8", "Dead - 5": a mark between a harm word and a bare figure."""
        mark = self.tokens[cue.stop] if cue.stop + 1 < self.sentence.stop else None
        if mark is None or mark.text not in (":", "-", "–", "—") or cue.rule.victim == "toll":
            return False
        number = next((n for n in self.numbers if n.first == cue.stop + 1 and n.kind == "figure"), None)
        before = self.tokens[cue.first - 1] if cue.first > self.sentence.first else None
        if number is None or before is not None and before.kind != "mark":
            return False
        following = self.tokens[number.stop] if number.stop < self.sentence.stop else None
        if following is not None and following.kind != "mark":
            return False
        self._append(number, cue, None, None, "label", None)
        return True

    # --- phrases ----------------------------------------------------------------------------------------------------

    def _harm(self, phrases: Sequence[Phrase], cue: HarmCue, rule: str, agent: Sequence[Phrase]) -> None:
        by = agent[0] if agent else None
        for k, phrase in enumerate(phrases):
            number = self._counted(phrase)
            if number is None:
                continue
            noun = self._noun_of(phrase, number)
            for other in phrases[k + 1 :]:  # "300 soldiers and policemen": one number for both
                if self._counted(other) or self.word(other.first) in ("the", "his", "her", "their", "its"):
                    break
                noun = (noun[0] if noun else other.first, other.stop)
            self._add(phrase, cue, rule, noun, by)

    def _add(self, phrase: Phrase, cue: HarmCue, rule: str, noun: tuple[int, int] | None, agent: Phrase | None = None) -> None:
        number = self._counted(phrase)
        if number is None or self._is_bound(number, cue.rule.harm):
            return
        people = self._people(noun)
        if people.things or number.kind == "article" and not people.known:
            return
        if cue.rule.people == "known" and noun and not people.known:
            return
        if cue.rule.people == "known" and noun is None and cue.rule.name in ("lose_people", "seize", "forced_out", "cut_people", "capture") and number.kind == "article":
            return
        self._append(number, cue, phrase, noun, rule, agent)

    def _append(self, number: Number, cue: HarmCue, phrase: Phrase | None, noun: tuple[int, int] | None, rule: str, agent: Phrase | None) -> None:
        if noun is not None and noun[0] >= noun[1]:
            noun = None
        self.found.append(Mention(number, cue, cue.rule.harm, phrase, self._people(noun), noun, rule, self.index, agent=agent, increment=number.increment))

    def _bare_before(self, phrase: Phrase, cue: HarmCue) -> None:
        """ "6 and 11 deaths": a bare figure coordinated with the bound one."""
        for other in self.reading.group(phrase):
            number = self._counted(other)
            if other.first < phrase.first and number and other.stop == number.stop and not self._is_bound(number):
                self._append(number, cue, other, None, "bare_coordinate", None)

    def _counted(self, phrase: Phrase) -> Number | None:
        """The number of a phrase: in its own words, or behind a collective noun ("a family of 10 people")."""
        own = [self._by_core[i] for i in range(phrase.first, phrase.stop) if i in self._by_core]
        if own and own[0].kind != "article":
            return own[0]
        if phrase.extent > phrase.stop and self.tokens[phrase.head].lower in self.rules.resolution["collectives"]:
            inner = [self._by_core[i] for i in range(phrase.stop, phrase.extent) if i in self._by_core]
            if inner:
                return inner[0]
        return own[0] if own else None

    def _noun_of(self, phrase: Phrase, number: Number) -> tuple[int, int] | None:
        """The tokens of the victims' text: what follows the number in its phrase, complements included."""
        first, stop = number.stop, phrase.extent
        if number.core >= phrase.stop:  # behind a collective noun
            inner = self.reading.phrase(number.core)
            stop = inner.extent if inner else stop
        elif number.core < phrase.stop <= number.stop and self.word(number.stop) == "of":
            first = number.stop + 1
        while first < stop and self.word(first) in ("more", "of", "other's", "x"):
            first += 1
        return (first, stop) if first < stop else None

    def _noun_beside(self, phrase: Phrase, cue: HarmCue) -> tuple[int, int] | None:
        number = self._counted(phrase)
        if number is None:
            return None
        if cue.stop < phrase.stop:
            return (cue.stop, phrase.stop)
        return (number.stop, cue.first) if number.stop < cue.first else None

    def _people(self, noun: tuple[int, int] | None) -> People:
        if noun is None or noun[0] >= noun[1]:
            return NOBODY_SAID
        return self.read_people(noun[0], self._base_stop(noun), noun[1])

    def _base_stop(self, noun: tuple[int, int]) -> int:
        """Where the noun phrase proper ends, before its complement."""
        inner = self.reading.phrase(noun[0])
        return min(inner.stop, noun[1]) if inner else noun[1]

    def _holds_cue(self, phrase: Phrase) -> bool:
        return any(phrase.first <= c.first < phrase.stop for c in self.cues)

    def _is_bound(self, number: Number, harm: str | None = None) -> bool:
        return any(m.number is number and (harm is None or m.harm == harm) for m in self.found)

    def word(self, i: int) -> str:
        """The lower word at a token of the sentence, "" outside it."""
        return self.tokens[i].lower if self.sentence.first <= i < self.sentence.stop else ""
