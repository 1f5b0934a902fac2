"""Status and scope: what the words around a claim license. Triggers, directions and what ends their reach follow ConText
(Harkema and others, 2009): a trigger stands in the verb group, in front, behind, or anywhere in the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from casualty_extract.analysis import Document, Sentence
from casualty_extract.rules.lexicon import Match
from casualty_extract.rules.types import QualifierRule, Rules
from casualty_extract.stages.mentions import Mention

RANK = ("superseded", "denied", "hypothetical", "hedged", "asserted")
_MODALS = frozenset(["would", "could", "might", "will", "may"])
_COUNT_WORDS = frozenset(
    [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "dozen",
        "dozens",
        "hundreds",
        "scores",
        "thousands",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
    ]
)
_AUXILIARIES = frozenset(["was", "were", "is", "are", "been", "be", "has", "have", "had", "will", "would"])
_LONG_EVENTS = frozenset("war conflict civil uprising insurgency crisis campaign famine epidemic pandemic outbreak rebellion revolt turmoil unrest fighting".split())
_ASKS = frozenset("ascertain know known knew clear determine ask asked see wonder wondered verify say unclear".split())
_ACHIEVED = frozenset(
    [
        "managed",
        "manages",
        "succeeded",
        "continued",
        "continue",
        "continues",
        "went",
        "known",
        "helped",
        "proceeded",
        "managing",
        "came",
        "claimed",
        "admitted",
    ]
)
_BARRIERS = frozenset(["who", "which", "that", "where", "when", "while", "whose"])
_VERB_REACH, _FORWARD_REACH, _BACKWARD_REACH, _SCOPE_REACH = 4, 14, 10, 30


class Qualified(NamedTuple):
    """A status or scope with the tokens of the word that shows it and the name of its rule."""

    value: str
    cue: tuple[int, int] | None
    rule: str


def find_qualifiers(document: Document, sentence: Sentence, rules: Rules) -> tuple[Match[QualifierRule], ...]:
    """The triggers of a sentence, in order."""
    return tuple(rules.qualifiers.scan(document.tokens, sentence.first, sentence.stop))


def qualify_status(
    mention: Mention, triggers: Sequence[Match[QualifierRule]], document: Document, sentence: Sentence
) -> Qualified:
    """The status that the sentence itself gives to a mention; the strongest trigger that reaches it wins."""
    tokens, first = document.tokens, mention.number.first
    best = Qualified("asserted", None, "plain")
    if first > sentence.first and tokens[first - 1].lower == "not":
        best = Qualified("superseded", (first - 1, first), "not_this_figure")
    elif _is_old_end(mention, document, sentence):
        best = Qualified("superseded", (first - 1, first), "revised_from")
    elif _is_purpose(mention, document, sentence):
        assert mention.cue is not None
        best = Qualified("hypothetical", (mention.cue.first - 1, mention.cue.stop), "infinitive")
    for trigger in triggers:
        status = trigger.rule.status
        if status and RANK.index(status) < RANK.index(best.value) and _reaches(trigger, mention, document, sentence):
            best = Qualified(status, (trigger.first, trigger.stop), trigger.rule.name)
    return best


def _is_old_end(mention: Mention, document: Document, sentence: Sentence) -> bool:
    """ "corrected its toll from seven to eight": the figure behind "from", with "to" and the new one following."""
    tokens, first = document.tokens, mention.number.first
    if first <= sentence.first or tokens[first - 1].lower != "from" or mention.number.modifier == "range":
        return False
    behind = [t.lower for t in tokens[mention.number.stop : min(mention.number.stop + 6, sentence.stop)]]
    before = [t.lower for t in tokens[max(sentence.first, first - 5) : first - 1]]  # "raised the toll to 12 from nine"
    return ("to" in behind or "to" in before) and mention.rule in (
        "new_total",
        "toll",
        "compared",
        "state",
        "state_in_phrase",
        "harm_in_phrase",
        "passive_subject",
    )


def _is_purpose(mention: Mention, document: Document, sentence: Sentence) -> bool:
    """ "enough explosive to kill hundreds": a bare infinitive is not done yet; "managed to kill", "to have killed" are."""
    cue = mention.cue
    if (
        cue is None
        or cue.rule.victim not in ("object", "labile")
        or not sentence.first + 1 < cue.first < sentence.stop
        or mention.number.first < cue.first
    ):
        return False
    lead = document.tokens[cue.first - 2].lower
    return document.tokens[cue.first - 1].lower == "to" and lead not in _ACHIEVED


def _reaches(trigger: Match[QualifierRule], mention: Mention, document: Document, sentence: Sentence) -> bool:
    number, cue = mention.number, mention.cue
    own_cue = cue is not None and sentence.first <= cue.first < sentence.stop and not mention.detached
    first = min(number.first, cue.first) if own_cue and cue else number.first
    stop = max(number.stop, cue.stop) if own_cue and cue else number.stop
    direction = trigger.rule.direction
    if direction == "sentence":
        return _conditional(trigger, mention, document, sentence)
    if direction == "forward":
        target = min(first, number.first)
        if trigger.rule.status == "superseded" and any(
            t.kind == "number" or t.lower in _COUNT_WORDS for t in document.tokens[trigger.stop : number.core]
        ):
            return False
        return (
            trigger.stop <= number.first
            and number.first - trigger.stop <= _FORWARD_REACH
            and not _barred(document, trigger.stop, target, ("that",) if trigger.rule.name != "plan" else ())
            and not (_foils(document, trigger) and _is_result(mention, document))
            and not (_is_rise(document, trigger) and document.tokens[min(number.stop, sentence.stop - 1)].lower == "in")
        )
    if direction == "backward":
        reach = _BACKWARD_REACH if trigger.rule.status != "denied" else 3 * _BACKWARD_REACH
        return (
            number.stop <= trigger.first
            and trigger.first - stop <= reach
            and not _another(document, number.stop, trigger.first)
        )
    if mention.part and mention.whole_of is not None and mention.cue is mention.whole_of.cue:
        return (
            _reaches(trigger, mention.whole_of, document, sentence)
            if mention.whole_of.sentence == mention.sentence
            else False
        )
    if cue is None or not own_cue:
        return False
    if trigger.rule.name in ("said_to_have",) and cue.rule.victim in ("event", "self", "toll"):
        return False
    if trigger.stop <= cue.first:
        gap = document.tokens[trigger.stop : cue.first]
        plain = all(
            t.kind == "word" and t.lower not in _BARRIERS and t.lower not in ("and", "but", "after", "in", "by")
            for t in gap
        )
        return (plain and len(gap) <= _VERB_REACH) or (
            trigger.rule.status == "hedged" and _shared(document, trigger.stop, cue.first)
        )
    behind = document.tokens[trigger.stop].lower if trigger.stop < sentence.stop else ""
    return cue.stop <= trigger.first <= cue.stop + 1 and trigger.rule.name == "reportedly" and behind != "by"


def _shared(document: Document, first: int, stop: int) -> bool:
    """Whether a hedge goes on over "and" to a second participle without an auxiliary ("is reported missing and presumed dead")."""
    words = [t.lower for t in document.tokens[first:stop]]
    if len(words) <= 3 and words[-1:] in (["and"], ["or"]):
        return True
    return (
        len(words) <= 5 and "and" in words and not any(w in _AUXILIARIES for w in words)
    )  # "reportedly killed and 12 injured"


def _conditional(
    trigger: Match[QualifierRule], mention: Mention, document: Document, sentence: Sentence
) -> bool:
    """A condition counts where a modal goes with it; "if confirmed" is none, nor is one beside a plain past."""
    if trigger.first > sentence.first and document.tokens[trigger.first - 1].lower in _ASKS:
        return False
    cue = mention.cue
    if cue is not None and sentence.first <= cue.first < sentence.stop and trigger.stop <= cue.first:
        lead = [t.lower for t in document.tokens[max(trigger.first, cue.first - 5) : cue.first]]
        if not set(lead) & _MODALS and not {"were", "if"} & set(lead) and "comma" not in lead and cue.rule.victim != "event":
            return any(w in _MODALS for w in (t.lower for t in document.tokens[cue.first : cue.stop + 6]))
    words = {t.lower for t in document.tokens[sentence.first : sentence.stop]}
    if document.tokens[trigger.first].lower in ("if", "unless", "had"):
        return bool(words & _MODALS) and document.tokens[min(trigger.stop, sentence.stop - 1)].lower != "confirmed"
    return True


def _barred(document: Document, first: int, stop: int, but: tuple[str, ...] = ()) -> bool:
    return any((t.lower in _BARRIERS and t.lower not in but) or t.text in ";" for t in document.tokens[first:stop])


def _foils(document: Document, trigger: Match[QualifierRule]) -> bool:
    return document.tokens[trigger.first].lower in ("foiled", "thwarted", "prevented", "averted", "avoided", "prevent")


def _is_result(mention: Mention, document: Document) -> bool:
    """ "foiled an attack, killing 80": what came of it, not what was prevented."""
    return mention.cue is not None and document.tokens[mention.cue.first].lower.endswith("ing")


def _is_rise(document: Document, trigger: Match[QualifierRule]) -> bool:
    """ "up from 1,411 in 2022": another year's figure is not replaced."""
    return document.tokens[trigger.first].lower in ("up", "down")


