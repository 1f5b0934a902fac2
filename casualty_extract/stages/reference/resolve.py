"""What a description or pronoun stands for: "the watchdog", "she" and "Karim" as names that the text gave before."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Sequence
from operator import attrgetter

from casualty_extract.analysis import Document
from casualty_extract.model import Claim, Source, Span
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Attribution, Link
from casualty_extract.stages.reference.entities import Entities, Entity
from casualty_extract.stages.reference.names import Names

_MOST_ENTITIES = 400  # before and behind a source, among which it is looked for; no article has as many
_at = attrgetter("at")
_BODY_WORDS = 8  # tokens of a known body's name
_BODY_REACH, _PRONOUN_REACH = 60, 40  # tokens over which one of several candidates is meant, or casts a doubt


def resolve_names(
    document: Document,
    claims: Sequence[Claim],
    attributions: Sequence[Attribution],
    links: Callable[[int], Sequence[Link]],
    rules: Rules,
) -> list[Claim]:
    """The claims with their sources, name, body and type of each filled in; ``links`` gives the sources of the sayings
    up to a token, asked only as far as a source may stand for one of them."""
    resolver = Resolver(Names(document, rules))
    sources = [link for found in attributions for link in (*found.chain, *found.disputed_by)]
    if sources:
        resolver.gather(sources, links)
    return [_attributed(claim, found, resolver) for claim, found in zip(claims, attributions, strict=True)]


def _attributed(claim: Claim, found: Attribution, resolver: Resolver) -> Claim:
    doubts = list(claim.doubts)
    return claim.changed(
        attribution=tuple([resolver.resolve(link, doubts) for link in found.chain]),
        disputed_by=tuple([resolver.resolve(link, doubts) for link in found.disputed_by]),
        status=found.status,
        status_cue=found.status_cue,
        rules=found.rules,
        doubts=tuple(dict.fromkeys(doubts)),
    )


class Resolver:
    """The entities of one text, in order, and the resolution of a source against them."""

    def __init__(self, names: Names) -> None:
        self.names, self.tokens, self.rules = names, names.tokens, names.rules
        self._closed = names.rules.closed
        self._gather = Entities(names)
        self._resolved: dict[Link, tuple[Source, list[str]]] = {}  # once all speakers are known, with what is doubted
        self._spoken: set[int] = set()
        self._told_from: dict[str, int] = {}  # content words, and a token before which each stands
        self.entities: list[Entity] = []

    # --- speakers -----------------------------------------------------------------------------------------------------

    def gather(self, sources: Sequence[Link], links: Callable[[int], Sequence[Link]]) -> None:
        """Whomever the text names, and whoever says something in it, each description under the name that it stands
        for, in order; nobody where each source stands for itself."""
        places = {(source.first, source.stop) for source in sources}
        asking = [place for place in places if self._may_stand_for_another(*place)]
        if not asking:
            return
        self.entities = self._gather.find()
        horizon = max([self._horizon(*place) for place in asking])
        speakers = links(horizon)
        self._spoken = {link.first for link in speakers}
        places |= {(link.first, link.stop) for link in speakers}
        for first, stop in sorted([place for place in places if place[0] <= horizon]):
            entity = self._gather.introduced(first, stop)
            if entity is None:
                continue
            meant = self._meant(first, stop, entity, [])
            if meant is not None:
                entity = meant._replace(at=first)
            insort(self.entities, entity, key=_at)

    def _may_stand_for_another(self, first: int, stop: int) -> bool:
        """Whether a source is a pronoun, a personal name or a description of somebody whom the text may have named."""
        if stop - first == 1 and self.names.pronoun(first) is not None:
            return True
        own = self._gather.introduced(first, stop)
        if own is None:
            return False
        return self._is_name(first, stop, own) or self._is_description(first, stop, own)

    def _horizon(self, first: int, stop: int) -> int:
        """The token up to which those who speak may be whom such a source stands for, -1 where nobody who speaks can
        be: most texts name one monitor, and most persons are named in full."""
        own = self._gather.introduced(first, stop)
        if own is None:
            return first
        if self._is_name(first, stop, own):
            return first if self._are_told(own.name, first) else -1
        if self._is_watcher(first, stop, own):
            return -1 if self._are_monitors_told(first) else len(self.tokens)
        if own.kind == "person" and self.tokens[stop - 1].lower in self.rules.resolution["persons"]:
            return first + _BODY_REACH
        return first if self._may_be_described(first, stop) else -1

    def _are_monitors_told(self, first: int) -> bool:
        """Whether the text by itself names its only monitor, or two that leave open which one "a monitor" is."""
        monitors = [e for e in self.entities if e.is_monitor]
        if len({e.name for e in monitors}) == 1:
            return True
        return self.tokens[first].lower != "the" and len({e.name for e in monitors if self._is_known(e)}) > 1

    def _may_be_described(self, first: int, stop: int) -> bool:
        """Whether somebody before may be the one of a description: anybody of "the group", else who shares words."""
        text, definite = self.names.text(first, stop), self.tokens[first].lower == "the"
        bare = self.names.content(text) <= self._closed["reference_bare_descriptions"]
        if definite and (bare or self.names.is_generic(first, stop, self.rules.resolution["groups"])):
            return True
        head = self.tokens[stop - 1].text if definite and self.names.is_upper(stop - 1) else text
        return self._are_told(head, first)

    def _are_told(self, words: str, first: int) -> bool:
        """Whether words stand before a token, or in the names of those whom the text names by itself."""
        new = [word for word in self.names.content(words) if self._told_from.get(word, first + 1) > first]
        if not new:
            return True  # as most: who speaks once speaks again
        document = self.names.document
        named = [text for entity in self.entities for text in entity.texts]
        before = self.names.plain(" ".join([document.text[document.starts[0] : document.starts[first]], *named]))
        self._told_from |= {word: first for word in new if word in before}
        return all(word in before for word in new)

    def resolve(self, link: Link, doubts: list[str]) -> Source:
        """A source with its name, body and type; what is uncertain about them is added to the doubts."""
        if link not in self._resolved:
            noted: list[str] = []
            self._resolved[link] = self._source(link, self._whom(link.first, link.stop, noted)), noted
        source, noted = self._resolved[link]
        doubts += noted
        return source

    def _source(self, link: Link, whom: Entity | None) -> Source:
        """The words of a source with whom they stand for; None: for what they say."""
        (text, start, end), cue = self.names.document.slice(link.first, link.stop), self.names.document.slice(*link.cue)
        name, body, type_ = (whom.name, whom.body, whom.type) if whom else (text, None, "unnamed")
        return Source(text, start, end, name, body, type_, Span(*cue), link.joint)

    def _whom(self, first: int, stop: int, doubts: list[str]) -> Entity | None:
        """Whom a source stands for, itself or another; None for a pronoun that nobody can be."""
        kind = self.names.pronoun(first)
        if stop - first == 1 and kind is not None:
            return self._pronoun(first, kind, doubts)
        own = self._gather.introduced(first, stop)
        meant = None if own is None else self._meant(first, stop, own, doubts)
        if own is None or meant is None:
            return own
        return meant._replace(body=meant.body or own.body, type=meant.type if meant.type != "unnamed" else own.type)

    # --- pronouns -----------------------------------------------------------------------------------------------------

    def _pronoun(self, first: int, kind: str, doubts: list[str]) -> Entity | None:
        """Who is behind "he", "it" or "they"; "it" may be anybody where no body was named."""
        told = [e for e in self.entities if e.at < first]
        before = [e for e in told if e.kind == kind or kind == "many"] or (told if kind == "body" else [])
        if not before:
            return None
        if kind == "body" and len({e.name for e in before if first - e.at < _PRONOUN_REACH}) > 1:
            doubts.append("two_candidate_sources")
        return self._salient(before, first)

    def _salient(self, before: Sequence[Entity], first: int) -> Entity:
        """The first speaker of the nearest of the two sentences before a pronoun that has one, else the last named."""
        sentences = self.names.document.sentences
        here = next((s for s in sentences if s.first <= first < s.stop), None)
        for sentence in reversed([s for s in sentences if here and s.first < here.first][-2:]):
            inside = [e for e in before if sentence.first <= e.at < sentence.stop and e.at in self._spoken]
            if inside:
                return inside[0]
        return before[-1]

    # --- descriptions -------------------------------------------------------------------------------------------------

    def _meant(self, first: int, stop: int, own: Entity, doubts: list[str]) -> Entity | None:
        """The earlier (or, for "a monitoring group", the only) entity that a source stands for; None for itself."""
        if self._is_name(first, stop, own):
            return self._full_name(own, [e for e in self._beside(first, stop) if e.at < first])
        if not self._is_description(first, stop, own):
            return None
        others = self._beside(first, stop)
        known = [e for e in others if e.kind == "body" and e.named]
        definite = self.tokens[first].lower == "the"
        shared = self._sharing(stop, [e for e in known if e.at < first]) if definite else None
        if shared is not None:
            return shared
        if self._is_watcher(first, stop, own):
            return self._monitor(first, others, doubts)
        if definite and self.names.is_generic(first, stop, self.rules.resolution["groups"]):
            same = self._same_type(first, stop, own, [e for e in known if e.at < first])
            if same is not None:
                return same
        before = [e for e in others if e.at < first]
        if definite or self.rules.sources.at(self.tokens, first, stop):  # "the police" is no "police chief"
            before = [e for e in before if e.kind == own.kind or own.kind == "many"]
        earlier = self._by_words(first, stop, before)
        stands_for = definite or (stop - first == 1 and self.names.is_upper(first))  # the "Governor" of a headline
        return earlier or (self._named_later(first, stop, others) if stands_for and own.kind == "person" else None)

    def _is_description(self, first: int, stop: int, own: Entity) -> bool:
        """Whether a source may stand for somebody named elsewhere: "the ministry", "a monitoring group", the "Governor"
        of a headline; not "residents" and no known body."""
        if self.names.body_in(first, stop):
            return False
        if self.tokens[first].lower == "the" or (stop - first == 1 and self.names.is_upper(first)):
            return True
        return self._is_watcher(first, stop, own)

    def _is_name(self, first: int, stop: int, own: Entity) -> bool:
        """Whether a source is a person by name."""
        return own.kind == "person" and self.names.person(first, stop) is not None

    def _is_watcher(self, first: int, stop: int, own: Entity) -> bool:
        """Whether a source is some monitor: "a monitoring group", "the Observatory"."""
        return own.type == "monitor" and self.names.is_generic(first, stop, self._closed["reference_watchers"])

    def _beside(self, first: int, stop: int) -> list[Entity]:
        """The entities near a source, itself left out."""
        at = bisect_left(self.entities, first, key=_at)
        near = self.entities[max(at - _MOST_ENTITIES, 0) : at + _MOST_ENTITIES]
        return [e for e in near if not first <= e.at < stop]

    def _named_later(self, first: int, stop: int, others: Sequence[Entity]) -> Entity | None:
        """The one person of that office whom the text names soon after: "the provincial governor said. Governor X"."""
        office = self.tokens[stop - 1].lower
        if office not in self.rules.resolution["persons"]:
            return None
        later = [e for e in others if e.kind == "person" and e.named and 0 < e.at - first < _BODY_REACH]
        named = {e.name: e for e in later if office in self._gather.words(e)}
        if len(named) != 1:
            return None
        meant, owner = next(iter(named.values())), self.names.owner(first, stop - 1)
        return meant if owner is None or self.names.content(owner) <= self._gather.words(meant) else None

    def _full_name(self, own: Entity, before: Sequence[Entity]) -> Entity | None:
        """The person whose name holds more words: "Karim" is the "Dalia Karim" of before."""
        words = self.names.content(own.name)
        full = [e for e in before if e.kind == "person" and words < self.names.content(e.name)]
        return full[-1] if full else None

    def _sharing(self, stop: int, before: Sequence[Entity]) -> Entity | None:
        """The one body before whose name holds the capitalised noun of a description: "the UK-based Observatory"."""
        if not self.names.is_upper(stop - 1):
            return None
        head = self.tokens[stop - 1].lower
        found = {e.name: e for e in before if head in self.names.content(e.name) and len(e.name.split()) > 1}
        return next(iter(found.values())) if len(found) == 1 else None

    def _monitor(self, first: int, others: Sequence[Entity], doubts: list[str]) -> Entity | None:
        """The monitor that "a monitoring group" stands for: the text's only one, or the last before "the watchdog"."""
        watching = [e for e in others if e.is_monitor]
        sure = [e for e in watching if {e.at, e.at - 1} & self._spoken or self._is_known(e)]  # no mere tag
        monitors = list({e.name: e for e in sure or watching}.values())
        before = [e for e in monitors if e.at < first]
        definite = self.tokens[first].lower == "the"
        if len(monitors) == 1 or (definite and len(before) == 1):
            return (before or monitors)[0]
        if not definite or not before:
            return None
        doubts.append("two_candidate_sources")
        return before[-1] if first - before[-1].at < _BODY_REACH else None

    def _is_known(self, entity: Entity) -> bool:
        """Whether the lexicon knows a body by that name."""
        body = self.names.body_in(entity.at, min(entity.at + _BODY_WORDS, len(self.tokens)))
        return body is not None and body.name == entity.name

    def _same_type(self, first: int, stop: int, own: Entity, before: Sequence[Entity]) -> Entity | None:
        """The one body before of the description's type: "the ministry"; "the group" alone is one that spoke."""
        if own.type == "armed_group" and stop - first <= 2:
            same = {e.name: e for e in before if e.at in self._spoken}
        else:
            same = {e.name: e for e in before if e.type == own.type}
        return next(iter(same.values())) if len(same) == 1 else None

    def _by_words(self, first: int, stop: int, before: Sequence[Entity]) -> Entity | None:
        """The last entity whose words hold those of a description, or whose kind fits a bare one ("the group")."""
        definite = self.tokens[first].lower == "the"
        if not definite and not (stop - first == 1 and self.names.is_upper(first)):
            return None
        content = self.names.content(self.names.text(first, stop))
        for entity in reversed(before) if content else ():
            if len(entity.name.split()) > len(content) and content < self._gather.words(entity):
                return entity
        if not definite or not content <= self._closed["reference_bare_descriptions"]:
            return None
        kind = "person" if self.names.is_person_noun(first, stop) else "body"
        same = [e for e in before if e.kind == kind]
        return same[-1] if same else None
