"""Worker processes: texts go out in batches, reports come back.

A worker is a fresh Python, neither forked nor spawned by ``multiprocessing``: a fork copies locks that another thread
holds, and a spawned process runs the caller's script again, which needs a guard. This one needs none, runs in a
notebook, and ends by itself when its parent does, for its standard input is closed then.

The messages are pickles behind their length. A report crosses as its fields in their order: the plain pickle of frozen
dataclasses with slots takes more time, the record as JSON several times as much.
"""

from __future__ import annotations

import io
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import IO, Any, Protocol

from casualty_extract import model
from casualty_extract.report import Report

Task = tuple[str, Mapping[str, Any] | None]
_LENGTH = struct.Struct("!Q")
_START = "import sys; sys.path[:] = {path!r}; from casualty_extract.workers import serve; serve()"


class Reader(Protocol):
    """What reads a text: a pipeline."""

    def extract(self, text: str, meta: Mapping[str, Any] | None = None) -> Report:
        """The report of one text."""
        ...


class WorkerError(RuntimeError):
    """A worker process ended, or could not begin. Its text says how."""


class Failure:
    """What `Reader.extract` raised for one text."""

    __slots__ = ("error",)

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __reduce__(self) -> tuple[Any, ...]:
        try:
            pickle.loads(pickle.dumps(self.error))
        except Exception:
            return Failure, (RuntimeError(f"{type(self.error).__name__}: {self.error}"),)
        return Failure, (self.error,)


def read_tasks(reader: Reader, tasks: Sequence[Task]) -> list[Report | Failure]:
    """The report of each text, or what reading it raised."""
    return [read_task(reader, *task) for task in tasks]


def read_task(reader: Reader, text: str, meta: Mapping[str, Any] | None) -> Report | Failure:
    """The report of a text, or what reading it raised."""
    try:
        return reader.extract(text, meta)
    except Exception as error:
        return Failure(error)


class Crew:
    """Up to ``size`` worker processes, each begun with the first batch that finds no other free, once."""

    def __init__(self, reader: Reader, size: int) -> None:
        """Raises TypeError where the reader cannot be sent to another process."""
        try:
            self._reader = pickle.dumps(reader, pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            raise TypeError(f"the pipeline cannot be sent to worker processes ({error}); use n_process=1") from error
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="casualty_extract")
        self._own = threading.local()
        self._lock, self._workers, self._closed = threading.Lock(), list[_Worker](), False

    def submit(self, tasks: Sequence[Task]) -> Future[bytes]:
        """The reading of a batch; `unpack` makes reports of its result. Its errors are those of `WorkerError`."""
        return self._threads.submit(self._read, pickle.dumps(tasks, pickle.HIGHEST_PROTOCOL))

    def close(self) -> None:
        """End every worker, whatever it does, and wait until it is gone."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._closed = True
            for worker in self._workers:
                worker.kill()
        self._threads.shutdown()
        for worker in self._workers:
            worker.close()

    def _read(self, tasks: bytes) -> bytes:
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is None:
            with self._lock:
                if self._closed:
                    raise WorkerError("the workers were ended")
                worker = self._own.worker = _Worker()
                self._workers.append(worker)
            worker.begin(self._reader)
        return worker.ask(tasks)


def unpack(answer: bytes) -> list[Report | Failure]:
    """The reports of a batch."""
    found: list[Report | Failure] = pickle.loads(answer)
    return found


class _Worker:
    """One process, seen from its parent."""

    def __init__(self) -> None:
        if not sys.executable:
            raise WorkerError("this Python does not know its own program (sys.executable); use n_process=1")
        # a group of its own: Ctrl-C reaches the parent alone, which ends its workers itself
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=sys.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            process_group=0 if os.name == "posix" else None,
        )  # fmt: skip

    def begin(self, reader: bytes) -> None:
        """Hand over what reads the texts. Raises WorkerError where the process cannot take it."""
        if why := pickle.loads(self.ask(reader)):
            raise WorkerError(f"a worker process could not load the pipeline: {why}")

    def ask(self, message: bytes) -> bytes:
        """The answer to a message. Raises WorkerError where the process is gone."""
        assert self._process.stdin
        assert self._process.stdout
        try:
            _send(self._process.stdin, message)
            return _receive(self._process.stdout)
        except (EOFError, OSError, ValueError):
            raise WorkerError(f"a worker process ended before its texts were read ({self._end()})") from None

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> None:
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()

    def _end(self) -> str:
        try:
            status = self._process.wait(1)
        except subprocess.TimeoutExpired:
            return "its pipe is closed"
        return f"killed by signal {-status}" if status < 0 else f"exit status {status}"


def serve() -> None:
    """The life of a worker: the pipeline first, then one answer to each batch, until standard input is closed."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # whatever a model prints goes to standard error, not between the messages
    with suppress(EOFError, OSError, KeyboardInterrupt):
        try:
            reader = pickle.loads(_receive(requests))
        except (ImportError, AttributeError, TypeError, ValueError, RuntimeError, pickle.UnpicklingError) as error:
            _send(answers, pickle.dumps(f"{type(error).__name__}: {error}"))
            return
        _send(answers, pickle.dumps(None))
        while True:
            _send(answers, pack(read_tasks(reader, pickle.loads(_receive(requests)))))


def pack(found: Sequence[Report | Failure]) -> bytes:
    """The reports of a batch as bytes; `unpack` gives equal ones."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _BY_FIELDS
    pickler.dump(list(found))
    return stream.getvalue()


def _by_fields(made: type) -> Any:
    """How an object of a type is pickled: as the type and its fields."""
    values = attrgetter(*(part.name for part in fields(made)))
    return lambda value: (made, values(value))


_BY_FIELDS = {
    made: _by_fields(made)
    for made in (*vars(model).values(), Report)
    if isinstance(made, type) and is_dataclass(made) and len(fields(made)) > 1
}


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    """The next message. Raises EOFError where the other side is gone."""
    return _exactly(pipe, _LENGTH.unpack(_exactly(pipe, _LENGTH.size))[0])


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data
