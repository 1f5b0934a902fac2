"""The reports of one event together, ready to be asked for the toll of any of their claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from casualty_extract.model import Source
from casualty_extract.reconciliation.gathering import Gathered, Picked, Witness, name_of
from casualty_extract.reconciliation.types import EventToll
from casualty_extract.reconciliation.weighing import has_event, weigh_event
from casualty_extract.tolls import Policy
from casualty_extract.values import HARMS


class Hearing:
    """The witnesses of one event, in order of date and id."""

    def __init__(self, witnesses: Sequence[Witness], policy: Policy) -> None:
        self.witnesses, self.policy = tuple(witnesses), policy
        self._of_harm: dict[str, list[Gathered]] = {}
        self._spelling = _spelling(s for w in witnesses for c in w.claims for s in (*c.claimants, *c.disputed_by))

    @property
    def texts(self) -> tuple[str, ...]:
        """The ids of the texts."""
        return tuple(witness.id for witness in self.witnesses)

    def tolls(self) -> Iterator[EventToll]:
        """The tolls that the texts give, by harm; of all people first, then category by category."""
        harms = {claim.harm for witness in self.witnesses for claim in witness.claims}
        categories = sorted({w.category(claim) for w in self.witnesses for claim in w.claims})
        for harm in (harm for harm in HARMS if harm in harms):
            for category in (None, *categories):
                toll = self.toll(harm, category)
                if toll is not None:
                    yield toll

    def toll(self, harm: str, category: str | None = None, pick: Picked | None = None) -> EventToll | None:
        """The toll of one harm, of a category or of the claims picked; None where no text gives a figure."""
        if pick is None and category is not None:
            pick = lambda witness, claim: witness.category(claim) == category  # noqa: E731
        everyone = self._gathered(harm)
        some = everyone if pick is None else [w.gather(harm, pick, self.policy, self._spelling) for w in self.witnesses]
        return weigh_event(harm, category, some, self.policy.best, has_event(everyone))

    def _gathered(self, harm: str) -> list[Gathered]:
        """The figures of all people, found once a harm."""
        if harm not in self._of_harm:
            found = [witness.gather(harm, None, self.policy, self._spelling) for witness in self.witnesses]
            self._of_harm[harm] = found
        return self._of_harm[harm]


def _spelling(sources: Iterable[Source]) -> dict[str, str]:
    """One spelling of each name, by its small letters: "police" for "Police" too."""
    found: dict[str, str] = {}
    for source in sources:
        name = name_of(source)
        found[name.casefold()] = max(name, found.get(name.casefold(), name))
    return found
