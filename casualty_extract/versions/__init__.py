"""Two versions of a story: which figures are new, raised, lowered, withdrawn or reworded, and by whom."""

from casualty_extract.versions.comparing import diff
from casualty_extract.versions.types import KINDS, Change, Diff, Told

__all__ = ["KINDS", "Change", "Diff", "Told", "diff"]
