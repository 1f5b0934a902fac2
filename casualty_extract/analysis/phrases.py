"""Noun phrases by word order: a phrase grows from its first word to the right until a word does not belong to it."""

from __future__ import annotations

import re
from collections.abc import Callable

from casualty_extract.analysis import Phrase
from casualty_extract.analysis.tagged import TaggedSentence

_STARTS = frozenset("DSQnpNGJA")
_OPENERS = re.compile("[DSQnpNGJAPRT]")  # P, R and T only before or as certain words
_BASES = re.compile(  # a phrase as most are, which its classes alone show (the group), or the opener of another
    r"([DS]*(?:Q*p+|Q*p*n|p*n+)(?![nps(]|Ts)|P)|[DSQnpJR]|T(?=s)|(?<=[IV])N(?=[np])|(?<=[^BN]N)N(?=[np])|(?<=I)A(?=[NJ][np])"
)
_BLANK_LINE = 3  # the gap of a token behind one


class Phrases:
    """The noun phrases of a sentence; ``at`` gives the phrase that holds a token, None for a token outside any."""

    def __init__(self, sentence: TaggedSentence) -> None:
        self._sentence, self._tag = sentence, sentence.tag
        found: dict[int, Phrase] = {}
        for first, stop, head in reversed(self._bases()):
            extent = stop
            if stop < sentence.stop and sentence.tokens[stop].lower == "of":  # "members of the crew"
                behind = found.get(stop + 1)
                extent = behind.extent if behind and behind.first == stop + 1 else stop
            phrase = tuple.__new__(Phrase, (first, stop, head, extent))  # half the time of Phrase(...)
            for k in range(first, stop):
                found[k] = phrase
        self.at: Callable[[int], Phrase | None] = found.get

    def _bases(self) -> list[tuple[int, int, int]]:
        """First token, stop and head of every phrase, without complements."""
        bases: list[tuple[int, int, int]] = []
        start, tags = self._sentence.first, "".join(self._sentence.tags)
        find = (_BASES if self._is_plain() else _OPENERS).search
        match = find(tags)
        while match:
            i, end = match.span()
            if match.lastindex:
                bases.append((start + i, start + end, start + end - 1))
            else:
                stop, head = self._base(start + i)
                end = stop - start
                if head >= 0:
                    bases.append((start + i, stop, head))
            match = find(tags, end)
        return bases

    def _is_plain(self) -> bool:
        """Whether nothing but the classes of words tells where a phrase ends: no blank line, no "other", no "state"
        that is no part of what a number counts."""
        sentence = self._sentence
        gaps = [token.gap for token in sentence.tokens[sentence.first : sentence.stop]]
        if _BLANK_LINE in gaps or "other" in sentence.words:
            return False
        return "state" not in sentence.words or not self._counts_medium()

    def _counts_medium(self) -> bool:
        """Whether a number stands in front of "state media": see ``_Base.take_noun``."""
        words, tags, media = self._sentence.words, self._sentence.tags, self._sentence.grammar.state_media
        states = (k for k in range(1, len(words) - 1) if words[k] == "state" and words[k + 1] in media)
        return any(tags[k - 1] in "QN" for k in states)

    def _base(self, i: int) -> tuple[int, int]:
        """Stop and head of the phrase that begins at i; head -1 where none begins."""
        tag = self._tag(i)
        if tag == "P" or (tag == "R" and self._sentence.word(i) in ("whom", "which", "whose")):
            return i + 1, i
        if tag not in _STARTS and not (tag == "T" and self._tag(i + 1) == "s"):
            return i + 1, -1
        base = _Base(self._sentence, i)
        base.grow()
        return (base.stop, base.head) if base.head >= 0 else (max(base.stop, i + 1), -1)


