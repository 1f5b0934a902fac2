"""To Label Studio and brat and back: nothing of gold is lost, whatever the text holds; what is wrong is named."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casualty_extract import extract
from casualty_extract.exchange import (
    brat_config,
    labelstudio_config,
    read_brat,
    read_labelstudio,
    write_brat,
    write_labelstudio,
)
from casualty_extract.exchange.__main__ import main
from casualty_extract.exchange.labelstudio import labelstudio_tasks
from casualty_extract.exchange.marks import gold_to_marks, marks_to_gold
from casualty_extract.exchange.offsets import LineEnds, place_words
from casualty_extract.gold import GoldText, gold_from_json, read_gold, report_to_gold
from casualty_extract.model import HARMS
from casualty_extract.scoring import score
from casualty_extract.testing import parse_cases

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").rglob("*.gold.jsonl"))
HOSTILE = (
    "💥 At least 12\nguards were killed,\r\nsaid the Harl\r\npolice 💥\r; the army denied it.\t"
    "Four of the dead\x0bwere nurses\u2028, A and B said. <b>54</b> & \u0085 seats\u00ad 💥."
)


@cache
def golds() -> tuple[GoldText, ...]:
    """The gold of the cases, the seeds and a hostile text."""
    texts = [c.text for path in sorted((ROOT / "tests" / "cases").glob("*.cases"))
             for c in parse_cases(path.read_bytes().decode("utf-8"))]  # fmt: skip
    texts += [HOSTILE, "", "💥💥 Nine 💥 people died."]
    found = [report_to_gold(extract(text), id=f"case {k}/ü.{k}") for k, text in enumerate(texts[::-2])]
    return (*found, *(gold for path in SEEDS for gold in read_gold(path)))


def plain(gold: GoldText) -> GoldText:
    """Gold without the places of victims, which gold of the contract does not have."""
    return replace(gold, claims=tuple(replace(claim, victims_at=None) for claim in gold.claims))


def export(tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tasks as Label Studio exports them when an annotator has taken each prediction over."""
    return [
        {"id": k, "data": task["data"], "predictions": [],
         "annotations": [{"id": 100 + k, "was_cancelled": False, "result": task["predictions"][0]["result"]}]}
        for k, task in enumerate(copy.deepcopy(tasks), 1)
    ]  # fmt: skip


def from_export(tasks: list[dict[str, Any]], folder: Path, **options: bool) -> tuple[GoldText, ...]:
    file = folder / "export.json"
    file.write_text(json.dumps(tasks), encoding="utf-8")
    return read_labelstudio(file, **options)


# --- round trips ------------------------------------------------------------------------------------------------------


def test_label_studio_gives_back_what_it_was_given(tmp_path: Path) -> None:
    tasks = labelstudio_tasks(golds())
    again = from_export(export(tasks), tmp_path)
    assert [plain(gold) for gold in again] == [plain(gold) for gold in golds()]
    assert sum(len(gold.claims) for gold in again) > 350


def test_brat_gives_back_what_it_was_given(tmp_path: Path) -> None:
    write_brat(golds(), tmp_path / "corpus")
    again = {gold.id: plain(gold) for gold in read_brat(tmp_path / "corpus")}
    assert again == {gold.id: plain(gold) for gold in golds()}
    for gold in golds()[::50]:
        assert any(path.read_bytes().decode("utf-8") == gold.text for path in (tmp_path / "corpus").glob("*.txt"))


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("\r\n\t 💥a\u0085\u2028\x0b"), max_size=8), st.integers(0, 600))
def test_any_text_goes_through_marks_and_lines(noise: str, k: int) -> None:
    """Noise before and within every stretch: emoji, line ends of all kinds."""
    gold = golds()[k % len(golds())]
    report = extract(noise + gold.text.replace(" ", " " + noise, 1))
    made = report_to_gold(report, "x")
    assert marks_to_gold(gold_to_marks(made)) == made
    ends = LineEnds(made.text)
    for region in gold_to_marks(made).regions:
        assert (ends.back(ends.count(region.start)), ends.back(ends.count(region.end))) == (region.start, region.end)
        words = made.text[region.start : region.end]
        assert ends.text[ends.count(region.start) : ends.count(region.end)] == words.replace("\r\n", "\n").replace(
            "\r", "\n"
        )


