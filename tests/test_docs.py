"""The documents tell the truth: their examples run, the paths that they name exist, and they leave out nothing."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
import tomllib
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import casualty_extract
from casualty_extract import codebooks, model

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(casualty_extract.__file__).parent
README = ROOT / "README.md"
DOCUMENTS = [README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
STAGES = sorted(p.stem for p in (PACKAGE / "stages").iterdir() if p.stem not in ("__init__", "__pycache__"))
LEXICONS = sorted((PACKAGE / "rules" / "en").glob("*.toml"))
LISTS = ("MODIFIERS", "HARMS", "CATEGORIES", "STATUSES", "SCOPES", "UNITS", "RELATIONS", "SOURCE_TYPES", "ATTRIBUTES")
RECORDS = (model.Claim, model.Count, model.Victims, model.Source, model.Toll, model.Exclusion, model.Rejection)


class Block(NamedTuple):
    """A fenced block: its language, its text, and the line where its text begins, from 1."""

    language: str
    text: str
    line: int


@cache
def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


@cache
def blocks(path: Path) -> tuple[Block, ...]:
    lines = read(path).splitlines()
    found, opened = [], 0
    for number, line in enumerate(lines, 1):
        if not line.lstrip().startswith("```"):
            continue
        if opened:
            language = lines[opened - 1].strip().removeprefix("```")
            found.append(Block(language, "\n".join(lines[opened : number - 1]) + "\n", opened + 1))
            opened = 0
        else:
            opened = number
    assert not opened, f"{path.name}:{opened}: a block that is not closed"
    return tuple(found)


def marked(path: Path, mark: str) -> str:
    """What stands behind <!-- mark -->, up to the next blank line outside a block."""
    _, found, behind = read(path).partition(f"<!-- {mark} -->\n")
    assert found, f"{path.name}: no <!-- {mark} -->"
    return behind.split("\n```\n")[0] if behind.startswith("```") else behind.split("\n\n")[0]


def with_language(language: str) -> list[tuple[Path, Block]]:
    return [(path, block) for path in DOCUMENTS for block in blocks(path) if block.language == language]


def rows(table: str) -> list[list[str]]:
    """The cells of a table, without its head and rule."""
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def run(command: str, given: str = "") -> str:
    """The output of a command of ours, with this Python in place of the one that the document names."""
    words = shlex.split(command)
    known = {"casualty-extract": ["-m", "casualty_extract"], ".venv/bin/casualty-extract": ["-m", "casualty_extract"]}
    arguments = known.get(words[0], []) + words[1:]
    assert words[0] in (*known, "python", ".venv/bin/python"), f"not a command that the documents may name: {command}"
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run(
        [sys.executable, *arguments], input=given, capture_output=True, text=True, encoding="utf-8", cwd=ROOT,
        env=environment, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


# --- examples --------------------------------------------------------------------------------------------------------


def test_enough_examples_are_found() -> None:
    examples = [e for _, block in with_language("python") for e in doctest.DocTestParser().get_examples(block.text)]
    assert len(with_language("python")) >= 5
    assert sum(bool(example.want) for example in examples) >= 15
    assert len(with_language("console")) >= 2
    assert {path.name for path, _ in with_language("python")} >= {"README.md", "record.md"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_python_of_a_document_runs_as_it_says(path: Path) -> None:
    """All blocks of a document share their names, in order, as a reader would type them."""
    if path.name == "spacy.md":  # an installed package is found by its entry point; a bare checkout has none
        pytest.importorskip("casualty_extract.integrations.spacy_component", reason="spaCy is not installed")
    names: dict[str, object] = {}
    for block in blocks(path):
        if block.language != "python":
            continue
        assert ">>>" in block.text, f"{path.name}:{block.line}: an example without >>> shows no result"
        test = doctest.DocTestParser().get_doctest(block.text, names, path.name, str(path), block.line - 1)
        report: list[str] = []
        runner = doctest.DocTestRunner(verbose=False)
        runner.run(test, out=report.append, clear_globs=False)
        names = test.globs
        assert runner.failures == 0, "".join(report)


@pytest.mark.parametrize(
    "block", [pytest.param(block, id=f"{path.name}:{block.line}") for path, block in with_language("console")]
)
def test_a_command_prints_what_the_document_shows(block: Block) -> None:
    first, _, output = block.text.partition("\n")
    assert first.startswith("$ ")
    feed, pipe, command = first.removeprefix("$ ").rpartition(" | ")
    given = ""
    if pipe:
        *printing, text = shlex.split(feed)
        assert printing == ["printf", "%s\\n"]
        given = text + "\n"
    assert run(command, given) == output


def test_the_first_command_prints_the_claims_of_a_seed_article() -> None:
    shell = [block.text.strip() for path, block in with_language("sh") if path == README]
    install, _, show = next(text for text in shell if text.endswith("seeds/gas_field.txt")).rpartition(" && ")
    assert install == "python3 -m venv .venv && .venv/bin/python -m pip install -q ."
    assert len(run(show).splitlines()) > 5


def test_the_table_example_prints_every_seed_article() -> None:
    printed = run("python examples/table.py")
    for seed in (ROOT / "seeds").glob("*.txt"):
        assert seed.name in printed


def test_the_figures_of_the_seed_articles_are_as_measured() -> None:
    table = rows(marked(README, "figures"))
    measured = 0
    for what, texts, figure, command in table:
        command = command.strip("`")
        if "measure_seeds.py" not in command or "--speed" in command or "--pipeline" in command:
            continue
        printed = run(command)
        level = what.split(", ")[1]
        assert re.search(rf"^{level} +F1 {re.escape(figure)}$", printed, re.MULTILINE), f"{what}: {printed}"
        if "claims" in texts:
            assert printed.startswith(f"{texts.replace(' claims', ' claims expected')},")
        measured += 1
    assert measured >= 3


def test_every_figure_has_its_command() -> None:
    table = rows(marked(README, "figures"))
    assert len(table) >= 10
    assert all(len(row) == 4 and row[2] and re.fullmatch(r"`.+`", row[3]) for row in table)


# --- commands --------------------------------------------------------------------------------------------------------


def made_by(target: str) -> list[str]:
    """The commands that ``make`` runs for a target, in order."""
    recipes = dict(re.findall(r"^([\w-]+):.*\n\t(.+)$", read(ROOT / "Makefile"), re.MULTILINE))
    order = re.search(rf"^{target}: ([\w -]+?) *(?:#.*)?$", read(ROOT / "Makefile"), re.MULTILINE)
    assert order
    return [recipes[name].replace("$(PYTHON)", ".venv/bin/python") for name in order[1].split()]


def test_make_runs_what_the_test_command_runs() -> None:
    command = marked(README, "test-command").splitlines()[1]
    install, *checks = re.split(r" && (?=\.venv/bin/python -m (?:pytest|ruff|mypy))", command)
    steps = install.split(" && ")
    assert steps[0] == "python3 -m venv .venv"
    assert steps[1].endswith("--require-hashes -r constraints/model.txt")
    assert steps[2:] == ['.venv/bin/python -m pip install -q -e ".[dev]"']
    made, without_engines = made_by("check-all"), made_by("check")
    assert made == checks
    assert without_engines == [f'{checks[0]} -n auto -m "not engines"', *checks[1:]]
    assert len(checks) == 3
    assert "make" not in shlex.split(command)


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = read(ROOT / ".ci" / "run")
    assert "<!-- test-command -->" in script
    assert "README.md" in script


# --- what the documents name -----------------------------------------------------------------------------------------


def tree_paths() -> list[str]:
    """The paths of the tree in the README: folders at the edge, what is in them two spaces in."""
    found, folder = [], ""
    for line in marked(README, "tree").splitlines()[1:]:
        name = line.split()[0]
        inside = line.startswith("  ")
        if not inside:
            folder = name if name.endswith("/") else ""
        found.append(folder + name if inside else name)
    return found


def test_every_path_of_the_tree_exists() -> None:
    paths = tree_paths()
    assert len(paths) >= 20
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_folder_stands_in_the_tree() -> None:
    paths = {path.rstrip("/") for path in tree_paths()}
    folders = {p.parent for p in PACKAGE.glob("*/*.py")} - {PACKAGE / "rules"}
    assert {folder.relative_to(ROOT).as_posix() for folder in folders if PACKAGE == ROOT / "casualty_extract"} <= paths
    assert {"docs/" + path.name for path in (ROOT / "docs").glob("*.md")} <= paths
    assert {"examples/" + path.name for path in (ROOT / "examples").glob("*.[pi]*") if path.is_file()} <= paths


@pytest.mark.parametrize("path", [*DOCUMENTS, ROOT / "seeds" / "README.md"], ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_link_leads_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", read(path))
    local = [target for target in targets if "://" not in target]
    assert [t for t in local if not (path.parent / t.partition("#")[0]).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_in_code_marks_exists(path: Path) -> None:
    """A path of ours between backticks: from the root, or from the package."""
    named = re.findall(r"`([\w./-]+/[\w.-]+\.(?:py|toml|md|cases|txt))`", read(path))
    places = [named_path for named_path in named if "X." not in named_path and "SCORE" not in named_path]
    assert [p for p in places if not any((base / p).exists() for base in (ROOT, PACKAGE))] == []


@pytest.mark.parametrize("stage", [*STAGES, "tolls"])
def test_every_stage_has_a_heading(stage: str) -> None:
    assert f"\n## {stage}\n" in read(ROOT / "docs" / "pipeline.md")


def test_the_readme_names_the_front_door() -> None:
    functions = [name for name in casualty_extract.__all__ if name.islower()]
    assert len(functions) >= 4
    assert [name for name in functions if not re.search(rf"\b{name}\(", read(README))] == []


def test_stages_are_found() -> None:
    assert len(STAGES) >= 12
    assert len(LEXICONS) >= 8


@pytest.mark.parametrize("path", LEXICONS, ids=lambda path: path.stem)
def test_every_lexicon_is_named(path: Path) -> None:
    assert f"`{path.name}`" in read(ROOT / "docs" / "pipeline.md")


def test_every_case_file_is_named() -> None:
    named = set(re.findall(r"tests/cases/(\w+)\.cases", read(ROOT / "docs" / "pipeline.md")))
    assert named == {path.stem for path in (ROOT / "tests" / "cases").glob("*.cases")}


# --- the record ------------------------------------------------------------------------------------------------------


@cache
def coded() -> frozenset[str]:
    """Everything between backticks in the record's document, word by word."""
    marked_as_code = re.findall(r"`([^`\n]+)`", read(ROOT / "docs" / "record.md"))
    return frozenset(word for code in marked_as_code for word in re.findall(r"\w+", code))


