"""Measures the rules on the seed articles' expected claims: measure_seeds.py [--pipeline spacy] [--speed]

A found and an expected claim are paired where their counts overlap, the best fit first, each used once. Optional
claims of the gold are neither hits nor errors; nor are implicit claims, which the gold does not list. `also` in the
gold holds other answers that count as right.

  found     count and harm                                  claimant  number, and the origin of the figure
  number    found, with the same value, low and high        full      number, victims, claimant and status
  victims   number, and the victims' category               part_of   the ties of parts to their whole
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from casualty_extract import Claim, Report, extract

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
LEVELS = ("found", "number", "victims", "claimant", "full", "part_of")
Gold = dict[str, Any]


def accepts(gold: Gold, field: str, wanted: Any, value: Any) -> bool:
    """Whether a value is the gold's or one that the gold accepts besides."""
    return value in (wanted, *gold.get("also", {}).get(field, []))


def plain(name: str | None) -> str | None:
    """A name without its article, in small letters."""
    words = (name or "").casefold().split()
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words) or None


def origins(claim: Claim) -> set[str | None]:
    """The names and texts of the claimants; None alone: the text's own voice."""
    return {plain(part) for s in claim.claimants for part in (s.name, s.text)} or {None}


def expected_origins(gold: Gold) -> set[str | None]:
    """The last link of the gold's chain and those joined to it, and the other origins that it accepts."""
    chain = gold["attribution"]
    first = len(chain) - 1
    while first > 0 and chain[first].get("joint") and chain[first - 1].get("joint"):
        first -= 1
    found = {plain(link.get(key)) for link in chain[max(first, 0) :] for key in ("name", "text")} - {None}
    return (found or {None}) | {plain(name) for name in gold.get("also", {}).get("origin", [])}


def levels(gold: Gold, claim: Claim) -> set[str]:
    """Which levels a pair of expected and found claim reaches."""
    count = gold["count"]
    right: set[str] = set()
    if accepts(gold, "harm", gold["harm"], claim.harm):
        right.add("found")
        bounds = (claim.count.value, claim.count.low, claim.count.high)
        if bounds == (count["value"], count["low"], count["high"]):
            right.add("number")
            if accepts(gold, "category", gold["victims"]["category"], claim.victims.category):
                right.add("victims")
            if origins(claim) & expected_origins(gold):
                right.add("claimant")
            if right >= {"victims", "claimant"} and accepts(gold, "status", gold["status"], claim.status):
                right.add("full")
    return right


def pairs(golds: list[Gold], report: Report) -> list[tuple[Gold, Claim]]:
    """Expected and found claims whose counts overlap, the best fit first."""
    near = [
        (len(levels(gold, claim)), -i, -k, gold, claim)
        for i, gold in enumerate(golds)
        for k, claim in enumerate(report.claims)
        if claim.count.start < gold["count"]["end"] and gold["count"]["start"] < claim.count.end
    ]
    found: list[tuple[Gold, Claim]] = []
    for fit, _, _, gold, claim in sorted(near, key=lambda n: n[:3], reverse=True):
        if fit and all(gold is not g and claim is not c for g, c in found):
            found.append((gold, claim))
    return found


def measure(article: Gold, report: Report) -> Counter[str]:
    """Hits of each level, with the number of claims expected and found."""
    matched = pairs(article["claims"], report)
    optional = [claim for gold, claim in matched if gold["optional"]]
    taken = [claim for _, claim in matched]
    tally: Counter[str] = Counter()
    tally["gold"] = sum(not gold["optional"] for gold in article["claims"])
    tally["predicted"] = sum(c not in optional and not (c.implicit and c not in taken) for c in report.claims)
    starts = {claim.id: claim.count.start for claim in report.claims}
    for gold, claim in matched:
        if gold["optional"]:
            continue
        tally.update(levels(gold, claim))
        wholes = [starts[tie.target] for tie in claim.relations if tie.type == "part_of"]
        tally["part_of"] += gold["part_of"] is not None and gold["part_of"] in wholes
    counted = [c for c in report.claims if c not in optional]
    tally["gold_parts"] = sum(g["part_of"] is not None for g in article["claims"] if not g["optional"])
    tally["predicted_parts"] = sum(any(r.type == "part_of" for r in c.relations) for c in counted)
    return tally


def f1(tally: Counter[str], level: str) -> float:
    """The harmonic mean of precision and recall; 1 where there is nothing to find and nothing was found."""
    ends = ("gold_parts", "predicted_parts") if level == "part_of" else ("gold", "predicted")
    both = tally[ends[0]] + tally[ends[1]]
    return 2 * tally[level] / both if both else 1.0


def speed(texts: list[str], pipeline: str) -> float:
    """Characters a second over the texts, read again and again for two seconds once the rules are loaded."""
    extract(texts[0], pipeline=pipeline)
    read, begin = 0, time.perf_counter()
    while time.perf_counter() - begin < 2:
        for text in texts:
            read += len(extract(text, pipeline=pipeline).text)
    return read / (time.perf_counter() - begin)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the rules on the seed articles.")
    parser.add_argument("--pipeline", choices=("rules", "spacy"), default="rules")
    parser.add_argument("--speed", action="store_true", help="measure the speed too (two seconds)")
    options = parser.parse_args()
    files = sorted(SEEDS.glob("*.gold.jsonl"))
    articles = [json.loads(line) for f in files for line in f.read_text(encoding="utf-8").splitlines() if line.strip()]
    total: Counter[str] = Counter()
    for article in articles:
        total += measure(article, extract(article["text"], pipeline=options.pipeline))
    print(f"{len(articles)} articles, {total['gold']} claims expected, {total['predicted']} found ({options.pipeline})")
    for level in LEVELS:
        print(f"{level:<9} F1 {f1(total, level):.2f}")
    if options.speed:
        print(f"speed     {speed([a['text'] for a in articles], options.pipeline) / 1000:.0f} kB a second")


if __name__ == "__main__":
    main()
