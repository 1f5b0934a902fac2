"""Measures the rules on the seed articles' expected claims: measure_seeds.py [--pipeline spacy] [--speed]

What is measured is said in `casualty_extract.scoring`; `benchmarks/accuracy.py` measures any gold file.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from casualty_extract import extract
from casualty_extract.gold import read_gold
from casualty_extract.scoring import score

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


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
    articles = [article for file in sorted(SEEDS.glob("*.gold.jsonl")) for article in read_gold(file)]
    total = score(articles, pipeline=options.pipeline, bootstrap=0)
    print(f"{total.texts} articles, {total.expected} claims expected, {total.predicted} found ({options.pipeline})")
    for level, measure in total.measures.items():
        print(f"{level:<9} F1 {measure.f1:.2f}")
    if options.speed:
        print(f"speed     {speed([a.text for a in articles], options.pipeline) / 1000:.0f} kB a second")


if __name__ == "__main__":
    main()
