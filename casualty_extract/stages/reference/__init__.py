"""Names behind sources: "the watchdog", "he", "SOHR" resolved to the body or person that the text introduces.

A name is taken where exactly one candidate fits; otherwise the words of the text stay and the claim carries a doubt.
``names`` reads the words of one source, ``entities`` gathers who the text names, ``resolve`` tells who is meant.
"""

from casualty_extract.stages.reference.resolve import resolve_names

__all__ = ["resolve_names"]
