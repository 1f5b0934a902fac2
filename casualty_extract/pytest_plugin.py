"""The pytest side of ``casualty_extract.testing``: the only module that imports pytest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from casualty_extract.notation import PIPELINES, Case, parse_cases
from casualty_extract.report import Report
from casualty_extract.testing import describe_difference


class CaseFailure(Exception):
    """A case whose claims are not those expected."""


class CaseItem(pytest.Item):
    """One case on one pipeline."""

    def __init__(self, *, case: Case, pipeline: str, **options: Any) -> None:
        super().__init__(**options)
        self.case = case
        self.pipeline = pipeline

    def runtest(self) -> None:
        """Raises CaseFailure where the claims differ, or where a known miss is right."""
        import casualty_extract

        report = casualty_extract.extract(self.case.text, pipeline=self.pipeline)
        difference = describe_difference(report, self.case.claims)
        if self.pipeline not in self.case.known_misses:
            if difference is not None:
                raise CaseFailure(difference)
        elif difference is None:
            raise CaseFailure(f"{self.case.expected!r} is right now; take the mark {self.pipeline}! away")
        else:
            pytest.xfail(f"known miss of {self.pipeline}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The difference alone; a traceback only for an error of another kind."""
        if isinstance(excinfo.value, CaseFailure):
            return f"{self.path}:{self.case.line}\n{excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """File, line from 0, and title."""
        return self.path, self.case.line - 1, self.name


class CaseFile(pytest.File):
    """A ``.cases`` file."""

    def collect(self) -> Iterator[CaseItem]:
        """The cases, once for each pipeline. A file that cannot be read as cases is a collection error."""
        try:
            cases = parse_cases(self.path.read_bytes().decode("utf-8"))
        except (OSError, ValueError) as error:
            raise self.CollectError(f"{self.path}: {error}") from None
        pipelines = self.config.getini("casualty_pipelines")
        if not pipelines or set(pipelines) - set(PIPELINES):
            raise pytest.UsageError(f"casualty_pipelines must be of {', '.join(PIPELINES)}; not {pipelines}")
        for case in cases:
            for pipeline in pipelines:
                name = f"{pipeline}:{case.line}"
                yield CaseItem.from_parent(self, name=name, case=case, pipeline=pipeline)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> CaseFile | None:
    """Collects ``.cases`` files below the paths that pytest is given."""
    return CaseFile.from_parent(parent, path=file_path) if file_path.suffix == ".cases" else None


@pytest.fixture
def casualty_report() -> Callable[..., Report]:
    """``casualty_extract.extract``: a callable from a text to its Report."""
    import casualty_extract

    return casualty_extract.extract
