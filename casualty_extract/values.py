"""What the fields of a record may hold: the closed values of each, and plain JSON values where anything may stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import isinf, isnan
from typing import Any, Literal, get_args

Modifier = Literal["exact", "about", "at_least", "more_than", "at_most", "less_than", "range", "vague", "none"]
Harm = Literal["killed", "wounded", "missing", "abducted", "detained", "displaced", "casualties"]
Category = Literal["civilian", "military", "security", "armed_group", "mixed", "unspecified"]
Status = Literal["asserted", "hedged", "denied", "hypothetical", "superseded"]
Scope = Literal["event", "cumulative", "rate"]
Unit = Literal["person", "family", "household"]
RelationType = Literal["part_of", "updates", "same_as", "conflicts_with"]

MODIFIERS: tuple[str, ...] = get_args(Modifier)
HARMS: tuple[str, ...] = get_args(Harm)
CATEGORIES: tuple[str, ...] = get_args(Category)
STATUSES: tuple[str, ...] = get_args(Status)
SCOPES: tuple[str, ...] = get_args(Scope)
UNITS: tuple[str, ...] = get_args(Unit)
RELATIONS: tuple[str, ...] = get_args(RelationType)
SOURCE_TYPES: tuple[str, ...] = (
    "government", "military", "security", "armed_group", "opposition", "monitor", "intergovernmental", "medical",
    "rescue", "media", "witness", "court", "company", "expert", "unnamed",
)  # fmt: skip
DOUBTS: tuple[str, ...] = (
    "two_candidate_sources", "category_carried_over", "parts_do_not_sum", "vague_number", "episode_uncertain",
    "hedge_reach_uncertain", "source_not_a_body", "source_far_away", "category_open", "harm_open", "count_of_a_noun",
)  # fmt: skip
ATTRIBUTES: tuple[str, ...] = (
    "child", "woman", "man", "woman_or_child", "suspected", "elderly", "journalist", "medic", "aid_worker",
    "peacekeeper", "official", "student", "worker", "refugee", "protester", "prisoner", "hostage", "foreigner",
    "family", "leader", "attacker",
)  # fmt: skip


def one_line(message: str) -> str:
    """A message as one line that any terminal prints, whatever keys and values it names."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in message)


_NAME = frozenset((str,))
_SIMPLE = frozenset((str, int, bool, type(None)))
DEEPEST = 100  # lists and mappings in each other, in what a caller gives


def check(name: str, value: str | None, allowed: tuple[str, ...]) -> None:
    """Raises ValueError for a value that is not one of the closed ones; None is allowed."""
    if value is not None and value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}; not {value!r}")


def plain(value: Any, path: str, depth: int = 0) -> Any:
    """The value as JSON would give it back, so that a report equals the one read from its record.

    Raises TypeError for what JSON does not know and ValueError for what is nested more than ``DEEPEST`` times.
    """
    if type(value) is dict and depth <= DEEPEST and (not value or _is_flat(value)):
        return value.copy()  # what most metas are
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, float) and not isinf(value):
        return None if isnan(value) else value
    if isinstance(value, date):
        return value.isoformat()
    if depth > DEEPEST:
        raise ValueError(f"{path[:60]}...: nested too deeply, more than {DEEPEST} times")
    if isinstance(value, Mapping):
        if wrong := [key for key in value if not isinstance(key, str)]:
            raise TypeError(f"{path}: keys must be strings, not {wrong[0]!r}")
        return {key: plain(part, f"{path}.{key}", depth + 1) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part, f"{path}[{i}]", depth + 1) for i, part in enumerate(value)]
    raise TypeError(f"{path} cannot be written as JSON: {type(value).__name__} {value!r}")


def _is_flat(mapping: dict[Any, Any]) -> bool:
    """Whether a mapping holds nothing but strings, whole numbers, truth values and None, by names."""
    return _NAME.issuperset(map(type, mapping)) and _SIMPLE.issuperset(map(type, mapping.values()))
