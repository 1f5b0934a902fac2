"""Streams of texts: in order, lazy, flat in memory, through workers that never outlive them."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import casualty_extract
from casualty_extract import Unread, WorkerError, extract, load_pipeline, pipe, streams, workers
from casualty_extract.workers import pack, unpack

ROOT = Path(casualty_extract.__file__).parents[1]
TEXTS = [
    "At least 12 civilians were killed and 30 wounded, police said.",
    "",
    "The harvest was good.",
    "\ud800 Two guards were killed\x00 \U0001f4a5, said the 40-year-old mayor.",
    "Rebels put the toll at 12. Dozens of people died, the Observatory said.",
]


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The workers that are begun; none may be left behind."""
    begun: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def begin(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        begun.append(popen(*arguments, **options))
        return begun[-1]

    monkeypatch.setattr(workers.subprocess, "Popen", begin)
    yield begun
    assert all(process.poll() is not None for process in begun)


@pytest.mark.parametrize("n_process", [1, 2])
def test_the_reports_are_those_of_extract_in_order(n_process: int, processes: list[Any]) -> None:
    expected = [extract(text) for text in TEXTS * 4]
    found = list(pipe(iter(TEXTS * 4), n_process=n_process, batch_size=3))
    assert found == expected
    assert len(processes) == (0 if n_process == 1 else 2)


def test_settings_reach_the_workers(processes: list[Any]) -> None:
    own = {"victims": {"smith": {"category": "civilian", "forms": ["tinsmiths"]}}}
    (report,) = pipe(["Dozens of tinsmiths were killed."], n_process=2, vague={"dozens": 12}, lexicon=own)
    assert (report.claims[0].count.low, report.claims[0].victims.category) == (12, "civilian")
    assert len(processes) == 1  # one batch needs one worker


def test_a_spacy_pipeline_can_be_sent() -> None:
    pipeline = load_pipeline("spacy")
    copy = pickle.loads(pickle.dumps(pipeline))
    assert copy.extract(TEXTS[0]) == pipeline.extract(TEXTS[0])


def test_packed_reports_come_back_equal() -> None:
    reports = [extract(text, meta={"id": "x"}) for text in TEXTS]
    back = unpack(pack(reports))
    assert back == reports
    assert [hash(report) for report in back] == [hash(report) for report in reports]


@pytest.mark.parametrize(("n_process", "ahead"), [(1, 1), (2, 8)])
def test_the_input_is_read_as_results_are_asked_for(n_process: int, ahead: int) -> None:
    read = 0

    def texts() -> Iterator[str]:
        nonlocal read
        while True:
            read += 1
            yield "Nothing happened."

    reports = pipe(texts(), n_process=n_process, batch_size=2)
    assert read == 0
    for done in range(1, 7):
        next(reports)
        assert done <= read <= done + ahead
    reports.close()


@pytest.mark.parametrize("n_process", [1, 2])
def test_a_bad_item_is_reported_in_its_place(n_process: int) -> None:
    found = list(pipe([TEXTS[0], None, 4.5, TEXTS[2]], n_process=n_process, batch_size=2, errors="report"))
    assert [bool(result) for result in found] == [True, False, False, True]
    assert found[1:3] == [
        Unread(1, "text 1 must be str, not NoneType", "TypeError"),
        Unread(2, "text 2 must be str, not float", "TypeError"),
    ]
    assert found[3] == extract(TEXTS[2])


@pytest.mark.parametrize("n_process", [1, 2])
@pytest.mark.usefixtures("processes")
def test_a_bad_item_is_raised_when_it_is_its_turn(n_process: int) -> None:
    reports = pipe([TEXTS[0], 7, TEXTS[2]], n_process=n_process)
    assert next(reports) == extract(TEXTS[0])
    with pytest.raises(TypeError, match="text 1 must be str, not int"):
        next(reports)
    assert list(reports) == []


@pytest.mark.parametrize("n_process", [1, 2])
@pytest.mark.usefixtures("processes")
def test_an_error_of_the_input_comes_behind_what_was_read(n_process: int) -> None:
    def texts() -> Iterator[str]:
        yield from TEXTS[:3]
        raise OSError("the disk is gone")

    reports = pipe(texts(), n_process=n_process, batch_size=2, errors="report")
    assert [next(reports).text for _ in range(3)] == TEXTS[:3]
    with pytest.raises(OSError, match="the disk is gone"):
        next(reports)


class Stubborn:
    """A reader that fails over one word, as no pipeline should."""

    def extract(self, text: str, meta: Any = None) -> Any:
        if "fail" in text:
            raise RecursionError("too deep")
        return extract(text, meta=meta)


@pytest.mark.parametrize("n_process", [1, 2])
def test_a_text_that_cannot_be_read_is_told_too(n_process: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    good, bad = streams.pipe(Stubborn(), ["a", "fail"], n_process=n_process, errors="report")
    assert (good.text, bad) == ("a", Unread(1, "too deep", "RecursionError"))
    with pytest.raises(RecursionError) as caught:
        list(streams.pipe(Stubborn(), ["a", "fail"], n_process=n_process))
    assert caught.value.__notes__ == ["item 1 of the stream"]


@pytest.mark.parametrize("n_process", [1, 2])
def test_context_goes_along_and_may_make_the_meta(n_process: int) -> None:
    keep = object()
    pairs = [(TEXTS[0], {"id": "a"}), [TEXTS[2], keep], "text", (None, 3)]
    found = list(pipe(pairs, as_tuples=True, n_process=n_process, errors="report"))
    assert [context for _, context in found] == [{"id": "a"}, keep, None, 3]
    assert [bool(result) for result, _ in found] == [True, True, False, False]
    assert found[2][0].reason == "item 2 must be a pair of text and context, not str"
    first, second = pipe(
        [(TEXTS[0], {"id": "a"}), (TEXTS[0], 5)], as_tuples=True, meta=dict, n_process=n_process, errors="report"
    )
    assert first[0].meta == {"id": "a"}
    assert (second[0].error, second[1]) == ("TypeError", 5)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"batch_size": 0}, ValueError, "batch_size must be 1 or more, not 0"),
        ({"batch_size": 1.5}, TypeError, "batch_size must be a whole number, not float"),
        ({"n_process": 0}, ValueError, "n_process must be 1 or more, or -1"),
        ({"n_process": True}, TypeError, "n_process must be a whole number, not bool"),
        ({"errors": "ignore"}, ValueError, "errors must be one of raise, report; not 'ignore'"),
        ({"progress": 3}, TypeError, "progress must be True, a callable or None, not int"),
        ({"meta": dict}, ValueError, "it needs as_tuples=True"),
        ({"pipeline": "magic"}, ValueError, "pipeline must be one of"),
        ({"speed": 2}, TypeError, "speed"),
    ],
)
def test_wrong_options_are_told_at_the_call(options: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        pipe([], **options)


@pytest.mark.parametrize("texts", ["one text", b"bytes", None, 3])
def test_what_is_no_stream_is_refused(texts: Any) -> None:
    with pytest.raises(TypeError, match="texts must be an iterable of texts, not"):
        pipe(texts)


def test_one_process_for_each_core(monkeypatch: pytest.MonkeyPatch, processes: list[Any]) -> None:
    monkeypatch.setattr(streams, "_cores", lambda: 1)
    assert len(list(pipe(TEXTS, n_process=-1))) == len(TEXTS)
    assert processes == []


# --- the end of workers ----------------------------------------------------------------------------------------------


def test_workers_begin_once(processes: list[Any]) -> None:
    assert sum(1 for _ in pipe(TEXTS * 20, n_process=2, batch_size=2)) == 100
    assert len(processes) == 2


def test_closing_early_ends_the_workers(processes: list[Any]) -> None:
    reports = pipe(iter(lambda: TEXTS[0], None), n_process=2, batch_size=1)
    next(reports)
    assert [process.poll() for process in processes] == [None, None]
    reports.close()
    assert all(process.poll() is not None for process in processes)


def test_a_killed_worker_is_told(processes: list[Any]) -> None:
    reports = pipe(iter(lambda: TEXTS[0], None), n_process=2, batch_size=1, errors="report")
    next(reports)
    processes[0].kill()
    with pytest.raises(WorkerError, match=r"a worker process ended before its texts were read \(killed by signal 9\)"):
        list(islice(reports, 1000))


class Unsendable(Stubborn):
    def __reduce__(self) -> Any:
        raise pickle.PicklingError("a lock")


class Unloadable(Stubborn):
    def __reduce__(self) -> Any:
        return int, ("no number",)


@pytest.mark.usefixtures("processes")
def test_a_pipeline_that_cannot_be_sent_or_loaded_is_told() -> None:
    with pytest.raises(TypeError, match=r"cannot be sent to worker processes \(a lock\); use n_process=1"):
        next(streams.pipe(Unsendable(), TEXTS, n_process=2))
    with pytest.raises(WorkerError, match="could not load the pipeline: ValueError: invalid literal"):
        next(streams.pipe(Unloadable(), TEXTS, n_process=2))


SCRIPT = """
import faulthandler, itertools, signal, time
from casualty_extract import pipe, workers
faulthandler.dump_traceback_later(45, exit=True)  # where it hangs is told; nothing waits for it
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background has it ignored
stop = time.monotonic() + 60
popen = workers.subprocess.Popen
def begin(*arguments, **options):
    process = popen(*arguments, **options)
    print(process.pid, flush=True)
    return process
workers.subprocess.Popen = begin
for report in pipe(itertools.repeat("Nine people were killed. " * 50), n_process=2, batch_size=4):
    if time.monotonic() > stop:
        break
"""


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, -signal.SIGINT), (signal.SIGKILL, -signal.SIGKILL)])
def test_no_worker_outlives_its_parent(number: signal.Signals, status: int, tmp_path: Path) -> None:
    """A script without a guard of ``__main__``, interrupted or killed."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as parent:
        assert parent.stdout
        pids = [int(parent.stdout.readline()) for _ in range(2)]
        time.sleep(0.3)
        parent.send_signal(number)
        try:
            _, told = parent.communicate(timeout=30)
        finally:
            parent.kill()
    assert parent.returncode == status
    if number == signal.SIGINT:
        assert told.count("KeyboardInterrupt") == 1
    deadline = time.monotonic() + 10
    while (left := [pid for pid in pids if alive(pid)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


# --- memory and progress ---------------------------------------------------------------------------------------------

PEAK = """
import resource, sys
from casualty_extract import pipe
def texts(size):
    for i in range(size):
        yield f"Text {i}. " + ("Nine people were killed, police said." if i % 100 == 0 else "The harvest was good.")
