"""Numbers that no harm word governs by itself, but another claim does: parts, the rest, gapped and compared figures.

Each rule takes the leftover number and returns its mention, or None. They are tried in the order of ``RULES``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from casualty_extract.analysis import Document, Reading
from casualty_extract.rules.types import Rules
from casualty_extract.stages.mentions import NOBODY_SAID, HarmCue, Mention, Number, People

ReadPeople = Callable[[int, int, int], People]


@dataclass(frozen=True, slots=True)
class Context:
    """One sentence with what is bound in it, and the mentions of the sentences before."""

    document: Document
    index: int
    reading: Reading
    numbers: tuple[Number, ...]
    cues: tuple[HarmCue, ...]
    bound: tuple[Mention, ...]
    earlier: tuple[Mention, ...]
    rules: Rules
    read_people: ReadPeople

    def word(self, i: int) -> str:
        """The lower word at a token of the sentence, "" outside it."""
        sentence = self.reading.sentence
        return self.document.tokens[i].lower if sentence.first <= i < sentence.stop else ""

    def before(self, i: int) -> Mention | None:
        """The nearest bound mention that begins before token i, in this sentence."""
        return max((m for m in self.bound if m.number.first < i), key=lambda m: m.number.first, default=None)

    def whole(self, i: int) -> Mention | None:
        """The mention that a part at token i may belong to: nearest before in the sentence, else the last earlier one."""
        return self.before(i) or (self.earlier[-1] if self.earlier else None)

    def larger(self, mention: Mention) -> Mention | None:
        """The last mention before of the same harm that may hold this one."""
        least = mention.number.low or mention.number.value or 0
        before = [m for m in (*self.earlier, *self.bound) if (m.sentence, m.number.first) < (self.index, mention.number.first)]
        same = [m for m in before if m.harm == mention.harm and not m.implicit and (m.number.high is None or m.number.high >= least)]
        return next((m for m in reversed(same) if not m.part and (m.number.value or m.number.low or 0) > least), None)

    def people(self, noun: tuple[int, int] | None) -> People:
        """What the noun at these tokens says of the people."""
        if noun is None or noun[0] >= noun[1]:
            return NOBODY_SAID
        inner = self.reading.phrase(noun[0])
        return self.read_people(noun[0], min(inner.stop, noun[1]) if inner else noun[1], noun[1])

    def ends(self, i: int) -> bool:
        """Whether the clause may end at token i: a mark, a conjunction, or the end of the sentence."""
        if self.word(i) == "at" and self.word(i + 1) == "all":
            return self.ends(i + 2)
        return (
            i >= self.reading.sentence.stop
            or self.document.tokens[i].kind == "mark"
            or self.word(i) in ("and", "or", "but", "while")
        )


Rule = Callable[[Number, Context], Mention | None]


def find_parts(context: Context) -> list[Mention]:
    """The bound mentions of the sentence with those that follow from them, in order of the text."""
    context = replace(context, bound=tuple(_marked(m, context) for m in context.bound))
    for number in context.numbers:
        if any(m.number.core == number.core for m in context.bound):
            continue
        for rule in RULES:
            mention = rule(number, context)
            if mention is not None:
                found = sorted((*context.bound, mention), key=lambda m: m.number.first)
                context = replace(context, bound=tuple(found))
                break
    return [_colored(m, context) for m in context.bound]


def _marked(mention: Mention, context: Context) -> Mention:
    """A mention with a harm word of its own that is a part all the same: "including nine who died", "two of whom later died"."""
    number = mention.number
    if mention.part or number.kind == "none":
        return mention
    tokens, first, stop = context.document.tokens, context.reading.sentence.first, context.reading.sentence.stop
    resolution = context.rules.resolution
    if mention.rule == "among_the_harmed":
        whole = context.larger(mention)
    elif number.stop < stop and resolution["of_them"].at(tokens, number.stop, stop):
        whole = context.larger(mention) or context.whole(number.first)
    elif resolution["includes"].ending(tokens, number.first, first):
        whole = context.whole(number.first)
    elif (
        context.word(first) in ("of", "among")
        and context.bound[0] is not mention
        and context.bound[0].number.first - first <= 3
    ):
        whole = context.bound[0]
    else:
        return mention
    if (
        whole is None
        or whole.number is number
        or (whole.number.high or mention.number.low or 0) < (mention.number.low or 0)
    ):
        return mention
    return replace(mention, part=True, whole_of=whole)


def _colored(mention: Mention, context: Context) -> Mention:
    """A group of people that holds a part of another category is mixed; a part without a noun is of its whole's category."""
    people = mention.people
    if mention.whole_of is not None and people.category == "unspecified" and mention.noun is None:
        category = mention.whole_of.people.category
        if category not in ("unspecified", "mixed"):
            return replace(
                mention, people=replace(people, category=category, rule=f"{people.rule}_carried"), carried=True
            )
        return mention
    said = _said_of_all(mention, context)
    shared = _attributes_of_all(mention, context)
    if shared:
        people = replace(people, attributes=tuple(dict.fromkeys((*people.attributes, *shared))))
        mention = replace(mention, people=people)
    if said is not None and people.category == "unspecified":
        return replace(mention, people=replace(people, category=said, rule=f"{people.rule}_described"))
    for part in context.bound:
        other = part.people.category
        is_part = part.whole_of is not None and part.whole_of.number is mention.number and part.harm == mention.harm
        if (
            is_part
            and other not in (people.category, "unspecified")
            and not {"child", "woman", "elderly"} & set(part.people.attributes)
            and part.people.rule != "kin"
        ):
            return replace(mention, people=replace(people, category="mixed", rule=f"{people.rule}_with_parts"))
    return mention


