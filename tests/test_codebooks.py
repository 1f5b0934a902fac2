"""Codebooks: what the shipped ones say, what they make of texts, and every flaw of one's own named with its place."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from casualty_extract import Report, extract, reconcile
from casualty_extract.codebooks import NAMES, CodebookError, load_codebook, parse_codebook, reading
from casualty_extract.spreadsheet import Rows, harmless
from casualty_extract.values import CATEGORIES

FOLDER = Path(reading.__file__).parent
BATTLE = "Nine army soldiers and 20 IS militants were killed, and three villagers died, the governor said."
RIVALS = "Police said five people were killed. The hospital said seven people were killed."


def row(text: str, codebook: Any, sides: Any = None, **meta: Any) -> dict[str, Any]:
    (found,) = extract(text, meta={"id": "a", **meta}).code(codebook, sides)
    return found


# --- the shipped ones -------------------------------------------------------------------------------------------------


def test_the_shipped_codebooks() -> None:
    assert NAMES == ("acled", "ibc", "radford", "ucdp")
    assert load_codebook("ucdp") is load_codebook("ucdp")


@pytest.mark.parametrize("name", NAMES)
def test_a_codebook_names_the_document_that_it_follows(name: str) -> None:
    book = load_codebook(name)
    assert (book.name, book.place) == (name, name)
    assert book.version
    assert str(book.follows.year) in book.follows.cite()
    assert book.follows.cite().rsplit(" ", 1)[1].startswith("https://")
    assert set(book.categories) == set(CATEGORIES)


COLUMNS = {
    "ucdp": "deaths_a deaths_b deaths_civilians deaths_unknown best high low source_original",
    "acled": "fatalities notes",
    "ibc": "minimum_deaths maximum_deaths minimum_injuries maximum_injuries sources",
    "radford": "days loss_count loss_type claim_source time_frame loss_country minimum maximum category",
}


@pytest.mark.parametrize("name", NAMES)
def test_the_columns(name: str) -> None:
    assert set(COLUMNS[name].split()) <= set(load_codebook(name).header)
    assert tuple(row("Nine people were killed.", name)) == load_codebook(name).header
    assert extract("The sea was calm.").code(name).columns == load_codebook(name).header


def test_ucdp_by_the_words_of_the_sides_and_by_category() -> None:
    wanted = {"deaths_a": 9, "deaths_b": 20, "deaths_civilians": 3, "deaths_unknown": 0, "best": 32}
    assert wanted.items() <= row(BATTLE, "ucdp").items()
    assert wanted.items() <= row(BATTLE, "ucdp", {"a": "army", "b": ["IS", "Islamic State"]}).items()
    turned = row(BATTLE, "ucdp", {"a": ["IS"], "b": ["army"]})
    assert (turned["deaths_a"], turned["deaths_b"]) == (20, 9)
    assert row(BATTLE, "ucdp", {"a": ["armed_group"], "b": ["military"]})["deaths_a"] == 20
    assert row(BATTLE, "ucdp", {"a": ["army"], "b": ["army"]})["deaths_unknown"] == 9
    assert row(BATTLE, "ucdp")["source_original"] == "governor"


def test_ucdp_best_is_the_sum_of_its_parts() -> None:
    texts = [
        BATTLE,
        RIVALS,
        "Nine people were killed, two of them soldiers.",
        "Police said five people died. Seven civilians died, the hospital said.",
        "No one was killed.",
    ]
    for text in texts:
        coded = row(text, "ucdp")
        parts = [coded[name] for name in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")]
        assert sum(parts) == coded["best"] >= 0
        assert coded["low"] <= coded["best"] <= coded["high"]
    assert row(texts[2], "ucdp")["deaths_unknown"] == 7


def test_acled_is_conservative() -> None:
    assert row(RIVALS, "acled")["fatalities"] == 5
    assert row("Dozens of people were killed.", "acled")["fatalities"] == 12
    assert row("The sea was calm.", "acled")["fatalities"] == 0
    assert row("Hundreds of people were killed.", "ucdp")["best"] == 200
    acled = extract("Hundreds of people were killed.", vague="acled")
    assert acled.code("ucdp")[0]["best"] == 200


def test_ibc_knows_who_is_a_civilian_for_sure() -> None:
    coded = row("Nine people and four villagers were killed, and between 30 and 40 residents wounded.", "ibc")
    figures = [coded[name] for name in load_codebook("ibc").header if name.startswith(("min", "max"))]
    assert figures == [4, 13, 30, 40]
    assert row("Five villagers and two gunmen were killed.", "ibc")["maximum_deaths"] == 5
    assert row("Police said at least five civilians were killed.", "ibc", publisher="Post")["sources"] == "Post"


def test_radford_has_a_row_a_claim() -> None:
    report = extract(
        "More than 1,200 Russian soldiers have been killed since February, Ukraine's army said. "
        "Up to 40 Ukrainian soldiers were wounded on Monday, the Pentagon said. Another strike could kill 500 people.",
        meta={"id": "a", "date": "2022-03-01"},
    )
    rows = report.code("radford", {"Russia": "Russian", "Ukraine": ["Ukrainian", "Ukraine"]})
    army, dod = rows[0]["claim_source"], "United States Department of Defense"
    assert [tuple(r.values()) for r in rows] == [
        (5, 1201, "Military Deaths-Russia", army, "Cumulative", "Russia", True, False, "Military Deaths"),
        (5, 40, "Military Injuries-Ukraine", dod, "Day", "Ukraine", False, True, "Military Injuries"),
    ]  # fmt: skip
    assert "army" in army


def test_a_headline_is_coded_with_the_claimant_of_the_body() -> None:
    (coded,) = extract("Fire kills nine\n\nNine people were killed in the fire, police said.").code("radford")
    assert (coded["claim_source"], coded["days"]) == ("police", None)


def test_many_texts_are_one_row() -> None:
    reports = [extract(RIVALS, meta={"id": n, "case": "x"}) for n in ("a", "b")]
    (coded,) = reconcile(reports, by="case", codebook="ucdp").code()
    assert (coded["id"], coded["low"], coded["best"], coded["high"]) == ("x", 5, 5, 7)
    assert len(reconcile(reports, codebook="radford").code()) == 4
    with pytest.raises(ValueError, match="without a codebook there are no columns"):
        reconcile(reports).code()


@pytest.mark.parametrize(
    ("sides", "codebook", "said"),
    [
        ({"c": "army"}, "ucdp", "ucdp has the sides a, b; not 'c'"),
        ({"a": [""]}, "ucdp", "names of side 'a' must be texts, not ''"),
        ({"a": [3]}, "ucdp", "must be texts, not 3"),
    ],
)
def test_wrong_sides_are_named(sides: Any, codebook: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        extract(BATTLE).code(codebook, sides)
    with pytest.raises(ValueError, match="sides belong to the columns of a codebook"):
        reconcile([extract(BATTLE)], sides=sides)


# --- one of one's own -------------------------------------------------------------------------------------------------

OWN = """
[codebook]
name = "mine"
version = "3"
unit = "event"

