"""Numbers, harms and victims bound to mentions: for each harm cue the phrases that it harms, for each its number.

``binder`` orders the rules. ``phrases`` tells what a phrase counts and whom; ``persons`` who is one without a number;
``binding`` holds what is bound so far. ``roles``, ``objects`` and ``sums`` hold one function for each harm role;
``harmed`` and ``equated`` the forms that several of them share; ``sides`` whose losses they are. ``chances`` tells
before a parse whether there is anybody to bind.
"""

from casualty_extract.stages.claims.binder import bind
from casualty_extract.stages.claims.chances import may_bind
from casualty_extract.stages.claims.phrases import Phrases

__all__ = ["Phrases", "bind", "may_bind"]
