"""Why a claim is what it is, and why a number is none: every rule is described, every place of a text is answered."""

from __future__ import annotations

import tomllib
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

import casualty_extract
from casualty_extract import Report, Span, extract
from casualty_extract.model import Claim
from casualty_extract.review import REASONS
from casualty_extract.rules import load
from casualty_extract.testing import parse_cases
from casualty_extract.why import Answer
from casualty_extract.why.catalogue import catalogue

ROOT = Path(casualty_extract.__file__).parent
CASES = sorted((Path(__file__).parent / "cases").glob("*.cases"))
SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
LINES = tomllib.loads((ROOT / "why" / "en.toml").read_text(encoding="utf-8"))
TEXT = (
    "At least 40 people, including 7 children, have died since 2012, said the Harl Monitor. "
    "Karl Bren, 34, and a 54-year-old driver came through.\n\n"
    "The bus line has 54 buses. It cost $54. Police have a 54-year-old case. The rebels may have killed nine guards."
)


@cache
def texts() -> tuple[str, ...]:
    found = [case.text for path in CASES for case in parse_cases(path.read_bytes().decode("utf-8"))]
    return tuple(found) + tuple(path.read_bytes().decode("utf-8") for path in SEEDS)


def fired(claim: Claim) -> list[tuple[str, str]]:
    """Part and name of every rule behind a claim."""
    named = [(part, [rule] if isinstance(rule, str) else rule) for part, rule in claim.rules.items()]
    return [(part, name) for part, names in named for name in names]


# --- rules -----------------------------------------------------------------------------------------------------------


def test_every_rule_that_a_case_fires_is_described() -> None:
    names = {pair for text in texts() for claim in extract(text).claims for pair in fired(claim)}
    assert len(names) > 250
    assert sorted(pair for pair in names if catalogue().describe(*pair) is None) == []


def test_every_rule_of_a_parse_is_described(no_model: str | None) -> None:
    if no_model:
        pytest.skip(no_model)
    reports = (extract(text, pipeline="spacy") for text in texts()[-40:])
    names = {pair for report in reports for claim in report.claims for pair in fired(claim)}
    assert len(names) > 20
    assert sorted(pair for pair in names if catalogue().describe(*pair) is None) == []


@pytest.mark.parametrize(("kind", "part"), [("harms", "harm"), ("victims", "victims"), ("cues", "attribution")])
def test_every_rule_of_a_lexicon_is_described(kind: str, part: str) -> None:
    names = load().names[kind]
    assert names
    assert [name for name in names if catalogue().describe(part, name) is None] == []


def test_every_home_is_a_file_of_the_package() -> None:
    homes = [entry["home"] for section in LINES.values() for entry in section.values() if isinstance(entry, dict)]
    homes += [described.home for part, name in [("harm", "kill"), ("count", "digits_at_least")]
              if (described := catalogue().describe(part, name))]  # fmt: skip
    paths = {path.split(" ")[0] for home in homes for path in home.split(", ")}
    assert len(paths) > 15
    assert sorted(path for path in paths if not (ROOT / path).is_file()) == []


def test_every_binding_is_a_name_in_its_module() -> None:
    """A description whose rule is gone, or has moved, is stale."""
    stale = [
        name
        for section in ("binding", "status", "scope", "attribution")
        for name, entry in LINES[section].items()
        if f'"{name}"' not in (ROOT / entry["home"]).read_text(encoding="utf-8")
    ]
    assert [name for name in stale if name != "toll"] == []


def test_a_rule_that_does_not_exist_has_no_description() -> None:
    for part in ("count", "harm", "binding", "victims", "status", "scope", "attribution"):
        assert catalogue().describe(part, "no_such_rule") is None
        assert catalogue().describe(part, "no_such_of_rule") is None


# --- explain ---------------------------------------------------------------------------------------------------------