[follows]
title = "Our handbook"
publisher = "Harl Watch"
year = 2024
url = "https://example.org/handbook"

[vague]
dozens = 36

[categories]
civilian = "people"
military = "people"
security = "people"
armed_group = "people"
mixed = "people"
unspecified = "people"

[toll]
best = "highest"

[[columns]]
name = "case"
value = "meta"
key = "case"

[[columns]]
name = "dead"
value = "best"
harms = ["killed", "missing"]
"""


def test_the_path_of_ones_own_goes_wherever_a_name_goes(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(OWN, encoding="utf-8")
    assert row(RIVALS, path, case=7) == {"case": "7", "dead": 7}
    assert row("Dozens of people were killed and two are missing.", str(path))["dead"] == 38
    assert reconcile([extract(RIVALS)], codebook=path).toll("killed").best == 7  # type: ignore[union-attr]
    assert reconcile([extract(RIVALS)], codebook=path).codebook == "mine.toml"
    assert extract("Dozens died.", vague=path).claims[0].count.low == 36
    assert load_codebook(path).follows.cite() == "(2024). Our handbook. Harl Watch. https://example.org/handbook"


FLAWS = [
    ('unit = "event"', 'unit = "day"', r"mine.toml: \[codebook\]: unit must be one of event, claim; not 'day'"),
    ('version = "3"', "version = 3", r"\[codebook\] version must be a text, not 3"),
    ('name = "mine"', 'nome = "mine"', r"\[codebook\]: a key must be one of name, version, unit, day_zero; not 'nome'"),
    ("year = 2024", 'year = "2024"', r"\[follows\] year must be a year"),
    ('url = "https://example.org/handbook"', "", r"\[follows\] url or doi must say"),
    ("dozens = 36", "heaps = 36", r"mine.toml: \[vague\]: 'heaps' is no vague word"),
    ("dozens = 36", "dozens = -1", r"'dozens' must be a whole number above zero, not -1"),
    ('mixed = "people"', "", r"\[categories\] says nothing of mixed"),
    ('mixed = "people"', 'mixd = "people"', r"\[categories\]: a key must be one of civilian, .*not 'mixd'"),
    ('best = "highest"', 'best = "median"', r"\[toll\]: best must be one of voice, agreement, .*not 'median'"),
    ('best = "highest"', 'hedged = "no"', r"\[toll\] hedged must be true or false"),
    ('value = "best"', 'value = "mean"', r"\[columns.dead\]: value must be one of key, low, .*not 'mean'"),
    ('["killed", "missing"]', '["hurt"]', r"\[columns.dead\]: harms must be one of killed, .*not 'hurt'"),
    ('["killed", "missing"]', '"killed"', r"\[columns.dead\] harms must be a list"),
    ('harms = ["killed", "missing"]', "", r"\[columns.dead\] harms belong to the values low, best"),
    ('key = "case"', "", r"\[columns.case\] key belongs to the value 'meta'"),
    ('name = "dead"', 'name = "case"', r"\[columns\] two columns are named 'case'"),
    ('harms = ["killed", "missing"]', 'harms = ["killed"]\nside = "a"', r"side must be one of none; not 'a'"),
    ('harms = ["killed", "missing"]', 'harms = ["killed"]\ncolour = 1', r"\[columns.dead\]: a key must be one of"),
    ("[toll]", "[totals]", r"mine.toml: a section must be one of codebook, follows, .*not 'totals'"),
    ("[follows]", "[follow]", r"the section \[follows\] is missing"),
    ("[[columns]]", "[columns]", "mine.toml"),
    ("[vague]", "[vague", "mine.toml"),
]


@pytest.mark.parametrize(("old", "new", "said"), FLAWS)
def test_a_flaw_is_named_with_file_section_and_reason(old: str, new: str, said: str) -> None:
    assert old in OWN
    with pytest.raises(CodebookError, match=said):
        parse_codebook("mine.toml", OWN.replace(old, new, 1) if old != "[[columns]]" else OWN.replace(old, new))


def test_days_need_a_day_zero() -> None:
    text = (FOLDER / "radford.toml").read_text(encoding="utf-8").replace("day_zero = 2022-02-24", "")
    with pytest.raises(CodebookError, match=r"\[columns.days\] days need a day_zero"):
        parse_codebook("mine.toml", text)
    with pytest.raises(CodebookError, match="day_zero must be a date"):
        parse_codebook("mine.toml", OWN.replace('version = "3"', 'version = "3"\nday_zero = "now"'))


def test_files_that_are_no_codebooks(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    for data, said in ((b"", "is missing"), (b"\xff", "not UTF-8, at byte 0"), (b"#" * 1_000_001, "too many")):
        path.write_bytes(data)
        with pytest.raises(CodebookError, match=f"mine.toml: .*{said}"):
            load_codebook(path)
    with pytest.raises(OSError, match="none"):
        load_codebook(tmp_path / "none.toml")
    with pytest.raises(TypeError, match="must be a name or the path of a TOML file, not int"):
        load_codebook(3)  # type: ignore[arg-type]


# --- spreadsheets -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "-1+cmd|' /C calc'!A0"]
)
def test_cells_cannot_run(cell: str) -> None:
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", [-5, 0, 3.5, True, "-5", "+12", "five", "", "Al-Watan", "5 - 3"])
def test_numbers_and_words_are_left_alone(cell: Any) -> None:
    assert harmless(cell) == cell
    assert harmless(None) == ""


def test_rows_as_csv(tmp_path: Path) -> None:
    rows = Rows(["a", "b"], [{"a": '=HYPERLINK("x")', "b": -1}, {"a": "x, y\nz", "b": None}])
    text = rows.to_csv()
    assert text is not None
    assert list(csv.reader(io.StringIO(text))) == [["a", "b"], ['\'=HYPERLINK("x")', "-1"], ["x, y\nz", ""]]
    rows.to_csv(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().decode() == text
    with (tmp_path / "b.csv").open("w", newline="") as file:
        rows.to_csv(file)
    assert (tmp_path / "b.csv").read_bytes().decode() == text
    assert Rows(["a"]).to_csv() == "a\n"


def test_a_text_cannot_put_a_formula_into_the_sheet() -> None:
    report: Report = extract("Nine people died.", meta={"id": "=cmd()", "publisher": "@x"})
    text = report.code("acled").to_csv()
    assert text is not None
    assert text.splitlines()[1].startswith("'=cmd(),'@x,")
