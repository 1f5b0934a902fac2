"""The text of a report with its claims marked, the sentences without any folded where it is long."""

from __future__ import annotations

import re

from casualty_extract.report import Report
from casualty_extract.views.folding import Stretch, fold
from casualty_extract.views.marks import PARTS, Move, Place, find_places, nest
from casualty_extract.views.markup import Markup, element, escape, join
from casualty_extract.views.wording import say_claim, say_code

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")


def article(report: Report, uid: str) -> Markup:
    """The text of the report; ids begin with ``uid``. The count of claim n has the id ``uid-n``."""
    places = find_places(report)
    writer = _Writer(report, uid)
    parts = [writer.stretch(stretch, places) for stretch in fold(report.text, places)]
    return element("div", *parts, class_="cx-text", dir="auto")


class _Writer:
    """Writes stretches of one report, each claim's number behind its count once."""

    def __init__(self, report: Report, uid: str) -> None:
        self.text, self.uid = report.text, uid
        self.titles = [say_claim(claim) for claim in report.claims]
        self.numbered: set[int] = set()

    def stretch(self, stretch: Stretch, places: list[Place]) -> Markup:
        """One stretch of the text, folded behind a line to click where it is to be."""
        written = "".join(self.move(move) for move in nest(places, stretch.start, stretch.end))
        if not stretch.folded:
            return Markup(written)
        sentences = "1 sentence" if stretch.sentences == 1 else f"{stretch.sentences} sentences"
        summary = element("summary", f"{sentences} without claims")
        return element("details", summary, element("div", Markup(written)), class_="cx-fold")

    def move(self, move: Move) -> str:
        """The HTML of one step."""
        place = move.place
        if place is None:
            return _BLANK_LINES.sub(_gap, escape(self.text[move.start : move.end]))
        if move.step == "close":
            return "</mark>" + (self.number(place) if move.end == place.end else "")
        role = place.role if place.labels[0] != "disputed by" else "source cx-disputer"
        opened = element(
            "mark",
            class_=f"cx-mark cx-{role}" + (" cx-again" if move.step == "again" else ""),
            data_k=join(map(str, place.numbers), " ") or None,
            title=self.title(place),
            tabindex=0 if place.role in PARTS and move.step == "open" else None,
        )
        return opened.removesuffix("</mark>")

    def title(self, place: Place) -> str:
        """What stands here, one line a claim."""
        what = " and ".join(map(say_code, place.labels))
        if place.role == "rejected":
            return f"no claim: {what}"
        return "\n".join([what, *(f"{number}. {self.titles[number - 1]}" for number in place.numbers)])

    def number(self, place: Place) -> str:
        """The numbers of the claims whose count ends here, each a link to its row.

        In brackets, so that nobody takes them for digits of the count where a notebook drops our styles.
        """
        if place.role != "count":
            return ""
        new = [number for number in place.numbers if number not in self.numbered]
        self.numbered.update(new)
        links = (
            element(
                "a", element("sup", f"[{n}]"), id=f"{self.uid}-{n}", href=f"#{self.uid}-row-{n}", class_="cx-number",
                data_k=str(n), aria_label=f"claim {n}",
            )
            for n in new
        )  # fmt: skip
        return join(links)


def _gap(match: re.Match[str]) -> str:
    """Blank lines, kept as they stand and drawn as one small gap; two line breaks where a notebook drops our styles."""
    return element("span", match[0], element("br"), element("br"), class_="cx-gap")
