"""The ties of a claim to the others: its whole, its repeat, what it updates, its rivals."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from casualty_extract.model import Claim, Relation
from casualty_extract.stages.mentions import Mention

_UPDATE_REACH = 400  # characters between a figure and the one that it replaces
_RIVAL_REACH = 64  # claims on each side among which rivals are looked for; no article has as many


class Ties:
    """The ties between the claims of one text, made together; ``wholes`` has for each part the index of its whole."""

    def __init__(self, claims: Sequence[Claim], wholes: Mapping[int, int], mentions: Sequence[Mention]) -> None:
        self._claims, self._wholes, self._mentions = claims, wholes, mentions
        self._names = [frozenset(s.name for s in claim.claimants) for claim in claims]
        self._old = sorted(
            (claim.count.start, k) for k, claim in enumerate(claims) if claim.status == "superseded" and k not in wholes
        )
        self._repeated = [self._repeats(k) for k in range(len(claims))]
        self._whole = frozenset(wholes.values())
        self._alike: dict[object, list[int]] = {}  # the claims that may repeat each other, in order
        self._beside: dict[object, list[int]] = {}  # the claims that may be each other's rivals, in order
        for k, claim in enumerate(claims):
            if not claim.implicit:
                self._alike.setdefault(self._repeated[k], []).append(k)
            if k not in wholes and claim.status not in ("superseded", "hypothetical") and self._names[k]:
                self._beside.setdefault(self._event(k), []).append(k)

    def related(self) -> list[Claim]:
        """The claims with their relations."""
        return [self._related(i, claim) for i, claim in enumerate(self._claims)]

    def _related(self, i: int, claim: Claim) -> Claim:
        found: list[Relation] = []
        if i in self._wholes:
            found.append(Relation("part_of", self._claims[self._wholes[i]].id))
        found += [Relation("same_as", self._claims[k].id) for k in self._first(i)]
        if claim.status not in ("superseded", "hypothetical") and i not in self._wholes:
            found += [Relation("updates", self._claims[k].id) for k in self._replaced(claim)]
            found += [Relation("conflicts_with", self._claims[k].id) for k in self._rivals(i)]
        return claim.changed(relations=tuple(found)) if found else claim

    def _repeats(self, i: int) -> object:
        claim = self._claims[i]
        noun = (claim.victims.text or "").casefold() if claim.count.value == 1 else None  # "a guard", "a passerby": two
        return _figure(claim), claim.harm, claim.status, claim.scope, claim.episode, i in self._wholes, noun

    def _first(self, i: int) -> list[int]:
        """The first claim of another sentence before one that it repeats; none where there is none."""
        for k in self._alike.get(self._repeated[i], ()):
            if k >= i:
                break
            apart = self._mentions[k].sentence != self._mentions[i].sentence
            if apart and _is_compatible(self._claims[k], self._claims[i]):
                return [k]
        return []

    def _replaced(self, claim: Claim) -> list[int]:
        """The superseded figures near the one that replaces them; none for one that adds ("another 40 died")."""
        if claim.increment or not self._old:
            return []
        start = claim.count.start
        first = bisect_right(self._old, (start - _UPDATE_REACH, len(self._claims)))
        stop = bisect_left(self._old, (start + _UPDATE_REACH, -1))
        return sorted(k for _, k in self._old[first:stop] if self._claims[k].harm == claim.harm)

    def _rivals(self, i: int) -> list[int]:
        """Other claimants' figures for the same toll, the nearest of them."""
        claim, names = self._claims[i], self._names[i]
        if not names or claim.increment:
            return []
        beside = self._beside[self._event(i)]
        at = bisect_left(beside, i)
        return [
            k
            for k in beside[max(at - _RIVAL_REACH, 0) : at + _RIVAL_REACH]
            if not self._claims[k].increment
            and not names & self._names[k]
            and _figure(self._claims[k]) != _figure(claim)
        ]

    def _event(self, i: int) -> object:
        """What rivals share: harm, victims and event. A whole is mixed for a part of it that the text names; another
        claimant's figure for the same people may have none named."""
        claim = self._claims[i]
        category = claim.victims.category
        if category == "mixed" and i in self._whole:
            category = "unspecified"
        return claim.harm, category, claim.scope, claim.episode


def _figure(claim: Claim) -> tuple[int | None, int | None, int | None]:
    return claim.count.value, claim.count.low, claim.count.high


def _is_compatible(a: Claim, b: Claim) -> bool:
    """Whether two claims may be of the same people, b told later; they share scope and episode. "Another guard" is none
    of those told before."""
    kinds = {a.victims.category, b.victims.category} - {"unspecified", "mixed"}
    return len(kinds) <= 1 and (a.increment or not b.increment)
