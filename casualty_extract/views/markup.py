"""HTML in which nothing can be forgotten: a plain str is escaped wherever it goes in, only `Markup` stands as it is.

Characters that would reorder, hide or break what stands around them are shown by a sign of their own: control
characters by their pictures, marks that turn the direction of writing by their short names, lone surrogates by U+FFFD.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

_TURNS = {
    0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO", 0x202E: "RLO",
    0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI",
}  # fmt: skip
_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_VOID = frozenset(["br", "circle", "line"])


class Markup(str):
    """HTML that needs no escaping. Made by `element`, `escape` and `join` only."""

    __slots__ = ()


def shown(text: str) -> str:
    """The text with every line end a line feed, and every character that cannot be shown as a sign that can."""
    return _ODD.sub(_sign, _LINE_END.sub("\n", text))


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code in _TURNS:
        return f"⟦{_TURNS[code]}⟧"
    if code == 0x7F:
        return "␡"
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def escape(text: str) -> Markup:
    """The text as HTML, safe between tags and between double or single quotation marks."""
    return text if isinstance(text, Markup) else Markup(html.escape(shown(text), quote=True))


def join(parts: Iterable[str], mark: str = "") -> Markup:
    """The parts, escaped where they are plain text, with the mark between them."""
    return Markup(escape(mark).join(escape(part) for part in parts))


def element(tag: str, *content: str, **attributes: str | int | float | bool | None) -> Markup:
    """One element. ``class_`` and ``data_k`` are the attributes class and data-k; None and False leave one out."""
    pairs = ((name.strip("_").replace("_", "-"), value) for name, value in attributes.items())
    given = "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in pairs
        if value is not None and value is not False
    )
    if tag in _VOID:
        return Markup(f"<{tag}{given}/>")
    return Markup(f"<{tag}{given}>{join(content)}</{tag}>")