def _attributes_of_all(mention: Mention, context: Context) -> tuple[str, ...]:
    """ "nine people, all of them women": what holds for every one of them."""
    if mention.noun is None:
        return ()
    i = mention.noun[1] + (context.word(mention.noun[1]) in (",", "(", "-"))
    stop = context.reading.sentence.stop
    form = context.rules.resolution["all_of_them"].at(context.document.tokens, i, stop) if i < stop else None
    phrase = context.reading.phrase(form.stop) if form else None
    if form is None or phrase is None or phrase.first != form.stop:
        return ()
    return context.people((phrase.first, phrase.extent)).attributes


def _said_of_all(mention: Mention, context: Context) -> str | None:
    """ "55 people, most of them civilians": mixed; "40 people, all of them supporters": their category."""
    if mention.noun is None:
        return None
    tokens, stop = context.document.tokens, context.reading.sentence.stop
    i = mention.noun[1]
    i += context.word(i) in (",", "(", "-", "–")
    if i >= stop:
        return None
    for name in ("mostly", "all_of_them"):
        form = context.rules.resolution[name].at(tokens, i, stop)
        if form is None:
            continue
        phrase = context.reading.phrase(form.stop)
        if phrase is None or phrase.first != form.stop:
            return None
        people = context.people((phrase.first, phrase.extent))
        if not people.known or people.category == "unspecified" or {"child", "woman"} & set(people.attributes):
            return None
        return "mixed" if name == "mostly" else people.category
    return None


def _mention(
    number: Number,
    like: Mention,
    context: Context,
    rule: str,
    noun: tuple[int, int] | None = None,
    harm: str | None = None,
    part: bool = True,
) -> Mention | None:
    """A mention with the harm of another one; refused where its noun is no people."""
    if noun is not None and noun[0] >= noun[1]:
        noun = None
    people = context.people(noun)
    if people.things or (number.kind == "article" and not people.known):
        return None
    if number.share is not None:
        if like.number.value is None:
            return None
        value = like.number.value * number.share[0] // number.share[1]
        number = replace(number, value=value, low=value, high=value)
    phrase = context.reading.phrase(number.core)
    return Mention(
        number,
        like.cue,
        harm or like.harm,
        phrase,
        people,
        noun,
        rule,
        context.index,
        agent=like.agent,
        increment=number.increment,
        part=part,
        whole_of=like if part else None,
    )


def _own_noun(number: Number, context: Context) -> tuple[int, int] | None:
    phrase = context.reading.phrase(number.core)
    if phrase is None:
        return None
    first, stop = number.stop, phrase.extent
    while first < stop and context.word(first) in ("of", "more"):
        first += 1
    return (first, stop) if first < stop else None