n, size = map(int, sys.argv[1:])
assert sum(1 for _ in pipe(texts(size), n_process=n)) == size
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.parametrize("n_process", [1, 2])
def test_memory_is_flat(n_process: int) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    few, many = (
        int(subprocess.run(
            [sys.executable, "-c", PEAK, str(n_process), str(size)],
            env=environment, capture_output=True, text=True, check=True,
        ).stdout)
        for size in (500, 20_000)
    )  # fmt: skip
    assert many - few < 10_000, f"{few} kB, then {many} kB"


@pytest.mark.parametrize("n_process", [1, 2])
def test_progress_calls_back(n_process: int) -> None:
    done: list[int] = []
    list(pipe([*TEXTS, None], n_process=n_process, batch_size=2, progress=done.append, errors="report"))
    assert done == [1, 2, 3, 4, 5, 6]


def test_progress_shows_a_bar(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tqdm")
    list(pipe(TEXTS, progress=True))
    out, err = capsys.readouterr()
    assert out == ""
    assert "5/5" in err


@pytest.mark.parametrize("terminal", [False, True])
def test_progress_without_tqdm_is_a_line(
    terminal: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", None)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    list(pipe(TEXTS, progress=True))
    list(pipe(iter(TEXTS), progress=True))
    err = capsys.readouterr().err
    last = [line.rpartition("\r")[2] for line in err.split("\n")]
    assert [line.partition(", ")[0] for line in last] == ["5 of 5 texts", "5 texts", ""]
    assert ("\r" in err) == terminal


def test_nothing_is_shown_unless_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    list(pipe(TEXTS))
    assert capsys.readouterr() == ("", "")
