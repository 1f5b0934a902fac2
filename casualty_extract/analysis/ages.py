"""Ages behind a phrase, which part neither a list nor a subject from its verb: "a woman, aged 30, and two boys"."""

from __future__ import annotations

from casualty_extract.analysis.tagged import TaggedSentence

_JOINTS = frozenset(("and", "to", "or", ",", "-", "–"))  # between the numbers


class Ages:
    """Where the ages end that begin at a token, and where those begin that end there."""

    def __init__(self, sentence: TaggedSentence) -> None:
        self._tag, self._word, self._grammar = sentence.tag, sentence.word, sentence.grammar

    def behind(self, i: int) -> int:
        """Behind ", 34" and "aged 30 and 41", the comma that closes them left; ``i`` for no ages."""
        k = i + 1 if self._tag(i) == "," else i
        led = k
        while self._word(k) in self._grammar.age_leads:
            k += 1
        if self._tag(k) != "#" or (led == k == i):
            return i
        k += 1
        while self._word(k) in _JOINTS and self._tag(k + 1) == "#":
            k += 2
        return k if led < k - 1 or self._tag(k) == "," else i

    def before(self, stop: int) -> int:
        """Before the numbers that end at a token, with what leads to them and the comma that opens them: "people aged
        from 20 to 31 died", "boys between the ages of 12 and 16 were"; ``stop`` for no numbers."""
        i, leads = stop, self._grammar.age_leads
        if self._tag(i - 1) != "#":
            return stop
        while self._tag(i - 1) == "#" or self._word(i - 1) in leads or (i < stop and self._word(i - 1) in _JOINTS):
            i -= 1
        if self._word(i - 1) == "of" and self._word(i - 2) in ("age", "ages"):
            i -= 2
            i -= self._tag(i - 1) == "D"
            i -= self._tag(i - 1) == "I"
        return i
