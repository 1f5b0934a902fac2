"""The short way to most noun phrases, a pattern over the classes of words, gives what growing them by words does."""

from __future__ import annotations

from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from casualty_extract.analysis import Phrase, Token, phrases
from casualty_extract.analysis.tagged import TaggedSentence
from casualty_extract.assembly import load

WORDS = {
    "D": ("the", "those"), "S": ("his",), "Q": ("nine", "10"), "P": ("they",), "R": ("which", "who"), "T": ("Monday",),
    "n": ("men", "children", "police", "state", "class"), "p": ("Harl", "eHarl"), "N": ("wounded",), "G": ("burning",),
    "J": ("dead",), "A": ("badly",), "I": ("of", "than", "in"), "V": ("said",), "s": ("'s",), "(": ("(",), ")": (")",),
    ",": (",",), "C": ("and",), ".": (".",),
}  # fmt: skip
SINGLE = [[(tag, word)] for tag, words in WORDS.items() for word in words]
BRACKETS = [[("n", "guard"), ("(", "("), ("p", "FG"), (")", ")"), (tag, WORDS[tag][0])] for tag in "npV"]
SENTENCES = st.lists(st.sampled_from([*SINGLE, *BRACKETS]), min_size=1, max_size=14).map(lambda p: [*chain(*p)])


def read(classed: list[tuple[str, str]]) -> list[Phrase | None]:
    """The phrase of each word of a sentence."""
    tokens = [Token(word, word.lower(), "word", 1, word[:1].isupper(), True) for _, word in classed]
    vocabulary = load("rules").analyzer._vocabulary  # type: ignore[attr-defined]
    words, tags = [token.lower for token in tokens], [tag for tag, _ in classed]
    found = phrases.Phrases(TaggedSentence(tokens, 0, words, tags, vocabulary))
    return [found.at(i) for i in range(len(tokens))]


@settings(max_examples=500)
@given(SENTENCES)
def test_the_pattern_takes_what_a_phrase_would(classed: list[tuple[str, str]]) -> None:
    short = read(classed)
    pattern = phrases._BASES
    phrases._BASES = phrases._OPENERS
    try:
        assert short == read(classed)
    finally:
        phrases._BASES = pattern
