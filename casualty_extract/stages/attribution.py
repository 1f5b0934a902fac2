"""Who puts each figure forward: the sayings that cover a claim, as a chain from the reader to the origin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from casualty_extract.analysis import Document, Quote, Reading
from casualty_extract.model import Claim, Source, Span
from casualty_extract.stages.mentions import Link, Mention, Saying

FindSayings = Callable[[Reading], list[Saying]]
Readings = Callable[[int], Reading]
_STATUS_RANK = ("superseded", "denied", "hypothetical", "hedged", "asserted")
DENIES = ("denies", "disputes")


class Desk:
    """Attributes the claims of a document; the sayings of a sentence are read where first asked for."""

    def __init__(self, document: Document, readings: Readings, find_sayings: FindSayings) -> None:
        self.document, self.readings, self.find_sayings = document, readings, find_sayings
        self._sayings: dict[int, list[Saying]] = {}

    def attribute_claims(self, claims: Sequence[Claim], mentions: Sequence[Mention]) -> list[Claim]:
        """The claims with their chains, those who dispute them, and the status that reporting verbs give."""
        return [self.attribute(claim, mention) for claim, mention in zip(claims, mentions, strict=True)]

    def links(self, last: int) -> list[Link]:
        """Every source of the sentences up to ``last``, in order."""
        return [
            link
            for index in range(min(last + 1, len(self.document.sentences)))
            for saying in self.sayings(index)
            for link in saying.links
        ]

    def sayings(self, index: int) -> list[Saying]:
        """The sayings of a sentence."""
        if index not in self._sayings:
            self._sayings[index] = self.find_sayings(self.readings(index))
        return self._sayings[index]

    def attribute(self, claim: Claim, mention: Mention) -> Claim:
        """One claim with its sources."""
        token = mention.number.core
        sayings = self.sayings(mention.sentence)
        covering = [s for s in sayings if s.covers(token)]
        if mention.rule == "gapped":
            gap = self._gapped(mention, sayings)
            if gap:
                covering = [s for s in covering if s.cue.rule.frame in DENIES] + [gap]
        if not any(s.cue.rule.frame not in DENIES for s in covering) and not any(
            s.cue.rule.frame in DENIES for s in covering
        ):
            carried = self._carried(mention, token)
            covering = carried or covering
        ordered = sorted(covering, key=lambda s: self._depth(s, covering))
        return self._with_chain(claim, mention, ordered, sayings)

    def _depth(self, saying: Saying, others: Sequence[Saying]) -> tuple[int, int]:
        """How many other sayings hold this one in their content; the outermost comes first."""
        return sum(
            other is not saying
            and other.covers(saying.cue.first)
            and not (saying.covers(other.cue.first) and other.cue.first > saying.cue.first)
            for other in others
        ), saying.at

    def _with_chain(
        self, claim: Claim, mention: Mention, covering: Sequence[Saying], sayings: Sequence[Saying]
    ) -> Claim:
        chain: list[Link] = []
        disputed: list[Link] = []
        status, cue, rule = claim.status, claim.status_cue, claim.rules["status"]
        names: list[str] = []
        denied = next((k for k, s in enumerate(covering) if s.cue.rule.frame in DENIES), None)
        for k, saying in enumerate(covering):
            links = [
                link
                for link in saying.links
                if not any(link.first == c.first for c in chain) and not (chain and self._echoes(link))
            ]
            behind = denied is not None and covering[denied].cue.first > mention.number.stop
            if denied is not None and (k == denied if behind else k <= denied):
                disputed += links
            else:
                chain += links
            names.append(saying.cue.rule.name)
            given = saying.cue.rule.status
            if saying.cue.rule.frame == "denies" and given is None:
                given = "denied"
            if (
                given
                and _STATUS_RANK.index(given) < _STATUS_RANK.index(status)
                and not (given == "denied" and not self._is_denied(mention, saying))
            ):
                status, rule = given, f"cue_{saying.cue.rule.name}"
                cue = Span(*self.document.slice(saying.cue.first, saying.cue.stop))
        later = self._disputed_later(mention, sayings) or self._disputed_next(mention, sayings)
        if later is not None and not disputed:
            disputed += later.links
            if later.cue.rule.frame == "denies":
                status, rule = "denied", f"cue_{later.cue.rule.name}"
        if status == "denied" and rule.startswith("called_") and not disputed:
            disputed, chain = chain, []
        if claim.count.modifier == "none" and status == "denied":
            status = "asserted"
        return replace(
            claim,
            attribution=tuple(self._source(link) for link in chain),
            disputed_by=tuple(self._source(link) for link in disputed),
            status=status,
            status_cue=cue,
            rules={**claim.rules, "status": rule, "attribution": names},
        )

    def _echoes(self, link: Link) -> bool:
        """ "The watchdog said it had documented": the pronoun is the source already named."""
        return link.stop - link.first == 1 and self.document.tokens[link.first].lower in (
            "it",
            "he",
            "she",
            "they",
            "we",
            "i",
        )

    def _is_denied(self, mention: Mention, saying: Saying) -> bool:
        """Whether the denial is of the figure, not of an act beside it ("denied hitting a wedding, where 23 died")."""
        first = mention.cue.first if mention.cue else mention.number.first
        words = [t.lower for t in self.document.tokens[saying.cue.stop : max(first, saying.cue.stop)]]
        return not any(w in ("where", "which", "who", "in") and words[k - 1 : k] == [","] for k, w in enumerate(words))

    def _disputed_later(self, mention: Mention, sayings: Sequence[Saying]) -> Saying | None:
        """ "... a figure that the president's office has denied": a denial behind the figure, of a relative "that"."""
        for saying in sayings:
            if saying.cue.rule.frame in DENIES and saying.cue.first > mention.number.stop:
                lead = [t.lower for t in self.document.tokens[max(mention.number.stop, saying.at - 4) : saying.at]]
                if (
                    any(w in ("figure", "toll", "claim", "number", "count", "tally", "account") for w in lead)
                    and lead[-1:]
                    and lead[-1] in ("that", "which", ",")
                ):
                    return saying
        return None

    def _disputed_next(self, mention: Mention, sayings: Sequence[Saying]) -> Saying | None:
        """ "Rebels said ...; the army denied it": a denial of what was just said, in this sentence or the next."""
        following = self.sayings(mention.sentence + 1) if mention.sentence + 1 < len(self.document.sentences) else []
        for saying in (*sayings, *following[:1]):
            if saying.cue.rule.frame not in DENIES or saying.cue.first < mention.number.stop:
                continue
            words = [t.lower for t in self.document.tokens[saying.cue.stop : saying.cue.stop + 3]]
            if self.document.tokens[saying.cue.first].lower.endswith("ing"):
                continue
            if words[:1] in (["it"], ["this"]) or (
                words[:1] == ["the"]
                and words[1:2]
                and words[1]
                in ("claim", "figure", "toll", "report", "allegation", "number", "account", "charge", "accusation")
            ):
                return saying
        return None

    def _gapped(self, mention: Mention, sayings: Sequence[Saying]) -> Saying | None:
        """ "rebels put it at 80, the army at 12": the phrase in front of the gapped figure is its source."""
        main = next(
            (
                s
                for s in sayings
                if s.cue.first < mention.number.first and s.cue.rule.frame in ("says", "counts", "tells")
            ),
            None,
        )
        reading = self.readings(mention.sentence)
        i = mention.number.first - 1
        if self.document.tokens[i].lower in ("at", "of"):
            i -= 1
        phrase = reading.phrase(i)
        if main is None or phrase is None:
            spoken = self._speaks_of(mention, reading)
            if not spoken or phrase is None:
                return None
            main = spoken
        link = Link(phrase.first, phrase.stop, (main.cue.first, main.cue.stop))
        return replace(main, links=(link,), content=((mention.number.first, mention.number.stop),))

    def _speaks_of(self, mention: Mention, reading: Reading) -> Saying | None:
        return None

    # --- what runs on -------------------------------------------------------------------------------------------------

    def _carried(self, mention: Mention, token: int) -> list[Saying]:
        """The source of a quotation that goes on over sentences."""
        quote = self._quote_of(token)
        if quote is None:
            return []
        here = self._around(quote)
        if here:
            return [here]
        return self._quote_before(quote)

    def _quote_of(self, token: int) -> Quote | None:
        return next((q for q in self.document.quotes if q.first < token < q.stop and q.stop - q.first > 5), None)

    def _around(self, quote: Quote) -> Saying | None:
        """The saying right behind or in front of a quotation, in its own sentence or the next."""
        for index, sentence in enumerate(self.document.sentences):
            if sentence.stop <= quote.first - 1 or sentence.first > quote.stop + 1:
                continue
            for saying in self.sayings(index):
                outside = not quote.first < saying.cue.first < quote.stop - 1
                near = quote.stop <= saying.cue.first <= quote.stop + 12 or 0 < quote.first - saying.cue.stop <= 6
                if outside and near and saying.cue.rule.frame in ("says", "tells", "cites"):
                    return saying
        return None

    def _quote_before(self, quote: Quote) -> list[Saying]:
        """ "They came at night," said the farmer. "They killed forty of us." """
        previous = [q for q in self.document.quotes if q.stop <= quote.first]
        if not previous:
            return []
        last = previous[-1]
        between = [i for i, s in enumerate(self.document.sentences) if s.stop > last.first and s.first < quote.first]
        if len(between) > 3 or quote.first - last.stop > 40:
            return []
        found = self._around(last)
        if found and not any(
            s.cue.first > found.cue.first and s.cue.first < quote.first and s.cue.rule.frame == "says"
            for i in between
            for s in self.sayings(i)
            if s is not found
        ):
            return [found]
        return []

    def _source(self, link: Link) -> Source:
        text, start, end = self.document.slice(link.first, link.stop)
        return Source(text, start, end, name=text, cue=Span(*self.document.slice(*link.cue)), joint=link.joint)
