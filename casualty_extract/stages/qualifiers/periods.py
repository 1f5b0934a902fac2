"""Periods that no word of the lexicons tells: a month alone, two dates, so many days or events, a large perfect."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Token
from casualty_extract.stages.qualifiers.reach import Qualified, Surroundings

_PERIOD_REACH = 12  # tokens
_LARGE_ACTIVE, LARGE = 100, 1000  # people whom no single event is likely to have harmed
_DAY_JOINTS = {"between": "and", "from": "to"}
_LEAST_SUM = 10  # a month behind a smaller figure is the date of one event, and fewer events may be one day's


def by_date(around: Surroundings) -> Qualified:
    """A month or a year alone behind "in" makes a period: "documented 54 killings in May", "1,904 deaths in 2023"."""
    tokens, sentence, first = around.tokens, around.sentence, around.mention.number.first
    low, high = max(sentence.first, first - _PERIOD_REACH), min(sentence.stop - 1, first + _PERIOD_REACH + 1)
    places = [i for i in range(low, high) if tokens[i].lower in ("in", "during", "for")]
    for i in places:
        year = _is_year(tokens[i + 1]) and not _is_one_deed(around)
        if around.behind(i + 2) == "alone" and tokens[i + 1].lower in around.rules.grammar.times:
            period = not _is_day(around, i + 1)  # "In October alone, 200 died"
        elif i > first:
            period = (year or _is_month(around, i + 1) or _is_span(around, i + 1)) and not _is_parted(around, first, i)
        else:
            period = year and i == sentence.first and i < first
        if period:
            return Qualified("cumulative", (i, i + 2), "month_or_year")
    over = _over_days(around) or (_in_many(around, places) if places else None)
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
    for k in range(around.sentence.first + 1, first - 2):  # "days of shelling killed 40"
        if tokens[k].lower not in spans or around.behind(k + 1) != "of":
            continue
        if not around.is_in(k - 1, "qualifiers_span_counts"):
            continue
        opens = k - 1 == around.sentence.first or tokens[k - 2].lower in starts
        if opens and not _is_parted(around, k, first):
            return (k - 1, k + 1)
    return None


def _in_many(around: Surroundings, places: Sequence[int]) -> tuple[int, int] | None:
    """ "Killed in more than 600 clashes", "in dozens of attacks": the tokens of more events than a day holds, behind
    one of the prepositions at ``places``."""
    tokens, behind = around.tokens, around.mention.number.stop
    for i in places:
        if i < behind or tokens[i].lower != "in" or _is_parted(around, behind, i):
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
    unit = around.behind(i + 1)
    days = unit == "days" and around.behind(i + 2) in ("of", "", ".")  # "in three days of fighting"
    if days and around.behind(i + 2) != "of":
        tokens, first = around.tokens, around.mention.number.first
        days = any(t.lower in ("has", "have") for t in tokens[around.sentence.first : first])  # "have left 53 dead in"
    return around.is_in(i, "qualifiers_span_counts") and (days or unit in spans)


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
    if not active and not (passive and (number.low or 0) >= LARGE):
        return None
    if tokens[cue.first - 2 - passive].lower == "to":
        return None  # "are believed to have died in the shipwreck"
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
