"""Persons whom no number counts: "the guard", "his wife", "Daud Rahimi". Each is one."""

from __future__ import annotations

from casualty_extract.analysis import Phrase
from casualty_extract.stages.claims.phrases import Phrases
from casualty_extract.stages.mentions import HarmCue, Number, People

_PLURAL_ENDINGS = ("s", "men", "people", "children", "folk")
OF_PERSONS = ("execute", "shoot_dead", "to_death", "shoot")  # harms that want known people and take a bare name


def single_person(phrase: Phrase, cue: HarmCue, people: People, phrases: Phrases) -> Number | None:
    """The implicit number of a phrase without a number word: one, for a definite or named person."""
    if people.things:
        return None
    if phrases.is_in("claims_corpses", phrase.head) and phrases.word(phrase.stop) == "of":
        return None  # "the lifeless body of a boy": the boy is counted
    if cue.first <= phrase.head < cue.stop and cue.rule.victim in ("subject", "object"):
        return None  # "the attackers fled": a verb that was taken into the phrase
    named = _is_named(phrase, cue, people, phrases)
    if not named and not _is_one(phrase, cue, people, phrases):
        return None
    rule = "named_person" if named else "definite_person"
    return Number(phrase.first, phrase.stop, phrase.first, "definite", 1, 1, 1, "exact", rule)


def _is_one(phrase: Phrase, cue: HarmCue, people: People, phrases: Phrases) -> bool:
    """A singular noun of people behind "the", a possessive, or nothing; or a pronoun of one person."""
    first, head = phrase.first, phrases.word(phrase.head)
    if phrases.is_in("claims_single_pronouns", first):
        return phrase.stop - first == 1
    title = _title_of(phrase, people, phrases)
    head = head if title is None else phrases.word(title)
    plural = head.endswith(_PLURAL_ENDINGS) or head in phrases.rules.resolution["plurals"]
    if people.rule == "unknown_noun" and phrases.rules.victims.at(phrases.tokens, phrase.head, phrase.stop) is None:
        return False  # "a UK paper", not "a Kenyan"
    if not people.known or plural or people.unit != "person":
        return False
    grammar = phrases.rules.grammar
    if phrases.word(first) in grammar.determiners or phrases.word(first) in grammar.possessives:
        return phrases.is_in("claims_single_leads", first)
    return people.rule != "people" and (title is not None or _stands_alone(phrase, cue, phrases))


def _title_of(phrase: Phrase, people: People, phrases: Phrases) -> int | None:
    """The noun in front of a name that needs no article: "killed soldier Rashid Khan"; None where there is none."""
    if not people.known or not phrases.tokens[phrase.stop - 1].capital or _is_shouted(phrase, phrases):
        return None
    title = next((i for i in range(phrase.stop - 2, phrase.first - 1, -1) if not phrases.tokens[i].capital), None)
    if title is None or _is_body(phrase, phrases) or phrases.people((title + 1, phrase.stop)).known:
        return None
    return title if phrases.people((title, title + 1)).known else None


def _stands_alone(phrase: Phrase, cue: HarmCue, phrases: Phrases) -> bool:
    """ "Rahimi's son", "Police Chief Rahimi", "..., driver Omar": a noun that is one person without an article; not the
    poet of "a teacher and poet", who is the teacher."""
    if _is_same_person(phrase, phrases):
        return False
    return (
        phrase.first == phrases.sentence.first
        or _is_object_in_headline(phrase, cue, phrases)
        or phrases.word(phrase.first - 1) in (",", "and", "")
        or any(phrases.word(i) == "'s" for i in range(phrase.first, phrase.stop))
        or not phrases.tokens[phrase.first].text[:1].islower()
    )


