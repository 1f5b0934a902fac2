"""Reports of the pipeline on odd texts: they come back equal, every span holds, and nothing but a str is taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from soundness import check

import casualty_extract
from casualty_extract.testing import parse_cases

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
CASES = sorted((Path(__file__).parent / "cases").glob("*.cases"))
PLAIN = "At least 12 civilians were killed, police told AFP."
ODD = {
    "empty": "",
    "blank": " \n\t ",
    "emoji": "💥 At least 12 civilians 👨‍👩‍👧 were killed 😢, police told AFP 🇸🇾.",
    "emoji around": "💥 At least 12 civilians were killed 😢, police told AFP 🇸🇾.",
    "combining marks": "At least 12 civi\u0301lians were kille\u0301d, poli\u0308ce told AFP.",
    "crlf": "Blast kills 12\r\n\r\nAt least 12 people were killed,\r\npolice said.\r\nThirty were hurt.\r\n",
    "bare cr": "Blast kills 12\r\rAt least 12 people were killed, police said.\r",
    "soft hyphens": "At least 12 civi\u00adlians were kil\u00adled, po\u00adlice said.",
    "soft hyphen in the number": "At least fif\u00adty peo\u00adple were killed, police said.",
    "zero width": "At least 12\u200b civilians were\u200d killed, police said.",
    "NUL": "At least 12\x00 civilians were killed\x00, police said.\x00",
    "Turkish İ": "İstanbul'da: 12 people were killed in İzmir, the İHD said; İ İ İ 30 WERE WOUNDED.",
    "sharp s": "STRAẞE: 12 people were killed in Großdorf, the ﬁre brigade said.",
    "RTL": "قُتل 12 people were killed in \u202bحلب\u202c, the \u2067مرصد\u2069 said.",
    "Arabic digits": "At least ١٢ people were killed and १२ wounded, police said.",
    "lone surrogate": "At least 12 people\ud800 were killed, \udfffpolice said.",
    "astral letters": "𝐀𝐭 𝐥𝐞𝐚𝐬𝐭 12 people were killed, 𝐩𝐨𝐥𝐢𝐜𝐞 said.",
    "full width": "At least １２ people were killed, police said。",
    "long digits": f"{'9' * 5000} people were killed and 1{',000' * 2000} wounded, police said.",
    "long decimals": f"1.{'3' * 5000} million people were killed, police said.",
    "many scales": f"one {'million ' * 300}people were killed.",
    "superscripts": "12² people were killed¹, police said³; ½ of the 60 dead were children; Ⅻ wounded.",
    "unbalanced quotes": '"Twelve people died, police said. "Thirty were “wounded, he added.\' He said: «nine died.',
    "only quotes": "\"\"\"“”«»'''",
    "open brackets": "Twelve people ((( were killed [police said {.",
    "one long word": "killed" * 5000,
    "many numbers": "12 killed, " * 300,
    "no spaces": "Atleast12peoplewerekilled,policesaid.12killed",
    "only marks": "!?.,;:-–—…" * 50,
    "line separators": "Twelve people were killed\u2028police said.\u2029Nine were hurt.\x85Two died.",
    "non-breaking": "At\u00a0least\u00a012\u00a0people were killed,\u202f police said.",
    "BOM": "\ufeffTwelve people were killed, police said.",
    "markup": "<p>Twelve people were <b>killed</b>, police&nbsp;said.</p>",
    "zero": "0 people were killed, 00 wounded, 0.5 million displaced, -3 missing.",
}
TEXTS = {
    **{f"odd: {name}": text for name, text in ODD.items()},
    **{f"seed: {path.stem}": path.read_text(encoding="utf-8") for path in SEEDS},
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_gives_a_sound_report_that_comes_back_equal(name: str) -> None:
    check(TEXTS[name])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_case_gives_a_sound_report(path: Path) -> None:
    for case in parse_cases(path.read_bytes().decode("utf-8")):
        check(case.text)


@pytest.mark.parametrize(
    "name",
    ["emoji around", "crlf", "soft hyphens", "soft hyphen in the number", "zero width", "BOM", "non-breaking"],
)
def test_odd_characters_hide_no_claim(name: str) -> None:
    report = casualty_extract.extract(ODD[name])
    assert any(claim.harm == "killed" and claim.count.low in (12, 50) for claim in report.claims)


@pytest.mark.parametrize("text", ["", " ", "\n", "The march drew 12,000 people.", "Spring came early to Harl."])
def test_a_text_without_harm_gives_an_empty_report(text: str) -> None:
    report = casualty_extract.extract(text)
    assert (report.text, report.claims, report.tolls, report.rejections) == (text, (), {}, ())


@pytest.mark.parametrize("wrong", [None, 12, b"Twelve died.", ["Twelve died."], bytearray(b""), Path("x"), object()])
def test_anything_but_text_is_refused_by_its_type(wrong: object) -> None:
    with pytest.raises(TypeError, match=rf"\b{type(wrong).__name__}\b"):
        casualty_extract.extract(wrong)  # type: ignore[arg-type]


def test_a_subclass_of_str_is_text() -> None:
    class Text(str):
        __slots__ = ()

    assert casualty_extract.extract(Text(PLAIN)).claims == casualty_extract.extract(PLAIN).claims


def test_an_unknown_pipeline_is_refused() -> None:
    with pytest.raises(ValueError, match=r"magic"):
        casualty_extract.extract(PLAIN, pipeline="magic")


def test_meta_is_kept_and_not_shared() -> None:
    meta = {"id": "a", "date": "2024-05-04"}
    report = casualty_extract.extract(PLAIN, meta=meta)
    assert report.meta == meta
    assert meta == {"id": "a", "date": "2024-05-04"}
    assert report.meta is not meta


def test_the_dateline_stands_in_meta() -> None:
    assert casualty_extract.extract("TARN (Reuters) - Nine people died.").meta["dateline"]
    assert "dateline" not in casualty_extract.extract(PLAIN).meta


def test_extract_all_is_lazy_and_in_order() -> None:
    texts = (text for text in [PLAIN, "", PLAIN])
    reports = casualty_extract.extract_all(texts)
    assert next(reports).text == PLAIN
    assert [report.text for report in reports] == ["", PLAIN]


def test_a_space_before_the_text_moves_every_span() -> None:
    plain, moved = casualty_extract.extract(PLAIN), casualty_extract.extract("   " + PLAIN)
    assert [c.count.start + 3 for c in plain.claims] == [c.count.start for c in moved.claims]
    assert [(c.count.value, c.harm) for c in plain.claims] == [(c.count.value, c.harm) for c in moved.claims]


PIECES = st.sampled_from(
    [
        *("12", "at least", "forty", "dozens of", "half a", "million", "no", "a", "1,2,3", "12.5", "30-40"),
        *("soldiers", "people", "of them", "killed", "wounded", "dead", "were", "and", "or"),
        *("toll", "rose", "more", "than", "to", "from"),
        *(",", ".", ";", ":", "\n", "\n\n", "\r\n", '"', "“", "”", "'", "(", ")", "$", "%", "-", "between", "which"),
        *("said", "according to", "citing", "the army", "AFP", "he", "she", "the rest", "including", "denied"),
        *("the watchdog", "police told AFP", "İ", "\u00ad", "\u0301", "\x00", "💥", "\ud800"),
    ]
)
QUIET = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUIET
@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_words_in_any_order_give_a_sound_report(text: str) -> None:
    check(text)


@QUIET
@given(st.lists(PIECES, max_size=25).map("".join))
def test_words_without_spaces_give_a_sound_report(text: str) -> None:
    check(text)


@QUIET
@given(st.text(st.characters(codec=None), max_size=80).map(lambda noise: f"{noise} 12 people were killed {noise}"))
def test_any_characters_give_a_sound_report(text: str) -> None:
    check(text)