def of_them(number: Number, context: Context) -> Mention | None:
    """ "23 of them children", "eleven of the dead were civilian employees", "half of them soldiers"."""
    tokens, stop = context.document.tokens, context.reading.sentence.stop
    form = context.rules.resolution["of_them"].at(tokens, number.stop, stop) if number.stop < stop else None
    if form is None or number.kind == "article":
        return None
    cue = next((c for c in context.cues if form.first < c.first <= form.stop), None)
    if cue is not None and cue.first == form.stop and context.word(form.stop - 1) in ("those", "these", "them"):
        form = form._replace(stop=cue.stop)
    like = context.whole(number.first)
    if (like is None and cue is None) or _is_alive(form.stop, context) or _of_others(number.first, context):
        return None
    if like is not None and context.rules.resolution["fatally"].at(tokens, form.stop, stop):
        return _mention(number, like, context, "fatally", None, harm="killed")
    noun = _predicate(form.stop, context)
    people = context.people(noun)
    if people.things:
        return None
    if like is None or (cue is not None and cue.rule.harm != like.harm and cue.rule.victim != "self"):
        assert cue is not None
        like = next(
            (m for m in (*reversed(context.bound), *reversed(context.earlier)) if m.harm == cue.rule.harm), None
        )
        if like is None:
            return Mention(number, cue, cue.rule.harm, None, people, noun, "of_the_dead", context.index)
    return _mention(number, like, context, "of_them", noun)


def _of_others(i: int, context: Context) -> bool:
    """Whether "many of whom" is about people or things named right in front, whom no figure counts: "residents, many of whom"."""
    phrase = context.reading.phrase(i - 2) if context.word(i - 1) in (",", "-", "–", "—") else context.reading.phrase(i - 1)
    if phrase is None or context.word(i - 1) not in (",", "-", "–", "—"):
        return False
    counted = any(m.number.first >= phrase.first - 12 and m.number.first < i for m in context.bound)
    people = context.people((phrase.first, phrase.stop))
    return people.things or (not counted and people.known and context.word(phrase.head).endswith("s"))


def _is_alive(i: int, context: Context) -> bool:
    """Whether what follows says that they live: "a few of them had been released"."""
    stop = min(i + 4, context.reading.sentence.stop)
    return any(context.rules.resolution["survival"].at(context.document.tokens, k, stop) for k in range(i, stop))


def _predicate(i: int, context: Context) -> tuple[int, int] | None:
    """The noun behind "of them", with or without a copula: the tokens of its phrase."""
    if context.word(i) in ("were", "are", "was", "being", "is", "have", "had"):
        i += 1
        if context.word(i) == "been":
            i += 1
    phrase = context.reading.phrase(i)
    if phrase is None or phrase.first != i or context.word(i) in ("in", "the"):
        return None
    return (phrase.first, phrase.extent)


def fraction_of(number: Number, context: Context) -> Mention | None:
    """ "Half of the 60 dead were children", "two thirds of the 90"."""
    if number.share is None or context.word(number.stop) != "of":
        return None
    whole = next((m for m in context.bound if number.stop < m.number.first <= number.stop + 2), None)
    if whole is None:
        return None
    end = max(whole.number.stop, whole.noun[1] if whole.noun else 0, whole.cue.stop if whole.cue else 0)
    return _mention(number, whole, context, "fraction_of", _predicate(end, context))


def whom(number: Number, context: Context) -> Mention | None:
    """ "of whom 11 were Danes", "of which 20 were women", "Of those killed six were children"."""
    i = number.first - 1
    lead = context.rules.resolution["of_them"].ending(
        context.document.tokens, number.first, context.reading.sentence.first
    )
    comma = context.word(i) == ","
    if lead is None and comma:
        lead = context.rules.resolution["of_them"].ending(context.document.tokens, i, context.reading.sentence.first)
    opened = context.word(context.reading.sentence.first) == "of" and number.first - context.reading.sentence.first < 12
    if lead is None and not opened:
        return None
    cue = next((c for c in context.cues if c.first < number.first and number.first - c.first < 8), None) if opened else None
    like = next((m for m in (*reversed(context.bound), *reversed(context.earlier)) if cue and m.harm == cue.rule.harm and not m.part and not m.implicit and (m.number.value or 0) >= (number.value or 0)), None)
    like = like or context.whole(number.first)
    if like is None:
        return None
    noun = _own_noun(number, context) or _predicate(number.stop, context)
    if context.word(number.stop) and context.rules.resolution["survival"].at(
        context.document.tokens, number.stop, context.reading.sentence.stop
    ):
        return None
    harmless = noun is not None and not context.people(noun).known
    return None if harmless and lead is None else _mention(number, like, context, "of_whom", noun)


