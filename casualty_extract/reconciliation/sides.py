"""Whose losses they are: the sides that the caller names, matched with the words of the victims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casualty_extract.analysis.text import words
from casualty_extract.codebooks import Codebook
from casualty_extract.model import Claim
from casualty_extract.values import CATEGORIES

Sides = Mapping[str, tuple[str, ...]]


def read_sides(sides: Mapping[str, str | Sequence[str]] | None, book: Codebook | None) -> dict[str, tuple[str, ...]]:
    """The names and categories of each side. Raises ValueError for sides without a codebook, for a side that the
    codebook does not have and for a name that is no text."""
    if not sides:
        return {}
    if book is None:
        raise ValueError("sides belong to the columns of a codebook: give one")
    found: dict[str, tuple[str, ...]] = {}
    for side, names in sides.items():
        if book.sides and side not in book.sides:
            raise ValueError(f"{book.place} has the sides {', '.join(book.sides)}; not {side!r}")
        found[side] = (names,) if isinstance(names, str) else tuple(names)
        if wrong := [name for name in found[side] if not isinstance(name, str) or not name.strip()]:
            raise ValueError(f"the names of side {side!r} must be texts, not {wrong[0]!r}")
    return found


def side_of(claim: Claim, sides: Sides, book: Codebook) -> str | None:
    """The side whose people a claim counts; None where their words fit none of the sides or more than one.

    A side's names are looked for in the victims' words and their affiliation. Where none is there, a category decides:
    the caller's, else the codebook's.
    """
    spoken = " ".join(["", *words(f"{claim.victims.affiliation or ''} . {claim.victims.text or ''}"), ""])
    named = [side for side, terms in sides.items() if any(_is_in(term, spoken) for term in terms)]
    if named:
        return named[0] if len(named) == 1 else None
    told = {side: [term for term in terms if term in CATEGORIES] for side, terms in sides.items()}
    by_category = told if any(told.values()) else book.sides
    fitting = [side for side, categories in by_category.items() if claim.victims.category in categories]
    return fitting[0] if len(fitting) == 1 else None


def _is_in(term: str, spoken: str) -> bool:
    return term not in CATEGORIES and f" {' '.join(words(term))} " in spoken