def _is_object_in_headline(phrase: Phrase, cue: HarmCue, phrases: Phrases) -> bool:
    """ "Mob kills suspected thief", "Bandits attack post, kill guard"; not "the kidnapping gang"."""
    if phrase.first != cue.stop or cue.rule.victim != "object":
        return False
    verb = phrases.word(cue.first)
    if verb.endswith(("s", "ed", "ing")):
        return not verb.endswith("ing")
    lead = phrases.reading.phrase(cue.first - 1)
    return phrases.word(cue.first - 1) == "," or (lead is not None and phrases.people((lead.first, lead.stop)).known)


def _is_same_person(phrase: Phrase, phrases: Phrases) -> bool:
    """Whether a bare noun of no relative, woman or child stands behind an article's and "and"."""
    before = phrases.reading.phrase(phrase.first - 2) if phrases.word(phrase.first - 1) == "and" else None
    if before is None or phrases.word(before.first) not in ("a", "an") or before.stop != phrase.first - 1:
        return False
    named = any(phrases.tokens[i].capital for i in range(phrase.first, phrase.stop))
    people = phrases.people((phrase.first, phrase.stop))
    return not (named or people.rule == "kin" or {"woman", "child"} & set(people.attributes))


def _is_named(phrase: Phrase, cue: HarmCue, people: People, phrases: Phrases) -> bool:
    """A personal name: capitalised words that are no body, people or place that the lexicons know."""
    if (cue.rule.people == "known" and cue.rule.name not in OF_PERSONS) or cue.rule.harm == "displaced":
        return False
    return (
        _is_capitalised(phrase, phrases)
        and not _is_shouted(phrase, phrases)
        and not _holds_other_words(phrase, phrases)
        and not _is_body(phrase, phrases)
        and not _is_side(phrase, people, phrases)
    )


def _is_capitalised(phrase: Phrase, phrases: Phrases) -> bool:
    """ "Omar al-Hadi bin Saleh": capitals, but for the particles of names."""
    tokens = phrases.tokens[phrase.first : phrase.stop]
    particles = phrases.rules.closed["claims_name_particles"]
    return tokens[0].kind == "word" and all(
        t.capital or t.lower in particles or t.text == "." or t.lower.startswith("al-") for t in tokens
    )


def _is_shouted(phrase: Phrase, phrases: Phrases) -> bool:
    """Capitals say nothing in a shouted sentence: "FIVE DIE IN VARN"."""
    near = phrases.tokens[phrase.first : min(phrase.stop + 3, phrases.sentence.stop)]
    return all(t.text.isupper() for t in near if t.kind == "word")


def _holds_other_words(phrase: Phrase, phrases: Phrases) -> bool:
    """Quantifiers, pronouns, dates and openings of sentences are no names: "Many", "Monday", "Later"."""
    rules, tokens = phrases.rules, phrases.tokens[phrase.first : phrase.stop]
    opening = tokens[0].lower
    alone = phrases.sentence.first == phrase.first and len(tokens) == 1
    if alone and (opening.endswith("s") or opening in rules.grammar.adverbs or opening in rules.grammar.determiners):
        return True
    return opening in rules.closed["claims_quantifiers"] or any(
        t.lower in rules.grammar.times or t.lower in rules.grammar.pronouns for t in tokens
    )


def _is_body(phrase: Phrase, phrases: Phrases) -> bool:
    """ "Harrow Relief Agency": a known body, or a name with a word that bodies are named by."""
    body_words = phrases.rules.resolution["body_words"]
    if any(t.lower in body_words for t in phrases.tokens[phrase.first : phrase.stop]):
        return True
    known = phrases.rules.bodies.scan(phrases.tokens, phrase.first, phrase.stop)
    return any(m.first == phrase.first or m.stop == phrase.stop for m in known)  # not "Omar Safa Rahimi"


def _is_side(phrase: Phrase, people: People, phrases: Phrases) -> bool:
    """ "Kurds", "Fatah": people in the plural, or a name of those on a side."""
    if people.known and phrases.tokens[phrase.stop - 1].lower.endswith("s"):
        return True
    return any(
        m.rule.affiliation and m.stop == phrase.stop
        for m in phrases.rules.victims.scan(phrases.tokens, phrase.first, phrase.stop)
    )
