r"""The one-line case notation: ``expected | text``.

Claims stand in the order of their numbers, with ``;`` between them; ``-`` alone expects none. A claim is

    COUNT HARM [CATEGORY] [!status] [#scope] [@source > origin] [~@disputer] [<WHOLE]

    12 exact · 12+ at least · 12++ more than · 12- at most · 12-- fewer than · 12~ about · 40~..49 forty-odd
    10..17 range · 24? vague, at least 24 · 0 none · 1i implicit, without a number word

Left out, the status must be ``asserted``; category, scope, sources, whole are not checked. ``@-``, ``~@-``: nobody;
``@A & B``: joint sources; ``<48``: a part of a claim of 48; ``<-``: a part of none. A chain is given whole. A source is
right by its name or its text, whatever the case and the leading article. Implicit claims are checked only where the
case lists one. ``rules!`` or ``spacy!`` behind the last claim: that pipeline is known to miss the case.

In the text ``\n`` is a line end, ``\\`` a backslash and ``\u0000`` any character by its number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from casualty_extract.model import CATEGORIES, HARMS, SCOPES, STATUSES, Claim, Count, Source
from casualty_extract.report import Report

PIPELINES = ("rules", "spacy")
_FORMS = {
    "": ("exact", 0, 0), "i": ("exact", 0, 0), "~": ("about", 0, 0), "+": ("at_least", 0, None),
    "++": ("more_than", 1, None), "-": ("at_most", None, 0), "--": ("less_than", None, -1), "?": ("vague", 0, None),
}  # fmt: skip
_COUNT = re.compile(r"(?P<figure>[0-9]+)(?P<mark>\+{1,2}|-{1,2}|[~?i])?(?:\.\.(?P<high>[0-9]+))?")
_BAR = re.compile(r"\s\|(?:\s|$)")
_MARKED = re.compile(r"(?<!\S)(?=~@|[!#@<])")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(n)|(\\)|(.?))", re.DOTALL)
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|^\s|\s$")
_FIELDS = {"!": "status", "#": "scope", "@": "chain", "~": "disputers", "<": "whole"}
_ARTICLE = re.compile(r"^(?:the|an|a) (?=\S)", re.IGNORECASE)

Chain = tuple[tuple[str, bool], ...]  # name or text of each link, and whether it is joint


@dataclass(frozen=True, slots=True)
class ExpectedClaim:
    """One claim as a case lists it. ``None`` in category, scope, chain, disputers and whole: not checked.

    ``value``, ``low``, ``high`` and ``modifier`` are those of ``Count``. ``whole`` is the figure of the claim that this
    one is a part of, "-" for a part of none. ``notation`` is the claim as it was written.
    """

    notation: str
    modifier: str
    value: int | None
    low: int | None
    high: int | None
    harm: str
    implicit: bool = False
    category: str | None = None
    status: str = "asserted"
    scope: str | None = None
    chain: Chain | None = None
    disputers: Chain | None = None
    whole: int | str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a ``.cases`` file; ``line`` counts from 1, ``known_misses`` are the pipelines known to fail it."""

    line: int
    expected: str
    text: str
    claims: tuple[ExpectedClaim, ...]
    known_misses: tuple[str, ...] = ()


def parse_case(line: str, number: int = 1) -> Case:
    """The case on one line. Raises ValueError with the line's number and what is wrong with it."""
    bar = _BAR.search(line)
    try:
        if bar is None:
            raise ValueError("no ' | ' between what is expected and the text")
        expected, text = line[: bar.start()].strip(), line[bar.end() :].strip()
        claims, misses = parse_expected(expected)
        if claims and not text:
            raise ValueError("no text behind the ' | '")
        return Case(number, expected, _ESCAPE.sub(_unescape, text), claims, misses)
    except ValueError as error:
        raise ValueError(f"line {number}: {error}") from None


