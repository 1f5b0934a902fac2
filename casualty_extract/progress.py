"""How far a stream is: a bar of tqdm where that is installed, else a plain line on standard error, or a callable."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any, Protocol

EVERY = 0.2  # seconds between two writings of the plain line


class Line:
    """A plain line on standard error, rewritten in place on a terminal; elsewhere written once, at the end."""

    def __init__(self, total: int | None) -> None:
        self._total = "" if total is None else f" of {total:,}"
        self._began, self._shown, self._done = time.monotonic(), 0.0, 0

    def update(self, count: int) -> None:
        """``count`` more texts are done."""
        self._done += count
        now = time.monotonic()
        if sys.stderr.isatty() and now - self._shown >= EVERY:
            self._shown = now
            sys.stderr.write(f"\r{self._words(now)} ")
            sys.stderr.flush()

    def close(self) -> None:
        """Write the last state and end the line."""
        sys.stderr.write(f"{chr(13) if self._shown else ''}{self._words(time.monotonic())} \n")
        sys.stderr.flush()

    def _words(self, now: float) -> str:
        return f"{self._done:,}{self._total} texts, {self._done / max(now - self._began, 1e-9):,.0f} a second"


class Progress(Protocol):
    """Is told of the texts done, and of the end."""

    def update(self, count: int) -> Any:
        """``count`` more texts are done."""
        ...

    def close(self) -> None:
        """Nothing more comes."""
        ...


class Caller:
    """Calls the caller's function with the number of texts done."""

    def __init__(self, call: Callable[[int], Any]) -> None:
        self._call, self._done = call, 0

    def update(self, count: int) -> None:
        """``count`` more texts are done."""
        self._done += count
        self._call(self._done)

    def close(self) -> None:
        """Nothing is left to do."""


class Silent:
    """Tells nobody."""

    def update(self, count: int) -> None:
        """``count`` more texts are done."""

    def close(self) -> None:
        """Nothing is left to do."""


def check_progress(wanted: Any) -> None:
    """Raises TypeError for anything but True, False, None and a callable."""
    if not isinstance(wanted, bool | None) and not callable(wanted):
        raise TypeError(f"progress must be True, a callable or None, not {type(wanted).__name__}")


def start_progress(wanted: bool | Callable[[int], Any] | None, total: int | None) -> Progress:
    """What is told of each text done.

    ``wanted``: True for a bar or a line on standard error, a callable for calls with the number done so far, None or
    False for nothing. ``total``: the number of texts, None where it is not known.
    """
    if callable(wanted):
        return Caller(wanted)
    if not wanted:
        return Silent()
    try:
        from tqdm import tqdm
    except ImportError:
        return Line(total)
    bar: Progress = tqdm(total=total, unit=" texts", file=sys.stderr, dynamic_ncols=True)
    return bar
