"""What annotators corrected, as gold: ``python -m casualty_extract.exchange labelstudio EXPORT.json GOLD.jsonl``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from casualty_extract.exchange import read_brat, read_labelstudio
from casualty_extract.gold import write_gold


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command on the arguments, those of the process by default; 1 where a file cannot be read or written."""
    parser = argparse.ArgumentParser(
        prog="python -m casualty_extract.exchange", description="Turn corrected annotations into a gold file."
    )
    parser.add_argument("format", choices=("labelstudio", "brat"))
    parser.add_argument("source", metavar="SOURCE", help="an export of Label Studio (JSON), or a folder of brat")
    parser.add_argument("gold", metavar="GOLD", help="the gold file to write, as JSON lines")
    parser.add_argument(
        "--predictions", action="store_true", help="take what the library found where nobody corrected it"
    )
    options = parser.parse_args(argv)
    try:
        if options.format == "brat":
            texts = read_brat(options.source)
        else:
            texts = read_labelstudio(options.source, predictions=options.predictions)
        write_gold(texts, options.gold)
    except (OSError, ValueError) as error:
        print(f"casualty_extract.exchange: {error}", file=sys.stderr)
        return 1
    print(f"{len(texts)} texts, {sum(len(text.claims) for text in texts)} claims: {options.gold}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
