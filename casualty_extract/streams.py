"""Many texts: reports in their order, each made when it is asked for, in this process or by workers beside it."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sized
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from casualty_extract.progress import Progress, check_progress, start_progress
from casualty_extract.report import Report
from casualty_extract.workers import Crew, Failure, Reader, read_task, unpack

BATCH = 64
AHEAD = 2  # batches that wait for, or are with, each worker
ERRORS = ("raise", "report")


@dataclass(frozen=True, slots=True)
class Unread:
    """Stands in a stream in the place of a report that could not be made; it is false, every report is true.

    ``position``: of the item in the stream, from 0. ``reason``: why, in words. ``error``: the name of the exception
    that ``errors="raise"`` would have raised.
    """

    position: int
    reason: str
    error: str

    def __bool__(self) -> bool:
        return False


class _Item(NamedTuple):
    """One item of the stream: a text to read, or the error that it is none."""

    text: str
    context: Any
    meta: Mapping[str, Any] | None
    error: Exception | None


class _Batch(NamedTuple):
    """Items that one worker reads together, and the error that the input raised behind them."""

    items: list[_Item]
    error: Exception | None


def pipe(
    reader: Reader,
    texts: Iterable[Any],
    *,
    batch_size: int = BATCH,
    n_process: int = 1,
    as_tuples: bool = False,
    meta: Callable[[Any], Mapping[str, Any] | None] | None = None,
    progress: bool | Callable[[int], Any] | None = None,
    errors: str = "raise",
) -> Generator[Any, None, None]:
    """The reports of a stream of texts, as `casualty_extract.pipe` says; ``reader`` is the pipeline."""
    _check(texts, batch_size, n_process, errors)
    if meta is not None and not as_tuples:
        raise ValueError("meta makes the meta of a text of its context; it needs as_tuples=True")
    check_progress(progress)
    total = len(texts) if isinstance(texts, Sized) else None
    items = _items(texts, as_tuples, meta)
    processes = n_process if n_process > 0 else _cores()
    found = _read_here(reader, items) if processes == 1 else _read_beside(reader, items, processes, batch_size)
    return _results(found, partial(start_progress, progress, total), as_tuples, errors)


def _check(texts: Any, batch_size: Any, n_process: Any, errors: str) -> None:
    if isinstance(texts, str | bytes) or not isinstance(texts, Iterable):
        raise TypeError(f"texts must be an iterable of texts, not {type(texts).__name__}")
    for name, value in (("batch_size", batch_size), ("n_process", n_process)):
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(f"{name} must be a whole number, not {type(value).__name__}")
    if batch_size < 1:
        raise ValueError(f"batch_size must be 1 or more, not {batch_size}")
    if n_process < 1 and n_process != -1:
        raise ValueError(f"n_process must be 1 or more, or -1 for one a core, not {n_process}")
    if errors not in ERRORS:
        raise ValueError(f"errors must be one of {', '.join(ERRORS)}; not {errors!r}")


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _items(texts: Iterable[Any], as_tuples: bool, meta: Callable[[Any], Any] | None) -> Iterator[_Item]:
    for position, given in enumerate(texts):
        text, context = given, None
        if as_tuples:
            if not isinstance(given, tuple | list) or len(given) != 2:
                error = TypeError(f"item {position} must be a pair of text and context, not {type(given).__name__}")
                yield _Item("", None, None, error)
                continue
            text, context = given
        if not isinstance(text, str):
            yield _Item("", context, None, TypeError(f"text {position} must be str, not {type(text).__name__}"))
            continue
        yield _with_meta(text, context, meta)


def _with_meta(text: str, context: Any, meta: Callable[[Any], Any] | None) -> _Item:
    try:
        return _Item(text, context, meta(context) if meta else None, None)
    except Exception as error:
        return _Item("", context, None, error)


def _read_here(reader: Reader, items: Iterator[_Item]) -> Generator[tuple[_Item, Report | Failure], None, None]:
    for item in items:
        yield item, Failure(item.error) if item.error else read_task(reader, item.text, item.meta)


def _read_beside(
    reader: Reader, items: Iterator[_Item], processes: int, batch_size: int
) -> Generator[tuple[_Item, Report | Failure], None, None]:
    """Through workers. An error of the input itself is raised where it stands, behind what was read before it."""
    crew = Crew(reader, processes)
    batches = _batches(items, batch_size)
    waiting: deque[tuple[_Batch, Future[bytes]]] = deque()
    try:
        while True:
            for batch in islice(batches, processes * AHEAD - len(waiting)):
                tasks = [(item.text, item.meta) for item in batch.items if not item.error]
                waiting.append((batch, crew.submit(tasks)))
            if not waiting:
                return
            batch, answer = waiting.popleft()
            found = iter(unpack(answer.result()))
            for item in batch.items:
                yield item, Failure(item.error) if item.error else next(found)
            if batch.error:
                raise batch.error
    finally:
        crew.close()


def _batches(items: Iterator[_Item], size: int) -> Iterator[_Batch]:
    batch: list[_Item] = []
    try:
        for item in items:
            batch.append(item)
            if len(batch) == size:
                yield _Batch(batch, None)
                batch = []
    except Exception as error:
        yield _Batch(batch, error)
        return
    if batch:
        yield _Batch(batch, None)


def _results(
    found: Generator[tuple[_Item, Report | Failure], None, None],
    begin: Callable[[], Progress],
    as_tuples: bool,
    errors: str,
) -> Generator[Any, None, None]:
    told = begin()
    try:
        for position, (item, result) in enumerate(found):
            outcome: Report | Unread
            if not isinstance(result, Failure):
                outcome = result
            elif errors == "raise":
                result.error.add_note(f"item {position} of the stream")
                raise result.error
            else:
                outcome = Unread(position, str(result.error), type(result.error).__name__)
            told.update(1)
            yield (outcome, item.context) if as_tuples else outcome
    finally:
        found.close()
        told.close()
