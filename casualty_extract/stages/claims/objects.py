"""Harm words whose object is harmed: "killed nine men", "nine men were killed", "the 23 boys they seized"."""

from __future__ import annotations

from casualty_extract.analysis import Clause, Phrase
from casualty_extract.stages.claims.binding import Binding
from casualty_extract.stages.claims.equated import bind_number_of
from casualty_extract.stages.claims.harmed import (
    among_the_harmed,
    bind_harmed,
    bind_parts_among,
    is_of_the_harmed,
    named_as_harmed,
    pointed_at,
)
from casualty_extract.stages.claims.phrases import Phrases
from casualty_extract.stages.mentions import HarmCue

_COMPANION_REACH = 24  # tokens between a harm word and "along with"


def bind_object(cue: HarmCue, binding: Binding) -> None:
    """The object of an active verb, the subject of a passive one, or what stands behind "of"."""
    phrases = binding.phrases
    of = None if phrases.tokens[cue.stop - 1].lower.endswith("ed") else phrases.behind_of(cue.stop)
    if of is not None:
        if not is_of_the_harmed(cue, phrases):  # "the killing of two monks"
            binding.harm_group(phrases.reading.after(of), cue, "harm_of")
        return
    if bind_harmed(cue, binding) or _is_said_of_a_place(cue, phrases):
        return
    own = phrases.reading.phrase(cue.first)
    inside = own is not None and own.first < cue.first and cue.stop <= own.head
    if own is not None and inside and not phrases.word(cue.first).endswith("ing"):
        if phrases.word(own.first - 1) not in phrases.rules.grammar.prepositions:
            binding.harm_group((own,), cue, "harm_in_phrase")  # "an aide and the slain leader": nobody but the leader
        return
    clause = phrases.reading.clause(cue.first, cue.stop)
    if clause.passive:
        _bind_passive(clause, cue, binding)
    elif clause.object and (them := pointed_at(clause.object[0], clause.subject, phrases)):
        binding.harm_group(them, cue, "active_object", clause.subject)
    elif clause.object:
        binding.harm_group((*clause.object, *_beside(clause.object[-1], phrases)), cue, "active_object", clause.subject)
        with_them = _companions(cue, phrases)
        if with_them and phrases.counted(with_them[0]):  # none of those who did it
            binding.harm_group(with_them, cue, "companions", clause.subject)
    else:
        binding.harm_group(_relative_object(clause, phrases), cue, "relative_object", clause.subject)


def _beside(phrase: Phrase, phrases: Phrases) -> tuple[Phrase, ...]:
    """ "Raids killed 14 rebels 5 civilians": a counted group right behind another, where the "and" was lost."""
    following = phrases.reading.phrase(phrase.extent) if phrases.counted(phrase) else None
    if following is None or following.first != phrase.extent or phrase.extent == phrase.head:
        return ()
    number = phrases.counted(following)
    bare = number is not None and number.kind == "figure" and phrases.word(number.stop) != "of"  # not "eight of them"
    noun = phrases.noun_of(following, number) if number is not None and bare else None
    if noun is None or not phrases.people(noun).known:
        return ()
    grammar, behind = phrases.rules.grammar, phrases.word(following.extent)
    harmed = behind in grammar.be or behind in grammar.have or any(c.first == following.extent for c in phrases.cues)
    return () if harmed else (following,)


def _is_said_of_a_place(cue: HarmCue, phrases: Phrases) -> bool:
    """ "killed near a village held by rebels": a bare participle behind a place, by a word that is said of both."""
    if cue.rule.people != "known" or not phrases.is_in("claims_captured", cue.first):
        return False
    nearest = phrases.reading.phrase(cue.first - 1)
    if nearest is None or phrases.counted(nearest) or phrases.people((nearest.first, nearest.stop)).known:
        return False
    return phrases.word(nearest.first - 1) in phrases.rules.grammar.prepositions and phrases.word(cue.stop) == "by"


def _bind_passive(clause: Clause, cue: HarmCue, binding: Binding) -> None:
    """ "Nine men were killed": the subject, and whoever else the sentence says was killed with them."""
    phrases, agent = binding.phrases, clause.agent
    binding.harm_group(clause.subject, cue, "passive_subject", agent)
    binding.harm_group(among_the_harmed(cue, phrases), cue, "among_the_harmed", agent)
    binding.harm_group(named_as_harmed(cue, phrases), cue, "named_as_harmed", agent)
    if clause.subject and phrases.word(clause.subject[0].first - 1) == "among" and binding.found:
        bind_parts_among(clause.subject[0], cue, binding)
    binding.harm_group(_companions(cue, phrases), cue, "companions", agent)
    if cue is phrases.cues[0]:
        binding.harm_group(_besides(phrases), cue, "besides", agent)
        binding.harm_group(_not_counted(phrases), cue, "besides", agent)
    bind_number_of(cue, binding)


def _relative_object(clause: Clause, phrases: Phrases) -> tuple[Phrase, ...]:
    """ "the 23 schoolboys they seized": the phrase right in front of a pronoun that is the subject."""
    if len(clause.subject) != 1 or not phrases.is_in("claims_relative_subjects", clause.subject[0].first):
        return ()
    i = clause.subject[0].first
    if phrases.is_in("claims_relative_pronouns", i - 1):
        i -= 1
    nearest = phrases.reading.phrase(i - 1)
    if nearest is not None and phrases.counted(nearest):
        return (nearest,)
    return phrases.reading.before(i)[-1:]


def _companions(cue: HarmCue, phrases: Phrases) -> tuple[Phrase, ...]:
    """ "was killed along with her two daughters", "was killed near his home, along with two guards"."""
    i = cue.stop + phrases.is_in("claims_together", cue.stop)
    if phrases.word(i) in ("with", "alongside"):
        return phrases.reading.after(i + 1)
    if "alongside" not in phrases.words and phrases.rules.closed["claims_together"].isdisjoint(phrases.words):
        return ()
    for k in range(cue.stop + 1, min(cue.stop + _COMPANION_REACH, phrases.stop)):
        if any(c.first == k for c in phrases.cues):
            return ()
        if phrases.is_in("claims_together", k) and phrases.word(k + 1) == "with":
            return phrases.reading.after(k + 2)
        if phrases.word(k) == "alongside" and phrases.word(k - 1) == ",":
            return phrases.reading.after(k + 1)
    return ()


def _besides(phrases: Phrases) -> tuple[Phrase, ...]:
    """ "In addition to the assailant, 12 people were killed": whoever stands behind the opening words."""
    if not phrases.may_hold("besides"):
        return ()
    forms, first, stop = phrases.rules.resolution["besides"], phrases.first, phrases.stop
    openings = (forms.at(phrases.tokens, i, stop) for i in range(first, min(first + 8, stop)))
    opening = next((o for o in openings if o), None)
    return phrases.reading.after(opening.stop) if opening else ()


def _not_counted(phrases: Phrases) -> tuple[Phrase, ...]:
    """ "Six people were killed, not counting the two attackers": who died with them, and is no victim."""
    if not phrases.may_hold("not_counted"):
        return ()
    forms = phrases.rules.resolution["not_counted"]
    found = (forms.at(phrases.tokens, i, phrases.stop) for i in range(phrases.first, phrases.stop))
    opening = next((form for form in found if form), None)
    group = phrases.reading.after(opening.stop) if opening else ()
    people = phrases.people((group[0].first, group[0].stop)) if group else None
    return group[:1] if people is not None and "attacker" in people.attributes else ()
