"""Status and scope: what the words around a claim license.

Triggers, directions and what ends their reach follow ConText (Harkema and others, 2009): a trigger stands in the verb
group, in front, behind, or anywhere in the sentence.
"""

from casualty_extract.stages.qualifiers.reach import find_qualifiers
from casualty_extract.stages.qualifiers.scope import qualify_scope
from casualty_extract.stages.qualifiers.status import qualify_status

__all__ = ["find_qualifiers", "qualify_scope", "qualify_status"]
