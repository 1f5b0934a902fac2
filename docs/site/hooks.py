"""What mkdocs does besides: files from outside docs/ join the site, with the links to them; README sections are shown.

A page links to `../CONTRIBUTING.md` or `../examples/first_look.ipynb`, which is right where the repository is read; on
the site the same file stands without the `../`. A line `<!-- README: Limits -->` of a page is the section of that
heading.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("CONTRIBUTING.md", "CHANGELOG.md")


def on_files(files: Files, config: Any) -> Files:
    """Adds the pages and the notebooks."""
    for name in PAGES:
        files.append(File.generated(config, name, content=from_root((ROOT / name).read_text(encoding="utf-8"))))
    for path in sorted((ROOT / "examples").glob("*.ipynb")):
        files.append(File.generated(config, f"examples/{path.name}", abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """The page with the sections of the README that it names, and with its links out of docs/ as the site has them."""
    shown = re.sub(r"^<!-- README: (.+) -->$", lambda found: from_root(section(found[1])), markdown, flags=re.MULTILINE)
    return re.sub(r"\]\(\.\./README\.md[^)]*\)", "](index.md)", shown).replace("](../", "](")


def section(heading: str) -> str:
    """What stands under a heading of the README, without its marks. Raises PluginError where it is missing."""
    _, found, behind = (ROOT / "README.md").read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    if not found:
        raise PluginError(f"README.md has no heading {heading!r}")
    return re.sub(r"^<!-- .+ -->\n", "", behind.split("\n## ")[0], flags=re.MULTILINE).strip()


def from_root(markdown: str) -> str:
    """The links of a file at the top, as they are for a page of docs/."""
    return markdown.replace("](README.md)", "](index.md)").replace("](docs/", "](")
