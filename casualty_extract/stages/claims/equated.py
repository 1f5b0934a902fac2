"""Figures that words make equal to a harm: "Killed: 8", "the dead numbered 10", "the number of dead is about 600"."""

from __future__ import annotations

from casualty_extract.stages.claims.binding import Binding
from casualty_extract.stages.claims.phrases import Phrases
from casualty_extract.stages.mentions import HarmCue, Number

_NUMBER_REACH = 36  # tokens between "the number of rebels killed" and its figure
_LABEL_WORDS = 4  # words of a label in front of its harm word: "Number of people killed: 8"
_LABEL_MARKS = frozenset(":-–—")


def bind_label(cue: HarmCue, binding: Binding) -> bool:
    """ "Killed: 8", "Dead - 5": a mark between a harm word and a bare figure. Whether it is one."""
    phrases = binding.phrases
    tokens, sentence = phrases.tokens, phrases.sentence
    if cue.stop + 1 >= sentence.stop or tokens[cue.stop].text not in _LABEL_MARKS or cue.rule.victim == "toll":
        return False
    number = next((n for n in phrases.numbers if n.first == cue.stop + 1 and n.kind in ("figure", "none")), None)
    if number is None:
        return False
    if number.stop < sentence.stop and tokens[number.stop].kind != "mark":
        return False
    first = cue.first
    while first > sentence.first and tokens[first - 1].kind == "word":
        first -= 1
    if cue.first - first > _LABEL_WORDS or any(first <= n.first < cue.first for n in phrases.numbers):
        return False
    noun = (first, cue.first) if first < cue.first and phrases.people((first, cue.first)).known else None
    if noun is None and cue.rule.people == "known":
        return False  # "Homes destroyed: 40"
    binding.append(number, cue, None, noun, "label")
    return True


def bind_numbered(cue: HarmCue, binding: Binding) -> bool:
    """ "The dead numbered 10 and the wounded 12", "put the dead at 10 and the wounded at 12". Whether it is so."""
    phrases = binding.phrases
    if not phrases.is_in("claims_side_articles", cue.first - 1):
        return False
    put = phrases.word(cue.stop) == "at" and not phrases.words.isdisjoint(phrases.rules.closed["claims_putting"])
    i = cue.stop + (put or phrases.word(cue.stop) in phrases.rules.resolution["numbering"])
    again = i == cue.stop and bool(binding.found) and binding.found[-1].rule == "numbered"
    number = next((n for n in phrases.numbers if n.first == i and n.kind in ("figure", "vague")), None)
    if number is None or (i == cue.stop and not again):
        return False
    binding.append(number, cue, phrases.reading.phrase(number.core), None, "numbered")
    return True


def bind_number_of(cue: HarmCue, binding: Binding) -> None:
    """ "the number of villagers killed is about 600"."""
    phrases = binding.phrases
    if "number" not in phrases.words:
        return
    lead = range(max(phrases.sentence.first, cue.first - 6), cue.first)
    if all(phrases.word(i) != "number" or phrases.word(i - 1) in ("a", "some") for i in lead):
        return
    numbers = [n for n in phrases.numbers if _is_number_of(n, cue, phrases) and not binding.is_bound(n)]
    revised = len(numbers) > 1 and phrases.word(numbers[0].first - 1) == "from"
    for number in numbers[: 1 + revised]:  # "has risen from 11 to 13"
        phrase = phrases.reading.phrase(cue.first - 1)
        binding.append(number, cue, phrase, (phrase.first, phrase.stop) if phrase else None, "number_of")


def _is_number_of(number: Number, cue: HarmCue, phrases: Phrases) -> bool:
    """Whether what stands between cue and figure makes it the number: "is", "has risen to", "reached"."""
    if not cue.stop < number.first <= cue.stop + _NUMBER_REACH or number.kind not in ("figure", "vague"):
        return False
    between = [phrases.word(i) for i in range(cue.stop, number.first)]
    rules = phrases.rules
    if between[-1] == "from" and phrases.word(number.stop) == "to":
        return True  # "has risen from 11 to 13"
    return between[-1] in rules.resolution["toll_leads"] and any(
        w in rules.grammar.be or w in rules.closed["claims_sum_verbs"] for w in between
    )
