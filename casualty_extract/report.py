"""The report: all that one text says of casualties, and the front door to everything that is made from it.

Its methods do nothing themselves: each hands the report to the module that its docstring's first line is about.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, overload

from casualty_extract.model import Claim, Rejection, Source, Span, Toll
from casualty_extract.values import CATEGORIES, HARMS, check, plain

if TYPE_CHECKING:
    import os

    import pandas
    import polars

    from casualty_extract.codebooks import Codebook
    from casualty_extract.review import ReviewItem
    from casualty_extract.spreadsheet import Rows
    from casualty_extract.tolls import SumCheck
    from casualty_extract.why import Explanation, WhyNot


@dataclass(frozen=True, slots=True)
class Report:
    """All that one text says of casualties: its claims in order of ``count.start``, its tolls, and the numbers refused.

    ``meta`` and ``settings`` are kept as plain JSON values: tuples become lists, dates ISO strings, NaN None.
    Raises TypeError for a value in them that JSON does not know, naming its key.
    """

    text: str
    claims: tuple[Claim, ...] = ()
    tolls: Mapping[str, Toll] = field(default_factory=dict)
    rejections: tuple[Rejection, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)
    pipeline: str = "rules"
    settings: Mapping[str, Any] = field(default_factory=dict)
    library: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "meta", plain(self.meta, "meta"))
        object.__setattr__(self, "settings", plain(self.settings, "settings"))

    def __hash__(self) -> int:
        """Of the text and its claims; the mappings have no hash."""
        return hash((self.text, self.claims, self.rejections, self.pipeline, self.library))

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.claims)

    def __bool__(self) -> bool:
        """True, whatever it holds: a report without claims is still a report."""
        return True

    def __str__(self) -> str:
        """What it holds as plain text, for ``print``: a table of its claims and its tolls, 100 columns at most."""
        from casualty_extract.views.plain import report_to_text

        return report_to_text(self)

    def __repr__(self) -> str:
        """What it holds in one short line; `to_json` gives it all."""
        from casualty_extract.views.plain import report_in_short

        return report_in_short(self)

    def _repr_html_(self) -> str:
        """The report as a notebook shows it: the text with its claims marked, and a table of them."""
        from casualty_extract.views.pages import report_fragment

        return report_fragment(self)

    def where(
        self, *, harm: str | None = None, claimant: str | None = None, category: str | None = None
    ) -> tuple[Claim, ...]:
        """The claims of one harm, victims' category and claimant.

        ``claimant`` matches where it is a part of a claimant's name, body or text, upper and lower case alike.
        Raises ValueError for a harm or category that does not exist.
        """
        check("harm", harm, HARMS)
        check("category", category, CATEGORIES)
        return tuple(
            c
            for c in self.claims
            if (harm is None or c.harm == harm)
            and (category is None or c.victims.category == category)
            and (claimant is None or any(_named(s, claimant) for s in c.claimants))
        )

    def claimants(self) -> dict[str, tuple[Claim, ...]]:
        """Each claimant's name with its claims, in order of appearance; "" holds the claims in the text's own voice."""
        found: dict[str, list[Claim]] = {}
        for claim in self.claims:
            for name in [s.name for s in claim.claimants] or [""]:
                found.setdefault(name, []).append(claim)
        return {name: tuple(claims) for name, claims in found.items()}

    def toll(self, harm: str, *, category: str | None = None, attackers: bool = True) -> Toll | None:
        """The toll of one harm, of one victims' category where given; None where the text states none.

        ``attackers=False`` leaves out those said to be the perpetrators, also where they are told as a part of a
        larger figure. Each claim of the harm is either in the toll's ``claims`` or, with the reason, in ``excluded``.
        Raises ValueError for a harm or category that does not exist.
        """
        check("harm", harm, HARMS)
        check("category", category, CATEGORIES)
        if category is None and attackers:
            return self.tolls.get(harm)
        from casualty_extract.tolls import narrowed_toll

        return narrowed_toll(self.claims, harm, self.sentences(), category, attackers)

    def check_sums(self) -> tuple[SumCheck, ...]:
        """Where the text states a whole with two parts or more: what it states, what the parts come to, and their ids.

        ``agrees`` is False where the figures cannot all be right; the whole then has the doubt ``parts_do_not_sum``.
        """
        from casualty_extract.tolls import check_sums

        return check_sums(self.claims)

    def sentences(self) -> dict[str, int]:
        """The number of the sentence that each claim's count stands in, by the claim's id, from 0."""
        from casualty_extract.analysis.text import sentence_numbers

        found = sentence_numbers(self.text, [claim.count.start for claim in self.claims])
        return {claim.id: number for claim, number in zip(self.claims, found, strict=True)}

    def code(
        self, codebook: str | os.PathLike[str] | Codebook, sides: Mapping[str, str | Sequence[str]] | None = None
    ) -> Rows:
        """The report's own event, or its claims, as rows of a codebook: plain dicts, with ``to_csv``.

        ``codebook``: "ucdp", "acled", "ibc", "radford", or the path of one of your own; vague words are read again as
        it reads them. ``sides``: for each side of the codebook, the names of its bodies as texts word them, or
        categories of victims: {"a": "army", "b": ["IS", "Islamic State"]}.
        Raises ValueError for a codebook or sides that are wrong, OSError for a path that leads nowhere.
        """
        from casualty_extract.reconciliation import reconcile

        return reconcile([self], codebook=codebook, sides=sides).code()

    def review(self) -> tuple[ReviewItem, ...]:
        """What to check by hand, worst first: each doubt of a claim with its words in the text and the reason."""
        from casualty_extract.review import review_report

        return review_report(self)

    def explain(self, claim: Claim | str | int) -> Explanation:
        """Why a claim (or the one of this id, or index) is what it is: the rule behind each part, and the words.

        Raises ValueError for a claim that the report does not have.
        """
        from casualty_extract.why import explain_claim

        return explain_claim(self, claim)

    def why_not(self, where: str | int | Span | tuple[int, int] | None = None, *, lexicon: Any = None) -> WhyNot:
        """Why a number is no claim: ``where`` are words of the text ("54"), an offset, or the start and end of a
        stretch; None: all numbers that are in no claim. ``lexicon``: your own words, where the report was read with
        some. Words that stand at several places are answered for each. Raises ValueError where the text does not hold
        it.
        """
        from casualty_extract.why import why_not

        return why_not(self, where, lexicon)

    def to_dict(self) -> dict[str, Any]:
        """The record of the contract, as plain lists, dicts, strings and numbers."""
        from casualty_extract.output import report_to_dict

        return report_to_dict(self)

    def to_json(self) -> str:
        """The record as one line of JSON, the same bytes for the same text and settings."""
        from casualty_extract.output import report_to_json

        return report_to_json(self)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Report:
        """The report behind a record, equal to the one that wrote it. Raises ValueError that names the key at fault."""
        from casualty_extract.output import report_from_dict

        return report_from_dict(record)

    @classmethod
    def from_json(cls, line: str) -> Report:
        """The report behind a line of JSON. Raises ValueError that says what is wrong."""
        from casualty_extract.output import report_from_json

        return report_from_json(line)

    def to_frame(self, *, implicit: bool = True) -> pandas.DataFrame:
        """One row a claim, as a pandas DataFrame. Raises ImportError, naming the extra, without pandas.

        ``implicit``: with the claims that no number stands behind (a named person); `claims_frame` leaves them out.
        """
        from casualty_extract.integrations.frames import report_to_frame

        return report_to_frame(self, implicit=implicit)

    def to_polars(self, *, implicit: bool = True) -> polars.DataFrame:
        """One row a claim, as a polars DataFrame. Raises ImportError, naming the extra, without polars."""
        from casualty_extract.integrations.frames import report_to_polars

        return report_to_polars(self, implicit=implicit)

    @overload
    def to_html(self, path: None = None) -> str: ...

    @overload
    def to_html(self, path: str | os.PathLike[str]) -> None: ...

    def to_html(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """The report as one HTML page that needs nothing besides; written to ``path`` in UTF-8 where one is given.

        The page holds no script and asks nothing of any network. The same report gives the same page. Raises OSError
        where the file cannot be written.
        """
        from casualty_extract.views.pages import report_page, write_page

        page = report_page(self)
        if path is None:
            return page
        write_page(page, path)
        return None

    def to_case(self) -> str:
        """The claims in the one-line case notation of ``casualty_extract.testing``, ready for a ``.cases`` file."""
        from casualty_extract.testing import report_to_case

        return report_to_case(self)


def _named(source: Source, wanted: str) -> bool:
    return any(wanted.casefold() in (part or "").casefold() for part in (source.name, source.body, source.text))