def included(number: Number, context: Context) -> Mention | None:
    """ "including 17 children and nine women", "among them a bride": parts of the figure before."""
    tokens, first = context.document.tokens, context.reading.sentence.first
    lead = context.rules.resolution["includes"].ending(tokens, number.first, first)
    noun = _own_noun(number, context)
    if lead is None:
        return _listed(number, context, noun)
    cue = next((c for c in context.cues if c.stop == lead.first and context.word(c.first - 1) == "the"), None)
    like = context.whole(number.first)
    if cue is None and _of_others(lead.first, context):
        return None
    if cue is not None and (like is None or like.harm != cue.rule.harm):  # "The dead included five nurses"
        like = next(
            (m for m in (*reversed(context.bound), *reversed(context.earlier)) if m.harm == cue.rule.harm), None
        )
    if like is None:
        return _included_victims(number, lead.first, context, noun)
    return _mention(number, like, context, "included", noun)


def _included_victims(number: Number, lead: int, context: Context, noun: tuple[int, int] | None) -> Mention | None:
    """ "Victims include 8 children": no figure before; the dead are killed, of victims the words do not say."""
    cue = next((c for c in context.cues if c.stop <= lead <= c.stop + 1), None)
    people = context.people(noun)
    if people.things or not people.known or (cue is None and context.word(lead - 1) not in ("victims", "casualties")):
        return None
    phrase = context.reading.phrase(number.core)
    return Mention(
        number, cue, cue.rule.harm if cue else "casualties", phrase, people, noun, "included_victims", context.index
    )


def among_dead(number: Number, context: Context) -> Mention | None:
    """ "Among the 23 killed was a family of 10 people", "among the dead were two children": behind the copula."""
    phrase = context.reading.phrase(number.core)
    if phrase is None:
        return None
    first = phrase.first
    if context.word(first - 1) == "of":  # a family of ten
        outer = context.reading.phrase(first - 2)
        first = outer.first if outer else first
    if context.word(first - 1) not in ("was", "were", "is", "are"):
        return None
    cue = next((c for c in context.cues if first - 6 <= c.first < first - 1), None)
    lead = [context.word(i) for i in range(max(context.reading.sentence.first, first - 9), first - 1)]
    if cue is None or "among" not in lead or number.kind == "article" and context.word(phrase.head) in context.rules.resolution["collectives"]:
        return None
    like = next((m for m in reversed(context.bound) if m.cue is cue), None) or next(
        (m for m in reversed(context.earlier) if m.harm == cue.rule.harm), None
    )
    noun = _own_noun(number, context)
    if like is not None:
        return _mention(number, like, context, "among_dead", noun)
    people = context.people(noun)
    return (
        None
        if people.things or (number.kind == "article" and not people.known)
        else Mention(number, cue, cue.rule.harm, phrase, people, noun, "among_dead", context.index)
    )


def _listed(number: Number, context: Context, noun: tuple[int, int] | None) -> Mention | None:
    """A figure coordinated with a part: "including five from Katlang, two from Salpang and one from Karli"."""
    last = context.before(number.first)
    if last is None or not last.part or last.rule not in ("included", "breakdown", "apposition"):
        return None
    between = [context.word(i) for i in range(last.number.stop, number.first)]
    if (
        not between
        or between[-1] not in (",", "and", "&")
        or any(w in (";", "who", "were", "was", ".") for w in between)
        or len(between) > 14
    ):
        return None
    phrase = context.reading.phrase(number.core)
    after = phrase.extent if phrase else number.stop
    if any(c.first == after for c in context.cues):
        return None
    whole = last.whole_of
    return _mention(number, whole, context, last.rule, noun) if whole else None


def apposition(number: Number, context: Context) -> Mention | None:
    """ "Four people, a father and three children, were killed"."""
    like = context.before(number.first)
    if like is None or like.phrase is None or like.number.kind in ("definite", "article"):
        return None
    phrase = context.reading.phrase(number.core)
    if phrase is None or phrase.first < like.phrase.extent:
        return None
    start = like.phrase.extent
    if context.word(start) not in (",", "-", "–", "—", "(", ":"):
        return None
    group = context.reading.after(start + 1)
    if phrase not in group or context.word(group[-1].extent) not in (",", "-", "–", "—", ")", ".", ""):
        return None
    return _mention(number, like, context, "apposition", _own_noun(number, context))


