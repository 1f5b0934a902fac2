"""The cases and the refusals, thirty to a test: what mutation testing runs (``make mutants``).

A process of its own for each mutant has no time for a test a case. pytest collects this file only where it is named.
"""

from __future__ import annotations

import pytest
import test_rejections
from test_cases import FILES, read_cases
from test_why import fired

from casualty_extract import extract
from casualty_extract.testing import Case, describe_difference
from casualty_extract.why.catalogue import catalogue

SIZE = 30
KNOWN = {path.stem: [case for case in read_cases(path) if "rules" not in case.known_misses] for path in FILES}
CHUNKS = [
    pytest.param(cases[at : at + SIZE], id=f"{stem}-{at // SIZE}")
    for stem, cases in KNOWN.items()
    for at in range(0, len(cases), SIZE)
]


@pytest.mark.parametrize("cases", CHUNKS)
def test_cases(cases: list[Case]) -> None:
    for case in cases:
        report = extract(case.text)
        difference = describe_difference(report, case.claims)
        assert difference is None, difference
        rules = [pair for claim in report.claims for pair in fired(claim)]
        assert [pair for pair in rules if catalogue().describe(*pair) is None] == []


@pytest.mark.parametrize("at", range(0, len(test_rejections.REJECTED), SIZE))
def test_refusals(at: int) -> None:
    for text, number, reason in test_rejections.REJECTED[at : at + SIZE]:
        test_rejections.test_rejected(text, number, reason)
