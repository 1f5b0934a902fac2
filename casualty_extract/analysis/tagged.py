"""A sentence whose words have their classes: what the readers of phrases and clauses ask about it.

One letter a class of word (its tag):
  D determiner  S possessive  Q quantity  P pronoun  I preposition  C conjunction  U subordinator  R relative
  B be  H have  M modal  X negation  A adverb  T time  V finite verb  N participle or past  G -ing form
  J state adjective  # number that counts nobody  n noun or adjective  p capitalised noun  s possessive mark
  , comma  ( ) brackets  q quotation mark  . any other mark
"""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Phrase, Token
from casualty_extract.analysis.grammar import Vocabulary


class TaggedSentence:
    """The tokens of a sentence from ``first`` on, with lower words and tags. Positions are those of the document."""

    __slots__ = ("first", "grammar", "stop", "tags", "tokens", "vocabulary", "words")

    def __init__(
        self, tokens: Sequence[Token], first: int, words: Sequence[str], tags: Sequence[str], vocabulary: Vocabulary
    ) -> None:
        self.tokens, self.first, self.stop = tokens, first, first + len(words)
        self.words, self.tags = words, tags
        self.vocabulary, self.grammar = vocabulary, vocabulary.grammar

    def tag(self, i: int) -> str:
        """The tag of a token; outside the sentence that of a mark."""
        return self.tags[i - self.first] if self.first <= i < self.stop else "."

    def word(self, i: int) -> str:
        """The lower word of a token; outside the sentence none."""
        return self.words[i - self.first] if self.first <= i < self.stop else ""

    def is_counted(self, phrase: Phrase) -> bool:
        """Whether a phrase holds a quantity: "nine workers"."""
        return "Q" in self.tags[phrase.first - self.first : phrase.stop - self.first]