def breakdown(number: Number, context: Context) -> Mention | None:
    """ "27 people were killed - 15 in Merrow, eight in Dunlea", "26 died in Sokar and the other 16 in Belan"."""
    like = context.before(number.first)
    if like is None or number.kind not in ("figure", "vague", "ordinal", "another"):
        return None
    i = number.stop
    phrase = context.reading.phrase(number.core)
    if phrase is not None and context.word(phrase.stop - 1) in ("others", "more"):
        i = phrase.stop
    elif phrase is not None and phrase.stop > number.stop:
        return None
    if context.word(i) not in ("in", "on", "at", "near", "from", "outside", "around"):
        return None
    lead = context.word(number.first - 1)
    if lead == "other" or lead == "the":
        lead = context.word(number.first - 2) if lead == "the" else context.word(number.first - 3)
    if lead not in ("and", ",", "-", "–", "—", ":", "(", ";"):
        return None
    between = [context.word(k) for k in range(like.number.stop, number.first)]
    dashed = any(w in ("-", "–", "—", ":") for w in between) or (like.rule == "breakdown" and like.part)
    whole = like.whole_of if like.rule == "breakdown" and like.whole_of else like
    mention = _mention(number, whole if dashed else like, context, "breakdown", None, part=dashed)
    return replace(mention, people=like.people, carried=True) if mention and not dashed else mention


def kinds(number: Number, context: Context) -> Mention | None:
    """ "Twelve people were killed: seven soldiers and five policemen": groups behind a colon or dash."""
    tokens = context.document.tokens
    noun = _own_noun(number, context)
    if noun is None or not context.people(noun).known:
        return None
    mark = next(
        (
            i
            for i in range(number.first - 1, context.reading.sentence.first, -1)
            if tokens[i].text in (":", "-", "–", "—", "(")
        ),
        None,
    )
    if mark is None or any(
        context.word(i) in context.rules.grammar.be or context.word(i) in ("who", "that")
        for i in range(mark, number.first)
    ):
        return None
    like = context.before(mark)
    if (
        like is None
        or any(c.first > mark for c in context.cues)
        or (number.kind == "article" and number.first - mark > 12)
    ):
        return None
    return _mention(number, like, context, "kinds", noun)


def gapped_group(number: Number, context: Context) -> Mention | None:
    """ "Three nuns were killed in Harl and two priests in Tarn": the verb is not said again."""
    like = context.before(number.first)
    phrase = context.reading.phrase(number.core)
    noun = _own_noun(number, context)
    if (
        like is None
        or phrase is None
        or noun is None
        or like.rule not in ("passive_subject", "subject")
        or not context.people(noun).known
    ):
        return None
    if context.word(phrase.first - 1) != "and" or context.word(phrase.extent) not in (
        "in",
        "at",
        "near",
        "on",
        "outside",
    ):
        return None
    place = context.reading.phrase(phrase.extent + 1)
    if place is None or not context.ends(place.extent) or like.cue is None or like.cue.first > number.first:
        return None
    return _mention(number, like, context, "gapped_group", noun, part=False)


def gapped(number: Number, context: Context) -> Mention | None:
    """ "The first blast killed four people and the second nine", "rebels put it at 80, the army at 12"."""
    like = context.before(number.first)
    if like is None or number.kind not in ("figure", "vague", "none") or not context.ends(number.stop):
        return None
    i = number.first - 1
    if context.word(i) in ("at", "of"):
        i -= 1
    phrase = context.reading.phrase(i)
    if phrase is None or phrase.first < like.number.stop:
        return None
    lead = context.word(phrase.first - 1)
    if lead not in (",", "and", ";", "while", "but") or context.word(phrase.first) in ("a", "an"):
        return None
    gap = [context.word(k) for k in range(like.number.stop, phrase.first)]
    if sum(w in (",", ";") for w in gap) > 2 or any(
        c.first > like.number.first and c.first > (like.cue.first if like.cue else 0) and c.stop <= number.first
        for c in context.cues
    ):
        return None
    mention = _mention(number, like, context, "gapped", None, part=False)
    return replace(mention, people=like.people, carried=True, detached=True) if mention else None


def severity(number: Number, context: Context) -> Mention | None:
    """ "20 workers, two of them critically", "three critically", "one fatally"."""
    tokens, stop = context.document.tokens, context.reading.sentence.stop
    like = context.before(number.first)
    if like is None or number.stop >= stop:
        return None
    if context.rules.resolution["fatally"].at(tokens, number.stop, stop):
        return _mention(number, like, context, "fatally", None, harm="killed")
    form = context.rules.resolution["severity"].at(tokens, number.stop, stop)
    if form is None or not context.ends(form.stop):
        return None
    return _mention(number, like, context, "severity", None)


