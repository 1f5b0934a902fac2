"""Sayings of one sentence: who says something, by which cue, and over which tokens the content runs.

Terms of PARC and PolNeAR: a cue ("said"), its sources, its content. A relay stands nearer the reader than the source
("told AFP"), an origin farther away ("citing residents").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casualty_extract.analysis import Document, Phrase, Reading
from casualty_extract.rules.types import CueRule, Rules
from casualty_extract.stages.mentions import Link, Saying, Speech

_HEADLINE = CueRule("headline", "says", None)
_STOP_OBJECTS = frozenset(
    [
        "statement",
        "statements",
        "tweet",
        "post",
        "posts",
        "interview",
        "report",
        "comments",
        "remarks",
        "condition",
        "twitter",
        "facebook",
        "telegram",
        "phone",
        "email",
        "press",
        "video",
        "message",
        "broadcast",
        "radio",
        "briefing",
        "conference",
        "communique",
        "communiqué",
        "letter",
        "reply",
        "response",
        "response",
        "x",
        "instagram",
        "youtube",
        "whatsapp",
        "release",
        "bulletin",
        "anonymity",
        "footage",
        "speech",
        "tv",
        "page",
    ]
)
_PLAIN_HEARERS = frozenset(
    [
        "reporters",
        "journalists",
        "us",
        "him",
        "her",
        "them",
        "me",
        "court",
        "parliament",
        "lawmakers",
        "conference",
        "crowd",
        "tribunal",
        "investigators",
        "council",
        "interview",
        "magistrate",
        "jury",
        "news",
        "viewers",
        "mps",
        "audience",
        "supporters",
    ]
)
_SOURCE_LINKS = frozenset(["of", "in", "at", "for", "from", "on", "to", "with", "near"])
_AFTER_VERB = frozenset(
    [
        "on",
        "in",
        "at",
        "to",
        "during",
        "late",
        "early",
        "last",
        "this",
        "earlier",
        "by",
        "from",
        "via",
        "through",
        "yesterday",
    ]
)


class SayingFinder:
    """Reads the sayings of one sentence."""

    def __init__(self, document: Document, reading: Reading, rules: Rules) -> None:
        self.tokens, self.reading, self.rules = document.tokens, reading, rules
        self.first, self.stop = reading.sentence.first, reading.sentence.stop
        self.quotes = [q for q in document.quotes if q.first < self.stop and q.stop > self.first]
        if document.dateline:
            while (
                self.first < self.stop
                and self.tokens[self.first].start < document.dateline[1]
                and self.tokens[self.first].start >= document.dateline[0]
            ):
                self.first += 1

    def find(self) -> list[Saying]:
        """The sayings in order of their cues, cited origins joined to the saying that cites them."""
        self.barred = [
            m.first for m in self.rules.cues.scan(self.tokens, self.first, self.stop) if m.rule.frame == "presupposes"
        ]
        cues = [
            Speech(m.first, m.stop, m.rule)
            for m in self.rules.cues.scan(self.tokens, self.first, self.stop)
            if not self._is_harm(m.first, m.stop)
        ]
        sayings: list[Saying] = []
        citing: list[tuple[Speech, tuple[Link, ...]]] = []
        named = [s for s in (self._according(c) for c in cues if c.rule.frame == "according") if s]
        for cue in cues:
            if any(link.first <= cue.first < link.stop for s in named for link in s.links):
                continue
            if cue.rule.frame == "cites" and self._word(cue.first).endswith("ing"):
                origin = self._links_after(cue.stop, cue)
                if origin:
                    citing.append((cue, origin))
                continue
            saying = self._read(cue)
            if saying:
                sayings.append(saying)
        sayings = [self._clipped(s, sayings) for s in sayings]
        for cue, origin in citing:
            sayings = self._cite(sayings, cue, origin)
        headline = self._headline()
        return [*sayings, headline] if headline else sayings

    def _is_harm(self, first: int, stop: int) -> bool:
        """ "claimed the lives of", "claimed 21 lives": a harm, no saying."""
        harm = self.rules.harms.at(self.tokens, first, self.stop)
        if harm is not None and harm.stop > stop:
            return True
        return self._word(first).startswith("claim") and any(
            self._word(k) in ("lives", "life") for k in range(stop, stop + 5)
        )

    def _read(self, cue: Speech) -> Saying | None:
        frame = cue.rule.frame
        if frame == "according":
            return self._according(cue)
        if frame == "noun":
            return self._noun(cue)
        if frame == "cites":
            return self._quoted(cue)
        if frame == "presupposes":
            return None
        return self._verb(cue)

    # --- verbs --------------------------------------------------------------------------------------------------------

    def _verb(self, cue: Speech) -> Saying | None:
        """ "The army said", "said the army", in front of, behind or inside the content."""
        if self._word(cue.first - 1) in ("'s", "'") and self._word(cue.stop) == "that":
            owner = self.reading.phrase(cue.first - 2)  # "the group's claim that 60 had died"
            if owner is not None:
                link = Link(owner.first, cue.first - 1, (cue.first, cue.stop))
                return Saying(cue, (link,), ((cue.stop, self.stop),), owner.first)
        if self._is_noun_use(cue) or self._says_nothing(cue):
            return None
        if self._word(cue.first) in ("reports", "reported") and (newspaper := self._newspaper(cue)) is not None:
            return Saying(cue, (newspaper,), ((self._before(cue.first), cue.first),), cue.first)
        inverted = self._inverted(cue)
        if inverted:
            return self._behind(cue, inverted, inverted[-1].stop)
        if self._is_passive(cue):
            by = next((k for k in range(cue.stop, min(cue.stop + 3, self.stop)) if self._word(k) == "by"), None)
            links = self._links_after(by + 1, cue) if by and cue.rule.frame == "says" else ()
            return (
                Saying(cue, links, ((self.first, cue.stop + 2),), cue.first)
                if links and self._is_source(links[0])
                else None
            )
        links = self._links_before(cue)
        if not links or (
            cue.rule.frame in ("counts", "accuses", "blames") and not all(self._is_source(link) and not self._is_country(link, cue) for link in links[:1])
        ):
            return None
        links = self._behind_noun(links, cue)
        end, hearer = cue.stop, ()
        if cue.rule.frame == "tells":
            end, hearer = self._hearer(cue)
        content = self._content(cue, links[0].first, end)
        if not content or (cue.rule.frame == "counts" and self._word(cue.first - 1) in ("which", "that") and not self._is_definite(links[0])):
            return None
        if cue.rule.frame == "threatens":
            relative = next(
                (k for k in range(cue.stop, self.stop) if self._word(k) in ("that", "which", "who", "where")), self.stop
            )
            content = tuple((a, min(b, relative)) for a, b in content if a < relative)
        return Saying(cue, (*hearer, *links), content, links[0].first)

    def _says_nothing(self, cue: Speech) -> bool:
        """ "An alleged strike", "declared war", "strikes thought to be carried out by"."""
        phrase = self.reading.phrase(cue.first)
        if phrase is not None and phrase.first < cue.first and phrase.stop > cue.stop and cue.rule.frame != "noun":
            return True
        behind = self._word(cue.stop)
        if cue.rule.name == "found" and behind and self.tokens[cue.stop].kind == "word":
            return True
        if self._word(cue.first).startswith("admit") and self._is_figure(cue.stop):
            return True  # "Hospitals admitted 84 wounded"
        if self._word(cue.stop - 1) == "to" and behind in ("be", "have"):
            return True
        if cue.rule.status == "hedged" and behind == "to" and self._word(cue.stop + 1) in ("be", "have"):
            return True
        return behind in self.rules.resolution["no_content"].first_words()

    def _is_passive(self, cue: Speech) -> bool:
        """ "were reported", "has been quoted": a form of be in front of the participle."""
        i = cue.first - 1
        while i > self.first and (self._word(i).endswith("ly") or self._word(i) in ("also", "first", "not")):
            i -= 1
        return self._word(cue.first).endswith(("ed", "en", "id", "old")) and self._word(i) in self.rules.grammar.be

    def _is_noun_use(self, cue: Speech) -> bool:
        """A cue that is a noun here ("its claims of", "the reports")."""
        if (
            cue.rule.frame == "noun"
            or self._word(cue.stop - 1) == "that"
            or self._word(cue.first).endswith(("ed", "id", "old", "ing"))
        ):
            return False
        phrase = self.reading.phrase(cue.first)
        return phrase is not None and phrase.first < cue.first and not self._word(cue.first).endswith("s")

    def _inverted(self, cue: Speech) -> tuple[Link, ...]:
        """The source behind its verb: ", said the army", "reports Dawn"."""
        if cue.rule.frame not in ("says",) or cue.first == self.first:
            return ()
        before = self.tokens[cue.first - 1]
        links = self._links_after(cue.stop, cue)
        if (
            not links
            or self._is_figure(links[0].first)
            or self._is_predicated(links[-1].stop)
            or self._is_harmed(links[-1])
        ):
            return ()
        end = links[-1].stop
        following = self.tokens[end] if end < self.stop else None
        if (
            following is not None
            and following.kind == "word"
            and following.text[:1].isupper()
            and self._word(cue.first) in ("reports", "reported")
            and self._is_source(links[0])
        ):
            return links  # "reports The Hindu The incident took place": the stop was lost
        closes = (
            following is None
            or following.kind == "mark"
            or following.lower
            in ("who", "which", "in", "on", "that", "giving", "adding", "after", "as", "during", "here")
        )
        if before.text in (",", '"', "”", "’", "'", "?", "!", "»", "-", "–", "—", ".") or self._in_quote_before(
            cue.first
        ):
            return (
                links
                if closes or before.text != ","
                else links
                if following is not None
                and following.kind == "word"
                and not self._is_figure(end)
                and self._is_source(links[0])
                else ()
            )
        if self._is_source(links[0]) and closes and not self._person_before(cue):
            if following is None or following.kind == "mark" or following.lower in ("which", "who", "on", "in"):
                word = self.tokens[links[0].first]
                return links if word.lower in ("the", "a", "an") or word.text[:1].isupper() else ()
        return ()

    def _is_definite(self, link: Link) -> bool:
        """Whether a source is named or pointed at; "died in hospital, which raised the toll" has none."""
        return self.tokens[link.first].text[:1].isupper() or self._word(link.first) in ("the", "a", "an")

    def _newspaper(self, cue: Speech) -> Link | None:
        """A paper behind "reports" in a text without commas: "on May 9 reports Pajhwok Afghan News Police Spokesman ..."."""
        before = self.tokens[cue.first - 1] if cue.first > self.first else None
        if before is None or not (before.kind == "number" or before.lower in self.rules.grammar.times or before.text in (",", ")")):
            return None
        body = self.rules.bodies.at(self.tokens, cue.stop, self.stop)
        stop = cue.stop + (self._word(cue.stop) in ("the", "a"))
        body = body or self.rules.bodies.at(self.tokens, stop, self.stop)
        if body is not None and body.rule.type == "media":
            return Link(cue.stop, body.stop, (cue.first, cue.stop))
        first = stop
        while stop < self.stop and self.tokens[stop].text[:1].isupper() and self.tokens[stop].kind == "word" and stop - first < 4:
            if stop > first and (self.rules.sources.at(self.tokens, stop, self.stop) is not None and self._word(stop) not in ("news", "times", "post", "tribune", "express", "daily", "herald", "today") or self._word(stop) in ("the", "a", "an", "according", "however", "meanwhile", "in", "on", "he", "they", "at", "two", "three", "police")):
                break
            stop += 1
        return Link(cue.stop, stop, (cue.first, cue.stop)) if stop > first else None

    def _is_country(self, link: Link, cue: Speech) -> bool:
        """ "Turkey recorded 12 deaths": where they died, not who says so."""
        match = self.rules.sources.at(self.tokens, link.first, link.stop)
        return cue.rule.frame == "counts" and match is not None and match.rule.name == "country" and match.stop == link.stop

    def _is_harmed(self, link: Link) -> bool:
        """Whether a harm word heads the phrase: "reported the army's loss of 60" has its object behind the verb."""
        return self._word(link.stop) == "of" and self.rules.harms.ending(self.tokens, link.stop, link.first) is not None

    def _is_figure(self, i: int) -> bool:
        return i < self.stop and (
            self.tokens[i].kind == "number"
            or self._word(i).split("-")[0] in self.rules.numbers.units
            or self.rules.numbers.vague.at(self.tokens, i, self.stop) is not None
        )

    def _is_predicated(self, i: int) -> bool:
        """Whether an auxiliary follows: then the phrase is the subject of the content ("said he had carried out")."""
        grammar = self.rules.grammar
        return self._word(i) in grammar.be or self._word(i) in grammar.have or self._word(i) in grammar.modals

    def _person_before(self, cue: Speech) -> bool:
        """Whether a source stands right in front of the cue: "the army said the rebels"."""
        before = self.reading.before(cue.first)
        if not before:
            return False
        span = Link(before[0].first, before[-1].extent, (cue.first, cue.stop))
        known = any(
            True
            for lexicon in (self.rules.bodies, self.rules.sources)
            for _ in lexicon.scan(self.tokens, span.first, span.stop)
        )  # type: ignore[attr-defined]
        return known and self._word(cue.first) not in ("reports", "report")

    def _in_quote_before(self, i: int) -> bool:
        return any(q.stop == i for q in self.quotes)

    def _links_before(self, cue: Speech) -> tuple[Link, ...]:
        lead = self._word(cue.first - 1)
        if lead in ("has", "had", "have", "also") and cue.first - self.first > 2:
            lead = self._word(cue.first - 2)
        if (lead in ("and", "but") and cue.rule.frame != "noun") or (
            lead == "," and self._word(cue.first).endswith("s")
        ):
            joined = self._first_links(cue)
            if joined:
                return joined
        beside = self._beside(cue)
        if beside is not None:
            return (beside,)
        clause = self.reading.clause(cue.first, cue.stop)
        group = clause.subject
        if not group or group[0].first >= cue.first:
            if self._word(cue.first).endswith("ing"):
                return self._main_links(cue)
            return ()
        if self._word(cue.first).endswith("ing") and self.tokens[cue.first - 1].lower not in (
            "is",
            "are",
            "was",
            "were",
            "be",
        ):
            main = self._main_links(cue)
            if main:
                return main
        if self._word(group[0].first) in ("that", "which", "who", "what"):
            return ()
        return self._links(group, cue, cue.first)

    def _beside(self, cue: Speech) -> Link | None:
        """A source glued to what stands in front of it, the comma lost: "divided Aleppo city state media said"."""
        phrase = self.reading.phrase(cue.first - 1)
        if (
            phrase is None
            or phrase.stop != cue.first
            or self._word(phrase.first - 1) not in ("in", "of", "on", "near", "at", "from")
            or cue.rule.frame not in ("says", "tells")
        ):
            return None
        first = None
        for lexicon in (self.rules.sources, self.rules.bodies):
            for match in lexicon.scan(self.tokens, phrase.first, phrase.stop):  # type: ignore[attr-defined]
                if match.first > phrase.first and all(
                    t.text[:1].isupper() for t in self.tokens[match.stop : phrase.stop]
                ):
                    first = match.first if first is None else min(first, match.first)
        if first is None:
            return None
        outer = self.reading.phrase(phrase.first - 2)
        if outer is not None and any(True for _ in self.rules.sources.scan(self.tokens, outer.first, outer.stop)):
            return None  # "a source at Aleppo Police Command said"
        return Link(first, phrase.stop, (cue.first, cue.stop))

    def _first_links(self, cue: Speech) -> tuple[Link, ...]:
        """The source of the first cue of the sentence, for one that is coordinated with it: "denied it, and said"."""
        for match in self.rules.cues.scan(self.tokens, self.first, cue.first):
            if match.rule.frame in ("says", "tells", "denies", "disputes", "counts", "threatens") and not self._word(
                match.first
            ).endswith("ing"):
                speech = Speech(match.first, match.stop, match.rule)
                if self._is_passive(speech):
                    continue
                subject = self.reading.clause(match.first, match.stop).subject
                if subject and subject[0].first < match.first:
                    return self._links(subject, cue, match.first)
        return ()

    def _main_links(self, cue: Speech) -> tuple[Link, ...]:
        """The source of the finite cue that a participle belongs to: "the ministry said, adding that"."""
        for match in reversed(
            [
                m
                for m in self.rules.cues.scan(self.tokens, self.first, cue.first)
                if m.rule.frame in ("says", "tells", "counts", "accuses")
            ]
        ):
            if self._word(match.first).endswith("ing") or self._is_passive(Speech(match.first, match.stop, match.rule)):
                continue
            speech = Speech(match.first, match.stop, match.rule)
            links = self._inverted(speech)
            if not links:
                clause = self.reading.clause(match.first, match.stop)
                links = (
                    self._links(clause.subject, speech, match.first)
                    if clause.subject and clause.subject[0].first < match.first
                    else ()
                )
            if links:
                return links
        if cue.first - self.first > 1:
            clause = self.reading.clause(cue.first, cue.stop)
            if clause.subject and self._word(cue.first) in ("saying", "claiming", "adding"):
                links = self._links(clause.subject, cue, cue.first)
                return links if links and self._is_source(links[0]) else ()
        return ()

    def _links(self, group: Sequence[Phrase], cue: Speech, limit: int) -> tuple[Link, ...]:
        """A group of phrases as links; the last one runs on to its complements, titles and names before ``limit``."""
        spans: list[Link] = []
        joint = len(group) > 1
        for k, phrase in enumerate(group):
            end = group[k + 1].first if k + 1 < len(group) else limit
            first, stop = self._source_span(phrase, end)
            first = self._with_name(first) if k == 0 else first
            if self._is_count(phrase):
                continue
            if first < stop:
                spans.append(Link(first, stop, (cue.first, cue.stop), joint))
        return tuple(spans)

    def _is_count(self, phrase: Phrase) -> bool:
        """ "about 30 injured a source told": victims, not a source; "three officials" are one."""
        first = phrase.first + (self._word(phrase.first) in ("another", "about", "some"))
        if not self._is_figure(first) or self._word(phrase.first) in ("one", "two", "three", "four", "several"):
            return False
        link = Link(phrase.first, phrase.stop, (phrase.first, phrase.stop))
        return not any(True for _ in self.rules.sources.scan(self.tokens, link.first, link.stop))

    def _with_name(self, first: int) -> int:
        """Where a source begins whose title only follows the name: "Daniel Bekele, head of the commission told"."""
        if self._word(first - 1) == ")" and self.tokens[first].text[:1].isupper():
            opening = next((i for i in range(first - 2, max(self.first, first - 6), -1) if self._word(i) == "("), None)
            title = self.reading.phrase(opening - 1) if opening else None
            if title is not None:  # "Director General of Police (DGP) Neelmani"
                outer = self.reading.before(opening)[-1:]
                return outer[0].first if outer else title.first
        if first - 2 <= self.first or self._word(first - 1) != "," or not self.tokens[first].text[:1].islower():
            return first
        name = self.reading.phrase(first - 2)
        bare = self._word(first) not in ("the", "a", "an", "its", "his", "her", "their") and self.rules.sources.at(self.tokens, first, self.stop)
        return name.first if name and bare and self.tokens[name.head].text[:1].isupper() and name.stop == first - 1 else first

    def _source_span(self, phrase: Phrase, limit: int) -> tuple[int, int]:
        """The tokens of a source that begins with a phrase: complements, and a name or title between commas."""
        first, stop = phrase.first, min(phrase.extent, limit)
        while stop < limit:
            word = self._word(stop)
            if word in _SOURCE_LINKS:
                inner = self.reading.phrase(stop + 1)
                if (
                    inner is None
                    or inner.first != stop + 1
                    or inner.extent > limit
                    or self._word(inner.head) in _STOP_OBJECTS
                    or self.tokens[inner.first].kind == "number"
                ):
                    break
                stop = inner.extent
            elif word == "(":
                close = next((k for k in range(stop + 1, min(stop + 8, limit)) if self.tokens[k].text == ")"), None)
                if close is None:
                    break
                stop = close + 1
            elif word == "," and stop + 1 < limit and self._titled(stop, limit):
                stop = self._titled(stop, limit)
                break
            else:
                break
        return first, stop

    def _titled(self, comma: int, limit: int) -> int:
        """Where a name or title between commas ends ("an ambulance driver, Nabil Saab,"), 0 where there is none."""
        inner = self.reading.phrase(comma + 1)
        if (
            inner is None
            or inner.first != comma + 1
            or inner.extent > limit
            or self.tokens[inner.first].kind == "number"
            or self._word(inner.first) in ("who", "which", "whose")
        ):
            return 0
        if self._word(inner.first) in ("a", "an") and not any(
            True for _ in self.rules.resolution["persons"].scan(self.tokens, inner.first, inner.stop)
        ):
            return 0  # "Open Archive, a rights group": the name is enough
        stop = inner.extent
        while stop < limit and self._word(stop) in _SOURCE_LINKS:
            more = self.reading.phrase(stop + 1)
            if more is None or more.first != stop + 1:
                break
            stop = more.extent
        return stop if stop >= limit or self.tokens[stop].kind == "mark" or stop == limit - 1 else 0

    def _links_after(self, i: int, cue: Speech) -> tuple[Link, ...]:
        """The sources that begin at token i: "according to medics and witnesses"."""
        while i < self.stop and self.tokens[i].text in "\"“'‘:":
            i += 1
        group = self.reading.after(i) if i < self.stop else ()
        if not group or group[0].first > i + 1:
            return ()
        stops = [self.stop]
        last = group[-1]
        k = last.extent
        while k < self.stop:
            word = self._word(k)
            if word in _SOURCE_LINKS or word == "(":
                _, end = self._source_span(last, self.stop)
                if end > k:
                    k = end
                    continue
            break
        if k < self.stop and self._word(k) == ",":
            title = self._titled(k, self.stop)
            proper = title and any(t.text[:1].isupper() for t in self.tokens[k + 1 : title])
            role = title and self.rules.sources.at(
                self.tokens, k + 1 + (self._word(k + 1) in ("the", "a", "an")), title
            )
            k = title if title and (proper or role) and title - k < 14 and not self._begins_clause(title) else k
        stops.append(max(k, last.extent))
        return self._links(group, cue, min(stops))

    def _begins_clause(self, i: int) -> bool:
        return i < self.stop and self.tokens[i].kind == "word"

    def _hearer(self, cue: Speech) -> tuple[int, tuple[Link, ...]]:
        """Behind "told": where the content begins, and the hearer as a link where it relays."""
        group = self.reading.after(cue.stop)
        if not group:
            return cue.stop, ()
        first, stop = self._source_span(group[0], min(self.stop, group[0].extent + 4))
        head = self._word(group[0].head)
        link = Link(first, group[0].extent, (cue.first, cue.stop))
        if head in _PLAIN_HEARERS or self._word(group[0].first) in ("his", "her", "their"):
            return stop, ()
        body = self.rules.bodies.at(self.tokens, first, stop) or self.rules.bodies.ending(
            self.tokens, group[0].extent, first
        )
        source = self.rules.sources.ending(self.tokens, group[0].extent, first)
        relays = (
            (body and body.rule.type == "media")
            or (source and source.rule.type == "media")
            or (not source and self.tokens[first].text[:1].isupper() and self._word(first) not in ("the", "a", "an"))
        )
        return (group[0].extent, (link,)) if relays else (stop, ())

    # --- content ------------------------------------------------------------------------------------------------------

    def _content(self, cue: Speech, source: int, end: int) -> tuple[tuple[int, int], ...]:
        """Where the content stands: behind the verb where anything follows, else in front of the source."""
        i = self._over_circumstances(end)
        behind = (
            i >= self.stop
            or self._is_afterthought(i)
            or self.tokens[i].text in ",.;)"
            or (self.tokens[i].text in '"”' and i + 1 >= self.stop)
        )
        before = self._before(source)
        if not behind:
            return ((end, self.stop),)
        if cue.rule.frame in ("counts", "accuses", "blames", "threatens"):
            return ()
        if source - self.first <= 1:
            return ((i, self.stop),) if i < self.stop else ()
        runs_on = i < self.stop - 1 and (
            self.tokens[i].text == "," or self.rules.resolution["mostly"].at(self.tokens, i, self.stop)
        )
        after = ((i, self.stop),) if runs_on else ()
        return ((before, source), *after)

    def _is_afterthought(self, i: int) -> bool:
        """Whether what follows a cue only adds to a content in front of it ("said adding", "said and fresh clashes", "said most of them")."""
        cue = self.rules.cues.at(self.tokens, i, self.stop)
        if cue is not None and self._word(i).endswith("ing"):
            return True
        return (
            self._word(i) in ("and", "but", "while", "without")
            or self.rules.resolution["mostly"].at(self.tokens, i, self.stop) is not None
        )

    def _over_circumstances(self, i: int) -> int:
        """Behind time, place and manner between a verb of saying and its content ("said on Sunday in a statement")."""
        while i < self.stop:
            token = self.tokens[i]
            phrase = self.reading.phrase(i)
            if (
                token.lower in self.rules.grammar.times
                or (token.kind == "number" and i > self.first and self._word(i - 1) in self.rules.grammar.times)
            ) or (
                token.lower
                in ("late", "early", "also", "earlier", "later", "here", "too", "however", "separately", "today")
                or (token.lower.endswith("ly") and phrase is None)
            ):
                i += 1
            elif token.lower in _AFTER_VERB:
                nxt = self._word(i + 1)
                inner = self.reading.phrase(i + 1)
                if nxt in self.rules.grammar.times or nxt in ("early", "late", "the"):
                    i += 2 if nxt != "the" or inner is None else inner.extent - i
                elif (
                    inner is not None
                    and inner.first == i + 1
                    and self._word(inner.stop) not in ("were", "was", "have", "has", "had")
                    and not self._is_figure(inner.first)
                ):
                    i = inner.extent
                else:
                    break
            elif token.lower == "without":
                return self.stop
            elif token.text == "." and self._word(i - 1) in self.rules.grammar.times:
                i += 1
            else:
                break
        return i

    def _before(self, source: int) -> int:
        """Where the content in front of a source begins: behind the last semicolon or full stop of the sentence."""
        for i in range(source - 2, self.first, -1):
            if self.tokens[i].text == ";":
                return i + 1
        return self.first

    def _behind(self, cue: Speech, links: tuple[Link, ...], end: int) -> Saying:
        before = self._before(cue.first)
        after = (
            ((end, self.stop),)
            if end < self.stop - 1
            and self.tokens[end].text == ","
            and self._word(end + 1) not in ("who", "which", "whose")
            else ()
        )
        return Saying(cue, links, ((before, cue.first), *after), cue.first)

    def _clipped(self, saying: Saying, sayings: Sequence[Saying]) -> Saying:
        """The content behind a cue ends where the next source stands on its own (behind a mark, "and", "but" or "while")."""
        content: list[tuple[int, int]] = []
        for first, stop in saying.content:
            end = stop
            for other in sayings:
                joined = other.links[:1] and saying.links[:1] and other.links[0].first == saying.links[0].first
                if joined and other is not saying and first < other.cue.first < end and other.cue.first > saying.cue.first:
                    end = other.cue.first  # "denies 40 captured, says two missing"
                if other is saying or not first < other.at < end or first < saying.cue.first:
                    continue
                lead = self._word(other.at - 1)
                posed_behind = any(b <= other.at for _, b in other.content) and other.content[0][0] < other.at
                if (
                    posed_behind
                    or lead in (",", ";", "and", "but", "while", "whereas", "though")
                    or (other.cue.rule.frame == "according" and other.content[0][0] > other.at)
                ):
                    if other.cue.rule.frame in ("noun",) and lead not in (";",):
                        continue
                    if lead == "that" or (lead == "," and other.cue.rule.frame == "according" and not posed_behind):
                        continue
                    end = min(end, other.at)
                elif lead in (";",):
                    end = min(end, other.at)
            for i in range(first, end):
                if self.tokens[i].text == ";" and first > saying.cue.first:
                    end = i
                    break
            end = (
                min([end, *(b for b in self.barred if b >= max(first, saying.cue.first))])
                if first >= saying.cue.first
                else end
            )
            content.append((first, end))
        return replace(saying, content=tuple(c for c in content if c[0] < c[1]))

    # --- other frames -------------------------------------------------------------------------------------------------

    def _according(self, cue: Speech) -> Saying | None:
        links = self._links_after(cue.stop, cue)
        if not links or self.tokens[links[0].first].kind == "number":
            return None
        end = links[-1].stop
        links = self._behind_noun(links, cue)
        end = max(end, links[-1].stop)
        lead = self._word(cue.first - 1) if cue.first > self.first else ""
        if cue.first <= self.first + 1 or lead in ("that", "and", "but", ";", "while", ":"):
            return Saying(cue, links, ((end, self.stop),), cue.first)
        after = ((end, self.stop),) if end < self.stop - 1 and self.tokens[end].text == "," and lead == "," else ()
        return Saying(cue, links, ((self._before(cue.first), cue.first), *after), cue.first)

    def _behind_noun(self, links: tuple[Link, ...], cue: Speech) -> tuple[Link, ...]:
        """ "a statement by the health ministry": the body behind a noun of saying, where one is named."""
        out: list[Link] = []
        for link in links:
            i = next(
                (
                    k
                    for k in range(link.first, min(link.stop + 1, self.stop))
                    if self._word(k) in ("by", "from", "of") and self._is_document(link.first, k)
                ),
                None,
            )
            if (
                i is None
                and self._is_document(link.first, link.stop, True)
                and self._word(link.stop) in ("by", "from", "released", "issued", "published", "posted", "carried")
            ):
                i = link.stop if self._word(link.stop) in ("by", "from") else link.stop + 1
            if i is not None:
                owners = self._links_after(i + 1, cue)
                if owners:
                    out += owners
                    continue
            mark = next((k for k in range(link.first + 1, link.stop) if self._word(k) in ("'s", "'")), None)
            if mark is not None and self._is_document(mark + 1, link.stop):
                out.append(replace(link, stop=mark))
                continue
            out.append(link)
        return tuple(out)

    def _is_document(self, first: int, stop: int, owned: bool = False) -> bool:
        """Whether a phrase is a statement, report, figure or the like; ``owned``: an owner follows it."""
        match = self.rules.cues.ending(self.tokens, stop, first)
        return (
            match is not None
            and match.rule.frame == "noun"
            and (owned or not self.rules.sources.ending(self.tokens, stop, first))
        )

    def _quoted(self, cue: Speech) -> Saying | None:
        """ "Interpress quoted the ministry as saying", "A cited B": the subject relays, the object is the origin."""
        clause = self.reading.clause(cue.first, cue.stop)
        if self._is_passive(cue):
            if self._word(cue.stop) != "by":
                origin = self._links(clause.subject, cue, cue.first) if clause.subject else ()
                if origin and self._word(cue.stop) == "as":
                    return Saying(cue, origin, ((cue.stop, self.stop),), origin[0].first)
                return None
            relay, origin = self._links_after(cue.stop + 1, cue), self._links(clause.subject, cue, cue.first)
            return (
                Saying(cue, (*relay, *origin), ((relay[-1].stop, self.stop),), origin[0].first)
                if relay and origin
                else None
            )
        origin = self._links_after(cue.stop, cue)
        relay = self._links_before(cue)
        if not origin:
            return None
        end = origin[-1].stop
        at = relay[0].first if relay else cue.first
        tail = " ".join(self._word(k) for k in range(end, min(end + 2, self.stop)))
        ends = end + 2 >= self.stop or self.tokens[end + 2].text in ".,"
        if tail.startswith("as ") and ends and at > self.first + 1:
            return Saying(cue, (*relay, *origin), ((self._before(at), at),), at)
        return Saying(cue, (*relay, *origin), ((end, self.stop),), at) if relay else None

    def _cite(self, sayings: list[Saying], cue: Speech, origin: tuple[Link, ...]) -> list[Saying]:
        """Joins a cited origin to the saying that cites it: the nearest one that is no noun."""
        hosts = [s for s in sayings if s.cue.rule.frame in ("says", "tells", "counts", "accuses")]
        if not hosts:
            links = self._links(self.reading.clause(cue.first, cue.stop).subject, cue, cue.first)
            return [*sayings, Saying(cue, (*links, *origin), ((self.first, self.stop),), cue.first)]
        host = min(hosts, key=lambda s: abs(s.cue.first - cue.first))
        content = tuple(
            (a if a != host.content[0][0] or cue.first > a else max(a, origin[-1].stop), b) for a, b in host.content
        )
        joined = replace(host, links=(*host.links, *origin), content=content)
        return [joined if s is host else s for s in sayings]

    def _noun(self, cue: Speech) -> Saying | None:
        """ "the miners' union's tally of 27 dead", "a statement by", "unverified reports of": figures of an owner."""
        behind = self._word(cue.stop)
        if behind in ("by", "from") and not self.rules.cues.at(self.tokens, cue.stop, self.stop):
            links = self._links_after(cue.stop + 1, cue)
            if links and self._word(links[-1].stop) in ("of", "that"):
                return Saying(cue, links, ((links[-1].stop, self.stop),), cue.first)
            return None
        if behind not in ("of", "that", "in"):
            return None
        phrase = self.reading.phrase(cue.stop - 1)
        if phrase is None:
            return None
        mark = next((k for k in range(cue.first, phrase.first, -1) if self._word(k) in ("'s", "'")), None)
        if mark is not None:
            return Saying(
                cue,
                (Link(phrase.first, mark, (cue.first, cue.stop)),),
                ((cue.stop, self._end_of_noun(cue.stop)),),
                cue.first,
            )
        if self._word(cue.first - 1) == "official" or self._word(cue.first) == "official":
            i = cue.first if self._word(cue.first) == "official" else cue.first - 1
            return Saying(
                cue, (Link(i, i + 1, (cue.first, cue.stop)),), ((cue.stop, self._end_of_noun(cue.stop)),), cue.first
            )
        if self._word(phrase.first) in ("its", "their", "his", "her"):
            return self._of_subject(cue)
        if cue.rule.name in ("report_noun", "unconfirmed_report") and behind in ("of", "that"):
            end = self.stop if behind == "that" else self._end_of_noun(cue.stop)
            return Saying(cue, (Link(phrase.first, phrase.stop, (cue.first, cue.stop)),), ((cue.stop, end),), cue.first)
        return None

    def _of_subject(self, cue: Speech) -> Saying | None:
        """ "The agency has withdrawn its report that ...", "stood by its count of 52": the subject of the sentence."""
        group = self.reading.after(self.first)
        if not group or group[0].first > self.first + 1 or group[-1].extent >= cue.first:
            return None
        links = self._links(group, cue, cue.first)
        return (
            Saying(cue, links, ((cue.stop, self.stop),), links[0].first)
            if links and self._is_source(links[0])
            else None
        )

    def _end_of_noun(self, i: int) -> int:
        """Where the complement of a noun of saying ends: at the next comma."""
        for k in range(i, self.stop):
            if self.tokens[k].text in ",;":
                return k
        return self.stop

    def _headline(self) -> Saying | None:
        """ "... : report", "Hospital: Nine killed", "... - ministry"."""
        last = self.stop
        while last > self.first and self.tokens[last - 1].text in ".":
            last -= 1
        for i in range(last - 2, max(self.first, last - 6), -1):
            if self.tokens[i].text in (":", "-", "–", "—") and self.tokens[i].gap + self.tokens[i + 1].gap > 0:
                link = Link(i + 1, last, (i, i + 1))
                return (
                    Saying(Speech(i, i + 1, _HEADLINE), (link,), ((self.first, i),), i)
                    if self._is_source(link) and self.stop - self.first < 40
                    else None
                )
        for i in range(self.first + 1, min(self.first + 10, self.stop - 1)):
            if self.tokens[i].text == ":":
                phrase = self.reading.phrase(i - 1)
                link = Link(phrase.first if phrase and i - self.first > 5 else self.first, i, (i, i + 1))
                ends = self.rules.sources.ending(self.tokens, i, self.first) or self.rules.bodies.ending(
                    self.tokens, i, self.first
                )
                return Saying(Speech(i, i + 1, _HEADLINE), (link,), ((i + 1, self.stop),), self.first) if ends else None
        return None

    def _is_source(self, link: Link) -> bool:
        """Whether a stretch names somebody who can say something: a known body, a noun of sources, a name."""
        if any(True for _ in self.rules.bodies.scan(self.tokens, link.first, link.stop)) or any(
            True for _ in self.rules.sources.scan(self.tokens, link.first, link.stop)
        ):
            return True
        if link.stop - link.first == 1 and self._word(link.first) in ("report", "reports", "he", "she", "they", "it"):
            return True
        words = [t for t in self.tokens[link.first : link.stop] if t.kind == "word"]
        if len(words) == 1 and link.first > self.first and words[0].text.isupper() and len(words[0].text) > 2:
            return True
        return len(words) >= 2 and all(t.text[:1].isupper() for t in words[-2:])

    def _word(self, i: int) -> str:
        return self.tokens[i].lower if self.first <= i < self.stop else ""
