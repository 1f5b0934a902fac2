"""Names behind sources: "the watchdog", "he", "SOHR" resolved to the body or person that the text introduces.

A name is taken where exactly one candidate fits; otherwise the words of the text stay and the claim carries a doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from casualty_extract.analysis import Document, Token
from casualty_extract.model import Claim, Source
from casualty_extract.rules.types import Body, Rules
from casualty_extract.stages.mentions import Link

_ARTICLES = ("the", "a", "an", "this", "that", "its", "their", "his", "her", "our")
_PERSONAL = {
    "he": "person",
    "she": "person",
    "it": "body",
    "they": "many",
    "i": "person",
    "we": "many",
    "her": "person",
    "him": "person",
    "them": "many",
}


@dataclass(frozen=True, slots=True)
class Entity:
    """A body or person that the text names, where its mention begins (token), and the words that stand for it."""

    name: str
    kind: str  # person, body, many
    type: str
    at: int
    words: frozenset[str]
    body: str | None = None
    named: bool = True  # False: a description that nothing resolves


def resolve_names(document: Document, claims: Sequence[Claim], links: Sequence[Link], rules: Rules) -> list[Claim]:
    """The claims with the name, body and type of each source filled in; ``links`` are all sources of the text's sayings."""
    names = Names(document, rules, claims, links)
    return [_resolve(claim, names) for claim in claims]


def _resolve(claim: Claim, names: Names) -> Claim:
    doubts = list(claim.doubts)
    attribution = tuple(names.resolve(source, doubts) for source in claim.attribution)
    disputed = tuple(names.resolve(source, doubts) for source in claim.disputed_by)
    return replace(claim, attribution=attribution, disputed_by=disputed, doubts=tuple(dict.fromkeys(doubts)))