def test_each_part_has_its_rule_and_its_words() -> None:
    report = extract(TEXT)
    part = next(c for c in report.claims if c.count.value == 7)
    why = report.explain(part)
    assert why.claim == part
    said = {reason.part: reason for reason in why.reasons}
    assert list(said) == [
        "count", "harm", "binding", "victims", "attribution", "status", "scope", "part_of",
    ]  # fmt: skip
    assert (said["harm"].words, said["harm"].rule, said["harm"].says) == (part.harm_cue, "die", "killed")
    assert said["harm"].meaning == '"died": killed; said of its subject'
    assert said["harm"].home == "rules/en/harms.toml [die]"
    assert (said["binding"].rule, said["binding"].home) == ("included", "stages/parts/included.py")
    assert said["victims"].says == "civilian, child"
    assert said["attribution"].words == Span(*where("the Harl Monitor"))
    assert said["attribution"].rule == "say"
    assert said["scope"].words == Span(*where("since"))
    assert "At least 40 killed" in said["part_of"].says
    assert said["part_of"].words == Span(*where("At least 40 people, including 7 children, have died"))
    assert all(r.words is None or TEXT[r.words.start : r.words.end] == r.words.text for r in why.reasons)


def where(words: str) -> tuple[str, int, int]:
    start = TEXT.index(words)
    return words, start, start + len(words)


def test_a_claim_is_given_as_it_is_by_id_or_by_index() -> None:
    report = extract(TEXT)
    assert report.explain(0) == report.explain(report.claims[0]) == report.explain(report.claims[0].id)
    assert report.explain(-1).claim == report.claims[-1]
    other = extract("Nine people died.").claims[0]
    for wrong in ("0-1-none", 17, -9, other):
        with pytest.raises(ValueError, match="no claim"):
            report.explain(wrong)
    for kind in (True, None, 1.0):
        with pytest.raises(TypeError, match="claim must be"):
            report.explain(kind)  # type: ignore[arg-type]


def test_each_link_of_a_chain_and_who_disputes_it() -> None:
    told = extract("Nine people died in the fire, a doctor told AFP.")
    first, second = told.explain(0)["attribution"]
    assert first.words is not None
    assert first.words.text == "AFP"
    assert "passes it on, by name Agence France-Presse" in first.says
    assert second.says.startswith("the claimant")
    assert {first.rule, second.rule} == {"tell"}
    denied = extract("Rebels said 12 people were killed; the army denied it.").explain(0)
    (disputer,) = denied["disputed_by"]
    assert "denies or disputes" in disputer.says
    assert [(r.says, r.rule) for r in denied["status"]] == [("denied", "cue_deny")]
    own = extract("Nine people died.").explain(0)["attribution"]
    assert "own voice" in own[0].says


def test_a_name_and_a_word_of_citing_are_traced() -> None:
    report = extract("The Harl Monitor said nine people died, citing a doctor. Ten were hurt, the SOHR said.")
    rules = {r.words.text: r.rule for r in report.explain(0)["attribution"] if r.words}
    assert rules == {"The Harl Monitor": "say", "a doctor": "cite"}
    known = report.explain(-1)["attribution"][-1]
    assert "a known body, in rules/en/bodies.toml [" in known.says


def test_doubts_and_settings_are_told() -> None:
    why = extract("Dozens of people were killed.").explain(0)
    assert why["doubt"][0].says.startswith("vague_number: ")
    assert why["count"][0].says == "24 or more (vague)"


def test_rules_of_ones_own_words_are_named_as_such() -> None:
    own = {"harms": {"my_harm": {"harm": "killed", "victim": "object", "forms": ["zapped"]}}}
    (harm,) = extract("Six men were zapped.", lexicon=own).explain(0)["harm"]
    assert (harm.rule, harm.meaning, harm.home) == ("my_harm", "a rule of your own words", "own lexicon")


@pytest.mark.parametrize("text", [*texts()[::7], TEXT])
def test_any_claim_can_be_explained(text: str) -> None:
    report = extract(text)
    for claim in report.claims:
        why = report.explain(claim)
        lines = str(why).splitlines()
        assert max(map(len, lines)) <= 100
        assert all(r.words is None or text[r.words.start : r.words.end] == r.words.text for r in why.reasons)
        assert all(part in {r.part for r in why.reasons} for part in ("count", "harm", "victims", "status", "scope"))
        assert "this version does not have" not in str(why)
    again = Report.from_json(report.to_json())
    assert [again.explain(i) for i in range(len(again))] == [report.explain(i) for i in range(len(report))]


