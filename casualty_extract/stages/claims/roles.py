"""One function for each harm role but the longer ones (``objects``, ``sums``): which phrases a harm word harms."""

from __future__ import annotations

from casualty_extract.analysis import Phrase
from casualty_extract.stages.claims.binding import Binding
from casualty_extract.stages.claims.harmed import bind_harmed, is_of_the_harmed, pointed_at
from casualty_extract.stages.claims.phrases import Phrases
from casualty_extract.stages.mentions import HarmCue, Number

_LIKEWISE_REACH = 12  # tokens between a harm word and ", as were"


def bind_subject(cue: HarmCue, binding: Binding) -> None:
    """ "Nine men died"; not "tried to flee", nor "nine of those who died were men"."""
    phrases = binding.phrases
    if "who" in (phrases.word(cue.first - 1), phrases.word(cue.first - 2)) and is_of_the_harmed(cue, phrases):
        return
    if phrases.word(cue.first - 1) == "to" and phrases.is_in("claims_attempts", cue.first - 2):
        return
    binding.harm_group(phrases.reading.subject(cue.first, cue.stop), cue, "subject")


def bind_labile(cue: HarmCue, binding: Binding) -> None:
    """Verbs of both kinds: "the blast evacuated 20 people", "20 people evacuated"."""
    clause = binding.phrases.reading.clause(cue.first, cue.stop)
    counted = any(binding.phrases.counted(p) for p in clause.object)
    harmed = clause.object if counted and not clause.passive else clause.subject
    binding.harm_group(harmed, cue, "labile_object" if counted else "labile_subject")


def bind_state(cue: HarmCue, binding: Binding) -> None:
    """ "Nine men are missing", "left nine men dead"."""
    if bind_harmed(cue, binding):
        return
    phrases = binding.phrases
    if phrases.word(cue.first) in ("in", "on") and (not _stays(cue, phrases) or _dies_there(cue, phrases)):
        return
    first, own = cue.first, phrases.reading.phrase(cue.first)
    if phrases.word(first - 1) == "as" and (own is None or own.stop <= cue.stop):
        first -= 1  # "listed nine people as missing"
    subject = _object_before(cue, phrases) or phrases.reading.subject(cue.first, cue.stop)
    subject = subject or phrases.reading.before(first)
    subject = (pointed_at(subject[-1], (), phrases) if subject else ()) or subject  # "shot them dead"
    binding.harm_group(subject, cue, "state")


def _object_before(cue: HarmCue, phrases: Phrases) -> tuple[Phrase, ...]:
    """ "Stabbed his wife and two daughters to death": the objects of the harm word before."""
    if phrases.word(cue.first) != "to":
        return ()
    verb = next((c for c in reversed(phrases.cues) if c.stop <= cue.first), None)
    group = phrases.reading.after(verb.stop) if verb is not None else ()
    return group if group and group[-1].extent == cue.first else ()


def bind_likewise(cue: HarmCue, binding: Binding) -> None:
    """ "Four men were killed, as were two guards", "and two guards too": the same harm, of others behind the clause."""
    phrases = binding.phrases
    if not phrases.words.isdisjoint(("too", "well")):
        _bind_too(cue, binding)
    if "as" not in phrases.words or cue.rule.victim not in ("object", "subject", "state"):
        return
    for k in range(cue.stop, min(cue.stop + _LIKEWISE_REACH, phrases.stop)):
        if any(c.first == k for c in phrases.cues):
            return
        if phrases.word(k) == "as" and phrases.word(k - 1) == "," and phrases.is_in("claims_likewise", k + 1):
            binding.harm_group(phrases.reading.after(k + 2), cue, "likewise")
            return


def _bind_too(cue: HarmCue, binding: Binding) -> None:
    """ "One guard was killed and three rebels too"."""
    phrases = binding.phrases
    group = phrases.reading.after(cue.stop + 1) if phrases.word(cue.stop) == "and" else ()
    if not group or phrases.counted(group[0]) is None:
        return
    end = group[-1].extent
    also = phrases.word(end) == "too" or (phrases.word(end), phrases.word(end + 1)) == ("as", "well")
    if also and phrases.word(end + 1 + (phrases.word(end) == "as")) not in phrases.rules.grammar.be:
        binding.harm_group(group, cue, "likewise")


def _stays(cue: HarmCue, phrases: Phrases) -> bool:
    """Whether people are said to be in hospital, not to have died or arrived there."""
    before = phrases.word(cue.first - 1)
    return (
        before in phrases.rules.grammar.be
        or before in phrases.rules.resolution["remains"]
        or (before != "hospital" and bool(phrases.reading.before(cue.first)))
    )


def _dies_there(cue: HarmCue, phrases: Phrases) -> bool:
    """ "Two died at the scene and one in hospital": a bare figure under the verb before, which says where or when."""
    number = next((n for n in phrases.numbers if n.stop == cue.first), None)
    verb = next((c for c in reversed(phrases.cues) if c.stop <= cue.first), None)
    if number is None or verb is None or verb.rule.harm != "killed":
        return False
    return any(phrases.is_in("claims_at_once", i) for i in range(verb.stop, number.first))


