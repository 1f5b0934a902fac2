"""The order in which the claims of a text are tied to each other."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Document
from casualty_extract.model import Claim, Toll
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Mention
from casualty_extract.stages.resolution.doubts import Doubter
from casualty_extract.stages.resolution.episodes import with_episodes
from casualty_extract.stages.resolution.relations import related
from casualty_extract.stages.resolution.revisions import superseded
from casualty_extract.stages.resolution.wholes import find_wholes
from casualty_extract.tolls import sum_tolls


def resolve_claims(
    document: Document, claims: Sequence[Claim], mentions: Sequence[Mention], rules: Rules
) -> tuple[list[Claim], dict[str, Toll]]:
    """The claims with relations and episodes, in order of their counts, and the tolls of the text."""
    claims = list(claims)
    claims = superseded(document, claims, mentions, rules)
    wholes = find_wholes(claims, mentions)
    claims = with_episodes(document, claims, mentions, rules)
    claims = [related(i, claims, wholes, mentions) for i in range(len(claims))]
    claims = Doubter(document, claims, mentions, rules).doubted()
    sentences = {c.id: m.sentence for c, m in zip(claims, mentions, strict=True)}
    claims.sort(key=lambda c: (c.count.start, c.count.end, c.harm))
    return claims, sum_tolls(claims, sentences=sentences)
