"""Every case of tests/cases through every pipeline. A known miss is strict: a fix must take the mark away."""

from __future__ import annotations

from pathlib import Path

import pytest

import casualty_extract
from casualty_extract.testing import Case, describe_difference, parse_cases

PIPELINES = ("rules", "spacy")
FILES = sorted((Path(__file__).parent / "cases").glob("*.cases"))
STAGES = ("numbers", "harms", "victims", "claims", "parts", "qualifiers", "attribution", "reference", "resolution")


def read_cases(path: Path) -> tuple[Case, ...]:
    return parse_cases(path.read_bytes().decode("utf-8"))


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_its_cases(stage: str) -> None:
    assert stage in {path.stem for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_file_is_empty_and_no_case_stands_twice(path: Path) -> None:
    cases = read_cases(path)  # raises where there is none
    texts = [case.text for case in cases]
    assert [text for text in texts if texts.count(text) > 1] == []


@pytest.mark.parametrize("pipeline", PIPELINES)
@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{path.stem}:{case.line}") for path in FILES for case in read_cases(path)]
)
def test_case(case: Case, pipeline: str, no_model: str | None) -> None:
    if pipeline == "spacy" and no_model:
        pytest.skip(no_model)
    difference = describe_difference(casualty_extract.extract(case.text, pipeline=pipeline), case.claims)
    if pipeline not in case.known_misses:
        assert difference is None, difference
    elif difference is None:
        pytest.fail(f"{case.expected!r} is right now; take the mark {pipeline}! away")
    else:
        pytest.xfail(f"known miss of {pipeline}")
