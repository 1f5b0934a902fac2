"""No pattern backtracks without bound, and time and memory grow with the text. The full sizes: ``make worst``."""

from __future__ import annotations

import importlib
import inspect
import math
import os
import pkgutil
import re
import time
import tracemalloc
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import regex

import casualty_extract
from casualty_extract.analysis.tokens import GLUED
from casualty_extract.rules.engines import fold, rough_search
from casualty_extract.rules.gate import _compile

FULL = bool(os.environ.get("CASUALTY_EXTRACT_FULL"))
SKIPPED = ("integrations", "pytest_plugin", "__main__")  # they need what may not be installed
# what makes patterns backtrack: runs, alternations of two, near misses at the end
PUMPS = (
    " ", "\n", "\t", "a", "A", "1", ",", ".", "-", "'", "’", '"', "(", "[", "{", "=", "#", ":", "_", "\\", "<", "&",
    "a ", "A ", "1,", "1.", "1-", "a-", "A.", "a.", "ab'", "One", "aaOne-", " -", ". ", ", ", "A,", "\u0301", "\u00ad",
    "\u200b", "1,000", "1 000", "Ab ", "AB (", "[a]", "[[", '"a"', "a=", "a.b", "\"\"", "''", "é", "٣", "\x1c", "\r\n",
)  # fmt: skip
ENDS = ("", "!", "\ud800", " x", "-") if FULL else ("", "!", " x")
SIZES = (2_000, 4_000, 8_000) if FULL else (400, 800, 1_600)
METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "split")
SLOWEST = 0.25  # seconds for the longest: one linear pass takes a thousandth of it
STEEPEST = 1.5  # exponent of the growth of patterns that take measurable time at all


def modules() -> Iterator[Any]:
    for module in pkgutil.walk_packages(casualty_extract.__path__, "casualty_extract."):
        if not any(part in module.name for part in SKIPPED):
            yield importlib.import_module(module.name)


def patterns() -> dict[str, tuple[Any, tuple[str, ...]]]:
    """Every compiled pattern of the package with the methods that it is used by: those of modules and classes, and
    those made when a pipeline loads."""
    found: dict[str, tuple[Any, tuple[str, ...]]] = {}
    for module in modules():
        holders = [
            module,
            *(v for v in vars(module).values() if isinstance(v, type) and v.__module__ == module.__name__),
        ]
        for holder in holders:
            for name, value in vars(holder).items():
                if isinstance(value, re.Pattern | regex.Pattern):
                    used = tuple(m for m in METHODS if f"{name}.{m}(" in inspect.getsource(module))
                    found[f"{module.__name__.removeprefix('casualty_extract.')}.{name}"] = value, used or METHODS[:3]
    forms = casualty_extract.load_pipeline().rules.harm_forms
    for engine, fast in (("trie", False), ("re2", True)):
        found[f"gate.{engine}"] = Search(rough_search(forms, [word.lower() for word in GLUED], fast)), ("search",)
    for first in sorted({form[0][0] for form in forms}):
        found[f"gate.{first}"] = _compile([form for form in forms if form[0][0] == first]), ("match",)
    return found


class Search:
    """An engine of the gate as a pattern."""

    def __init__(self, find: Callable[[bytes, int], Any]) -> None:
        self.find = find

    def search(self, text: str) -> None:
        folded, start = fold(text), 0
        while found := self.find(folded, start):
            start = found.start() + 1


PATTERNS = patterns()


def test_the_patterns_are_found() -> None:
    assert len(PATTERNS) >= 12
    assert any(name.endswith("_TOKEN") for name in PATTERNS)


def spent(use: Callable[[], object]) -> float:
    start = time.process_time()
    use()
    return time.process_time() - start


def uses(pattern: Any, methods: tuple[str, ...], text: str) -> None:
    for method in methods:
        if method == "sub":
            pattern.sub("", text)
        elif method == "finditer":
            deque(pattern.finditer(text), maxlen=0)
        else:
            getattr(pattern, method)(text)


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_backtracks_without_bound(name: str) -> None:
    pattern, methods = PATTERNS[name]
    for pump in PUMPS:
        for end in ENDS:
            texts = [f"AB{pump * (size // len(pump))}{end}" for size in SIZES]
            slowest = spent(lambda text=texts[-1]: uses(pattern, methods, text))  # type: ignore[misc]
            if slowest > SLOWEST / 5:
                times = [min(spent(lambda text=text: uses(pattern, methods, text)) for _ in range(3)) for text in texts]  # type: ignore[misc]
                growth = math.log2(times[-1] / max(times[0], 1e-6)) / 2
                assert times[-1] < SLOWEST, f"{pump!r} … {end!r}: {times}"
                assert growth < STEEPEST or times[-1] < SLOWEST / 5, f"{pump!r} … {end!r}: exponent {growth:.2f}"


