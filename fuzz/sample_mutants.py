"""Names of mutants drawn at random, with a fixed seed: mutmut run $(python fuzz/sample_mutants.py 600)

``mutmut`` has made its mutants before (a run that was stopped will do). With ``--open`` only those drawn that have no
result yet, with ``--survived`` only those that no test has killed.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

SEED = 9
KILLED = (1, 3)  # exit codes of pytest: a test failed, an error inside
TIMED_OUT = (24, -24, 36, 152, 255)


def results(folder: Path = Path("mutants")) -> dict[str, int | None]:
    """Each mutant with the exit code of its tests; None where they have not run."""
    files = sorted(folder.rglob("*.meta"))
    return {name: code for path in files for name, code in json.loads(path.read_text())["exit_code_by_key"].items()}


def main() -> None:
    options = argparse.ArgumentParser(description="Names of mutants drawn at random, with a fixed seed.")
    options.add_argument("size", type=int)
    options.add_argument("--open", action="store_true", help="only those without a result")
    options.add_argument("--survived", action="store_true", help="only those that no test has killed")
    options.add_argument("--score", action="store_true", help="no names, but how many were killed")
    given = options.parse_args()
    codes = results()
    drawn = random.Random(SEED).sample(sorted(codes), min(given.size, len(codes)))
    ended = (*KILLED, *TIMED_OUT)
    if given.score:
        done = [codes[name] for name in drawn if codes[name] is not None]
        killed, late = sum(c in KILLED for c in done), sum(c in TIMED_OUT for c in done)
        print(f"{len(done)} of {len(drawn)} run: {killed} killed, {late} timed out, {len(done) - killed - late} alive")
    elif given.survived:
        print(*(name for name in drawn if codes[name] not in ended))
    else:
        print(*(name for name in drawn if not given.open or codes[name] is None))


if __name__ == "__main__":
    main()