# --- why not ---------------------------------------------------------------------------------------------------------


def kinds(report: Report, words: str) -> list[tuple[str, str | None]]:
    return [(answer.kind, answer.reason) for answer in report.why_not(words).answers]


def test_every_place_of_a_figure_is_answered() -> None:
    report = extract(TEXT)
    answers = report.why_not("54").answers
    assert [(a.kind, a.reason) for a in answers] == [
        ("unread", "age"), ("unread", "score"), ("unread", "money"), ("unread", "age"),
    ]  # fmt: skip
    assert answers[0].says.startswith("an age: 54-year-old; and no harm word stands in its sentence")
    assert answers[1].says.startswith("a score, or a count of votes, buildings or other things: 54 buses")
    assert "a sum of money: $54" in str(report.why_not("54"))


NAMED = [
    ("A man aged 34 was killed in the crash.", "34", "an age: aged 34"),
    ("The 34-year-old driver was killed.", "34", "an age: 34-year-old"),
    ("Karl Bren, 34, was killed in the crash.", "34", "an age: Karl Bren, 34"),
    ("Karl Bren (34) was killed in the crash.", "34", "an age: Karl Bren (34)"),
    ("Nine people were killed on 12 March 2019.", "12", "a date or a year: on 12 March 2019"),
    ("Nine people have been killed since 1998.", "1998", "a date or a year: since 1998"),
    ("Nine people were killed at 10 pm.", "10", "a time of day, or a length of time: 10 pm"),
    ("Nine people were killed at 10:30.", "10:30", "a time of day, or a length of time: 10:30"),
    ("The fire killed nine people and cost $40,000.", "40,000", "a sum of money: $40,000"),
    ("The fire killed nine people and cost 20 dollars.", "20", "a sum of money: 20 dollars"),
    ("Deaths rose by 12 percent.", "12", "a share in percent: 12 percent"),
    ("Nine people were killed 40 km from Varn.", "40", "or a number within a compound word: 40 km"),
    ("Flight 417 crashed, killing nine people.", "417", "a number in a name, or one that numbers a thing: Flight 417"),
    ("Nine people were killed in the 3rd attack.", "3rd", "an ordinal: it tells which one, not how many: 3rd"),
    ("The 30,000-strong army killed nine people.", "30,000", "the strength of a force, not those harmed: 30,000"),
    ("The fire killed nine people and 40 horses.", "40", "it counts no people: 40 horses"),
    ("Nine people were killed and 12 survivors were found.", "12", "it counts people who came through: 12 survivors"),
    ("Some 400 people marched after nine people were killed.", "400", "said of those whom it counts: Some 400 people"),
    ("The march drew 12,000 people.", "12,000", "no harm word stands in its sentence: 12,000 people"),
]


@pytest.mark.parametrize(("text", "number", "said"), NAMED)
def test_a_number_that_is_no_claim_is_named(text: str, number: str, said: str) -> None:
    (answer,) = extract(text).why_not(number).answers
    assert said in answer.says
    assert answer.kind in ("refused", "unread")


def test_a_number_that_is_in_a_claim_says_so() -> None:
    report = extract(TEXT)
    (answer,) = report.why_not("40").answers
    assert (answer.kind, answer.claim) == ("claimed", report.claims[0])
    assert report.claims[0].id in answer.says
    both = extract("Four aid workers were abducted and executed.")
    assert {a.claim for a in both.why_not("Four").answers} == set(both.claims)


def test_words_that_are_no_number() -> None:
    report = extract(TEXT)
    (answer,) = report.why_not("Harl Monitor").answers
    assert (answer.kind, answer.words.text) == ("no_number", "Harl Monitor")
    assert "the source of 0-11-killed" in answer.says
    assert kinds(report, "buses") == [("no_number", None)]
    assert "harm word" in report.why_not("died").answers[0].says