@pytest.mark.parametrize("name", LISTS)
def test_the_record_names_every_value(name: str) -> None:
    assert set(getattr(model, name)) - coded() == set()


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_the_record_names_every_field(record: type) -> None:
    assert {field.name for field in fields(record)} - coded() == set()


def test_the_record_names_every_doubt() -> None:
    doubts = set(model.DOUBTS)
    assert len(doubts) >= 4
    section = read(ROOT / "docs" / "record.md").partition("\n## Doubts\n")[2].partition("\n## ")[0]
    assert {row[0].strip("`") for row in rows(section)} == doubts


def test_the_record_names_every_guard() -> None:
    guards = tomllib.loads(read(PACKAGE / "rules" / "en" / "numbers.toml"))["guards"]
    section = read(ROOT / "docs" / "record.md").partition("\n## Rejections\n")[2]
    assert len(guards) >= 8
    assert set(guards) - set(re.findall(r"`(\w+)`", section)) == set()


def test_vague_words_are_those_of_the_lexicon() -> None:
    words = tomllib.loads(read(PACKAGE / "rules" / "en" / "numbers.toml"))["vague"]
    table = rows(marked(ROOT / "docs" / "record.md", "vague"))
    stated = {word: int(low.replace(",", "")) for names, low in table for word in names.split(", ")}
    assert len(stated) >= 18
    assert {word: words.get(word) for word in stated} == stated


def test_the_documents_name_every_codebook_and_the_share_of_every_doubt() -> None:
    tolls = ROOT / "docs" / "tolls.md"
    assert {row[0].strip("`") for row in rows(marked(tolls, "codebooks"))} == set(codebooks.NAMES)
    assert {row[0].strip("`") for row in rows(marked(tolls, "doubts"))} == {"a doubt", "no doubt", *model.DOUBTS}
