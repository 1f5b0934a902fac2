"""The order in which the claims of a text are tied to each other."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Document
from casualty_extract.model import Claim
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Mention
from casualty_extract.stages.resolution.doubts import Doubter
from casualty_extract.stages.resolution.episodes import with_episodes
from casualty_extract.stages.resolution.relations import Ties
from casualty_extract.stages.resolution.revisions import superseded
from casualty_extract.stages.resolution.wholes import find_wholes


def resolve_claims(
    document: Document, claims: Sequence[Claim], mentions: Sequence[Mention], rules: Rules
) -> tuple[list[Claim], dict[str, int]]:
    """The claims with relations and episodes, in order of their counts, and the sentence of each by its id."""
    claims = list(claims)
    claims = superseded(document, claims, mentions, rules)
    wholes = find_wholes(claims, mentions)
    claims = with_episodes(document, claims, mentions, rules)
    claims = Ties(claims, wholes, mentions).related()
    claims = Doubter(document, claims, mentions, rules).doubted()
    sentences = {c.id: m.sentence for c, m in zip(claims, mentions, strict=True)}
    claims.sort(key=lambda c: (c.count.start, c.count.end, c.harm))
    return claims, sentences
