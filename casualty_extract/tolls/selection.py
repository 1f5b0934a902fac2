"""Which claims are figures of a toll, and why the others are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from casualty_extract.model import Claim, Exclusion
from casualty_extract.tolls.policy import Policy

_TIES = ("part_of", "same_as")  # relations by which a claim counts with another
_NO_NAMES = ("the", "a", "an", "his", "her")


def select(
    asked: Sequence[Claim], of_harm: Sequence[Claim], policy: Policy, sentences: Mapping[str, int]
) -> tuple[list[Claim], list[Exclusion]]:
    """The claims that a toll rests on, and those that it leaves out with the reason.

    ``asked``: the claims to look at, in the order of the text; ``of_harm``: all of that harm, which show whether the
    text has a figure of its event. A part counts where its whole is not among those asked for, and where no figure is
    left beside it ("30 die each month. The dead include nine women": a rate is no toll).
    """
    kept, excluded = _chosen(asked, {claim.id for claim in asked}, of_harm, policy)
    if not kept:
        out = {e.id for e in excluded if e.reason not in (*_TIES, "attacker", "hedged")}
        kept, excluded = _chosen(asked, {claim.id for claim in asked} - out, of_harm, policy)
    kept, covered = _explicit(kept, sentences)
    return kept, [*excluded, *covered]


def _chosen(
    asked: Sequence[Claim], here: Set[str], of_harm: Sequence[Claim], policy: Policy
) -> tuple[list[Claim], list[Exclusion]]:
    """The claims that count and the others. ``here``: the ids of those whose parts and repeats do not."""
    own = [claim for claim in of_harm if _is_of_event(claim)]
    plain = any(claim.status == "asserted" for claim in own)
    excluded: list[Exclusion] = []
    kept: list[Claim] = []
    for claim in asked:
        reason = _left_out(claim, here, bool(own)) or _by_policy(claim, policy, plain)
        if reason:
            excluded.append(Exclusion(claim.id, reason))
        else:
            kept.append(claim)
    return kept, excluded


def _is_of_event(claim: Claim) -> bool:
    """Whether a claim gives a figure of the text's own event, beside which a sum over a period is left out."""
    told = claim.status in ("asserted", "hedged") and claim.count.modifier != "none"
    return told and claim.scope == "event" and claim.episode == 0


def _left_out(claim: Claim, here: Set[str], own_event: bool) -> str | None:
    """Why a claim is no figure of the toll, None where it is one. ``here``: as in `_chosen`."""
    if claim.status in ("hypothetical", "superseded", "denied"):
        return claim.status
    if claim.scope == "rate":
        return "rate"
    if claim.scope == "cumulative" and own_event:
        return "cumulative"
    if claim.episode:
        return "other_episode"
    for relation in claim.relations:
        if relation.type in _TIES and relation.target in here:
            return relation.type
    return None


def _by_policy(claim: Claim, policy: Policy, plain: bool) -> str | None:
    """Why a policy leaves out a claim that would count: an attacker, or a hedged figure beside plain ones."""
    if not policy.attackers and "attacker" in claim.victims.attributes:
        return "attacker"
    return "hedged" if plain and not policy.hedged and claim.status == "hedged" else None


# --- persons named one by one -----------------------------------------------------------------------------------------


def _explicit(kept: Sequence[Claim], sentences: Mapping[str, int]) -> tuple[list[Claim], list[Exclusion]]:
    """Persons named one by one count where no figure of another sentence covers them."""
    figures = [c for c in kept if not c.implicit]
    if not figures:
        return _distinct(kept, sentences)
    if not any(c.count.value or c.count.low for c in figures):
        return list(kept), []
    own = {sentences.get(c.id) for c in figures}
    covered = {c.id: c for c in kept if c.implicit and sentences.get(c.id) not in own}
    return [c for c in kept if c.id not in covered], [Exclusion(id_, "covered_by_total") for id_ in covered]


def _distinct(kept: Sequence[Claim], sentences: Mapping[str, int]) -> tuple[list[Claim], list[Exclusion]]:
    """Named persons, each once: "Karim" is the "Dalia Karim" of before, "the victim" is anybody of a sentence before;
    "the driver and the conductor" of one sentence are two."""
    seen: set[str] = set()
    out: list[Claim] = []
    again: list[Exclusion] = []
    for claim in kept:
        text = claim.count.text
        names = {w.strip(".,()") for w in text.split() if w[:1].isupper() and w.lower() not in _NO_NAMES}
        retold = not names and text.lower().startswith(("the ", "him", "her"))
        beside = bool(out) and sentences.get(claim.id, 0) == sentences.get(out[-1].id, -1)
        if out and ((retold and not beside) or names & seen):
            again.append(Exclusion(claim.id, "same_person"))
            continue
        seen |= names
        out.append(claim)
    return out, again
