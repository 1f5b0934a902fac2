"""Sentences by closed word classes and word order; no model. Clauses are read only where a stage asks for one.

Words get their classes (``word_classes``, ``neighbours``), classes make phrases (``phrases``) and groups of them
(``groups``); verbs find their arguments among these (``clauses``, ``subjects``, ``asides``).
"""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Clause, Document, Phrase, Reading, Sentence
from casualty_extract.analysis.clauses import Clauses
from casualty_extract.analysis.grammar import Grammar, Vocabulary
from casualty_extract.analysis.groups import Groups
from casualty_extract.analysis.phrases import Phrases
from casualty_extract.analysis.tagged import TaggedSentence
from casualty_extract.analysis.word_classes import WordClasses


class RuleBasedAnalyzer:
    """Reads sentences by word lists: those of the grammar, and the ``verbs``, ``states`` and ``reporting`` verbs of the
    lexicons (see ``Vocabulary``)."""

    name, parses = "rules", False

    def __init__(
        self, grammar: Grammar, verbs: frozenset[str], states: frozenset[str], reporting: frozenset[str]
    ) -> None:
        self._vocabulary = Vocabulary(grammar, verbs, states, reporting)
        self._classes = WordClasses(self._vocabulary)

    def read(self, document: Document, sentence: Sentence, quantities: Sequence[tuple[int, int]]) -> Reading:
        """The reading of one sentence."""
        words = document.words[sentence.first : sentence.stop]
        tags = self._classes.tag(document.tokens, sentence, words, quantities)
        tagged = TaggedSentence(document.tokens, sentence.first, words, tags, self._vocabulary)
        return RuleBasedReading(sentence, tagged)

    def expect(self, document: Document, sentences: Sequence[Sentence]) -> None:
        """Nothing is gained by reading sentences together."""


class RuleBasedReading:
    """One sentence as classes of words."""

    def __init__(self, sentence: Sentence, tagged: TaggedSentence) -> None:
        self.sentence = sentence
        self._tagged, self._phrases = tagged, Phrases(tagged)
        self._groups = Groups(tagged, self._phrases)
        self._read: Clauses | None = None

    @property
    def plain(self) -> Reading:
        """The reading itself."""
        return self

    @property
    def _clauses(self) -> Clauses:
        """The clauses, which many sentences are never asked for."""
        self._read = self._read or Clauses(self._tagged, self._phrases, self._groups)
        return self._read

    def phrase(self, token: int) -> Phrase | None:
        """The noun phrase that holds the token."""
        return self._phrases.at(token)

    def clause(self, first: int, stop: int) -> Clause:
        """The clause whose predicate is the cue at tokens first..stop-1."""
        return self._clauses.clause(first, stop)

    def subject(self, first: int, stop: int) -> tuple[Phrase, ...]:
        """The subject of that clause."""
        return self._clauses.subject(first, stop)

    def group(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """The phrase and those coordinated with it."""
        return self._groups.around(phrase)

    def after(self, token: int) -> tuple[Phrase, ...]:
        """The group of phrases that begins at the token."""
        return self._groups.after(token)

    def before(self, token: int) -> tuple[Phrase, ...]:
        """The group of phrases that ends right before the token."""
        return self._groups.before(token)
