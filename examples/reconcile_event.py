"""From six articles on one event to one table: python examples/reconcile_event.py [--codebook NAME]

The articles of seeds/market_blast are the project's own writing; the event and the bodies are invented. Two of them
print the same story, which counts as one claimant's word and not as two.
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path

from casualty_extract import Report, extract, reconcile
from casualty_extract.codebooks import NAMES

FOLDER = Path(__file__).resolve().parent.parent / "seeds" / "market_blast"


def read_reports() -> list[Report]:
    """The reports of the six articles, with the id, publisher and date of each in its meta."""
    index = tomllib.loads((FOLDER / "index.toml").read_text(encoding="utf-8"))
    reports = []
    for name, about in index.items():
        text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
        reports.append(extract(text, meta={"id": name, "event": "Tarvel market", **about}))
    return reports


def main() -> None:
    parser = argparse.ArgumentParser(description="Reconcile the six articles on one event.")
    parser.add_argument("--codebook", choices=NAMES, help="whose categories and toll policy to follow")
    options = parser.parse_args()
    found = reconcile(read_reports(), by="event", codebook=options.codebook)
    print(found)
    killed = found["Tarvel market"].toll("killed")
    assert killed is not None
    print("\nKilled, as each claimant gave it:")
    for claimant, figures in killed.timeline.items():
        moves = ", ".join(f"{figure.date}: {figure.best} ({figure.text_id})" for figure in figures)
        print(f"  {claimant or '(own voice)'}: {moves}")
    print("\nLeft out:")
    for reason in sorted({left.reason for left in killed.excluded}):
        claims = [f"{left.text_id} {left.claim}" for left in killed.excluded if left.reason == reason]
        print(f"  {reason}: {len(claims)}, such as {claims[0]}")
    print("\nTo check, worst first:")
    for item in found.review()[:5]:
        print(f"  {item.doubt}: {item.text!r} ({item.text_id}, {item.start} to {item.end})")


if __name__ == "__main__":
    main()
