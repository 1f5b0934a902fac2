"""What of a long text is shown at once: the sentences that hold something of a claim; the others fold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casualty_extract.analysis.text import read_text
from casualty_extract.views.marks import Place

FOLDS_FROM = 2400  # characters: a text up to this length is shown whole
LEAST_FOLD = 200  # characters: less than this is not worth a click


class Stretch(NamedTuple):
    """A run of sentences, shown or folded; the stretches of a text come to the text."""

    start: int
    end: int
    folded: bool
    sentences: int


def fold(text: str, places: Sequence[Place]) -> list[Stretch]:
    """The text as stretches in order. The first sentence is always shown, and so is each one that holds a place."""
    if len(text) <= FOLDS_FROM:
        return [Stretch(0, len(text), False, 0)] if text else []
    runs: list[Stretch] = []
    for start, end, held in _sentences(text, places):
        if runs and runs[-1].folded is not held:
            runs[-1] = runs[-1]._replace(end=end, sentences=runs[-1].sentences + 1)
        else:
            runs.append(Stretch(start, end, not held, 1))
    return _merged([run._replace(folded=run.folded and run.end - run.start >= LEAST_FOLD) for run in runs])


def _sentences(text: str, places: Sequence[Place]) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether a sentence is to be shown. White space behind a sentence belongs to it."""
    document = read_text(text)
    starts = [document.starts[sentence.first] for sentence in document.sentences]
    spans = sorted((place.start, place.end) for place in places if place.role != "rejected")
    reached = next_one = 0  # the end of the places seen so far
    for start, end in zip([0, *starts[1:]], [*starts[1:], len(text)], strict=True):
        held = start == 0 or reached > start
        while next_one < len(spans) and spans[next_one][0] < end:
            reached, held = max(reached, spans[next_one][1]), True
            next_one += 1
        yield start, end, held


def _merged(runs: Sequence[Stretch]) -> list[Stretch]:
    """Neighbours of one kind as one."""
    found: list[Stretch] = []
    for run in runs:
        if found and found[-1].folded == run.folded:
            found[-1] = found[-1]._replace(end=run.end, sentences=found[-1].sentences + run.sentences)
        else:
            found.append(run)
    return found
