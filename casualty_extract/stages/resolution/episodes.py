"""The events that a text tells of, as far as its words tell them apart."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Document, Sentence
from casualty_extract.model import Claim
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Mention


def with_episodes(
    document: Document, claims: Sequence[Claim], mentions: Sequence[Mention], rules: Rules
) -> list[Claim]:
    """Numbers the other events that a sentence turns to by its own words ("last month", "in a separate attack")."""
    episodes: dict[int, int] = {}  # by sentence
    turned = 0
    for k, mention in enumerate(mentions):
        if mention.sentence in episodes:
            continue
        sentence = document.sentences[mention.sentence]
        elsewhere = (k > 0 and _is_past_year(document, sentence, claims[0])) or (
            mention.sentence > 0
            and bool(rules.resolution["other_event"].within(document, sentence.first, sentence.stop))
        )
        turned += elsewhere
        episodes[mention.sentence] = turned if elsewhere else 0
    told = zip(claims, (episodes[m.sentence] for m in mentions), strict=True)
    return [claim.changed(episode=episode) if episode else claim for claim, episode in told]


def _is_past_year(document: Document, sentence: Sentence, opening: Claim) -> bool:
    """ "In 2014 a bomb killed 12": a sentence with another year than that of the text's first claim."""
    words = document.words
    for i in [i for i in range(sentence.first, sentence.stop - 1) if words[i] in ("in", "since")]:
        year = words[i + 1]
        if year.isdecimal() and len(year) == 4 and year[:2] in ("19", "20"):
            return opening.time is None or year not in opening.time.text
    return False
