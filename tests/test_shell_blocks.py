"""The shell lines of the pages run as they stand, and what CONTRIBUTING shows of words and cases can be read."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import casualty_extract
from casualty_extract import extract
from casualty_extract.testing import describe_difference, parse_cases

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "docs").glob("*.md"))
BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
PYTHON = shlex.quote(sys.executable)
OURS = {
    "casualty-extract ": f"{PYTHON} -m casualty_extract ",
    "python -m casualty_extract": f"{PYTHON} -m casualty_extract",
    "python benchmarks/": f"{PYTHON} {shlex.quote(str(ROOT))}/benchmarks/",
}
FROM_ELSEWHERE = ("python -m spacy download en_core_web_sm",)  # asks the network


def blocks(path: Path, language: str) -> list[str]:
    return [text for found, text in BLOCK.findall(path.read_text(encoding="utf-8")) if found == language]


def lines(path: Path) -> list[str]:
    return [line for block in blocks(path, "sh") for line in block.splitlines()]


def export_as_label_studio_does(folder: Path) -> None:
    """What an annotator who agrees with everything would export."""
    tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    for task in tasks:
        task["annotations"] = [{"result": made["result"], "was_cancelled": False} for made in task.pop("predictions")]
    (folder / "export.json").write_text(json.dumps(tasks), encoding="utf-8")


def run(line: str, folder: Path) -> None:
    command = next(line.replace(ours, here, 1) for ours, here in OURS.items() if line.startswith(ours))
    environment = {
        **os.environ,
        "PYTHONIOENCODING": "utf-8",
        "PYTHONPATH": str(Path(casualty_extract.__file__).parents[1]),
    }
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, f"{line}\n{done.stderr}"


@pytest.mark.parametrize("path", [page for page in PAGES if lines(page)], ids=lambda path: path.name)
def test_the_shell_lines_of_a_page_run(path: Path, tmp_path: Path) -> None:
    if "--pipeline spacy" in path.read_text(encoding="utf-8"):
        pytest.importorskip("spacy", reason="spaCy is not installed")
    shutil.copytree(ROOT / "seeds", tmp_path / "articles")
    for line in lines(path):
        if line.startswith("python -m pip install ") or line in FROM_ELSEWHERE:
            continue
        run(line, tmp_path)
        if (tmp_path / "tasks.json").exists() and not (tmp_path / "export.json").exists():
            export_as_label_studio_does(tmp_path)


def test_every_extra_that_a_page_installs_exists() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    pages = [*PAGES, ROOT / "README.md", *(ROOT / "examples").glob("*.ipynb")]
    named = {
        extra.strip()
        for page in pages
        for found in re.findall(r"install [^\n`]*?[\w.-]\[([\w, ]+)\]", page.read_text(encoding="utf-8"))
        for extra in found.split(",")
    }
    assert {"pandas", "model", "dev"} <= named
    assert named - set(extras) == set()


def test_every_block_has_a_language_that_the_tests_know() -> None:
    known = {"python", "console", "sh", "toml", ""}
    assert [
        (page.name, lang) for page in PAGES for lang, _ in BLOCK.findall(page.read_text("utf-8")) if lang not in known
    ] == []


def test_the_words_and_cases_of_contributing_can_be_read() -> None:
    page = ROOT / "CONTRIBUTING.md"
    rules = [rule for block in blocks(page, "toml") for rule in tomllib.loads(block)]
    assert rules == ["martyr"]
    cases = [case for block in blocks(page, "") if " | " in block for case in parse_cases(block)]
    assert len(cases) >= 3
    assert [describe_difference(extract(case.text), case.claims) for case in cases] == [None] * len(cases)
