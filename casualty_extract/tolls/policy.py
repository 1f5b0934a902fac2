"""The decisions of a toll that codebooks differ in."""

from __future__ import annotations

from dataclasses import dataclass

BEST = ("voice", "agreement", "lowest", "highest")


@dataclass(frozen=True, slots=True)
class Policy:
    """How rivals are weighed and who is counted.

    ``best``: "voice" takes the text's own voice, else what most claimants give, else the lowest; "agreement" what most
    claimants give (the own voice is one of them), else the lowest; "lowest" and "highest" that end. ``hedged``: whether
    hedged figures count beside plain ones. ``attackers``: whether perpetrators among the harmed count.
    """

    best: str = "voice"
    hedged: bool = True
    attackers: bool = True


DEFAULT = Policy()
