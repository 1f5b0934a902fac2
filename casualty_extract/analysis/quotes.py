"""Quotations in double marks, straight, curly or angular."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.analysis import Quote, Sentence, Token


def find_quotes(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> tuple[Quote, ...]:
    """The quotations of a text. An open one ends with its paragraph."""
    starts = {s.first: s.paragraph for s in sentences}
    found: list[Quote] = []
    opened: int | None = None
    paragraph = 0
    for i, token in enumerate(tokens):
        if starts.get(i, paragraph) != paragraph:
            paragraph = starts[i]
            if opened is not None:
                found.append(Quote(opened, i, False))
                opened = None
        if opened is not None and _closes(tokens, i):
            found.append(Quote(opened, i + 1, True))
            opened = None
        elif token.text == '"' or (token.text in ("“", "«", "„") and opened is None):
            opened = i
    if opened is not None:
        found.append(Quote(opened, len(tokens), False))
    return tuple(found)


def _closes(tokens: Sequence[Token], i: int) -> bool:
    """Whether a mark closes an open quotation. A straight one with a space before it and none behind can only open."""
    if tokens[i].text != '"':
        return tokens[i].text in ("”", "»")
    opens = tokens[i].gap > 0 and i + 1 < len(tokens) and tokens[i + 1].gap == 0
    return not opens or tokens[i - 1].text in ",."
