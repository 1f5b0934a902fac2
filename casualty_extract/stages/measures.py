"""What quantulum3 says that a number measures. It is asked only where no rule of ours knows, and never overrules one."""

from __future__ import annotations

import logging

_REASONS = {
    "currency": "money", "length": "measure", "mass": "measure", "time": "time", "percentage": "percent", "area": "measure", "volume": "measure",
    "speed": "measure", "temperature": "measure", "energy": "measure", "power": "measure", "data storage": "measure", "angle": "measure",
}  # fmt: skip


def name_measure(piece: str) -> str | None:
    """The reason for a number at the start of a short piece of text (60 characters at most), from a closed list; None where
    quantulum3 finds no measure there, or is not installed.

    quantulum3 (https://github.com/nielstron/quantulum3) sets up root logging at each call: what it changes is put back.
    """
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        from quantulum3 import parser

        found = parser.parse(piece)
    except Exception:  # a measure is a courtesy: no text may raise
        return None
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    for quantity in found:
        if quantity.span[0] <= 1:
            return _REASONS.get(quantity.unit.entity.name)
    return None
