"""How well the rules do: on the project's own articles and cases, and on any gold file.

    accuracy.py [--pipeline spacy] [--lexicon mine.toml] [--errors N] [--json] [GOLD.jsonl ...]

Without a file: the seed articles (``seeds/**/*.gold.jsonl``), and how many of the cases of ``tests/cases`` are right.
With files: these and nothing else. What is measured, and how claims are paired, is said in `casualty_extract.scoring`:

  found      count and harm                                   precision, recall, F1, and a 95 % interval of F1
  number     found, with the same value, low and high         by resampling the texts
  victims    number, and the victims' category
  claimant   number, and the origin of the figure
  full       number, victims, claimant and status, all right
  part_of    the ties of parts to their whole

The rules were written with seeds and cases in view: they show that nothing broke, not how well the rules do on news
that nobody has seen. Measure on texts of your own.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from casualty_extract import extract
from casualty_extract.scoring import Score, score
from casualty_extract.testing import describe_difference, parse_cases

ROOT = Path(__file__).resolve().parent.parent


def score_cases(pipeline: str) -> tuple[int, int, int]:
    """The cases, those that are right, and those known to be missed."""
    cases = right = known = 0
    for path in sorted((ROOT / "tests" / "cases").glob("*.cases")):
        for case in parse_cases(path.read_bytes().decode("utf-8")):
            cases += 1
            known += pipeline in case.known_misses
            right += describe_difference(extract(case.text, pipeline=pipeline), case.claims) is None
    return cases, right, known


def report(name: str, result: Score, errors: int) -> None:
    """Prints a score, and its first mistakes."""
    print(f"{name}: {result}")
    for mistake in result.mistakes[:errors]:
        print(f"  {mistake}")


def main(argv: Sequence[str] | None = None) -> int:
    """0; 1 where a file cannot be read or is no gold, which is said by its line."""
    parser = argparse.ArgumentParser(description="Measure the rules on gold.")
    parser.add_argument("gold", nargs="*", metavar="GOLD", help="a gold file; none: the project's own texts")
    parser.add_argument("--pipeline", choices=("rules", "spacy"), default="rules")
    parser.add_argument("--lexicon", metavar="FILE", help="words of your own, as TOML")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N mistakes of each file")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(argv)
    files = [Path(file) for file in options.gold] or sorted((ROOT / "seeds").rglob("*.gold.jsonl"))
    found: dict[str, Score] = {}
    for file in files:
        try:
            found[file.name] = score(file, pipeline=options.pipeline, lexicon=options.lexicon)
        except (OSError, ValueError) as error:
            print(f"accuracy.py: {error}", file=sys.stderr)
            return 1
    cases = None if options.gold else score_cases(options.pipeline)
    if options.json:
        shown = {name: asdict(result) | {"mistakes": len(result.mistakes)} for name, result in found.items()}
        print(json.dumps(shown | ({"cases": cases} if cases else {}), indent=1))
        return 0
    for name, result in found.items():
        report(name, result, options.errors)
    if cases:
        print(f"cases: {cases[0]}, right {cases[1]}, known misses {cases[2]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
