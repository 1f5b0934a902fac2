"""Answers to "why" and "why not": what was read, the words behind it, and the rule. They print as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from casualty_extract.model import Claim, Span

WIDTH = 100
_INDENT = 14  # columns of the part's name


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a claim: what was read (``says``), by which ``rule``, and what that rule does (``meaning``).

    ``part`` is count, harm, binding, victims, attribution, disputed_by, status, scope, part_of, another relation, or
    doubt. ``words`` is the text behind it, None where the text has none. ``rule`` is a name in ``Claim.rules``, ""
    where no single rule decides; ``home`` is where it lives, a path in the package, with the table of a rule of words.
    """

    part: str
    says: str
    words: Span | None = None
    rule: str = ""
    meaning: str = ""
    home: str = ""

    def __str__(self) -> str:
        quoted = f"{quote(self.words)} {place(self.words)}: " if self.words else ""
        lines = [f"{self.part:<{_INDENT - 2}}  {quoted}{self.says}"]
        if self.rule:
            lines.append(" " * _INDENT + f"rule {self.rule}: {self.meaning}")
        if self.home:
            lines.append(" " * _INDENT + f"in {self.home}")
        return "\n".join(map(_wrapped, lines))


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a claim is what it is: a `Reason` for each of its parts, in the order of the record."""

    claim: Claim
    reasons: tuple[Reason, ...]

    def __getitem__(self, part: str) -> tuple[Reason, ...]:
        """The reasons of one part; empty where the claim has none of it."""
        return tuple(reason for reason in self.reasons if reason.part == part)

    def __str__(self) -> str:
        return "\n".join([_wrapped(title(self.claim)), *map(str, self.reasons)])

    def _repr_html_(self) -> str:
        rows = [[r.part, _cited(r.words), r.says, r.rule, r.meaning, r.home] for r in self.reasons]
        return _table(title(self.claim), ("part", "words", "read as", "rule", "what it does", "where"), rows)


@dataclass(frozen=True, slots=True)
class Answer:
    """Why one place of the text is no claim, or that it is one.

    ``kind``: "claimed" (a number of the ``claim``), "refused" (``reason`` is a code of ``Rejection`` or of the same
    kind), "unread" (a number in a sentence that no harm word stands in), "no_number". ``says`` is the answer in words.
    ``words`` is the number, or what stands at the place where it is no number.
    """

    kind: str
    words: Span
    says: str
    reason: str | None = None
    claim: Claim | None = None

    def __str__(self) -> str:
        return _wrapped(f"{quote(self.words)} {place(self.words)}: {self.says}")


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The answers for each place that was asked about, in the order of the text."""

    answers: tuple[Answer, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.answers)) or "every number of the text is in a claim"

    def _repr_html_(self) -> str:
        rows = [[_cited(a.words), a.kind.replace("_", " "), a.says] for a in self.answers]
        return _table("", ("words", "kind", "answer"), rows)


def title(claim: Claim) -> str:
    """A claim on one line: its number and harm, and the stretch of text that holds it."""
    return f"{quote(Span(claim.text, claim.start, claim.end))} {place(claim)}: {claim.count.text} {claim.harm}"


def quote(words: Span) -> str:
    """The words in quotation marks, on one line."""
    return f'"{" ".join(words.text.split())}"'


def place(words: Span | Claim) -> str:
    """Where words stand, as "(0 to 11)"."""
    return f"({words.start} to {words.end})"


def _cited(words: Span | None) -> str:
    return f"{quote(words)} {place(words)}" if words else ""


def _wrapped(line: str) -> str:
    """The line in at most 100 columns, what goes on set in."""
    clean = "".join(char if char.isprintable() else "?" for char in line)
    return textwrap.fill(clean, WIDTH, subsequent_indent=" " * _INDENT, break_on_hyphens=False, drop_whitespace=True)


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A plain HTML table; everything in it is escaped."""
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    named = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{named}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
