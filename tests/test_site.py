"""The site is built without a warning, names everything public, and asks nothing of a network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

import casualty_extract

ROOT = Path(__file__).resolve().parent.parent
FETCHED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}


class Page(HTMLParser):
    """What a browser would fetch for a page, and the ids that it can jump to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.ids: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        if tag == "link" and given.get("rel") in ("canonical", "prev", "next"):
            return
        if target := given.get(FETCHED.get(tag, "")):
            self.fetched.append(target)


def pages(nav: object) -> Iterator[str]:
    """The pages of the navigation."""
    if isinstance(nav, str):
        yield nav
    for part in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else []:
        yield from pages(part)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("material", reason="mkdocs-material is not installed")
    pytest.importorskip("mkdocstrings_handlers.python", reason="mkdocstrings is not installed")
    folder = tmp_path_factory.mktemp("site")
    nowhere = "http://127.0.0.1:9"  # a proxy that nobody answers at: who asks the network fails
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1",
        "HTTP_PROXY": nowhere, "HTTPS_PROXY": nowhere, "http_proxy": nowhere, "https_proxy": nowhere,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)], capture_output=True,
        text=True, encoding="utf-8", cwd=ROOT, env=environment, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    assert "WARNING" not in done.stderr, done.stderr
    return folder


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_every_page_stands_in_the_navigation() -> None:
    listed = set(re.findall(r"([\w/]+\.md)$", read(ROOT / "mkdocs.yml"), re.MULTILINE))
    assert {path.name for path in (ROOT / "docs").glob("*.md")} | {"CONTRIBUTING.md", "CHANGELOG.md"} == listed


def test_the_extra_has_what_the_site_needs() -> None:
    extras = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]["optional-dependencies"]
    assert [name.split(">")[0] for name in extras["docs"]] == ["mkdocs-material", "mkdocstrings[python]"]


@pytest.mark.engines
def test_every_page_is_built(site: Path) -> None:
    built = {path.name for path in site.glob("*.html")}
    assert built - {"404.html"} == {f"{path.stem}.html" for path in (ROOT / "docs").glob("*.md")} | {
        "CONTRIBUTING.html", "CHANGELOG.html",
    }  # fmt: skip
    assert {path.name for path in (site / "examples").iterdir()} == {
        path.name for path in (ROOT / "examples").glob("*.ipynb")
    }
    assert not (site / "site").exists()


@pytest.mark.engines
def test_a_browser_fetches_nothing_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        fetched = Page(read(path)).fetched
        assert len(fetched) >= 3
        assert [target for target in fetched if re.match(r"(\w+:)?//", target)] == [], path.name
    for path in site.rglob("*.css"):
        assert re.findall(r"(?:@import|url\()\s*['\"]?(?:\w+:)?//", read(path)) == [], path.name


@pytest.mark.engines
def test_every_public_name_is_in_the_api(site: Path) -> None:
    ids = Page(read(site / "api.html")).ids
    names = {f"casualty_extract.{name}" for name in casualty_extract.__all__}
    assert len(names) >= 18
    assert {name for name in names if name not in ids} == set()


@pytest.mark.engines
def test_the_limits_show_the_figures_of_the_readme(site: Path) -> None:
    shown = read(site / "limits.html")
    figures = re.findall(r"^\| (seed articles, \w+) \|", read(ROOT / "README.md"), re.MULTILINE)
    assert len(figures) >= 3
    assert [what for what in figures if f"<td>{what}</td>" not in shown] == []
    assert "English only" in shown
    assert "<!-- README" not in shown
