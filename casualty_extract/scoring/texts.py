"""One text: the claims that gold expects and those found, paired, measured and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from casualty_extract.gold import GoldClaim, GoldText
from casualty_extract.model import Claim, Count
from casualty_extract.report import Report
from casualty_extract.scoring.pairing import bounds, expected_wholes, found_wholes, pair_claims
from casualty_extract.scoring.sources import same_chain, same_name, same_origin
from casualty_extract.scoring.types import Mistake


class ScoredText:
    """The claims expected and found of one text, paired and counted."""

    def __init__(self, gold: GoldText, report: Report, mistakes: list[Mistake]) -> None:
        self._gold, self._report, self._mistakes = gold, report, mistakes
        self._pairs = pair_claims(gold.claims, report.claims)
        self._expected_wholes = expected_wholes(gold.claims)
        self._found_wholes = found_wholes(report.claims)
        self._counts: Counter[str] = Counter()

    def tally(self) -> Counter[str]:
        """What is expected, found and right."""
        counts, taken = self._counts, {j: i for i, j in self._pairs.items()}
        for i, claim in enumerate(self._gold.claims):
            if not claim.optional:
                counts["expected"] += 1
                counts["expected ties"] += i in self._expected_wholes
                if i not in self._pairs:
                    self._note("missed", claim.count, "nothing", claim.harm)
        for j, found in enumerate(self._report.claims):
            wanted = self._gold.claims[taken[j]] if j in taken else None
            if (wanted is None and found.implicit) or (wanted is not None and wanted.optional):
                continue
            counts["predicted"] += 1
            counts["predicted ties"] += j in self._found_wholes
            if wanted is None:
                self._note("extra", found.count, found.harm, "nothing")
            elif not wanted.accepts("harm", found.harm):
                self._note("harm", found.count, found.harm, wanted.harm)
            else:
                self._measure(wanted, found, self._expected_wholes.get(taken[j]), self._found_wholes.get(j))
        self._look_at_distractors()
        return counts

    def _measure(self, wanted: GoldClaim, found: Claim, whole: object, whole_found: object) -> None:
        """A pair whose harm is right."""
        right = {
            "value": bounds(wanted.count) == bounds(found.count),
            "category": wanted.accepts("category", found.victims.category),
            "origin": same_origin(wanted, found.attribution),
            "chain": same_chain(wanted.attribution, found.attribution),
            "status": wanted.accepts("status", found.status),
            "scope": wanted.accepts("scope", found.scope),
        }
        origin = wanted.attribution[-1] if wanted.attribution else None
        if origin and origin.name and not same_name(origin.name, origin.text):
            self._counts["asked name"] += 1
            last = found.attribution[-1].name if found.attribution else ""
            right["name"] = same_name(origin.name, last)
        self._count(right)
        if whole is not None and whole == whole_found:
            self._counts["part_of"] += 1
        elif whole is not None or whole_found is not None:
            self._note("part_of", found.count, str(whole_found), str(whole))
        for field in (field for field, is_right in right.items() if not is_right):
            self._note(field, found.count, _shown(field, found), _shown(field, wanted))

    def _count(self, right: Mapping[str, bool]) -> None:
        counts, number = self._counts, right["value"]
        counts.update({f"right {field}": int(is_right) for field, is_right in right.items()})
        counts.update(
            {
                "found": 1,
                "number": int(number),
                "victims": int(number and right["category"]),
                "claimant": int(number and right["origin"]),
                "full": int(number and right["category"] and right["origin"] and right["status"]),
            }
        )

    def _look_at_distractors(self) -> None:
        """Numbers of which gold says that they count no victims."""
        for start, end in self._gold.not_claims:
            hits = [c.count for c in self._report.claims if c.count.start < end and start < c.count.end]
            self._counts.update({"distractors": 1, "returned": int(bool(hits))})
            if hits:
                self._note("returned", hits[0], "a claim", "no claim")

    def _note(self, kind: str, count: Count, found: str, expected: str) -> None:
        self._mistakes.append(Mistake(self._gold.id, kind, count.text, count.start, count.end, found, expected))


def _shown(field: str, claim: GoldClaim | Claim) -> str:
    """A field of a claim as a mistake shows it."""
    if field == "value":
        return "/".join("open" if figure is None else str(figure) for figure in bounds(claim.count))
    if field == "category":
        return claim.category if isinstance(claim, GoldClaim) else claim.victims.category
    if field in ("origin", "chain", "name"):
        return " > ".join(link.name or link.text for link in claim.attribution) or "nobody"
    return str(getattr(claim, field))
