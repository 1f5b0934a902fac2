"""Time against size for the inputs that are worst for the rules: scaling.py [--size CHARACTERS] [NAME ...]

Each input is read at a size (100,000 characters, as long as a section) and at its double; the ratio should stay near 2.
The time of the best of two rounds, in seconds of this process.
"""

from __future__ import annotations

import argparse
import time

from casualty_extract import extract

NEWS = (
    "At least 12 dockers were killed and 30 wounded in a blast at Varn on Monday, the Harl Monitor said. The watchdog "
    "said two of them were children. Rebels put the toll at 20.\n\n"
)
INPUTS = {  # what is repeated
    "digits and commas": "1,",
    "killed": "killed ",
    "12 killed": "12 killed ",
    "numbers with commas": "1,234 killed, ",
    "nested quotation marks": '"“',
    "spaced quotation marks": '" “ ',
    "said": "said ",
    "police told": "police told AFP nine died ",
    "and": "and ",
    "nine men and": "nine men and ",
    "brackets": "(",
    "one sentence": "the men and the army of the north killed two soldiers in the city ",
    "letters": "a",
    "spaces": " ",
    "news": NEWS,
}


def seconds(text: str) -> float:
    """The time that a text takes, the best of two rounds."""
    best = float("inf")
    for _ in range(2):
        begin = time.process_time()
        extract(text)
        best = min(best, time.process_time() - begin)
    return best


def main() -> None:
    options = argparse.ArgumentParser(description="Time against size for the worst inputs.")
    options.add_argument("--size", type=int, default=100_000)
    options.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(INPUTS)}")
    given = options.parse_args()
    extract("Nine men were killed.")
    print(f"{'input':<24} {given.size:>12,} {2 * given.size:>12,}  ratio")
    for name in given.names or INPUTS:
        unit = INPUTS[name]
        text = f"Killed 12. {unit * (2 * given.size // len(unit) + 1)}"
        single, double = seconds(text[: given.size]), seconds(text[: 2 * given.size])
        print(f"{name:<24} {single:11.2f}s {double:11.2f}s  {double / single:5.2f}", flush=True)


if __name__ == "__main__":
    main()
