"""Words to one-letter classes (see ``tagged``): by its form each, then by the words beside it (see ``neighbours``)."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Sentence, Token
from casualty_extract.analysis.grammar import Vocabulary
from casualty_extract.analysis.neighbours import Draft, Neighbours

_MARKS = {",": ",", "(": "(", "[": "(", ")": ")", "]": ")"} | dict.fromkeys("\"'“”‘’«»", "q")
_PLAIN_MARKS = ',.;:!?()[]-–—…"“”'  # that are nothing else
_MOST_WORDS = 50_000  # that are remembered


class WordClasses:
    """Gives the words of a sentence their classes."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._grammar, self._verbs, self._reporting = vocabulary.grammar, vocabulary.verbs, vocabulary.reporting
        self._class_of = _closed_classes(vocabulary)
        self._anywhere = {mark: _MARKS.get(mark, ".") for mark in _PLAIN_MARKS}  # and small words seen before
        self._inside = dict(self._anywhere)  # and names: what has one class by its form behind a sentence's first word
        self._neighbours = Neighbours(vocabulary)

    def tag(
        self, tokens: Sequence[Token], sentence: Sentence, words: Sequence[str], quantities: Sequence[tuple[int, int]]
    ) -> list[str]:
        """The tags of the tokens of a sentence, ``words`` in lower case. Quantities are (first, stop) ranges of number
        expressions."""
        first, inside = sentence.first, self._inside
        tags = [
            inside[t.text] if t.text in inside else self._by_form(tokens, i, sentence)
            for i, t in enumerate(tokens[first + 1 : sentence.stop], first + 1)
        ]
        tags.insert(0, self._anywhere.get(tokens[first].text) or self._by_form(tokens, first, sentence))
        for start, stop in quantities:
            for i in range(start, stop):
                tags[i - first] = "Q"
        self._neighbours.settle(Draft(tokens, first, words, tags))
        return tags

    # --- one word by its form ---------------------------------------------------------------------------------------

    def _by_form(self, tokens: Sequence[Token], i: int, sentence: Sentence) -> str:
        token = tokens[i]
        if token.kind == "mark":
            return "s" if _is_possessive_mark(tokens, i, sentence) else _MARKS.get(token.text, ".")
        if token.kind == "number":
            named = i > sentence.first and tokens[i - 1].capital and tokens[i - 1].kind == "word"
            return "#" if token.text[-1:].isdigit() and not named and "-" not in token.text else "n"  # "7th" is a word
        word = token.lower
        if word == "'s":
            return "s"
        by_word = self._class_of.get(word) or self._open_class(word)
        tag = self._by_capitals(tokens, i, sentence, by_word)
        self._remember(token, tag, i > sentence.first and by_word not in "AT" and not token.text.isupper())
        return tag

    def _remember(self, token: Token, tag: str, inside: bool) -> None:
        """The class of a word, where no word beside it may change it: a small one's, ``inside`` a sentence a name's."""
        small = token.text == token.lower and token.text.islower()
        if small and len(self._anywhere) < _MOST_WORDS:
            self._anywhere[token.text] = tag
        if (small or inside) and len(self._inside) < _MOST_WORDS:
            self._inside[token.text] = tag

    def _open_class(self, word: str) -> str:
        """The class of a word that is in no closed class, by its ending: "shelled" N, "reportedly" A."""
        if word in self._grammar.not_verbs:
            return "n"
        if word in self._grammar.intransitives:
            return "V"
        if word.endswith("ed") and len(word) > 3:
            return "N"
        if word.endswith("ing") and len(word) > 4:
            return "G"
        if word.endswith("ly") and len(word) > 4 and word not in self._grammar.not_adverbs:
            return "A"  # before the verbs, which know the first words of "fatally shot" and the like
        return "V" if word in self._grammar.verbs or word in self._verbs else "n"

    def _by_capitals(self, tokens: Sequence[Token], i: int, sentence: Sentence, tag: str) -> str:
        """The class of a word that may be a name for its capitals: "IS militants", "the Shining Path"."""
        text, word = tokens[i].text, tokens[i].lower
        capital = text[:1].isupper()
        if tag in "VN" and capital and not text[1:].islower() and not text.isupper() and len(text) > 2:
            return "p"  # "the LeT", "eThekwini"
        if tag not in "npNGVJ" and len(text) > 1 and text.isupper() and not _is_shouted(tokens, i, sentence):
            return "p"  # "US strikes"
        if tag in "NGn":
            named = capital and i > sentence.first and word not in self._verbs and word not in self._grammar.verbs
            if named and tag != "n" and text.isupper() and _is_shouted(tokens, i, sentence):
                return tag  # "WOUNDED SIX PERSONS AND CAUSED DAMAGE"
            return "p" if named else tag
        if tag == "A" and capital and self._is_name_in_ly(tokens, i, sentence):
            return "p"
        if tag != "T":
            return tag
        if capital:
            named = word in self._grammar.common_times and i > sentence.first
            return "p" if named and not _is_shouted(tokens, i, sentence) else tag  # the newspaper Dawn
        if word == "may":
            return "M"
        return "n" if word in self._grammar.noun_times else tag

    def _is_name_in_ly(self, tokens: Sequence[Token], i: int, sentence: Sentence) -> bool:
        """ "Mayor Reilly", "Reilly said": no adverb, by a capital that its neighbours do not have; not "12 Reportedly
        Killed" nor "Sadly, 12 died"."""
        if not tokens[i].lower.endswith("ly") or _is_shouted(tokens, i, sentence):
            return False
        after = tokens[i + 1] if i + 1 < sentence.stop else None
        if i == sentence.first:
            return after is not None and after.text in self._reporting
        return after is None or after.text[:1].islower() or after.kind == "mark"


def _closed_classes(vocabulary: Vocabulary) -> dict[str, str]:
    """Every word of a closed class with its tag; of a word in several classes the first counts."""
    g = vocabulary.grammar
    classes = (
        ("T", ("may",)), ("U", ("that", "where")), ("B", g.be), ("H", g.have), ("M", g.modals - {"to"}),
        ("X", g.negations), ("R", g.relatives - {"whose"}), ("T", g.times), ("S", g.possessives), ("D", g.determiners),
        ("P", g.pronouns), ("C", g.conjunctions), ("I", g.prepositions), ("U", g.subordinators), ("A", g.adverbs),
        ("J", vocabulary.states), ("N", g.participles),
    )  # fmt: skip
    found: dict[str, str] = {}
    for tag, forms in classes:
        for form in forms:
            found.setdefault(form, tag)
    return found


def _is_possessive_mark(tokens: Sequence[Token], i: int, sentence: Sentence) -> bool:
    """Whether an apostrophe makes a possessive: "the miners' union"."""
    return (
        tokens[i].text in ("'", "’")
        and tokens[i].gap == 0
        and i > sentence.first
        and tokens[i - 1].lower.endswith("s")
        and i + 1 < sentence.stop
        and tokens[i + 1].kind == "word"
        and tokens[i + 1].gap > 0
    )


def _is_shouted(tokens: Sequence[Token], i: int, sentence: Sentence) -> bool:
    """Whether a neighbour is in capitals too: then capitals say nothing."""
    near = (*tokens[max(sentence.first, i - 2) : i], *tokens[i + 1 : min(sentence.stop, i + 3)])
    others = [t for t in near if t.kind == "word"]
    return bool(others) and sum(t.text.isupper() for t in others) * 2 > len(others)
