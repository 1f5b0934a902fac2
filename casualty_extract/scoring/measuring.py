"""Gold and a pipeline to a score: every text is read once, and what was counted in all of them is measured."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import casualty_extract
from casualty_extract.gold import GoldText, read_gold
from casualty_extract.report import Report
from casualty_extract.scoring.figures import intervals, rates, share
from casualty_extract.scoring.texts import ScoredText
from casualty_extract.scoring.types import GIVEN, LEVELS, Measure, Mistake, Score

Extract = Callable[[str], Report]


def score(
    gold: Iterable[GoldText] | str | os.PathLike[str],
    *,
    pipeline: str = "rules",
    lexicon: Any = None,
    extract: Extract | None = None,
    bootstrap: int = 1000,
    seed: int = 0,
) -> Score:
    """The score of a pipeline on gold, which is given as texts or as the path of a file.

    ``pipeline`` and ``lexicon`` are those of `casualty_extract.extract`; ``extract`` is a function from text to report
    in their place. ``bootstrap``: resamples of texts for the intervals, 0 for none; the same ``seed``, the same
    intervals. Raises ValueError that names the line of a gold file that is wrong, and for gold without texts.
    """
    texts = read_gold(gold) if isinstance(gold, str | os.PathLike) else tuple(gold)
    if not texts:
        raise ValueError("no gold text to score on")
    read = extract or casualty_extract.load_pipeline(pipeline, lexicon=lexicon).extract
    mistakes: list[Mistake] = []
    tallies = [ScoredText(text, read(text.text), mistakes).tally() for text in texts]
    total = sum(tallies, Counter[str]())
    spans = intervals(tallies, bootstrap, seed) if bootstrap else {}
    return Score(
        texts=len(texts),
        expected=total["expected"],
        predicted=total["predicted"],
        measures={level: Measure(*rates(total, level), *spans.get(level, ())) for level in LEVELS},
        given_found={field: share(total[f"right {field}"], total[_asked(field)]) for field in GIVEN},
        distractors=total["distractors"],
        returned=total["returned"],
        mistakes=tuple(mistakes),
    )


def _asked(field: str) -> str:
    return "asked name" if field == "name" else "found"
