"""A sentence that is read at the first question to it."""

from __future__ import annotations

from collections.abc import Callable

from casualty_extract.analysis import Clause, Phrase, Reading, Sentence


class Unread:
    """A `Reading` that is made when it is first asked: most sentences without a cue never are."""

    def __init__(self, sentence: Sentence, read: Callable[[], Reading]) -> None:
        self.sentence, self._read = sentence, read
        self._made: Reading | None = None

    @property
    def _reading(self) -> Reading:
        self._made = self._made or self._read()
        return self._made

    @property
    def plain(self) -> Reading:
        """The reading by word order."""
        return self._reading.plain

    def phrase(self, token: int) -> Phrase | None:
        """The noun phrase that holds the token."""
        return self._reading.phrase(token)

    def clause(self, first: int, stop: int) -> Clause:
        """The clause whose predicate is the cue at tokens first..stop-1."""
        return self._reading.clause(first, stop)

    def subject(self, first: int, stop: int) -> tuple[Phrase, ...]:
        """The subject of that clause."""
        return self._reading.subject(first, stop)

    def group(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """The phrase and those coordinated with it."""
        return self._reading.group(phrase)

    def after(self, token: int) -> tuple[Phrase, ...]:
        """The group of phrases that begins at the token."""
        return self._reading.after(token)

    def before(self, token: int) -> tuple[Phrase, ...]:
        """The group of phrases that ends right before the token."""
        return self._reading.before(token)
