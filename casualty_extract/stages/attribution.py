"""Who puts each figure forward: the sayings that cover a claim, as a chain from the reader to the origin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from casualty_extract.analysis import Document, Quote, Reading
from casualty_extract.model import Claim, Span
from casualty_extract.rules.types import DENIALS, Rules
from casualty_extract.stages.mentions import STATUS_RANK, Attribution, Link, Mention, Saying

FindSayings = Callable[[int], list[Saying]]  # by the index of the sentence
Readings = Callable[[int], Reading]
_SPOKEN_REACH = 4  # sentences over which a quotation without marks may go on


class Verdict(NamedTuple):
    """A status with the words and the name of the rule that give it."""

    status: str
    cue: Span | None
    rule: str


class Desk:
    """Attributes the claims of a document; the sayings of a sentence are read where first asked for."""

    def __init__(self, document: Document, readings: Readings, find_sayings: FindSayings, rules: Rules) -> None:
        self.document, self.readings, self.find_sayings, self.rules = document, readings, find_sayings, rules
        self.closed = rules.closed
        self._sayings: dict[int, list[Saying]] = {}
        self._denials: dict[int, list[Saying]] = {}  # by the index of the sentence
        self._speech: dict[int, list[Saying]] = {}

    def attribute_claims(self, claims: Sequence[Claim], mentions: Sequence[Mention]) -> list[Attribution]:
        """The chains of the claims, those who dispute them, and the status that reporting verbs give."""
        return [self.attribute(claim, mention) for claim, mention in zip(claims, mentions, strict=True)]

    def links(self, last: int, until: int) -> list[Link]:
        """Every source of the sentences up to ``last`` that begin at token ``until`` or before, in order."""
        return [
            link
            for index, sentence in enumerate(self.document.sentences[: last + 1])
            if sentence.first <= until
            for saying in self.sayings(index)
            for link in saying.links
        ]

    def sayings(self, index: int) -> list[Saying]:
        """The sayings of a sentence."""
        if index not in self._sayings:
            self._sayings[index] = self.find_sayings(index)
        return self._sayings[index]

    def attribute(self, claim: Claim, mention: Mention) -> Attribution:
        """The sources of one claim."""
        token = mention.number.core
        sayings = self.sayings(mention.sentence)
        covering = [s for s in sayings if s.covers(token)]
        if mention.rule == "gapped" or self._is_gapped_sum(mention):
            gap = self._gapped(mention, sayings)
            if gap:
                covering = [s for s in covering if s.cue.rule.frame in DENIALS] + [gap]
        covering = covering or self._carried(token) or self._spoken(mention.sentence)
        if len(covering) > 1:
            covering = sorted(covering, key=lambda s: self._depth(s, covering))
        return self._attribution(claim, mention, covering, sayings)

    def _depth(self, saying: Saying, others: Sequence[Saying]) -> tuple[int, int]:
        """How many other sayings hold this one in their content; the outermost comes first."""
        return sum(
            other is not saying
            and other.covers(saying.cue.first)
            and not (saying.covers(other.cue.first) and other.cue.first > saying.cue.first)
            for other in others
        ), saying.at

    def _attribution(
        self, claim: Claim, mention: Mention, covering: Sequence[Saying], sayings: Sequence[Saying]
    ) -> Attribution:
        """Those who put a claim forward, those who dispute it there or later, and its status by both."""
        chain, disputed = self._sides(mention, covering)
        verdict = self._verdict(claim, mention, covering)
        later = None if disputed else self._disputed_by(mention, sayings)
        if later is not None:
            disputed = list(later.links)
            if later.cue.rule.frame == "denies":
                verdict = verdict._replace(status="denied", rule=f"cue_{later.cue.rule.name}")
        if verdict.status == "denied" and verdict.rule.startswith("called_") and not disputed:
            disputed, chain = chain, []
        if verdict.status == "denied" and claim.count.modifier == "none":
            verdict = verdict._replace(status="asserted")
        names = [saying.cue.rule.name for saying in covering]
        rules = {**claim.rules, "status": verdict.rule, "attribution": names}
        return Attribution(chain, disputed, verdict.status, verdict.cue, rules)

    def _sides(self, mention: Mention, covering: Sequence[Saying]) -> tuple[list[Link], list[Link]]:
        """Who puts a figure forward and who disputes it: "the army denied a report by residents that nine had died".
        All that hold a denial dispute with it, but a denial behind the figure stands alone."""
        chain: list[Link] = []
        disputed: list[Link] = []
        denied = next((k for k, s in enumerate(covering) if s.cue.rule.frame in DENIALS), -1)
        behind = denied >= 0 and covering[denied].cue.first > mention.number.stop
        for k, saying in enumerate(covering):
            disputes = k == denied if behind else k <= denied
            new = [
                link
                for link in saying.links
                if not any(link.first == other.first for other in chain) and not (chain and self._echoes(link))
            ]
            (disputed if disputes else chain).extend(new)
        return chain, disputed

    def _verdict(self, claim: Claim, mention: Mention, covering: Sequence[Saying]) -> Verdict:
        """The status of a claim: its own, or what a cue gives that doubts it more ("said he believed nine died")."""
        verdict = Verdict(claim.status, claim.status_cue, claim.rules["status"])
        for saying in covering:
            rule = saying.cue.rule
            given = rule.status or ("denied" if rule.frame == "denies" else None)
            if given is None or STATUS_RANK.index(given) >= STATUS_RANK.index(verdict.status):
                continue
            if given == "denied" and not self._is_denied(mention, saying):
                continue
            cue = Span(*self.document.slice(saying.cue.first, saying.cue.stop))
            verdict = Verdict(given, cue, f"cue_{rule.name}")
        return verdict

    def _echoes(self, link: Link) -> bool:
        """ "The watchdog said it had documented": the pronoun is the source already named."""
        return (
            link.stop - link.first == 1
            and self.document.tokens[link.first].lower in self.closed["attribution_pronouns"]
        )

    def _is_denied(self, mention: Mention, saying: Saying) -> bool:
        """Whether the denial is of the figure, not of an act beside it ("denied hitting a wedding, where 23 died")."""
        first = mention.cue.first if mention.cue else mention.number.first
        words = [t.lower for t in self.document.tokens[saying.cue.stop : max(first, saying.cue.stop)]]
        asides = self.closed["attribution_asides"]
        return not any(w in asides and words[k - 1 : k] == [","] for k, w in enumerate(words))

    def _disputed_by(self, mention: Mention, sayings: Sequence[Saying]) -> Saying | None:
        """A denial that follows the figure, in its sentence or the next."""
        denials = [saying for saying in sayings if saying.cue.rule.frame in DENIALS]
        behind = mention.number.stop
        return self._disputed_later(behind, denials) or self._disputed_next(
            behind, [*denials, *self._denial_in(mention.sentence + 1)]
        )

    def _disputed_later(self, behind: int, denials: Sequence[Saying]) -> Saying | None:
        """ "... a toll that the army has denied": a denial behind the figure, of a relative "that"."""
        tokens, figures = self.document.tokens, self.closed["attribution_figures"]
        for saying in denials:
            if saying.cue.first > behind:
                lead = [t.lower for t in tokens[max(behind, saying.at - 4) : saying.at]]
                if lead and lead[-1] in ("that", "which", ",") and not figures.isdisjoint(lead):
                    return saying
        return None

    def _disputed_next(self, behind: int, denials: Sequence[Saying]) -> Saying | None:
        """ "Rebels said ...; the army denied it": a denial of what was just said."""
        claims, tokens = self.closed["attribution_claims"], self.document.tokens
        for saying in denials:
            if saying.cue.first < behind or tokens[saying.cue.first].lower.endswith("ing"):
                continue
            words = [t.lower for t in tokens[saying.cue.stop : saying.cue.stop + 2]]
            if words[:1] in (["it"], ["this"]) or (words[:1] == ["the"] and words[-1] in claims):
                return saying
        return None

    def _denial_in(self, index: int) -> list[Saying]:
        """The first saying of a sentence where it is a denial; a sentence without a word of denial is not read."""
        if index not in self._denials:
            sentences = self.document.sentences
            denies = index < len(sentences) and self.rules.denials.within(self.document, *sentences[index][:2])
            opening = self.sayings(index)[:1] if denies else []
            self._denials[index] = [saying for saying in opening if saying.cue.rule.frame in DENIALS]
        return self._denials[index]

    def _is_gapped_sum(self, mention: Mention) -> bool:
        """ "The army put the toll at nine, the rebels at 40": the second figure of one verb, with a side of its own."""
        i = mention.number.first - 1
        tokens, sentence = self.document.tokens, self.document.sentences[mention.sentence]
        if mention.rule != "toll" or i - 1 <= sentence.first or tokens[i].lower != "at":
            return False
        phrase = self.readings(mention.sentence).phrase(i - 1)
        if phrase is None or phrase.stop != i or phrase.first - 1 <= sentence.first:
            return False
        named = tokens[phrase.first].lower == "the" or tokens[phrase.first].capital
        return named and tokens[phrase.first - 1].text == ","

    def _gapped(self, mention: Mention, sayings: Sequence[Saying]) -> Saying | None:
        """ "rebels put it at 80, the army at 12": the phrase in front of the gapped figure is its source."""
        spoken = (s for s in sayings if s.cue.rule.frame in ("says", "counts", "tells"))
        main = next((s for s in spoken if s.cue.first < mention.number.first), None)
        i = mention.number.first - 1
        if self.document.tokens[i].lower in ("at", "of"):
            i -= 1
        phrase = self.readings(mention.sentence).phrase(i)
        if main is None or phrase is None:
            return None
        link = Link(phrase.first, phrase.stop, (main.cue.first, main.cue.stop))
        return main._replace(links=(link,), content=((mention.number.first, mention.number.stop),))

    # --- what runs on -------------------------------------------------------------------------------------------------

    def _carried(self, token: int) -> list[Saying]:
        """The source of a quotation that goes on over sentences."""
        quote = next((q for q in self.document.quotes if q.first < token < q.stop and q.stop - q.first > 5), None)
        if quote is None:
            return []
        here = self._around(quote)
        return [here] if here else self._quote_before(quote)

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

    def _spoken(self, index: int) -> list[Saying]:
        """The saying before a sentence that goes on in it without marks; none for most sentences."""
        if index not in self._speech:
            self._speech[index] = self._spoken_on(index)
        return self._speech[index]

    def _spoken_on(self, index: int) -> list[Saying]:
        """ "Karim said, One of them was killed. The other three ran. None of us was hurt": a quotation without marks
        goes on as far as its speaker says "we"."""
        if index == 0 or self.sayings(index):
            return []
        last = min(index + _SPOKEN_REACH, len(self.document.sentences) - 1)
        persons = [i for i in range(index, last + 1) if self._is_first_person(i)]
        if not persons:
            return []
        opening = self._said_before(index)
        if opening is None or not self._opens_speech(opening):
            return []
        return [] if any(self.sayings(i) for i in range(index + 1, persons[0] + 1)) else [opening]

    def _said_before(self, index: int) -> Saying | None:
        """The last saying of the nearest of the sentences before that has one."""
        for before in range(index - 1, max(-1, index - _SPOKEN_REACH - 1), -1):
            found = self.sayings(before)
            if found:
                return found[-1]
        return None

    def _is_first_person(self, index: int) -> bool:
        """Whether a sentence holds "we", "our" or the like outside quotation marks."""
        (first, stop, _), quotes, tokens = self.document.sentences[index], self.document.quotes, self.document.tokens
        persons, words = self.closed["attribution_first_person"], self.document.words
        if persons.isdisjoint(words[first:stop]):
            return False
        found = [i for i in range(first, stop) if words[i] in persons]
        return any(not tokens[i].text.isupper() and not any(q.first < i < q.stop for q in quotes) for i in found)

    def _opens_speech(self, saying: Saying) -> bool:
        """Whether a quotation without marks begins behind a cue: "said, One of them"."""
        tokens, mark = self.document.tokens, saying.cue.stop
        if saying.cue.rule.frame not in ("says", "tells") or not saying.covers(mark + 1):
            return False
        return tokens[mark].text in (",", ":") and tokens[mark + 1].capital