def compared(number: Number, context: Context) -> Mention | None:
    """ "13 people, not thirty as first reported", "1,904 deaths, up from 1,411 in 2022"."""
    like = context.before(number.first) or next(
        (m for m in context.bound if 0 < m.number.first - number.stop < 4), None
    )
    if like is None or number.kind != "figure":
        return None
    first = number.first
    form = context.rules.resolution["compared"].ending(context.document.tokens, first, context.reading.sentence.first)
    if form is None and context.word(first - 2) in ("average", "toll", "total") and context.word(first - 1) == "of":
        form = context.rules.resolution["compared"].ending(
            context.document.tokens, first - 3, context.reading.sentence.first
        ) or context.rules.resolution["compared"].ending(
            context.document.tokens, first - 4, context.reading.sentence.first
        )
    if form is None:
        return None
    noun = _own_noun(number, context)
    if noun is not None and not context.people(noun).known:
        return None
    mention = _mention(number, like, context, "compared", noun, part=False)
    if mention and context.word(form.first) == "not" and like.number.first > number.first:
        mention = replace(mention, people=like.people)
    return mention


def counted(number: Number, context: Context) -> Mention | None:
    """ "The Red Crescent had confirmed seven by nightfall", "It acknowledges 19": a bare figure under a verb of counting."""
    if number.kind not in ("figure", "vague", "none") or (not context.earlier and not context.bound):
        return None
    phrase = context.reading.phrase(number.core)
    if phrase is not None and phrase.stop > number.stop:
        return None
    cue = context.rules.cues.ending(context.document.tokens, number.first, context.reading.sentence.first)
    if (
        cue is None
        or cue.rule.frame not in ("counts", "says")
        or not (context.ends(number.stop) or context.word(number.stop) in ("by", "so", "in", "on"))
    ):
        return None
    like = context.whole(number.first)
    return _mention(number, like, context, "counted", None, part=False) if like else None


def the_rest(number: Number, context: Context) -> Mention | None:
    """ "12 were rebels and the rest civilians": the whole less its parts, worked out where the parts are known."""
    if number.kind != "rest":
        return None
    part = next((m for m in reversed(context.bound) if m.number.first < number.first and m.part), None)
    like = part.whole_of if part else None
    if like is None or like.number.value is None:
        return None
    parts = [
        m.number.value or 0
        for m in (*context.earlier, *context.bound)
        if m.part and m.whole_of is not None and m.whole_of.number == like.number
    ]
    value = like.number.value - sum(parts)
    if value <= 0:
        return None
    left = replace(number, value=value, low=value, high=value)
    return _mention(left, like, context, "the_rest", _predicate(number.stop, context))


def brought_to(number: Number, context: Context) -> Mention | None:
    """ "brought to 75 the number who have died": the new total in front of its noun."""
    if context.word(number.first - 1) != "to" or context.word(number.first - 2) not in context.rules.resolution["brings"]:
        return None
    if context.word(number.stop) != "the" or context.word(number.stop + 1) not in ("number", "total", "toll", "tally", "count"):
        return None
    cue = next((c for c in context.cues if c.first > number.stop), None)
    like = context.before(number.first)
    rule = cue or (like.cue if like else None)
    if rule is None:
        return None
    phrase = context.reading.phrase(number.core)
    return Mention(number, rule, rule.rule.harm, phrase, NOBODY_SAID, None, "new_total", context.index)


def copular(number: Number, context: Context) -> Mention | None:
    """ "... bodies have been found; 12 were women": a bare figure, a copula and a noun of people, behind a bound figure."""
    like = context.before(number.first)
    if like is None or number.kind not in ("figure", "vague") or context.word(number.stop) not in ("were", "are"):
        return None
    noun = _predicate(number.stop, context)
    if noun is None or not context.people(noun).known or any(c.first == noun[0] for c in context.cues):
        return None
    return _mention(number, like, context, "copular", noun)


RULES: Sequence[Rule] = (
    fraction_of,
    brought_to,
    of_them,
    the_rest,
    among_dead,
    whom,
    included,
    severity,
    apposition,
    compared,
    breakdown,
    kinds,
    counted,
    copular,
    gapped,
    gapped_group,
)
