"""Reports built by hand for the tests of output, command and notation."""

from __future__ import annotations

from casualty_extract.model import (
    Claim,
    Count,
    Exclusion,
    Rejection,
    Relation,
    Source,
    Span,
    Toll,
    Victims,
)
from casualty_extract.report import Report

TEXT = (
    "At least 48 people were killed, Al-Watan reported, citing a military source; 17 of the dead were children, "
    "police and the governor said. The army denied it. Rates fell by 3%."
)


def span(text: str, words: str, start: int = 0) -> tuple[str, int, int]:
    """The first place of the words at or after start."""
    at = text.index(words, start)
    return words, at, at + len(words)


def source(text: str, words: str, *, name: str | None = None, type: str = "unnamed", joint: bool = False) -> Source:
    return Source(*span(text, words), name=name or words, type=type, joint=joint)


def claim(
    text: str,
    words: str,
    harm: str = "killed",
    *,
    count: tuple[int | None, int | None, int | None, str] | None = None,
    category: str = "unspecified",
    **more: object,
) -> Claim:
    """A claim whose stretch is its count; by default an exact count of the figure that the words are."""
    place = span(text, words)
    value, low, high, modifier = count or (int(words), int(words), int(words), "exact")
    return Claim(
        f"{place[1]}-{place[2]}-{harm}",
        *place,
        count=Count(*place, value, low, high, modifier),
        harm=harm,
        harm_cue=None,
        victims=Victims(category=category),
        **more,  # type: ignore[arg-type]
    )


def full_report() -> Report:
    """Two claims with every kind of field, a toll and a rejection."""
    whole = claim(
        TEXT, "At least 48", count=(48, 48, None, "at_least"), category="mixed",
        rules={"count": "digits", "harm": "kill"},
        attribution=(
            Source(*span(TEXT, "Al-Watan"), name="Al-Watan newspaper", type="media", cue=Span(*span(TEXT, "reported"))),
            source(TEXT, "a military source", type="military"),
        ),
        disputed_by=(source(TEXT, "The army", type="military"),), status="denied",
        status_cue=Span(*span(TEXT, "denied")), cause=Span(*span(TEXT, "killed")), doubts=("episode_uncertain",),
    )  # fmt: skip
    part = claim(
        TEXT, "17", relations=(Relation("part_of", whole.id),), scope="cumulative", increment=True, episode=1,
        attribution=(source(TEXT, "police", joint=True), source(TEXT, "the governor", type="government", joint=True)),
        rules={"count": "digits", "attribution": ("said", "said")},
    )  # fmt: skip
    part = Claim(
        **{name: getattr(part, name) for name in Claim.__match_args__ if name != "victims"},
        victims=Victims(*span(TEXT, "the dead"), category="civilian", attributes=("child",), affiliation="Syrian"),
    )
    return Report(
        TEXT,
        (whole, part),
        {"killed": Toll(48, 48, None, (whole.id,), (Exclusion(part.id, "part_of"),))},
        (Rejection(*span(TEXT, "3%"), reason="percent"),),
        meta={"id": "a", "date": "2014-07-27", "tags": ("x", "y"), "nested": {"n": None}},
        settings={"vague": {"dozens": 24}, "list": (1, 2)},
        library="0.1.0",
    )
