"""The promises of docs/promises.md that no other test holds: the same report anywhere, nothing outside touched."""

from __future__ import annotations

import copy
import hashlib
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import casualty_extract
from casualty_extract.testing import parse_cases

ROOT = Path(__file__).parent.parent
TEXTS = [
    *(path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))),
    *(
        case.text
        for name in ("resolution", "reference")
        for case in parse_cases((ROOT / "tests" / "cases" / f"{name}.cases").read_text(encoding="utf-8"))
    ),
    "Nine people died after a wait of 3 fortnights and a cost of 300 baht, 40 furlongs from Varn.",
]
DIGEST = (
    "import sys, hashlib, json, casualty_extract as c\n"
    "texts = json.load(sys.stdin)\n"
    "order = list(range(len(texts)))[:: int(sys.argv[1])]\n"
    "lines = {i: c.extract(texts[i], meta={'n': i}).to_json() for i in order}\n"
    "print(hashlib.sha256('\\n'.join(lines[i] for i in sorted(lines)).encode()).hexdigest())\n"
)


def digest() -> str:
    lines = (casualty_extract.extract(text, meta={"n": i}).to_json() for i, text in enumerate(TEXTS))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@pytest.mark.parametrize(("seed", "step"), [("0", 1), ("1", -1), ("4294967295", 1)])
def test_the_same_bytes_in_any_process_order_and_hash_seed(seed: str, step: int) -> None:
    import json

    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", DIGEST, str(step)], input=json.dumps(TEXTS), text=True,
        capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout.strip() == digest()


@pytest.mark.parametrize("locale", ["C", "POSIX", "tr_TR.UTF-8"])
def test_the_locale_changes_nothing(locale: str) -> None:
    code = (
        "import locale, casualty_extract as c, sys\n"
        "try: locale.setlocale(locale.LC_ALL, sys.argv[1])\n"
        "except locale.Error: pass\n"
        "before = locale.setlocale(locale.LC_ALL)\n"
        "print(c.extract('At LEAST 1,250 CIVILIANS WERE KILLED IN İZMİR.').to_json())\n"
        "print(locale.setlocale(locale.LC_ALL) == before)\n"
    )
    environment = {**os.environ, "LC_ALL": locale, "PYTHONPATH": str(ROOT)}
    run = [sys.executable, "-X", "utf8", "-c", code, locale]
    out = subprocess.run(run, capture_output=True, text=True, check=True, env=environment).stdout.splitlines()
    text = "At LEAST 1,250 CIVILIANS WERE KILLED IN İZMİR."
    assert out == [casualty_extract.extract(text).to_json(), "True"]


# what an audit hook sees: https://docs.python.org/3/library/audit_events.html
WATCH = """
import random, sys, casualty_extract as c
texts = ["At least 12 civilians were killed 40 furlongs from Varn, police said.", "No harm.", "\\ud800 9 died"]
seen = []
def hook(event, args):
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.remove", "os.rename",
                         "os.mkdir", "os.rmdir", "shutil.", "urllib.", "http.", "tempfile.", "sqlite3.")):
        seen.append((event, str(args)))
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        seen.append((event, str(args)))
    if event == "open" and isinstance(args[2], int) and args[2] & 3:
        seen.append((event, str(args)))
sys.dont_write_bytecode = True
sys.addaudithook(hook)
state = random.getstate()
recursion, switch, path = sys.getrecursionlimit(), sys.getswitchinterval(), list(sys.path)
for text in texts:
    report = c.extract(text)
    c.Report.from_json(report.to_json())
    report.to_case()
assert random.getstate() == state
assert (recursion, switch, path) == (sys.getrecursionlimit(), sys.getswitchinterval(), list(sys.path))
print(seen)
"""


