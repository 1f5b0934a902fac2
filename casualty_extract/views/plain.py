"""A report as plain text: a line on the whole, a table of at most 100 columns, a line for each toll."""

from __future__ import annotations

from collections import Counter

from casualty_extract.output import TABLE_WIDTH, cut, format_table, visible
from casualty_extract.report import Report
from casualty_extract.values import HARMS
from casualty_extract.views.wording import say_toll


def report_to_text(report: Report) -> str:
    """The report for a terminal, without a line end. No line is wider than 100 columns."""
    tolls = [f"toll, {harm}: {say_toll(report.tolls[harm])}" for harm in HARMS if harm in report.tolls]
    head = cut(visible(", ".join(_counts(report))), TABLE_WIDTH)
    return "\n\n".join(
        [head, *([format_table(report)] if report.claims else []), *(["\n".join(tolls)] if tolls else [])]
    )


def report_in_short(report: Report) -> str:
    """The report in one short line: how many claims and of what, from how long a text."""
    return f"<Report: {', '.join([*_counts(report), f'{len(report.text):,} characters'])}>"


def _counts(report: Report) -> list[str]:
    """How many claims a report holds, of what harms, by how many claimants."""
    if not report.claims:
        return ["no casualty claims"]
    claims = len(report.claims)
    harms = Counter(claim.harm for claim in report.claims)
    found = ", ".join(f"{harms[harm]} {harm}" for harm in HARMS if harms[harm])
    claimants = len([name for name in report.claimants() if name])
    return [
        f"{claims} claim{'s' * (claims > 1)} ({found})",
        f"{claimants or 'no'} claimant{'s' * (claimants != 1)}",
    ]
