"""Who the text names: known bodies, bodies that it defines or explains, and whoever a source's own words introduce."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casualty_extract.rules.types import Body
from casualty_extract.stages.reference.names import Names

_NAME_REACH = 10  # tokens in front of an acronym, or behind a name, in which its explanation stands
_LONGEST_NAME = 8
_TIES = frozenset(("of", "for", "and", "the"))  # small words inside a name


class Entity(NamedTuple):
    """A body or person that the text names, where its mention begins (token), and the texts whose words stand for it,
    ``acronym``, in lower case, among them."""

    name: str
    kind: str  # person, body, many
    type: str
    at: int
    texts: tuple[str, ...]
    body: str | None = None
    named: bool = True  # False: a description that nothing resolves
    acronym: str | None = None

    @property
    def is_monitor(self) -> bool:
        """Whether it is a monitor by name."""
        return self.kind == "body" and self.named and self.type == "monitor"


class Entities:
    """Gathers the entities of one text."""

    def __init__(self, names: Names) -> None:
        self.names, self.tokens, self.rules = names, names.tokens, names.rules
        self._closed, self._body_words = names.rules.closed, names.rules.resolution["body_words"]
        self._words: dict[tuple[str, ...], frozenset[str]] = {}
        self._introduced: dict[tuple[int, int], Entity | None] = {}  # most sources are asked about twice

    def find(self) -> list[Entity]:
        """All that the text names by itself, whoever speaks, in order."""
        marks = [i for i in self.names.document.rough if self.tokens[i].kind == "mark"]
        found = [*self._known(), *self._defined(marks), *self._explained(marks), *self._body_names()]
        return sorted(found, key=lambda entity: entity.at)

    def words(self, entity: Entity) -> frozenset[str]:
        """The words that stand for an entity, lower."""
        if entity.texts not in self._words:
            self._words[entity.texts] = frozenset().union(*[self.names.content(text) for text in entity.texts])
        words = self._words[entity.texts]
        return words if entity.acronym is None else words | {entity.acronym}

    # --- bodies -------------------------------------------------------------------------------------------------------

    def _known(self) -> Iterator[Entity]:
        """Known bodies, wherever the text names them; the agency of the dateline is none."""
        line = self.names.document.dateline
        for match in self.rules.bodies.within(self.names.document, 0, len(self.tokens)):
            opening, start = self.tokens[match.first], self.names.document.starts[match.first]
            capital = opening.capital or opening.text[:1].isdigit()
            if capital and not (line and line[0] <= start < line[1]):
                yield self._body(match.rule, match.first, "")

    def _body(self, body: Body, first: int, said: str) -> Entity:
        return Entity(body.name, "body", body.type, first, (body.name, *body.other, said))

    def _defined(self, marks: Sequence[int]) -> Iterator[Entity]:
        """Bodies that the text defines with an acronym: "the Independent Monitoring Network (IMN)"."""
        tokens, last = self.tokens, len(self.tokens) - 3
        for i in [i for i in marks if tokens[i].text == "(" and 0 < i <= last]:
            acronym = tokens[i + 1].text
            if tokens[i + 2].text != ")" or not acronym.isupper() or len(acronym) < 2:
                continue
            first = self._shortened(i - 1, acronym)
            if first is not None and not self.names.is_person_noun(first, i):
                name, type_ = self.names.text(first, i), self.names.type_of(first, i)
                yield Entity(name, "body", type_, first, (name,), acronym=tokens[i + 1].lower)

    def _shortened(self, i: int, acronym: str) -> int | None:
        """Where the name that an acronym shortens begins: a capitalised run whose first letter is the acronym's."""
        first = None
        for k in range(i, max(-1, i - _NAME_REACH), -1):
            if self.names.is_upper(k):
                if self.tokens[k].text[0] == acronym[0]:
                    first = k
            elif self.tokens[k].lower not in self._closed["reference_inside_names"]:
                break
        return first

    def _explained(self, marks: Sequence[int]) -> Iterator[Entity]:
        """Names that an apposition explains: "Lantern Watch, a watchdog, ..."."""
        tokens, names, last = self.tokens, self.names, len(self.tokens) - 4
        for i in [i for i in marks if tokens[i].text == "," and 0 < i <= last]:
            if tokens[i + 1].lower not in ("a", "an", "the") or not names.is_upper(i - 1):
                continue
            end = next((k for k in range(i + 2, min(i + _NAME_REACH, len(tokens))) if tokens[k].kind == "mark"), None)
            if end is None or not self.rules.sources.occurs(tokens, i + 2, end):
                continue
            if self.rules.cues.ending(tokens, end, i + 2):
                continue  # "... off Port Amel, the coastguard said", "on Tuesday, a monitor said": a speaker of its own
            first = self._name_before(i)
            if tokens[first].lower in self.rules.grammar.times:
                continue
            name, said = names.text(first, i), names.text(i + 2, end)
            kind = "person" if names.is_person_noun(i + 2, end) else "body"
            yield Entity(name, kind, names.type_of(i + 2, end), first, (name, said))

    def _name_before(self, comma: int) -> int:
        """Where the capitalised words in front of a comma begin, the article left out."""
        tokens, first = self.tokens, comma - 1
        while (
            first > 0 and self.names.is_upper(first - 1) and tokens[first - 1].kind == "word" and tokens[first].gap == 1
        ):
            first -= 1
        return first + (self.names.is_article(first) and comma - first > 1)

    def _body_names(self) -> Iterator[Entity]:
        """Capitalised names that are no known body but hold a word of bodies: "the Sahel Rights Monitor"."""
        tokens, free = self.tokens, 0
        for word in self._body_words.within(self.names.document, 0, len(tokens)):
            i = self._opening(word.first) if word.first >= free and tokens[word.first].capital else None
            if i is None:
                continue
            stop = word.stop
            while stop < len(tokens) and self._goes_on(stop):
                stop += 1
            first = i + self.names.is_article(i)
            if stop > first and tokens[stop - 1].lower in self.rules.grammar.prepositions:
                stop -= 1  # "kills 19 Monitor At least"
            free = stop
            if self._is_body_name(first, stop) and not self.rules.bodies.occurs(tokens, i, stop):
                name = self.names.text(first, stop)
                yield Entity(name, "body", self.names.type_of(first, stop), first, (name,))

    def _opening(self, i: int) -> int | None:
        """Where the capitalised name begins that holds token i; None where no name does."""
        first = i
        while first > 0 and self._goes_on(first):
            first -= 1
        return next((k for k in range(first, i + 1) if self._opens(k)), None)

    def _opens(self, i: int) -> bool:
        """Whether a name may begin at token i: with a capital, and with another, or a small word that ties two, right
        behind, as a name has two words."""
        tokens, grammar = self.tokens, self.rules.grammar
        token = tokens[i]
        if not token.capital or token.kind != "word" or i + 1 == len(tokens) or token.lower in grammar.times:
            return False
        if token.lower in grammar.prepositions or token.lower in grammar.adverbs:
            return False
        return tokens[i + 1].capital or tokens[i + 1].lower in _TIES

    def _goes_on(self, i: int) -> bool:
        """Whether a capitalised name that began before holds token i."""
        token = self.tokens[i]
        if token.kind != "word" or token.gap > 1 or token.lower in self.rules.grammar.times:
            return False
        if token.text == "The" and self.names.is_upper(i - 1):
            return False  # "reports News Nation The Police said": a new sentence
        return token.capital or (i < len(self.tokens) - 1 and self._links(i))

    def _links(self, i: int) -> bool:
        """Whether a small word ties two parts of a name: "Ministry of the Interior", "Doctors for Peace and Rights"."""
        word = self.tokens[i].lower
        linked = word in ("of", "for", "and") or (word == "the" and self.tokens[i - 1].lower in ("of", "for"))
        return linked and (self.names.is_upper(i + 1) or self.tokens[i + 1].lower == "the")

    def _is_body_name(self, first: int, stop: int) -> bool:
        """Whether capitalised words name a body: not a side ("Harl-backed Forces"), nor a headline in capitals."""
        tokens = self.tokens[first:stop]
        if not 2 <= len(tokens) <= _LONGEST_NAME or tokens[0].text.isupper():
            return False
        if any(self._is_tied(token.lower) for token in tokens):
            return False
        return not self.names.is_person_noun(first, stop)  # "Superintendent of Police"

    def _is_tied(self, word: str) -> bool:
        """ "London-based", "army-run": what a body is tied to, so that the words describe and do not name."""
        _, hyphen, last = word.rpartition("-")
        return bool(hyphen) and last in self._closed["reference_tied"]

    # --- sources ------------------------------------------------------------------------------------------------------

    def introduced(self, first: int, stop: int) -> Entity | None:
        """The entity that the words of a source introduce by themselves; None for a pronoun."""
        if (first, stop) not in self._introduced:
            self._introduced[first, stop] = self._introduce(first, stop)
        return self._introduced[first, stop]

    def _introduce(self, first: int, stop: int) -> Entity | None:
        names = self.names
        person, body = names.person(first, stop), names.body_in(first, stop)
        if person:
            return self._speaker(first, stop, person, body)
        if body and not names.is_person_noun(first, stop):
            return self._body(body, first, names.text(first, stop))
        return None if names.pronoun(first) else self._described(first, stop)

    def _speaker(self, first: int, stop: int, person: tuple[int, int], body: Body | None) -> Entity:
        """A person by name, with the body behind: "UNICEF spokesperson Marta Lindqvist"."""
        names = self.names
        name = names.text(*person)
        if body and not person[0] <= names.body_at(first, stop) < person[1]:
            owner: str | None = body.name
        else:
            owner = names.owner(first, person[0]) or names.office_of(first, stop)
        type_ = names.type_of(first, stop)
        if type_ == "unnamed" and owner is None and (behind := self._behind_name(stop)) is not None:
            owner, type_ = behind.name, behind.type
        return Entity(name, "person", type_, first, (name, names.text(first, stop)), owner)

    def _behind_name(self, stop: int) -> Body | None:
        """The known body that a clause behind a name ties it to: "Rami Abdulrahman, who runs the Observatory"."""
        i = stop + (stop < len(self.tokens) and self.tokens[stop].text == ",")
        if i >= len(self.tokens) or self.tokens[i].lower != "who":
            return None
        return self.names.body_in(i, min(i + _NAME_REACH, len(self.tokens)))

    def _described(self, first: int, stop: int) -> Entity:
        """A source by its description: "officials", "a doctor at the hospital", "Lantern Watch, a rights group"."""
        names, tokens = self.names, self.tokens
        text, type_ = names.text(first, stop), names.type_of(first, stop)
        comma = next((i for i in range(first + 1, stop) if tokens[i].text == ","), None)
        if comma is not None and names.is_upper(comma - 1):
            return Entity(names.text(first + names.is_article(first), comma), "body", type_, first, (text,))
        if tokens[stop - 1].lower.endswith("s") and tokens[first].lower not in ("the", "a", "an"):
            return Entity(text, "many", type_, first, (text,), named=False)
        if names.is_person_noun(first, stop):
            body = names.body_in(first, stop)
            owner = body.name if body else names.office_of(first, stop)
            return Entity(text, "person", type_, first, (text,), owner, named=False)
        return Entity(text, "body", type_, first, (text,), named=False)