def _another(document: Document, first: int, stop: int) -> bool:
    return any(t.kind == "number" or t.text == ";" or t.lower in _COUNT_WORDS for t in document.tokens[first:stop])


def qualify_scope(
    mention: Mention, triggers: Sequence[Match[QualifierRule]], document: Document, sentence: Sentence, rules: Rules
) -> Qualified:
    """Whether the figure is a rate, runs over a period, or belongs to one event."""
    found = Qualified("event", None, "plain")
    for trigger in triggers:
        scope = trigger.rule.scope
        if scope is None or not _in_clause(trigger, mention, document):
            continue
        if scope == "rate" and not _is_rate(trigger, mention, document, sentence):
            continue
        if scope == "rate":
            return Qualified("rate", (trigger.first, trigger.stop), trigger.rule.name)
        if found.value == "event" and _is_period(trigger, mention, document, sentence, rules):
            found = Qualified("cumulative", (trigger.first, trigger.stop), trigger.rule.name)
    if found.value == "event":
        return _by_period(mention, document, sentence, rules)
    return found


def _is_rate(trigger: Match[QualifierRule], mention: Mention, document: Document, sentence: Sentence) -> bool:
    """ "a day after the raid" tells a time; an average stands right beside its figure."""
    behind = document.tokens[trigger.stop].lower if trigger.stop < sentence.stop else ""
    if behind in ("after", "before", "earlier", "later", "ago", "on", "following", "of", "northeast"):
        return False
    low, high = sorted((mention.number.stop, trigger.first))
    return trigger.first >= mention.number.first or not _another(document, low, high) and mention.number.first - trigger.stop < 6


