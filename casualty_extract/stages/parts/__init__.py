"""Numbers that no harm word governs by itself, but another claim does: parts, the rest, gapped and compared figures.

``finder`` orders the rules; each takes a leftover number and returns its mention, or None. They stand in ``of_them``,
``included``, ``breakdown`` and ``compared``, by what ties the number to the other. ``colouring`` works out of whom
wholes and parts consist; ``recalled`` finds those counted before who are named again without a number. ``context`` is
what all of them read.
"""

from casualty_extract.stages.parts.context import Context
from casualty_extract.stages.parts.finder import find_parts
from casualty_extract.stages.parts.recalled import may_recall, recall

__all__ = ["Context", "find_parts", "may_recall", "recall"]
