"""Claims as frames of pandas and polars, and frames of texts as frames of claims: one row a claim.

The columns are those of ``casualty_extract.output.COLUMNS``, told in ``docs/tables.md``; columns are only ever added.
A table of many texts begins with ``report``, the place of the text from 0, and the key columns that it carries along.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import casualty_extract
from casualty_extract.output import (
    CLOSED_COLUMNS,
    COLUMNS,
    FLAG_COLUMNS,
    NULLABLE_COLUMNS,
    TEXT_COLUMNS,
    claim_rows,
    key_columns,
    well_formed,
)
from casualty_extract.report import Report

if TYPE_CHECKING:
    import pandas
    import polars

Columns = dict[str, list[Any]]
PLACE = "report"  # the column that says which text a claim is of
LIBRARIES = ("pandas", "polars")


def report_to_frame(report: Report, *, implicit: bool = True) -> pandas.DataFrame:
    """One row a claim, with the columns ``COLUMNS`` and their dtypes even where there are no claims.

    value, low and high are nullable Int64 (NA: open), start, end and episode int64, increment and implicit bool; harm,
    category, status, scope, modifier and unit are categoricals over all their values; the others str (NA: none).
    ``implicit``: with the claims that no number stands behind. Raises ImportError, naming the extra, without pandas.
    """
    library = _pandas("to_frame")
    frame: pandas.DataFrame = library.DataFrame(
        _pandas_columns(_columns(claim_rows(report, implicit=implicit)), library)
    )
    return frame


def report_to_polars(report: Report, *, implicit: bool = True) -> polars.DataFrame:
    """One row a claim, as `report_to_frame`: Int64, Boolean, Enum for the closed fields, String; null for None.

    Polars holds no lone surrogates; they become U+FFFD. Raises ImportError, naming the extra, without polars.
    """
    library = _polars("to_polars")
    frame: polars.DataFrame = library.DataFrame(
        _polars_columns(_columns(claim_rows(report, implicit=implicit)), library)
    )
    return frame


def claims_frame(
    reports: Iterable[Any] | Report, *, implicit: bool = False, keys: Sequence[str] = ("id",), library: str = "pandas"
) -> Any:
    """The claims of many reports, one row a claim: ``report`` (the report's place, from 0), the keys, ``COLUMNS``.

    ``keys``: what of each report's ``meta`` is carried along, as str (NA where a report has none); a key that is a
    column already is called ``doc_<key>``, so "id" is ``doc_id``. ``implicit``: with the claims that no number stands
    behind (named persons). ``library``: "pandas" or "polars". What `pipe` reported as `Unread` has no row.
    Raises TypeError for what is no report, naming its place; ValueError for another library; ImportError, naming the
    extra, where it is missing.
    """
    if library not in LIBRARIES:
        raise ValueError(f"library must be one of {', '.join(LIBRARIES)}; not {library!r}")
    names = key_columns(keys, (PLACE, *COLUMNS))
    places: list[int] = []
    kept: dict[str, list[str | None]] = {name: [] for name in names.values()}
    rows: list[dict[str, Any]] = []
    for place, report in enumerate([reports] if isinstance(reports, Report) else reports):
        if isinstance(report, casualty_extract.Unread):
            continue
        if not isinstance(report, Report):
            raise TypeError(f"item {place} must be a Report, not {type(report).__name__}")
        found = claim_rows(report, implicit=implicit)
        rows += found
        places += [place] * len(found)
        for key, name in names.items():
            kept[name] += [_as_text(report.meta.get(key))] * len(found)
    if library == "polars":
        polars = _polars("claims_frame")
        carried = {name: _polars_texts(values, polars) for name, values in kept.items()}
        return _polars_frame(places, carried, rows, polars)
    pandas = _pandas("claims_frame")
    texts = {name: pandas.array(values, dtype=pandas.StringDtype("python")) for name, values in kept.items()}
    return _pandas_frame(places, texts, rows, pandas)


def extract_frame(
    frame: Any, text: str = "text", *, keys: str | Sequence[str] = (), implicit: bool = False, **options: Any
) -> Any:
    """The claims of the texts in a column of a pandas or polars DataFrame, in a frame of the same library.

    One row a claim: ``report`` (the row's place, from 0), the ``keys`` (columns carried along with their dtypes), then
    ``COLUMNS``. Of pandas the index goes along too, each label once a claim: ``frame.join(claims)``. A key that is a
    column already is called ``doc_<key>``. A row whose text is missing (None, NaN, NA, null) has no claims.
    ``implicit``: with the claims that no number stands behind (named persons). ``options``: as for `pipe` (n_process,
    batch_size, progress, pipeline, lexicon, ...).
    Raises ValueError for a column that is not there, TypeError for a frame of another library and for a text that is
    no str, naming its row; otherwise as `pipe`.
    """
    wanted = [keys] if isinstance(keys, str) else list(keys)
    library = type(frame).__module__.partition(".")[0]
    if library not in LIBRARIES or type(frame).__name__ != "DataFrame":
        raise TypeError(f"frame must be a DataFrame of pandas or polars, not {library}.{type(frame).__name__}")
    _check_columns(list(frame.columns), [text, *wanted])
    names = key_columns(wanted, (PLACE, *COLUMNS))
    if library == "polars":
        return _extract_polars(frame, text, names, implicit, options)
    pandas = _pandas("extract_frame")
    values = [None if gone else value for value, gone in zip(frame[text].tolist(), frame[text].isna(), strict=True)]
    places, rows = _read(values, text, implicit, options)
    carried = {name: frame[key].iloc[places].array for key, name in names.items()}
    return _pandas_frame(places, carried, rows, pandas).set_index(frame.index.take(places))


def _extract_polars(frame: Any, text: str, names: dict[str, str], implicit: bool, options: dict[str, Any]) -> Any:
    polars = _polars("extract_frame")
    texts = frame[text]
    if texts.dtype in (polars.Categorical, polars.Enum):
        texts = texts.cast(polars.String)
    places, rows = _read(texts.to_list(), text, implicit, options)
    carried = {name: frame[key].gather(places) for key, name in names.items()}
    return _polars_frame(places, carried, rows, polars)


def _check_columns(there: list[Any], wanted: list[str]) -> None:
    for name in wanted:
        if there.count(name) != 1:
            what = "no column is" if name not in there else f"{there.count(name)} columns are"
            raise ValueError(f"{what} called {name!r}; the frame has {', '.join(map(repr, there))}")


def _read(
    values: Sequence[Any], column: str, implicit: bool, options: dict[str, Any]
) -> tuple[list[int], list[dict[str, Any]]]:
    """The claims of all texts as rows, and the place of the text of each."""
    for place, value in enumerate(values):
        if value is not None and not isinstance(value, str):
            raise TypeError(f"row {place}: column {column!r} must hold str, not {type(value).__name__}")
    pairs = ((value, place) for place, value in enumerate(values) if value is not None)
    places: list[int] = []
    rows: list[dict[str, Any]] = []
    for report, place in casualty_extract.pipe(pairs, as_tuples=True, **options):
        found = claim_rows(report, implicit=implicit) if report else []
        rows += found
        places += [place] * len(found)
    return places, rows


def _columns(rows: Iterable[dict[str, Any]]) -> Columns:
    found = list(rows)
    return {name: [row[name] for row in found] for name in COLUMNS}


def _as_text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)


def _pandas_frame(places: list[int], carried: dict[str, Any], rows: list[dict[str, Any]], pandas: Any) -> Any:
    place = {PLACE: pandas.array(places, dtype="int64")}
    return pandas.DataFrame(place | carried | _pandas_columns(_columns(rows), pandas))


def _pandas_columns(columns: Columns, pandas: Any) -> dict[str, Any]:
    text = pandas.StringDtype("python")  # pyarrow storage refuses lone surrogates
    made: dict[str, Any] = {}
    for name, values in columns.items():
        dtype: Any = "bool" if name in FLAG_COLUMNS else "Int64" if name in NULLABLE_COLUMNS else "int64"
        if name in CLOSED_COLUMNS:
            dtype = pandas.CategoricalDtype(list(CLOSED_COLUMNS[name]))
        elif name in TEXT_COLUMNS:
            dtype = text
        made[name] = pandas.array(values, dtype=dtype)
    return made


def _polars_frame(places: list[int], carried: dict[str, Any], rows: list[dict[str, Any]], polars: Any) -> Any:
    place = {PLACE: polars.Series(PLACE, places, dtype=polars.Int64)}
    return polars.DataFrame(place | carried | _polars_columns(_columns(rows), polars))


def _polars_columns(columns: Columns, polars: Any) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, values in columns.items():
        if name in CLOSED_COLUMNS:
            made[name] = polars.Series(name, values, dtype=polars.Enum(list(CLOSED_COLUMNS[name])))
        elif name in TEXT_COLUMNS:
            made[name] = _polars_texts(values, polars)
        else:
            made[name] = polars.Series(name, values, dtype=polars.Boolean if name in FLAG_COLUMNS else polars.Int64)
    return made


def _polars_texts(values: Sequence[str | None], polars: Any) -> Any:
    clean = [None if value is None else well_formed(value) for value in values]
    return polars.Series(values=clean, dtype=polars.String)


def _pandas(what: str) -> Any:
    try:
        import pandas
    except ImportError as error:
        raise ImportError(f'{what} needs pandas: pip install "casualty-extract[pandas]"') from error
    return pandas


def _polars(what: str) -> Any:
    try:
        import polars
    except ImportError as error:
        raise ImportError(f'{what} needs polars: pip install "casualty-extract[polars]"') from error
    return polars
