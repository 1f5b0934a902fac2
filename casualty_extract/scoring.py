"""How well a pipeline does on gold: the claims found are paired with those expected, and each pair is measured.

Gold and found claims are paired one to one where their counts overlap, the best fit first: harm, then bounds, then
victims' category, then the longest overlap. Optional gold claims are neither hits nor errors, nor are implicit claims
(no number word) that match none. What gold accepts besides (``also``) counts as right. Over the pairs:

    found      the harm is right                          value    value, low and high, given found
    number     found, and value, low, high are right      chain    every link of the attribution, given found
    victims    number, and the victims' category          name     the resolved name, where gold has one that its
    claimant   number, and the origin of the figure                words do not say
    full       number, victims, claimant and status       returned numbers that count no victims (``not_claims``),
    part_of    the ties to a whole, any mention of the             returned as a count
               same figure of the same harm will do

found to part_of are precision, recall and F1, with a bootstrap interval of F1 over texts (95 %). Two sources are the
same where they share half of the stretch that both cover together, or half of their words or names.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import casualty_extract
from casualty_extract.gold import GoldClaim, GoldLink, GoldText, read_gold
from casualty_extract.model import Claim, Count, Source
from casualty_extract.report import Report

LEVELS = ("found", "number", "victims", "claimant", "full", "part_of")
GIVEN = ("value", "category", "origin", "chain", "status", "scope", "name")
_HALF = 0.5
_LONGEST_SOURCE = 16  # words: whoever names a paragraph names nobody
_IDLE = frozenset(
    ("the", "a", "an", "of", "in", "for", "and", "to", "at", "by", "on", "its", "his", "her", "their", "from", "said",
     "mr", "that")
)  # fmt: skip

Extract = Callable[[str], Report]


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision, recall and F1 from 0 to 1, and the 95 % bootstrap interval of F1 over texts; None: not asked for."""

    precision: float
    recall: float
    f1: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong: in which text (its id), of which kind ("missed", "extra", "harm", "value", ...), where
    (the count's words and place), what was found and what gold has."""

    id: str
    kind: str
    text: str
    start: int
    end: int
    found: str
    expected: str

    def __str__(self) -> str:
        return f'{self.id}  {self.kind}  "{self.text}" ({self.start} to {self.end}): {self.found} for {self.expected}'


@dataclass(frozen=True, slots=True)
class Score:
    """How well a pipeline did: ``measures`` by level, accuracies ``given_found`` by field (None: nothing to measure).

    ``distractors`` are the numbers that gold says count no victims, ``returned`` those of them that a claim has as its
    count. ``mistakes`` stand in the order of the texts.
    """

    texts: int
    expected: int
    predicted: int
    measures: Mapping[str, Measure]
    given_found: Mapping[str, float | None]
    distractors: int
    returned: int
    mistakes: tuple[Mistake, ...] = ()

    def __str__(self) -> str:
        lines = [f"{self.texts} texts, {self.expected} claims expected, {self.predicted} found"]
        for level, m in self.measures.items():
            between = "" if m.low is None or m.high is None else f"  ({m.low:.3f} to {m.high:.3f})"
            lines.append(f"{level:<9} P {m.precision:.3f}  R {m.recall:.3f}  F1 {m.f1:.3f}{between}")
        told = (
            f"{field} {'-' if right is None else format(right, '.3f')}" for field, right in self.given_found.items()
        )
        lines.append(f"of those found: {'  '.join(told)}")
        if self.distractors:
            lines.append(f"numbers that count no victims: {self.distractors}, returned {self.returned}")
        return "\n".join(lines)


def score(
    gold: Iterable[GoldText] | str | os.PathLike[str],
    *,
    pipeline: str = "rules",
    lexicon: Any = None,
    extract: Extract | None = None,
    bootstrap: int = 1000,
    seed: int = 0,
) -> Score:
    """The score of a pipeline on gold, which is given as texts or as the path of a file.

    ``pipeline`` and ``lexicon`` are those of `casualty_extract.extract`; ``extract`` is a function from text to report
    in their place. ``bootstrap``: resamples of texts for the intervals, 0 for none; the same ``seed``, the same
    intervals. Raises ValueError that names the line of a gold file that is wrong, and for gold without texts.
    """
    texts = read_gold(gold) if isinstance(gold, str | os.PathLike) else tuple(gold)
    if not texts:
        raise ValueError("no gold text to score on")
    read = extract or casualty_extract.load_pipeline(pipeline, lexicon=lexicon).extract
    mistakes: list[Mistake] = []
    tallies = [_Text(text, read(text.text), mistakes).tally() for text in texts]
    total = sum(tallies, Counter[str]())
    spans = _intervals(tallies, bootstrap, seed) if bootstrap else {}
    return Score(
        texts=len(texts),
        expected=total["expected"],
        predicted=total["predicted"],
        measures={level: Measure(*_rates(total, level), *spans.get(level, ())) for level in LEVELS},
        given_found={field: _share(total[f"right {field}"], total[_asked(field)]) for field in GIVEN},
        distractors=total["distractors"],
        returned=total["returned"],
        mistakes=tuple(mistakes),
    )


# --- one text ---------------------------------------------------------------------------------------------------------


class _Text:
    """The claims expected and found of one text, paired and counted."""

    def __init__(self, gold: GoldText, report: Report, mistakes: list[Mistake]) -> None:
        self._gold, self._report, self._mistakes = gold, report, mistakes
        self._pairs = pair_claims(gold.claims, report.claims)
        self._expected_wholes = _expected_wholes(gold.claims)
        self._found_wholes = _found_wholes(report.claims)
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
            "value": _bounds(wanted.count) == _bounds(found.count),
            "category": wanted.accepts("category", found.victims.category),
            "origin": same_origin(wanted, found.attribution),
            "chain": _same_chain(wanted.attribution, found.attribution),
            "status": wanted.accepts("status", found.status),
            "scope": wanted.accepts("scope", found.scope),
        }
        origin = wanted.attribution[-1] if wanted.attribution else None
        if origin and origin.name and _alike(_words(origin.name), _words(origin.text)) < _HALF:
            self._counts["asked name"] += 1
            last = found.attribution[-1].name if found.attribution else ""
            right["name"] = _alike(_words(origin.name), _words(last)) >= _HALF
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


