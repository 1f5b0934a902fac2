"""Days, years and two-digit years: numbers of a date, told from the same numbers of people."""

from __future__ import annotations

from casualty_extract.stages.numbers.numerals import Numeral
from casualty_extract.stages.numbers.passage import Passage


def is_date(passage: Passage, numeral: Numeral) -> bool:
    """Whether a numeral in digits is a day ("May 3"), a year ("in 1994") or the 89 of "25 SEP 89"."""
    text = passage.word(numeral.first)
    if numeral.stop != numeral.first + 1 or not text.isdecimal():
        return False
    if 1 <= numeral.value <= 31 and _is_day(passage, numeral):
        return True
    if len(text) == 4 and 1800 <= numeral.value <= 2100:
        return _is_year(passage, numeral)
    return len(text) == 2 and _is_short_year(passage, numeral.first)


def _is_day(passage: Passage, numeral: Numeral) -> bool:
    """A day of a month: "3 May", "Sept. 11", "the 3 of May"; not "in May 12 people"."""
    i, stop, tokens = numeral.first, numeral.stop, passage.tokens
    months, after = passage.rules.closed["numbers_months"], passage.word(stop)
    if after in months and (after not in passage.rules.grammar.verb_months or tokens[stop].capital):
        return True
    before = i - 2 if passage.word(i - 1) == "." and i - 1 > passage.first else i - 1
    if passage.word(before) in months and tokens[before].capital:
        if passage.kind(before - 1) == "number" and before < i - 1:
            return False  # "12 Sep. 4 killed": the day stands in front
        return not (passage.word(i - 2) == "in" and passage.counts_people(stop))
    return after == "of" and passage.word(stop + 1) in months


def _is_year(passage: Passage, numeral: Numeral) -> bool:
    """A year, by the word before it, unless it counts people ("2012 civilians") or follows a harm ("killed 1900")."""
    i, stop, months = numeral.first, numeral.stop, passage.rules.closed["numbers_months"]
    if passage.kind(i - 1) == "number" and passage.word(i - 2) in months:
        return True
    lead = passage.word(i - 1)
    if passage.counts_people(stop):
        if lead in ("a", "an", "the", "that", "this", "his") and _names_deed(passage, stop):
            return True
        return lead in ("in", "since") or lead in months
    if passage.rules.harms.ending(passage.tokens, i, passage.first) and passage.kind(stop) != "number":
        return False
    return lead not in passage.rules.closed["numbers_not_year"]


def _names_deed(passage: Passage, i: int) -> bool:
    """Whether one deed is named at a token: "a 2015 massacre", "the 1981 killing of"; not "the 2015 dead"."""
    deed = passage.rules.harms.at(passage.tokens, i, passage.stop)
    plain = not passage.word(i).endswith(("s", "ed", "en"))
    return deed is not None and deed.rule.victim in ("event", "object") and plain


def _is_short_year(passage: Passage, i: int) -> bool:
    """ "25 SEP 89": a two-digit year behind day and month."""
    return (
        passage.word(i - 1) in passage.rules.closed["numbers_months"]
        and passage.kind(i - 2) == "number"
        and passage.word(i - 2).isdecimal()
        and not passage.counts_people(i + 1)
    )
