"""Strategies for hostile texts: real fragments, every kind of character, noise, and changed seed articles."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

import casualty_extract
from casualty_extract.testing import parse_cases

TESTS = Path(__file__).parent.parent
SEEDS = tuple(path.read_text(encoding="utf-8") for path in sorted((TESTS.parent / "seeds").glob("*.txt")))
CASES = tuple(
    case.text for path in sorted((TESTS / "cases").glob("*.cases")) for case in parse_cases(path.read_text("utf-8"))
)
SENTENCES = tuple(s for seed in SEEDS for s in re.split(r"(?<=[.!?])\s+", seed) if s)
WORDS = tuple(sorted({word for text in (*SEEDS, *CASES) for word in text.split()}))
SPACES = (
    " ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "\r\r", "\x0b", "\x0c", "\x1c", "\x1f", "\x85", "\u00a0", "\u1680",
    "\u2003", "\u2009", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", "",
)  # fmt: skip
MARKS = (
    "\u200b", "\u200c", "\u200d", "\u2060", "\u00ad", "\ufeff", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c",
    "\u202e", "\u2066", "\u2067", "\u2069", "\u0301", "\u0345", "\ufe0f", "\U000e0041", "\x00", "\x1b", "\x7f",
    "\ud800", "\udfff", "İ", "ß", "ŉ", "ﬁ", "٣", "²", "½", "Ⅻ", "💥", "🇸🇾",
)  # fmt: skip
LEFT_OVERS = (
    "<p>", "</p>", "<br/>", "&amp;", "&nbsp;", "&#8217;", "&quot;", "<a href='x'>", "</a>", "<!-- ad -->", "<script>",
    "{{title}}", "[caption]", "http://example.org/12-dead", "@user", "#breaking", "Read more:", "|", "•", "***", "__",
)  # fmt: skip
OCR = {"l": "1", "O": "0", "0": "O", "m": "rn", "rn": "m", "e": "c", "S": "5", "fi": "ﬁ", "-": "\u00ad", "I": "l"}

fragments = st.one_of(
    st.sampled_from(CASES),
    st.sampled_from(SENTENCES),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join),
)
characters = st.text(st.characters(codec=None), max_size=30)  # surrogates too
odd = st.one_of(st.sampled_from(MARKS), st.sampled_from(LEFT_OVERS), characters)


@st.composite
def mosaics(draw: st.DrawFn) -> str:
    """Real fragments with any white space between them and odd characters at any place."""
    text = ""
    for fragment in draw(st.lists(fragments, min_size=1, max_size=6)):
        text += draw(st.sampled_from(SPACES)) + fragment
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(odd) + text[at:]
    return text


@st.composite
def scans(draw: st.DrawFn) -> str:
    """Fragments read badly: letters taken for others, words cut at line ends, all in capitals."""
    text = " ".join(draw(st.lists(fragments, min_size=1, max_size=4)))
    for wrong in draw(st.lists(st.sampled_from(sorted(OCR)), max_size=3)):
        text = text.replace(wrong, OCR[wrong], draw(st.integers(1, 5)))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(("-\n", "\n", " ", ""))) + text[at + draw(st.integers(0, 1)) :]
    return text.upper() if draw(st.booleans()) else text


@st.composite
def changed_seeds(draw: st.DrawFn) -> str:
    """A seed article with quotation marks swapped or dropped, sentences shuffled, left out or told twice."""
    sentences = re.split(r"(?<=[.!?])(\s+)", draw(st.sampled_from(SEEDS)))
    order = draw(st.permutations(range(0, len(sentences), 2)))
    kept = order[: draw(st.integers(1, 12))]
    text = draw(st.sampled_from((" ", "\n", "\n\n", "\r\n"))).join(sentences[i] for i in kept)
    marks = "\"'“”‘’«»„"
    for old in draw(st.lists(st.sampled_from(marks), max_size=3)):
        text = text.replace(old, draw(st.sampled_from(("", *marks))))
    return text


hostile = st.one_of(mosaics(), scans(), changed_seeds(), characters.map(lambda s: f"{s} 12 people were killed {s}"))


@cache
def extract(text: str) -> casualty_extract.Report:
    """The report of a text that many examples share."""
    return casualty_extract.extract(text)
