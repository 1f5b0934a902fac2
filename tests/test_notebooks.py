"""The notebooks run from top to bottom, on the articles of the project, and are kept without outputs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

import casualty_extract

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))
# what a reader must see somewhere in the outputs of each notebook
SHOWN: dict[str, tuple[str, ...]] = {
    "first_look": ("8 claims", "60 killed | martyrs | military", "('the rest', 259, ['part_of'])", "<mark"),
    "claimants_disagree": ("low 12 best 24", "Tarvel General Hospital", "'denied'", "image/png", "<svg"),
    "corpus_to_table": ("Int64", "denied", "claims.csv"),
    "spacy_pipeline": ("'casualty_extract'", "('six deckhands were missing', 'missing')", "'The mayor'"),
    "own_lexicon": ("1 claim (1 wounded)", "Harl Monitor", "('security', 'military')", "bad.toml:2", "1.0"),
}
# runs one notebook in its folder, as "jupyter execute" does, and prints its outputs as JSON
RUN = """
import json, sys
import nbformat
from nbclient import NotebookClient

book = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(book, timeout=300, kernel_name="python3", resources={"metadata": {"path": sys.argv[2]}}).execute()
print(json.dumps([output for cell in book.cells for output in cell.get("outputs", [])]))
"""


def cells(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return found


def test_every_notebook_is_held() -> None:
    assert {path.stem for path in NOTEBOOKS} == set(SHOWN)
    assert len(list((ROOT / "seeds").rglob("*.txt"))) >= 6


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    book = json.loads(path.read_text(encoding="utf-8"))
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    assert len(code) >= 5
    assert [cell["id"] for cell in code if cell["outputs"] or cell["execution_count"] is not None] == []
    assert set(book["metadata"]) == {"kernelspec", "language_info"}
    assert all(cell["metadata"] == {} for cell in book["cells"])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_first_cell_says_what_to_install(path: Path) -> None:
    first = cells(path)[0]
    text = "".join(first["source"])
    assert first["cell_type"] == "markdown"
    named = re.search(r'^ {4}python -m pip install "\.\[([\w,]+)\]"$', text, re.MULTILINE)
    assert named
    assert "notebook" in named[1].split(",")
    assert all(f"`{extra}`" in text for extra in named[1].split(","))
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert set(named[1].split(",")) <= set(extras)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_link_of_a_notebook_leads_somewhere(path: Path) -> None:
    text = "".join(line for cell in cells(path) if cell["cell_type"] == "markdown" for line in cell["source"])
    assert [link for link in re.findall(r"\]\(([^)#]+)", text) if not (path.parent / link).exists()] == []


@pytest.mark.engines
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path, tmp_path: Path) -> None:
    pytest.importorskip("nbclient", reason="nbclient is not installed")
    pytest.importorskip("ipykernel", reason="ipykernel is not installed")
    if path.stem == "spacy_pipeline" and not entry_points(group="spacy_factories", name="casualty_extract"):
        pytest.skip("the package is imported but not installed, so spaCy does not know its component")
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(casualty_extract.__file__).parents[1]),
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
    }
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(path), str(path.parent)], capture_output=True, text=True, encoding="utf-8",
        env=environment, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    outputs = json.loads(done.stdout)
    seen = "\n".join(text_of(output) for output in outputs)
    assert [wanted for wanted in SHOWN[path.stem] if wanted not in seen] == []
    assert [output for output in outputs if output.get("name") == "stderr"] == []


def text_of(output: dict[str, Any]) -> str:
    """All that an output shows, with the names of its kinds."""
    data = output.get("data", {})
    return "\n".join([output.get("text", ""), *data, *(str(value) for value in data.values())])
