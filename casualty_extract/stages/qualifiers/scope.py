"""The scope of a figure: one event's, one that runs over a period ("since 2012"), or a rate ("a day on average")."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Document, Sentence, Token
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import Mention
from casualty_extract.stages.qualifiers.reach import Qualified, Surroundings, Trigger, is_barred, is_cut_off

_SCOPE_REACH, _RATE_REACH, _PERIOD_REACH = 30, 5, 12  # tokens
_LARGE_ACTIVE, _LARGE_PASSIVE = 100, 1000  # people whom no single event is likely to have harmed
_OF_EVENTS = ("object", "event", "toll", "state", "self")  # roles of harm words of which a long event is the subject
_DAY_JOINTS = {"between": "and", "from": "to"}
_LEAST_SUM = 10  # a month behind a smaller figure is the date of one event


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
    found = period or _by_date(around)
    return found if found.value != "event" else _of_whole(around, triggers, document) or found


def _of_whole(around: Surroundings, triggers: Sequence[Trigger], document: Document) -> Qualified | None:
    """ "Nine have been killed since May, two by mines": a share under the harm word of its whole runs over its time."""
    part, whole = around.mention, around.mention.whole_of
    if not part.part or whole is None or whole.sentence != part.sentence or part.cue is not whole.cue:
        return None
    if part.rule == "included":
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
    if word == "since" and not _is_since(trigger, around):
        return False
    if word in ("in", "over", "during") and length > 2 and last in ("past", "last"):
        return _is_time(around, trigger.stop)
    if word in ("last", "this") and agent is not None and tokens[agent.first].lower in ("a", "an"):
        return False  # "last year a blast killed 30": one event
    if around.is_in(trigger.first, "qualifiers_long_events"):
        return _is_long_event(trigger, around)
    if word == "as" and length < 3:
        return tokens[trigger.stop].lower not in ("a", "the", "many")
    return True


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


def _is_long_event(trigger: Trigger, around: Surroundings) -> bool:
    """Whether a figure runs over a long event: "nine died during the war", "the war has killed nine"."""
    cue = around.mention.cue
    if trigger.first > around.mention.number.first:
        start = max(around.sentence.first, trigger.first - 5)
        lead = [t.lower for t in around.tokens[start : trigger.first]]
        inside = around.any_in(start, trigger.first, "qualifiers_inside")
        if around.behind(trigger.stop) in ("that", "which") and around.behind(trigger.stop + 1) in ("has", "had"):
            return False  # "killed four in a war that has claimed thousands"
        if lead and lead[-1] != "the" and around.tokens[trigger.first].lower == "fighting":
            return False  # "killed in fighting near the town": one clash
        return inside and "after" not in lead and "of the" not in " ".join(lead)
    if cue is None or trigger.stop > cue.first or cue.rule.victim not in _OF_EVENTS:
        return False
    led = trigger.stop == cue.first or around.is_in(trigger.stop, "qualifiers_results")
    large = led and (around.mention.number.low or 0) >= _LARGE_PASSIVE  # "the war left 150,000 dead"
    return large or _is_perfect(around, trigger.stop, cue.first)


def _is_perfect(around: Surroundings, first: int, stop: int) -> bool:
    """Whether a perfect stands between two places."""
    return any(t.lower in ("has", "have", "had") for t in around.tokens[first:stop])


def _by_date(around: Surroundings) -> Qualified:
    """A month or a year alone behind "in" makes a period: "documented 54 killings in May", "1,904 deaths in 2023"."""
    tokens, sentence, first = around.tokens, around.sentence, around.mention.number.first
    low, high = max(sentence.first, first - _PERIOD_REACH), min(sentence.stop - 1, first + _PERIOD_REACH + 1)
    for i in [i for i in range(low, high) if tokens[i].lower in ("in", "during", "for")]:
        year = _is_year(tokens[i + 1]) and not _is_one_deed(around)
        if around.behind(i + 2) == "alone" and tokens[i + 1].lower in around.rules.grammar.times:
            period = not _is_day(around, i + 1)  # "In October alone, 200 died"
        elif i > first:
            period = (year or _is_month(around, i + 1) or _is_span(around, i + 1)) and not _is_parted(around, first, i)
        else:
            period = year and i == sentence.first and i < first
        if period:
            return Qualified("cumulative", (i, i + 2), "month_or_year")
    over = _over_days(around) or _in_many(around)
    if over:
        return Qualified("cumulative", over, "several_events")
    perfect = _large_perfect(around)
    if perfect:
        return Qualified("cumulative", perfect, "large_perfect")
    days = _days(around)
    return Qualified("cumulative", days, "from_day_to_day") if days else Qualified("event", None, "plain")


def _over_days(around: Surroundings) -> tuple[int, int] | None:
    """ "Six days of bombing have killed dozens", "three weeks of clashes left 40 dead": the tokens of the time that is
    the subject."""
    tokens, first = around.tokens, around.mention.number.first
    spans, starts = around.rules.closed["qualifiers_days"], around.rules.closed["qualifiers_clause_starts"]
    for k in range(around.sentence.first + 1, first):
        if tokens[k].lower not in spans or around.behind(k + 1) != "of" or not around.is_in(k - 1, "qualifiers_span_counts"):
            continue
        opens = k - 1 == around.sentence.first or tokens[k - 2].lower in starts
        if opens and not _is_parted(around, k, first):
            return (k - 1, k + 1)
    return None


def _in_many(around: Surroundings) -> tuple[int, int] | None:
    """ "Killed in more than 600 clashes", "in dozens of attacks": the tokens of a number of events that no day holds."""
    tokens, behind = around.tokens, around.mention.number.stop
    for i in range(behind, min(behind + _PERIOD_REACH, around.sentence.stop - 2)):
        if tokens[i].lower != "in" or _is_parted(around, behind, i):
            continue
        k = i + 1
        while k < around.sentence.stop - 1 and around.is_in(k, "qualifiers_number_leads"):
            k += 1
        many = tokens[k].lower.isdecimal() and int(tokens[k].lower) >= _LEAST_SUM
        if around.is_in(k, "qualifiers_many"):
            many, k = True, k + (around.behind(k + 1) == "of")
        noun = next((n for n in (k + 1, k + 2) if around.behind(n) in around.rules.closed["qualifiers_events"]), None)
        if many and noun is not None:
            return (i, noun + 1)
    return None


def _is_one_deed(around: Surroundings) -> bool:
    """ "The man who killed 17 in 2014", "the killing of six farmers in 2019", "the blast killed nine in 2011"."""
    mention, cue = around.mention, around.own_cue()
    if cue is None or mention.rule == "harm_of":
        return cue is not None
    if mention.rule != "active_object" or mention.agent is None:
        return False
    tokens, causes = around.tokens, around.rules.resolution["causes"]
    if tokens[cue.first - 1].lower in ("who", "that"):
        return True
    one = tokens[mention.agent.first].lower in ("the", "a", "an")  # not "malaria", "shelling"
    return one and causes.at(tokens, mention.agent.head, around.sentence.stop) is not None


def _is_span(around: Surroundings, i: int) -> bool:
    """Whether a number of long units stands at a token: "(in) two weeks of clashes", "(in) several months"."""
    if around.tokens[i - 1].lower == "for":
        return False  # "held for two weeks"
    spans = around.rules.closed["qualifiers_spans"]
    if around.tokens[i].lower == "the" and around.behind(i + 3) in spans:
        i += 2  # "in the first six months"
    return around.is_in(i, "qualifiers_span_counts") and around.behind(i + 1) in spans


def _days(around: Surroundings) -> tuple[int, int] | None:
    """ "Between 3 and 9 July", "from 1 May to 30 June", "between 2015 and 2019": the tokens of a period that stands
    behind the figure or opens the sentence."""
    tokens, first = around.tokens, around.mention.number.first
    stop = around.mention.number.stop
    behind = range(stop, min(stop + _PERIOD_REACH, around.sentence.stop - 3))
    for i in (around.sentence.first, *behind):
        if tokens[i].lower not in _DAY_JOINTS or (i > first and _is_parted(around, first, i)):
            continue
        joint = _DAY_JOINTS[tokens[i].lower]
        middle = _date_end(around, i + 1)
        end = _date_end(around, middle + 1) if around.behind(middle) == joint else middle
        bare = end == middle + 2 and middle == i + 2 and tokens[end - 1].kind == "number"
        if end > middle + 1 and (not bare or _is_year(tokens[end - 1])):
            return (i, end)  # not "from 9 to 12"
    return None


def _date_end(around: Surroundings, i: int) -> int:
    """Where a date of a day, a month, a year, or two of them ends that begins at a token; ``i`` for none."""
    k = i
    while k < around.sentence.stop and k < i + 2:
        token = around.tokens[k]
        month = token.capital and (token.lower in around.rules.grammar.times or token.text == "May")
        if not month and not (token.kind == "number" and token.lower.isdecimal() and len(token.lower) in (1, 2, 4)):
            break
        k += 1
    return k



def _large_perfect(around: Surroundings) -> tuple[int, int] | None:
    """ "Strikes have killed hundreds", "more than 1,500 children have been killed": by several events, up to now."""
    whole = around.mention.whole_of
    if around.mention.part and whole is not None and whole.sentence == around.mention.sentence:
        return _large_perfect(around._replace(mention=whole))  # a part runs over the time of its whole
    cue, number, tokens = around.own_cue(), around.mention.number, around.tokens
    if cue is None or cue.first - 2 < around.sentence.first:
        return None
    active = tokens[cue.first - 1].lower == "have" and (number.low or 0) >= _LARGE_ACTIVE
    passive = tokens[cue.first - 1].lower == "been" and tokens[cue.first - 2].lower == "have"
    if not active and not (passive and (number.low or 0) >= _LARGE_PASSIVE):
        return None
    return (cue.first - 1 - passive, cue.first)


def _is_parted(around: Surroundings, first: int, stop: int) -> bool:
    """Whether a mark or a clause of its own stands between two places."""
    barriers = around.rules.closed["qualifiers_barriers"]
    return any(t.text in (",", ";") or t.lower in barriers for t in around.tokens[first:stop])


def _is_year(token: Token) -> bool:
    return token.lower.isdecimal() and len(token.lower) == 4 and token.lower[:2] in ("19", "20")


def _is_day(around: Surroundings, i: int) -> bool:
    return around.tokens[i].lower in around.rules.resolution["day_times"]


def _is_month(around: Surroundings, i: int) -> bool:
    """Whether a month without a day stands at a token, behind a figure that sums up: "54 killings in May"."""
    cue, number, token, rules = around.mention.cue, around.mention.number, around.tokens[i], around.rules
    if cue is None or cue.rule.victim not in ("event", "toll", "self") or (number.low or 0) < _LEAST_SUM:
        return False
    if not token.capital or _is_day(around, i):
        return False
    if token.lower not in rules.grammar.times and token.text != "May":
        return False
    behind = around.tokens[i + 1] if i + 1 < around.sentence.stop else None
    return behind is None or behind.kind != "number" or len(behind.text) == 4
