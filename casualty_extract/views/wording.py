"""How figures, bounds, chains and codes are worded for people."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from casualty_extract.model import Claim, Source, Toll

OWN_VOICE = "the text itself"


def say_bounds(low: int | None, high: int | None) -> str:
    """Two bounds in words: "40 or more", "up to 60", "30 to 40"; None is open."""
    if low is None and high is None:
        return "no figure"
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def say_toll(toll: Toll) -> str:
    """A toll in words, its best figure where it is neither end."""
    words = say_bounds(toll.low, toll.high)
    is_an_end = toll.best in (toll.low, toll.high) and (toll.low == toll.high or None in (toll.low, toll.high))
    return words if toll.best is None or is_an_end else f"{words}, best {toll.best:,}"


def say_code(code: str) -> str:
    """A code of the record as words: "armed_group" is "armed group"."""
    return code.replace("_", " ")


def say_claim(claim: Claim) -> str:
    """A claim in one line: "At least 40 IS militants, killed: Syrian Observatory for Human Rights"."""
    who = (
        claim.count.text if claim.implicit or claim.victims.text is None else f"{claim.count.text} {claim.victims.text}"
    )
    return f"{who}, {claim.harm}: {say_chain(claim.attribution)}"


def say_chain(chain: Sequence[Source]) -> str:
    """The names from the source nearest the reader to the origin, "&" between those named together."""
    marks = [" & " if a.joint and b.joint else " › " for a, b in pairwise(chain)]
    return "".join(mark + source.name for mark, source in zip(["", *marks], chain, strict=False)) or OWN_VOICE