def test_a_place_is_an_offset_or_a_stretch() -> None:
    report = extract(TEXT)
    _, start, end = where("34")
    by_words = report.why_not("34")
    assert report.why_not(start) == report.why_not(start + 1) == by_words
    assert report.why_not((start, end)) == report.why_not(Span("34", start, end)) == by_words
    (inside,) = report.why_not(where("buses")[1] + 2).answers
    assert inside.words.text == "buses"


def test_without_a_place_every_number_is_answered_that_is_in_no_claim() -> None:
    report = extract(TEXT)
    found = [answer.words.text for answer in report.why_not().answers]
    assert found == ["2012", "34", "54-year-old", "54", "54", "54-year-old"]
    assert {r.start for r in report.rejections} <= {a.words.start for a in report.why_not().answers}
    assert str(extract("Nine people died.").why_not()) == "every number of the text is in a claim"


@pytest.mark.parametrize("wrong", ["99", "", "  ", 10_000, -1, (5, 5), (3, 1), (0, 10_000), (-1, 3)])
def test_what_the_text_does_not_hold_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"text|where"):
        extract(TEXT).why_not(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [True, 1.5, ("a", "b"), (1,), [1, 2], b"54"])
def test_what_is_no_place_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError, match="where must be"):
        extract(TEXT).why_not(wrong)  # type: ignore[arg-type]


def test_a_figure_within_another_is_not_taken_for_it() -> None:
    report = extract("The fire killed 12 people and burnt 12,500 houses and 3.12 hectares.")
    assert [a.kind for a in report.why_not("12").answers] == ["claimed"]
    assert len(report.why_not("12,500").answers) == 1


def test_figures_of_the_dateline_and_within_words() -> None:
    dated = extract("VARN, 12 March (HNA) - Nine people died.").why_not("12").answers
    assert [(a.kind, a.reason) for a in dated] == [("unread", "date")]
    (answer,) = extract("Nine people died in ①②.").why_not("①②").answers
    assert (answer.kind, answer.says[:34]) == ("unread", "a figure that is read as no number")


def test_ones_own_words_are_heard() -> None:
    own = {"harms": {"my_harm": {"harm": "killed", "victim": "object", "forms": ["zapped"]}}}
    report = extract("Six men were zapped; 40 watched.", lexicon=own)
    assert [a.kind for a in report.why_not("40", lexicon=own).answers] == ["refused"]


@pytest.mark.parametrize("text", ["", "Nobody came.", *texts()[::5]])
def test_any_offset_is_answered(text: str) -> None:
    report = extract(text)
    for offset in range(0, len(text), 9):
        answers = report.why_not(offset).answers
        assert answers
        assert all(isinstance(a, Answer) and text[a.words.start : a.words.end] == a.words.text for a in answers)
    assert all(a.kind in ("refused", "unread") for a in report.why_not().answers)


def test_every_reason_and_every_doubt_has_a_line() -> None:
    record = (Path(__file__).parent.parent / "docs" / "record.md").read_text(encoding="utf-8")
    for lines, heading in ((LINES["reason"], "## Rejections"), (REASONS, "## Doubts")):
        table = record.partition(heading)[2].partition("\n## ")[0]
        codes = {
            code
            for row in table.splitlines()
            if row.startswith("| `") and row[3:9] != "reason"
            for code in row.split("|")[1].split("`")[1::2]
        }
        assert codes
        assert codes - set(lines) == set()


# --- as HTML ---------------------------------------------------------------------------------------------------------


class Tags(HTMLParser):
    """The tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_html_is_escaped_and_says_the_same() -> None:
    text = 'Nine guards were killed <script>alert("x")</script>, the <i>Harl</i> police said; 54 <b>buses</b> came.'
    report = extract(text)
    pages = [report.explain(0)._repr_html_(), report.why_not("54")._repr_html_()]
    for page in pages:
        assert set(Tags(page).tags) <= {"table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert "passive_subject" in Tags(pages[0]).words
    script = report.why_not('<script>alert("x")</script>')._repr_html_()
    assert "script" not in Tags(script).tags
    assert '<script>alert("x")</script>' in Tags(script).words
    assert "54" in Tags(pages[1]).words
