"""Number expressions of one sentence: value, bounds, modifier; and the numbers that cannot count people, with the reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from casualty_extract.analysis import Sentence, Token
from casualty_extract.rules.lexicon import Match
from casualty_extract.rules.types import NumberRules, Rules
from casualty_extract.stages.mentions import Number, Refusal

_DIGITS = re.compile(r"(?P<figure>\d{1,3}(?:,\d{2,3})+|\d{1,3}(?:\.\d{3})+|\d+(?:\.\d+)?)(?P<suffix>[^\W\d_]*)$")
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*$|\d{1,2}(?:,\d{2})*,\d{3}$")
_AGE = re.compile(r"(?:year|yr|month|week|day)s?-?olds?")
_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)
_REVISED = frozenset(
    [
        "rose",
        "risen",
        "rise",
        "rises",
        "increased",
        "increase",
        "climbed",
        "jumped",
        "raised",
        "revised",
        "up",
        "lowered",
        "cut",
        "fell",
        "grew",
        "went",
        "down",
        "dropped",
        "reduced",
        "soared",
    ]
)
_YEAR_LEADS = frozenset(
    [
        "in",
        "since",
        "of",
        "until",
        "by",
        "during",
        "from",
        "before",
        "after",
        "early",
        "late",
        "mid",
        "for",
        "to",
        "between",
        "and",
        "the",
        "year",
    ]
)
_MAX_FIGURE = 10**12
_MAX_DIGITS = 24  # longer than any number of people


class _Figure:
    """A numeral before modifiers: tokens first..stop-1, its value, and how it was written."""

    __slots__ = ("first", "rule", "stop", "value")

    def __init__(self, first: int, stop: int, value: int, rule: str) -> None:
        self.first, self.stop, self.value, self.rule = first, stop, value, rule


def find_numbers(
    tokens: Sequence[Token], sentence: Sentence, rules: Rules
) -> tuple[tuple[Number, ...], tuple[Refusal, ...]]:
    """The number expressions of a sentence in order, and its numbers that cannot count people."""
    found: list[Number] = []
    refused: list[Refusal] = []
    i = sentence.first
    while i < sentence.stop:
        number = _number_at(tokens, i, sentence, rules, found)
        if isinstance(number, Refusal):
            refused.append(number)
            i = max(number.stop, i + 1)
            while number.reason == "age" and (following := _next_age(tokens, i, sentence)):
                refused.append(following)
                i = following.stop
        elif number is not None:
            found.append(number)
            i = max(number.stop, i + 1)
        else:
            i += 1
    return tuple(found), tuple(refused)


def _next_age(tokens: Sequence[Token], i: int, sentence: Sentence) -> Refusal | None:
    """The next of a list of ages: "aged 19, 23 and 40"."""
    if i + 1 >= sentence.stop or tokens[i].lower not in (",", "and", "to", "-", "or"):
        return None
    i += 1 + (tokens[i + 1].lower == "and")
    if i >= sentence.stop or not tokens[i].text.isdigit() or int(tokens[i].text[:4]) > 115:
        return None
    after = tokens[i + 1] if i + 1 < sentence.stop else None
    ends = after is None or after.kind == "mark" or after.lower in ("and", "to", "were", "was", "or")
    return Refusal(i, i + 1, "age") if ends else None


def _number_at(
    tokens: Sequence[Token], i: int, sentence: Sentence, rules: Rules, found: list[Number]
) -> Number | Refusal | None:
    numbers, token = rules.numbers, tokens[i]
    lowest = found[-1].stop if found else sentence.first
    if token.kind == "mark":
        return None
    if token.kind == "word" and not _may_begin(token.lower, numbers):
        return None
    if token.kind == "number" or "-" in token.lower:
        refusal = _refuse_token(tokens, i, sentence, numbers)
        if refusal:
            return refusal
    special = _rest(tokens, i, sentence, numbers) or _fraction(tokens, i, sentence, numbers)
    if special:
        return special
    odd = _odd(tokens, i, sentence, numbers)
    if odd:
        return _modified(
            tokens, odd, odd.value, odd.value, odd.value + _odd_room(odd.value), "about", sentence, lowest, numbers
        )
    vague = _vague(tokens, i, sentence, numbers, lowest)
    if vague:
        return vague
    figure = _figure(tokens, i, sentence.stop, numbers)
    if figure:
        return _ranged(tokens, figure, sentence, lowest, rules) or _guarded(tokens, figure, sentence, lowest, rules)
    return _none(tokens, i, sentence, numbers) or _single(tokens, i, sentence, numbers, lowest)


_SINGLES = frozenset(["a", "an", "one", "both", "another", "total"])


def _may_begin(word: str, numbers: NumberRules) -> bool:
    """A quick look: whether a word can begin a number expression."""
    head = word.split("-")[0]
    return (
        head in numbers.units
        or head in numbers.scales
        or word in _SINGLES
        or word in numbers.vague
        or word in numbers.none
        or word in numbers.fractions
        or word in numbers.rest
        or head == "half"
    )


# --- numerals -----------------------------------------------------------------------------------------------------------


def _figure(tokens: Sequence[Token], i: int, stop: int, numbers: NumberRules) -> _Figure | None:
    """The plain numeral that begins at token i: digits or words, with its scale."""
    if tokens[i].kind == "number":
        return _digits(tokens, i, stop, numbers)
    word = tokens[i].lower
    if word == "one" and i + 2 < stop and tokens[i + 1].lower == "in" and (tokens[i + 2].lower == "every" or tokens[i + 2].kind == "number"):
        return None  # "one in every 57"
    if word == "half" and i + 2 < stop and tokens[i + 1].lower in ("a", "an") and tokens[i + 2].lower in numbers.scales:
        return _Figure(i, i + 3, numbers.scales[tokens[i + 2].lower] // 2, "half_a_scale")
    if word == "half-dozen" or (word == "half" and i + 1 < stop and tokens[i + 1].lower == "dozen"):
        return _Figure(i, i + 1 + (word == "half"), 6, "half_a_scale")
    if word in ("a", "an", "one") and i + 1 < stop and tokens[i + 1].lower in numbers.scales:
        if tokens[i + 1].lower in ("k", "m") or (word != "one" and tokens[i + 1].lower in ("lakhs", "crores")):
            return None
        return _words(tokens, i, stop, numbers)
    return _words(tokens, i, stop, numbers)


def _digits(tokens: Sequence[Token], i: int, stop: int, numbers: NumberRules) -> _Figure | None:
    match = _DIGITS.match(tokens[i].lower) if len(tokens[i].lower) <= _MAX_DIGITS else None
    if match is None:
        return None
    figure, suffix = match["figure"], match["suffix"]
    if suffix and suffix not in ("k", "m", "mn", "bn"):
        return None
    end = i + 1
    grouped = bool(_GROUPED.match(figure)) and not suffix
    scale = numbers.scales.get(suffix, 1)
    if (
        not suffix
        and end < stop
        and tokens[end].lower in numbers.scales
        and tokens[end].gap == 1
        and tokens[end].lower not in ("k", "m", "score")
    ):
        scale = numbers.scales[tokens[end].lower]
        end += 1
        if end < stop and tokens[end].lower in ("thousand", "million", "crore") and scale < 1000:
            scale *= numbers.scales[tokens[end].lower]
            end += 1
    if not suffix and scale == 1 and figure.isdigit() and len(figure) <= 3:
        end, figure = _spaced(tokens, i, stop, figure)
    if "." in figure and not (grouped and scale == 1):
        if scale == 1:
            return None
        whole, _, part = figure.partition(".")
        value = int(whole) * scale + int(part) * scale // 10 ** len(part)
    else:
        value = int(figure.replace(",", "").replace(".", "")) * scale
    return _Figure(i, end, value, "digits") if value <= _MAX_FIGURE else None


def _spaced(tokens: Sequence[Token], i: int, stop: int, figure: str) -> tuple[int, str]:
    """Groups of three digits behind spaces: "12 914"; not behind a month ("March 7 200 people")."""
    end = i + 1
    if figure == "0" or (i > 0 and tokens[i - 1].lower in _MONTHS):
        return end, figure
    while (
        end < stop
        and tokens[end].kind == "number"
        and tokens[end].gap == 1
        and len(tokens[end].text) == 3
        and tokens[end].text.isdigit()
    ):
        figure += tokens[end].text
        end += 1
    return end, figure


def _words(tokens: Sequence[Token], i: int, stop: int, numbers: NumberRules) -> _Figure | None:
    """A spelled cardinal, delimited here and read by word2number; dozens and scores multiply what stands before them."""
    parts: list[str] = []
    end, last_and = i, False
    while end < stop:
        word = tokens[end].lower
        pieces = word.split("-")
        if all(p in numbers.units or (p in numbers.scales and p not in ("k", "m", "mn", "bn")) for p in pieces):
            if any(p in ("dozen", "score", "lakh", "lakhs", "crore", "crores") for p in pieces):
                break
            if parts and not _may_follow(parts[-1], pieces[0], last_and, numbers):
                break
            parts += pieces
            last_and = False
            end += 1
        elif word in ("a", "an") and not parts:
            parts.append("one")
            end += 1
        elif (
            word == "and"
            and parts
            and parts[-1] in ("hundred", "thousand", "million")
            and end + 1 < stop
            and _is_small(tokens[end + 1].lower, numbers)
        ):
            last_and = True
            end += 1
        elif (
            word == "-" and parts and tokens[end].gap == 0 and end + 1 < stop and tokens[end + 1].lower in numbers.units
        ):
            end += 1
        else:
            break
    if last_and:
        end -= 1
    value = (
        read_cardinal(" ".join(parts))
        if parts and parts != ["one"]
        else 1
        if parts and tokens[i].lower == "one"
        else None
    )
    if end < stop and tokens[end].lower in ("dozen", "score", "lakh", "lakhs", "crore", "crores") and tokens[end].gap:
        if parts or tokens[end].lower == "dozen":
            return _Figure(i, end + 1, (value or 1) * numbers.scales[tokens[end].lower], "scale_word")
        return None
    if value is None or (parts and parts[0] in ("hundred", "thousand", "million")):
        return None
    return _Figure(i, end, value, "spelled")


def _is_small(word: str, numbers: NumberRules) -> bool:
    return all(p in numbers.units for p in word.split("-"))


def _may_follow(last: str, word: str, after_and: bool, numbers: NumberRules) -> bool:
    """Whether a number word goes on with the same numeral: "forty" "two", "six" "hundred", never "twenty" "thirty"."""
    if word in numbers.scales or last in numbers.scales or after_and:
        return True
    return last.endswith("ty") and not word.endswith(("ty", "teen")) and word not in ("ten", "eleven", "twelve", "zero")


@lru_cache(maxsize=4096)
def read_cardinal(phrase: str) -> int | None:
    """The value of a spelled cardinal ("two hundred and six"); None where it is none. word2number reads it: it is right
    on plain cardinals that have been delimited, without commas, "or", "to", dozens and decimals."""
    from word2number import w2n

    try:
        return int(w2n.word_to_num(phrase.replace("fourty", "forty")))
    except (ValueError, IndexError):
        return None


# --- ranges and modifiers -----------------------------------------------------------------------------------------------


def _ranged(
    tokens: Sequence[Token], figure: _Figure, sentence: Sentence, lowest: int, rules: Rules
) -> Number | Refusal | None:
    """A range in any dress: 15-20, 15 to 20, between 15 and 20, two or three dozen, as few as 3 and as many as 9."""
    numbers, i, joint = rules.numbers, figure.first, figure.stop
    if joint + 1 >= sentence.stop:
        return None
    before = tokens[i - 1].lower if i > lowest else ""
    link, skip = tokens[joint].lower, 1
    if link == "up" and tokens[joint + 1].lower == "to":
        skip = 2
        link = "to"
    elif link == "and" and before == "as" and _phrase_at(tokens, joint + 1, ("as", "many", "as")):
        skip = 4
    if joint + skip >= sentence.stop:
        return None
    other = _figure(tokens, joint + skip, sentence.stop, numbers)
    if other is None:
        return None
    low, high = figure.value, other.value
    if other.rule == "scale_word" or (
        tokens[other.stop - 1].lower in numbers.scales and low < high and low < 100 <= high and figure.stop == i + 1
    ):
        scale = numbers.scales.get(tokens[other.stop - 1].lower, 1)
        if low * scale <= high and figure.rule != "scale_word" and tokens[figure.stop - 1].lower not in numbers.scales:
            low *= scale
    first = i
    if link in ("-", "–", "—", "‑"):
        if tokens[i].kind != "number" or (tokens[joint].gap + tokens[joint + 1].gap > 0 and link == "—"):
            return None
        if len(tokens[i].text) == 4 and tokens[i].text[:2] in ("19", "20") and low >= high:
            stop = other.stop + 2 * (other.stop + 1 < sentence.stop and tokens[other.stop].text == "-")
            return Refusal(i, stop, "date")
        if low >= high:
            return Refusal(i, other.stop, "score") if tokens[joint].gap == 0 else None
    elif link == "to":
        if (
            before == "by"
            or (before == "from" and i - 1 > lowest and tokens[i - 2].lower in _REVISED)
            or before in _REVISED
            or before == "votes"
        ):
            return None
        first = i - 1 if before == "from" else i
    elif link == "and":
        if before == "between":
            first = i - 1
        elif skip == 4 and i - 3 >= lowest and tokens[i - 3].lower == "as":
            first = i - 3
        else:
            return None
    elif link != "or" or before == "whether":
        return None
    if low >= high or other.value > 1000 * max(1, low):
        return None
    years = all(1800 <= n <= 2100 and len(t.text) == 4 for n, t in ((low, tokens[figure.first]), (high, tokens[other.first])))
    if years and not _counts_people(tokens, other.stop, sentence, rules):
        return Refusal(i, other.stop, "date")
    after = rules.numbers.guards_after.at(tokens, other.stop, sentence.stop) if other.stop < sentence.stop else None
    if (after and after.rule != "score") or (
        tokens[other.stop : other.stop + 1] and tokens[other.stop].lower in _MONTHS
    ):
        return Refusal(i, other.stop, after.rule if after else "date")
    if before in _MONTHS and tokens[i].kind == "number" and high <= 31:
        return Refusal(i, other.stop, "date")
    if before in ("$", "€", "£"):
        return Refusal(i, other.stop, "money")
    if before in ("aged", "ages", "age"):
        return Refusal(i, other.stop, "age")
    core = first
    first, modifier = _extend(tokens, first, lowest, numbers)
    del modifier  # "some 30 to 40" stays a range
    return Number(first, other.stop, core, "figure", None, low, high, "range", "range")


def _phrase_at(tokens: Sequence[Token], i: int, wanted: tuple[str, ...]) -> bool:
    return all(i + k < len(tokens) and tokens[i + k].lower == word for k, word in enumerate(wanted))


def _extend(tokens: Sequence[Token], first: int, lowest: int, numbers: NumberRules) -> tuple[int, str]:
    """Modifiers in front of a number: where the expression begins then, and the modifier that counts."""
    modifier = "exact"
    while first > lowest:
        match = numbers.before.ending(tokens, first, lowest)
        if match is None:
            break
        if modifier == "exact":
            modifier = match.rule
        first = match.first
    return first, modifier


def _modified(
    tokens: Sequence[Token],
    figure: _Figure,
    value: int | None,
    low: int | None,
    high: int | None,
    modifier: str,
    sentence: Sentence,
    lowest: int,
    numbers: NumberRules,
) -> Number:
    first, before = _extend(tokens, figure.first, lowest, numbers)
    stop = figure.stop
    kind = before if before != "exact" else modifier
    after = numbers.after.at(tokens, stop, sentence.stop) if stop < sentence.stop else None
    if after and not (after.rule == "at_least" and tokens[stop].lower == "minimum"):
        kind, stop = after.rule, after.stop
    if kind != modifier or kind not in ("about",):
        low, high = _bounds(value, kind, low, high)
    increment = any(tokens[k].lower in ("another", "further", "additional") for k in range(first, figure.first))
    if (stop < sentence.stop and tokens[stop].lower == "more") or (
        figure.first > lowest and tokens[figure.first - 1].lower == "another"
    ):
        increment = True
    return Number(
        first,
        stop,
        figure.first,
        "figure",
        value,
        low,
        high,
        kind,
        f"{figure.rule}_{kind}" if kind != "exact" else figure.rule,
        increment,
    )


def _bounds(value: int | None, modifier: str, low: int | None, high: int | None) -> tuple[int | None, int | None]:
    """What a modifier licenses, by the table of the contract."""
    if value is None:
        return low, high
    return {
        "exact": (value, value),
        "about": (value, value),
        "at_least": (value, None),
        "more_than": (value + 1, None),
        "at_most": (None, value),
        "less_than": (None, value - 1),
    }.get(modifier, (low, high))


def _guarded(
    tokens: Sequence[Token], figure: _Figure, sentence: Sentence, lowest: int, rules: Rules
) -> Number | Refusal:
    reason = _refuse_figure(tokens, figure, sentence, lowest, rules)
    if reason:
        return Refusal(figure.first, figure.stop, reason)
    value = figure.value
    if value == 0 and figure.stop < sentence.stop and tokens[figure.stop].kind != "word":
        return Refusal(figure.first, figure.stop, "name")
    if value == 0:
        return Number(figure.first, figure.stop, figure.first, "none", 0, 0, 0, "none", "zero")
    return _modified(tokens, figure, value, value, value, "exact", sentence, lowest, rules.numbers)


# --- guards -------------------------------------------------------------------------------------------------------------


def _refuse_token(tokens: Sequence[Token], i: int, sentence: Sentence, numbers: NumberRules) -> Refusal | None:
    """Numbers that one token shows to be something else: 54-year-old, 60-strong, 14:20, 101st, 10pm, 20km."""
    token = tokens[i]
    word = token.lower
    if _AGE.search(word):
        return Refusal(i, i + 1, "age")
    if token.kind != "number":
        if (
            word.endswith(("-strong", "-man", "-seat", "-hour", "-day", "-week", "-month", "-year", "-mile"))
            and word.split("-")[0] in numbers.units
        ):
            return Refusal(i, i + 1, "measure")
        return None
    if "-" in word and not word.endswith("-odd"):
        return Refusal(i, i + 1, "strength" if word.endswith("-strong") else "measure")
    if ":" in word:
        return Refusal(i, i + 1, "time")
    if "/" in word:
        return Refusal(i, i + 1, "date")
    if word.count(".") == 2 and not _GROUPED.match(word):
        return Refusal(i, i + 1, "date")
    if "." in word and not _GROUPED.match(word) and word.replace(".", "", 1).isdigit() and not (
        i + 1 < sentence.stop and tokens[i + 1].lower in numbers.scales
    ):
        return Refusal(i, i + 1, "measure")
    letters = word.lstrip("0123456789.,")
    if letters == "s":
        return Refusal(i, i + 1, "date")  # the 1990s
    if letters in numbers.ordinal_suffixes:
        return Refusal(i, i + 1, "ordinal")
    if letters and letters not in ("k", "m", "mn", "bn", "-odd"):
        return Refusal(
            i,
            i + 1,
            "time"
            if letters in ("am", "pm", "hrs", "h")
            else "name"
            if letters.startswith(("a", "b", "c", "f"))
            else "measure",
        )
    return None


def _refuse_figure(
    tokens: Sequence[Token], figure: _Figure, sentence: Sentence, lowest: int, rules: Rules
) -> str | None:
    numbers, i, stop = rules.numbers, figure.first, figure.stop
    digits = tokens[i].kind == "number"
    after = numbers.guards_after.at(tokens, stop, sentence.stop) if stop < sentence.stop else None
    if (
        after
        and not (tokens[stop].gap == 0 and tokens[stop].kind == "word")
        and (
            after.rule == "age"
            or not (after.rule == "measure" and tokens[stop].lower in ("m", "square") and not digits)
        )
    ):
        return after.rule
    before = numbers.guards_before.ending(tokens, i, sentence.first) if i > sentence.first else None
    if before and (before.rule != "name" or _names(tokens, before, sentence)) and digits:
        return before.rule
    if before and before.rule in ("age", "money") and i - 1 >= lowest:
        return before.rule
    if digits and _is_date(tokens, figure, sentence, rules):
        return "date"
    if _is_age(tokens, figure, sentence, rules):
        return "age"
    if digits and figure.rule == "digits" and _is_code(tokens, figure, sentence):
        return "name"
    return None


def _names(tokens: Sequence[Token], before: Match[str], sentence: Sentence) -> bool:
    """Whether the word before a number makes a name of it: "Flight 302", not "the group 12"."""
    word = tokens[before.first]
    if before.stop - before.first > 1 or word.lower in (
        "flight",
        "hill",
        "article",
        "articles",
        "resolution",
        "section",
        "chapter",
        "no.",
        "covid",
        "psalm",
        "boeing",
        "sections",
    ):
        return True
    return word.text[:1].isupper() and (before.first > sentence.first or word.lower not in ("no", "under", "number"))


def _is_code(tokens: Sequence[Token], figure: _Figure, sentence: Sentence) -> bool:
    """ "No. 4", "Mazzeh 86 in": a number behind "No." or between hyphens."""
    i = figure.first
    if i - 2 >= sentence.first and tokens[i - 1].text == "." and tokens[i - 2].lower in ("no", "nos"):
        return True
    text = tokens[i].text
    return len(text) > 1 and text[0] == "0" and text.isdigit()


def _is_date(tokens: Sequence[Token], figure: _Figure, sentence: Sentence, rules: Rules) -> bool:
    i, stop, value = figure.first, figure.stop, figure.value
    before = tokens[i - 1] if i > sentence.first else None
    if before and before.text == "." and i - 1 > sentence.first:
        before = tokens[i - 2]
    after = tokens[stop] if stop < sentence.stop else None
    plain = stop == i + 1 and tokens[i].text.isdigit()
    if plain and 1 <= value <= 31:
        if after and after.lower in _MONTHS and (after.lower not in ("may", "march") or after.text[:1].isupper()):
            return True
        if before and before.lower in _MONTHS and before.text[:1].isupper():
            leads = tokens[i - 2].lower if i - 2 >= sentence.first else ""
            return not (leads == "in" and _counts_people(tokens, stop, sentence, rules))
        if after and after.lower == "of" and stop + 1 < sentence.stop and tokens[stop + 1].lower in _MONTHS:
            return True
    if plain and len(tokens[i].text) == 4 and 1800 <= value <= 2100:
        return _is_year(tokens, figure, sentence, rules)
    return plain and value <= 99 and bool(before) and len(tokens[i].text) == 2 and _in_date(tokens, i, sentence)


def _in_date(tokens: Sequence[Token], i: int, sentence: Sentence) -> bool:
    """ "25 SEP 89": a two-digit year behind day and month."""
    return (
        i - 2 >= sentence.first
        and tokens[i - 1].lower in _MONTHS
        and tokens[i - 2].kind == "number"
        and tokens[i - 2].text.isdigit()
    )


def _is_year(tokens: Sequence[Token], figure: _Figure, sentence: Sentence, rules: Rules) -> bool:
    i, stop = figure.first, figure.stop
    if i - 2 >= sentence.first and tokens[i - 1].kind == "number" and tokens[i - 2].lower in _MONTHS:
        return True
    if i > sentence.first and (
        tokens[i - 1].lower in ("than", "some", "about", "over", "around", "nearly", "least", "to")
        and _counts_people(tokens, stop, sentence, rules)
    ):
        return False
    if _counts_people(tokens, stop, sentence, rules):
        return i > sentence.first and (tokens[i - 1].lower in ("in", "since") or tokens[i - 1].lower in _MONTHS)
    lead = tokens[i - 1].lower if i > sentence.first else ""
    if rules.harms.ending(tokens, i, sentence.first) and not (stop < sentence.stop and tokens[stop].kind == "number"):
        return False
    return lead not in ("than", "least", "nearly", "some", "over", "at") or not lead


def _counts_people(tokens: Sequence[Token], stop: int, sentence: Sentence, rules: Rules) -> bool:
    """Whether a noun of people or a harm word follows within three words."""
    for k in range(stop, min(stop + 3, sentence.stop)):
        if tokens[k].kind != "word" or tokens[k].lower in rules.numbers.units:
            return False
        found = rules.victims.at(tokens, k, sentence.stop)
        if (found and found.rule.use == "noun") or rules.harms.at(tokens, k, sentence.stop):
            return True
        if tokens[k].lower in ("the", "and", "in", "a", "of", "when", "was", "on", "by", "to"):
            return False
    return False


def _is_age(tokens: Sequence[Token], figure: _Figure, sentence: Sentence, rules: Rules) -> bool:
    """ "Diarra, 34, his wife", "(25)", "a bride of 19", "the oldest was 11"."""
    i, stop, value = figure.first, figure.stop, figure.value
    if value > 115 or i == sentence.first:
        return False
    before, after = tokens[i - 1], tokens[stop] if stop < sentence.stop else None
    named = (
        i - 2 >= sentence.first
        and tokens[i - 2].text[:1].isupper()
        and tokens[i - 2].kind == "word"
        and i - 2 > sentence.first
    )
    if before.text in ("(", "[") and after and after.text in (")", "]") and tokens[i].kind == "number":
        return True
    person = i - 2 >= sentence.first and rules.victims.ending(tokens, i - 1, sentence.first)
    if (
        before.text == ","
        and (named or person)
        and (after is None or after.text in (",", ".", ";", ")") or after.lower in ("and", "who", "was", "were"))
        and tokens[i].kind == "number"
    ):
        return not (person and not named and after and after.lower in ("were",))
    if before.lower == "of" and person and not tokens[i - 2].lower.endswith(("s", "men", "people", "children")):
        known = {"man", "woman", "child"} & set(person.rule.attributes)
        return bool(known) and (after is None or after.kind == "mark" or after.lower in ("and", "who", "was", "died"))
    if (
        before.lower in ("was", "is", "am")
        and i - 2 >= sentence.first
        and tokens[i - 2].lower in ("whom", "youngest", "oldest", "eldest", "he", "she")
    ):
        return after is None or after.kind == "mark" or after.lower in ("when", "and")
    listed = any(tokens[k].lower in ("identified", "named") for k in range(max(sentence.first, i - 24), i))
    proper = before.kind == "word" and before.text[:1].isupper() and tokens[i].text.isdigit()
    return (
        listed
        and proper
        and (after is None or after.text in (",", ".") or after.lower in ("and", "who", "were", "was", "of", "from"))
    )


# --- words for numbers --------------------------------------------------------------------------------------------------


def _odd(tokens: Sequence[Token], i: int, sentence: Sentence, numbers: NumberRules) -> _Figure | None:
    word = tokens[i].lower
    if word.endswith("-odd"):
        stem = word[:-4]
        value = (
            int(stem.replace(",", ""))
            if stem.replace(",", "").isdigit() and len(stem) <= _MAX_DIGITS
            else read_cardinal(stem.replace("-", " "))
            if _is_small(stem, numbers)
            else None
        )
        return _Figure(i, i + 1, value, "odd") if value else None
    return None


def _odd_room(value: int) -> int:
    """How far "-odd" reaches: 40-odd up to 49, 200-odd up to 299."""
    room = 1
    while value % (room * 10) == 0 and room * 10 <= value:
        room *= 10
    return max(room - 1, 0)


def _vague(tokens: Sequence[Token], i: int, sentence: Sentence, numbers: NumberRules, lowest: int) -> Number | None:
    match = numbers.vague.at(tokens, i, sentence.stop)
    if match is None:
        return None
    word, before = tokens[i].lower, tokens[i - 1] if i > sentence.first else None
    first = i
    if word == "number" or (word == "large" and tokens[i + 1].lower == "number"):
        if (
            before is None
            or before.text not in ('"', "“", "‘", "'")
            or i - 2 < sentence.first
            or tokens[i - 2].lower not in ("a", "an")
        ):
            return None
        first = i - 2
    if word in ("few", "couple") and before and before.lower in ("the", "last", "past", "next", "first", "as", "very"):
        return None
    if word == "many" and before and before.lower in ("as", "how", "so", "too", "not"):
        return None
    if (
        word == "multiple"
        and match.stop < sentence.stop
        and tokens[match.stop].lower in ("sources", "reports", "times", "attacks")
    ):
        return None
    if match.stop < sentence.stop and tokens[match.stop].lower in (
        "times",
        "years",
        "days",
        "hours",
        "weeks",
        "months",
        "minutes",
        "km",
        "kilometres",
        "kilometers",
        "metres",
        "miles",
        "dollars",
    ):
        return None
    if (
        match.stop + 1 < sentence.stop
        and tokens[match.stop].lower == "of"
        and tokens[match.stop + 1].lower
        in ("dollars", "kilometres", "kilometers", "miles", "metres", "years", "meters", "square")
    ):
        return None
    first, modifier = _extend(tokens, first, lowest, numbers)
    low = match.rule
    increment = match.stop < sentence.stop and tokens[match.stop].lower == "more"
    if modifier in ("at_least", "more_than") and match.rule == 2 and "couple" in tokens[match.stop - 1].lower:
        return Number(
            first,
            match.stop,
            i,
            "vague",
            2,
            low + (modifier == "more_than"),
            None,
            modifier,
            f"vague_{modifier}",
            increment,
        )
    return Number(first, match.stop, i, "vague", None, low, None, "vague", "vague", increment)


def _none(tokens: Sequence[Token], i: int, sentence: Sentence, numbers: NumberRules) -> Number | None:
    match = numbers.none.at(tokens, i, sentence.stop)
    if match is None:
        return None
    following = tokens[match.stop].lower if match.stop < sentence.stop else ""
    if (
        tokens[i].lower == "no"
        and match.stop == i + 1
        and following
        in ("longer", "doubt", "more", "less", "fewer", "group", "matter", "way", "one's", "other", ".", "to", "claim")
    ):
        return None
    return Number(i, match.stop, i, "none", 0, 0, 0, "none", "none")


def _single(tokens: Sequence[Token], i: int, sentence: Sentence, numbers: NumberRules, lowest: int) -> Number | None:
    """One person by an article, an ordinal, "another", or two by "both"."""
    word, after = tokens[i].lower, tokens[i + 1] if i + 1 < sentence.stop else None
    if word == "both":
        if any(tokens[k].lower == "and" for k in range(i + 1, min(i + 5, sentence.stop))):
            return None  # "both civilians and insurgents"
        return Number(i, i + 1, i, "both", 2, 2, 2, "exact", "both")
    if word == "another":
        if after and (after.kind == "number" or _may_begin(after.lower, numbers)) and after.lower not in ("one", "a"):
            return None  # "another 12": the figure takes it in
        stop = i + 2 if after and after.lower == "one" else i + 1
        first, _ = _extend(tokens, i, lowest, numbers)
        return Number(first, stop, i, "another", 1, 1, 1, "exact", "another", True)
    if word in ("a", "an"):
        if after is not None and after.kind == "mark" and i + 2 < sentence.stop and tokens[i + 2].lower in ("number", "large", "small", "handful", "couple"):
            return None  # a "large number of": the vague word takes the article in
        if numbers.before.at(tokens, i, sentence.stop):
            return None  # "a total of 25"
        if after and after.lower in numbers.ordinals and not (i + 2 < sentence.stop and tokens[i + 2].lower == "of"):
            return Number(i, i + 2, i, "ordinal", 1, 1, 1, "exact", "ordinal", True)
        return Number(i, i + 1, i, "article", 1, 1, 1, "exact", "article")
    return None


def _fraction(tokens: Sequence[Token], i: int, sentence: Sentence, numbers: NumberRules) -> Number | None:
    match = numbers.fractions.at(tokens, i, sentence.stop)
    if match is None or match.stop >= sentence.stop or tokens[match.stop].lower not in ("of", "the"):
        return None
    return Number(i, match.stop, i, "fraction", None, None, None, "exact", "fraction", share=match.rule)


def _rest(tokens: Sequence[Token], i: int, sentence: Sentence, numbers: NumberRules) -> Number | None:
    match = numbers.rest.at(tokens, i, sentence.stop)
    return Number(i, match.stop, i, "rest", None, None, None, "exact", "rest") if match else None
