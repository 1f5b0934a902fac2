r"""Tests of your own in the one-line case notation, and a pytest plugin that collects ``.cases`` files.

    12+ killed civilian @police             | At least 12 civilians were killed, police said.
    7 killed military; 2 wounded military   | Seven soldiers were killed and two soldiers were wounded.
    -                                       | The march drew 12,000 people.

``casualty_extract.notation`` gives the notation whole. pytest finds the plugin by itself once the package is installed
(else ``-p casualty_extract.testing``). It collects the ``.cases`` files below the paths that pytest is given, once for
each pipeline of the ini option ``casualty_pipelines`` (default: rules), and offers the fixture ``casualty_report``,
which is ``casualty_extract.extract``. A known miss is an expected failure, strictly. This module needs no pytest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casualty_extract.model import Claim, Source
from casualty_extract.notation import (
    PIPELINES,
    Case,
    Chain,
    ExpectedClaim,
    figures_of,
    folded,
    in_order,
    joint_runs,
    parse_case,
    parse_cases,
    parse_expected,
    report_to_case,
    wholes,
    write_claim,
)
from casualty_extract.report import Report

if TYPE_CHECKING:
    import pytest

__all__ = [
    "Case",
    "ExpectedClaim",
    "assert_claims",
    "describe_difference",
    "parse_case",
    "parse_cases",
    "report_to_case",
]


def assert_claims(text: str, expected: str, pipeline: str = "rules") -> None:
    """Extract the claims of the text and compare them with those of the notation, "12+ killed civilian @police".

    Raises AssertionError that shows both sides in the notation where they differ, and where ``expected`` is marked as a
    known miss of this pipeline (``rules!``) but is right; ValueError where the notation is wrong.
    """
    import casualty_extract

    claims, misses = parse_expected(expected)
    difference = describe_difference(casualty_extract.extract(text, pipeline=pipeline), claims)
    if pipeline in misses:
        if difference is None:
            raise AssertionError(f"{expected!r} is right now; take the mark {pipeline}! away")
    elif difference is not None:
        raise AssertionError(difference)


def describe_difference(report: Report, expected: Sequence[ExpectedClaim]) -> str | None:
    """Where the report's claims differ from the expected ones, both sides in the notation; None where they do not."""
    implicit = any(claim.implicit for claim in expected)
    found = [claim for claim in in_order(report) if implicit or not claim.implicit]
    pairs = _pair(expected, found, report)
    details = [_detail(want, have, report) for want, have in pairs]
    starts = [have.count.start for _, have in pairs if have is not None]
    if not any(details) and starts == sorted(starts):
        return None
    if not any(details):
        details = ["  order:      the claims stand in another order in the text"]
    return "\n".join(
        [
            f"casualty claims differ ({report.pipeline})",
            f"  text:       {report.text}",
            f"  expected:   {'; '.join(want.notation for want in expected) or '-'}",
            f"  found:      {'; '.join(write_claim(have, report) for have in found) or '-'}",
            *filter(None, details),
        ]
    )


def differing_fields(want: ExpectedClaim, have: Claim, report: Report) -> list[str]:
    """The parts of the notation in which a claim is not what is expected."""
    count = have.count
    zero = want.value == count.value == 0 and {want.modifier, count.modifier} <= {"none", "exact"}
    same = {
        "count": (want.value, want.low, want.high) == (count.value, count.low, count.high)
        and (want.modifier == count.modifier or zero),
        "harm": want.harm == have.harm,
        "category": want.category in (None, have.victims.category),
        "implicit": want.implicit == have.implicit,
        "status": want.status == have.status,
        "scope": want.scope in (None, have.scope),
        "source": _same_chain(want.chain, have.attribution),
        "disputer": _same_chain(want.disputers, have.disputed_by),
        "whole": _same_whole(want.whole, have, report),
    }
    return [field for field, right in same.items() if not right]


Pair = tuple[ExpectedClaim | None, Claim | None]


def _pair(expected: Sequence[ExpectedClaim], found: Sequence[Claim], report: Report) -> list[Pair]:
    """Each expected claim with the first that fits it, else with one that differs little; then what is left over."""
    left = list(found)
    matched: dict[int, Claim] = {}
    for most in range(5):  # fields that may differ
        for i, want in enumerate(expected):
            fits = (have for have in left if i not in matched and _near(want, have, report, most))
            if (have := next(fits, None)) is not None:
                matched[i] = have
                left.remove(have)
    pairs: list[Pair] = [(want, matched.get(i)) for i, want in enumerate(expected)]
    return pairs + [(None, have) for have in left]


def _near(want: ExpectedClaim, have: Claim, report: Report, most: int) -> bool:
    wrong = differing_fields(want, have, report)
    return len(wrong) <= most and not {"count", "harm"} <= set(wrong)


def _detail(want: ExpectedClaim | None, have: Claim | None, report: Report) -> str | None:
    if want is None and have is not None:
        return f"  unexpected: {write_claim(have, report)}"
    if want is not None and have is None:
        return f"  missing:    {want.notation}"
    if want is not None and have is not None and (wrong := differing_fields(want, have, report)):
        return f"  differs:    {want.notation}  <>  {write_claim(have, report)}  ({', '.join(wrong)})"
    return None


def _same_chain(chain: Chain | None, sources: tuple[Source, ...]) -> bool:
    if chain is None:
        return True
    if [joint for _, joint in chain] != joint_runs(sources):
        return False
    named = zip(chain, sources, strict=True)
    return all(folded(name) in (folded(source.name), folded(source.text)) for (name, _), source in named)


def _same_whole(whole: int | str | None, claim: Claim, report: Report) -> bool:
    if whole is None:
        return True
    targets = wholes(claim, report)
    if whole == "-":
        return not any(relation.type == "part_of" for relation in claim.relations)
    return any(whole in figures_of(target) for target in targets)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the ini option ``casualty_pipelines``."""
    parser.addini(
        "casualty_pipelines",
        f"pipelines that .cases files run on, of {', '.join(PIPELINES)}",
        type="args",
        default=["rules"],
    )


def pytest_configure(config: pytest.Config) -> None:
    """Adds the collector of ``.cases`` files and the fixture, which live where pytest may be imported."""
    from casualty_extract import pytest_plugin

    if not config.pluginmanager.is_registered(pytest_plugin):
        config.pluginmanager.register(pytest_plugin, "casualty_extract.pytest_plugin")
