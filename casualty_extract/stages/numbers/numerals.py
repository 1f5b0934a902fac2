"""Plain numerals, without modifiers: digits, spelled cardinals, and the scales behind them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from casualty_extract.stages.numbers.passage import Passage

GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*$|\d{1,2}(?:,\d{2})*,\d{3}$")
_DIGITS = re.compile(r"(?P<figure>\d{1,3}(?:,\d{2,3})+|\d{1,3}(?:\.\d{3})+|\d+(?:\.\d+)?)(?P<suffix>[^\W\d_]*)$")
_MAX_FIGURE = 10**12
_MAX_DIGITS = 24  # longer than any number of people


class Numeral(NamedTuple):
    """Tokens first..stop-1 that write a number: its value, and how it is written."""

    first: int
    stop: int
    value: int
    rule: str  # digits, spelled, scale_word, half_a_scale, odd, plus


def numeral_at(passage: Passage, i: int) -> Numeral | None:
    """The plain numeral that begins at token i: digits or words, with its scale."""
    if passage.tokens[i].kind == "number":
        return _digits(passage, i)
    share = share_at(passage, i)
    if share is not None:
        return share
    word, cardinals = passage.word(i), passage.rules.numbers.cardinals
    if word not in ("a", "an") and word.split("-")[0] not in cardinals:
        return None
    after, scales = passage.word(i + 1), passage.rules.numbers.scales
    if word in ("a", "an") and after != "-" and after.split("-")[0] not in cardinals:
        return None  # most articles
    if word == "one" and after == "in" and _is_share(passage, i + 2):
        return None  # "one in every 57"
    if word == "half" and after in ("a", "an") and passage.word(i + 2) in scales:
        return Numeral(i, i + 3, scales[passage.word(i + 2)] // 2, "half_a_scale")
    if word == "half-dozen" or (word == "half" and after == "dozen"):
        return Numeral(i, i + 1 + (word == "half"), 6, "half_a_scale")
    if word in ("a", "an", "one") and after in ("k", "m"):
        return None
    if word in ("a", "an") and after in ("lakhs", "crores"):
        return None
    return _spelled(passage, i)


def _is_share(passage: Passage, i: int) -> bool:
    """What stands behind "one in": "every", or the number of whom one is."""
    word = passage.word(i)
    return word == "every" or passage.kind(i) == "number" or word.split("-")[0] in passage.rules.numbers.cardinals


def share_at(passage: Passage, i: int) -> Numeral | None:
    """A share of a round number: "a quarter of a million", "three quarters of a million"."""
    match = passage.rules.numbers.fractions.at(passage.tokens, i, passage.stop)
    stop, share = (match.stop, match.rule) if match else (i + 1, (1, 4))
    if match is None and passage.word(i) != "quarter":
        return None
    scale = passage.rules.numbers.scales.get(passage.word(stop + 2))
    if scale is None or passage.word(stop) != "of" or passage.word(stop + 1) not in ("a", "an"):
        return None
    return Numeral(i, stop + 3, scale * share[0] // share[1], "half_a_scale")


def odd_at(passage: Passage, i: int) -> Numeral | None:
    """A rounded numeral that ends in "-odd" or "-plus": "40-odd", "thirty-odd", "100-plus"."""
    stem, _, rule = passage.tokens[i].lower.rpartition("-")
    if rule not in ("odd", "plus"):
        return None
    value: int | None = None
    if stem.replace(",", "").isdecimal() and len(stem) <= _MAX_DIGITS:
        value = int(stem.replace(",", ""))
    elif _is_small(passage, stem):
        value = read_cardinal(stem.replace("-", " "))
    return Numeral(i, i + 1, value, rule) if value else None


def with_digits(passage: Passage, numeral: Numeral) -> Numeral:
    """The numeral with its value once more in brackets, as officials write it: "twelve (12)"."""
    i = numeral.stop
    if passage.word(i) != "(" or passage.word(i + 2) != ")" or passage.word(i + 1) != str(numeral.value):
        return numeral
    return numeral._replace(stop=i + 3)


# --- digits -----------------------------------------------------------------------------------------------------------


def _digits(passage: Passage, i: int) -> Numeral | None:
    """A numeral in digits with its scale: "1,250", "1.2 million", "3k", "12 914"."""
    word = passage.tokens[i].lower
    if len(word) > _MAX_DIGITS:
        return None
    if word.isdecimal():
        figure, suffix = word, ""
    elif match := _DIGITS.match(word):
        figure, suffix = match["figure"], match["suffix"]
    else:
        return None
    if suffix:
        if suffix not in passage.rules.closed["numbers_scale_letters"]:
            return None
        stop, scale = i + 1, passage.rules.numbers.scales[suffix]
    else:
        stop, scale = _scale_behind(passage, i + 1)
    if scale == 1 and figure.isdecimal() and len(figure) <= 3:
        stop, figure = _spaced(passage, i, figure)
    value = _scaled(figure, scale)
    return Numeral(i, stop, value, "digits") if value is not None and value <= _MAX_FIGURE else None


def _scale_behind(passage: Passage, i: int) -> tuple[int, int]:
    """Where the scale words that begin at token i end, and what they multiply by: "hundred thousand"."""
    scales, word = passage.rules.numbers.scales, passage.word(i)
    if word not in scales or passage.tokens[i].gap != 1 or word in ("k", "m", "score"):
        return i, 1
    scale, second = scales[word], passage.word(i + 1)
    if second in ("thousand", "million", "crore") and scale < 1000:
        return i + 2, scale * scales[second]
    return i + 1, scale


def _spaced(passage: Passage, i: int, figure: str) -> tuple[int, str]:
    """Groups of three digits behind spaces: "12 914"; not behind a month ("March 7 200 people")."""
    stop, tokens = i + 1, passage.tokens
    if figure == "0" or (i > 0 and tokens[i - 1].lower in passage.rules.closed["numbers_months"]):
        return stop, figure
    while passage.kind(stop) == "number" and tokens[stop].gap == 1 and len(tokens[stop].text) == 3:
        if not tokens[stop].lower.isdecimal():
            break
        figure += tokens[stop].lower
        stop += 1
    return stop, figure


def _scaled(figure: str, scale: int) -> int | None:
    """The value of a figure times its scale; None for a decimal that nothing multiplies."""
    if figure.count(".") > 1 and scale > 1:
        return None
    if "." in figure and scale > 1:
        whole, _, part = figure.partition(".")
        shift: int = 10 ** len(part)
        return int(whole) * scale + int(part) * scale // shift
    if "." in figure and not GROUPED.match(figure):
        return None
    return int(figure.replace(",", "").replace(".", "")) * scale


# --- spelled cardinals ------------------------------------------------------------------------------------------------


def _spelled(passage: Passage, i: int) -> Numeral | None:
    """A spelled cardinal, delimited here and read by word2number; a dozen or score multiplies what stands before it."""
    parts, stop = _cardinal_words(passage, i)
    value: int | None = None
    if parts == ["one"]:
        value = 1 if passage.tokens[i].lower == "one" else None  # "a" alone is an article
    elif parts:
        value = read_cardinal(" ".join(parts))
    multiple = passage.word(stop)
    if multiple in passage.rules.closed["numbers_multiples"] and passage.tokens[stop].gap:
        if parts or multiple == "dozen":
            return Numeral(i, stop + 1, (value or 1) * passage.rules.numbers.scales[multiple], "scale_word")
        return None
    if value is None or parts[0] in ("hundred", "thousand", "million"):
        return None
    return Numeral(i, stop, value, "spelled")


def _cardinal_words(passage: Passage, i: int) -> tuple[list[str], int]:
    """The words of a spelled cardinal from token i on, hyphens undone, and where it ends: "six hundred and two"."""
    parts: list[str] = []
    units, stop = passage.rules.numbers.units, i
    while stop < passage.stop:
        word = passage.tokens[stop].lower
        pieces = word.split("-")
        if _is_cardinal(passage, pieces) and (not parts or _may_follow(passage, parts[-1], pieces[0])):
            parts += pieces
            stop += 1
        elif word in ("a", "an") and not parts:
            parts.append("one")
            stop += 1
        elif word == "and" and parts and _takes_and(passage, parts[-1], passage.word(stop + 1)):
            parts += passage.word(stop + 1).split("-")
            stop += 2
        elif word == "-" and parts and passage.tokens[stop].gap == 0 and passage.word(stop + 1) in units:
            stop += 1
        else:
            break
    return parts, stop


def _is_cardinal(passage: Passage, pieces: list[str]) -> bool:
    """Whether word2number reads all pieces of a word: "forty-two", "hundred"; not "dozen", "lakh", "k"."""
    numbers, closed = passage.rules.numbers, passage.rules.closed
    multiples, letters = closed["numbers_multiples"], closed["numbers_scale_letters"]
    return all(
        piece in numbers.units or (piece in numbers.scales and piece not in multiples and piece not in letters)
        for piece in pieces
    )


def _takes_and(passage: Passage, last: str, following: str) -> bool:
    """Whether "and" goes on with a numeral: "two hundred and six", not "two hundred and soldiers"."""
    return last in ("hundred", "thousand", "million") and _is_small(passage, following)


def _is_small(passage: Passage, word: str) -> bool:
    """A cardinal below a hundred: "six", "forty-two"."""
    return all(piece in passage.rules.numbers.units for piece in word.split("-"))


def _may_follow(passage: Passage, last: str, word: str) -> bool:
    """Whether a number word goes on with the same numeral: "forty" "two", "six" "hundred", never "twenty" "thirty"."""
    scales = passage.rules.numbers.scales
    if word in scales or last in scales:
        return True
    tens = word in ("ten", "eleven", "twelve") or word.endswith(("ty", "teen"))
    return last.endswith("ty") and not tens and word != "zero"


@lru_cache(maxsize=4096)
def read_cardinal(phrase: str) -> int | None:
    """The value of a spelled cardinal ("two hundred and six"); None where it is none. word2number reads it: it is right
    on plain cardinals that have been delimited, without commas, "or", "to", dozens and decimals."""
    from word2number import w2n

    try:
        return int(w2n.word_to_num(phrase.replace("fourty", "forty")))
    except (ValueError, IndexError):
        return None
