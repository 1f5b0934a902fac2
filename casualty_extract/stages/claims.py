"""Numbers, harms and victims bound to mentions: for each harm cue the phrases that it harms, for each phrase its number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from casualty_extract.analysis import Clause, Document, Phrase, Reading
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import NOBODY_SAID, HarmCue, Mention, Number, People

ReadPeople = Callable[[int, int, int], People]  # first, stop, extent of a noun phrase without its number

FIGURES = ("figure", "vague", "none", "both", "another", "ordinal", "fraction", "rest")


class Binder:
    """The binding of one sentence. Rules are methods; each harm role has its own."""

    def __init__(
        self,
        document: Document,
        index: int,
        reading: Reading,
        numbers: Sequence[Number],
        cues: Sequence[HarmCue],
        rules: Rules,
        read_people: ReadPeople,
    ) -> None:
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
        killed = {m.number.core for m in self.found if m.harm == "killed"}
        kept = [m for m in self.found if not (m.cue and m.cue.rule.name == "shoot" and m.number.core in killed)]
        return self._carried([self._owned(m) for m in kept])

    def _carried(self, mentions: Sequence[Mention]) -> list[Mention]:
        """An elided noun, "others" and "more" take over the category of the group named before them in the sentence."""
        out: list[Mention] = []
        for mention in mentions:
            if mention.people.category == "unspecified" and self._is_elided(mention):
                group = next(
                    (
                        m.people
                        for m in reversed(out)
                        if m.people.category not in ("unspecified", "mixed") and m.number.kind != "none"
                    ),
                    None,
                ) or self._same_people(mention)
                if group is not None:
                    people = replace(mention.people, category=group.category, rule=f"{mention.people.rule}_carried")
                    mention = replace(mention, people=people, carried=True)
            out.append(mention)
        return out

    def _same_people(self, mention: Mention) -> People | None:
        """ "a helicopter with eight tourists crashed, killing all eight": the people of the same figure before."""
        for number in reversed(self.numbers):
            if (
                number.first < mention.number.first
                and number.value is not None
                and number.value == mention.number.value
                and number.kind == "figure"
                and mention.noun is None
            ):
                phrase = self.reading.phrase(number.core)
                people = self._people(self._noun_of(phrase, number)) if phrase else NOBODY_SAID
                if people.category != "unspecified":
                    return people
        return None

    def _is_elided(self, mention: Mention) -> bool:
        if mention.noun is None:
            return mention.rule not in ("toll", "new_total", "label") and mention.number.kind != "rest"
        return all(self.word(i) in ("others", "other", "more") for i in range(*mention.noun))

    def _owned(self, mention: Mention) -> Mention:
        """Losses belong to the side that suffers them: "the brigade lost nine men", "government losses", "cost the battalion 21"."""
        cue = mention.cue
        if mention.people.category != "unspecified" or cue is None:
            return mention
        owner = self._owner(mention, cue)
        if owner is not None and self.word(owner.first) in (
            "they",
            "it",
            "its",
            "their",
            "he",
        ):  # "the rebels said they had lost"
            owner = next(iter(self.reading.after(self.sentence.first)), None)
        if owner is None:
            return mention
        category = self.read_people(owner.first, owner.stop, owner.extent).category
        if category in ("unspecified", "civilian", "mixed"):
            return mention
        return replace(
            mention, people=replace(mention.people, category=category, rule=f"{mention.people.rule}_of_side")
        )

    def _owner(self, mention: Mention, cue: HarmCue) -> Phrase | None:
        """The phrase of the side that lost these people; None where the words name none."""
        sums = next((c for c in self.cues if c.rule.name == "losses" and 0 < cue.first - c.first < 10), None)
        if sums is not None and cue.rule.victim == "state":  # "Coalition losses stand at 19 dead"
            return self.reading.phrase(sums.first)
        if cue.rule.name == "lose_people":
            subject = self.reading.clause(cue.first, cue.stop).subject
            return subject[0] if subject else None
        own = self.reading.phrase(cue.first)
        mark = next((i for i in range(own.first, cue.first) if self.word(i) in ("'s", "'")), None) if own else None
        if own is not None and mark is not None:  # "the army's loss of"
            return Phrase(own.first, mark, mark - 1, mark)
        if cue.rule.name == "losses":
            return own
        for i in range(cue.first - 1, max(self.sentence.first, cue.first - 12) - 1, -1):
            takes = self.word(i).startswith("tak") or self.word(i) == "took"
            if takes and cue.rule.harm not in ("casualties", "killed") or takes and cue.rule.victim == "object":
                continue
            if self.word(i) == "had" and not any(n.first == i + 1 for n in self.numbers):
                continue
            if self.word(i) in self.rules.resolution["suffers"]:
                if self.word(i) in ("cost", "inflicted"):
                    return next(iter(self.reading.after(i + 1)), None)
                subject = self.reading.clause(i, i + 1).subject
                return subject[0] if subject else None
            if self.word(i) in (";", "who", "which"):
                break
        return None

    # --- roles ------------------------------------------------------------------------------------------------------

    def _object(self, cue: HarmCue) -> None:
        if self._of_the_harmed(cue):
            return
        clause = self.reading.clause(cue.first, cue.stop)
        if self.word(cue.stop) == "of" and not self.tokens[cue.stop - 1].lower.endswith("ed"):
            self._harm(self.reading.after(cue.stop + 1), cue, "harm_of", ())
            return
        if self._in_phrase(cue) or self._numbered(cue):
            return
        if self._is_nominal(cue):
            self._harm(self._among(cue), cue, "among_the_harmed", ())
            return
        if not clause.passive and not clause.object:
            self._harm(self._relative_object(clause), cue, "relative_object", clause.subject)
            return
        harmed = clause.subject if clause.passive else clause.object
        self._harm(
            harmed,
            cue,
            "passive_subject" if clause.passive else "active_object",
            clause.agent if clause.passive else clause.subject,
        )
        if clause.passive:
            self._harm(self._among(cue), cue, "among_the_harmed", clause.agent)
            self._harm(self._companions(cue), cue, "companions", clause.agent)
            if cue is self.cues[0]:
                self._harm(self._besides(), cue, "besides", clause.agent)
            self._number_of(cue)

    def _is_nominal(self, cue: HarmCue) -> bool:
        """ "in memory of the dead", "played the wounded": a noun that no number counts."""
        phrase = self.reading.phrase(cue.first)
        return (
            phrase is not None
            and phrase.first < cue.first
            and phrase.stop <= cue.stop
            and self.word(phrase.first) in ("the", "those", "these", "many", "his", "their", "its")
        )

    def _stays(self, cue: HarmCue) -> bool:
        """Whether people are said to be in hospital, not to have died or arrived there."""
        before = self.word(cue.first - 1)
        return (
            before in self.rules.grammar.be
            or before in self.rules.resolution["remains"]
            or (bool(self.reading.before(cue.first)) and self.word(cue.first - 1) != "hospital")
        )

    def _numbered(self, cue: HarmCue) -> bool:
        """ "The dead numbered 10 and the wounded 12"."""
        i = cue.stop + (self.word(cue.stop) in self.rules.resolution["numbering"])
        again = i == cue.stop and bool(self.found) and self.found[-1].rule == "numbered"
        number = next((n for n in self.numbers if n.first == i and n.kind in ("figure", "vague")), None)
        if number is None or (i == cue.stop and not again) or self.word(cue.first - 1) != "the":
            return False
        self._append(number, cue, self.reading.phrase(number.core), None, "numbered", None)
        return True

    def _outer(self, phrase: Phrase | None) -> Phrase | None:
        """The bare number in front of "of" and a phrase: "scores of hostages", "four of the kidnapped men", "no reports of injuries"."""
        if phrase is None or self.word(phrase.first - 1) != "of":
            return None
        outer = self.reading.phrase(phrase.first - 2)
        if outer is None:
            return None
        number = self._counted(outer)
        if number is None or number.kind == "article":
            return None
        return (
            outer
            if outer.stop == number.stop
            or (
                number.kind == "none"
                and self.word(outer.head) in ("reports", "report", "sign", "signs", "word", "record")
            )
            else None
        )

    def _among(self, cue: HarmCue) -> tuple[Phrase, ...]:
        """ "14 children and a woman were among those killed": the subject of the copula in front of "among"."""
        i = cue.first - 1
        while i > self.sentence.first and self.word(i) in ("those", "the", "people", "who", "were", "victims"):
            i -= 1
        if self.word(i) != "among" or self.word(i - 1) not in ("was", "were", "is", "are", "also", "be"):
            return ()
        return self.reading.clause(i, i + 1).subject

    def _companions(self, cue: HarmCue) -> tuple[Phrase, ...]:
        """ "was killed along with her two daughters"."""
        i = cue.stop + (self.word(cue.stop) in ("along", "together"))
        return self.reading.after(i + 1) if self.word(i) in ("with", "alongside") else ()

    def _besides(self) -> tuple[Phrase, ...]:
        """ "In addition to the assailant, 12 people were killed": whoever stands behind the opening words."""
        opening = self.rules.resolution["besides"].at(self.tokens, self.sentence.first, self.sentence.stop)
        for i in range(self.sentence.first, min(self.sentence.first + 8, self.sentence.stop)):
            opening = opening or self.rules.resolution["besides"].at(self.tokens, i, self.sentence.stop)
        return self.reading.after(opening.stop) if opening else ()

    def _number_of(self, cue: HarmCue) -> None:
        """ "the number of Israelis killed is about 600"."""
        lead = [self.word(i) for i in range(max(self.sentence.first, cue.first - 6), cue.first)]
        number = next(
            (
                n
                for n in self.numbers
                if cue.stop < n.first <= cue.stop + 16
                and n.kind in ("figure", "vague")
                and self._is_sum(cue.stop, n.first)
            ),
            None,
        )
        if number is not None and "number" in lead and not self._is_bound(number):
            phrase = self.reading.phrase(cue.first - 1)
            self._append(number, cue, phrase, (phrase.first, phrase.stop) if phrase else None, "number_of", None)

    def _is_sum(self, first: int, stop: int) -> bool:
        """Whether what stands between "the number of ... killed" and a figure makes it the number: "is", "has risen to", "reached"."""
        words = [self.word(i) for i in range(first, stop)]
        leads = self.rules.resolution["toll_leads"]
        return bool(words) and words[-1] in leads and any(w in self.rules.grammar.be or w in ("to", "at", "reached", "passed", "exceeded", "exceeds", "now") for w in words)

    def _in_phrase(self, cue: HarmCue) -> bool:
        """ "the 20 killed", "13 wounded soldiers": the cue inside the counted phrase."""
        phrase = self.reading.phrase(cue.first)
        if phrase is None:
            return False
        outer = self._outer(phrase)
        if outer is not None and self._counted(phrase) is None:
            self._add(outer, cue, "of_harmed_people", (phrase.first, phrase.stop))
            return True
        number = self._counted(phrase)
        if number is None or number.first >= cue.first or (number.kind == "article" and cue.stop >= phrase.stop):
            return False
        self._add(phrase, cue, "harm_in_phrase", self._noun_beside(phrase, cue))
        if self.word(phrase.first - 1) == "among" and self.word(phrase.first - 2) in (
            "was",
            "were",
            "also",
            "are",
            "is",
        ):
            whole, before = self.found[-1], len(self.found)
            self._harm(self.reading.clause(phrase.first - 1, phrase.first).subject, cue, "among_the_harmed", ())
            self.found[before:] = [replace(m, part=True, whole_of=whole) for m in self.found[before:]]
        return True

    def _of_the_harmed(self, cue: HarmCue) -> bool:
        """ "eleven of the dead", "43 of those held": a part, which the stage of parts reads."""
        i, pointed = cue.first - 1, False
        while i > self.sentence.first and self.word(i) in (
            "the",
            "those",
            "these",
            "them",
            "people",
            "who",
            "were",
            "been",
            "had",
            "was",
        ):
            pointed = pointed or self.word(i) in ("the", "those", "these", "them")
            i -= 1
        return (
            pointed
            and self.word(i) == "of"
            and i < cue.first - 1
            and any(n.stop == i and n.kind != "article" for n in self.numbers)
        )

    def _relative_object(self, clause: Clause) -> tuple[Phrase, ...]:
        """ "the 23 schoolboys they seized": the phrase right in front of a pronoun that is the subject."""
        if len(clause.subject) != 1 or self.word(clause.subject[0].first) not in (
            "they",
            "he",
            "she",
            "it",
            "we",
            "who",
            "rebels",
            "militants",
            "gunmen",
        ):
            return ()
        i = clause.subject[0].first
        if self.word(i - 1) in ("that", "who", "whom", "which"):
            i -= 1
        nearest = self.reading.phrase(i - 1)
        if nearest is not None and self._counted(nearest):
            return (nearest,)
        return self.reading.before(i)[-1:]

    def _subject(self, cue: HarmCue) -> None:
        if self.word(cue.first - 1) == "to" and self.word(cue.first - 2) in (
            "trying",
            "tried",
            "attempting",
            "attempted",
            "hoping",
            "wanting",
            "wanted",
            "able",
        ):
            return
        clause = self.reading.clause(cue.first, cue.stop)
        self._harm(clause.subject, cue, "subject", ())

    def _labile(self, cue: HarmCue) -> None:
        clause = self.reading.clause(cue.first, cue.stop)
        counted = any(self._counted(p) for p in clause.object)
        self._harm(
            clause.object if counted and not clause.passive else clause.subject,
            cue,
            "labile_object" if counted else "labile_subject",
            (),
        )

    def _state(self, cue: HarmCue) -> None:
        if self._of_the_harmed(cue) or self._in_phrase(cue) or self._numbered(cue):
            return
        if self._is_nominal(cue):
            self._harm(self._among(cue), cue, "among_the_harmed", ())
            return
        if self.word(cue.first) in ("in", "on") and not self._stays(cue):
            return
        clause = self.reading.clause(cue.first, cue.stop)
        subject = clause.subject or self.reading.before(cue.first)
        self._harm(subject, cue, "state", ())

    def _self(self, cue: HarmCue) -> None:
        phrase = self.reading.phrase(cue.first)
        outer = self._outer(phrase)
        if outer is not None and phrase is not None:
            self._add(outer, cue, "harm_noun", (phrase.first, phrase.stop))
            return
        complement = self.reading.after(cue.stop + 1) if self.word(cue.stop) == "of" else ()
        counted = self._counted(phrase) if phrase else None
        if counted is None and self._shared_none(cue):
            return
        if phrase is not None and counted and counted.first < cue.first and counted.kind != "article":
            self._add(phrase, cue, "harm_noun", self._noun_of(phrase, counted))
            self._bare_before(phrase, cue)
        elif complement and self._counted(complement[0]):
            self._harm(complement, cue, "harm_noun_of", ())
        elif phrase is not None and counted and counted.kind == "article" and self.word(cue.first) in ("body", "corpse", "cadaver"):
            self._add(phrase, cue, "harm_noun", (counted.stop, phrase.stop))

    def _event(self, cue: HarmCue) -> None:
        phrase = self.reading.phrase(cue.first)
        outer = self._outer(phrase)
        if outer is not None:
            self._add(outer, cue, "event_noun", None)
            return
        counted = self._counted(phrase) if phrase else None
        if counted is None and self._shared_none(cue):
            return
        if phrase is not None and counted and counted.first < cue.first:
            if counted.kind != "article":
                self._add(phrase, cue, "event_noun", (counted.stop, cue.first) if counted.stop < cue.first else None)
                self._bare_before(phrase, cue)
            return
        if self.word(cue.stop) == "of" or self.tokens[cue.stop - 1].lower == "of":
            self._harm(self.reading.after(cue.stop + (self.word(cue.stop) == "of")), cue, "event_of", ())
        elif self.word(cue.stop) in ("to", "for") and self.word(cue.stop + 1) and phrase:
            self._harm(self.reading.after(cue.stop + 1), cue, "event_to", ())

    def _shared_none(self, cue: HarmCue) -> bool:
        """ "No fatalities nor injuries": one "no" for both."""
        if self.word(cue.first - 1) not in ("nor", "or", "and"):
            return False
        last = next(
            (m for m in self.found if m.number.kind == "none" and m.cue is not None and m.cue.stop == cue.first - 1),
            None,
        )
        if last is None:
            return False
        self._append(last.number, cue, last.phrase, None, "shared_none", None)
        return True

    def _toll(self, cue: HarmCue) -> None:
        """Figures that a sum is said to be: "the toll rose by four to 58", "put losses at 80"."""
        taken = False
        harm = self._summed_harm(cue)
        end = min(
            (c.first for c in self.cues if c.first >= cue.stop and c.rule.victim == "toll"), default=self.sentence.stop
        )
        barrier = min(
            (
                c.first
                for c in self.cues
                if c.first >= cue.stop and c.rule.victim in ("object", "subject", "labile", "self", "event")
            ),
            default=self.sentence.stop,
        )
        for number in self.numbers:
            if number.core < cue.stop or number.kind not in ("figure", "vague", "none", "article"):
                continue
            if number.first - cue.stop > 18 or number.first > end or (number.first > barrier and taken):
                break
            lead = self.word(number.first - 1)
            if lead in ('"', "“", "‘", "'"):
                lead = self.word(number.first - 2)
            if number.kind == "article" or (
                lead not in self.rules.resolution["toll_leads"] and number.first != cue.stop
            ):
                continue
            if any(
                c is not cue
                and c.rule.victim != "toll"
                and number.stop <= c.first <= number.stop + 2
                and self._near(number, c)
                for c in self.cues
            ):
                continue  # "losses stand at 19 dead": the figure has a harm word of its own
            if self._is_bound(number) or (number.first > barrier and not taken and lead not in ("to", "at")):
                continue
            phrase = self.reading.phrase(number.core)
            noun = self._noun_of(phrase, number) if phrase else None
            if noun and self._people(noun).things:
                continue
            total = self.rules.resolution["total"].ending(
                self.tokens, number.first, self.sentence.first
            ) or self._brings(cue)
            self._append(number, harm, phrase, noun, "new_total" if total else "toll", None)
            if lead == "by":
                self.found[-1] = replace(self.found[-1], rises=True, increment=True)
            taken = True

    def _summed_harm(self, cue: HarmCue) -> HarmCue:
        """ "the total", "the figure": of what the sentence counted before."""
        last = next((m.cue for m in reversed(self.found) if m.cue is not None and m.cue.first < cue.first), None)
        if last is None or self.word(cue.stop - 1) not in ("total", "figure", "tally", "toll") or self.word(cue.first) in ("death", "casualty"):
            return cue
        return HarmCue(cue.first, cue.stop, replace(cue.rule, harm=last.rule.harm))

    def _brings(self, cue: HarmCue) -> bool:
        """ "bringing the overall toll to", "which raised the death toll to"."""
        return any(
            self.word(i) in self.rules.resolution["brings"]
            for i in range(cue.first - 1, max(self.sentence.first, cue.first - 5) - 1, -1)
        )

    def _near(self, number: Number, cue: HarmCue) -> bool:
        return all(
            t.kind == "word" and t.lower not in ("and", "but", "after", "in", "on", "when", "who")
            for t in self.tokens[number.stop : cue.first]
        )

    def _label(self, cue: HarmCue) -> bool:
        """ "Killed: 8", "Dead - 5": a mark between a harm word and a bare figure."""
        mark = self.tokens[cue.stop] if cue.stop + 1 < self.sentence.stop else None
        if mark is None or mark.text not in (":", "-", "–", "—") or cue.rule.victim == "toll":
            return False
        number = next((n for n in self.numbers if n.first == cue.stop + 1 and n.kind == "figure"), None)
        before = self.tokens[cue.first - 1] if cue.first > self.sentence.first else None
        if number is None or (before is not None and before.kind != "mark"):
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
            if self._has_own_cue(phrase, cue):
                continue
            if number is None:
                if not self._names_the_counted(phrases[:k], phrase):
                    self._single(phrase, cue, rule, by)
                continue
            noun = self._noun_of(phrase, number)
            parts = [noun] if noun else []
            for other in phrases[k + 1 :]:  # "300 soldiers and policemen": one number for both
                if (
                    noun is None
                    or self._counted(other)
                    or self.tokens[other.first].text[:1].isupper() and not self.tokens[noun[0]].text[:1].isupper()
                    or self.word(other.first) in ("the", "his", "her", "its", "a", "an")
                ):
                    break
                parts.append((other.first, other.extent))
                noun = (noun[0], other.extent)
            self._add(phrase, cue, rule, noun, by, parts)

    def _names_the_counted(self, before: Sequence[Phrase], phrase: Phrase) -> bool:
        """ "two traders, Abdul Haleem and Mirza": names that only say who the counted are."""
        counted = next((p for p in before if (n := self._counted(p)) is not None and (n.value or 2) >= 2), None)
        if counted is None or self.word(counted.extent) != ",":
            return False
        return all(self.tokens[p.first].text[:1].isupper() for p in (*before[before.index(counted) + 1 :], phrase))

    def _single(self, phrase: Phrase, cue: HarmCue, rule: str, by: Phrase | None) -> None:
        """One definite or named person without a number word: "the guard", "his wife", "Abdul Karim": an implicit one."""
        if any(m.implicit and m.number.first == phrase.first and m.harm == cue.rule.harm for m in self.found):
            return
        people = self._people((phrase.first, phrase.stop))
        named = self._is_named(phrase, cue, people)
        if people.things or (not named and not self._is_one(phrase, people)):
            return
        number = Number(
            phrase.first,
            phrase.stop,
            phrase.first,
            "definite",
            1,
            1,
            1,
            "exact",
            "named_person" if named else "definite_person",
        )
        self.found.append(
            Mention(
                number,
                cue,
                cue.rule.harm,
                phrase,
                people,
                (phrase.first, phrase.stop),
                rule,
                self.index,
                agent=by,
                implicit=True,
            )
        )

    def _is_one(self, phrase: Phrase, people: People) -> bool:
        """A singular noun of people behind "the", a possessive, or nothing; or a pronoun of one person."""
        word, head = self.word(phrase.first), self.word(phrase.head)
        if word in ("him", "her", "himself", "herself"):
            return phrase.stop - phrase.first == 1
        if (
            not people.known
            or head.endswith("s")
            or head in self.rules.resolution["plurals"]
            or people.unit != "person"
        ):
            return False
        lead = self.word(phrase.first - 1)
        bare = word not in self.rules.grammar.determiners and word not in self.rules.grammar.possessives
        if bare:
            return people.rule != "people" and (
                phrase.first == self.sentence.first
                or lead in (",", "and", "")
                or self._is_possessed(phrase)
                or not self.tokens[phrase.first].text[:1].islower()
            )
        return word in ("the", "his", "her", "their", "its", "my", "our")

    def _is_possessed(self, phrase: Phrase) -> bool:
        return any(self.word(i) == "'s" for i in range(phrase.first, phrase.stop))

    def _is_named(self, phrase: Phrase, cue: HarmCue, people: People) -> bool:
        """A personal name: capitalised words that are no body, people or place that the lexicons know."""
        if (
            cue.rule.people == "known" and cue.rule.name not in ("execute", "shoot_dead", "to_death", "shoot")
        ) or cue.rule.harm == "displaced":
            return False
        tokens = self.tokens[phrase.first : phrase.stop]
        if (
            not all(
                t.text[:1].isupper() or t.lower in ("al", "bin", "ibn", "de", "-") or t.lower.startswith("al-")
                for t in tokens
            )
            or tokens[0].kind != "word"
        ):
            return False
        if (
            self.sentence.first == phrase.first
            and len(tokens) == 1
            and (tokens[0].lower in self.rules.grammar.adverbs or tokens[0].lower in self.rules.grammar.determiners)
        ):
            return False
        if self.tokens[self.sentence.first : self.sentence.stop] and all(
            t.text.isupper() for t in self.tokens[phrase.first : min(phrase.stop + 3, self.sentence.stop)] if t.kind == "word"
        ):
            return False  # capitals say nothing in a shouted sentence
        if any(True for _ in self.rules.bodies.scan(self.tokens, phrase.first, phrase.stop)) or any(
            t.lower in self.rules.resolution["body_words"].first_words() for t in tokens
        ):
            return False
        if tokens[0].lower in ("most", "many", "some", "several", "few", "none", "others", "half", "others"):
            return False
        plural = tokens[-1].lower.endswith("s") and people.known
        sides = any(
            m.rule.affiliation and m.stop == phrase.stop
            for m in self.rules.victims.scan(self.tokens, phrase.first, phrase.stop)
        )
        return (
            not plural
            and not sides
            and not any(t.lower in self.rules.grammar.times or t.lower in self.rules.grammar.pronouns for t in tokens)
        )

    def _has_own_cue(self, phrase: Phrase, cue: HarmCue) -> bool:
        """ "21 casualties, 6 dead and 15 wounded": a coordinated phrase with a harm word of its own."""
        return any(
            c is not cue
            and c.rule.victim in ("state", "self", "event")
            and (phrase.first <= c.first < phrase.stop or c.first == phrase.stop)
            and c.rule.harm != cue.rule.harm
            for c in self.cues
        ) and not (phrase.first <= cue.first < phrase.stop)

    def _add(
        self,
        phrase: Phrase,
        cue: HarmCue,
        rule: str,
        noun: tuple[int, int] | None,
        agent: Phrase | None = None,
        parts: Sequence[tuple[int, int]] = (),
    ) -> None:
        number = self._counted(phrase)
        if number is None or self._is_bound(number, cue.rule.harm):
            return
        people = self._mixed([self._people(part) for part in parts]) if len(parts) > 1 else self._people(noun)
        if people.things or (number.kind == "article" and not people.known):
            return
        if number.kind == "article" and self.word(phrase.head) in self.rules.resolution["collectives"]:
            return  # "a group of villagers" is no number of people
        if number.kind == "vague" and noun is None and cue.rule.people == "known" and cue.rule.victim == "object":
            return
        if cue.rule.people == "known" and noun and not people.known:
            return
        if (
            cue.rule.people == "known"
            and noun is None
            and cue.rule.name in ("lose_people", "seize", "forced_out", "cut_people", "capture")
            and number.kind == "article"
        ):
            return
        self._append(number, cue, phrase, noun, rule, agent, people)

    def _mixed(self, several: Sequence[People]) -> People:
        """One number for several kinds of people: "soldiers and policemen", "women and children"."""
        kinds = {p.category for p in several}
        shared = tuple(a for a in several[0].attributes if all(a in p.attributes for p in several))
        if {a for p in several for a in p.attributes} >= {"woman", "child"} and all(
            {"woman", "child"} & set(p.attributes) for p in several
        ):
            shared = (*shared, "woman_or_child")
        known = kinds - {"unspecified"}
        category = kinds.pop() if len(kinds) == 1 else next(iter(known)) if len(known) == 1 else "mixed"
        return replace(
            several[0],
            category=category,
            attributes=shared,
            known=any(p.known for p in several),
            things=all(p.things for p in several),
            rule="several_kinds",
        )

    def _is_open(self, number: Number) -> bool:
        """A fraction or "the rest" has no value before its whole is known."""
        return number.kind in ("fraction", "rest")

    def _append(
        self,
        number: Number,
        cue: HarmCue,
        phrase: Phrase | None,
        noun: tuple[int, int] | None,
        rule: str,
        agent: Phrase | None,
        people: People | None = None,
    ) -> None:
        if noun is not None and noun[0] >= noun[1]:
            noun = None
        if self._is_open(number):
            return
        self.found.append(
            Mention(
                number,
                cue,
                cue.rule.harm,
                phrase,
                people or self._people(noun),
                noun,
                rule,
                self.index,
                agent=agent,
                increment=number.increment,
            )
        )

    def _bare_before(self, phrase: Phrase, cue: HarmCue) -> None:
        """ "6 and 11 deaths": a bare figure coordinated with the bound one."""
        for number in self.numbers:
            if (
                number.stop == phrase.first - 1
                and self.word(number.stop) in ("and", "or")
                and number.kind == "figure"
                and not self._is_bound(number)
            ):
                self._append(number, cue, self.reading.phrase(number.core), None, "bare_coordinate", None)

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
            return (number.stop, phrase.extent)
        return (number.stop, cue.first) if number.stop < cue.first else None

    def _people(self, noun: tuple[int, int] | None) -> People:
        if noun is None or noun[0] >= noun[1]:
            return NOBODY_SAID
        return self.read_people(noun[0], self._base_stop(noun), noun[1])

    def _base_stop(self, noun: tuple[int, int]) -> int:
        """Where the noun phrase proper ends, before its complement."""
        inner = self.reading.phrase(noun[0])
        return min(inner.stop, noun[1]) if inner else noun[1]

    def _is_bound(self, number: Number, harm: str | None = None) -> bool:
        return any(m.number.core == number.core and (harm is None or m.harm == harm) for m in self.found)

    def word(self, i: int) -> str:
        """The lower word at a token of the sentence, "" outside it."""
        return self.tokens[i].lower if self.sentence.first <= i < self.sentence.stop else ""