def test_everything_that_gold_may_hold_goes_through(tmp_path: Path) -> None:
    text = (
        "At least 12 of the 40 guards were killed, said police and a doctor; the army denied it. The bus had 54 seats."
    )
    place = {words: (text.index(words), text.index(words) + len(words)) for words in (
        "At least 12", "40", "police", "a doctor", "the army", "54")}  # fmt: skip

    def span(words: str) -> dict[str, Any]:
        return {"text": words, "start": place[words][0], "end": place[words][1]}

    claim = {
        "count": {**span("At least 12"), "value": 12, "low": 12, "high": None, "modifier": "at_least"},
        "harm": "killed", "victims": {"text": "such as no text holds", "category": "security"},
        "attribution": [{**span("police"), "name": "Harl police", "joint": True}, {**span("a doctor"), "joint": True}],
        "disputed_by": [span("the army")], "status": "denied", "scope": "cumulative", "part_of": place["40"][0],
        "optional": False, "also": {"origin": [None, "the town"], "harm": ["wounded"]},
    }  # fmt: skip
    other = {
        **claim, "count": {**span("40"), "value": None, "low": None, "high": None, "modifier": "exact"},
        "attribution": [span("police")], "disputed_by": [], "part_of": None, "optional": True, "also": {},
    }  # fmt: skip
    twice = {**claim, "harm": "casualties", "also": {}}
    record = {"id": "a", "text": text, "claims": [claim, twice, other], "not_claims": [list(place["54"])]}
    gold = gold_from_json(json.dumps(record))
    assert from_export(export(labelstudio_tasks([gold])), tmp_path) == (gold,)
    write_brat([gold], tmp_path / "b")
    assert read_brat(tmp_path / "b") == (gold,)


def test_what_was_corrected_is_what_is_measured(tmp_path: Path) -> None:
    """A user's way: extract, correct one status in the tool, read it back, score."""
    reports = [extract("Nine guards were killed, police said.", meta={"id": "a"})]
    write_labelstudio(reports, tmp_path / "tasks.json", tmp_path / "config.xml")
    tasks = export(json.loads((tmp_path / "tasks.json").read_text()))
    (status,) = [r for r in tasks[0]["annotations"][0]["result"] if r.get("from_name") == "status"]
    status["value"]["choices"] = ["hedged"]
    result = score(from_export(tasks, tmp_path), bootstrap=0)
    assert [(m.kind, m.found, m.expected) for m in result.mistakes] == [("status", "asserted", "hedged")]
    assert ElementTree.parse(tmp_path / "config.xml").getroot().tag == "View"


# --- Label Studio -----------------------------------------------------------------------------------------------------


def test_the_configuration_knows_every_control_and_label_of_the_tasks() -> None:
    root = ElementTree.fromstring(labelstudio_config())
    controls = {tag.get("name"): tag for tag in root.iter() if tag.get("toName")}
    assert all(tag.get("toName") == "text" for tag in controls.values())
    assert [tag.get("value") for tag in root.iter("Text")] == ["$text"]
    relations = {tag.get("value") for tag in root.iter("Relation")}
    for task in labelstudio_tasks(golds()):
        for result in task["predictions"][0]["result"]:
            if result["type"] == "relation":
                assert set(result["labels"]) <= relations
                continue
            tag = controls[result["from_name"]]
            assert tag.tag.lower() == result["type"]
            offered = {child.get("value") for child in tag}
            if result["type"] in ("labels", "choices"):
                assert set(result["value"][result["type"]]) <= offered


def test_regions_are_counted_in_characters() -> None:
    (task,) = labelstudio_tasks([report_to_gold(extract("💥 Nine people died."), "a")])
    value = task["predictions"][0]["result"][0]["value"]
    assert (value["start"], value["end"], value["text"]) == (2, 6, "Nine")


def test_offsets_of_an_older_label_studio_are_told_by_their_words(tmp_path: Path) -> None:
    gold = report_to_gold(extract("💥💥 Nine guards\nof Harl were killed, 💥 police said."), "a")
    tasks = export(labelstudio_tasks([gold]))
    for result in tasks[0]["annotations"][0]["result"]:
        if "value" in result:
            for end in ("start", "end"):
                before = gold.text[: result["value"][end]]
                result["value"][end] = len(before.encode("utf-16-le")) // 2
            if result["type"] == "labels":
                result["value"]["text"] = result["value"]["text"].replace("\n", "\\n")
    assert from_export(tasks, tmp_path) == (gold,)


