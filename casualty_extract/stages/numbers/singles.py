"""Number words that are no numerals: articles, ordinals, "another", "both", "no", fractions, "the rest"."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.stages.mentions import Number
from casualty_extract.stages.numbers.modifiers import extend
from casualty_extract.stages.numbers.numerals import share_at
from casualty_extract.stages.numbers.passage import Passage


def find_single(passage: Passage, i: int, found: Sequence[Number]) -> Number | None:
    """One person by an article, an ordinal or "another"; or two by "both"."""
    word = passage.word(i)
    if word == "both":
        return _both(passage, i)
    if word == "another":
        return _another(passage, i, passage.lowest(found))
    if word not in ("a", "an"):
        return None
    return _equal(passage, i, found) or _article(passage, i)


def find_none(passage: Passage, i: int, _: Sequence[Number]) -> Number | None:
    """Nobody: "no soldiers", "none", "not a single"; not "no longer" nor "without mentioning casualties"."""
    match = passage.rules.numbers.none.at(passage.tokens, i, passage.stop)
    if match is None:
        return None
    untold = passage.word(match.stop) in passage.rules.closed["numbers_untold"]
    if passage.word(i) == "without" and (untold or _is_in_name(passage, i)):
        return None
    idiom = passage.word(match.stop) in passage.rules.closed["numbers_no_idioms"]
    if passage.word(i) == "no" and match.stop == i + 1 and idiom:
        return None
    return Number(i, match.stop, i, "none", 0, 0, 0, "none", "none")


def _is_in_name(passage: Passage, i: int) -> bool:
    """ "Doctors Without Borders": a capital between capitals, in a sentence that is not shouted."""
    near = [t.text for t in passage.tokens[max(i - 1, passage.first) : min(i + 2, passage.stop)]]
    return len(near) == 3 and all(text[:1].isupper() and not text.isupper() for text in near)


def find_fraction(passage: Passage, i: int, _: Sequence[Number]) -> Number | None:
    """A share of a figure named elsewhere: "half of", "two thirds of the"."""
    match = passage.rules.numbers.fractions.at(passage.tokens, i, passage.stop)
    if match is None or passage.word(match.stop) not in ("of", "the") or share_at(passage, i):
        return None
    return Number(i, match.stop, i, "fraction", None, None, None, "exact", "fraction", share=match.rule)


def find_rest(passage: Passage, i: int, _: Sequence[Number]) -> Number | None:
    """What is left of a figure named elsewhere: "the rest"."""
    match = passage.rules.numbers.rest.at(passage.tokens, i, passage.stop)
    return Number(i, match.stop, i, "rest", None, None, None, "exact", "rest") if match else None


def find_repeated(passage: Passage, i: int, found: Sequence[Number]) -> Number | None:
    """ "Nine drivers and as many guards", "twice as many": the figure before once or twice more; not "as many as 9",
    "in as many days"."""
    if passage.word(i) != "as" or passage.word(i + 1) != "many" or not found or found[-1].kind != "figure":
        return None
    after, closed = passage.word(i + 2), passage.rules.closed
    if passage.kind(i + 2) != "word" or after == "as" or after in closed["numbers_measures"]:
        return None
    last, times = found[-1], 1 + (passage.word(i - 1) == "twice")
    value, low, high = (None if bound is None else bound * times for bound in (last.value, last.low, last.high))
    return Number(i + 1 - times, i + 2, i, "figure", value, low, high, last.modifier, "as_many")


def _equal(passage: Passage, i: int, found: Sequence[Number]) -> Number | None:
    """ "Two guards and an equal number of civilians": the figure before once more."""
    like = passage.word(i + 1)
    if like not in ("equal", "similar") or passage.word(i + 2) != "number" or not found or found[-1].kind != "figure":
        return None
    last, modifier = found[-1], found[-1].modifier if like == "equal" else "about"
    stop = i + 3 + (passage.word(i + 3) == "of")
    return Number(i, stop, i + 2, "figure", last.value, last.low, last.high, modifier, "as_many")


def _both(passage: Passage, i: int) -> Number | None:
    """ "both died", "both men and one guard", "both pilots and their guard"; not "both civilians and insurgents"."""
    joined = next((k + 1 for k in range(i + 1, i + 5) if passage.word(k) == "and"), None)
    if joined is not None:
        word, grammar = passage.word(joined), passage.rules.grammar
        single = word in ("a", "an") or word in grammar.possessives
        if single and not _is_plural(passage, i + 1, joined - 2):
            return None
        if not single and not passage.rules.numbers.may_begin[word]:
            return None
    return Number(i, i + 1, i, "both", 2, 2, 2, "exact", "both")


def _is_plural(passage: Passage, first: int, head: int) -> bool:
    """Whether what stands behind "both" is one noun in the plural: "pilots", not "a teacher" and not a name."""
    lone = passage.word(first) in ("a", "an") or passage.tokens[head].capital
    return not lone and (passage.word(head).endswith("s") or passage.word(head) in passage.rules.grammar.plurals)


def _another(passage: Passage, i: int, lowest: int) -> Number | None:
    """ "another soldier", "another one"; not "another 12", where the figure takes it in."""
    after = passage.word(i + 1)
    if passage.word(i - 1) == "one":
        return None  # "they killed one another"
    if passage.rules.numbers.may_begin[after] and after not in ("one", "a"):
        return None
    stop = i + 2 if after == "one" else i + 1
    first, _ = extend(passage, i, lowest)
    return Number(first, stop, i, "another", 1, 1, 1, "exact", "another", True)


def _article(passage: Passage, i: int) -> Number | None:
    """ "a soldier", "a third soldier"; not the article of "a total of 25" or of: a "large number of"."""
    if passage.kind(i + 1) == "mark" and passage.word(i + 2) in passage.rules.closed["numbers_vague_heads"]:
        return None
    if passage.rules.numbers.before.at(passage.tokens, i, passage.stop):
        return None
    if passage.word(i + 1) in passage.rules.numbers.ordinals and passage.word(i + 2) != "of":
        return Number(i, i + 2, i, "ordinal", 1, 1, 1, "exact", "ordinal", True)
    return Number(i, i + 1, i, "article", 1, 1, 1, "exact", "article")
