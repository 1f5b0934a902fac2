"""How vague words are read: by the default table, by a codebook, by numbers of the user's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from casualty_extract import extract, extract_all, load_pipeline
from casualty_extract.__main__ import main
from casualty_extract.rules import read_vague

DOZENS = "Dozens of people were killed."


def low(text: str, **how: Any) -> int | None:
    return extract(text, **how).claims[0].count.low


@pytest.mark.parametrize(
    ("word", "default", "acled"),
    [
        ("Scores", 40, 20),
        ("Dozens", 24, 12),
        ("Hundreds", 200, 100),
        ("Several", 3, 3),
        ("Tens of thousands", 20_000, 10_000),
    ],
)
def test_a_codebook_reads_words_its_own_way(word: str, default: int, acled: int) -> None:
    text = f"{word} of people were killed." if word != "Several" else "Several people were killed."
    assert (low(text), low(text, vague="acled"), low(text)) == (default, acled, default)


def test_numbers_of_ones_own() -> None:
    assert low(DOZENS, vague={"Dozens": 30}) == 30
    assert low("Hundreds of people were killed.", vague={"dozens": 30}) == 200
    couple = extract("At least a couple of people were killed.", vague={"a couple": 3}).claims[0].count
    assert (couple.value, couple.low, couple.modifier) == (3, 3, "at_least")
    assert extract(DOZENS, vague={"dozens": 30}).toll("killed").low == 30  # type: ignore[union-attr]


def test_the_report_says_how_it_read() -> None:
    assert extract(DOZENS).settings == {"vague_words": "default"}
    own = extract(DOZENS, vague={"dozens": 30})
    assert own.settings == {"vague_words": "own", "vague": {"dozens": 30}}
    named = load_pipeline(vague="acled").extract(DOZENS).settings
    assert (named["vague_words"], named["vague"]["dozens"]) == ("acled", 12)
    assert type(own).from_json(own.to_json()) == own
    assert [r.claims[0].count.low for r in extract_all([DOZENS], vague="acled")] == [12]


def test_a_codebook_of_ones_own_will_do(tmp_path: Path) -> None:
    from casualty_extract.codebooks import reading

    shipped = Path(reading.__file__).with_name("acled.toml").read_text(encoding="utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(shipped.replace('"dozens" = 12', '"dozens" = 36'), encoding="utf-8")
    for given in (path, str(path)):
        report = extract(DOZENS, vague=given)
        assert (report.claims[0].count.low, report.settings["vague_words"]) == (36, "mine.toml")


@pytest.mark.parametrize(
    ("vague", "kind", "said"),
    [
        ({"heaps": 3}, ValueError, "vague: 'heaps' is no vague word"),
        ({"dozens": "12"}, ValueError, "'dozens' must be a whole number above zero, not '12'"),
        ({"dozens": 0}, ValueError, "'dozens' must be a whole number above zero"),
        ({"dozens": True}, ValueError, "'dozens' must be a whole number"),
        ({12: 3}, ValueError, "12 is no vague word"),
        ("gted", ValueError, "one of acled, ibc, radford, ucdp or the path of a .toml file; not 'gted'"),
        ("no/such.toml", OSError, "such"),
        (12, TypeError, "vague must be a codebook or a mapping of words to numbers, not int"),
    ],
)  # fmt: skip
def test_a_wrong_reading_is_refused_and_named(vague: Any, kind: type[Exception], said: str) -> None:
    with pytest.raises(kind, match=said):
        extract("Nobody died.", vague=vague)


def test_a_count_is_read_again_by_its_own_words() -> None:
    reading = read_vague("mine", {"dozens": 12, "hundreds": 100})
    words = {"Dozens": 12, "several dozen": 36, "hundreds of thousands": 200_000, "at least hundreds": 100, "12": None}
    assert {text: reading.low(text) for text in words} == words


def test_the_command_takes_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, lexicon = tmp_path / "a.txt", tmp_path / "mine.toml"
    text.write_text("Dozens of quernhands were killed.", encoding="utf-8")
    lexicon.write_text('[victims.quernhand]\ncategory = "security"\nforms = ["quernhands"]\n', encoding="utf-8")
    assert main(["--vague", "acled", "--lexicon", str(lexicon), str(text)]) == 0
    assert capsys.readouterr().out.splitlines()[1].split()[:4] == ["Dozens", "12..", "killed", "security"]
    faults = ((["--vague", "gted"], "gted: codebook must be one of"), (["--lexicon", "no.toml"], "no.toml: "))
    for wrong, said in faults:
        assert main([*wrong, str(text)]) == 1
        assert said in capsys.readouterr().err
