"""Two versions of a story: what became of each figure, and by whom."""

from __future__ import annotations

import json
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casualty_extract import Report, diff, extract

OLD = "At least 12 people were killed and 30 wounded in the blast, police said."


@cache
def read(text: str) -> Report:
    return extract(text)


def changes(old: str, new: str) -> list[str]:
    """Each change as "kind harm old new by"."""
    return [
        " ".join(
            [c.kind, c.harm, *(str(t.best) if t else "-" for t in (c.old, c.new)), " & ".join(c.by) or "own voice"]
        )
        for c in diff(read(old), read(new))
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (OLD, OLD, ["unchanged killed 12 12 police", "unchanged wounded 30 30 police"]),
        (
            OLD,
            "Fifteen people were killed and 28 wounded in the blast, police said.",
            ["raised killed 12 15 police", "lowered wounded 30 28 police"],
        ),
        (OLD, "", ["withdrawn killed 12 - police", "withdrawn wounded 30 - police"]),
        ("", "Nine people were killed, police said.", ["new killed - 9 police"]),
        (
            "Nine people were killed, police said.",
            "Nine people were killed, the mayor said.",
            ["reworded killed 9 9 mayor"],
        ),
        (
            "Nine people were killed, police said.",
            "Nine people were reportedly killed.",
            ["reworded killed 9 9 own voice"],
        ),
        (
            "Nine people were killed, police said.",
            "At least nine people were killed, police said.",
            ["reworded killed 9 9 police"],
        ),
        (
            "Nine people were killed.",
            "Eleven people were killed, the hospital said.",
            ["raised killed 9 11 hospital"],
        ),
        (
            "Police said nine people were killed.",
            "The hospital said 11 people were killed. Police said nine people were killed.",
            ["new killed - 11 hospital", "unchanged killed 9 9 Police"],
        ),
        (
            "Police said nine people were killed.",
            "The hospital said 11 people were killed.",
            ["new killed - 11 hospital", "withdrawn killed 9 - Police"],
        ),
        (
            "Twenty-seven people died in the fire.",
            "Twenty-seven people died in the fire. The toll was later raised to 31.",
            ["raised killed 27 31 own voice"],
        ),
        (
            "Nine people died, including four children and two women, police said.",
            "Nine people died, including three women and four children, police said.",
            ["unchanged killed 9 9 police", "raised killed 2 3 police", "unchanged killed 4 4 police"],
        ),
        (
            "Nine people were killed. Dozens of people were wounded.",
            "Fire kills nine\n\nNine people were killed. Hundreds of people were wounded.",
            ["unchanged killed 9 9 own voice", "raised wounded 24 200 own voice"],
        ),
    ],
)  # fmt: skip
def test_changes(old: str, new: str, expected: list[str]) -> None:
    assert changes(old, new) == expected


def test_quotations_hold_in_their_own_version() -> None:
    new = "Police now say that 15 people were killed."
    for change in diff(read(OLD), read(new)):
        for told, text in ((change.old, OLD), (change.new, new)):
            assert told is None or text[told.start : told.end] == told.text


def test_kinds_text_and_data() -> None:
    found = diff(read(OLD), read("Fifteen people were killed in the blast, police said."))
    assert [c.kind for c in found.of("raised", "withdrawn")] == ["raised", "withdrawn"]
    assert len(found) == 2
    assert str(found).splitlines() == [
        "raised     killed           12.. -> 15         police",
        "withdrawn  wounded            30 -> -          police",
    ]
    assert json.loads(json.dumps(found.to_dict()))["changes"][0]["by"] == ["police"]
    assert str(diff(read(""), read(""))) == "no figures"
    with pytest.raises(ValueError, match="kind must be one of new, raised"):
        found.of("risen")
    with pytest.raises(TypeError, match="two reports, not str"):
        diff(read(OLD), OLD)  # type: ignore[arg-type]


SENTENCES = (
    OLD,
    "The hospital said 23 people were killed, among them five children and three soldiers.",
    "Police raised the death toll to 14 from 12.",
    "Four more bodies were found on Friday, bringing the toll to 24.",
    "Rebels said nine soldiers were killed. The army denied it.",
    "Karim was killed. So was his brother Omar.",
    "More than 300 people have died in the war since 2019.",
)
TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=4).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_every_claim_is_in_one_change(old: str, new: str) -> None:
    found = diff(read(old), read(new))
    for side, text in (("old", old), ("new", new)):
        told = [getattr(change, side) for change in found]
        ids = [claim for one in told if one is not None for claim in one.claims]
        assert sorted(ids) == sorted(claim.id for claim in read(text).claims)


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {change.kind for change in diff(read(text), read(text))} <= {"unchanged"}