def pair_claims(gold: Iterable[GoldClaim], found: Iterable[Claim]) -> dict[int, int]:
    """Index of a gold claim to index of the found claim that it is paired with; each is used once."""
    fits = []
    for (i, wanted), (j, have) in product(enumerate(gold), enumerate(tuple(found))):
        shared = min(wanted.count.end, have.count.end) - max(wanted.count.start, have.count.start)
        if shared > 0:
            same = _bounds(wanted.count) == _bounds(have.count)
            kin = wanted.category == have.victims.category
            fits.append((not wanted.accepts("harm", have.harm), not same, not kin, -shared, i, j))
    pairs: dict[int, int] = {}
    for *_, i, j in sorted(fits):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _bounds(count: Count) -> tuple[int | None, int | None, int | None]:
    return count.value, count.low, count.high


def _expected_wholes(claims: Iterable[GoldClaim]) -> dict[int, object]:
    """Index of a part to the figure and harm of its whole."""
    claims = tuple(claims)
    by_start = {claim.count.start: (_bounds(claim.count), claim.harm) for claim in claims}
    parts = ((i, claim.part_of) for i, claim in enumerate(claims))
    return {i: by_start[start] for i, start in parts if start is not None and start in by_start}


def _found_wholes(claims: Iterable[Claim]) -> dict[int, object]:
    claims = tuple(claims)
    by_id = {claim.id: (_bounds(claim.count), claim.harm) for claim in claims}
    ties = ((j, tie.target) for j, claim in enumerate(claims) for tie in claim.relations if tie.type == "part_of")
    return {j: by_id[target] for j, target in ties if target in by_id}