def parse_cases(source: str) -> tuple[Case, ...]:
    """The cases of a ``.cases`` file; blank lines and lines that start with ``#`` are left out.

    Raises ValueError with the line's number and what is wrong, and where there is no case at all.
    """
    lines = enumerate(source.removeprefix("\ufeff").split("\n"), start=1)
    cases = tuple(parse_case(line, n) for n, line in lines if line.strip() and not line.lstrip().startswith("#"))
    if not cases:
        raise ValueError("no case in the file")
    return cases


def parse_expected(expected: str) -> tuple[tuple[ExpectedClaim, ...], tuple[str, ...]]:
    """The claims of the notation, without the text, and the pipelines known to miss them. Raises ValueError."""
    words = expected.split()
    misses: list[str] = []
    while words and words[-1] in {f"{pipeline}!" for pipeline in PIPELINES}:
        misses.insert(0, words.pop()[:-1])
    if not words:
        raise ValueError("nothing is expected; write - for no claim")
    if words == ["-"]:
        return (), tuple(misses)
    return tuple(_parse_claim(part.strip()) for part in " ".join(words).split(";")), tuple(misses)


def report_to_case(report: Report) -> str:
    """The report as a line of a ``.cases`` file: every claim with its category and its sources, in order.

    Status, scope and whole stand where they are not asserted, event and none. A name loses its own ``; | & >`` and the
    marks at the start of its words, which the reader passes over too.
    """
    expected = "; ".join(write_claim(claim, report) for claim in in_order(report)) or "-"
    text = _UNFIT.sub(lambda found: f"\\u{ord(found[0]):04x}", report.text.replace("\\", "\\\\").replace("\n", "\\n"))
    return f"{expected} | {text}"


def write_claim(claim: Claim, report: Report) -> str:
    """One claim in the notation."""
    parts = [_write_count(claim.count, claim.implicit), claim.harm, claim.victims.category]
    if claim.status != "asserted":
        parts.append(f"!{claim.status}")
    if claim.scope != "event":
        parts.append(f"#{claim.scope}")
    parts.append(f"@{_write_chain(claim.attribution)}")
    if claim.disputed_by:
        parts.append(f"~@{_write_chain(claim.disputed_by)}")
    if figures := [figure for whole in wholes(claim, report) for figure in figures_of(whole)]:
        parts.append(f"<{figures[0]}")
    return " ".join(parts)


def in_order(report: Report) -> list[Claim]:
    """The claims in order of ``count.start``."""
    return sorted(report.claims, key=lambda claim: claim.count.start)


def wholes(claim: Claim, report: Report) -> list[Claim]:
    """The claims that this one is a part of."""
    targets = {relation.target for relation in claim.relations if relation.type == "part_of"}
    return [other for other in report.claims if other.id in targets]


def joint_runs(sources: tuple[Source, ...]) -> list[bool]:
    """Whether each link has a joint neighbour and is joint itself."""
    flags = [False, *(source.joint for source in sources), False]
    return [flags[i] and (flags[i - 1] or flags[i + 1]) for i in range(1, len(flags) - 1)]


def folded(name: str) -> str:
    """A source's name as names are compared."""
    return _ARTICLE.sub("", _tidy(name)).casefold()


def _tidy(name: str) -> str:
    """The name without what the notation would read as its own signs."""
    words = [word.lstrip("!#@~<") for word in re.sub(r"[;|]", " ", _UNFIT.sub(" ", name)).split()]
    kept = " ".join(word for word in words if word not in {"", "&", ">", *(f"{p}!" for p in PIPELINES)})
    return "?" if kept in {"", "-"} else kept


