"""Clauses by word order: the verb group of a predicate, its voice, and who does what to whom."""

from __future__ import annotations

from typing import NamedTuple

from casualty_extract.analysis import Clause, Phrase
from casualty_extract.analysis.groups import Groups
from casualty_extract.analysis.phrases import Phrases
from casualty_extract.analysis.subjects import Subjects
from casualty_extract.analysis.tagged import TaggedSentence


class VerbGroup(NamedTuple):
    """Where the verb group of a predicate begins, and the class of its nearest auxiliary ("" for none)."""

    begin: int
    lead: str


class Clauses:
    """The clauses of a sentence, each read when it is asked for."""

    def __init__(self, sentence: TaggedSentence, phrases: Phrases, groups: Groups) -> None:
        self._sentence, self._tag, self._word = sentence, sentence.tag, sentence.word
        self._grammar, self._is_counted = sentence.grammar, sentence.is_counted
        self._at, self._groups = phrases.at, groups
        self._subjects = Subjects(sentence, phrases, groups)

    def clause(self, first: int, stop: int) -> Clause:
        """The clause whose predicate is the cue at tokens first..stop-1."""
        first = self._verb_of(first, stop)
        group = self._verb_group(first)
        objects = self._without_speaker(first, self._groups.after(stop))
        passive = self._is_passive(first, stop, group.lead, objects)
        if not passive and not objects and self._tag(first) in "NVG":
            objects = self._shared_object(stop)
        agent = self._agent(stop) if passive else ()
        own = Clause(first, (), () if passive else objects, passive, agent)
        shared = self._coordinated(own, group)
        return shared or Clause(first, self._subject(own, stop, group), own.object, passive, agent)

    def subject(self, first: int, stop: int) -> tuple[Phrase, ...]:
        """The subject of that clause, without its objects and agent where these do not tell it."""
        first = self._verb_of(first, stop)
        group = self._verb_group(first)
        verb = self._coordinate(first, group)
        shared = self.subject(verb, verb + 1) if verb is not None else ()
        if shared or (verb is not None and not group.lead):
            return shared
        if group.lead or self._tag(first) in "VG":  # these tell the voice
            return self._subject(Clause(first, (), (), self._is_passive(first, stop, group.lead, ())), stop, group)
        # where nobody is counted right in front, the subject is the same in either voice
        found = () if self._subjects.counted(group.begin) else self._subjects.before(group.begin)
        return found or self.clause(first, stop).subject

    def _verb_of(self, first: int, stop: int) -> int:
        """The verb of a predicate that begins with an adverb: "fatally shot"."""
        while self._tag(first) == "A" and first + 1 < stop:
            first += 1
        return first

    def _without_speaker(self, first: int, objects: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
        """No object where a phrase behind a participle speaks: "20 others wounded a local source told the agency"."""
        left = self._at(first - 1)
        if left is not None and self._tag(first) in "NJ" and self._word(left.first - 1) in self._grammar.leaving:
            return ()  # "left four men injured The police came"
        if len(objects) != 1 or self._tag(first) not in "NJ" or self._is_counted(objects[0]):
            return objects
        verb = objects[0].extent
        speaks = self._word(verb) in self._sentence.vocabulary.reporting and self._tag(verb) in "VN"
        speaks = speaks or self._is_signature(objects[0])
        return () if speaks and left is not None and self._is_counted(left) else objects

    def _is_signature(self, phrase: Phrase) -> bool:
        """Whether a headline ends with who says so and nothing between: "50 rebels killed NGO"."""
        behind = self._tag(phrase.extent)  # a mark, or the date of a stamp
        last = behind in ".T" or phrase.extent >= self._sentence.stop
        short = phrase.stop - phrase.first <= 2
        return last and short and self._word(phrase.first) in self._sentence.grammar.signatures

    def _subject(self, own: Clause, stop: int, group: VerbGroup) -> tuple[Phrase, ...]:
        """The subject of a clause that shares none with a clause before it."""
        first, form = own.predicate, self._tag(own.predicate)
        is_bare = group.lead == "" and (own.passive or form == "G")
        is_bare = is_bare or (group.begin < first and self._describes(group.begin, form))
        subject = self._subjects.beside(group.begin) if is_bare else self._subjects.before(group.begin)
        if not subject and form == "G" and self._tag(group.begin - 1) == ",":
            subject = self._subjects.of_sentence()
        if not subject and own.passive and group.begin == first:
            subject = self._subjects.behind_copula(first, stop)
        return subject

    # --- coordinated verbs ------------------------------------------------------------------------------------------

    def _coordinated(self, own: Clause, group: VerbGroup) -> Clause | None:
        """The clause with the subject of the verb before its conjunction; None where it has one of its own."""
        verb = self._coordinate(own.predicate, group)
        if verb is None:
            return None
        previous = self.clause(verb, verb + 1)
        if group.lead:  # "infiltrated the town and were later killed"
            return own._replace(subject=previous.subject) if previous.subject else None
        shared = previous.agent if own.passive or previous.passive else ()
        return own._replace(subject=previous.subject, agent=own.agent or shared)

    def _coordinate(self, predicate: int, group: VerbGroup) -> int | None:
        """The verb in front of the conjunction before a verb group: "were abducted and executed"; None for none."""
        conjunction, form = group.begin - 1, self._tag(predicate)
        if self._tag(conjunction) == "," and form == self._tag(conjunction - 1) == "N" and not group.lead:
            return conjunction - 1 if self._at(conjunction - 1) is None else None  # "were shot, hacked and burned"
        if self._tag(conjunction) != "C":
            return None
        if group.lead:
            return self._previous(conjunction) if form in "NVJ" and self._at(conjunction) is None else None
        return self._previous(conjunction) if form in "NVG" else None

    def _previous(self, conjunction: int) -> int | None:
        """The verb in front of a conjunction; None where none is near."""
        for i in range(conjunction - 1, max(self._sentence.first, conjunction - 30) - 1, -1):
            tag = self._tag(i)
            if tag in "NVJ" and self._at(i) is None:
                return i
            if tag in ".UR":
                return None
        return None

    def _shared_object(self, stop: int) -> tuple[Phrase, ...]:
        """The object of "killed and wounded 40", "killed or captured 300 militants"."""
        i = stop
        for _ in range(3):
            behind = self._behind_next_verb(i)
            if behind is None:
                return ()
            found = self._groups.after(behind)
            if found:
                determined = self._is_counted(found[0]) or self._tag(found[0].first) in "DSP"
                return found if determined else ()
            i = behind
        return ()

    def _behind_next_verb(self, i: int) -> int | None:
        """Behind the verb that a comma or conjunction at i joins: "and shot dead"; None where none is joined."""
        k = i + 1 if self._tag(i) == "," else i
        if self._tag(k) == "C":
            k += 1
        elif k == i:
            return None
        while self._tag(k) == "A":
            k += 1
        if self._tag(k) not in "NVG" or self._word(k) in self._sentence.vocabulary.reporting:
            return None  # "the army's figure of 44 killed, saying it had lost six"
        k += 1
        while self._word(k) in self._grammar.verb_particles or (self._tag(k) == "A" and self._at(k) is None):
            k += 1
        return k

    # --- the verb group ---------------------------------------------------------------------------------------------

    def _verb_group(self, first: int) -> VerbGroup:
        """The verb group to the left of a predicate: "have since been", "were reported to be", "remain"."""
        i, lead = first, ""
        while i > self._sentence.first:
            tag, word = self._tag(i - 1), self._word(i - 1)
            if tag in "BHM":
                lead = "B" if tag == "B" and word in ("been", "being") else lead or tag
            elif self._is_reporting_participle(i - 1, first, lead):
                if self._tag(i - 2) == "A" and self._tag(i - 3) not in "BH":
                    break
            elif self._is_copula(i - 1, first):
                lead = lead or "B"
            elif word == "as" and i == first and self._is_reporting_participle(i - 2, first, lead):
                pass  # "are still listed as missing"
            elif word == "to" and i > self._sentence.first + 1:
                if not self._is_raised(i - 1):
                    return VerbGroup(i - 1, "B" if lead == "B" else "M")
                i -= self._tag(i - 2) != "B"
            elif not self._is_between(i - 1):
                i, dated = self._over_time(i), i
                if i == dated:
                    break
                continue
            i -= 1
        while i < first and self._tag(i) == "A":
            i += 1
        return VerbGroup(i, lead)

    def _over_time(self, i: int) -> int:
        """Over a time between an auxiliary and its participle: "were late on Friday shot"; ``i`` for none."""
        k = i
        while self._tag(k - 1) == "T" and self._at(k - 1) is None:
            k -= 1
        if k == i:
            return i
        k -= self._word(k - 1) in self._grammar.time_leads
        while self._tag(k - 1) in "AT" or self._word(k - 1) in self._grammar.time_modifiers:
            k -= 1
        return k if self._tag(k - 1) in "BH" else i

    def _is_between(self, i: int) -> bool:
        """Whether an adverb, a negation or a time stands inside a verb group: "were not", "died overnight"."""
        if self._tag(i) in "AX":
            return self._at(i) is None
        return self._tag(i) == "T" and self._word(i) in self._grammar.inner_times

    def _is_reporting_participle(self, i: int, predicate: int, lead: str) -> bool:
        """Whether a participle links a predicate to its auxiliary, or to those counted right in front: "were reported
        killed", "was found dead", "with 12 others reported missing"."""
        if self._word(i) == "reported" and not lead and i == predicate - 1 and self._tag(predicate) in "NJ":
            return self._tag(i - 1) in "BHA" or self._subjects.counted(i) is not None
        return self._tag(i) == "N" and self._tag(i - 1) in "BHA" and not lead and self._tag(predicate) in "NJVn"

    def _is_copula(self, i: int, predicate: int) -> bool:
        """Whether a verb links a state to its subject: "remain missing", "lay dead"."""
        if self._word(i) not in self._grammar.copulas or self._at(i) is not None:
            return False
        return self._tag(predicate) in "JIN" and self._word(predicate) != "of"

    def _is_raised(self, to: int) -> bool:
        """Whether the infinitive at "to" belongs to the auxiliary before it: "are feared to have", "were to be"."""
        if self._tag(to - 1) == "B" or (self._tag(to - 1) in "NnJV" and self._tag(to - 2) in "BAH"):
            return True
        return self._is_belief(to - 1) or self._word(to - 1) in self._grammar.seeming

    def _is_belief(self, i: int) -> bool:
        """Whether a participle says of the noun in front what is believed: "nine miners feared to have been killed"."""
        return self._word(i) in self._grammar.beliefs and self._tag(i - 1) in "npJ"

    def _describes(self, begin: int, form: str) -> bool:
        """Whether a verb group has the nouns in front for its subject, behind whatever preposition: "of two men being
        shot", "with nine miners feared dead", "with 12 others reported missing"."""
        if self._word(begin) in ("being", "having") or self._is_belief(begin):
            return True
        return self._word(begin) == "reported" and form in "NJ"

    # --- voice ------------------------------------------------------------------------------------------------------

    def _is_passive(self, first: int, stop: int, lead: str, objects: tuple[Phrase, ...]) -> bool:
        tag, word = self._tag(first), self._word(first)
        if tag == "G":
            return self._word(first - 1) == "being"
        if self._word(first - 1) == "to":
            return False  # "was able to kill"
        if (tag == "V" and not word.endswith(("t", "n", "d"))) or (tag in "np" and word.endswith("ing")):
            return False
        if lead == "B":
            return True
        if lead or tag == "V":
            return False
        if objects:
            return tag in "NpJn" and self._is_list_of_results(first, objects[-1])
        if self._shared_object(stop):
            return False
        return self._tag(first - 1) != "P" or self._word(first - 1) not in self._grammar.subject_pronouns

    def _is_list_of_results(self, first: int, last: Phrase) -> bool:
        """ "13 civilians killed 43 others injured": what looks like an object has a participle of its own."""
        left = self._at(first - 1)
        if left is not None and self._word(left.first - 1) == "including":
            left = self._at(left.first - 2)
        if left is None or not self._is_counted(left) or not self._is_counted(last):
            return False
        if self._word(last.extent + 1) == "of":
            return False  # "a mob of hundreds lynched two men accused of theft"
        return self._tag(last.extent) in "NJ" and self._tag(last.extent + 1) not in "QDSp"

    def _agent(self, stop: int) -> tuple[Phrase, ...]:
        """Who did it: "were shot on Friday in the market by two gunmen"."""
        i = stop
        for _ in range(4):
            if self._word(i) == "by":
                return self._groups.after(i + 1)
            adjunct = self._at(i + 1) if self._tag(i) == "I" else None
            if self._tag(i) in "AT":
                i += 1
            elif adjunct is not None:
                i = adjunct.extent
            else:
                return ()
        return ()
