"""How fast texts are read, beside what else there is, in one run on one core.

    speed.py [--repeats N] [--dense FILE] [--quiet FILE]

Files have one text a line, as JSON with a key "text". Without them: the seed articles, and their sentences that hold
no harm word, put together to texts of some kilobytes. Each figure is the best of N rounds (3), in which everything is
measured in turn, so that a busy machine slows all alike, by the time that this process had a core; what takes less than
two seconds is run again until then. Nothing read is kept. What counts are the ratios.

  rules           `extract` with the pipeline "rules", and with the extra "fast" where it is installed
  without extra   the same with the gate's own engine
  spaCy           bare `nlp.pipe` of en_core_web_sm, all components, batch 64
  with component  the same with "casualty_extract" added
  spaCy pipeline  `extract` with the pipeline "spacy", which parses the sentences that may hold a claim
  quantulum3      `quantulum3.parser.parse`, sentence by sentence (of the dense texts, the first hundred)
  trie            all harm forms as whole words in one trie, found by `re` in texts in lower case
  alternation     all harm forms in one plain `re` alternation, found in the same way
  re2             the same alternation, found by google-re2 in the bytes of texts in lower case
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # one core for what spaCy computes with

from casualty_extract import extract, load_pipeline
from casualty_extract.analysis.spacy_based import MODELS
from casualty_extract.analysis.text import read_text
from casualty_extract.pipeline import Pipeline
from casualty_extract.rules.gate import Gate
from casualty_extract.rules.trie import to_pattern, to_trie

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
LONG = 4000  # characters of a text put together from paragraphs
SENTENCES = 100
SHORTEST = 2.0  # seconds of a measurement, at least

Work = Callable[[Sequence[str]], Iterable[object]]


def read_lines(path: Path) -> list[str]:
    """The texts of a file of JSON lines."""
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def own_texts() -> tuple[list[str], list[str]]:
    """The seed articles thirty times, and a hundred texts of their paragraphs without harm words."""
    seeds = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("**/*.txt"))]
    gate = Gate(load_pipeline("rules").rules.harm_forms)
    calm = [part for text in seeds for part in re.split(r"\n|(?<=\.) ", text) if part and not gate.opens(part)]
    page = " ".join(calm * (LONG // sum(map(len, calm)) + 1))
    return seeds * 30, [page] * 100


def load_model() -> Any:
    """The spaCy model, whole; None where none is installed."""
    try:
        import spacy

        import casualty_extract.integrations.spacy_component  # noqa: F401  (where the package is not installed)
    except ImportError:
        return None
    name = next((model for model in MODELS if spacy.util.is_package(model)), None)
    return spacy.load(name) if name else None


def works() -> dict[str, Work]:
    """What is measured, by name."""
    rules = load_pipeline("rules").rules
    bare = Pipeline(rules, load_pipeline("rules").analyzer, Gate(rules.harm_forms, fast=False), {}, "")
    forms = [" ".join(form) for form, rule in rules.harm_forms.items() if rule.victim != "none"]
    trie = re.compile(rf"\b{to_pattern(to_trie(map(re.escape, form) for form in forms))}\b")
    plain = "|".join(map(re.escape, forms))
    alternation = re.compile(plain)
    found: dict[str, Work] = {
        "rules": lambda texts: map(extract, texts),
        "without extra": lambda texts: map(bare.extract, texts),
        "trie": lambda texts: (trie.findall(text.lower()) for text in texts),
        "alternation": lambda texts: (alternation.findall(text.lower()) for text in texts),
    }
    if importlib.util.find_spec("re2"):
        import re2

        by_re2 = re2.compile(plain.encode())
        found["re2"] = lambda texts: (by_re2.findall(text.lower().encode()) for text in texts)
    model, other = load_model(), load_model()
    if model is not None:
        other.add_pipe("casualty_extract")
        found["spaCy"] = lambda texts: model.pipe(texts, batch_size=64)
        found["spaCy pipeline"] = lambda texts: (extract(text, pipeline="spacy") for text in texts)
        found["with component"] = lambda texts: other.pipe(texts, batch_size=64)
    return found


def measure(work: Work, texts: Sequence[str]) -> float:
    """Characters a second of processor time."""
    begin, passes, spent = time.process_time(), 0, 0.0
    while spent < SHORTEST:
        deque(work(texts), maxlen=0)
        passes, spent = passes + 1, time.process_time() - begin
    return passes * sum(map(len, texts)) / spent


def parse_quantities(sentences: Sequence[str]) -> Iterable[object]:
    from quantulum3 import parser

    return map(parser.parse, sentences)


def sentences_of(texts: Sequence[str]) -> list[str]:
    """The first sentences of some texts."""
    found: list[str] = []
    for text in texts:
        document = read_text(text)
        found += [document.slice(s.first, s.stop)[0] for s in document.sentences]
        if len(found) >= SENTENCES:
            break
    return found[:SENTENCES]


def main() -> None:
    options = argparse.ArgumentParser(description="How fast texts are read, beside what else there is.")
    options.add_argument("--repeats", type=int, default=3)
    options.add_argument("--dense", type=Path, help="JSON lines with claims in most texts")
    options.add_argument("--quiet", type=Path, help="JSON lines without claims in most texts")
    given = options.parse_args()
    dense, quiet = own_texts()
    kinds = {
        "dense": read_lines(given.dense) if given.dense else dense,
        "quiet": read_lines(given.quiet) if given.quiet else quiet,
    }
    todo = works()
    sentences = sentences_of(kinds["dense"])
    best: dict[tuple[str, str], float] = {}
    extract("Nine men were killed 40 furlongs from Varn.")  # loads the rules, and quantulum3
    for _ in range(given.repeats):
        for kind, texts in kinds.items():
            for name, work in todo.items():
                best[kind, name] = max(best.get((kind, name), 0.0), measure(work, texts))
        best["dense", "quantulum3"] = max(best.get(("dense", "quantulum3"), 0.0), measure(parse_quantities, sentences))
    for (kind, name), speed in sorted(best.items()):
        ratio = best[kind, "rules"] / speed
        bare = f"   {speed / best[kind, 'spaCy']:8.2f} times bare spaCy" if (kind, "spaCy") in best else ""
        print(f"{kind}  {name:<15} {speed / 1000:12,.0f} kB/s   rules are {ratio:8.2f} times as fast{bare}")


if __name__ == "__main__":
    main()