def _parse_claim(part: str) -> ExpectedClaim:
    head, *marked = [piece.strip() for piece in _MARKED.split(part)]
    words = head.split()
    if len(words) < 2:
        raise ValueError(f"{part!r}: a claim starts with COUNT HARM, as in '12+ killed'")
    fields: dict[str, str] = {}
    for piece in marked:
        field = _FIELDS[piece[0]]
        if field in fields:
            raise ValueError(f"{part!r}: {field} is given twice")
        fields[field] = piece[2 if piece[0] == "~" else 1 :].strip()
        if not fields[field]:
            raise ValueError(f"{part!r}: nothing behind {piece[0]!r}")
    if len(words) > 3:
        raise ValueError(f"{part!r}: {words[3]!r} is not understood")
    whole = fields.get("whole")
    if whole not in (None, "-") and not re.fullmatch(r"[0-9]+", whole or ""):
        raise ValueError(f"{part!r}: <{whole} must be the figure of the whole, or <-")
    modifier, value, low, high = _parse_count(words[0])
    return ExpectedClaim(
        part, modifier, value, low, high,
        harm=_one_of("harm", words[1], HARMS),
        implicit=words[0].endswith("i"),
        category=_one_of("category", words[2], CATEGORIES) if len(words) == 3 else None,
        status=_one_of("status", fields.get("status", "asserted"), STATUSES),
        scope=_one_of("scope", fields["scope"], SCOPES) if "scope" in fields else None,
        chain=_parse_chain(fields.get("chain")),
        disputers=_parse_chain(fields.get("disputers")),
        whole=int(whole) if whole and whole != "-" else whole,
    )  # fmt: skip


def _parse_count(word: str) -> tuple[str, int | None, int | None, int | None]:
    found = _COUNT.fullmatch(word)
    if found is None or (found["high"] and (found["mark"] or "~") not in "~?"):
        raise ValueError(f"{word!r} is no count: 12, 12+, 12++, 12-, 12--, 12~, 10..17, 40~..49, 24?, 0 or 1i")
    figure, mark = int(found["figure"]), found["mark"] or ""
    high_end = int(found["high"]) if found["high"] else None
    if high_end is not None and high_end < figure:
        raise ValueError(f"{word!r}: {high_end} is less than {figure}")
    if high_end is not None and not mark:
        return "range", None, figure, high_end
    modifier, low, high = _FORMS[mark]
    return (
        "none" if word == "0" else modifier,
        None if mark == "?" else figure,
        None if low is None else figure + low,
        high_end if high_end is not None else None if high is None else figure + high,
    )


def _write_count(count: Count, implicit: bool) -> str:
    """The shortest notation that reads back as the count; the bounds alone where none does."""
    figure = next((n for n in (count.value, count.low, count.high) if n is not None), 0)
    upper = f"..{count.high}"
    marks = ["i"] if implicit else ["", "~", "+", "++", "-", "--", "?", upper, f"~{upper}", f"?{upper}"]
    for mark in marks:
        try:
            if _parse_count(f"{figure}{mark}") == (count.modifier, count.value, count.low, count.high):
                return f"{figure}{mark}"
        except ValueError:
            continue
    if count.low is None or count.high is None:
        return f"{figure}{'i' if implicit else '-' if count.low is None and count.high is not None else '+'}"
    return f"{figure}i" if implicit else str(figure) if count.low == count.high else f"{count.low}..{count.high}"


def _parse_chain(text: str | None) -> Chain | None:
    if text is None:
        return None
    if text == "-":
        return ()
    groups = [[name.strip() for name in group.split(" & ")] for group in f" {text} ".split(" > ")]
    if not all(name for group in groups for name in group):
        raise ValueError(f"@{text}: a source without a name")
    return tuple((name, len(group) > 1) for group in groups for name in group)


def _write_chain(sources: tuple[Source, ...]) -> str:
    runs = joint_runs(sources)
    marks = [""] + [" & " if a and b else " > " for a, b in pairwise(runs)]
    return "".join(mark + _tidy(source.name) for mark, source in zip(marks, sources, strict=False)) or "-"


def figures_of(claim: Claim) -> list[int]:
    """The figures by which a case may name a whole."""
    return [n for n in (claim.count.value, claim.count.low, claim.count.high) if n is not None]


def _one_of(name: str, word: str, allowed: tuple[str, ...]) -> str:
    if word not in allowed:
        raise ValueError(f"{word!r} is no {name}; one of {', '.join(allowed)}")
    return word


def _unescape(found: re.Match[str]) -> str:
    if found[1]:
        return chr(int(found[1], 16))
    return "\n" if found[2] else "\\" if found[3] else found[0]
