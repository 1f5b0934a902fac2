"""Whose losses they are: a category that the noun does not give, from the side or from a group named before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile, zip_longest

from casualty_extract.analysis import Phrase
from casualty_extract.stages.claims.phrases import Phrases
from casualty_extract.stages.mentions import NOBODY_SAID, HarmCue, Mention, People, several_kinds

_REACH = 12  # tokens in front of a harm word in which the verb of suffering stands


def name_side(mention: Mention, phrases: Phrases) -> Mention:
    """Losses belong to the side that suffers them: "the brigade lost nine men", "cost the battalion 21"."""
    people, cue = mention.people, mention.cue
    if people.category != "unspecified" or cue is None:
        return mention
    own = mention.noun is None or mention.noun == (cue.first, cue.stop)  # "no casualties among the crew"
    if own and "among" in phrases.words and (named := _named_among(mention, cue, phrases)) is not None:
        return named
    if mention.rule in ("toll", "new_total") and (summed := _summed_people(cue, phrases)) is not None:
        return mention._replace(people=people._replace(category=summed.category, rule=f"{people.rule}_of_side"))
    side = _side(cue, phrases)
    if side is not None and phrases.is_in("claims_side_pronouns", side.first):  # "the rebels said they had lost"
        side = _owner(side, phrases) or next(iter(phrases.reading.after(phrases.sentence.first)), None)
    if side is None:
        return mention
    category = phrases.read_people(side.first, side.stop, side.extent).category
    if category in ("unspecified", "civilian", "mixed"):
        return mention
    return mention._replace(people=people._replace(category=category, rule=f"{people.rule}_of_side"))


def _named_among(mention: Mention, cue: HarmCue, phrases: Phrases) -> Mention | None:
    """ "Dozens of deaths among the farmers and the police", "26 dead and 65 wounded among the troops": the mention with
    those behind "among"; None where nobody is."""
    own = phrases.reading.phrase(cue.first)
    i = max(cue.stop, own.extent if own is not None else 0)
    if cue.rule.victim not in ("event", "state", "self", "object") or i <= mention.number.core:
        return None
    beside = next((c for c in phrases.cues if c.first > i), None) if phrases.word(i) == "and" else None
    if beside is not None and any(i < n.first and n.stop == beside.first for n in phrases.numbers):
        i = beside.stop
    behind = phrases.reading.after(i + 1) if phrases.word(i) == "among" else ()
    group = list(takewhile(lambda p: phrases.counted(p) is None, behind))
    kinds = [phrases.people((p.first, p.extent)) for p in group]
    if not kinds or not kinds[0].known:
        return None
    people = several_kinds(kinds) if len(kinds) > 1 else kinds[0]
    return mention._replace(people=people, noun=(group[0].first, group[-1].extent))


def _summed_people(cue: HarmCue, phrases: Phrases) -> People | None:
    """ "The civilian death toll reached 40", "the toll among civilians": of whom the sum is; None for not said."""
    own = phrases.reading.phrase(cue.first)
    among = phrases.reading.after(own.extent + 1) if own and phrases.word(own.extent) == "among" else ()
    nouns = [(p.first, p.extent) for p in among[:1]]
    if phrases.is_in("claims_summed", cue.first - 1):
        nouns.append((cue.first - 1, cue.first))
    found = (phrases.people(noun) for noun in nouns)
    return next((people for people in found if people.category not in ("unspecified", "mixed")), None)


def _owner(owned: Phrase, phrases: Phrases) -> Phrase | None:
    """ "The army put its losses at seven": the subject of the verb right in front of "its"."""
    verb = owned.first - 1
    possessive = phrases.word(owned.first) in phrases.rules.grammar.possessives and verb > phrases.sentence.first
    return _subject(verb, owned.first, phrases) if possessive else None


def _side(cue: HarmCue, phrases: Phrases) -> Phrase | None:
    """The phrase of the side that lost these people; None where the words name none."""
    sums = next((c for c in phrases.cues if c.rule.name == "losses" and 0 < cue.first - c.first < 10), None)
    if sums is not None and cue.rule.victim in ("state", "object"):  # "Coalition losses stand at 19 dead"
        return phrases.reading.phrase(sums.first)
    if cue.rule.name == "lose_people":
        return _subject(cue.first, cue.stop, phrases)
    if cue.rule.name == "loss_noun" and phrases.word(cue.first - 2) == "for":  # "killed 12 for the loss of two men"
        return next(iter(phrases.reading.after(phrases.sentence.first)), None)
    own = phrases.reading.phrase(cue.first)
    mark = next((i for i in range(own.first, cue.first) if phrases.word(i) in ("'s", "'")), None) if own else None
    if own is not None and mark is not None:  # "the army's loss of"
        return Phrase(own.first, mark, mark - 1, mark)
    counted = own is not None and phrases.counted(own) is not None  # "suffered 60 losses"
    return own if cue.rule.name == "losses" and not counted else sufferer(cue, phrases)


def _subject(first: int, stop: int, phrases: Phrases) -> Phrase | None:
    return next(iter(phrases.reading.subject(first, stop)), None)


def sufferer(cue: HarmCue, phrases: Phrases) -> Phrase | None:
    """ "the army suffered 12 dead", "cost the army 12 dead": subject or object of a verb in front of the cue."""
    if not phrases.may_hold("suffers"):
        return None
    suffers = phrases.rules.resolution["suffers"]
    for i in range(cue.first - 1, max(phrases.sentence.first, cue.first - _REACH) - 1, -1):
        word = phrases.word(i)
        if word in (";", "who", "which"):
            return None
        if word not in suffers or _is_other_sense(i, cue, phrases):
            continue
        if phrases.is_in("claims_inflicting", i):
            return _victim_of(i, cue, phrases)
        return _subject(i, i + 1, phrases)
    return None


def _victim_of(verb: int, cue: HarmCue, phrases: Phrases) -> Phrase | None:
    """ "Cost the army 12 dead", "inflicted 12 casualties on the army": the side that the verb has for an object."""
    behind = next(iter(phrases.reading.after(verb + 1)), None)
    if behind is None or phrases.counted(behind) is None:
        return behind
    if phrases.word(cue.stop) not in ("on", "upon", "to", "among"):
        return None
    return next(iter(phrases.reading.after(cue.stop + 1)), None)


def _is_other_sense(i: int, cue: HarmCue, phrases: Phrases) -> bool:
    """ "took 12 hostages", "had reported 12 dead": forms of "take" and "have" that are not said of losses."""
    word = phrases.word(i)
    if phrases.is_in("claims_taking", i):
        return cue.rule.harm not in ("casualties", "killed") or cue.rule.victim == "object"
    return word == "had" and not any(n.first == i + 1 for n in phrases.numbers)


def carry_categories(mentions: Sequence[Mention], phrases: Phrases) -> list[Mention]:
    """An elided noun, "others" and "more" take over the category of the group named before them in the sentence."""
    out: list[Mention] = []
    for mention, behind in zip_longest(mentions, mentions[1:]):
        if mention.people.category == "unspecified" and _is_elided(mention, phrases):
            group = _pointed_at(mention, phrases) or _group_before(out, mention) or _same_figure(mention, phrases)
            group = group or _noun_behind(mention, behind, phrases)
            if group is not None:
                people = mention.people._replace(category=group.category, rule=f"{mention.people.rule}_carried")
                mention = mention._replace(people=people, carried=True)
        out.append(mention)
    return out


def _is_elided(mention: Mention, phrases: Phrases) -> bool:
    if mention.noun is None:
        return mention.rule not in ("toll", "new_total", "label") and mention.number.kind != "rest"
    return all(phrases.is_in("claims_elided", i) for i in range(*mention.noun))


def _pointed_at(mention: Mention, phrases: Phrases) -> People | None:
    """ "Rangers fired at the labourers, killing one of them", "a bus with 40 pilgrims, nine of whom died": the nearest
    people in front, in the plural."""
    if mention.noun is None or phrases.word(mention.noun[0]) not in ("them", "whom", "those", "these"):
        return None
    for i in range(mention.number.first - 1, phrases.sentence.first - 1, -1):
        phrase = phrases.reading.phrase(i)
        plurals = phrases.rules.grammar.plurals
        if phrase is None or phrase.head != i or not phrases.word(i).endswith(("s", *plurals)):
            continue
        people = phrases.people((phrase.first, phrase.stop))
        if people.known:
            return people if people.category not in ("unspecified", "mixed") else None
    return None


def _group_before(mentions: Sequence[Mention], mention: Mention) -> People | None:
    """ "Three soldiers were killed and five wounded": the last people of one category, but for the mention's parts."""
    others = (m for m in reversed(mentions) if m.whole_of is None or m.whole_of.number != mention.number)
    groups = [m for m in others if m.number.kind != "none" and not _is_lone_attacker(m)]
    last = next((m for m in groups if m.people.category not in ("unspecified", "mixed")), None)
    if last is None:
        return None
    together = {m.people.category for m in groups if m.cue is last.cue and m.whole_of is None}
    if len(together - {"unspecified"}) > 1 and last.cue is not mention.cue:
        return last.people._replace(category="mixed")  # "two soldiers and a driver were killed and nine others hurt"
    return last.people