def test_the_last_annotation_counts_that_was_not_skipped(tmp_path: Path) -> None:
    gold = report_to_gold(extract("Nine people died."), "a")
    (task,) = export(labelstudio_tasks([gold]))
    good = task["annotations"][0]
    empty, skipped = {**good, "result": []}, {**good, "was_cancelled": True, "result": []}
    assert from_export([{**task, "annotations": [empty, good, skipped]}], tmp_path) == (gold,)
    bare = labelstudio_tasks([gold])
    with pytest.raises(ValueError, match=r"export\.json: task 1: has no annotation"):
        from_export(bare, tmp_path)
    assert from_export(bare, tmp_path, predictions=True) == (gold,)


def test_a_region_that_an_annotator_drew_is_read_off_its_words(tmp_path: Path) -> None:
    text = "Up to 40 guards died. "
    drawn = {"id": "xYz", "from_name": "label", "to_name": "text", "type": "labels",
             "value": {"start": 0, "end": 9, "text": "Up to 40 ", "labels": ["killed"]}}  # fmt: skip
    other = {**drawn, "from_name": "mood", "type": "rating", "value": {"rating": 3}}
    task = {"id": 7, "data": {"text": text}, "annotations": [{"result": [drawn, other]}]}
    (gold,) = from_export([task], tmp_path)
    (claim,) = gold.claims
    assert gold.id == "7"
    assert (claim.count.text, claim.count.value, claim.count.low, claim.count.high) == ("Up to 40", 40, None, 40)
    assert (claim.status, claim.scope, claim.category, claim.optional) == ("asserted", "event", "unspecified", False)


Change = Callable[[dict[str, Any]], object]
RESULTS = ["labels", "category"]


def _result(task: dict[str, Any], name: str) -> dict[str, Any]:
    results = task["annotations"][0]["result"]
    found: dict[str, Any] = next(r for r in results if r.get("from_name") == name or r["type"] == name)
    return found


STUDIO_WRONG: list[tuple[Change, str]] = [
    (lambda t: t.pop("data"), "data: missing"),
    (lambda t: t["data"].update(text=None), r"data\.text: must be a string"),
    (lambda t: t["annotations"][0].pop("result"), r"annotations\[0\]\.result: missing"),
    (lambda t: _result(t, "label")["value"].update(labels=["dead"]), r"labels\[0\]: must be one of killed.*'dead'"),
    (lambda t: _result(t, "label")["value"].update(labels=["killed", "wounded"]), "must be one label, not 2"),
    (lambda t: _result(t, "label")["value"].update(start="a"), r"value\.start: must be a whole number"),
    (lambda t: _result(t, "label")["value"].update(start=1), "region c1: the text holds 'ine' from 1 to 4, not 'Nine'"),
    (lambda t: _result(t, "label")["value"].update(end=999), "region c1: 0 to 999 is no stretch of a text"),
    (lambda t: _result(t, "category")["value"].update(choices=["martian"]), r"choices\[0\]: must be one of civilian"),
    (lambda t: _result(t, "value")["value"].update(number="nine"), r"number: must be a whole number"),
    (lambda t: _result(t, "relation").update(to_id="gone"), "there is no region gone"),
    (lambda t: _result(t, "relation").update(labels=[]), r"the relation from c1 to \S+: must have one label"),
    (lambda t: _result(t, "relation").update(labels=["friend"]), "must be victims, part of, source 1"),
    (lambda t: _result(t, "relation").update(to_id="c1"), "region c1 is labelled 'killed', not victims"),
    (lambda t: _result(t, "low")["value"].update(number=70), "region c1: count: low is 70 and high is 9"),
]


@pytest.mark.parametrize(("change", "said"), STUDIO_WRONG, ids=[said for _, said in STUDIO_WRONG])
def test_a_wrong_export_is_named_by_task(change: Change, said: str, tmp_path: Path) -> None:
    texts = ["Six people died.", "Nine guards were killed, police said."]
    tasks = export(labelstudio_tasks(report_to_gold(extract(text), str(k)) for k, text in enumerate(texts)))
    change(tasks[1])
    with pytest.raises(ValueError, match=rf"^export\.json: task 2: .*{said}"):
        from_export(tasks, tmp_path)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b'{"a": 1}', b"[" * 100_000])
