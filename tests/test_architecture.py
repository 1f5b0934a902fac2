"""The tree is the flow: imports go one way, a third party has one home, importing the package loads nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import casualty_extract

ROOT = Path(casualty_extract.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))
STAGES = sorted(p.stem for p in (ROOT / "stages").iterdir() if p.stem not in ("__init__", "mentions", "__pycache__"))
PACKAGE = "casualty_extract"

# what each layer may import of ours; "." is the package's own front door
MAY_IMPORT = {
    "values": set(),
    "model": {"values"},
    "analysis": {"model", "analysis"},
    "rules": {"values", "model", "analysis", "rules"},
    "tolls": {"model", "tolls"},
    "codebooks": {"values", "model", "rules.vague", "tolls", "codebooks"},
    "stages": {"model", "tolls", "analysis", "rules", "stages.mentions"},
    "report": {"values", "model"},
    "review": {"model", "report"},
    "spreadsheet": set(),
    "versions": {"values", "model", "report", "tolls", "reconciliation", "versions"},
    "reconciliation": {
        "values",
        "model",
        "report",
        "record",
        "output",
        "analysis",
        "tolls",
        "codebooks",
        "review",
        "spreadsheet",
        "reconciliation",
        "views.pages",
        "views.reconciled",
    },
    "progress": set(),
    "workers": {"model", "report"},
    "streams": {"report", "workers", "progress"},
    "pipeline": {"model", "report", "tolls", "analysis", "rules", "stages", "streams"},
    "record": {"values", "model", "report"},
    "output": {"model", "report", "record"},
    "views": {"values", "model", "report", "output", "analysis", "reconciliation.types", "views"},
    "writers": {"report", "output", "spreadsheet", "exchange", "integrations.arrow"},
    "notation": {"model", "report"},
    "testing": {".", "model", "report", "notation", "pytest_plugin"},
    "pytest_plugin": {".", "model", "report", "notation", "testing"},
    "exchange": {".", "model", "report", "record", "gold", "exchange"},
    "gold": {"model", "report", "record"},
    "scoring": {".", "model", "report", "gold", "scoring"},
    "why": {".", "model", "report", "review", "pipeline", "analysis", "rules", "why"},
    "assembly": {".", "model", "analysis", "rules", "pipeline", "codebooks"},
    "__init__": {".", "model", "report", "pipeline", "assembly"},
    "__main__": {".", "report", "output", "progress", "writers"},
    "integrations": {
        ".", "values", "model", "report", "output", "pipeline", "analysis", "reconciliation", "views.wording",
        "integrations",
    },
}
# methods of Report that other modules do, imported when called
HANDED_ON = (
    "analysis.text",
    "integrations.frames",
    "output",
    "reconciliation",
    "review",
    "testing",
    "tolls",
    "views.pages",
    "views.plain",
    "why",
)
HOMES = {
    "regex": "analysis",
    "word2number": "stages/numbers/numerals.py",
    "quantulum3": "stages/rejections.py",
    "re2": "rules/engines.py",
    "spacy": "analysis/spacy_based.py",
    "pytest": "pytest_plugin.py",
    "tqdm": "progress.py",
}
HEAVY = ("spacy", "quantulum3", "pandas", "numpy", "pyarrow", "word2number", "regex", "pytest")


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def layer(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@cache
def imports(path: Path) -> tuple[tuple[str, int, bool], ...]:
    """Every imported module as (dotted name, line, whether it is imported when the module is)."""
    return tuple(_imports(path, ast.parse(path.read_text(encoding="utf-8")), True))


def _imports(path: Path, node: ast.AST, at_import: bool) -> Iterator[tuple[str, int, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        if isinstance(child, ast.Import):
            yield from ((alias.name, child.lineno, at_import) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            base = _absolute(path, child)
            for alias in child.names:
                yield f"{base}.{alias.name}" if _is_module(f"{base}.{alias.name}") else base, child.lineno, at_import
        deferred = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from _imports(path, child, at_import and not deferred)


def _absolute(path: Path, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = [PACKAGE, *path.relative_to(ROOT).parts[:-1]]
    return ".".join([*parts[: len(parts) - node.level + 1], *([node.module] if node.module else [])])


def _is_module(name: str) -> bool:
    where = ROOT.parent.joinpath(*name.split("."))
    return name.startswith(PACKAGE) and (where.with_suffix(".py").exists() or (where / "__init__.py").exists())


def ours(path: Path) -> list[tuple[str, int, bool]]:
    """Imports of the package, without its name; "." for the front door."""
    return [
        (name.removeprefix(PACKAGE).removeprefix(".") or ".", line, at_import)
        for name, line, at_import in imports(path)
        if name.split(".")[0] == PACKAGE
    ]


def allowed(name: str, may: set[str]) -> bool:
    return any(name == other or (other != "." and name.startswith(f"{other}.")) for other in may)


def wrong_imports(path: Path, *, at_import: bool) -> list[str]:
    may = MAY_IMPORT[layer(path)]
    parts = path.relative_to(ROOT).parts
    if parts[0] == "stages" and len(parts) > 2:  # a stage of several files
        may = may | {f"stages.{parts[1]}"}
    wrong = [(line, name) for name, line, now in ours(path) if now == at_import and not allowed(name, may)]
    return [f"{place(path)}:{line} imports {name}" for line, name in wrong]


def users(module: str) -> set[str]:
    """The files that import it, but for those of its own folder."""
    return {place(p) for p in FILES for name, *_ in ours(p) if name.startswith(module) and layer(p) != module}


def test_every_module_has_a_layer() -> None:
    assert {layer(path) for path in FILES} <= set(MAY_IMPORT)


@pytest.mark.parametrize("path", FILES, ids=place)
def test_imports_go_one_way(path: Path) -> None:
    assert wrong_imports(path, at_import=True) == []


@pytest.mark.parametrize("path", FILES, ids=place)
def test_imports_inside_functions_go_one_way_too(path: Path) -> None:
    handed_on = HANDED_ON if path.name == "report.py" else ()
    assert [w for w in wrong_imports(path, at_import=False) if w.rsplit(" ", 1)[1] not in handed_on] == []


@pytest.mark.parametrize("stage", STAGES)
def test_no_stage_imports_another(stage: str) -> None:
    files = [p for p in FILES if place(p) == f"stages/{stage}.py" or place(p).startswith(f"stages/{stage}/")]
    assert files
    found = {name for path in files for name, *_ in ours(path) if name.startswith("stages")}
    assert {name for name in found if not name.startswith(f"stages.{stage}")} <= {"stages.mentions"}


def test_mentions_imports_no_stage() -> None:
    assert not [name for name, *_ in ours(ROOT / "stages" / "mentions.py") if name.startswith("stages")]


def test_only_the_pipeline_orders_the_stages() -> None:
    assert users("stages") == {"pipeline.py"}


def test_nothing_imports_an_integration() -> None:
    """But for the report's methods and the command, which load one when it is asked for."""
    assert users("integrations") == {"report.py", "writers.py"}


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_third_party_has_one_home(library: str) -> None:
    own = [path for path in FILES if layer(path) != "integrations"]
    found = {place(path) for path in own for name, *_ in imports(path) if name.split(".")[0] == library}
    assert {file for file in found if file != HOMES[library] and not file.startswith(f"{HOMES[library]}/")} == set()