def _in_clause(trigger: Match[QualifierRule], mention: Mention, document: Document) -> bool:
    first, stop = mention.number.first, mention.number.stop
    low, high = (stop, trigger.first) if trigger.first >= stop else (trigger.stop, first)
    if high < low:
        return True
    if trigger.first < first and document.tokens[trigger.first].lower in _LONG_EVENTS:
        return high - low <= _SCOPE_REACH  # "the war, which began last weekend, has killed"
    return high - low <= _SCOPE_REACH and not _barred(document, low, high)


def _is_period(
    trigger: Match[QualifierRule], mention: Mention, document: Document, sentence: Sentence, rules: Rules
) -> bool:
    """Whether a word of time really spans: "since" with a verb in the perfect or a date, not "since the raid of Monday"."""
    tokens = document.tokens
    word = tokens[trigger.first].lower
    if word == "since" and not _spans(trigger, mention, document, sentence, rules):
        return False
    if word in ("in", "over", "during") and trigger.stop - trigger.first > 2 and tokens[trigger.stop - 1].lower in ("past", "last"):
        following = tokens[trigger.stop : min(trigger.stop + 3, sentence.stop)]
        return any(t.lower in rules.grammar.times or t.lower in ("years", "decade", "decades") for t in following)
    if word in ("last", "this") and mention.agent is not None and tokens[mention.agent.first].lower in ("a", "an"):
        return False  # "last year a blast killed 30": one event
    if word in _LONG_EVENTS:
        if trigger.first > mention.number.first:
            lead = " ".join(t.lower for t in tokens[max(sentence.first, trigger.first - 5) : trigger.first])
            return (
                any(w in lead.split() for w in ("during", "in", "throughout", "from"))
                and "after" not in lead.split()
                and "of the" not in lead
            )
        cue = mention.cue
        return (
            cue is not None
            and trigger.stop <= cue.first
            and cue.rule.victim in ("object", "event", "toll")
            and _perfect(tokens, trigger.stop, cue.first)
        )
    if word in ("already", "as") and trigger.stop - trigger.first < 3:
        return word == "already" or tokens[trigger.stop].lower not in ("a", "the", "many")
    return True