def test_no_network_no_process_and_no_file_written() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCH], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_the_watch_sees_what_it_is_to_see() -> None:
    code = WATCH.replace(
        "for text in texts:", "import socket; socket.socket(); open('/dev/null', 'w')\nfor text in texts:"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "socket.__new__" in done.stdout
    assert "/dev/null" in done.stdout


def test_importing_every_module_has_no_effect() -> None:
    code = (
        "import locale, logging, os, pkgutil, random, signal, sys, threading, warnings\n"
        "def state(): return (random.getstate(), locale.setlocale(locale.LC_ALL), logging.root.handlers[:],\n"
        "    logging.root.level, warnings.filters[:], threading.active_count(), dict(os.environ), os.getcwd(),\n"
        "    signal.getsignal(signal.SIGINT), sys.excepthook, sys.getrecursionlimit(), list(sys.path))\n"
        "before = state()\n"
        "import casualty_extract\n"
        "names = [m.name for m in pkgutil.walk_packages(casualty_extract.__path__, 'casualty_extract.')]\n"
        "skip = ('integrations', 'pytest_plugin', '__main__')\n"
        "for name in names:\n"
        "    if not any(part in name for part in skip): __import__(name)\n"
        "print(len(names) > 60, [i for i, (a, b) in enumerate(zip(before, state())) if a != b])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("True []", "")


def test_a_report_and_all_its_parts_pickle_copy_compare_and_hash() -> None:
    report = casualty_extract.extract(TEXTS[0])
    values: list[Any] = [report, *report.claims, *report.rejections, *report.tolls.values()]
    assert len(values) > 10
    for value in values:
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            assert pickle.loads(pickle.dumps(value, protocol)) == value
        assert copy.copy(value) == copy.deepcopy(value) == value
        assert hash(copy.deepcopy(value)) == hash(value)
        assert value != object()


def test_a_text_is_never_cut() -> None:
    text = f"Nine people were killed. {'x ' * 300_000}\n\nThirty people were wounded, police said."
    report = casualty_extract.extract(text)
    assert report.text == text
    assert [(c.count.value, c.harm, c.count.start) for c in report.claims] == [
        (9, "killed", 0),
        (30, "wounded", text.index("Thirty")),
    ]
    assert set(report.tolls) == {"killed", "wounded"}


# what is given, the error, what it must name
WRONG: list[tuple[Callable[[], object], type[Exception], str]] = [
    (lambda: casualty_extract.load_pipeline("fast"), ValueError, r"^pipeline must be one of rules, spacy.*'fast'"),
    (lambda: casualty_extract.load_pipeline("rules", model="x"), ValueError, r"model"),
    (lambda: casualty_extract.load_pipeline(lexicon=3), TypeError, r"^lexicon must be .*not int"),  # type: ignore[arg-type]
    (lambda: casualty_extract.load_pipeline(lexicon={"x": {}}), ValueError, r"section.*'?x'?|\[x\]"),
    (lambda: casualty_extract.load_pipeline(vague="x"), ValueError, r"^codebook must be one of"),
    (lambda: casualty_extract.load_pipeline(vague={"dozens": -1}), ValueError, r"'dozens' must be a whole number"),
    (lambda: casualty_extract.extract("x", meta={"a": [{1}]}), TypeError, r"^meta\.a\[0\] cannot be written"),
    (lambda: casualty_extract.extract("x", meta=5), TypeError, r"^meta must be a mapping, not int$"),  # type: ignore[arg-type]
    (lambda: casualty_extract.extract("x", meta={1: 2}), TypeError, r"^meta: keys must be strings, not 1"),  # type: ignore[dict-item]
    (lambda: casualty_extract.extract("x").where(harm="hurt"), ValueError, r"^harm must be one of"),
    (lambda: casualty_extract.extract("x").toll("killed", category="army"), ValueError, r"^category must be one of"),
]  # fmt: skip


@pytest.mark.parametrize(("give", "error", "names"), WRONG, ids=lambda value: value if isinstance(value, str) else "")
def test_a_wrong_setting_is_refused_by_its_name(give: Callable[[], object], error: type[Exception], names: str) -> None:
    with pytest.raises(error) as told:
        give()
    assert re.search(names, str(told.value)), told.value
    assert "\n" not in str(told.value)
