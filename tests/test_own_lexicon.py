"""A user's own words: added for one call, never global, refused with their place where they are wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from casualty_extract import extract, load_pipeline

TOML = """
[bodies.harl_monitor]
name = "Harl Monitor"
other = ["HMO"]
type = "monitor"

[victims.quernhand]
category = "civilian"
head = "strong"
forms = ["quernhand", "quernhands"]

[harms.zapped]
harm = "killed"
victim = "object"
forms = ["zapped"]
"""
TEXT = "Six quernhands were zapped in Varn, the HMO said."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "mine.toml"
    file.write_text(TOML, encoding="utf-8")
    return file


def test_own_words_hold_for_the_call_and_no_other(path: Path) -> None:
    assert not extract(TEXT).claims
    (claim,) = extract(TEXT, lexicon=path).claims
    assert (claim.count.value, claim.harm, claim.victims.category) == (6, "killed", "civilian")
    assert [(s.name, s.type) for s in claim.claimants] == [("Harl Monitor", "monitor")]
    assert not extract(TEXT).claims


def test_a_pipeline_keeps_its_lexicon_and_says_so(path: Path) -> None:
    pipeline = load_pipeline(lexicon=str(path))
    assert len(pipeline.extract(TEXT)) == 1
    assert pipeline.extract(TEXT).settings["lexicon"] == "mine.toml"


def test_a_mapping_will_do() -> None:
    own = {"sources": {"weir_keeper": {"type": "rescue", "forms": ["weir keeper"]}}}
    (claim,) = extract("Nine people died, the weir keeper said.", lexicon=own).claims
    assert claim.claimants[0].type == "rescue"


def test_the_users_owner_of_a_form_wins() -> None:
    own = {"victims": {"my_guard": {"category": "military", "head": "strong", "forms": ["guards"]}}}
    text = "Nine guards were killed."
    assert extract(text).claims[0].victims.category == "security"
    assert extract(text, lexicon=own).claims[0].victims.category == "military"


WRONG: list[tuple[Any, str]] = [
    ({"animals": {}}, "a section must be one of"),
    ({"victims": {"soldier": {"category": "military", "forms": ["zap"]}}}, "take another name"),
    ({"victims": {"zap": {"category": "martian", "forms": ["zap"]}}}, "category must be one of"),
    ({"harms": {"zap": {"harm": "killed", "victim": "object", "forms": ["Zap"]}}}, "lower case"),
    ({"bodies": []}, "is not a table"),
    ({"victims": {"zap": 3}}, r"own lexicon: \[zap\] is not a table"),
    ({"victims": {"zap": {"category": {"civilian"}, "forms": ["zap"]}}}, "own lexicon: .*set"),
    ({"bodies": {"zap": {"name": 3, "type": "media"}}}, r"own lexicon: \[zap\]: name"),
]


@pytest.mark.parametrize(("own", "said"), WRONG)
def test_a_wrong_lexicon_is_refused_and_named(own: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        extract("Nine people died.", lexicon=own)


def test_what_is_no_lexicon_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="lexicon must be"):
        extract("Nine people died.", lexicon=3)  # type: ignore[arg-type]
    with pytest.raises(OSError, match="none"):
        extract("Nine people died.", lexicon=tmp_path / "none.toml")
    broken = tmp_path / "broken.toml"
    broken.write_text("[bodies", encoding="utf-8")
    with pytest.raises(ValueError, match=r"broken\.toml"):
        extract("Nine people died.", lexicon=broken)
    broken.write_bytes(b"\xff")
    with pytest.raises(ValueError, match=r"broken\.toml: not UTF-8"):
        extract("Nine people died.", lexicon=broken)
