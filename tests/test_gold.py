"""Gold files: read and written without a loss, refused by line and key where they are wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casualty_extract import extract
from casualty_extract.gold import GoldText, gold_from_json, gold_to_json, read_gold, report_to_gold, write_gold

SEEDS = sorted((Path(__file__).parent.parent / "seeds").rglob("*.gold.jsonl"))
TEXT = "At least 12 of the 40 guards were killed, said police; the army denied it. The bus had 54 seats. 💥"
RECORD: dict[str, Any] = {
    "id": "a",
    "text": TEXT,
    "claims": [
        {
            "count": {"text": "At least 12", "start": 0, "end": 11, "value": 12, "low": 12, "high": None,
                      "modifier": "at_least"},
            "harm": "killed", "victims": {"text": "guards", "category": "security", "start": 22, "end": 28},
            "attribution": [{"text": "police", "start": 47, "end": 53, "name": "Harl police", "joint": True}],
            "disputed_by": [{"text": "the army", "start": 55, "end": 63}],
            "status": "denied", "scope": "event", "part_of": 19, "optional": False,
            "also": {"harm": ["wounded"], "origin": [None, "the town"], "status": ["asserted"]},
        },
        {
            "count": {"text": "40", "start": 19, "end": 21, "value": 40, "low": 40, "high": 40, "modifier": "exact"},
            "harm": "killed", "victims": {"text": None, "category": "unspecified"}, "attribution": [],
            "status": "asserted", "scope": "event", "part_of": None, "optional": True,
        },
    ],
    "not_claims": [[87, 89]],
}  # fmt: skip


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_the_seeds_go_through_without_a_loss(path: Path, tmp_path: Path) -> None:
    texts = read_gold(path)
    write_gold(texts, tmp_path / "copy.jsonl")
    assert read_gold(tmp_path / "copy.jsonl") == texts
    for text in texts:
        for claim in text.claims:
            assert text.text[claim.count.start : claim.count.end] == claim.count.text


def test_every_key_of_a_record_is_kept() -> None:
    gold = gold_from_json(json.dumps(RECORD))
    assert json.loads(gold_to_json(gold)) == RECORD
    first = gold.claims[0]
    assert first.accepts("harm", "wounded")
    assert not first.accepts("scope", "rate")
    assert (first.attribution[0].name, first.attribution[0].joint) == ("Harl police", True)
    assert len({*gold.claims}) == 2


def test_what_may_be_left_out() -> None:
    bare = json.loads(json.dumps(RECORD))
    del bare["not_claims"]
    for claim in bare["claims"]:
        for key in ("part_of", "optional", "also", "disputed_by", "attribution"):
            claim.pop(key, None)
    gold = gold_from_json(json.dumps(bare))
    assert [(c.optional, c.part_of, c.attribution, dict(c.also)) for c in gold.claims] == [(False, None, (), {})] * 2


def test_a_report_becomes_gold(tmp_path: Path) -> None:
    report = extract(TEXT + " The guard died. Nine people drowned, including two nurses.", meta={"id": "x"})
    gold = report_to_gold(report)
    assert (gold.id, gold.text) == ("x", report.text)
    assert [(c.count, c.harm, c.category) for c in gold.claims] == [
        (c.count, c.harm, c.victims.category) for c in report.claims
    ]
    assert [c.optional for c in gold.claims] == [c.implicit for c in report.claims]
    assert any(c.part_of is not None for c in gold.claims)
    write_gold([gold], tmp_path / "x.jsonl")
    assert read_gold(tmp_path / "x.jsonl") == (gold,)
    assert report_to_gold(report, "y").id == "y"
    with pytest.raises(ValueError, match="needs an id"):
        report_to_gold(extract(TEXT))


Change = Callable[[dict[str, Any]], object]
WRONG: list[tuple[Change, str]] = [
    (lambda r: r.pop("id"), "id: missing"),
    (lambda r: r.update(text=3), "text: must be a string"),
    (lambda r: r.update(claims={}), "claims: must be a list"),
    (lambda r: r["claims"][0].pop("harm"), r"claims\[0\]\.harm: missing"),
    (lambda r: r["claims"][0].update(harm="slain"), r"claims\[0\]\.harm: must be one of killed"),
    (lambda r: r["claims"][1]["count"].update(low="40"), r"claims\[1\]\.count\.low: must be a whole number"),
    (lambda r: r["claims"][1]["count"].update(low=41), r"claims\[1\]\.count: low is 41 and high is 40"),
    (lambda r: r["claims"][1]["count"].update(start=18), r"claims\[1\]\.count: the text holds ' 40'"),
    (lambda r: r["claims"][1]["count"].update(modifier="x"), r"claims\[1\]\.count\.modifier: must be one of"),
    (lambda r: r["claims"][1]["count"].update(text="", end=19), r"claims\[1\]\.count: must hold at least one"),
    (lambda r: r["claims"][0].update(part_of=7), r"claims\[0\]\.part_of: no other claim has its count at 7"),
    (lambda r: r["claims"][0].update(part_of=0), r"claims\[0\]\.part_of: no other claim"),
    (lambda r: r["claims"][0]["victims"].update(category="x"), r"claims\[0\]\.victims\.category: must be one of"),
    (lambda r: r["claims"][0]["attribution"][0].update(end=999), r"attribution\[0\]: 47 to 999 is no stretch"),
    (lambda r: r["claims"][0].update(optional="no"), r"claims\[0\]\.optional: must be true or false"),
    (lambda r: r["claims"][0].update(also={"colour": []}), r"claims\[0\]\.also\.colour: must be one of"),
    (lambda r: r["claims"][0].update(also={"harm": ["x"]}), r"claims\[0\]\.also\.harm\[0\]: must be one of"),
    (lambda r: r.update(not_claims=[[3]]), r"not_claims\[0\]: must be the start and the end"),
]


@pytest.mark.parametrize(("change", "said"), WRONG, ids=[said for _, said in WRONG])
def test_what_is_wrong_is_named_by_line_and_key(change: Change, said: str, tmp_path: Path) -> None:
    wrong = json.loads(json.dumps(RECORD | {"id": "b"}))
    change(wrong)
    file = tmp_path / "mine.jsonl"
    file.write_text(f"{json.dumps(RECORD)}\n\n{json.dumps(wrong)}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=rf"^mine\.jsonl:3: .*{said}"):
        read_gold(file)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no gold text"),
        (b"\n \n", "no gold text"),
        (b"{", "mine.jsonl:1: not a line of JSON"),
        (b"[]", "mine.jsonl:1: record: must be an object"),
        (b"\xff", "not UTF-8, at byte 0"),
        (b"[" * 100_000, "mine.jsonl:1: not a line of JSON"),
        (f"{json.dumps(RECORD)}\n{json.dumps(RECORD)}".encode(), r"mine\.jsonl:2: id: 'a' is that of line 1"),
    ],
)
def test_a_file_that_is_no_gold_is_refused(data: bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_bytes(data)
    with pytest.raises(ValueError, match=said):
        read_gold(file)


def test_a_file_that_is_not_there_is_an_oserror(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        read_gold(tmp_path / "none.jsonl")


def test_a_byte_order_mark_and_line_ends_of_windows_are_read(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(RECORD).encode() + b"\r\n")
    assert read_gold(file) == (gold_from_json(json.dumps(RECORD)),)
    assert isinstance(read_gold(file)[0], GoldText)