def _spans(
    trigger: Match[QualifierRule], mention: Mention, document: Document, sentence: Sentence, rules: Rules
) -> bool:
    """Whether "since" spans the figure: not "the worst since 1999", "since dawn", nor a clause about something else."""
    tokens = document.tokens
    before = {t.lower for t in tokens[sentence.first : trigger.first]}
    if before & {"worst", "deadliest", "biggest", "largest", "bloodiest", "first", "highest"}:
        return False
    if trigger.stop < sentence.stop and tokens[trigger.stop].lower in ("dawn", "morning", "midnight", "noon", "daybreak"):
        return False
    if trigger.first < mention.number.first and trigger.first > sentence.first:
        cue = mention.cue
        stop = cue.first if cue is not None and cue.first > trigger.stop else mention.number.first
        return _perfect(tokens, trigger.stop, stop)
    return True


def _perfect(tokens: Sequence[object], first: int, stop: int) -> bool:
    return any(getattr(t, "lower", "") in ("has", "have", "had") for t in tokens[first:stop])


def _by_period(mention: Mention, document: Document, sentence: Sentence, rules: Rules) -> Qualified:
    """A month or a year alone behind "in" makes a period: "documented 54 killings in May", "1,904 deaths in 2023"."""
    tokens = document.tokens
    summed = (
        mention.cue is not None
        and mention.cue.rule.victim in ("event", "toll", "self")
        and (mention.number.low or 0) >= 10
    )
    for i in range(sentence.first, sentence.stop - 1):
        if tokens[i].lower not in ("in", "during", "for") or abs(i - mention.number.first) > 12:
            continue
        low, high = sorted((i, mention.number.first))
        if any(t.text in ",;" or t.lower in _BARRIERS for t in tokens[low:high]) and i > mention.number.first:
            continue
        following = tokens[i + 1]
        year = following.text.isdigit() and len(following.text) == 4 and following.text[:2] in ("19", "20")
        month = (
            (following.lower in rules.grammar.times or following.text == "May")
            and following.text[:1].isupper()
            and following.lower not in rules.resolution["weekdays"]
            and summed
        )
        nxt = tokens[i + 2] if i + 2 < sentence.stop else None
        if (
            (year and i > mention.number.first)
            or (month and (nxt is None or nxt.kind != "number" or len(nxt.text) == 4) and i > mention.number.first)
            or (year and i < mention.number.first and i == sentence.first)
        ):
            return Qualified("cumulative", (i, i + 2), "month_or_year")
    return Qualified("event", None, "plain")
