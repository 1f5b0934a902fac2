"""The HTML views: a fragment for a notebook, and a page of its own that asks nothing of any network."""

from __future__ import annotations

import os
import secrets
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Template

from casualty_extract.report import Report
from casualty_extract.views import article, claims
from casualty_extract.views.markup import Markup, element, escape, join
from casualty_extract.views.wording import say_code

PAGE_UID = "cx-report"
LINKED = 200  # claims whose parts light each other: a browser tries every rule at every move of the mouse
_ABOUT = ("title", "publisher", "date", "dateline", "id")


def report_fragment(report: Report) -> str:
    """The report as HTML for a notebook. Its ids are new at each call: the same report may stand there twice."""
    return str(_view(report, f"cx-{secrets.token_hex(4)}"))


def report_page(report: Report) -> str:
    """The report as one self-contained HTML page: the same report gives the same page."""
    return page(title(report), _view(report, PAGE_UID))


def write_page(text: str, path: str | os.PathLike[str]) -> None:
    """Write a page in UTF-8. Raises OSError where that cannot be done."""
    Path(path).write_text(text, encoding="utf-8", newline="\n")


def page(name: str, view: Markup) -> str:
    """A whole page around a view."""
    return Template(template("page.html")).substitute(title=escape(name), view=view)


def title(report: Report) -> str:
    """What the report is about: the title, id or url that its caller gave, on one line."""
    named = next((report.meta[key] for key in ("title", "id", "url") if report.meta.get(key)), "")
    return " ".join(f"Casualty claims {named}".split())


def _view(report: Report, uid: str) -> Markup:
    return Markup(
        Template(template("report.html")).substitute(
            uid=uid,
            style=style(uid, len(report.claims)),
            about=_about(report),
            tolls=claims.tolls(report),
            claimants=claims.claimants(report) if report.claims else "",
            linked=f" (the first {LINKED} claims)" if len(report.claims) > LINKED else "",
            text=article.article(report, uid),
            table=claims.table(report, uid),
            made=escape(f"casualty_extract {report.library}, pipeline {say_code(report.pipeline)}".replace(" ,", ",")),
        )
    )


def style(uid: str, linked: int, *sheets: str) -> Markup:
    """The style of a view: view.css, further sheets, and the rules that light all that has one of the numbers 1 to
    ``linked``, `LINKED` at most, when a part of it is pointed at."""
    at = ":is(:hover, :focus, tr:focus-within)"
    numbers = range(1, min(linked, LINKED) + 1)
    links = ",\n".join(f'#{uid}:has([data-k~="{n}"]{at}) [data-k~="{n}"]' for n in numbers)
    lit = links + template("lit.css") if links else ""
    return Markup(f"<style>\n{''.join(map(template, ('view.css', *sheets)))}{lit}</style>")


def _about(report: Report) -> Markup:
    count = len(report.claims)
    parts = [element("b", "1 casualty claim" if count == 1 else f"{count} casualty claims")]
    parts += [element("span", str(report.meta[key])) for key in _ABOUT if report.meta.get(key)]
    url = report.meta.get("url")
    if isinstance(url, str) and url.startswith(("https://", "http://")):
        parts.append(element("a", url, href=url, rel="noopener noreferrer"))
    return join(parts, " · ")


@cache
def template(name: str) -> str:
    """A file of the folder templates."""
    return files("casualty_extract.views").joinpath("templates", name).read_text(encoding="utf-8")