def bind_self(cue: HarmCue, binding: Binding) -> None:
    """The harm word is itself the noun of the people: "12 hostages", "the bodies of five men", "a corpse"."""
    phrases = binding.phrases
    if not phrases.numbers:
        return
    phrase = phrases.reading.phrase(cue.first)
    outer = phrases.outer(phrase)
    if outer is not None and phrase is not None:
        binding.count(outer, cue, "harm_noun", (phrase.first, phrase.stop))
        return
    of = cue.stop - (phrases.word(cue.stop - 1) == "of")  # "the remains of" 40 people
    complement = phrases.reading.after(of + 1) if phrases.word(of) == "of" else ()
    counted = phrases.counted(phrase) if phrase else None
    if counted is None and _bind_shared_none(cue, binding):
        return
    if phrase is not None and counted and counted.first < cue.first and counted.kind != "article":
        binding.count(phrase, cue, "harm_noun", phrases.noun_of(phrase, counted))
        binding.count_bare_before(phrase, cue)
    elif any(phrases.counted(p) for p in complement):  # "the bodies of the pilot and three passengers"
        binding.harm_group(complement, cue, "harm_noun_of")
    elif phrase is not None and counted and _is_one_body(cue, counted, phrases):
        binding.count(phrase, cue, "harm_noun", (counted.stop, phrase.stop))


def _is_one_body(cue: HarmCue, number: Number, phrases: Phrases) -> bool:
    """ "A corpse was found": the only harm nouns that an article counts; not "an elected relief body said"."""
    if number.kind != "article" or phrases.word(cue.stop) in phrases.rules.reporting:
        return False
    if any(phrases.is_in("claims_body_kinds", i) for i in range(number.stop, cue.first)):
        return False
    return phrases.is_in("claims_corpses", cue.first)


def bind_event(cue: HarmCue, binding: Binding) -> None:
    """The harm word names the event: "12 deaths", "the death of five men", "injuries to five men"."""
    phrases = binding.phrases
    if phrases.numbers and _bind_events(cue, binding):
        return
    following = phrases.word(cue.stop)
    of = cue.stop if phrases.word(cue.stop - 1) == "of" and following != "of" else phrases.behind_of(cue.stop)
    if of is not None:
        binding.harm_group(phrases.reading.after(of), cue, "event_of")
    elif following in ("to", "for") and phrases.word(cue.stop + 1) and phrases.reading.phrase(cue.first):
        binding.harm_group(phrases.reading.after(cue.stop + 1), cue, "event_to")


def _bind_events(cue: HarmCue, binding: Binding) -> bool:
    """ "12 deaths", "two civilian deaths", "scores of injuries": whether the events themselves are counted."""
    phrases = binding.phrases
    phrase = phrases.reading.phrase(cue.first)
    outer = phrases.outer(phrase)
    if outer is not None:
        binding.count(outer, cue, "event_noun", None)
        return True
    counted = phrases.counted(phrase) if phrase else None
    if counted is None and _bind_shared_none(cue, binding):
        return True
    if phrase is None or counted is None or counted.first >= cue.first:
        return False
    if counted.kind != "article" and phrases.word(cue.first - 1) != "mass":  # "three mass killings" kill more
        noun = (counted.stop, cue.first) if counted.stop < cue.first else None
        named = noun is not None and (phrases.is_upper(cue.first - 1) or phrases.people(noun).known)
        binding.count(phrase, cue, "event_noun", noun if named else None)  # "two new deaths" names nobody
        binding.count_bare_before(phrase, cue)
    return True


def _bind_shared_none(cue: HarmCue, binding: Binding) -> bool:
    """ "No fatalities nor injuries": one "no" for both."""
    if binding.phrases.word(cue.first - 1) not in ("nor", "or", "and"):
        return False
    for last in binding.found:
        if last.number.kind == "none" and last.cue is not None and last.cue.stop == cue.first - 1:
            binding.append(last.number, cue, last.phrase, None, "shared_none")
            return True
    return False


def bind_sustained(cue: HarmCue, binding: Binding) -> bool:
    """ "Two policemen sustained minor splinter injuries": whether it is so; a number of injuries counts nobody then."""
    phrases = binding.phrases
    if cue.rule.victim not in ("event", "object") or not phrases.is_in("claims_wounds", cue.stop - 1):
        return False
    phrase = phrases.reading.phrase(cue.first) or phrases.reading.phrase(cue.first - 1)  # "head wounds", read as a verb
    if phrase is None:
        return False
    verb = phrase.first - 1
    number = phrases.counted(phrase)
    if phrases.word(verb) not in phrases.rules.resolution["sustains"]:
        on_one = number is not None and number.modifier == "vague" and phrases.word(cue.stop) in ("on", "to")
        return on_one and phrases.word(number.core) == "multiple" if number else False
    if phrases.word(verb - 1) == "and" or any(c.first == verb for c in phrases.cues):
        return number is not None and number.modifier != "none"
    binding.harm_group(phrases.reading.subject(verb, verb + 1), cue, "sustained")
    return number is None or number.modifier != "none"
