"""Text to tokens, sentences, quotations and dateline. Both analyzers read the same tokens, so every stage does too."""

from __future__ import annotations

from casualty_extract.analysis import Document
from casualty_extract.analysis.dateline import find_dateline
from casualty_extract.analysis.quotes import find_quotes
from casualty_extract.analysis.sentences import split_sentences
from casualty_extract.analysis.tokens import split_tokens, words

__all__ = ["read_text", "words"]


def read_text(text: str) -> Document:
    """The text as tokens, sentences and quotations; any ``str`` will do."""
    tokens = split_tokens(text)
    dateline = find_dateline(text)
    sentences = split_sentences(tokens, dateline[1] if dateline else None)
    return Document(text, tokens, sentences, find_quotes(tokens, sentences), dateline)
