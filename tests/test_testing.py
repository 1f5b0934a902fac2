"""The case notation and the pytest plugin, on reports built by hand."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from reports import claim, full_report, source

import casualty_extract
from casualty_extract import pytest_plugin, testing
from casualty_extract.model import Claim, Count, Relation, Victims
from casualty_extract.notation import parse_expected
from casualty_extract.report import Report
from casualty_extract.testing import (
    assert_claims,
    describe_difference,
    parse_case,
    parse_cases,
    report_to_case,
)

pytest_plugins = ["pytester"]

TEXT = "12 killed and 30 wounded of 48, the police told AFP; a monitor and a medic agree"


def report(*claims: Claim) -> Report:
    return Report(TEXT, claims)


def twelve(**more: object) -> Claim:
    return claim(TEXT, "12", category="civilian", **more)  # type: ignore[arg-type]


def right(expected: str, *claims: Claim) -> bool:
    return describe_difference(report(*claims), parse_expected(expected)[0]) is None


COUNTS = [
    ("12", 12, 12, 12, "exact"),
    ("12+", 12, 12, None, "at_least"),
    ("12++", 12, 13, None, "more_than"),
    ("12-", 12, None, 12, "at_most"),
    ("12--", 12, None, 11, "less_than"),
    ("12~", 12, 12, 12, "about"),
    ("40~..49", 40, 40, 49, "about"),
    ("10..17", None, 10, 17, "range"),
    ("24?", None, 24, None, "vague"),
    ("24?..60", None, 24, 60, "vague"),
    ("0", 0, 0, 0, "none"),
]


@pytest.mark.parametrize(("word", "value", "low", "high", "modifier"), COUNTS)
def test_counts_read_and_write(word: str, value: int | None, low: int | None, high: int | None, modifier: str) -> None:
    found = replace(twelve(), count=Count("12", 0, 2, value, low, high, modifier))
    (want,) = parse_case(f"{word} killed | x").claims
    assert (want.value, want.low, want.high, want.modifier, want.implicit) == (value, low, high, modifier, False)
    assert report_to_case(report(found)).startswith(f"{word} killed civilian @- | ")
    assert right(f"{word} killed", found)
    assert [other for other, *_ in COUNTS if right(f"{other} killed", found)] == [word]


def test_zero_is_none_or_exact() -> None:
    assert right("0 killed", claim(TEXT, "12", count=(0, 0, 0, "exact")))
    assert not right("0 killed", claim(TEXT, "12", count=(0, 0, 0, "at_least")))


def test_a_count_that_no_notation_gives_is_written_by_its_bounds() -> None:
    odd = [(40, 35, 45, "about"), (40, 40, 40, "at_most"), (40, None, 50, "about"), (None, None, None, "vague")]
    words = [report_to_case(report(claim(TEXT, "12", count=count))).split()[0] for count in odd]
    assert words == ["35..45", "40", "40-", "0+"]


@pytest.mark.parametrize(
    ("expected", "fits"),
    [
        ("12 killed", True),
        ("12 killed civilian", True),
        ("12 killed military", False),
        ("12 wounded", False),
        ("13 killed", False),
        ("12 killed !asserted", True),
        ("12 killed !denied", False),
        ("12 killed #event", True),
        ("12 killed #rate", False),
        ("12 killed @-", True),
        ("12 killed @police", False),
        ("12 killed ~@-", True),
        ("12 killed ~@police", False),
        ("12 killed <-", True),
        ("12 killed <48", False),
        ("1i killed", False),
        ("12i killed", False),
        ("12 killed; 30 wounded", False),
        ("-", False),
    ],
)
def test_each_part_is_compared(expected: str, fits: bool) -> None:
    assert right(expected, twelve()) is fits


def test_status_must_be_asserted_where_left_out() -> None:
    assert not right("12 killed", twelve(status="hedged"))
    assert right("12 killed !hedged", twelve(status="hedged"))


@pytest.mark.parametrize(
    ("expected", "fits"),
    [
        ("@AFP > the police", True),
        ("@afp > Police", True),
        ("@AFP > City Police", True),
        ("@police", False),
        ("@the police > AFP", False),
        ("@AFP & police", False),
        ("@-", False),
    ],
)
def test_chains(expected: str, fits: bool) -> None:
    chain = (source(TEXT, "AFP"), source(TEXT, "the police", name="City Police"))
    assert right(f"12 killed {expected}", twelve(attribution=chain)) is fits
    assert right(f"12 killed ~{expected}", twelve(disputed_by=chain)) is fits


def test_joint_sources() -> None:
    pair = (source(TEXT, "a monitor", joint=True), source(TEXT, "a medic", joint=True))
    chain = (source(TEXT, "AFP"), *pair)
    assert right("12 killed @monitor & medic", twelve(attribution=pair))
    assert not right("12 killed @monitor > medic", twelve(attribution=pair))
    assert not right("12 killed @medic & monitor", twelve(attribution=pair))
    assert right("12 killed @AFP > a monitor & a medic", twelve(attribution=chain))
    assert "@AFP > a monitor & a medic |" in report_to_case(report(twelve(attribution=chain)))


@pytest.mark.parametrize(("count", "fits"), [((48, 49, None, "more_than"), True), ((None, 48, None, "vague"), True),
                                             ((47, 47, 47, "exact"), False)])  # fmt: skip
def test_parts(count: tuple[int | None, int | None, int | None, str], fits: bool) -> None:
    whole = claim(TEXT, "48", count=count)
    part = twelve(relations=(Relation("part_of", whole.id),))
    expected = report_to_case(report(whole)).split()[0]
    assert right(f"12 killed <48; {expected} killed", part, whole) is fits
    assert not right(f"12 killed <-; {expected} killed", part, whole)
    assert right(f"12 killed; {expected} killed", part, whole)


def test_order_is_that_of_the_text() -> None:
    wounded = claim(TEXT, "30", "wounded")
    assert right("12 killed; 30 wounded", wounded, twelve())
    assert not right("30 wounded; 12 killed", wounded, twelve())
    both = claim(TEXT, "12", "abducted")
    assert right("12 killed; 12 abducted", both, twelve())
    assert right("12 abducted; 12 killed", both, twelve())


def test_implicit_claims_count_only_where_one_is_listed() -> None:
    one = claim(TEXT, "a medic", count=(1, 1, 1, "exact"), implicit=True)
    assert right("12 killed", twelve(), one)
    assert right("12 killed; 1i killed", twelve(), one)
    assert not right("12 killed; 1i killed", twelve())
    assert not right("12 killed; 1 killed", twelve(), one)
    assert right("-", one)
    assert report_to_case(report(one)).startswith("1i killed unspecified @- |")


def test_a_failure_shows_both_sides() -> None:
    shown = describe_difference(
        report(twelve(), claim(TEXT, "30", "wounded")), parse_expected("12+ killed @police; 2 missing")[0]
    )
    assert shown == (
        "casualty claims differ (rules)\n"
        f"  text:       {TEXT}\n"
        "  expected:   12+ killed @police; 2 missing\n"
        "  found:      12 killed civilian @-; 30 wounded unspecified @-\n"
        "  differs:    12+ killed @police  <>  12 killed civilian @-  (count, source)\n"
        "  missing:    2 missing\n"
        "  unexpected: 30 wounded unspecified @-"
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("12 killed", "line 7: no ' | '"),
        ("12 killed | ", "line 7: no text"),
        (" | text", "line 7: nothing is expected"),
        ("rules! | text", "line 7: nothing is expected"),
        ("12 | text", "line 7: '12': a claim starts with COUNT HARM"),
        ("12 killed; | text", "line 7: '': a claim starts with COUNT HARM"),
        ("12 dead | text", "line 7: 'dead' is no harm"),
        ("12 killed people | text", "line 7: 'people' is no category"),
        ("12 killed civilian x | text", "line 7: '12 killed civilian x': 'x' is not understood"),
        ("12 killed !sure | text", "line 7: 'sure' is no status"),
        ("12 killed #war | text", "line 7: 'war' is no scope"),
        ("12 killed @ | text", "line 7: '12 killed @': nothing behind '@'"),
        ("12 killed @a > | text", "line 7: @a >: a source without a name"),
        ("12 killed @a @b | text", "line 7: '12 killed @a @b': chain is given twice"),
        ("12 killed <x | text", "line 7: '12 killed <x': <x must be the figure"),
        ("1,200 killed | text", "line 7: '1,200' is no count"),
        ("12+++ killed | text", "line 7: '12+++' is no count"),
        ("12+..14 killed | text", "line 7: '12+..14' is no count"),
        ("17..10 killed | text", "line 7: '17..10': 10 is less than 17"),
    ],
)
def test_a_wrong_line_is_refused(line: str, why: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(why)):
        parse_case(line, 7)


def test_a_file_of_cases() -> None:
    cases = parse_cases("\ufeff# comment\r\n\r\n12 killed  rules! spacy! | a | b\r\n-   | x\n")
    assert [(case.line, case.text, case.known_misses) for case in cases] == [
        (3, "a | b", ("rules", "spacy")),
        (4, "x", ()),
    ]
    assert cases[1].claims == ()
    with pytest.raises(ValueError, match="no case in the file"):
        parse_cases("# only a comment\n\n")
    with pytest.raises(ValueError, match=r"^line 2: "):
        parse_cases("- | x\nnonsense\n")


TEXTS = ["", " a\n\nb \t", "\\n \\", "a | b", "\x00\ud800\u2028\x85\x1c", "\ud83d\ude00", "\r\n", "# x", "\ufeff"]
NAMES = ["A & B", "x; y | z", "@home > #1", "&", "-", "the", "The A", "a\nb", "Yahoo!", "rules!", ""]


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_survives_a_case(text: str) -> None:
    line = report_to_case(Report(text))
    assert parse_case(line).text == text
    assert len(line.splitlines()) == 1
    line.encode()
    assert parse_cases(line)[0].claims == ()


@pytest.mark.parametrize("name", NAMES)
def test_any_name_survives_a_case(name: str) -> None:
    found = report(twelve(attribution=(replace(source(TEXT, "AFP"), name=name),)))
    case = parse_case(report_to_case(found))
    assert not case.known_misses
    assert describe_difference(found, case.claims) is None


def test_a_report_written_as_a_case_fits_itself() -> None:
    line = report_to_case(full_report())
    assert line.startswith(
        "48+ killed mixed !denied @Al-Watan newspaper > a military source ~@The army; "
        "17 killed civilian #cumulative @police & the governor <48 | At least 48"
    )
    assert describe_difference(full_report(), parse_case(line).claims) is None
    assert full_report().to_case() == line


@pytest.fixture
def fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    """``extract`` finds 12 killed civilians in every text."""

    def extract(_: str, *, pipeline: str = "rules") -> Report:
        return replace(report(twelve()), pipeline=pipeline)

    monkeypatch.setattr(casualty_extract, "extract", extract, raising=False)


@pytest.mark.usefixtures("fixed")
def test_assert_claims() -> None:
    assert_claims(TEXT, "12 killed civilian")
    with pytest.raises(AssertionError, match=r"differ \(rules\)[\s\S]*differs: +13 killed +<> +12 killed"):
        assert_claims(TEXT, "13 killed")
    with pytest.raises(AssertionError, match=r"differ \(spacy\)"):
        assert_claims(TEXT, "13 killed rules!", pipeline="spacy")
    assert_claims(TEXT, "13 killed rules!")
    with pytest.raises(AssertionError, match="right now; take the mark rules! away"):
        assert_claims(TEXT, "12 killed rules!")
    with pytest.raises(ValueError, match="'dead' is no harm"):
        assert_claims(TEXT, "12 dead")


Run = Callable[..., pytest.RunResult]


@pytest.fixture
def run(pytester: pytest.Pytester, request: pytest.FixtureRequest, fixed: None) -> Run:
    """pytest in a folder of its own, with the plugin."""
    assert fixed is None
    installed = request.config.pluginmanager.is_registered(testing)
    options = [] if installed else ["-p", "casualty_extract.testing"]
    return lambda *arguments: pytester.runpytest_inprocess(*options, *arguments)


def test_plugin_runs_cases(pytester: pytest.Pytester, run: Run) -> None:
    cases = "12 killed | a\n# no\n13 killed | b\n13 killed rules! | c\n12 killed rules! | d\n12 killed spacy! | e\n"
    pytester.makefile(".cases", a=cases)
    result = run("-v")
    result.assert_outcomes(passed=2, failed=2, xfailed=1)
    lines = ["*a.cases::rules:1 PASSED*", "*a.cases:3", "*differs: *13 killed*", "*take the mark rules!*"]
    result.stdout.fnmatch_lines(lines)
    result.stdout.no_fnmatch_line("*describe_difference*")


def test_plugin_runs_both_pipelines(pytester: pytest.Pytester, run: Run) -> None:
    pytester.makefile(".cases", a="12 killed | a\n13 killed spacy! | b\n")
    pytester.makeini("[pytest]\ncasualty_pipelines = rules spacy\naddopts = --strict-config\n")
    run().assert_outcomes(passed=2, failed=1, xfailed=1)


def test_plugin_refuses_bad_files_and_options(pytester: pytest.Pytester, run: Run) -> None:
    pytester.makefile(".cases", empty="# nothing\n", wrong="12 dead | x\n", good="- | x\n")
    result = run()
    result.assert_outcomes(errors=2)
    result.stdout.fnmatch_lines(["*empty.cases: no case in the file*", "*wrong.cases: line 1: 'dead' is no harm*"])
    assert result.ret != 0
    run("good.cases", "-o", "casualty_pipelines=magic").stdout.fnmatch_lines(["*must be of rules, spacy; not*"])


def test_plugin_keeps_to_the_paths_given(pytester: pytest.Pytester, run: Run) -> None:
    pytester.makefile(".cases", **{"in/a": "12 killed | a\n", "out/b": "13 killed | b\n"})
    run("in").assert_outcomes(passed=1)


def test_fixture_is_extract(pytester: pytest.Pytester, run: Run) -> None:
    pytester.makepyfile("def test_it(casualty_report):\n    assert casualty_report('x').claims[0].count.value == 12\n")
    run().assert_outcomes(passed=1)


def test_the_notation_needs_no_pytest() -> None:
    code = "import sys; sys.modules['pytest'] = None; import casualty_extract.testing"
    path = str(pytest_plugin.__file__).rsplit("/", 2)[0]
    subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": path}, check=True, timeout=60)


def test_victims_default_is_unspecified() -> None:
    assert right("12 killed unspecified", replace(twelve(), victims=Victims()))
