"""Who is counted: what a noun phrase without its number says of category, attributes, affiliation and unit."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Token
from casualty_extract.rules.lexicon import Match
from casualty_extract.rules.types import Rules, VictimRule
from casualty_extract.stages.mentions import NOBODY_SAID, People


def find_victims(tokens: Sequence[Token], first: int, stop: int, extent: int, rules: Rules) -> People:
    """Reads the noun phrase at tokens first..stop-1 with its complement up to ``extent``."""
    if first >= stop:
        return NOBODY_SAID
    if _is_name_over_of(tokens, stop, extent):
        stop = extent  # "two Communist Party of Harl cadres" are no party
    own = [m for m in rules.victims.scan(tokens, first, stop) if not _is_copula(tokens[m.first])]
    head = _head(tokens, own, stop, rules) or _member(tokens, stop, extent, rules)
    if head is None:
        return _unknown(tokens, first, stop, own, rules)
    rule = head.rule
    category, source = rule.category or "unspecified", rule.name
    complement = rules.victims.scan(tokens, stop, extent) if extent > stop else []
    if rule.head == "weak":
        decided = _decided(own, head) or _complement(complement)
        if decided and decided.category:
            category, source = decided.category, f"{rule.name}_of_{decided.name}"
    attributes = _attributes(own, head)
    if rule.head == "weak" and "family" not in attributes and any(m.rule.name == "family" for m in complement):
        attributes = (*attributes, "family")
    return People(category, attributes, _affiliation(tokens, own + complement), rule.unit, True, False, source)


def _is_copula(token: Token) -> bool:
    """The verb "is", not the group "IS"."""
    return token.lower == "is" and token.text != "IS"


def _says_category(rule: VictimRule) -> bool:
    """Whether a rule decides a category: "farmer" does, "Syrian" and "people" do not."""
    return rule.category is not None and rule.category != "unspecified"


def _head(tokens: Sequence[Token], own: list[Match[VictimRule]], stop: int, rules: Rules) -> Match[VictimRule] | None:
    """The noun that heads the phrase: the last one, with nothing but a bracket or a name behind it."""
    nouns = [m for m in own if m.rule.use == "noun"]
    if not nouns:
        return None
    last = nouns[-1]
    if last.stop == stop:
        return last
    behind = [t for t in tokens[last.stop : stop] if t.kind == "word"]
    if any(t.lower in rules.grammar.not_people for t in behind):
        return None
    closes = all(t.capital or t.lower in rules.closed["victims_behind_noun"] for t in behind)
    return last if closes else None


def _is_name_over_of(tokens: Sequence[Token], stop: int, extent: int) -> bool:
    """Whether a name runs over "of" to a noun: "University of Harl | students", not "Marines of the brigade"."""
    if extent <= stop + 2 or not tokens[stop - 1].capital or tokens[stop].lower != "of":
        return False
    return tokens[stop + 1].capital and not tokens[extent - 1].capital and tokens[extent - 1].kind == "word"


def _member(tokens: Sequence[Token], stop: int, extent: int, rules: Rules) -> Match[VictimRule] | None:
    """Who belongs to a named body whose name runs over "of": the student of "a University of Harl student"."""
    if extent <= stop + 1 or not tokens[stop - 1].capital or tokens[extent - 1].capital:
        return None
    return _head(tokens, rules.victims.scan(tokens, stop + 1, extent), extent, rules)


def _decided(own: list[Match[VictimRule]], head: Match[VictimRule]) -> VictimRule | None:
    """The nearest modifier in front of a weak noun that decides its category: "militant leaders" are an armed group."""
    before = (m.rule for m in reversed(own) if m.first < head.first)
    return next((rule for rule in before if _says_category(rule)), None)


def _complement(matches: list[Match[VictimRule]]) -> VictimRule | None:
    """The first word of a complement that decides the category of a weak noun: "members of the militia"."""
    return next((m.rule for m in matches if _says_category(m.rule)), None)


def _unknown(tokens: Sequence[Token], first: int, stop: int, own: list[Match[VictimRule]], rules: Rules) -> People:
    """A phrase whose noun no rule knows: modifiers decide, else the ending of the word."""
    word = _last_word(tokens, first, stop)
    if word in rules.grammar.not_people:
        return People("unspecified", (), None, "person", False, True, "not_people")
    attributes, affiliation = (_attributes(own, None), _affiliation(tokens, own)) if own else ((), None)
    decided = next((m.rule for m in reversed(own) if _says_category(m.rule)), None)
    if decided and decided.category:
        return People(decided.category, attributes, affiliation, "person", True, False, decided.name)
    if _names_people(word, rules) and not tokens[stop - 1].capital:
        return People("civilian", attributes, affiliation, "person", True, False, "person_suffix")
    return People("unspecified", attributes, affiliation, "person", bool(own), False, "unknown_noun")


def _last_word(tokens: Sequence[Token], first: int, stop: int) -> str:
    for i in range(stop - 1, first - 1, -1):
        if tokens[i].kind == "word":
            return tokens[i].lower
    return ""


def _names_people(word: str, rules: Rules) -> bool:
    """Whether a word has an ending of those who do something: "clockmakers"."""
    return len(word) > 5 and word.endswith(rules.people_endings)


def _attributes(own: list[Match[VictimRule]], head: Match[VictimRule] | None) -> tuple[str, ...]:
    """The attributes of the head and of what stands before it: the woman and the child of "schoolgirls"."""
    found: list[str] = []
    for match in own:
        if match.rule.attributes and (head is None or match.first <= head.first):
            found += [a for a in match.rule.attributes if a not in found]
    return tuple(found)


def _affiliation(tokens: Sequence[Token], matches: list[Match[VictimRule]]) -> str | None:
    """The words that name the side, body or nationality: "Iraqi army"; None where there are none."""
    sides = [m for m in matches if m.rule.affiliation]
    if not sides:
        return None
    first, stop = sides[0].first, sides[0].stop
    for match in sides[1:]:
        if match.first == stop:
            stop = match.stop
    return tokens[first].text + "".join((" " if t.gap else "") + t.text for t in tokens[first + 1 : stop])
