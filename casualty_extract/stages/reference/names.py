"""A name, body and type in a source's own words: "UNICEF spokesperson Marta Lindqvist" speaks for UNICEF."""

from __future__ import annotations

from collections.abc import Container

from casualty_extract.analysis import Document
from casualty_extract.rules.lexicon import Match
from casualty_extract.rules.types import Body, Rules, SourceRule

_NO_WORD = frozenset(("",))


class Names:
    """Reads the words of sources: tokens first..stop-1 of one text."""

    def __init__(self, document: Document, rules: Rules) -> None:
        self.document, self.rules, self.tokens = document, rules, document.tokens
        self._contents: dict[str, frozenset[str]] = {}
        self._persons: dict[tuple[int, int], tuple[int, int] | None] = {}  # most sources are asked about several times
        self._body_of: dict[tuple[int, int], Body | None] = {}
        self._roles_of: dict[tuple[int, int], list[Match[SourceRule]]] = {}
        self._shouted = document.text.isupper()
        self._closed, self._bodies, self._sources = rules.closed, rules.bodies, rules.sources

    # --- words --------------------------------------------------------------------------------------------------------

    def text(self, first: int, stop: int) -> str:
        """The words as the text has them."""
        return self.document.slice(first, stop)[0]

    def content(self, text: str) -> frozenset[str]:
        """The words that tell one name from another, lower: "the Army of Harl" holds army and harl."""
        if text not in self._contents:
            self._contents[text] = self._content(text)
        return self._contents[text]

    def _content(self, text: str) -> frozenset[str]:
        words = frozenset([part.strip(".,'\"’“”()") for part in self.plain(text).split()])
        return words - self._closed["reference_empty_words"] - _NO_WORD

    def plain(self, text: str) -> str:
        """A text in lower case, which holds each word of its content as it stands there: one word for all speakers of a
        body, parts of words apart, nobody's possessions."""
        text = text.replace("spokeswoman", "spokesman").replace("spokesperson", "spokesman")
        return text.replace("-", " ").replace("'s", "").replace("’s", "").lower()

    def is_article(self, i: int) -> bool:
        """Whether a token is a word that opens a description ("the", "his") and is no part of a name."""
        return self.tokens[i].lower in self._closed["reference_articles"]

    def is_upper(self, i: int) -> bool:
        """Whether a token begins with a capital."""
        return self.tokens[i].capital

    def pronoun(self, i: int) -> str | None:
        """The kind of whom a pronoun stands for: "she" a person, "it" a body, "they" many; None for any other word."""
        word = self.tokens[i].lower
        if word in self._closed["reference_person_pronouns"]:
            return "person"
        if word in ("they", "we", "them"):
            return "many"
        return "body" if word == "it" else None

    def is_generic(self, first: int, stop: int, nouns: Container[str]) -> bool:
        """Whether a description ends in one of the nouns and holds no proper name: "the militant group"."""
        return self.tokens[stop - 1].lower in nouns and sum(map(self.is_upper, range(first + 1, stop))) < 2

    # --- persons ------------------------------------------------------------------------------------------------------

    def person(self, first: int, stop: int) -> tuple[int, int] | None:
        """The tokens of a personal name: "UNICEF spokesperson Marta Lindqvist", "Rami Abdel Rahman, head of SOHR"."""
        if (first, stop) not in self._persons:
            self._persons[first, stop] = self._person(first, stop)
        return self._persons[first, stop]

    def _person(self, first: int, stop: int) -> tuple[int, int] | None:
        runs = self._capitalised_runs(first, stop)
        if not runs:
            return None
        roles = self._roles(first, stop)
        if runs[0][0] == first and self._is_explained(*runs[0], stop, roles):
            return runs[0]
        for begin, end in reversed(runs):
            if not self._may_be_name(begin, end, stop):
                continue
            start, end = self._without_bodies(begin, end)
            if end - start < 1 or self._looks_like_body(start, end):
                continue
            lead = self.tokens[begin - 1].lower if begin > first else ""
            behind_role = any(m.stop <= start and self.is_person_noun(m.first, m.stop) for m in roles)
            if behind_role and (start == first or not self._opens_complement(lead)):
                return start, end
            if end < stop and self.tokens[end].text == "," and any(m.first > end for m in roles):
                return start, end
            if end - start > 1 and end < stop and self._is_office_at(end, stop):
                return start, end
            if start == first and self._is_bare_name(start, end, stop) and not any(m.first < end for m in roles):
                return start, end
        return None

    def _roles(self, first: int, stop: int) -> list[Match[SourceRule]]:
        """The nouns of sources in the words."""
        if (first, stop) not in self._roles_of:
            self._roles_of[first, stop] = self._sources.scan(self.tokens, first, stop)
        return self._roles_of[first, stop]

    def _is_explained(self, first: int, end: int, stop: int, roles: list[Match[SourceRule]]) -> bool:
        """ "Han Dongfang, director of the Labour Bulletin": a name, and the office behind its comma."""
        if end - first < 2 or end >= stop or self.tokens[end].text != "," or self._looks_like_body(first, end):
            return False
        role = next((m for m in roles if m.first > end), None)
        return role is not None and self.body_in(first, end) is None and self.is_person_noun(role.first, role.stop)

    def _is_bare_name(self, first: int, end: int, stop: int) -> bool:
        """ "Marta Lindqvist", "Marta Lindqvist of UNICEF": two words or more that name no body."""
        whole = end == stop or self.tokens[end].lower in ("of", "from", "at")
        return end - first >= 2 and whole and self.body_in(first, end) is None

    def _may_be_name(self, start: int, end: int, stop: int) -> bool:
        """Whether a capitalised run may be a person: at the end or before a comma or "of", and no mere nationality."""
        follows = self.tokens[end] if end < stop else None
        if follows and follows.text not in (",", "(") and follows.lower not in self._closed["reference_behind_name"]:
            return self._is_office_at(end, stop)
        nation = self.rules.victims.at(self.tokens, start, end)
        return not (end - start == 1 and nation is not None and nation.rule.affiliation)

    def _is_office_at(self, i: int, stop: int) -> bool:
        """Whether an office in small letters stands at a token, the comma lost: "Rami Kell director of the clinic"."""
        office = self.rules.resolution["persons"].at(self.tokens, i, stop)
        if office is None or self.is_upper(i):
            return False
        return office.stop == stop or self._opens_complement(self.tokens[office.stop].lower)

    def _capitalised_runs(self, first: int, stop: int) -> list[tuple[int, int]]:
        """The stretches of capitalised words, titles and offices left out: "Dr A. B. Karim" holds "A. B. Karim"."""
        runs: list[tuple[int, int]] = []
        start = None
        for i in range(first, stop):
            if self._is_name_word(i, stop):
                start = i if start is None else start
            elif start is not None and not self._is_initial_stop(i, stop):
                runs.append((start, i))
                start = None
        return runs if start is None else [*runs, (start, stop)]

    def _is_name_word(self, i: int, stop: int) -> bool:
        """Whether a word may be part of a personal name; in a text all in capitals a title may be one too."""
        token = self.tokens[i]
        word = token.lower
        if not (token.capital or word in self._closed["reference_name_particles"] or word.startswith("al-")):
            return False
        if token.kind != "word" or self.is_article(i) or (self._shouted and word in self.rules.grammar.prepositions):
            return False
        return self._shouted or word == "general" or self._sources.at(self.tokens, i, stop) is None

    def _is_initial_stop(self, i: int, stop: int) -> bool:
        """The stop behind an initial or a short title inside a name: "John F. Harl"."""
        return self.tokens[i].text == "." and len(self.tokens[i - 1].text) <= 3 and i + 1 < stop

    def is_person_noun(self, first: int, stop: int) -> bool:
        """Whether a description is of one person: an office, rank or trade, not a body."""
        tokens = self.tokens
        behind, end = self._closed["reference_behind_office"], stop
        for i, token in enumerate(tokens[first + 1 : stop], first + 1):
            if token.lower in behind or token.lower in (",", "in"):
                end = i
                break
        if tokens[end - 1].lower in self.rules.resolution["groups"]:
            return False
        if self.rules.resolution["persons"].ending(tokens, end, first):
            return True
        found = self._sources.ending(tokens, stop, first)
        if found is None:
            return False
        rule = found.rule.name
        return rule.endswith(("_person", "holder")) or rule in ("spokesman", "witness", "expert")

    def _opens_complement(self, word: str) -> bool:
        """Whether a preposition opens what belongs to an office: "head of SOHR", "officer in Harl"."""
        return word == "in" or word in self._closed["reference_behind_office"]

    # --- bodies -------------------------------------------------------------------------------------------------------

    def body_in(self, first: int, stop: int) -> Body | None:
        """The known body in the words, of several the one with the longest name, of these the last."""
        if (first, stop) not in self._body_of:
            found = [m for m in self._bodies.scan(self.tokens, first, stop) if self.is_upper(m.first)]
            longest = max(found, key=lambda m: (m.stop - m.first, m.first)) if found else None
            self._body_of[first, stop] = longest.rule if longest is not None else None
        return self._body_of[first, stop]

    def body_at(self, first: int, stop: int) -> int:
        """Where the first known body in the words begins, -1 for none."""
        return next((m.first for m in self._bodies.scan(self.tokens, first, stop)), -1)

    def _without_bodies(self, start: int, end: int) -> tuple[int, int]:
        """A run of capitalised words without the body that stands in front of the name."""
        for match in self._bodies.scan(self.tokens, start, end):
            if match.first == start:
                return (match.stop, end) if match.stop < end else (start, start)
        return start, end

    def _looks_like_body(self, start: int, end: int) -> bool:
        return not self.rules.resolution["body_words"].first_words.isdisjoint([t.lower for t in self.tokens[start:end]])

    def owner(self, first: int, name: int) -> str | None:
        """The body in front of a person's office: "health ministry spokesman X"; None where the words name none."""
        begin = first + self.is_article(first)
        for start in range(first, name):  # "army spokesman", "police chief": the body in front of the office
            for stop in range(min(name, start + 4), start, -1):
                match = self._sources.at(self.tokens, start, stop)
                if match and match.stop == stop and self._is_of_body(match):
                    return self.text(min(begin, start), stop)
        for match in reversed(self._sources.scan(self.tokens, first, name)):
            if self._is_of_body(match):
                return self.text(begin, match.stop)
        return None

    def _is_of_body(self, match: Match[SourceRule]) -> bool:
        """Whether a noun of sources is of a body, not of a person and not of anybody ("sources")."""
        return match.rule.type != "unnamed" and not self.is_person_noun(match.first, match.stop)

    def office_of(self, first: int, stop: int) -> str | None:
        """The body behind an office: "a spokesman for the ministry", "director of the Harl hospital"; None for none."""
        tokens = self.tokens
        for i in range(first + 1, stop - 1):
            if self._is_office(first, i) or (tokens[i].lower in ("of", "from") and self.is_upper(i - 1)):
                begin = i + 1 + self.is_article(i + 1)
                end = next((k for k in range(begin, stop) if tokens[k].text == ","), stop)
                known = self._sources.occurs(tokens, begin, end) or self.body_in(begin, end) is not None
                return self.text(begin, end) if begin < end and known else None
        return None

    def _is_office(self, first: int, stop: int) -> bool:
        """Whether an office stands in front of the preposition at ``stop``."""
        opens = self.tokens[stop].lower in self._closed["reference_behind_office"]
        return opens and any(self.is_person_noun(k, stop) for k in range(first, stop))

    def type_of(self, first: int, stop: int) -> str:
        """The type of a source by its words: the known body, else the noun that heads it, else what stands in front."""
        named = [m.rule.type for m in self._roles(first, stop) if m.rule.type != "unnamed"]
        body = self.body_in(first, stop)
        if body and (not named or body.type != "media"):
            return body.type
        if not named:
            return "unnamed"
        heads = self._closed["reference_heading_types"]  # "coalition security sources": the last noun heads the words
        return named[-1] if named[-1] in heads and not self._is_complemented(first, stop) else named[0]

    def _is_complemented(self, first: int, stop: int) -> bool:
        """Whether a complement follows the head: "a source at the police command"."""
        return any(self._opens_complement(self.tokens[i].lower) for i in range(first, stop))
