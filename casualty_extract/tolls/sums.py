"""The toll of a harm: rival statements weighed, low, best and high. The figures follow UCDP and Iraq Body Count.

The rules are those of docs/record.md: parts are not added, disjoint groups add up, repeats count once, rivals stand
side by side. The order in which claims are given changes nothing: they are read in the order of the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from casualty_extract.model import Claim, Exclusion, Toll
from casualty_extract.tolls.policy import DEFAULT, Policy
from casualty_extract.tolls.selection import select
from casualty_extract.tolls.statements import Bounds, Statement, bounds_of, make_statements, speakers

_place = attrgetter("count.start", "count.end", "id")


class Outcome(NamedTuple):
    """A toll with the rival statements that it weighs; None where all claims are left out and none is a denial."""

    toll: Toll | None
    statements: tuple[Statement, ...]
    excluded: tuple[Exclusion, ...]


def sum_tolls(
    claims: Sequence[Claim], *, sentences: Mapping[str, int] | None = None, policy: Policy = DEFAULT
) -> dict[str, Toll]:
    """The toll of each harm that the claims state. ``sentences``: the number of each claim's sentence, by its id."""
    found: dict[str, Toll] = {}
    for harm in dict.fromkeys(claim.harm for claim in claims):
        toll = weigh(claims, harm, sentences or {}, policy).toll
        if toll is not None:
            found[harm] = toll
    return found


def weigh(
    claims: Sequence[Claim],
    harm: str,
    sentences: Mapping[str, int],
    policy: Policy = DEFAULT,
    among: frozenset[str] | None = None,
) -> Outcome:
    """The toll of one harm with its statements.

    ``among``: the ids of the claims to look at; every other claim of the harm is left out as ``other_category``.
    """
    of_harm = sorted([c for c in claims if c.harm == harm], key=_place)
    here = [c for c in of_harm if among is None or c.id in among]
    others = [Exclusion(c.id, "other_category") for c in of_harm if among is not None and c.id not in among]
    kept, excluded = select(here, of_harm, policy, sentences)
    if not kept:
        return _denied(here, [*excluded, *others])
    less = {} if policy.attackers else _attackers_within(kept, of_harm)
    statements, smaller = _rivals(make_statements(kept, sentences, less), of_harm)
    toll = _reconciled(statements, [*excluded, *others, *smaller], policy)
    return Outcome(toll, tuple(statements), toll.excluded)


def narrowed_toll(
    claims: Sequence[Claim], harm: str, sentences: Mapping[str, int], category: str | None, attackers: bool
) -> Toll | None:
    """The toll of one harm, of one victims' category where given, with or without the perpetrators among them."""
    among = None if category is None else frozenset(c.id for c in claims if c.victims.category == category)
    return weigh(claims, harm, sentences, Policy(attackers=attackers), among).toll


def _denied(of_harm: Sequence[Claim], excluded: Sequence[Exclusion]) -> Outcome:
    """The toll where nothing is left but a denial: from nobody to the figure denied."""
    denied = next((c for c in of_harm if c.status == "denied"), None)
    if denied is None:
        return Outcome(None, (), tuple(excluded))
    _, best, high = bounds_of(denied.count)
    bounds = Bounds(0, best, best if high is None else high)
    others = tuple(e for e in excluded if e.id != denied.id)
    return Outcome(Toll(*bounds, (denied.id,), others), (Statement(bounds, (denied,)),), others)


def _attackers_within(kept: Sequence[Claim], of_harm: Sequence[Claim]) -> dict[str, int]:
    """How many attackers are parts of each figure: "12 dead, two attackers among them" has 2 to take away."""
    less: Counter[str] = Counter()
    for claim in of_harm:
        if "attacker" in claim.victims.attributes and claim.count.value and claim.status in ("asserted", "hedged"):
            wholes = [r.target for r in claim.relations if r.type == "part_of"]
            if not any(r.type == "same_as" for r in claim.relations):
                less.update(dict.fromkeys(wholes, claim.count.value))
    return {claim.id: less[claim.id] for claim in kept if less[claim.id]}


# --- rivals -----------------------------------------------------------------------------------------------------------


def _rivals(statements: Sequence[Statement], of_harm: Sequence[Claim]) -> tuple[list[Statement], list[Exclusion]]:
    """The statements that are rivals of each other, and the claims of the rest.

    A claimant is nobody's own rival: the smaller figures beside the largest are parts of it or of other places.
    """
    if len(statements) == 1:
        return list(statements), []
    repeated = _repeated_by(of_harm)
    voices = [_voices(statement, repeated) for statement in statements]
    largest: dict[frozenset[str], int] = {}
    for voice, statement in zip(voices, statements, strict=True):
        largest[voice] = max(statement.bounds.best or 0, largest.get(voice, 0))
    rivals: list[Statement] = []
    smaller: list[Exclusion] = []
    for voice, statement in zip(voices, statements, strict=True):
        if statement.bounds.best is None or statement.bounds.best == largest[voice]:
            rivals.append(statement)
        else:
            smaller += [Exclusion(claim.id, "smaller_figure") for claim in statement.claims]
    return rivals, smaller


def _repeated_by(of_harm: Sequence[Claim]) -> dict[str, set[str]]:
    """Claim id to the speakers of the claims that say the same again."""
    found: dict[str, set[str]] = {}
    for claim in of_harm:
        for tie in claim.relations:
            if tie.type == "same_as":
                found.setdefault(tie.target, set()).update(speakers(claim))
    return found


def _voices(statement: Statement, repeated: Mapping[str, set[str]]) -> frozenset[str]:
    """Whose statement it is: a headline's is that of whoever the body names for it; "" is the text's own voice."""
    names = {name for claim in statement.claims for name in (*speakers(claim), *repeated.get(claim.id, ()))}
    return frozenset(names or ("",))


def _reconciled(statements: Sequence[Statement], excluded: Sequence[Exclusion], policy: Policy) -> Toll:
    """The toll of rival statements: from the lowest to the highest of those that give a figure."""
    known = [s for s in statements if s.bounds.best] or statements
    lows = [s.bounds.low for s in known if s.bounds.low is not None]
    highs = [s.bounds.high for s in known if s.bounds.high is not None]
    high = max(highs) if len(highs) == len(known) else None
    ids = tuple(claim.id for statement in statements for claim in statement.claims)
    return Toll(min(lows, default=None), _best(known, policy.best), high, ids, tuple(excluded))


def _best(statements: Sequence[Statement], rule: str) -> int | None:
    """The figure that a policy takes among rivals; None where no statement has one."""
    told = [(s.bounds.best, s.claims) for s in statements if s.bounds.best is not None]
    if len(told) == 1:
        return told[0][0]
    if not told or rule in ("lowest", "highest"):
        ends = [best for best, _ in told]
        return (max(ends) if rule == "highest" else min(ends)) if ends else None
    own = [best for best, claims in told if not any(c.attribution for c in claims)]
    if own and rule == "voice":
        return max(own)
    said: dict[str, int] = {}  # a claimant's smaller figures are parts or other places
    for best, claims in told:
        for name in speakers(claims[0]) or ("",):
            said[name] = max(best, said.get(name, 0))
    counts = Counter(said.values())
    most = max(counts.values(), default=0)
    return min((best for best, times in counts.items() if times == most), default=None)
