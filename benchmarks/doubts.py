"""How often claims with a doubt are wrong, and how often those without.

    doubts.py [--pipeline spacy] GOLD.jsonl ...

Claims are paired with those of the gold as `casualty_extract.scoring` says. A found claim is wrong where it has no
partner, or where its harm, number, victims' category, claimant or status is not right. Optional claims of the gold are
left out, and so are persons by name that it does not list.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from casualty_extract import Claim, load_pipeline
from casualty_extract.gold import GoldClaim, GoldText, read_gold
from casualty_extract.report import Report
from casualty_extract.scoring import pair_claims, same_origin
from casualty_extract.values import DOUBTS


def is_right(wanted: GoldClaim, claim: Claim) -> bool:
    """Whether all that makes a claim is right: harm, number, category, claimant, status."""
    figures = [(count.value, count.low, count.high) for count in (wanted.count, claim.count)]
    return (
        figures[0] == figures[1]
        and wanted.accepts("harm", claim.harm)
        and wanted.accepts("category", claim.victims.category)
        and wanted.accepts("status", claim.status)
        and same_origin(wanted, claim.attribution)
    )


def judged(gold: GoldText, report: Report) -> Iterator[tuple[Claim, bool]]:
    """The found claims that the gold can judge, with whether each is right."""
    partner = {j: i for i, j in pair_claims(gold.claims, report.claims).items()}
    for j, claim in enumerate(report.claims):
        wanted = gold.claims[partner[j]] if j in partner else None
        if (wanted is None and claim.implicit) or (wanted is not None and wanted.optional):
            continue
        yield claim, wanted is not None and is_right(wanted, claim)


def main(argv: Sequence[str] | None = None) -> int:
    """0; 1 where a file cannot be read or is no gold, which is said by its line."""
    parser = argparse.ArgumentParser(description="How often claims with and without a doubt are wrong.")
    parser.add_argument("gold", nargs="+", metavar="GOLD", help="a gold file")
    parser.add_argument("--pipeline", choices=("rules", "spacy"), default="rules")
    options = parser.parse_args(argv)
    try:
        texts = [text for file in options.gold for text in read_gold(file)]
    except (OSError, ValueError) as error:
        print(f"doubts.py: {error}", file=sys.stderr)
        return 1
    pipeline = load_pipeline(options.pipeline)
    told, wrong = Counter[str](), Counter[str]()
    for text in texts:
        for claim, right in judged(text, pipeline.extract(text.text)):
            for code in ("a doubt", *claim.doubts) if claim.doubts else ("no doubt",):
                told[code] += 1
                wrong[code] += not right
    for code in ("a doubt", "no doubt", *sorted(DOUBTS, key=lambda doubt: -wrong[doubt] / max(told[doubt], 1))):
        share = f"{100 * wrong[code] / told[code]:.0f} %" if told[code] else "-"
        print(f"{code:<22} {told[code]:>4} claims, {wrong[code]:>3} wrong  {share}")
    if told["a doubt"] and wrong["no doubt"]:
        ratio = wrong["a doubt"] / told["a doubt"] / (wrong["no doubt"] / told["no doubt"])
        print(f"claims with a doubt are wrong {ratio:.1f} times as often")
    return 0


if __name__ == "__main__":
    sys.exit(main())