def _is_lone_attacker(mention: Mention) -> bool:
    """ "The bomber and six others died": the others are more likely the victims."""
    return mention.number.value == 1 and "attacker" in mention.people.attributes


def _noun_behind(mention: Mention, behind: Mention | None, phrases: Phrases) -> People | None:
    """ "Killing three and wounding four soldiers": the noun that both verbs share."""
    if behind is None or behind.cue is None or behind.noun is None or mention.noun is not None:
        return None
    if behind.number.kind == "article":
        return None
    joined = phrases.word(mention.number.stop) in ("and", "or") and behind.cue.first == mention.number.stop + 1
    shared = joined and behind.cue.stop == behind.number.first and not _is_elided(behind, phrases)
    return behind.people if shared and behind.people.category not in ("unspecified", "mixed") else None


def _same_figure(mention: Mention, phrases: Phrases) -> People | None:
    """ "a helicopter with eight tourists crashed, killing all eight": the people of the same figure before."""
    if mention.noun is not None or mention.number.value is None:
        return None
    for number in reversed(phrases.numbers):
        if number.first < mention.number.first and number.value == mention.number.value and number.kind == "figure":
            phrase = phrases.reading.phrase(number.core)
            people = phrases.people(phrases.noun_of(phrase, number)) if phrase else NOBODY_SAID
            if people.category != "unspecified":
                return people
    return None
