"""The subject of a verb by word order: from the verb to the left, over what may stand between the two."""

from __future__ import annotations

from casualty_extract.analysis import Phrase
from casualty_extract.analysis.asides import Asides
from casualty_extract.analysis.groups import Groups
from casualty_extract.analysis.phrases import Phrases
from casualty_extract.analysis.tagged import TaggedSentence

_LIST_REACH = 20  # tokens between "including" and the last phrase of its list
_OVER_WORDS = ",#)IAqXTDQ"  # tags of words that may stand between a subject and its verb
_NOMINAL = "npJQ)"  # tags that end what a clause without a finite verb says something of


class Subjects:
    """The subjects of the verb groups of a sentence."""

    def __init__(self, sentence: TaggedSentence, phrases: Phrases, groups: Groups) -> None:
        self._sentence, self._tag, self._word = sentence, sentence.tag, sentence.word
        self._grammar, self._reporting = sentence.grammar, sentence.vocabulary.reporting
        self._at, self._is_counted = phrases.at, sentence.is_counted
        self._groups, self._asides, self._ages = groups, Asides(sentence, phrases, groups), groups.ages

    def beside(self, begin: int) -> tuple[Phrase, ...]:
        """The subject of a bare participle: "nine workers killed"; as of any verb where no counted one is beside."""
        phrase = self.counted(begin)
        if phrase is None and self._tag(begin - 1) == "," and self._opens_aside(begin):
            phrase = self.counted(begin - 1)  # "Three nurses, abducted in March, were freed"
            phrase = None if phrase is not None and self._tag(phrase.first - 1) == "I" else phrase
        return self._group(phrase) if phrase is not None else self.before(begin)

    def _opens_aside(self, begin: int) -> bool:
        """Whether a participle behind a comma begins an aside that another comma closes in front of the main verb."""
        if self._tag(begin) != "N":
            return False
        last = min(begin + _LIST_REACH, self._sentence.stop - 1)
        close = next((i for i in range(begin + 1, last) if self._tag(i) in ",."), begin)
        main = self._tag(close + 1) in "BHMV" and self._word(close + 1) not in self._reporting
        return self._tag(close) == "," and main

    def counted(self, stop: int) -> Phrase | None:
        """The first counted phrase, from the right, of the chain with "of" that ends before a token."""
        phrase = self._at(stop - 1)
        while phrase is not None and not self._is_counted(phrase):
            phrase = self._at(phrase.first - 2) if self._word(phrase.first - 1) == "of" else None
        return phrase

    def before(self, begin: int) -> tuple[Phrase, ...]:
        """The phrases that the verb group beginning at ``begin`` says something of."""
        phrase = self._at(begin - 1)
        if phrase is not None and self._tag(begin - 1) not in ",)IRU" and self._tag(phrase.first - 1) == ".":
            return (phrase,)  # most subjects: a phrase that opens its sentence, and nothing in between
        if phrase is not None and self._is_behind_object(phrase, begin):
            return (phrase,)
        i, nearest = begin, None
        while i > self._sentence.first:
            tag = self._tag(i - 1)
            back = self._over_words(i, tag) if tag in _OVER_WORDS else None
            if back is not None:
                i = back
                continue
            if tag == ",":
                return ()
            if tag in "RU" and self._is_relative(i - 1):
                return self._of_relative(i - 1)
            phrase = self._at(i - 1)
            listed = self._over_included(phrase) if phrase is not None else None
            if listed is not None:
                i = listed
                continue
            if phrase is None:
                back = self._over_clause(i - 1)
                if back is None:
                    break
            elif self._tag(phrase.first - 1) == "I":
                nearest = nearest or self._counted_adjunct(phrase)
                back = self._over_preposition(phrase.first - 1)
            else:
                back = self._over_names(phrase) or self._over_phrase(phrase, begin, nearest)
                if back is None:
                    named = () if self._word(begin) in self._reporting else self._named(phrase)
                    return named or self._group(phrase)
            i = back
        return (nearest,) if nearest else ()

    def _is_behind_object(self, phrase: Phrase, begin: int) -> bool:
        """ "Killed 12, including a judge and 14 others were hurt": a counted phrase that is no part of an object."""
        if self._tag(begin) != "B" or self._tag(phrase.first - 1) != "C" or not self._is_counted(phrase):
            return False
        if self._tag(phrase.first - 2) == "," and self._is_behind_clause(phrase.first - 2):
            return True
        if "including" not in self._sentence.words:
            return False
        for i in range(phrase.first - 2, max(phrase.first - _LIST_REACH, self._sentence.first), -1):
            if self._word(i) == "including":
                whole = self._at(i - 1 - (self._tag(i - 1) == ","))
                return whole is not None and self._is_counted(whole) and self._tag(whole.first - 1) in "VNG"
        return False

    def _is_behind_clause(self, comma: int) -> bool:
        """ "Nine died, two of them women, and 12 were injured": a clause before the aside that a comma closes."""
        opening = next((i for i in range(comma - 1, self._sentence.first, -1) if self._tag(i) in ",."), None)
        if opening is None or self._tag(opening) != ",":
            return False
        verbs = (i for i in range(self._sentence.first, opening) if self._tag(i) in "VBG")
        return any(self._word(i) not in self._reporting for i in verbs)

    def of_sentence(self) -> tuple[Phrase, ...]:
        """The subject of the sentence, for a participle behind a comma: "A gunman opened fire, killing nine"."""
        opening = self._at(self._sentence.first)
        return (opening,) if opening is not None and self._tag(opening.extent) in "VNBHM" else ()

    def behind_copula(self, first: int, stop: int) -> tuple[Phrase, ...]:
        """The subject behind the copula of a participle that opens: "Killed on 14 May were three soldiers"."""
        opens = first - (self._tag(first - 1) == "A")  # "Also killed was a girl"
        if opens > self._sentence.first and self._tag(opens - 1) not in ".q":
            return ()
        for i in range(stop, min(stop + 8, self._sentence.stop)):
            if self._tag(i) == "B":
                return self._groups.after(i + 1)
        return ()

    # --- what stands between ----------------------------------------------------------------------------------------

    def _over_words(self, i: int, tag: str) -> int | None:
        """Over the adverb, time, preposition without a phrase, bracket or aside that ends before i, by the tag of the
        token there; None for none."""
        if tag == ",":
            return self._asides.comma(i - 1)
        if tag == "#" and self._at(i - 1) is None:
            return self._ages.before(i)
        if tag == ")":
            return self._asides.bracket(i - 1)
        if tag == "I":
            return i - 1 if self._word(i - 1) in self._grammar.enclosures else None
        if tag in "DQ":
            return self._over_both(i)
        if tag in "AqX":
            return i - 1 if self._at(i - 1) is None else None
        if tag == "T" and self._at(i - 1) is None:
            return i - 2 if self._word(i - 2) in self._grammar.time_leads else i - 1  # "on Friday"
        return None

    def _over_both(self, i: int) -> int | None:
        """Over the words behind a subject that take it together: "medics and police both said", "12 in all were"."""
        if self._word(i - 1) not in ("both", "all"):
            return None
        if self._word(i - 2) == "in":
            return i - 2
        return i - 1 if self._at(i - 2) is not None else None

    def _over_clause(self, last: int) -> int | None:
        """Over the reduced or relative clause or the aside between dashes whose last token is in no phrase."""
        dash = self._asides.dash(last)
        if dash is not None:
            return dash
        if self._word(last) in self._grammar.naming and self._tag(last - 1) == ",":
            return last - 1  # "a jawan, identified as M Singh was killed"
        begin = last
        while self._word(begin - 1) in ("being", "having", "been"):
            begin -= 1
        if self._tag(last) in "NG" and self._tag(begin - 1) in _NOMINAL:
            return begin  # "sources based in Gaza said", "two men being treated in Harl died"
        return self._over_relative(last)

    def _over_preposition(self, preposition: int) -> int:
        """Over "in Gaza", and over ", including children" with its comma."""
        opens = self._word(preposition) in self._grammar.inclusions and self._tag(preposition - 1) == ","
        return preposition - 1 if opens else preposition

    def _over_included(self, phrase: Phrase) -> int | None:
        """Over a list of parts behind "including": "70 persons including rebels, guards and traders were"."""
        if "including" not in self._sentence.words:
            return None
        i = phrase.first
        while i > phrase.first - _LIST_REACH and (self._tag(i - 1) in "npDJC,(#)" or self._names(i - 1)):
            i -= 1
        stop = i - 1 - (self._tag(i - 2) == ",")
        whole = self._at(stop - 1)
        if i == phrase.first or self._word(i - 1) != "including" or whole is None or not self._is_counted(whole):
            return None
        return stop

    def _names(self, i: int) -> bool:
        """Whether a word leads to a name inside a list, or stands in one: "identified as", "Ministry of Mines"."""
        return self._word(i) in ("as", "of") or self._word(i) in self._grammar.naming

    def _over_phrase(self, phrase: Phrase, begin: int, nearest: Phrase | None) -> int | None:
        """Over a phrase that describes, or is the object of a reduced or relative clause; None for a subject."""
        whole = self._asides.whole(phrase)
        if whole is not None:
            return whole
        if self._tag(phrase.first - 1) == ")" and self._word(phrase.head) in self._grammar.chapters:
            return self._asides.bracket(phrase.first - 1)  # "rebels of the Tarn Front (TF) Harl Chapter were"
        verb = phrase.first - 1
        lead = self._tag(verb)
        if self._word(verb) in self._grammar.leaving and self._tag(begin) in "NJ":
            return None  # "a shell fell near a hotel leaving a porter injured"
        is_reduced = lead in "NG" and nearest is None and self._tag(verb - 1) in _NOMINAL
        antecedent = self._at(verb - 1)
        counted = antecedent is not None and self._is_counted(antecedent)
        if is_reduced and (self._tag(begin) in "VN" or counted) and not self._is_counted(phrase):
            return verb  # "an organisation monitoring the conflict said", "two men guarding the consulate were killed"
        finite = self._tag(begin) in "VBHM"
        lone = lead == "G" and finite and self._word(verb) not in self._reporting  # not "as saying 12 people were hurt"
        if lone and self._tag(verb - 1) == "I" and self._at(verb - 2) is not None:
            return verb - 1  # "officials familiar with talks on allowing aid said"
        if lone and self._tag(verb - 1) == ",":
            return self._over_unclosed(verb - 1)
        if lead in "VNGHBM" and self._word(verb) not in self._reporting:
            return self._over_relative(verb)
        return None

    def _over_names(self, phrase: Phrase) -> int | None:
        """Over names or bare nouns that are joined behind a preposition: "two men from the Front of Harl and the Tarn
        had", "five people from towns and villages were"."""
        left = self._at(phrase.first - 2) if self._tag(phrase.first - 1) == "C" else None
        named = left is not None and self._tag(left.head) == self._tag(phrase.head) == "p"
        if left is None or self._is_counted(phrase) or not (named or self._tag(phrase.first) in "nJN"):
            return None
        place = self._groups.ending(left.stop) or left
        outer = self._groups.ending(place.first - 1) if self._tag(place.first - 1) == "I" else None
        return place.first - 1 if outer is not None and self._is_counted(outer) else None

    def _over_unclosed(self, comma: int) -> int | None:
        """Over a clause behind a comma that none closes: "Two nurses, manning a clinic in Harl were killed"."""
        opening = self._asides.comma(comma)
        stop = comma if opening is None else opening
        whole = self._at(stop - 1)
        return stop if whole is not None and self._is_counted(whole) else None

    def _over_relative(self, i: int) -> int | None:
        """Where the antecedent ends of the relative clause that holds a token ("people who were inside the shop")."""
        for k in range(i, max(self._sentence.first, i - 14) - 1, -1):
            if self._tag(k) in ".,":
                return None
            if self._tag(k) == "R" or self._word(k) in ("who", "which"):
                return k - 1 if self._tag(k - 1) == "," else k
        return None

    # --- who it is --------------------------------------------------------------------------------------------------

    def _group(self, phrase: Phrase) -> tuple[Phrase, ...]:
        return (*self._groups.leftward(phrase), phrase)

    def _is_relative(self, i: int) -> bool:
        """Whether a relative is the subject itself: "workers who", not "nine of whom"."""
        return self._word(i) in self._grammar.subject_relatives and self._word(i - 1) != "of"

    def _of_relative(self, relative: int) -> tuple[Phrase, ...]:
        """What a relative stands for: "the nine workers who", "the crew, which"."""
        i = relative - 1 if self._tag(relative - 1) == "," else relative
        phrase = self._antecedent(i)
        if phrase is None or (self._tag(i) != "R" and self._tag(i - 1) not in _NOMINAL):
            return ()
        return self._group(phrase)

    def _antecedent(self, stop: int) -> Phrase | None:
        """What a clause from a token on is about: of a chain with "of" the first counted phrase, else the outermost."""
        return self.counted(stop) or self._groups.ending(stop)

    def _counted_adjunct(self, phrase: Phrase) -> Phrase | None:
        """A counted phrase behind a preposition, the subject where no other is: "among nine workers killed"."""
        part = self._word(phrase.first - 1) in ("of", "including")
        return phrase if not part and self._is_counted(phrase) else None

    def _named(self, name: Phrase) -> tuple[Phrase, ...]:
        """The counted phrase that a name behind a comma names: "One of them, Corporal Hale, has died"."""
        if self._tag(name.first - 1) != "," or self._tag(name.first) != "p":
            return ()
        phrase = self._antecedent(name.first - 1)
        return (phrase,) if phrase is not None and self._is_counted(phrase) else ()