# --- sources ----------------------------------------------------------------------------------------------------------


def same_origin(wanted: GoldClaim, found: tuple[Source, ...]) -> bool:
    """Whether the origin of a figure is the gold's last link, one joined to it, or one that gold accepts besides."""
    chain, besides = wanted.attribution, wanted.also.get("origin", ())
    if not found:
        return not chain or None in besides
    last = found[-1]
    first = len(chain) - 1
    while first > 0 and chain[first].joint:
        first -= 1
    if any(_same_source(link, last) for link in chain[max(first, 0) :]):
        return True
    heard = [_words(last.text), _words(last.name)]
    short = len(last.text.split()) <= _LONGEST_SOURCE
    return short and any(_alike(_words(name), told) >= _HALF for name in besides if name for told in heard)


def _same_chain(wanted: tuple[GoldLink, ...], found: tuple[Source, ...]) -> bool:
    return len(wanted) == len(found) and all(map(_same_source, wanted, found))


def _same_source(link: GoldLink, source: Source) -> bool:
    if len(source.text.split()) > _LONGEST_SOURCE:
        return False
    shared = min(link.end, source.end) - max(link.start, source.start)
    both = max(link.end, source.end) - min(link.start, source.start)
    if shared >= _HALF * both:
        return True
    named = product((link.text, link.name or ""), (source.text, source.name))
    return any(_alike(_words(a), _words(b)) >= _HALF for a, b in named)


def _words(name: str) -> frozenset[str]:
    """The words of a name that tell it from others."""
    split = name.lower().replace("-", " ").split()
    return frozenset(word.strip(".,'\"’“”()@") for word in split) - _IDLE - {""}


def _alike(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of words in common, from 0 to 1 (Dice)."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _shown(field: str, claim: GoldClaim | Claim) -> str:
    """A field of a claim as a mistake shows it."""
    if field == "value":
        return "/".join("open" if figure is None else str(figure) for figure in _bounds(claim.count))
    if field == "category":
        return claim.category if isinstance(claim, GoldClaim) else claim.victims.category
    if field in ("origin", "chain", "name"):
        return " > ".join(link.name or link.text for link in claim.attribution) or "nobody"
    return str(getattr(claim, field))


# --- figures ----------------------------------------------------------------------------------------------------------


def _asked(field: str) -> str:
    return "asked name" if field == "name" else "found"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _rates(counts: Mapping[str, int], level: str) -> tuple[float, float, float]:
    """Precision, recall and F1; all 1 where there is nothing to find and nothing was found."""
    ties = " ties" if level == "part_of" else ""
    predicted, expected, hits = counts[f"predicted{ties}"], counts[f"expected{ties}"], counts[level]
    if not predicted + expected:
        return 1.0, 1.0, 1.0
    return (_share(hits, predicted) or 0.0), (_share(hits, expected) or 0.0), 2 * hits / (predicted + expected)


def _intervals(tallies: list[Counter[str]], times: int, seed: int) -> dict[str, tuple[float, float]]:
    """The middle 95 % of F1 over resamples of the texts, for each level."""
    choose = random.Random(seed)
    keys = (*LEVELS, "expected", "predicted", "expected ties", "predicted ties")
    rows = [[tally[key] for key in keys] for tally in tallies]
    drawn: dict[str, list[float]] = {level: [] for level in LEVELS}
    for _ in range(times):
        sums = map(sum, zip(*choose.choices(rows, k=len(rows)), strict=True))
        counts = dict(zip(keys, sums, strict=True))
        for level in LEVELS:
            drawn[level].append(_rates(counts, level)[2])
    return {level: _middle(sorted(values)) for level, values in drawn.items()}


def _middle(values: list[float]) -> tuple[float, float]:
    last = len(values) - 1
    return values[round(0.025 * last)], values[round(0.975 * last)]