def test_what_is_no_export_is_refused(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "export.json"
    file.write_bytes(data)
    with pytest.raises(ValueError, match=r"export\.json: "):
        read_labelstudio(file)


def test_also_is_json(tmp_path: Path) -> None:
    gold = report_to_gold(extract("Nine people died."), "a")
    (task,) = export(labelstudio_tasks([replace(gold, claims=(replace(gold.claims[0], also={"harm": ("wounded",)}),))]))
    _result(task, "also")["value"]["text"] = "not json"
    with pytest.raises(ValueError, match="region c1: also: not JSON"):
        from_export([task], tmp_path)


# --- brat -------------------------------------------------------------------------------------------------------------


def brat(folder: Path, text: str, *lines: str) -> GoldText:
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_bytes(text.encode("utf-8"))
    (folder / "a.ann").write_bytes("\n".join(lines).encode("utf-8"))
    (gold,) = read_brat(folder)
    return gold


def test_the_files_are_those_of_brat(tmp_path: Path) -> None:
    text = "💥\r\nAt least 12\r\nguards were killed, police said."
    write_brat([report_to_gold(extract(text), "harl/1")], tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"harl=2f1.txt", "harl=2f1.ann", "annotation.conf"}
    lines = (tmp_path / "harl=2f1.ann").read_text(encoding="utf-8").splitlines()
    seen = text.replace("\r\n", "\n")  # brat reads universal newlines
    for line in (line for line in lines if line.startswith("T")):
        _, head, words = line.split("\t")
        fragments = [tuple(map(int, piece.split())) for piece in head.partition(" ")[2].split(";")]
        assert " ".join(seen[start:end] for start, end in fragments) == words
        assert "\n" not in "".join(seen[start:end] for start, end in fragments)
    assert lines[0] == "T1\tkilled 2 13\tAt least 12"


def test_the_configuration_declares_everything_that_is_written(tmp_path: Path) -> None:
    write_brat(golds(), tmp_path)
    sections: dict[str, set[str]] = {}
    for line in brat_config().splitlines():
        if line.startswith("["):
            declared = sections.setdefault(line.strip("[]"), set())
        elif line:
            declared.add(line.split("\t")[0])
    assert set(sections) == {"entities", "relations", "events", "attributes"}
    used: dict[str, set[str]] = {"T": set(), "A": set(), "R": set()}
    for path in tmp_path.glob("*.ann"):
        for line in path.read_bytes().decode("utf-8").split("\n"):
            if line[:1] in used:
                used[line[0]].add(line.split("\t")[1].split(" ")[0])
    assert used["T"] <= sections["entities"]
    assert used["A"] <= sections["attributes"]
    assert used["R"] <= sections["relations"]
    assert used["T"] >= set(HARMS)


def test_what_an_annotator_drew_is_read_off_its_words(tmp_path: Path) -> None:
    gold = brat(
        tmp_path, "💥 Up to 40\nguards died, said A and B.\n",
        "T9\tsource 29 30\tA", "R1\tJointSource2 Arg1:T1 Arg2:T9", "T1\tkilled 2 10\tUp to 40",
        "T2\tvictims 11 17\tguards",
        "#1\tAnnotatorNotes T1\tis this right?", "R2\tVictims Arg1:T1 Arg2:T2", "", "*\tEquiv T1 T2",
        "T10\tsource 35 36\tB", "R3\tJointSource3 Arg1:T1 Arg2:T10", "A1\tStatus T1 hedged",
        "A2\tOptional T1", "E1\tkilled:T1",
    )  # fmt: skip
    (claim,) = gold.claims
    assert (claim.count.value, claim.count.high, claim.victims, claim.status, claim.optional) == (
        40, 40, "guards", "hedged", True,
    )  # fmt: skip
    assert [(link.text, link.joint) for link in claim.attribution] == [("A", True), ("B", True)]


def test_offsets_of_a_browser_are_told_by_their_words(tmp_path: Path) -> None:
    gold = brat(tmp_path, "💥💥 Nine people died.\r\n", "T1\tkilled 5 9\tNine")
    assert gold.claims[0].count.start == 3


BRAT_WRONG = [
    ("T1 killed 0 4 Nine", "no tab behind"),
    ("T1\tdead 0 4\tNine", "the type must be one of killed"),
    ("T1\tkilled 0\tNine", "the offsets must be like 0 11"),
    ("T1\tkilled 1 5\tNine", "the text holds 'ine ' from 1 to 5, not 'Nine'"),
    ("T1\tkilled 0 99\tNine", "0 to 99 is no stretch of a text of 17 characters"),
    ("T1\tkilled 4 5\t ", "holds nothing but white space"),
    ("A1\tStatus T0 sure", "Status must be one of asserted"),
    ("A1\tMood T0 good", "there is no attribute Mood"),
    ("R1\tVictim Arg1:T0 Arg2:T0", "a relation must be like Source1"),
    ("R1\tVictims T0 T0", "a relation must be like Source1"),
    ("#1\tAnnotatorNotes T0\t{bad", "the note of T0 is not JSON"),
    ('#1\tAnnotatorNotes T0\t{"colour": 1}', "a key must be one of value"),
    ("X1\tkilled 0 4\tNine", "a line must begin with T, A, R or #"),
    ("T0\tkilled 0 4\tNine", "T0 stands in line 1 already"),
]


@pytest.mark.parametrize(("line", "said"), BRAT_WRONG)
def test_a_wrong_line_is_named(line: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=rf"^a\.ann:3: .*{re.escape(said)}"):
        brat(tmp_path, "Nine people died.", "T0\tkilled 0 4\tNine", "", line)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["T0\tkilled 0 4\tNine", "R1\tVictims Arg1:T0 Arg2:T7"], r"a\.ann: .*there is no region T7"),
        (["T0\tkilled 0 4\tNine", "A1\tOptional T7"], r"a\.ann: an attribute or note is of T7"),
        (["T0\tkilled 0 4\tNine", '#1\tAnnotatorNotes T0\t{"low": "x"}'], r"a\.ann:1: region T0: count\.low: must be"),
        (["T0\tkilled 5 11\tpeople"], r"a\.ann:1: region T0: give the modifier and figures of 'people'"),
        (
            ["T0\tkilled 0 4\tNine", "T1\tvictims 5 11\tpeople", "T2\tvictims 5 11\tpeople",
             "R1\tVictims Arg1:T0 Arg2:T1", "R2\tVictims Arg1:T0 Arg2:T2"],
            r"a\.ann:1: region T0: has more than one victims",
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_named(lines: list[str], said: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=said):
        brat(tmp_path, "Nine people died.", *lines)


def test_a_folder_that_is_no_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        read_brat(tmp_path / "none")
    with pytest.raises(ValueError, match=r"no \.ann file"):
        read_brat(tmp_path)
    (tmp_path / "a.ann").write_bytes(b"\xff")
    with pytest.raises(ValueError, match=r"a\.ann: there is no a\.txt beside it"):
        read_brat(tmp_path)
    (tmp_path / "a.txt").write_bytes(b"x")
    with pytest.raises(ValueError, match=r"a\.ann: not UTF-8"):
        read_brat(tmp_path)


# --- both -------------------------------------------------------------------------------------------------------------


def test_texts_need_ids_of_their_own(tmp_path: Path) -> None:
    gold = report_to_gold(extract("Nine people died."), "a")
    for write in (lambda texts: write_brat(texts, tmp_path), labelstudio_tasks):
        with pytest.raises(ValueError, match="two texts have the id 'a'"):
            write([gold, gold])
        with pytest.raises(ValueError, match="needs an id"):
            write([extract("Nine people died.")])


def test_a_text_that_utf_8_cannot_write_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a: the text cannot be written in UTF-8, at character 0"):
        write_brat([GoldText("a", "\ud800")], tmp_path)


def test_words_tell_how_a_tool_counts() -> None:
    assert place_words("a💥 b c", 4, 5, "b") == (3, 4)
    assert place_words("a💥 b c", 3, 4, "b") == (3, 4)
    assert place_words("a💥 b c", 2, 5, None) == (3, 4)
    with pytest.raises(ValueError, match="not 'x'"):
        place_words("a💥 b c", 3, 4, "x")


def test_the_way_back_as_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = report_to_gold(extract("Nine people died."), "a")
    write_brat([gold], tmp_path / "b")
    write_labelstudio([gold], tmp_path / "t.json")
    assert main(["brat", str(tmp_path / "b"), str(tmp_path / "one.jsonl")]) == 0
    assert main(["labelstudio", str(tmp_path / "t.json"), str(tmp_path / "two.jsonl"), "--predictions"]) == 0
    assert read_gold(tmp_path / "one.jsonl") == read_gold(tmp_path / "two.jsonl") == (gold,)
    assert main(["labelstudio", str(tmp_path / "t.json"), str(tmp_path / "x.jsonl")]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("1 texts, 1 claims: ")
    assert "t.json: task 1: has no annotation" in err
