"""The harmed as a phrase of their own: "the 20 killed", "eleven of the dead", "among those wounded"."""

from __future__ import annotations

from casualty_extract.analysis import Phrase
from casualty_extract.stages.claims.binding import Binding
from casualty_extract.stages.claims.equated import bind_numbered
from casualty_extract.stages.claims.phrases import Phrases
from casualty_extract.stages.mentions import HarmCue

_CLAUSE_LEADS = frozenset(  # in front of a subject, not of an object
    (",", "and", "but", "that", "while", "as", "when", "by", "after", "before")
)


def bind_harmed(cue: HarmCue, binding: Binding) -> bool:
    """Whether the cue is part of a phrase of the harmed, not a predicate; what it then says is bound."""
    if is_of_the_harmed(cue, binding.phrases):
        return True
    phrase = binding.phrases.reading.phrase(cue.first)
    if phrase is None:
        return bind_numbered(cue, binding)
    return (
        _bind_in_phrase(phrase, cue, binding) or bind_numbered(cue, binding) or _bind_nominal(phrase, cue, binding)
    )


def is_of_the_harmed(cue: HarmCue, phrases: Phrases) -> bool:
    """ "eleven of the dead", "43 of those held", "Of those killed six ...": a part, which the stage of parts reads; not
    "two of them were killed", where it is said of them."""
    i, pointed = cue.first - 1, False
    while i > phrases.sentence.first and phrases.is_in("claims_harmed_between", i):
        pointed = pointed or phrases.is_in("claims_pointers", i)
        i -= 1
    if not pointed or phrases.word(i) != "of":
        return False
    between = [phrases.word(k) for k in range(i, cue.first)]
    if "who" not in between and not phrases.rules.grammar.be.isdisjoint(between):
        return False
    return i == phrases.sentence.first or any(n.stop == i and n.kind != "article" for n in phrases.numbers)


def _bind_in_phrase(phrase: Phrase, cue: HarmCue, binding: Binding) -> bool:
    """ "the 20 killed", "13 wounded soldiers": the cue inside the counted phrase."""
    phrases = binding.phrases
    number, outer = phrases.counted(phrase), phrases.outer(phrase)
    if outer is not None and number is None:
        binding.count(outer, cue, "of_harmed_people", (phrase.first, phrase.stop))
        return True
    if number is None or number.first >= cue.first or (number.kind == "article" and cue.stop >= phrase.stop):
        return False
    binding.count(phrase, cue, "harm_in_phrase", phrases.noun_beside(phrase, cue))
    among = phrases.word(phrase.first - 1) == "among" and phrases.is_in("claims_copulas", phrase.first - 2)
    if among and binding.found:
        bind_parts_among(phrase, cue, binding)
    return True


def bind_parts_among(phrase: Phrase, cue: HarmCue, binding: Binding) -> None:
    """ "Two monks were among the 20 killed": the subject is a part of the phrase just bound."""
    whole, before = binding.found[-1], len(binding.found)
    subject = binding.phrases.reading.subject(phrase.first - 1, phrase.first)
    binding.harm_group(subject, cue, "among_the_harmed")
    binding.found[before:] = [m._replace(part=True, whole_of=whole) for m in binding.found[before:]]


def _bind_nominal(phrase: Phrase, cue: HarmCue, binding: Binding) -> bool:
    """ "in memory of the dead", "played the wounded": a noun that no number counts; those among them are harmed."""
    if (
        phrase.first >= cue.first
        or phrase.stop > cue.stop
        or not binding.phrases.is_in("claims_nominal_leads", phrase.first)
    ):
        return False
    binding.harm_group(among_the_harmed(cue, binding.phrases), cue, "among_the_harmed")
    named, before = _named_as_harmed(phrase, binding.phrases), len(binding.found)
    binding.harm_group(named[:1], cue, "named_as_harmed")
    if len(binding.found) > before:  # not "the dead were residents of Harl and Tarn"
        binding.harm_group(named[1:], cue, "named_as_harmed")
    return True


def _named_as_harmed(phrase: Phrase, phrases: Phrases) -> tuple[Phrase, ...]:
    """ "The dead were two nurses", "the dead included the mayor and two guards": who the harmed are.

    Parts that a figure opens ("the dead included two guards") are read with their whole, by the stage of parts."""
    if phrases.is_in("claims_copulas", phrase.stop) and phrases.word(phrase.first - 1) not in ("of", "among"):
        return phrases.reading.after(phrase.stop + 1)
    among = phrases.word(phrase.first - 1) == "among" and phrases.is_in("claims_copulas", phrase.stop)
    if not among and not phrases.is_in("claims_naming", phrase.stop):
        return ()
    group = phrases.reading.after(phrase.stop + 1)
    return () if group and phrases.counted(group[0]) else group


def among_the_harmed(cue: HarmCue, phrases: Phrases) -> tuple[Phrase, ...]:
    """ "two nurses and a driver were among those killed": the subject of the copula in front of "among"."""
    if "among" not in phrases.words:
        return ()
    i = cue.first - 1
    while i > phrases.sentence.first and phrases.is_in("claims_among_between", i):
        i -= 1
    if phrases.word(i) != "among" or not (phrases.is_in("claims_copulas", i - 1) or phrases.word(i - 1) == "be"):
        return ()
    return phrases.reading.subject(i, i + 1)


def named_as_harmed(cue: HarmCue, phrases: Phrases) -> tuple[Phrase, ...]:
    """ "Those who were arrested were six students": what stands behind the copula that follows the harm word."""
    if phrases.word(cue.stop) not in phrases.rules.grammar.be or "those" not in phrases.words:
        return ()
    i = cue.first - 1
    while phrases.word(i) == "who" or phrases.word(i) in phrases.rules.grammar.be | phrases.rules.grammar.have:
        i -= 1
    return phrases.reading.after(cue.stop + 1) if phrases.word(i) == "those" else ()


def pointed_at(pronoun: Phrase, subject: tuple[Phrase, ...], phrases: Phrases) -> tuple[Phrase, ...]:
    """ "Gunmen pulled five soldiers and a nurse from a bus and shot them": the objects of the verb before, for "them";
    empty where no figure tells how many they are."""
    if phrases.word(pronoun.first) != "them":
        return ()
    for number in reversed(phrases.numbers):
        phrase = phrases.reading.phrase(number.core) if number.core < pronoun.first else None
        if phrase is None or number.kind not in ("figure", "vague") or phrase in subject:
            continue
        lead = phrases.word(phrase.first - 1)
        noun = phrases.noun_of(phrase, number)
        if phrase.first == phrases.first or lead in _CLAUSE_LEADS or noun is None or not phrases.people(noun).known:
            return ()
        group = phrases.reading.group(phrase)
        return group if group[0] == phrase else (phrase,)
    return ()
