"""Parts that have a harm word of their own: "including nine who died", "one of the guards later died"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from casualty_extract.stages.mentions import Mention, Number
from casualty_extract.stages.parts.context import Context

_OPENING_REACH = 3  # tokens between "Of" or "Among" and the whole that a sentence opens with
_DEATH_REACH = 6  # tokens around "died" in which the words say that the wounded die


def mark_part(mention: Mention, context: Context) -> Mention:
    """The mention, as a part of another one where the words around it tie it to that."""
    if mention.part or mention.number.kind == "none":
        return mention
    for rule in _RULES:
        whole = rule(mention, context)
        if whole is not None and whole.number is not mention.number and _may_hold(whole.number, mention.number):
            return mention._replace(part=True, whole_of=whole)
    return mention


def _may_hold(whole: Number, part: Number) -> bool:
    """Whether a figure may hold another one; an open one holds any."""
    return whole.high is None or whole.high >= (part.low or 0)


def _before(mention: Mention, context: Context) -> Iterator[Mention]:
    """The mentions before one that stand for people counted, the nearest first."""
    place = (mention.sentence, mention.number.first)
    for other in (*reversed(context.bound), *reversed(context.earlier)):
        if (other.sentence, other.number.first) < place and not other.implicit and other.number.kind != "none":
            yield other


def among(mention: Mention, context: Context) -> Mention | None:
    """ "A nurse was among those killed", "there were 11 children among the dead"."""
    behind = mention.noun is not None and context.at("among", mention.noun[1]) is not None
    return context.larger(mention) if behind or mention.rule in ("among_the_harmed", "named_as_harmed") else None


def of_them(mention: Mention, context: Context) -> Mention | None:
    """ "nine of whom later died"; not "20 gunmen, four of whom died", where no harm is told of the 20."""
    if not context.at("of_them", mention.number.stop) or _is_of_others(mention, context):
        return None
    if _is_of_those_attacked(mention, context):
        return None
    return context.larger(mention) or context.whole(mention.number.first)


def _is_of_others(mention: Mention, context: Context) -> bool:
    """Whether a figure that nothing harms stands right in front of a part and its comma."""
    i = mention.number.first - 1
    before = context.reading.phrase(i - 1) if context.word(i) == "," else None
    counted = [n for n in context.numbers if before is not None and before.first <= n.core < before.extent]
    bound = {m.number.core for m in context.bound}
    return any(n.kind in ("figure", "vague") and n.core not in bound for n in counted)


def _is_of_those_attacked(mention: Mention, context: Context) -> bool:
    """ "The rebels fired at the workers, killing one of them": people whom the sentence names before, and no figure
    counts."""
    if context.before(mention.number.first) is not None:
        return False
    for i in range(context.first, mention.number.first - 1):
        phrase = context.reading.phrase(i + 1) if context.is_in("parts_aims", i) else None
        if phrase is not None and phrase.first == i + 1 and context.people((phrase.first, phrase.extent)).known:
            head = context.word(phrase.head)
            return head.endswith("s") or head in context.rules.resolution["plurals"]
    return False


def of_the_named(mention: Mention, context: Context) -> Mention | None:
    """ "One of the priests has been killed", of the four abducted before; "two of the eight villagers"."""
    i = mention.number.stop
    if context.word(i) != "of" or not context.is_in("claims_pointers", i + 1):
        return None
    inside = next((m for m in context.bound if i < m.number.first <= i + 3), None)
    if inside is not None:
        return inside
    phrase = context.reading.phrase(i + 1)
    if phrase is None:
        return None
    head = context.word(phrase.head)
    named = (m for m in _before(mention, context) if not m.part and head in _words(m, context))
    return next(named, None) or (context.larger(mention) if mention.people.category == "unspecified" else None)


def _words(mention: Mention, context: Context) -> Sequence[str]:
    """The lower words of a mention's noun, in whatever sentence."""
    if mention.noun is None:
        return ()
    return [token.lower for token in context.tokens[slice(*mention.noun)]]


def included(mention: Mention, context: Context) -> Mention | None:
    """ "including nine who died in hospital", "40 casualties, including 12 dead and 28 wounded"."""
    first = mention.number.first
    if context.ending("includes", first):
        return context.whole(first)
    last = context.before(first) if context.word(first - 1) == "and" else None
    if last is None or last.cue is None or last.cue.stop != first - 1 or mention.harm not in ("killed", "wounded"):
        return None
    whole = context.whole(last.number.first) if context.ending("includes", last.number.first) else None
    return whole if whole is not None and whole.harm == "casualties" else None


def at_opening(mention: Mention, context: Context) -> Mention | None:
    """ "Of the 30 hurt, nine died": of the figure that the sentence opens with."""
    opening, first = context.first, context.bound[0]
    near = first is not mention and first.number.first - opening <= _OPENING_REACH
    return first if near and context.word(opening) in ("of", "among") else None


def died_of_wounds(mention: Mention, context: Context) -> Mention | None:
    """ "Eight were hurt, one of whom succumbed", "two later died in hospital": a bare figure, of the wounded before."""
    if mention.harm != "killed" or mention.noun is not None or mention.cue is None:
        return None
    first, stop = mention.cue.first - 2, mention.cue.stop + _DEATH_REACH
    if all(context.at("late_death", i) is None for i in range(max(first, context.first), stop)):
        return None
    hurt = (m for m in _before(mention, context) if m.harm in ("wounded", "casualties") and not m.part)
    return next((m for m in hurt if mention.sentence - m.sentence <= 1), None)


def bodies_of_the_lost(mention: Mention, context: Context) -> Mention | None:
    """ "Gunmen abducted eight villagers. Two bodies were found": no figure of the dead stands before."""
    if mention.cue is None or not context.is_in("claims_corpses", mention.cue.stop - 1):
        return None
    finds = context.rules.resolution["finds"]
    if not finds.occurs(context.tokens, context.first, context.stop):
        return None
    before = list(_before(mention, context))
    lost = next((m for m in before if m.harm in ("abducted", "missing") and not m.part), None)
    return None if context.larger(mention) else lost


def still_held(mention: Mention, context: Context) -> Mention | None:
    """ "Detained at least 12, and nine remain in custody": of those taken before."""
    cue = mention.cue
    if cue is None or mention.noun is not None or not any(
        context.word(i) in context.rules.resolution["remains"] for i in range(cue.first - 1, cue.stop)
    ):
        return None
    return context.larger(mention)


def kin(mention: Mention, context: Context) -> Mention | None:
    """ "She was killed with her two daughters": of the largest figure of the dead in the sentences before."""
    if not context.is_in("parts_possessives", mention.number.first - 1):
        return None
    wholes = [m for m in _before(mention, context) if m.harm == mention.harm and m.sentence < mention.sentence]
    return max(wholes, key=lambda m: m.number.value or m.number.low or 0, default=None)


_RULES: Sequence[Callable[[Mention, Context], Mention | None]] = (
    among,
    of_them,
    of_the_named,
    included,
    at_opening,
    died_of_wounds,
    bodies_of_the_lost,
    still_held,
    kin,
)
