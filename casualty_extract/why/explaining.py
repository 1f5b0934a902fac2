"""Why a claim is what it is: each of its parts with its rule and the words behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casualty_extract.analysis import Document
from casualty_extract.analysis.text import read_text, words
from casualty_extract.model import Claim, Count, Source, Span
from casualty_extract.report import Report
from casualty_extract.review import REASONS
from casualty_extract.rules.lexicon import Lexicon
from casualty_extract.why.answers import Explanation, Reason, place, quote
from casualty_extract.why.catalogue import Described, catalogue

_RELATIONS = {
    "part_of": "a part of",
    "updates": "replaces",
    "same_as": "the same figure as",
    "conflicts_with": "another figure than",
}
_PERIOD = re.compile(r"\b(?:in|during|for) (?:[A-Z]\w+|\d{4})\b", re.IGNORECASE)


def explain_claim(report: Report, claim: Claim | str | int) -> Explanation:
    """The explanation of a claim of the report, given as it is, by its id, or by its index.

    Raises ValueError for a claim that the report does not have, TypeError for anything else.
    """
    found = _claim_of(report, claim)
    return Explanation(found, tuple(_Explainer(report, found).reasons()))


def _claim_of(report: Report, wanted: Claim | str | int) -> Claim:
    if isinstance(wanted, Claim):
        known = wanted in report.claims
    elif isinstance(wanted, str):
        known = any(claim.id == wanted for claim in report.claims)
    elif isinstance(wanted, int) and not isinstance(wanted, bool):
        known = -len(report.claims) <= wanted < len(report.claims)
    else:
        raise TypeError(f"claim must be a Claim, its id or its index, not {type(wanted).__name__}")
    if not known:
        name = repr(wanted.id if isinstance(wanted, Claim) else wanted)
        ids = ", ".join(claim.id for claim in report.claims) or "no claims"
        raise ValueError(f"no claim {name} in this report; it has {ids}")
    if isinstance(wanted, int):
        return report.claims[wanted]
    return next(claim for claim in report.claims if wanted in (claim, claim.id))


class _Explainer:
    """The reasons for the parts of one claim."""

    def __init__(self, report: Report, claim: Claim) -> None:
        self._report, self._claim = report, claim
        self._catalogue = catalogue()

    def reasons(self) -> Iterator[Reason]:
        """In the order of the record."""
        claim, rules = self._claim, self._claim.rules
        yield self._reason("count", bounds_in_words(claim.count), Span(*_place(claim.count)), rules.get("count"))
        yield self._reason("harm", claim.harm, claim.harm_cue, rules.get("harm"))
        yield self._reason(
            "binding", "ties number and harm", Span(claim.text, claim.start, claim.end), rules.get("binding")
        )
        yield self._reason("victims", self._victims(), self._victims_words(), rules.get("victims"))
        yield from self._chain("attribution", claim.attribution)
        yield from self._chain("disputed_by", claim.disputed_by)
        yield self._reason("status", claim.status, claim.status_cue, rules.get("status"))
        yield self._reason("scope", claim.scope, self._scope_words(rules.get("scope")), rules.get("scope"))
        yield from self._relations()
        for doubt in claim.doubts:
            yield Reason("doubt", f"{doubt}: {REASONS.get(doubt, (0, 'unsure'))[1]}")

    def _reason(self, part: str, says: str, found: Span | None, rule: object, by: Span | None = None) -> Reason:
        """One reason. ``by``: the word that the rule is known by, where it is not among the words found."""
        if not isinstance(rule, str) or not rule:
            return Reason(part, says, found)
        shown = by or found
        described = self._catalogue.describe(part, rule, shown.text if shown else "") or self._unknown()
        return Reason(part, says, found, rule, *described)

    def _unknown(self) -> Described:
        """A rule that the package does not have: of the user's lexicon, or of another version."""
        lexicon = self._report.settings.get("lexicon")
        if lexicon:
            return Described("a rule of your own words", str(lexicon))
        return Described("a rule that this version does not have", "")

    def _victims(self) -> str:
        victims = self._claim.victims
        unit = "" if victims.unit == "person" else f"counted by {victims.unit}"
        side = f"affiliation {victims.affiliation}" if victims.affiliation else ""
        return ", ".join(filter(None, [victims.category, *victims.attributes, side, unit]))

    def _victims_words(self) -> Span | None:
        victims = self._claim.victims
        if victims.text is None or victims.start is None or victims.end is None:
            return None
        return Span(victims.text, victims.start, victims.end)

    # --- who says so --------------------------------------------------------------------------------------------------

    def _chain(self, part: str, sources: tuple[Source, ...]) -> Iterator[Reason]:
        """A reason for each link; the text's own voice where nobody puts the figure forward."""
        if part == "attribution" and not sources:
            yield Reason(part, "the text's own voice: no word says who puts the figure forward")
        for k, source in enumerate(sources):
            if part == "disputed_by":
                what = "denies or disputes it"
            elif source in self._claim.claimants:
                what = "the claimant" + (", with others" if len(self._claim.claimants) > 1 else "")
            else:
                what = f"link {k + 1} of {len(sources)}, passes it on"
            named = "" if source.name == source.text else f", by name {source.name} ({self._origin(source.name)})"
            body = f", of {source.body}" if source.body else ""
            cue = f", by the word {quote(source.cue)} {place(source.cue)}" if source.cue else ""
            says = f"{what}{named}{body}, {source.type}{cue}"
            yield self._reason(
                part, says, Span(source.text, source.start, source.end), self._cue_rule(source), source.cue
            )

    def _origin(self, name: str) -> str:
        """Where a resolved name comes from: the words of the text, or the known bodies."""
        start = self._report.text.find(name)
        if start >= 0:
            return f"as the text has it, {start} to {start + len(name)}"
        body = self._catalogue.body(name)
        return f"a known body, in {body}" if body else "from the words of the text"

    def _cue_rule(self, source: Source) -> str | None:
        """The rule of a link's reporting word: of ``rules["attribution"]``, else whichever owns the word ("citing")."""
        names = self._claim.rules.get("attribution", ())
        names = [names] if isinstance(names, str) else list(names)
        cue = words(source.cue.text) if source.cue else ()
        for name in names:
            if cue in map(words, self._catalogue.forms("attribution", name)):
                return str(name)
        return self._catalogue.cue_of(cue) or (str(names[0]) if len(names) == 1 else None)

    # --- scope and relations ------------------------------------------------------------------------------------------

    def _scope_words(self, rule: object) -> Span | None:
        """The words of the sentence that give the scope, those nearest to the number where there are several."""
        if not isinstance(rule, str) or rule == "plain":
            return None
        document = read_text(self._report.text)
        start = self._claim.count.start
        tokens = next((s for s in document.sentences if document.end(s.stop - 1) > start), None)
        if tokens is None:
            return None
        found = self._named(document, tokens.first, tokens.stop, rule)
        return min(found, key=lambda span: abs(span.start - start), default=None)

    def _named(self, document: Document, first: int, stop: int, rule: str) -> list[Span]:
        if rule == "month_or_year":
            low, high = document.starts[first], document.end(stop - 1)
            return [Span(m[0], m.start(), m.end()) for m in _PERIOD.finditer(document.text, low, high)]
        lexicon = Lexicon(dict.fromkeys(map(words, self._catalogue.forms("scope", rule)), rule))
        return [Span(*document.slice(m.first, m.stop)) for m in lexicon.scan(document.tokens, first, stop)]

    def _relations(self) -> Iterator[Reason]:
        by_id = {claim.id: claim for claim in self._report.claims}
        for relation in self._claim.relations:
            other = by_id.get(relation.target)
            what = _RELATIONS.get(relation.type, relation.type)
            if other is None:
                yield Reason(relation.type, f"{what} {relation.target}")
            else:
                words_of = Span(other.text, other.start, other.end)
                yield Reason(relation.type, f"{what} {other.count.text} {other.harm} (claim {other.id})", words_of)


def bounds_in_words(count: Count) -> str:
    """What a number licenses, as a reader would say it: "12 or more", "30 to 40"."""
    low, high = count.low, count.high
    if low is None and high is None:
        return "a number that the text does not tell"
    if high is None:
        bounds = f"{low:,} or more"
    elif low is None:
        bounds = f"{high:,} or fewer"
    else:
        bounds = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    named = "" if count.value is None or count.value == low == high else f"; the figure named is {count.value:,}"
    return f"{bounds} ({count.modifier.replace('_', ' ')}){named}"


def _place(count: Count) -> tuple[str, int, int]:
    return count.text, count.start, count.end
