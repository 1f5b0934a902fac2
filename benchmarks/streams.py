"""What processes bring, and what memory a stream takes: ``python benchmarks/streams.py [FILE.jsonl ...]``.

The passages are the paragraphs of the files' "text" (by default of the seed articles), numbered, so that no two are
alike. Peak memory is that of this process and its largest worker, each measured in a fresh process.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from casualty_extract import extract, pipe

ROOT = Path(__file__).resolve().parent.parent
PASSAGES = 10_000
FEW, MANY = 2_000, 200_000
ROUNDS = 3


def passages(files: list[str], number: int) -> Iterator[str]:
    """So many paragraphs, each with a number of its own in front."""
    if files:
        lines = (line for file in files for line in Path(file).read_text(encoding="utf-8").splitlines())
        texts = [json.loads(line)["text"] for line in lines if line.strip()]
    else:
        texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    found = [part for text in texts for part in text.split("\n") if part.strip()]
    return (f"No. {i}: {part}" for i, part in enumerate(islice(cycle(found), number)))


def seconds(texts: list[str], n_process: int) -> float:
    """How long a stream takes."""
    began = time.perf_counter()
    assert sum(1 for _ in pipe(texts, n_process=n_process)) == len(texts)
    return time.perf_counter() - began


def peak(number: int, n_process: int) -> float:
    """The peak memory of a stream of so many short texts, in megabytes, measured in a fresh process."""
    arguments = [sys.executable, __file__, "--peak", str(number), str(n_process)]
    return float(subprocess.run(arguments, capture_output=True, text=True, check=True).stdout)


def print_peak(number: int, n_process: int) -> None:
    """Read the texts of a generator; every tenth has a claim."""
    texts = (f"Day {i}. " + ("The harvest was good." if i % 10 else "Nine people died.") for i in range(number))
    assert sum(1 for _ in pipe(texts, n_process=n_process)) == number
    print(sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024)


def main(files: list[str]) -> None:
    """Print both."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    texts = list(passages(files, PASSAGES))
    extract(texts[0])
    one, two = (min(seconds(texts, n) for _ in range(ROUNDS)) for n in (1, 2))
    size = sum(map(len, texts))
    print(f"{PASSAGES:,} passages, {size / 1e6:.1f} MB; one {one:.1f} s, two {two:.1f} s, gain {one / two:.2f}")
    for n_process in (1, 2):
        few, many = peak(FEW, n_process), peak(MANY, n_process)
        print(f"peak memory, n_process={n_process}: {FEW:,} texts {few:.0f} MB, {MANY:,} texts {many:.0f} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peak"]:
        print_peak(int(sys.argv[2]), int(sys.argv[3]))
    else:
        main(sys.argv[1:])
