"""Figures that a sum is said to be: "the toll rose by four to 58", "put losses at 80"."""

from __future__ import annotations

from dataclasses import replace

from casualty_extract.stages.claims.binding import Binding
from casualty_extract.stages.claims.phrases import Phrases
from casualty_extract.stages.claims.sides import sufferer
from casualty_extract.stages.mentions import HarmCue, Number

_REACH = 28  # tokens behind the word of a sum
_VERB_REACH = 8  # tokens between "deaths" and the verb that says what they reached
_FORCES = ("military", "armed_group", "security")
_QUOTES = frozenset("\"“‘'")
_PREDICATES = ("object", "subject", "labile", "self", "event")  # roles of cues behind which figures are their own


def bind_toll(cue: HarmCue, binding: Binding) -> None:
    """The figures behind a word of a sum that lead words tie to it, up to the next sum or harm word."""
    phrases = binding.phrases
    if not phrases.numbers:
        return
    if _bind_losses(cue, binding):
        return
    summed = _summed_harm(cue, binding)
    end, barrier = _next_cue(cue, ("toll",), phrases), _next_cue(cue, _PREDICATES, phrases)
    taken = False
    for number in phrases.numbers:
        if number.core < cue.stop or number.kind not in ("figure", "vague", "none"):
            continue
        beyond = number.first > barrier
        if number.first - cue.stop > _REACH or number.first > end or (beyond and taken):
            break
        lead = _lead(number, phrases)
        number = _exceeded(number, lead, phrases)
        led = lead in phrases.rules.resolution["toll_leads"] or _ends_headline(number, phrases)
        if (not led and number.first != cue.stop) or (beyond and lead not in ("to", "at")):
            continue
        if not _has_own_cue(number, cue, phrases) and _bind_sum(number, cue, summed, binding):
            if lead == "by":
                binding.found[-1] = binding.found[-1]._replace(rises=True, increment=True)
            taken = True


def _bind_losses(cue: HarmCue, binding: Binding) -> bool:
    """ "The army suffered 60 losses", "caused the army 60 losses": losses that are counted themselves. Whether it is
    so; a team's losses are none."""
    phrases = binding.phrases
    number = next((n for n in phrases.numbers if n.stop == cue.first and n.kind in ("figure", "vague")), None)
    phrase = phrases.reading.phrase(cue.first) if number is not None else None
    if number is None or phrase is None or cue.rule.name != "losses":
        return False
    side = sufferer(cue, phrases)
    if side is None or phrases.read_people(side.first, side.stop, side.extent).category not in _FORCES:
        return False
    binding.append(number, cue, phrase, None, "event_noun")
    return True


def bind_reached(cue: HarmCue, binding: Binding) -> bool:
    """ "Flood deaths rose to 40", "arrests fell to 14": whether a figure sums what the harm word names."""
    phrases = binding.phrases
    reaching = phrases.rules.closed["claims_reaching"]
    if cue.rule.victim == "toll" or reaching.isdisjoint(phrases.words):
        return False
    phrase = phrases.reading.phrase(cue.first)
    if phrase is None or phrase.stop > cue.stop or phrases.counted(phrase):
        return False
    if not phrases.word(cue.stop - 1).endswith("s") and phrases.word(phrase.first) != "the":
        return False
    for verb in range(cue.stop, min(cue.stop + _VERB_REACH, phrases.stop)):
        if phrases.word(verb) in reaching:
            subject = phrases.reading.subject(verb, verb + 1)
            if any(p.first <= cue.first < p.extent for p in subject):
                before = len(binding.found)
                bind_toll(cue, binding)
                return len(binding.found) > before
    return False


def _exceeded(number: Number, lead: str, phrases: Phrases) -> Number:
    """ "The toll has exceeded 1,400": more than the figure."""
    if lead not in phrases.rules.closed["claims_exceeding"] or number.modifier != "exact" or number.value is None:
        return number
    return number._replace(low=number.value + 1, high=None, modifier="more_than", rule=f"{number.rule}_more_than")


def _ends_headline(number: Number, phrases: Phrases) -> bool:
    """ "Death toll from market bomb at least 112.": a figure with a modifier at the end, and no verb."""
    return number.modifier in ("at_least", "more_than", "about") and phrases.word(number.stop) in ("", ".")


def _next_cue(cue: HarmCue, roles: tuple[str, ...], phrases: Phrases) -> int:
    """Where the next cue of one of the roles stands; the end of the sentence where there is none."""
    behind = (c.first for c in phrases.cues if c.first >= cue.stop and c.rule.victim in roles)
    return min(behind, default=phrases.sentence.stop)


def _lead(number: Number, phrases: Phrases) -> str:
    """The word in front of a figure, and of the quotation mark that it may stand behind."""
    lead = phrases.word(number.first - 1)
    return phrases.word(number.first - 2) if lead in _QUOTES else lead


def _has_own_cue(number: Number, cue: HarmCue, phrases: Phrases) -> bool:
    """ "losses stand at 19 dead": the figure has a harm word of its own."""
    return any(
        c is not cue
        and c.rule.victim != "toll"
        and number.stop <= c.first <= number.stop + 2
        and _is_near(number, c, phrases)
        for c in phrases.cues
    )


def _is_near(number: Number, cue: HarmCue, phrases: Phrases) -> bool:
    """Whether nothing between figure and harm word begins something new."""
    breaks = phrases.rules.closed["claims_breaks"]
    return all(t.kind == "word" and t.lower not in breaks for t in phrases.tokens[number.stop : cue.first])


def _bind_sum(number: Number, cue: HarmCue, summed: HarmCue, binding: Binding) -> bool:
    """Whether the figure is free and counts no things: then it is the sum, or the new total."""
    phrases = binding.phrases
    if binding.is_bound(number):
        return False
    phrase = phrases.reading.phrase(number.core)
    noun = phrases.noun_of(phrase, number) if phrase else None
    if noun and phrases.people(noun).things:
        return False
    binding.append(number, summed, phrase, noun, "new_total" if _is_total(number, cue, phrases) else "toll")
    return True


def _is_total(number: Number, cue: HarmCue, phrases: Phrases) -> bool:
    """ "taking the toll to 27", "which raised the death toll to 27": more than the sum of before."""
    total, brings = phrases.rules.resolution["total"], phrases.rules.resolution["brings"]
    first = phrases.sentence.first
    if total.ending(phrases.tokens, number.first, first):
        return True
    return any(phrases.word(i) in brings for i in range(max(first, cue.first - 5), cue.first))


def _summed_harm(cue: HarmCue, binding: Binding) -> HarmCue:
    """ "the total", "the figure": of what the sentence counted before."""
    phrases = binding.phrases
    if not phrases.is_in("claims_sum_nouns", cue.stop - 1) or phrases.word(cue.first) in ("death", "casualty"):
        return cue
    last = next((m.cue for m in reversed(binding.found) if m.cue is not None and m.cue.first < cue.first), None)
    return HarmCue(cue.first, cue.stop, replace(cue.rule, harm=last.rule.harm)) if last else cue
