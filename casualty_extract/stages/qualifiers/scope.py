"""The scope of a figure: one event's, one that runs over a period ("since 2012"), or a rate ("a day on average")."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Document, Sentence
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Mention
from casualty_extract.stages.qualifiers.periods import LARGE, by_date
from casualty_extract.stages.qualifiers.reach import Qualified, Surroundings, Trigger, is_barred, is_cut_off

_SCOPE_REACH, _RATE_REACH, _SUPERLATIVE_REACH = 30, 5, 6  # tokens
_OF_EVENTS = ("object", "event", "toll", "state", "self")  # roles of harm words of which a long event is the subject


def qualify_scope(
    mention: Mention, triggers: Sequence[Trigger], document: Document, sentence: Sentence, rules: Rules
) -> Qualified:
    """Whether the figure is a rate, runs over a period, or belongs to one event."""
    around = Surroundings(mention, document.tokens, sentence, rules)
    if mention.implicit:
        return Qualified("event", None, "plain")  # one person is harmed in one event
    period: Qualified | None = None
    for trigger in triggers:
        scope = trigger.rule.scope
        if scope is None or not _is_in_clause(trigger, around):
            continue
        found = Qualified(scope, (trigger.first, trigger.stop), trigger.rule.name)
        if scope == "rate" and _is_rate(trigger, around):
            return found
        if scope != "rate" and period is None and _is_period(trigger, around):
            period = found
    found = period or by_date(around)
    return found if found.value != "event" else _of_whole(around, triggers, document) or found


def _of_whole(around: Surroundings, triggers: Sequence[Trigger], document: Document) -> Qualified | None:
    """ "Nine have been killed since May, two by mines": a share under the harm word of its whole runs over its time."""
    part, whole = around.mention, around.mention.whole_of
    if not part.part or whole is None or whole.sentence != part.sentence or part.cue is not whole.cue:
        return None
    behind = part.noun[1] if part.noun is not None else part.number.stop
    if part.rule == "included" and around.behind(behind) in around.rules.grammar.prepositions:
        return None  # "since Saturday, including 60 at a concert": one event of them
    return qualify_scope(whole, triggers, document, around.sentence, around.rules)


def _is_in_clause(trigger: Trigger, around: Surroundings) -> bool:
    """Whether trigger and figure stand in one clause; a long event may have one of its own in between."""
    number = around.mention.number
    low, high = (number.stop, trigger.first) if trigger.first >= number.stop else (trigger.stop, number.first)
    if high < low:
        return True
    if high - low > _SCOPE_REACH:
        return False
    brings = around.rules.resolution["brings"]
    if trigger.first > number.first and any(t.lower == "among" or t.lower in brings for t in around.tokens[low:high]):
        return False  # "two died on Sunday, among seven killed this month", "taking to 61 the number killed since"
    long = trigger.first < number.first and around.is_in(trigger.first, "qualifiers_long_events")
    return long or not is_barred(around, low, high)  # "the war, which began last weekend, has killed nine"


def _is_rate(trigger: Trigger, around: Surroundings) -> bool:
    """ "A day after the raid" tells a time; an average stands right beside its figure."""
    number = around.mention.number
    if trigger.stop < around.sentence.stop and around.is_in(trigger.stop, "qualifiers_after_no_rate"):
        return False
    if trigger.first > around.sentence.first and around.is_in(trigger.first - 1, "qualifiers_lasting"):
        return False  # "a battle that lasted for an hour"
    if trigger.first >= number.first:
        units = around.rules.numbers.units  # "10 were abducted and four cases are reported every day"
        return not any(t.kind == "number" or t.lower in units for t in around.tokens[number.stop : trigger.first])
    return number.first - trigger.stop <= _RATE_REACH and not is_cut_off(around, trigger.stop, number.first)


def _is_period(trigger: Trigger, around: Surroundings) -> bool:
    """Whether a word of time really spans: "since" with a perfect or a date, not "since the raid of Monday"."""
    tokens, agent = around.tokens, around.mention.agent
    word, last = tokens[trigger.first].lower, tokens[trigger.stop - 1].lower
    length = trigger.stop - trigger.first
    lead = max(around.sentence.first, trigger.first - _SUPERLATIVE_REACH)
    if around.any_in(lead, trigger.first, "qualifiers_superlatives"):
        return False  # "killed in one of the deadliest attacks of the war", "in the worst raid this year"
    if word == "since" and not _is_since(trigger, around):
        return False
    if word in ("in", "over", "during") and length > 2 and last in ("past", "last"):
        return _is_time(around, trigger.stop)
    if word in ("last", "this") and agent is not None and tokens[agent.first].lower in ("a", "an"):
        return False  # "last year a blast killed 30": one event
    if word in ("last", "this") and _is_in_one(trigger, around):
        return False  # "killed in a similar attack last year"
    if around.is_in(trigger.first, "qualifiers_long_events"):
        return _is_long_event(trigger, around)
    if word == "as" and length < 3:
        return tokens[trigger.stop].lower not in ("a", "the", "many")
    return True


def _is_in_one(trigger: Trigger, around: Surroundings) -> bool:
    """Whether one event stands between a figure and a time: "in a similar attack", "in another raid"."""
    words = [t.lower for t in around.tokens[around.mention.number.stop : trigger.first]]
    return any(word == "in" and words[k + 1] in ("a", "an", "another") for k, word in enumerate(words[:-1]))


def _is_time(around: Surroundings, first: int) -> bool:
    """Whether a unit of time follows: "over the past" two weeks."""
    times, long = around.rules.grammar.times, around.rules.closed["qualifiers_long_times"]
    following = around.tokens[first : min(first + 3, around.sentence.stop)]
    return any(t.lower in times or t.lower in long for t in following)


def _is_since(trigger: Trigger, around: Surroundings) -> bool:
    """Whether "since" spans the figure: not "the worst since 1999", "since dawn", nor a clause about something else."""
    sentence, number, cue = around.sentence, around.mention.number, around.mention.cue
    if cue is not None and cue.rule.harm == "missing" and cue.rule.victim == "state":
        return False  # "missing since the storm"
    if trigger.first > number.first and _is_of_next_perfect(trigger, around):
        return False
    if around.any_in(sentence.first, trigger.first, "qualifiers_superlatives"):
        return False
    if trigger.stop < sentence.stop and around.is_in(trigger.stop, "qualifiers_day_parts"):
        return False
    if cue is not None and trigger.first == cue.stop and cue.stop < number.first:
        return True  # "brings the number of people killed since Monday to 17"
    if sentence.first < trigger.first < number.first:
        stop = cue.first if cue is not None and cue.first > trigger.stop else number.first
        joined = around.tokens[stop - 1].lower == "and"  # "have held 2,900 since the coup and killed 400"
        return _is_perfect(around, sentence.first if joined else trigger.stop, stop)
    return True


def _is_of_next_perfect(trigger: Trigger, around: Surroundings) -> bool:
    """ "The coup left 12 dead, and more than 200 have been detained since": a perfect of the next figure alone."""
    number, cue = around.mention.number, around.mention.cue
    own = max(number.first, cue.first if cue is not None and cue.first < trigger.first else number.first)
    if _is_perfect(around, around.sentence.first, own):
        return False
    counts = around.rules.closed["qualifiers_count_words"]
    figures = (
        k
        for k in range(max(own + 1, number.stop), trigger.first)
        if around.tokens[k].kind == "number" or around.tokens[k].lower in counts
    )
    return any(_is_perfect(around, k, trigger.first) for k in figures)


def _is_long_event(trigger: Trigger, around: Surroundings) -> bool:
    """Whether a figure runs over a long event: "nine died during the war", "the war has killed nine"."""
    cue = around.mention.cue
    if around.behind(trigger.stop) in around.rules.closed["qualifiers_stricken"]:
        return False  # "in war torn Harl", "an insurgency hit district"
    if trigger.first > around.mention.number.first:
        start = max(around.sentence.first, trigger.first - 5)
        lead = [t.lower for t in around.tokens[start : trigger.first]]
        inside = around.any_in(start, trigger.first, "qualifiers_inside")
        if around.behind(trigger.stop) in ("that", "which") and around.behind(trigger.stop + 1) in ("has", "had"):
            return False  # "killed four in a war that has claimed thousands"
        if lead and lead[-1] != "the" and around.tokens[trigger.first].lower == "fighting":
            return False  # "killed in fighting near the town": one clash
        return inside and "after" not in lead and "of the" not in " ".join(lead)
    number = around.mention.number
    forced = trigger.stop < number.first and around.is_in(number.first - 1, "qualifiers_forcing")
    if cue is None or trigger.stop > cue.first or not (forced or cue.rule.victim in _OF_EVENTS):
        return False  # "the war has forced millions to flee"
    led = trigger.stop == cue.first or around.is_in(trigger.stop, "qualifiers_results")
    large = led and (around.mention.number.low or 0) >= LARGE  # "the war left 150,000 dead"
    return large or _is_perfect(around, trigger.stop, cue.first)


def _is_perfect(around: Surroundings, first: int, stop: int) -> bool:
    """Whether a perfect stands between two places."""
    return any(t.lower in ("has", "have", "had") for t in around.tokens[first:stop])
