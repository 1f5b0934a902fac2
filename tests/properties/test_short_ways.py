"""Words that are looked at first only save time: whatever rules they keep from being asked would have given nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from properties.texts import CASES, SEEDS

import casualty_extract
from casualty_extract.analysis import Document, Reading, Sentence
from casualty_extract.analysis.rule_based import RuleBasedAnalyzer
from casualty_extract.analysis.text import read_text
from casualty_extract.rules import load
from casualty_extract.rules.lexicon import Lexicon
from casualty_extract.rules.openings import Openings
from casualty_extract.stages.claims.phrases import Phrases
from casualty_extract.stages.parts import finder
from casualty_extract.stages.parts.context import Context

ACROSS = (  # figures that follow from nothing bound in their own sentence
    "Nine divers were killed in Harl. The clinic has confirmed four.",
    "Nine divers were found dead in Harl. Four were nurses.",
    "Nine divers died in Harl. A new search brought to 18 the number who have drowned.",
)


def test_rules_that_the_words_refuse_would_have_found_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = (*CASES, *SEEDS, *ACROSS)
    short = [casualty_extract.extract(text).to_dict() for text in texts]
    for kind in (Context, Phrases):
        monkeypatch.setattr(kind, "may_hold", lambda *_: True)
    monkeypatch.setattr(finder, "_UNBOUND_RULES", finder.RULES)
    for text, record in zip(texts, short, strict=True):
        assert casualty_extract.extract(text).to_dict() == record


def test_what_one_pass_found_is_what_each_scan_finds() -> None:
    rules, found = load(), 0
    for text in (*CASES, *SEEDS):
        document = read_text(text, openings=rules.openings.find)
        for lexicon in document.openings:
            for first, stop, _ in document.sentences:
                scanned = lexicon.scan(document.tokens, first, stop)
                assert lexicon.within(document, first, stop) == scanned, text[:80]
                found += len(scanned)
    assert found > 2000


@given(st.lists(st.sampled_from(("a", "b", "c", "d")), max_size=12), st.data())
def test_one_pass_over_words_that_begin_many_forms(words: list[str], data: st.DataObject) -> None:
    forms = st.sets(st.lists(st.sampled_from(("a", "b", "c")), min_size=1, max_size=3).map(tuple), max_size=5)
    lexicons = [Lexicon(dict.fromkeys(data.draw(forms), "rule")) for _ in range(3)]
    document = read_text(" ".join(words), openings=Openings(lexicons).find)
    first = data.draw(st.integers(0, len(words)))
    for lexicon in lexicons:
        assert lexicon.within(document, first, len(words)) == lexicon.scan(document.tokens, first, len(words))


@pytest.mark.parametrize(
    ("behind", "read"),
    [
        ("The road has 40 bends.", 1),
        ("A van stood at 12 Mill Lane, and 30 lamps burned.", 1),
        ("Four of them were nurses.", 2),  # a part
        ("The toll is not known.", 1),  # a harm word with nothing to bind
    ],
)
def test_sentences_that_hold_no_part_are_not_read(behind: str, read: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Sentence] = []
    spy = RuleBasedAnalyzer.read

    def count(self: RuleBasedAnalyzer, document: Document, sentence: Sentence, found: list[tuple[int, int]]) -> Reading:
        asked.append(sentence)
        return spy(self, document, sentence, found)

    monkeypatch.setattr(RuleBasedAnalyzer, "read", count)
    casualty_extract.extract(f"Nine divers were killed in Harl. {behind}")
    assert len(asked) == read
