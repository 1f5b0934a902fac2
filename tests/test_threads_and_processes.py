"""One pipeline in many threads and processes, and what is left when somebody ends the command."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import casualty_extract
from casualty_extract.testing import parse_cases

ROOT = Path(__file__).parent.parent
TEXTS = [
    case.text
    for name in ("resolution", "reference")
    for case in parse_cases((ROOT / "tests" / "cases" / f"{name}.cases").read_text(encoding="utf-8"))
] + ["Nine people died after a wait of 3 fortnights and a cost of 300 baht, 40 furlongs from Varn."]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def lines() -> list[str]:
    pipeline = casualty_extract.load_pipeline()
    return [pipeline.extract(text).to_json() for text in TEXTS]


def test_eight_threads_that_share_a_pipeline_give_the_serial_reports() -> None:
    pipeline, serial = casualty_extract.load_pipeline(), lines()
    with ThreadPoolExecutor(8) as pool:
        rounds = list(pool.map(lambda _: [pipeline.extract(text).to_json() for text in TEXTS], range(8)))
    assert rounds == [serial] * 8


def test_threads_that_load_at_once_leave_logging_and_warnings_as_they_were() -> None:
    code = (
        "import logging, sys, warnings\nfrom concurrent.futures import ThreadPoolExecutor\n"
        "state = lambda: (logging.root.handlers[:], logging.root.level, warnings.filters[:])\n"
        "before = state()\nimport casualty_extract as c\n"
        "text = 'Nine people were killed 40 furlongs from Varn.'\n"
        "sys.setswitchinterval(1e-5)\n"
        "with ThreadPoolExecutor(4) as pool: reports = {r.to_json() for r in pool.map(c.extract, [text] * 40)}\n"
        "print(len(reports), state() == before)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=ENVIRONMENT)
    assert (done.stdout.split(), done.stderr) == (["1", "True"], "")


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_pipeline_used_before_works_in_other_processes(method: str) -> None:
    serial = lines()
    with multiprocessing.get_context(method).Pool(1) as pool:
        assert pool.apply(lines) == serial


def started(folder: Path, text: str) -> subprocess.Popen[bytes]:
    """The command on a good file and one that it cannot finish in time, once the first line is in the output."""
    good, long = folder / "good.txt", folder / "long.txt"
    good.write_text("Nine people were killed, police said.", encoding="utf-8")
    long.write_text(text, encoding="utf-8")
    out = (folder / "out.jsonl").open("wb")
    command = [sys.executable, "-m", "casualty_extract", "--format", "jsonl", str(good), str(long)]
    process = subprocess.Popen(
        command, stdout=out, stderr=subprocess.PIPE, env=ENVIRONMENT, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell in the background has it ignored
    )  # fmt: skip
    end = time.monotonic() + 60
    while not (folder / "out.jsonl").stat().st_size and time.monotonic() < end:
        time.sleep(0.05)
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_lines_made_before_the_end_are_whole_and_no_process_is_left(number: signal.Signals, tmp_path: Path) -> None:
    process = started(tmp_path, "He said 12 were killed and police said 13 were killed. " * 20_000)
    os.killpg(process.pid, number)
    process.communicate(timeout=60)
    written = (tmp_path / "out.jsonl").read_bytes()
    assert written.endswith(b"\n")
    assert [json.loads(line)["claims"][0]["count"]["value"] for line in written.splitlines()] == [9]
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    assert process.returncode == (130 if number == signal.SIGINT else -number)


def test_a_later_file_that_fails_loses_nothing(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("Nine people were killed, police said.", encoding="utf-8")
    bad.write_bytes(b"\xff\xfe\x00")
    command = [sys.executable, "-m", "casualty_extract", "--format", "jsonl", *map(str, (good, bad, "gone.txt", good))]
    done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, check=False)
    assert [json.loads(line)["meta"]["id"] for line in done.stdout.splitlines()] == [str(good)] * 2
    assert len(done.stderr.splitlines()) == 2
    assert done.returncode == 1
