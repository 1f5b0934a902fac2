"""Figures that the text itself replaces."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Document
from casualty_extract.model import Claim
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Mention

_REACH = 200  # claims before a revision; no article has as many


def superseded(document: Document, claims: Sequence[Claim], mentions: Sequence[Mention], rules: Rules) -> list[Claim]:
    """Figures that a later sentence replaces: "27 people died. The toll was later raised to 31"."""
    out = list(claims)
    revised: dict[int, bool] = {}  # whether a sentence replaces figures of before
    for k, later in enumerate(claims):
        at = mentions[k].sentence
        if later.status != "asserted" or mentions[k].part or later.increment or later.scope != "event":
            continue
        if at == mentions[0].sentence:
            continue  # no figure stands in a sentence before
        if at not in revised:
            first, stop, _ = document.sentences[at]
            revised[at] = bool(rules.resolution["revised"].within(document, first, stop))
        if not revised[at]:
            continue
        for i in range(max(k - _REACH, 0), k):
            old = out[i]
            same = old.harm == later.harm and old.status == "asserted" and not mentions[i].part and not old.implicit
            apart = mentions[i].sentence < mentions[k].sentence
            if same and apart and old.count.value != later.count.value and _same_speakers(old, later, mentions[k].rule):
                out[i] = old.changed(status="superseded", rules={**old.rules, "status": "revised_later"})
    return out


def _same_speakers(old: Claim, later: Claim, rule: str) -> bool:
    """Whether the later figure comes from the same mouth, or is the toll itself with nobody else behind the old one."""
    before, after = ({s.name.casefold().removeprefix("the ") for s in c.claimants} for c in (old, later))
    return (before == after and bool(before)) or (rule in ("toll", "new_total") and (not after or before == after))