class _Base:
    """A phrase while it grows: ``stop`` is the next token to take, ``head`` the last that may be its head."""

    __slots__ = ("_sentence", "_tag", "_word", "first", "has_noun", "head", "stop")

    def __init__(self, sentence: TaggedSentence, first: int) -> None:
        self._sentence, self._tag, self._word = sentence, sentence.tag, sentence.word
        self.first = self.stop = first
        self.head, self.has_noun = -1, False

    def grow(self) -> None:
        """Take words until one does not belong to the phrase."""
        sentence = self._sentence
        tokens, tags, offset = sentence.tokens, sentence.tags, sentence.first
        while self.stop < sentence.stop:
            tag = tags[self.stop - offset]
            if self.has_noun or tokens[self.stop].lower != "other":
                take = _TAKES.get(tag)
                if take is None or not take(self):
                    return
            if tokens[self.stop].gap == _BLANK_LINE and tag != "s" and self.stop > self.first:
                return
            self.stop += 1

    def take_determiner(self) -> bool:
        """Only at the beginning: "all the", "both his"."""
        return self.stop == self.first or self._tag(self.stop - 1) in "DS"

    def take_quantity(self) -> bool:
        """A number before the noun; it is the head while no noun follows."""
        if self.has_noun:
            return False
        self.head = self.stop
        return True

    def take_noun(self) -> bool:
        """A noun or a name; a name behind a plural begins a phrase of its own: "13 people Syrian state media said"."""
        last = self.stop - 1
        if self._is_counted_head(last):
            return False
        if last >= self.first and self._tag(last) == "Q" and self._is_medium(self.stop):
            return False
        if self._tag(self.stop) == "p" and self.has_noun and self._tag(last) == "n" and self._is_plural(last):
            return False
        self.head, self.has_noun = self.stop, True
        return True

    def take_state(self) -> bool:
        """A state adjective before the noun, or in its place: "the dead"."""
        if self.has_noun:
            return False
        self.head = self.stop
        self.has_noun = self._tag(self.stop + 1) not in "np"
        return True

    def take_participle(self) -> bool:
        """An adjective in -ed or -ing before the noun, or in its place: "the wounded"."""
        if not self._modifies(self.stop):
            return False
        after = self._tag(self.stop + 1)
        if after not in "npJQ":
            self.head = self.stop
        self.has_noun = after not in "npJNGQA,"
        return True

    def take_adverb(self) -> bool:
        """An adverb of an adjective: "nine critically ill men", not "nine reportedly killed"."""
        k = self.stop
        if k == self.first:  # "hundreds of badly injured civilians"
            return self._tag(k - 1) == "I" and self._tag(k + 1) in "NJ" and self._tag(k + 2) in "np"
        if self.has_noun or self._tag(k + 1) not in "nNJpG":
            return False
        return self._tag(k - 1) != "Q" or self._tag(k + 1) != "N" or self._modifies(k + 1)

    def take_possessive(self) -> bool:
        """What owns the noun to come: "the mayor's two sons"; with none to come the phrase ends behind the mark."""
        self.has_noun = False
        goes_on = self._tag(self.stop + 1) in "npJNGAQDST"
        if not goes_on:
            self.stop += 1
        return goes_on

    def take_time(self) -> bool:
        """A time before the noun: "Monday's blast", "the morning raid"."""
        after = self._tag(self.stop + 1)
        inside = self.stop > self.first and self._tag(self.stop - 1) in "DSn" and not self.has_noun
        if after != "s" and not (inside and after in "np"):
            return False
        self.has_noun = after == "s"
        return True

    def take_brackets(self) -> bool:
        """A short name in brackets with the phrase going on behind it: "Frontier Guard (FG) patrol"."""
        if not self.has_noun:
            return False
        for close in range(self.stop + 2, min(self.stop + 5, self._sentence.stop)):
            if self._tag(close) == ")":
                if self._tag(close + 1) != "n":
                    return False
                self.stop = close
                return True
        return False

    def take_quote(self) -> bool:
        """A quotation mark between a number and its noun: "14 “terrorists”", "“at least 20” people"."""
        return not self.has_noun and self._tag(self.stop - 1) == "Q" and self._tag(self.stop + 1) in "npJN"

    def _is_counted_head(self, k: int) -> bool:
        """ "11 children state media reported": what follows the counted is a phrase of its own."""
        if not self.has_noun or self._word(k) not in self._sentence.grammar.counted_heads:
            return False
        return self._tag(k - 1) == "Q" and self._sentence.tokens[k].text.islower()

    def _is_medium(self, k: int) -> bool:
        """ "Wounded 50 state media reported", "50 wounded state television said": no medium of the state is counted."""
        return self._word(k) == "state" and self._word(k + 1) in self._sentence.grammar.state_media

    def _is_plural(self, k: int) -> bool:
        word = self._word(k)
        if not self._sentence.tokens[k].text.islower() or word.endswith("ss"):
            return False
        return word.endswith("s") or word in self._sentence.grammar.plurals

    def _modifies(self, k: int) -> bool:
        """Whether an -ed or -ing form is an adjective inside the phrase, not its verb."""
        if self.has_noun:
            return False
        tag, lead, after = self._tag(k), self._tag(k - 1), self._tag(k + 1)
        if k == self.first:
            verb = lead in "IV" or (lead == "N" and self._tag(k - 2) not in "BN")  # "quoted trusted sources"
            return tag == "N" and after in "np" and verb and self._word(k - 1) != "than"
        if after in "npJ":
            return lead != "Q" or not self._is_medium(k + 1)
        if after in "NGA" and self._tag(k + 2) in "np" and lead in "DSQ":
            return tag == "N" or lead != "Q"
        return tag == "N" and self._stands_for_people(k, lead, after)

    def _stands_for_people(self, k: int, lead: str, after: str) -> bool:
        """Whether a participle is a noun: "the wounded", "the nine injured were"."""
        if lead == "D":
            return self._word(k - 1) in ("the", "those", "these")
        if lead != "Q" or self.first == k - 1 or self._tag(self.first) != "D" or self._word(self.first) != "the":
            return False
        return after in ",.)IAVHBM" and self._word(k + 1) not in self._sentence.grammar.participle_adjuncts


_TAKES: dict[str, Callable[[_Base], bool]] = {
    "D": _Base.take_determiner,
    "S": _Base.take_determiner,
    "Q": _Base.take_quantity,
    "n": _Base.take_noun,
    "p": _Base.take_noun,
    "J": _Base.take_state,
    "N": _Base.take_participle,
    "G": _Base.take_participle,
    "A": _Base.take_adverb,
    "s": _Base.take_possessive,
    "T": _Base.take_time,
    "(": _Base.take_brackets,
    "q": _Base.take_quote,
}
