"""A user's own words: added for one call, never global, refused with their place where they are wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from casualty_extract import Lexicon, extract, extract_all, extract_doc, load_pipeline
from casualty_extract.rules.lines import find_line

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


def test_every_kind_of_word_and_body_can_be_added() -> None:
    own = Lexicon.of(
        {
            "victims": {"my_hand": {"category": "civilian", "head": "strong", "forms": ["quernhands"]}},
            "harms": {"my_harm": {"harm": "killed", "victim": "object", "forms": ["zapped"]}},
            "sources": {"my_keeper": {"type": "rescue", "forms": ["weir keeper"]}},
            "bodies": {"my_body": {"name": "Harl Monitor", "other": ["HMO"], "type": "monitor"}},
            "cues": {"my_cue": {"frame": "says", "forms": ["blurted"]}},
            "qualifiers": {"my_hedge": {"status": "hedged", "direction": "verb", "forms": ["zappingly"]}},
        }
    )
    text = "Six quernhands were zappingly zapped, the weir keeper blurted. Nine people died, the HMO said."
    first, second = extract(text, lexicon=own).claims
    assert (first.victims.category, first.harm, first.status) == ("civilian", "killed", "hedged")
    assert [(s.text, s.type) for s in first.claimants] == [("the weir keeper", "rescue")]
    assert [(s.name, s.type) for s in second.claimants] == [("Harl Monitor", "monitor")]


def test_a_lexicon_is_read_once_and_good_everywhere(path: Path) -> None:
    own = Lexicon.read(path)
    path.unlink()
    assert "dockhand" not in repr(own)
    for report in (
        extract(TEXT, lexicon=own),
        load_pipeline(lexicon=own).extract(TEXT),
        *extract_all([TEXT, TEXT], lexicon=own),
    ):
        assert [c.harm for c in report.claims] == ["killed"]
        assert report.settings["lexicon"] == "mine.toml"


def test_a_doc_is_read_with_own_words_too(path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    doc = spacy.blank("en")(TEXT)
    assert not extract_doc(doc).claims
    assert [c.harm for c in extract_doc(doc, lexicon=path).claims] == ["killed"]


WRONG: list[tuple[Any, str]] = [
    ({"animals": {}}, "a section must be one of"),
    ({"victims": {"soldier": {"category": "military", "forms": ["zap"]}}}, "take another name"),
    ({"victims": {"zap": {"category": "martian", "forms": ["zap"]}}}, "category must be one of"),
    ({"harms": {"zap": {"harm": "killed", "victim": "object", "forms": ["Zap"]}}}, "lower case"),
    ({"bodies": []}, "is not a table"),
    ({"victims": {"zap": 3}}, r"own lexicon: \[victims.zap\]: is not a table"),
    ({"victims": {"zap": {"category": {"civilian"}, "forms": ["zap"]}}}, "own lexicon: .*set"),
    ({"bodies": {"zap": {"name": 3, "type": "media"}}}, r"own lexicon: \[bodies.zap\]: name"),
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


# what is wrong in a file, the line that the error points at, and what it says
POINTED = [
    ('[animals.cow]\nforms = ["cow"]', 1, r"\[animals\]: a section must be one of"),
    ('#\n\n[victims.zap]\ncategory = "martian"\nforms = ["zap"]', 4, r"\[victims.zap\]: category .* not 'martian'"),
    ('[victims.zap]\ncategory = "civilian"\n\nform = ["zap"]', 4, r"a key must be one of .*; not 'form'"),
    ('[harms.zap]\nharm = "killed"\nforms = ["zap"]', 1, r"victim must be one of .*; not None"),
    ('[harms.zap]\nharm = "killed"\nvictim = "object"\nforms = [\n  "zap",\n  "Zap",\n]', 6, "lower case, not 'Zap'"),
    ('[sources.zap]\ntype = "media"\nforms = []', 3, "at least one form"),
    ('[sources.a]\ntype = "media"\nforms = ["x"]\n[sources.b]\ntype = "media"\nforms = ["y", "x"]', 6, "belongs to"),
    ('[bodies.zap]\nname = "Zap"\ntype = "media"\nother = "Z"', 4, "other must be a list"),
    ('[bodies.zap]\nname = "Zap"\ntype = "media"\nurl = 3', 4, "url must be a text"),
    ("[victims]\nzap = 3", 2, r"\[victims.zap\]: is not a table"),
    ('[victims]\nzap = {category = "x", forms = ["zap"]}', 2, "category must be"),
    ('[victims]\nzap.category = "civilian"\nzap.unit = "clan"\nzap.forms = ["zap"]', 3, "unit must be"),
    ('[victims."the zap"]\ncategory = "x"\nforms = ["zap"]', 2, r"\[victims.the zap\]"),
    ('[harms.zap]\nharm = "killed"\nvictim = "object"\nforms = ["zap", 7]', 4, "not 7"),
    ('\n\n[victims.soldier]\ncategory = "military"\nforms = ["zap"]', 3, "take another name"),
    ('[bodies.a]\nname = "A"\ntype = "media"\n[bodies', 4, ""),
]


@pytest.mark.parametrize(("toml", "line", "said"), POINTED)
def test_an_error_points_at_the_line(toml: str, line: int, said: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(toml, encoding="utf-8")
    with pytest.raises(ValueError, match=rf"^mine\.toml:{line}: .*{said}"):
        extract("Nine people died.", lexicon=file)


def test_a_byte_order_mark_is_no_flaw(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(TOML, encoding="utf-8-sig")
    assert extract(TEXT, lexicon=file).claims


def test_a_line_is_told_only_where_there_is_one() -> None:
    assert find_line("", ["victims", "zap"]) is None
    assert find_line("[victims.other]\nunit = 1", ["victims", "zap"]) is None
    assert find_line('x = 1\n[ victims . "zap" ] # mine\n', ["victims", "zap"]) == 2
