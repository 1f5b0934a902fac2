"""Codebooks: one citable TOML file says how vague words are read, how categories map, which toll and which columns.

``NAMES`` are the codebooks of the package. Wherever a name of theirs goes, the path of a file of your own goes too.
"""

from casualty_extract.codebooks.reading import NAMES, CodebookError, load_codebook, parse_codebook
from casualty_extract.codebooks.types import UNITS, ClaimFilter, Codebook, Column, Document

__all__ = [
    "NAMES",
    "UNITS",
    "ClaimFilter",
    "Codebook",
    "CodebookError",
    "Column",
    "Document",
    "load_codebook",
    "parse_codebook",
]