def test_every_third_party_is_known() -> None:
    tops = {name.split(".")[0] for path in FILES if layer(path) != "integrations" for name, *_ in imports(path)}
    assert tops - set(sys.stdlib_module_names) - {PACKAGE} <= set(HOMES)


def test_nothing_reaches_for_a_network() -> None:
    """docs/ethics.md promises it."""
    nets = {"asyncio", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "ssl", "urllib", "urllib3"}
    found = {(place(path), name) for path in FILES for name, *_ in imports(path) if name.split(".")[0] in nets}
    assert found == set()


def test_the_stages_ask_no_analyzer_who_it_is() -> None:
    """Stages never see a part of speech, a dependency label or a lemma."""
    words = ("pos_", "dep_", "lemma_", "spacy", "rule_based", "analyzer.name")
    texts = {place(path): path.read_text(encoding="utf-8") for path in FILES if layer(path) == "stages"}
    assert [(file, word) for file, text in texts.items() for word in words if word in text] == []


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "base", "core"])
def test_no_module_without_a_subject(name: str) -> None:
    assert [place(path) for path in FILES if path.stem == name or name in path.relative_to(ROOT).parts] == []


def fresh(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys; before = set(sys.modules); import casualty_extract; print(*set(sys.modules) - before)"
    assert [name for name in fresh(code).split() if name.split(".")[0] in HEAVY] == []


def test_importing_is_fast() -> None:
    code = "import time; t = time.perf_counter(); import casualty_extract; print(time.perf_counter() - t)"
    best = min(float(fresh(code)) for _ in range(5))
    assert best < 0.15


def test_reading_by_rules_loads_no_parser_and_no_frame() -> None:
    code = "import sys, casualty_extract as c; c.extract('Nine people died.'); print(*sys.modules)"
    assert {"spacy", "pandas", "pytest"} & set(fresh(code).split()) == set()


def test_importing_sets_up_no_logging_and_no_warnings() -> None:
    code = """import logging, warnings; before = list(warnings.filters); import casualty_extract
print(logging.root.handlers, before == warnings.filters)"""
    assert fresh(code) == "[] True"


def test_the_front_door_keeps_what_it_promises() -> None:
    assert [name for name in casualty_extract.__all__ if not hasattr(casualty_extract, name)] == []


def test_the_front_door_lists_names_that_are_not_loaded_yet() -> None:
    code = "import casualty_extract as c; print(*set(c.__all__) - set(dir(c)), 'reconcile' in vars(c))"
    assert fresh(code) == "False"