# a piece told again and again: what a text must not be able to make slow
PIECES = {
    "claims": "12 people were killed. ",
    "rivals": "Police said 12 people were killed. The army said 13 people were killed. ",
    "revisions": "The toll rose to 12. 12 were killed, police said. ",
    "pronouns": "John Smith said 9 had died. He said 12 were killed. ",
    "descriptions": "The Syrian Observatory said 12 died. The watchdog said 12 were killed. ",
    "one sentence": "he said 12 were killed ",
    "numbers": "12 killed ",
    "parts": "2 men, including 3 women, ",
    "quotations": '"12 people were killed. ',
    "harm words": "killed ",
    "no stop": "and the ",
    "spaces": " ",
    "line ends": "\n",
    "closers": "”",
    "openers": "(",
    "soft hyphens": "\u00ad",
    "digits": "1",
    "one word": "a",
    "surrogates": "\ud800",
    "lines": "Nine people were killed in Tarn, police said.\n",
}
LARGE = 400_000 if FULL else 8_000  # characters


@pytest.mark.parametrize("name", PIECES)
def test_time_grows_with_the_text(name: str) -> None:
    """The time for four sections against that for two: 2 where time is linear, 4 where it is quadratic."""
    from casualty_extract.analysis import sections

    whole, longest = LARGE // len(PIECES[name]), sections.LONGEST
    sections.LONGEST = LARGE // 8  # the suite has no time for sections of the true size
    try:
        texts = [f"Nine people were killed.\n\n{PIECES[name] * (whole // part)}" for part in (2, 1)]
        casualty_extract.extract(texts[0][:500])
        short, long = (min(spent(lambda text=text: casualty_extract.extract(text)) for _ in range(2)) for text in texts)  # type: ignore[misc]
    finally:
        sections.LONGEST = longest
    growth = math.log2(long / short)
    if FULL:
        print(f"\n{name}: {len(texts[1]):,} characters, {long:.2f} s, exponent {growth:.2f}")
    assert long < 0.2 or growth < STEEPEST, f"{short:.2f} s, then {long:.2f} s"


@pytest.mark.parametrize("run", [" ", "\n", "\t", "\u00a0", "a", "1", ".", "-", "(", '"', "'"])
def test_a_long_run_of_one_character_is_read_at_once(run: str) -> None:
    casualty_extract.extract("Nine people were killed.")
    for text in (f"{run * 40_000}killed", f"killed{run * 40_000}", f"Nine people {run * 40_000} were killed."):
        assert spent(lambda text=text: casualty_extract.extract(text)) < 1.5, text[:30]  # type: ignore[misc]


def test_memory_grows_with_the_text() -> None:
    """The peak over a text of quiet lines is a few times the text, whatever its length."""
    line = "The market in Tarn was busy on Monday, and the council met to talk about the new bridge.\n"
    text = f"Nine people were killed.\n{line * ((20_000_000 if FULL else 2_000_000) // len(line))}"
    casualty_extract.extract(text[:1000])
    tracemalloc.start()
    casualty_extract.extract(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * len(text) + 60_000_000


@pytest.mark.skipif(not FULL, reason="minutes long: run by make worst")
@pytest.mark.parametrize("name", ["50 MB", "100,000 lines"])
def test_a_huge_text_goes_through(name: str) -> None:
    line = "At least 12 people were killed in Tarn on Monday, police told Coast Radio.\n"
    quiet = "The market in Tarn was busy on Monday, and the council met to talk about the new bridge.\n"
    text = (quiet * 99 + line) * (50_000_000 // (99 * len(quiet) + len(line))) if name == "50 MB" else line * 100_000
    start = time.perf_counter()
    report = casualty_extract.extract(text)
    print(f"\n{name}: {len(text):,} characters, {len(report.claims):,} claims, {time.perf_counter() - start:.0f} s")
    assert len(report.claims) == text.count(line)
    assert all(text[c.count.start : c.count.end] == c.count.text for c in report.claims)
