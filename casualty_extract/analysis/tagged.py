"""A sentence whose words have their classes: what the readers of phrases and clauses ask about it.

One letter a class of word (its tag):
  D determiner  S possessive  Q quantity  P pronoun  I preposition  C conjunction  U subordinator  R relative
  B be  H have  M modal  X negation  A adverb  T time  V finite verb  N participle or past  G -ing form
  J state adjective  # number that counts nobody  n noun or adjective  p capitalised noun  s possessive mark
  , comma  ( ) brackets  q quotation mark  . any other mark
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casualty_extract.analysis import Phrase, Token
from casualty_extract.analysis.grammar import Grammar, Vocabulary


@dataclass(frozen=True, slots=True)
class TaggedSentence:
    """The tokens first..stop-1 of a document, each with its tag. Positions are those of the document."""

    tokens: Sequence[Token]
    first: int
    stop: int
    tags: Sequence[str]
    vocabulary: Vocabulary

    @property
    def grammar(self) -> Grammar:
        """The closed classes of words."""
        return self.vocabulary.grammar

    def tag(self, i: int) -> str:
        """The tag of a token; outside the sentence that of a mark."""
        return self.tags[i - self.first] if self.first <= i < self.stop else "."

    def word(self, i: int) -> str:
        """The lower word of a token; outside the sentence none."""
        return self.tokens[i].lower if self.first <= i < self.stop else ""

    def is_counted(self, phrase: Phrase) -> bool:
        """Whether a phrase holds a quantity: "nine workers"."""
        return "Q" in self.tags[phrase.first - self.first : phrase.stop - self.first]
