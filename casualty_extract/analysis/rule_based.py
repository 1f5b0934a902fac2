"""Sentences by closed word classes and word order; no model. Clauses are read only where a stage asks for one."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Clause, Document, Phrase, Reading, Sentence, Token
from casualty_extract.analysis.grammar import Grammar

# One letter a class of word:
#   D determiner  S possessive  Q quantity  P pronoun  I preposition  C conjunction  U subordinator  R relative
#   B be  H have  M modal  X negation  A adverb  T time  V finite verb  N participle or past  G -ing form  J state adjective
#   # number that counts nobody  n noun or adjective  p capitalised noun  s possessive mark  , comma  ( ) brackets  q quotation mark  . any other mark
_NOUNS = "npJ"
_STARTS = "DSQnpNGJA"
_VERBAL = "VNBHM"
_BARS = ".;:!?"
_SPANS = frozenset(["day", "week", "month", "year", "hour", "minute"])
_LOWER_TIMES = frozenset(
    [
        "dawn",
        "noon",
        "today",
        "tomorrow",
        "yesterday",
        "tonight",
        "morning",
        "evening",
        "night",
        "midnight",
        "dusk",
        "afternoon",
        "overnight",
        "week",
        "day",
        "hour",
        "month",
        "year",
        "weekend",
    ]
)
_COPULAS = frozenset(
    ["remain", "remains", "remained", "stay", "stays", "stayed", "lie", "lies", "lay", "feared", "presumed"]
)


class RuleBasedAnalyzer:
    """Reads sentences by word lists: ``verbs`` are forms known as verbs besides the grammar's, ``states`` are
    adjectives that are said of people ("dead", "missing"), ``reporting`` verbs that a content clause follows."""

    name = "rules"

    def __init__(
        self, grammar: Grammar, verbs: frozenset[str], states: frozenset[str], reporting: frozenset[str]
    ) -> None:
        self._grammar, self._verbs, self._states, self._reporting = grammar, verbs, states, reporting
        self._class_of: dict[str, str] = {}

    def read(self, document: Document, sentence: Sentence, quantities: Sequence[tuple[int, int]]) -> Reading:
        """The reading of one sentence."""
        return RuleBasedReading(document, sentence, self._tags(document.tokens, sentence, quantities), self._reporting)

    def _tags(self, tokens: Sequence[Token], sentence: Sentence, quantities: Sequence[tuple[int, int]]) -> list[str]:
        first = sentence.first
        tags = [self._tag(tokens, i, sentence) for i in range(first, sentence.stop)]
        for start, stop in quantities:
            for i in range(start, stop):
                tags[i - first] = "Q"
        for k in range(1, len(tags) - 1):
            word = tokens[first + k].lower
            if word in ("year", "years", "month", "months") and tokens[first + k + 1].lower == "old":
                tags[k - 1] = tags[k] = tags[k + 1] = "n"  # "a 10 year old boy"
            elif word in ("last", "next", "early", "late") and tags[k + 1] == "T" and tags[k] in "nAp":
                tags[k] = "T"
            elif tokens[first + k].text == "." and tags[k - 1] == "T" and tokens[first + k + 1].kind == "number":
                tags[k] = "T"  # "Oct. 7"
                tags[k + 1] = "T" if tags[k + 1] == "n" else tags[k + 1]
        for k in range(len(tags)):
            if (
                k
                and tags[k] == "T"
                and tags[k - 1] == "D"
                and tokens[first + k - 1].lower in ("a", "an", "every", "each")
                and tokens[first + k].lower in _SPANS
            ):
                tags[k - 1] = tags[k] = "A"  # "seven people a day"
            elif (
                tags[k] in "np"
                and tokens[first + k].lower.endswith("ing")
                and k + 1 < len(tags)
                and tags[k + 1] in "QDSP"
                and k
                and tags[k - 1] not in "DSI"
            ):
                tags[k] = "G"  # "cities killing dozens", "comrades killed fighting the group"
            elif (
                tags[k] == "n"
                and k
                and tags[k - 1] == "R"
                and tokens[first + k].lower.endswith("s")
                and k + 1 < len(tags)
                and tags[k + 1] in "IDSAQPpn"
            ):
                tags[k] = "V"  # "which relies on"
            elif (
                tags[k] == "S"
                and tokens[first + k].lower == "her"
                and (k + 1 == len(tags) or tags[k + 1] not in "npNGQJADT")
            ):
                tags[k] = "P"
            elif (
                tags[k] == "n"
                and k + 1 < len(tags)
                and tokens[first + k + 1].lower == "that"
                and f"{tokens[first + k].lower} that" in self._verbs
            ):
                tags[k] = "V"
            elif tags[k] == "I" and tokens[first + k].lower == "since" and k and tags[k - 1] == "H":
                tags[k] = "A"
            elif tags[k] == "V" and self._is_noun(tokens, first, tags, k):
                tags[k] = "n"
            elif (
                tags[k] == "U" and tokens[first + k].lower in self._grammar.relatives and k and tags[k - 1] in "npJ,T)Q"
            ):
                tags[k] = "R"
        return tags

    def _tag(self, tokens: Sequence[Token], i: int, sentence: Sentence) -> str:
        token = tokens[i]
        if token.kind == "mark":
            if (
                token.text in "'’"
                and token.gap == 0
                and i > sentence.first
                and tokens[i - 1].lower.endswith("s")
                and i + 1 < sentence.stop
                and tokens[i + 1].kind == "word"
                and tokens[i + 1].gap
            ):
                return "s"  # "the miners' union"
            return {",": ",", "(": "(", "[": "(", ")": ")", "]": ")"}.get(token.text) or (
                "q" if token.text in "\"'“”‘’«»" else "."
            )
        if token.kind == "number":
            named = i > sentence.first and tokens[i - 1].text[:1].isupper() and tokens[i - 1].kind == "word"
            return "n" if named or "-" in token.text else "#"
        word = token.lower
        if word == "'s":
            return "s"
        tag = self._class_of.get(word)
        if tag is None:
            tag = self._class_of[word] = self._class(word)
        if (
            tag not in "npNGVJ"
            and len(token.text) > 1
            and token.text.isupper()
            and not self._shouted(tokens, i, sentence)
        ):
            return "p"  # "IS militants", "US strikes"
        if (
            tag in "NGn"
            and token.text[:1].isupper()
            and i > sentence.first
            and word not in self._verbs
            and word not in self._grammar.verbs
        ):
            return "p"
        if (
            tag == "T"
            and word in _LOWER_TIMES
            and token.text[:1].isupper()
            and i > sentence.first
            and not self._shouted(tokens, i, sentence)
        ):
            return "p"  # the newspaper Dawn
        if tag == "T" and word in ("may", "march", "mar", "sun") and not token.text[:1].isupper():
            return "M" if word == "may" else "n"
        return tag

    def _shouted(self, tokens: Sequence[Token], i: int, sentence: Sentence) -> bool:
        """Whether a neighbour is in capitals too: then capitals say nothing."""
        near = [
            t
            for t in tokens[max(sentence.first, i - 2) : min(sentence.stop, i + 3)]
            if t.kind == "word" and t is not tokens[i]
        ]
        return bool(near) and sum(t.text.isupper() for t in near) * 2 > len(near)

    def _class(self, word: str) -> str:
        g = self._grammar
        if word == "may":
            return "T"
        if word in ("that", "where", "who", "which"):
            return "U" if word in ("that", "where") else "R"
        for tag, words in (
            ("B", g.be), ("H", g.have), ("M", g.modals - {"to"}), ("X", g.negations), ("R", g.relatives - {"whose"}), ("T", g.times), ("S", g.possessives), ("D", g.determiners),
            ("P", g.pronouns), ("C", g.conjunctions), ("I", g.prepositions), ("U", g.subordinators), ("A", g.adverbs), ("J", self._states), ("N", g.participles),
        ):  # fmt: skip
            if word in words:
                return tag
        if word in g.not_verbs:
            return "n"
        if word.endswith("ed") and len(word) > 3:
            return "N"
        if word.endswith("ing") and len(word) > 4:
            return "G"
        if word in g.verbs or word in self._verbs:
            return "V"
        if word.endswith("ly") and len(word) > 4 and word not in g.not_adverbs:
            return "A"
        return "n"

    def _behind_preposition(self, tags: list[str], k: int) -> bool:
        i = k - 1
        while i >= 0 and tags[i] in "npJDSs":
            i -= 1
        return i >= 0 and tags[i] == "I"

    def _takes_base(self, word: str) -> bool:
        """Whether a word in front can be the subject of a base form ("officials say", "police say")."""
        return word.endswith("s") or word in (
            "people",
            "men",
            "women",
            "children",
            "police",
            "media",
            "staff",
            "gunmen",
            "militia",
            "they",
            "we",
            "you",
            "i",
        )

    def _is_noun(self, tokens: Sequence[Token], first: int, tags: list[str], k: int) -> bool:
        """Whether a word that may be a verb in -s or its base form is a noun here ("air strikes kill")."""
        word = tokens[first + k].lower
        if word.endswith(("d", "id", "ok", "ew", "ent", "old")) or word in (
            "left",
            "took",
            "fell",
            "fled",
            "shot",
            "hit",
            "hurt",
            "put",
            "lost",
            "slain",
            "cut",
            "set",
            "says",
            "dies",
            "kills",
            "gave",
            "made",
        ):
            return bool(k) and tags[k - 1] in "DS" and word not in ("said", "says")
        before = tags[k - 1] if k else ""
        after = tags[k + 1] if k + 1 < len(tags) else "."
        if before in ("D", "S", "I", "s", "Q") or after in "VBHM" or (before in "np" and after in "N"):
            return True
        if word in self._grammar.noun_verbs and before in "np" and k + 1 < len(tags) and tokens[first + k + 1].lower == "that":
            return False
        if word in self._grammar.noun_verbs and before in "npJ" and self._behind_preposition(tags, k):
            return True  # "killed by Israeli forces in the city"
        single = k > 1 and tokens[first + k - 2].lower in ("a", "an")
        if (
            before in "np"
            and word in self._grammar.noun_verbs
            and (single or not self._takes_base(tokens[first + k - 1].lower))
        ):
            return True  # "a media report": a base form wants a plural in front
        if (
            after in ".,"
            and before in "np"
            and word in self._verbs
            and not any(t == "I" for t in tags[max(0, k - 4) : k])
        ):
            return False  # "..., the survey estimates."
        return after not in "QDSPnpUARXJNGI"


class RuleBasedReading:
    """One sentence as classes of words; phrases are found on demand."""

    def __init__(
        self, document: Document, sentence: Sentence, tags: list[str], reporting: frozenset[str] = frozenset()
    ) -> None:
        self.sentence = sentence
        self._reporting = reporting
        self._tokens = document.tokens
        self._first, self._stop = sentence.first, sentence.stop
        self._tags = tags
        self._phrase_at: dict[int, Phrase] = {}
        self._chunk()

    # --- phrases ----------------------------------------------------------------------------------------------------

    def phrase(self, token: int) -> Phrase | None:
        return self._phrase_at.get(token)

    def _tag(self, i: int) -> str:
        return self._tags[i - self._first] if self._first <= i < self._stop else "."

    def _chunk(self) -> None:
        i = self._first
        bases: list[tuple[int, int, int]] = []
        while i < self._stop:
            end, head = self._phrase_end(i)
            if head >= 0:
                bases.append((i, end, head))
            i = max(end, i + 1)
        extents: dict[int, int] = {}
        for first, stop, head in reversed(bases):
            extent = stop
            if self._word(stop) == "of" and stop + 1 in extents:
                extent = extents[stop + 1]
            extents[first] = extent
            phrase = Phrase(first, stop, head, extent)
            for k in range(first, stop):
                self._phrase_at[k] = phrase

    def _word(self, i: int) -> str:
        return self._tokens[i].lower if self._first <= i < self._stop else ""

    def _phrase_end(self, i: int) -> tuple[int, int]:
        """Where the phrase that begins at i ends, and its head; head -1 where none begins."""
        if self._tag(i) in "PR" and not (self._tag(i) == "R" and self._word(i) not in ("whom", "which", "whose")):
            return i + 1, i
        if self._tag(i) not in _STARTS and not (self._tag(i) == "T" and self._tag(i + 1) == "s"):
            return i + 1, -1
        head, noun, k = -1, False, i
        while k < self._stop:
            tag = self._tag(k)
            if self._word(k) == "other" and not noun:
                pass
            elif tag == "D" or tag == "S":
                if k > i and self._tag(k - 1) not in "DS":
                    break
            elif tag == "Q":
                if noun:
                    break
                head = k
            elif tag in "np":
                if (
                    tag == "p"
                    and noun
                    and self._tag(k - 1) == "n"
                    and self._is_plural(k - 1)
                    and not self._word(k - 1).endswith("ss")
                ):
                    break  # "13 people Syrian state media said": the comma was lost
                head, noun = k, True
            elif tag == "J":
                if noun:
                    break
                head = k
                noun = self._tag(k + 1) not in "np"
            elif tag in "NG":
                if not self._modifies(i, k, noun):
                    break
                head = k if self._tag(k + 1) not in "npJQ" else head
                noun = noun or self._tag(k + 1) not in "npJNGQA,"
            elif tag == "A":
                if (
                    noun
                    or k == i
                    or self._tag(k + 1) not in "nNJpG"
                    or (self._tag(k - 1) == "Q" and self._tag(k + 1) == "N" and not self._modifies(i, k + 1, noun))
                ):
                    break
            elif tag == "s":
                noun = False
                if self._tag(k + 1) not in "npJNGAQDST":
                    k += 1
                    break
            elif tag == "T":
                if self._tag(k + 1) != "s" and not (
                    k > i and self._tag(k - 1) in "DSn" and not noun and self._tag(k + 1) in "np"
                ):
                    break
                noun = self._tag(k + 1) == "s"
            elif tag == "(":
                close = self._aside(k)
                if close < 0 or not noun:
                    break
                k = close
            else:
                break
            if tag != "s" and k > i and self._tokens[k].gap == 3:
                break
            k += 1
        return (k, head) if head >= 0 else (max(k, i + 1), -1)

    def _is_plural(self, k: int) -> bool:
        return self._tokens[k].text.islower() and (
            self._word(k).endswith("s") or self._word(k) in ("people", "men", "women", "children")
        )

    def _modifies(self, first: int, k: int, noun: bool) -> bool:
        """Whether an -ed or -ing form is an adjective inside the phrase, not its verb."""
        after = self._tag(k + 1)
        if noun:
            return False
        if k == first:
            before = self._tag(k - 1)
            if self._tag(k) == "G":
                return False
            return (
                after in "np"
                and before in "IV"
                and self._word(k - 1) not in ("be", "than")
                and not (before == "I" and self._word(k - 1) in ("by", "to") and False)
            )
        lead = self._tag(k - 1)
        if after in "npJ":
            return True
        if after in "NGA" and self._tag(k + 2) in "np" and lead in "DSQ":
            return self._tag(k) != "G" or lead != "Q"
        if lead == "D" and self._tag(k) == "N" and self._word(k - 1) in ("the", "those", "these"):
            return True  # "the wounded"
        return (
            lead in "Q"
            and self._tag(k) == "N"
            and first < k - 1
            and self._tag(first) == "D"
            and self._word(first) == "the"
            and after in ",.)IAVHBM"
            and self._word(k + 1) not in ("in", "by", "on", "at", "during", "when")
        )

    def _aside(self, k: int) -> int:
        """The closing bracket of a short name in brackets with the phrase going on behind it ("Force (CRPF) jawan"), else -1."""
        for close in range(k + 2, min(k + 5, self._stop)):
            if self._tag(close) == ")":
                return close if self._tag(close + 1) in "n" and self._tag(close + 1) != "" else -1
        return -1

    # --- groups -----------------------------------------------------------------------------------------------------

    def group(self, phrase: Phrase) -> tuple[Phrase, ...]:
        left = self._leftward(phrase)
        right = self._rightward(phrase)
        return (*left, phrase, *right)

    def after(self, token: int) -> tuple[Phrase, ...]:
        i = self._skip(token)
        phrase = self._phrase_at.get(i)
        if phrase is None or phrase.first != i:
            return ()
        return (phrase, *self._rightward(phrase))

    def _skip(self, i: int) -> int:
        """Over adverbs and quotation marks that stand between a verb and its object."""
        while i < self._stop and self._tag(i) in "Aq" and i not in self._phrase_at:
            i += 1
        return i

    def before(self, token: int) -> tuple[Phrase, ...]:
        phrase = self._ending(token)
        return (*self._leftward(phrase), phrase) if phrase else ()

    def _ending(self, token: int) -> Phrase | None:
        """The phrase right before a token; of a chain with "of" its first."""
        i = token - 1
        while i > self._first and self._tag(i) in "q":
            i -= 1
        phrase = self._phrase_at.get(i)
        while phrase and self._word(phrase.first - 1) == "of":
            outer = self._phrase_at.get(phrase.first - 2)
            if outer is None:
                break
            phrase = outer
        return phrase

    def _rightward(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """Phrases joined on the right by commas and a conjunction; "14 people and police arrested" joins nothing."""
        found: list[Phrase] = []
        pending: list[Phrase] = []
        i = phrase.extent
        while i < self._stop:
            i = self._over_aside(i)
            comma = self._tag(i) == ","
            k = i + 1 if comma else i
            joined = self._tag(k) == "C" and self._word(k) != "but"
            if self._word(k) == "as" and self._word(k + 1) == "well" and self._word(k + 2) == "as":
                joined = True
                k += 2
            if joined:
                k += 1
            elif not comma:
                skipped = self._over_place(i)
                if skipped == i:
                    break
                if skipped < 0:  # "a woman with four of her children"
                    k, joined = -skipped, True
                else:
                    i = skipped
                    continue
            while self._tag(k) == "A":
                k += 1
            nxt = self._phrase_at.get(k)
            if nxt is None or nxt.first != k or self._tag(nxt.first) == "P" or nxt.head < k:
                break
            verbal = self._tag(nxt.extent) in _VERBAL and not (
                self._tag(nxt.extent) == "N" and self._word(nxt.extent + 1) in ("in", "by")
            )
            if verbal or self._tag(nxt.extent) == "J":
                break
            pending.append(nxt)
            if joined:
                found += pending
                pending = []
            i = nxt.extent
        return tuple(found)

    def _over_aside(self, i: int) -> int:
        """Behind brackets, and behind ", 34," """
        if self._tag(i) == "(":
            for close in range(i + 1, min(i + 8, self._stop)):
                if self._tag(close) == ")":
                    return close + 1
        return i

    def _over_place(self, i: int) -> int:
        """Behind "in Gaza" where a conjunction with a number follows: "2,700 people in Gaza and over 1,400 Israelis"."""
        if self._word(i) in ("with", "alongside", "plus") and self._phrase_at.get(i + 1) is not None:
            inner = self._phrase_at[i + 1]
            return i if not self._is_counted(inner) or inner.first != i + 1 else -(i + 1)
        if self._tag(i) != "I" or self._word(i) in ("by", "including", "than", "between", "to"):
            return i
        inner = self._phrase_at.get(i + 1)
        if inner is None or inner.first != i + 1:
            return i
        k = self._over_aside(inner.extent)
        if self._tag(k) == "C" and (self._tag(k + 1) == "Q" or self._word(k + 1) in ("a", "an")):
            return k
        return i

    def _leftward(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """Phrases joined on the left, but not the object of another verb."""
        found: list[Phrase] = []
        first = phrase.first
        while True:
            i = first - 1
            joined = False
            while self._tag(i) == "A":
                i -= 1
            if self._tag(i) == "C" and self._word(i) != "but":
                i -= 1
                joined = True
            if self._tag(i) == ",":
                i -= 1
            elif not joined:
                break
            if not joined and not found:
                break
            if self._tag(i) == ")":
                while i > self._first and self._tag(i) != "(":
                    i -= 1
                i -= 1
            other = self._ending(i + 1)
            if other is None or self._tag(other.first) == "P":
                break
            lead = self._tag(other.first - 1)
            spoken = self._word(other.first - 1) in self._reporting  # "said 30 regime and 39 rebel fighters were"
            if (lead in "VNG" and not spoken) or (lead == "I" and self._word(other.first - 1) != "besides"):
                return ()
            if spoken:
                return (other, *found)
            found.insert(0, other)
            first = other.first
        return tuple(found)

    # --- clauses ----------------------------------------------------------------------------------------------------

    def clause(self, first: int, stop: int) -> Clause:
        tag = self._tag(first)
        begin, lead = self._verb_group(first)
        objects = self.after(stop)
        passive = self._is_passive(first, stop, tag, lead, objects)
        if not passive and not objects and tag in "NVG":
            objects = self._shared_object(stop)
        agent = self._agent(stop) if passive else ()
        if self._tag(begin - 1) == "C" and lead and tag in "NVJ" and self._phrase_at.get(begin - 1) is None:
            previous = self._previous(begin - 1)  # "infiltrated the town and were later killed"
            if previous is not None and previous.subject:
                return Clause(first, previous.subject, () if passive else objects, passive, agent)
        if self._tag(begin - 1) == "C" and lead == "" and tag in "NVG":
            previous = self._previous(begin - 1)
            if previous is not None:
                if passive or previous.passive:
                    return Clause(first, previous.subject, () if passive else objects, passive, agent or previous.agent)
                return Clause(first, previous.subject, objects, passive, ())
        subject = self._subject(begin, reduced=lead == "" and (passive or tag == "G"))
        if not subject and tag == "G" and self._tag(begin - 1) == ",":
            subject = self._main_subject()
        if not subject and passive and begin == first:
            subject = self._behind_copula(first, stop)
        return Clause(first, subject, () if passive else objects, passive, agent)

    def _verb_group(self, first: int) -> tuple[int, str]:
        """Where the verb group of a predicate begins, and the class of its nearest auxiliary ("" for none)."""
        i, lead = first, ""
        while i > self._first:
            tag = self._tag(i - 1)
            if tag in "BHM":
                lead = lead or tag
                if tag == "B" and self._word(i - 1) in ("been", "being"):
                    lead = "B"
            elif tag in "AX" and self._phrase_at.get(i - 1) is None:
                pass
            elif (
                tag == "N"
                and self._tag(i - 2) in "BHA"
                and i - 1 > self._first
                and not lead
                and self._tag(first) in "NJVn"
            ):
                if self._tag(i - 2) == "A" and self._tag(i - 3) not in "BH":
                    break
            elif tag == "T" and self._word(i - 1) in ("overnight", "today", "yesterday"):
                pass
            elif (
                self._word(i - 1) in _COPULAS
                and self._phrase_at.get(i - 1) is None
                and self._tag(first) in "JIN"
                and self._word(first) != "of"
            ):
                lead = lead or "B"
            elif self._word(i - 1) == "to" and i > self._first + 1:
                if not ((self._tag(i - 2) in "NnJV" and self._tag(i - 3) in "BAH") or self._tag(i - 2) == "B"):
                    return i - 1, lead if lead == "B" else "M"
                if self._tag(i - 2) != "B":
                    i -= 1
            else:
                break
            i -= 1
        while i < first and self._tag(i) == "A":
            i += 1
        return i, lead

    def _is_passive(self, first: int, stop: int, tag: str, lead: str, objects: tuple[Phrase, ...]) -> bool:
        if tag == "G":
            return self._word(first - 1) == "being" or (lead == "B" and self._word(first - 1) == "being")
        if tag == "V" and not self._tokens[first].lower.endswith(("t", "n", "d")):
            return False
        if tag in "np" and self._word(first).endswith("ing"):
            return False
        if lead == "B":
            return True
        if lead in "HM" and lead:
            return False
        if tag == "V":
            return False
        if not objects:
            return not self._shared_object(stop) and not (
                self._tag(first - 1) == "P" and self._word(first - 1) in ("they", "he", "she", "we", "it", "who")
            )
        return self._tag(first) in "NVpJn" and self._is_list_of_results(first, objects)

    def _is_list_of_results(self, first: int, objects: tuple[Phrase, ...]) -> bool:
        """ "13 civilians killed 43 others injured": what looks like an object has a participle of its own."""
        left = self._phrase_at.get(first - 1)
        if left is not None and self._word(left.first - 1) == "including":
            left = self._phrase_at.get(left.first - 2)
        last = objects[-1]
        if left is None or not self._is_counted(left):
            return False
        return self._is_counted(last) and self._tag(last.extent) in "NJ" and self._tag(last.extent + 1) not in "QDSp"

    def _shared_object(self, stop: int) -> tuple[Phrase, ...]:
        """The object of "killed and wounded 40", "killed or captured 300 militants"."""
        i = stop
        for _ in range(3):
            comma = self._tag(i) == ","
            k = i + 1 if comma else i
            if self._tag(k) == "C":
                k += 1
            elif not comma:
                return ()
            while self._tag(k) == "A":
                k += 1
            if self._tag(k) not in "NVG":
                return ()
            i = k + 1
            while self._word(i) in ("dead", "down", "up") or (self._tag(i) == "A" and self._phrase_at.get(i) is None):
                i += 1
            found = self.after(i)
            if found:
                if (
                    any(self._tag(x) == "Q" for x in range(found[0].first, found[0].stop))
                    or self._tag(found[0].first) in "DSP"
                ):
                    return found
                return ()
        return ()

    def _agent(self, stop: int) -> tuple[Phrase, ...]:
        i = stop
        for _ in range(4):
            if self._word(i) == "by":
                return self.after(i + 1)
            phrase = self._phrase_at.get(i)
            if self._tag(i) in "AT":
                i += 1
            elif self._tag(i) == "I" and self._phrase_at.get(i + 1):
                i = self._phrase_at[i + 1].extent
            elif phrase and phrase.first == i and self._tag(i) in "T":
                i = phrase.extent
            else:
                return ()
        return ()

    def _previous(self, conjunction: int) -> Clause | None:
        """The clause of the verb in front of a conjunction ("were abducted and executed"); None where none is near."""
        for i in range(conjunction - 1, max(self._first, conjunction - 30) - 1, -1):
            tag = self._tag(i)
            if (tag in "NV" and self._phrase_at.get(i) is None) or (tag == "J" and self._phrase_at.get(i) is None):
                return self.clause(i, i + 1)
            if tag in ".UR" and tag != ",":
                return None
        return None

    def _whole_of(self, phrase: Phrase) -> int | None:
        """Where the whole ends that the phrase only describes: "73 civilians mostly women and children", "four people one of them a child"."""
        group = self._leftward(phrase)
        i = (group[0] if group else phrase).first
        if (
            self._word(i - 1) in ("mostly", "mainly", "largely", "chiefly", "predominantly")
            and self._phrase_at.get(i - 2) is not None
        ):
            return i - 1
        listed = self._listed(phrase)
        if listed is not None:
            return listed
        if self._word(i - 1) in ("them", "whom") and self._word(i - 2) == "of" and self._tag(i - 3) == "Q":
            return self._phrase_at[i - 3].first if self._phrase_at.get(i - 3) else None
        return None

    def _listed(self, phrase: Phrase) -> int | None:
        """Where the whole ends whose parts a list tells, the closing comma lost: "five people, including one officer and two assailants were"."""
        first, closed = phrase.first, 0
        if self._tag(first - 1) != "C":
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
            if i == first - 1:
                return None
            other = self._ending(i + 1)
            if other is None:
                return None
            if self._word(other.first - 1) == "including":
                i = other.first - 1
                return i - 1 if self._tag(i - 1) == "," else i
            first = other.first
        return None

    def _dashed(self, mark: int) -> int | None:
        """The dash that opens what the dash at ``mark`` closes ("people - including 5,000 children - were"); None for no such."""
        if self._tokens[mark].text not in ("-", "–", "—") or self._tokens[mark].gap == 0:
            return None
        for i in range(mark - 1, max(self._first, mark - 30) - 1, -1):
            if self._tokens[i].text in ("-", "–", "—"):
                return i
        return None

    def _counted_before(self, comma: int) -> Phrase | None:
        """The counted phrase that an apposition behind a comma names."""
        phrase = self._antecedent(comma)
        return phrase if phrase is not None and self._is_counted(phrase) else None

    def _listed_before(self, comma: int) -> int | None:
        """Where the whole ends whose list of parts a comma closes ("five people, including a guard, and two drivers, were")."""
        phrase = self._phrase_at.get(comma - 1)
        return self._listed(phrase) if phrase is not None else None

    def _is_included(self, comma: int) -> bool:
        """ "people including 44 children, have been killed": a comma that closes what none opened."""
        phrase = self._phrase_at.get(comma - 1)
        return phrase is not None and self._word(phrase.first - 1) in ("including", "among")

    def _main_subject(self) -> tuple[Phrase, ...]:
        """The subject of the sentence, for a participle behind a comma: "A gunman opened fire, killing nine"."""
        opening = self._phrase_at.get(self._first)
        return (opening,) if opening is not None and self._tag(opening.extent) in "VNBHM" else ()

    def _behind_copula(self, first: int, stop: int) -> tuple[Phrase, ...]:
        """ "Killed on 14 May were three soldiers": the subject behind the copula."""
        if first > self._first and self._tag(first - 1) not in ".q":
            return ()
        for i in range(stop, min(stop + 8, self._stop)):
            if self._tag(i) == "B":
                return self.after(i + 1)
        return ()

    def _over_relative(self, i: int) -> int | None:
        """Where the antecedent ends of the relative clause that holds token i ("people who were inside the workshop"); None for none."""
        for k in range(i, max(self._first, i - 14) - 1, -1):
            if self._tag(k) in ".;,":
                return None
            if self._tag(k) == "R" or self._word(k) in ("who", "which"):
                return k - 1 if self._tag(k - 1) == "," else k
        return None

    def _subject(self, begin: int, reduced: bool = False) -> tuple[Phrase, ...]:
        """The phrases that the verb group beginning at ``begin`` says something of, found leftward."""
        i, nearest = begin, None
        if reduced:
            beside = self._phrase_at.get(begin - 1)
            while beside is not None and not self._is_counted(beside) and self._word(beside.first - 1) == "of":
                beside = self._phrase_at.get(beside.first - 2)
            if beside is not None and self._is_counted(beside):
                return (*self._leftward(beside), beside)
        while i > self._first:
            tag = self._tag(i - 1)
            if tag in "AqX" and self._phrase_at.get(i - 1) is None:
                i -= 1
            elif tag == "T" and self._phrase_at.get(i - 1) is None:
                i -= 1
                if self._word(i - 1) in ("on", "since", "last", "in", "by", "this"):
                    i -= 1
            elif tag == "I" and self._word(i - 1) in ("aboard", "inside", "outside", "onboard"):
                i -= 1
            elif tag == ")":
                i = self._opening(i - 1)
            elif tag == "," and self._is_included(i - 1):
                i -= 1
            elif tag == "," and (listed := self._listed_before(i - 1)) is not None:
                i = listed
            elif tag == ",":
                back = self._parenthetical(i - 1)
                if back is None:
                    return ()
                i = back
            elif tag in "RU" and self._word(i - 1) in ("who", "that", "which", "whom") and self._word(i - 2) != "of":
                i -= 1
                if self._tag(i - 1) == ",":
                    i -= 1
                phrase = self._antecedent(i)
                return (
                    (*self._leftward(phrase), phrase)
                    if phrase and (self._tag(i) == "R" or self._tag(i - 1) in "npJQ)")
                    else ()
                )
            else:
                phrase = self._phrase_at.get(i - 1)
                if phrase is None or phrase.head < 0:
                    dash = self._dashed(i - 1)
                    if dash is not None:
                        i = dash
                        continue
                    if self._word(i - 1) in ("identified", "named") and self._tag(i - 2) == ",":
                        i -= 2  # "a jawan, identified as M Singh was killed"
                        continue
                    if self._tag(i - 1) in "NG" and self._tag(i - 2) in "npJQ)" and self._phrase_at.get(i - 1) is None:
                        i -= 1  # "sources based in Gaza said"
                        continue
                    back = self._over_relative(i - 1)
                    if back is None:
                        return (nearest,) if nearest else ()
                    i = back
                    continue
                lead = self._tag(phrase.first - 1)
                whole = self._whole_of(phrase)
                if whole is not None:
                    i = whole
                    continue
                if lead == "I":
                    nearest = nearest or (
                        phrase
                        if self._is_counted(phrase) and self._word(phrase.first - 1) not in ("of", "including")
                        else None
                    )
                    i = phrase.first - 1
                    i -= self._word(i) in ("including", "among") and self._tag(i - 1) == ","
                    continue
                if (
                    lead in "NG"
                    and self._tag(phrase.first - 2) in "npJQ)"
                    and nearest is None
                    and self._tag(begin) in "VN"
                    and not self._is_counted(phrase)
                ):
                    i = phrase.first - 1  # "an organisation monitoring the conflict said"
                    continue
                if lead == "," and self._tag(phrase.first) == "p" and self._counted_before(phrase.first - 1) is not None:
                    return (self._counted_before(phrase.first - 1),)  # "One of them, Corporal Hale, has died"
                if lead in "VNGHBM" and self._word(phrase.first - 1) not in self._reporting:
                    back = self._over_relative(phrase.first - 1)
                    if back is not None:
                        i = back
                        continue
                return (*self._leftward(phrase), phrase)
        return (nearest,) if nearest else ()

    def _antecedent(self, i: int) -> Phrase | None:
        """The phrase that a relative clause from token i on is about: of a chain with "of" the first counted, else the outermost."""
        phrase = self._phrase_at.get(i - 1)
        while phrase is not None and not self._is_counted(phrase) and self._word(phrase.first - 1) == "of":
            outer = self._phrase_at.get(phrase.first - 2)
            if outer is None:
                break
            phrase = outer
            if self._is_counted(phrase):
                return phrase
        return phrase if phrase is not None and self._is_counted(phrase) else self._ending(i)

    def _is_counted(self, phrase: Phrase) -> bool:
        return any(self._tag(k) == "Q" for k in range(phrase.first, phrase.stop))

    def _opening(self, close: int) -> int:
        for i in range(close - 1, max(self._first, close - 12) - 1, -1):
            if self._tag(i) == "(":
                return i
        return close

    def _parenthetical(self, comma: int) -> int | None:
        """The comma that opens what the comma at ``comma`` closes ("people, most of them civilians, were"); None for no such."""
        ages = None
        for i in range(comma - 1, max(self._first, comma - 40) - 1, -1):
            if self._tag(i) in _BARS and self._tokens[i].text in ";:":
                return None
            if self._tag(i) != ",":
                continue
            if all(self._tokens[k].kind != "word" or self._word(k) == "and" for k in range(i + 1, comma)):
                ages = i
                continue
            word, tag = self._word(i + 1), self._tag(i + 1)
            if (
                word
                in (
                    "including",
                    "among",
                    "amongst",
                    "most",
                    "mostly",
                    "all",
                    "mainly",
                    "many",
                    "some",
                    "both",
                    "half",
                    "identified",
                    "reportedly",
                    "who",
                    "which",
                    "whom",
                    "in",
                    "on",
                    "at",
                    "near",
                    "from",
                    "of",
                    "also",
                    "a",
                    "an",
                    "the",
                    "his",
                    "her",
                    "their",
                )
                or tag in "QRNAGp"
            ):
                return i
            if comma - i <= 10 and not any(self._tag(k) in "VBHM" for k in range(i + 1, comma)):
                return i
        return ages