class Names:
    """The entities of one text, in order, and the resolution of a source against them."""

    def __init__(self, document: Document, rules: Rules, claims: Sequence[Claim], links: Sequence[Link]) -> None:
        self.document, self.rules, self.links = document, rules, links
        self._starts = {t.start: i for i, t in enumerate(document.tokens)}
        self.entities = sorted([*self._bodies(), *self._defined(), *self._apposed(), *self._body_names()], key=lambda e: e.at)
        self._add_speakers(claims)

    # --- who is there -------------------------------------------------------------------------------------------------

    def _bodies(self) -> list[Entity]:
        """Known bodies, wherever the text names them; the agency of the dateline is none."""
        found = []
        tokens = self.document.tokens
        line = self.document.dateline
        for match in self.rules.bodies.scan(tokens, 0, len(tokens)):
            if (not tokens[match.first].text[:1].isupper() and not tokens[match.first].text[:1].isdigit()) or (
                line and line[0] <= tokens[match.first].start < line[1]
            ):
                continue
            body = match.rule
            found.append(Entity(body.name, "body", body.type, match.first, _words(" ".join((body.name, *body.other)))))
        return found

    def _defined(self) -> list[Entity]:
        """Bodies that the text defines with an acronym: "the Independent Monitoring Network (IMN)"."""
        found = []
        tokens = self.document.tokens
        for i in range(2, len(tokens) - 1):
            if (
                tokens[i - 1].text != "("
                or tokens[i + 1].text != ")"
                or not tokens[i].text.isupper()
                or len(tokens[i].text) < 2
            ):
                continue
            first = self._name_before(i - 2, tokens[i].text)
            if first is not None:
                name = self.document.slice(first, i - 1)[0]
                found.append(Entity(name, "body", self.type_of(first, i - 1), first, _words(name) | {tokens[i].lower}))
        return found

    def _body_names(self) -> list[Entity]:
        """Capitalised names that are no known body but hold a word of bodies: "the Sahel Rights Monitor"."""
        found = []
        tokens = self.document.tokens
        words = self.rules.resolution["body_words"].first_words()
        i = 0
        while i < len(tokens):
            stop = i
            while stop < len(tokens) and self._goes_on(i, stop):
                stop += 1
            first = i + (tokens[i].lower in _ARTICLES)
            known = any(True for _ in self.rules.bodies.scan(tokens, i, stop))
            known = known or any(t.lower.endswith(("-based", "-run", "-led", "-backed")) for t in tokens[first:stop])
            if not known and stop - first >= 2 and any(t.lower in words for t in tokens[first:stop]) and not tokens[first].text.isupper() and stop - first < 9:
                name = self.document.slice(first, stop)[0]
                found.append(Entity(name, "body", self.type_of(first, stop), first, _words(name)))
            i = max(stop, i + 1)
        return found

    def _goes_on(self, first: int, i: int) -> bool:
        """Whether a capitalised name that began at ``first`` holds token i."""
        token, grammar = self.document.tokens[i], self.rules.grammar
        if token.kind != "word" or token.lower in grammar.times or (i > first and token.gap > 1):
            return False
        if token.text[:1].isupper():
            return i > first or token.lower not in grammar.prepositions and token.lower not in grammar.adverbs
        linked = token.lower in ("of", "for", "and") or token.lower == "the" and self.document.tokens[i - 1].lower in ("of", "for")
        following = self.document.tokens[i + 1] if i + 1 < len(self.document.tokens) else None
        return i > first and linked and following is not None and (following.text[:1].isupper() or following.lower == "the")

    def _apposed(self) -> list[Entity]:
        """Names that an apposition explains: "Lantern Watch, a watchdog, ..."."""
        found = []
        tokens = self.document.tokens
        for i in range(1, len(tokens) - 3):
            if (
                tokens[i].text != ","
                or tokens[i + 1].lower not in ("a", "an", "the")
                or not tokens[i - 1].text[:1].isupper()
            ):
                continue
            end = next((k for k in range(i + 2, min(i + 10, len(tokens))) if tokens[k].kind == "mark"), None)
            if end is None or not any(True for _ in self.rules.sources.scan(tokens, i + 2, end)):
                continue
            first = i - 1
            while (
                first > 0
                and tokens[first - 1].text[:1].isupper()
                and tokens[first - 1].kind == "word"
                and tokens[first].gap == 1
            ):
                first -= 1
            first += tokens[first].lower in _ARTICLES and i - first > 1
            name, said = self.document.slice(first, i)[0], self.document.slice(i + 2, end)[0]
            kind = "person" if self._is_person_noun(i + 2, end) else "body"
            found.append(Entity(name, kind, self.type_of(i + 2, end), first, _words(name) | _words(said)))
        return found

    def _name_before(self, i: int, acronym: str) -> int | None:
        """Where the name that an acronym shortens begins: a capitalised run whose first letter is the acronym's."""
        tokens, first = self.document.tokens, None
        for k in range(i, max(-1, i - 10), -1):
            if tokens[k].text[:1].isupper():
                if tokens[k].text[:1] == acronym[0]:
                    first = k
            elif tokens[k].lower not in ("of", "for", "the", "and", "on", "in", "to"):
                break
        return first

    def _add_speakers(self, claims: Sequence[Claim]) -> None:
        """Whoever says something in the text, in order, each description under the name that it stands for."""
        places = {
            (first, self._stop(first, s.end))
            for c in claims
            for s in (*c.attribution, *c.disputed_by)
            if (first := self._starts.get(s.start)) is not None
        }
        places |= {(link.first, link.stop) for link in self.links}
        for first, stop in sorted(places):
            entity = self.entity_of(first, stop)
            if entity is None:
                continue
            meant = self._meant(first, stop, entity, [])
            if meant is not None:
                entity = replace(meant, at=first)
            self.entities = sorted([*self.entities, entity], key=lambda e: e.at)

    def _stop(self, first: int, end: int) -> int:
        return (
            next((i for i in range(first, len(self.document.tokens)) if self.document.tokens[i].end >= end), first) + 1
        )

    def entity_of(self, first: int, stop: int) -> Entity | None:
        """The entity that the words at tokens first..stop-1 introduce by themselves; None for pronouns and bare descriptions."""
        tokens = self.document.tokens
        person = self._person(first, stop)
        body = self._body_in(first, stop)
        if person:
            name = self.document.slice(*person)[0]
            owner = (
                body.name
                if body and not (person[0] <= self._body_at(first, stop) < person[1])
                else self._owner(first, person[0]) or self._office_of(first, stop)
            )
            return Entity(
                name,
                "person",
                self.type_of(first, stop),
                first,
                _words(name) | _words(self.document.slice(first, stop)[0]),
                owner,
            )
        if body:
            return Entity(
                body.name,
                "body",
                body.type,
                first,
                _words(" ".join((body.name, *body.other, self.document.slice(first, stop)[0]))),
            )
        text = self.document.slice(first, stop)[0]
        if tokens[first].lower in _PERSONAL:
            return None
        many = tokens[stop - 1].lower.endswith("s") and tokens[first].lower not in ("the", "a", "an")
        kind = "many" if many else "person" if self._is_person_noun(first, stop) else "body"
        comma = next((i for i in range(first + 1, stop) if tokens[i].text == ","), None)
        if comma is not None and tokens[comma - 1].text[:1].isupper():  # "Lantern Watch, a rights group"
            start = first + (tokens[first].lower in _ARTICLES)
            return Entity(self.document.slice(start, comma)[0], "body", self.type_of(first, stop), first, _words(text))
        office = self._office_of(first, stop) if kind == "person" else None
        return Entity(text, kind, self.type_of(first, stop), first, _words(text), office, named=False)

    def _person(self, first: int, stop: int) -> tuple[int, int] | None:
        """The tokens of a personal name in a source: "UNICEF spokesperson Marta Lindqvist", "Rami Abdel Rahman, head of SOHR"."""
        runs = self._name_runs(first, stop)
        roles = list(self.rules.sources.scan(self.document.tokens, first, stop))
        for start, end in reversed(runs):
            if not self._may_be_name(start, end, stop):
                continue
            lead = self.document.tokens[start - 1].lower if start > first else ""
            start, end = self._without_bodies(start, end)
            if end - start < 1 or self._looks_like_body(start, end):
                continue
            behind_role = any(m.stop <= start and self._is_person_noun(m.first, m.stop) for m in roles)
            comma_role = end < stop and self.document.tokens[end].text == "," and any(m.first > end for m in roles)
            whole = end == stop or self.document.tokens[end].lower in ("of", "from", "at")
            pair = (
                end - start >= 2
                and start == first
                and whole
                and not [m for m in roles if m.first < end]
                and not self._body_in(first, end)
            )
            if (
                (behind_role and (start == first or lead not in ("of", "in", "at", "for", "from")))
                or comma_role
                or (pair and not self._looks_like_body(start, end))
            ):
                return start, end
        return None

    def _may_be_name(self, start: int, end: int, stop: int) -> bool:
        """Whether a capitalised run may be a person: at the end of the source or before a comma or "of", and no mere nationality."""
        tokens = self.document.tokens
        if end < stop and tokens[end].text not in (",", "(") and tokens[end].lower not in ("of", "from", "at", "who"):
            return False
        nation = self.rules.victims.at(tokens, start, end)
        return not (end - start == 1 and nation is not None and nation.rule.affiliation)

    def _name_runs(self, first: int, stop: int) -> list[tuple[int, int]]:
        runs: list[tuple[int, int]] = []
        start = None
        tokens = self.document.tokens
        upper = self.document.text.isupper()
        for i in range(first, stop + 1):
            inside = (
                i < stop
                and tokens[i].kind == "word"
                and (
                    tokens[i].text[:1].isupper()
                    or tokens[i].lower in ("al", "bin", "ibn", "de", "von", "van", "el", "abu", "der", "da")
                    or tokens[i].lower.startswith("al-")
                )
            )
            inside = (
                inside
                and not (self.rules.sources.at(tokens, i, stop) and not upper and tokens[i].lower not in ("general",))
                and tokens[i].lower not in _ARTICLES
            )
            inside = inside or (
                i < stop
                and start is not None
                and tokens[i].text == "."
                and len(tokens[i - 1].text) <= 3
                and i + 1 < stop
            )
            if inside and start is None and tokens[i].kind == "word":
                start = i
            elif not inside and start is not None:
                runs.append((start, i))
                start = None
        return runs

    def _without_bodies(self, start: int, end: int) -> tuple[int, int]:
        """A run of capitalised words without the body that stands in front of the name."""
        for match in self.rules.bodies.scan(self.document.tokens, start, end):
            if match.first == start and match.stop < end:
                return match.stop, end
            if match.first == start and match.stop == end:
                return start, start
        return start, end

    def _looks_like_body(self, start: int, end: int) -> bool:
        words = [t.lower for t in self.document.tokens[start:end]]
        return any(w in self.rules.resolution["body_words"].first_words() for w in words)

    def _is_person_noun(self, first: int, stop: int) -> bool:
        """Whether a description is of one person: an office, rank or trade, not a body."""
        tokens = self.document.tokens
        head = next((i for i in range(first + 1, stop) if tokens[i].lower in ("of", "for", "at", "from", "in", ",")), stop)
        match = self.rules.resolution["persons"].ending(tokens, head, first)
        if match:
            return True
        found = self.rules.sources.ending(tokens, stop, first)
        return (
            bool(found)
            and (
                found.rule.name.endswith(("_person", "holder")) or found.rule.name in ("spokesman", "witness", "expert")
            )
            if found
            else False
        )

    def _body_in(self, first: int, stop: int) -> Body | None:
        tokens = self.document.tokens
        found = [m for m in self.rules.bodies.scan(tokens, first, stop) if tokens[m.first].text[:1].isupper()]
        return max(found, key=lambda m: m.stop - m.first).rule if found else None

    def _body_at(self, first: int, stop: int) -> int:
        return next((m.first for m in self.rules.bodies.scan(self.document.tokens, first, stop)), -1)

    def _owner(self, first: int, name: int) -> str | None:
        """The body in front of a person's office: "health ministry spokesman X"; None where the words name none."""
        tokens = self.document.tokens
        for start in range(first, name):  # "army spokesman", "police chief": the body in front of the office
            for stop in range(min(name, start + 4), start, -1):
                match = self.rules.sources.at(tokens, start, stop)
                if match and match.stop == stop and match.rule.type != "unnamed" and not self._is_person_noun(start, stop):
                    begin = first + (tokens[first].lower in _ARTICLES)
                    return self.document.slice(begin if begin <= start else start, stop)[0]
        for match in reversed(list(self.rules.sources.scan(tokens, first, name))):
            if not self._is_person_noun(match.first, match.stop) and match.rule.type != "unnamed":
                return self.document.slice(first if tokens[first].lower not in _ARTICLES else first + 1, match.stop)[0]
        return None

    def _office_of(self, first: int, stop: int) -> str | None:
        """The body behind an office: "a spokesman for the health ministry", "director of the Harl hospital"; None for none."""
        tokens = self.document.tokens
        for i in range(first + 1, stop - 1):
            if tokens[i].lower in ("of", "for", "at", "from") and any(self._is_person_noun(k, i) for k in range(first, i)) or (
                tokens[i].lower in ("of", "from") and tokens[i - 1].text[:1].isupper()
            ):
                begin = i + 1 + (tokens[i + 1].lower in _ARTICLES)
                end = next((k for k in range(begin, stop) if tokens[k].text == ","), stop)
                known = any(True for _ in self.rules.sources.scan(tokens, begin, end)) or self._body_in(begin, end)
                return self.document.slice(begin, end)[0] if begin < end and known else None
        return None

    def type_of(self, first: int, stop: int) -> str:
        """The type of a source by its words: the known body, else the noun that heads it, else what stands in front."""
        tokens = self.document.tokens
        matches = list(self.rules.sources.scan(tokens, first, stop))
        body = self._body_in(first, stop)
        named = [m for m in matches if m.rule.type != "unnamed"]
        if body and (not named or body.type != "media"):
            return body.type
        if named:
            return named[0].rule.type if not body else named[0].rule.type
        return body.type if body else "unnamed"

    # --- who is meant -------------------------------------------------------------------------------------------------

    def resolve(self, source: Source, doubts: list[str]) -> Source:
        """A source with its name, body and type."""
        first = self._starts.get(source.start)
        if first is None:
            return source
        stop = self._stop(first, source.end)
        word = self.document.tokens[first].lower
        if stop - first == 1 and word in _PERSONAL:
            return self._pronoun(source, first, _PERSONAL[word], doubts)
        own = self.entity_of(first, stop)
        if own is None:
            return source
        meant = self._meant(first, stop, own, doubts)
        if meant is None:
            return replace(source, name=own.name, body=own.body, type=own.type)
        return replace(
            source,
            name=meant.name,
            body=meant.body or own.body,
            type=meant.type if meant.type != "unnamed" else own.type,
        )

    def _pronoun(self, source: Source, first: int, kind: str, doubts: list[str]) -> Source:
        before = [e for e in self.entities if e.at < first and (e.kind == kind or kind == "many")]
        before = before or [e for e in self.entities if e.at < first and kind == "body"]
        if not before:
            return source
        meant = self._salient(before, first)
        if len({e.name for e in before if first - e.at < 40}) > 1 and kind == "body":
            doubts.append("two_candidate_sources")
        return replace(source, name=meant.name, body=meant.body, type=meant.type)

    def _salient(self, before: Sequence[Entity], first: int) -> Entity:
        """Of the entities before a pronoun the first speaker of the nearest sentence that has one, else the last named."""
        here = next((s for s in self.document.sentences if s.first <= first < s.stop), None)
        spoken = {link.first for link in self.links}
        for sentence in reversed([s for s in self.document.sentences if here and s.first < here.first][-2:]):
            inside = [e for e in before if sentence.first <= e.at < sentence.stop and e.at in spoken]
            if inside:
                return inside[0]
        return before[-1]

    def _meant(self, first: int, stop: int, own: Entity, doubts: list[str]) -> Entity | None:
        """The earlier (or, for "a monitoring group", the only) entity that a description stands for."""
        tokens = self.document.tokens
        named = [e for e in self.entities if not (first <= e.at < stop)]
        if own.kind == "person" and self._person(first, stop):
            full = [e for e in named if e.kind == "person" and e.at < first and _words(own.name) < _words(e.name)]
            return full[-1] if full else None
        if self._body_in(first, stop):
            return None
        known = [e for e in named if e.kind == "body" and e.named]
        article = tokens[first].lower
        shared = self._sharing(first, stop, [e for e in known if e.at < first])
        if shared is not None and article == "the":
            return shared
        generic = tokens[stop - 1].lower in ("monitor", "group", "watchdog", "observatory", "organisation", "organization", "body", "charity", "ngo", "conflict")
        if own.type == "monitor" and generic and not self._capitalised(first, stop):
            monitors = list({e.name: e for e in known if e.type == "monitor"}.values())
            before = [e for e in monitors if e.at < first]
            if len(monitors) == 1 or (article == "the" and len(before) == 1):
                return (before or monitors)[0]
            if article == "the" and before:
                doubts.append("two_candidate_sources")
                return before[-1] if first - before[-1].at < 60 else None
            return None
        content = _words(self.document.slice(first, stop)[0])
        if article == "the" and tokens[stop - 1].lower in self.rules.resolution["groups"] and not self._capitalised(first, stop):
            spoken = {link.first for link in self.links}
            same = {e.name: e for e in known if e.at < first and (e.type == own.type if own.type != "armed_group" or own.type == "armed_group" and stop - first > 2 else e.at in spoken)}
            if len(same) == 1:
                return next(iter(same.values()))
        if article != "the" and not (stop - first == 1 and tokens[first].text[:1].isupper()):
            return None
        before = [
            e for e in named if e.at < first and content and content < e.words and len(e.name.split()) > len(content)
        ]
        if before:
            return before[-1]
        if article == "the" and content <= {
            "source",
            "group",
            "agency",
            "bishop",
            "organisation",
            "organization",
            "network",
            "official",
            "spokesman",
            "spokeswoman",
            "newspaper",
            "daily",
        }:
            kind = "person" if self._is_person_noun(first, stop) else "body"
            same = [e for e in named if e.at < first and (content & e.words or e.kind == kind) and e.kind == kind]
            return same[-1] if same else None
        return None

    def _sharing(self, first: int, stop: int, known: Sequence[Entity]) -> Entity | None:
        """The one body before whose name holds the capitalised noun of a description: "the UK-based Observatory"."""
        head = self.document.tokens[stop - 1]
        if not head.text[:1].isupper():
            return None
        found = {e.name: e for e in known if head.lower in _words(e.name) and len(e.name.split()) > 1}
        return next(iter(found.values())) if len(found) == 1 else None

    def _capitalised(self, first: int, stop: int) -> bool:
        """Whether a proper name stands in a description."""
        return sum(t.text[:1].isupper() for t in self.document.tokens[first + 1 : stop]) >= 2

    @property
    def tokens(self) -> Sequence[Token]:
        """The tokens of the text."""
        return self.document.tokens


def _words(text: str) -> frozenset[str]:
    text = text.replace("spokeswoman", "spokesman").replace("spokesperson", "spokesman")
    return frozenset(
        w
        for w in (
            p.strip(".,'\"’“”()").lower() for p in text.replace("-", " ").replace("'s", "").replace("’s", "").split()
        )
        if w and w not in _ARTICLES and w not in ("of", "for", "in", "at", "and", "said", "same")
    )
