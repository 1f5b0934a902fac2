"""Arrow in and out: batches of texts to batches of claims, in one published schema, and Parquet through it.

One row a claim, whose columns are the fields of the record's CLAIM as nested structs (``docs/tables.md`` has them all).
Rows of claims, and not texts with a list of claims, because that is what engines filter, group and join without taking
a list apart; what comes in lists within a claim (the chain of sources) stays a list. Fields are only ever added, and
`CLAIM_SCHEMA` carries the number of the record's schema in its metadata. Offsets are Python ``str`` indices.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import casualty_extract
from casualty_extract.model import SCHEMA
from casualty_extract.output import claims_to_dicts, key_columns, well_formed
from casualty_extract.report import Report

try:
    import pyarrow as pa
except ImportError as error:
    raise ImportError('tables of Arrow need pyarrow: pip install "casualty-extract[arrow]"') from error

_PLACE = [("text", pa.string()), ("start", pa.int64()), ("end", pa.int64())]
_SPAN = pa.struct(_PLACE)
_SOURCE = pa.struct(
    [
        *_PLACE,
        ("name", pa.string()),
        ("body", pa.string()),
        ("type", pa.string()),
        ("cue", _SPAN),
        ("joint", pa.bool_()),
    ]
)
_COUNT = pa.struct(
    [*_PLACE, ("value", pa.int64()), ("low", pa.int64()), ("high", pa.int64()), ("modifier", pa.string())]
)
_VICTIMS = pa.struct(
    [
        *_PLACE,
        ("category", pa.string()),
        ("attributes", pa.list_(pa.string())),
        ("affiliation", pa.string()),
        ("unit", pa.string()),
    ]
)
CLAIM_SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        *_PLACE,
        ("count", _COUNT),
        ("harm", pa.string()),
        ("harm_cue", _SPAN),
        ("victims", _VICTIMS),
        ("attribution", pa.list_(_SOURCE)),
        ("disputed_by", pa.list_(_SOURCE)),
        ("perpetrator", _SPAN),
        ("cause", _SPAN),
        ("place", _SPAN),
        ("time", _SPAN),
        ("status", pa.string()),
        ("status_cue", _SPAN),
        ("scope", pa.string()),
        ("increment", pa.bool_()),
        ("episode", pa.int64()),
        ("relations", pa.list_(pa.struct([("type", pa.string()), ("target", pa.string())]))),
        ("implicit", pa.bool_()),
        ("doubts", pa.list_(pa.string())),
        ("rules", pa.list_(pa.struct([("part", pa.string()), ("rule", pa.string())]))),
    ],
    metadata={"casualty_extract.schema": str(SCHEMA)},
)


class ClaimReader:
    """Reads the claims of the texts in a column of Arrow batches; may be pickled and sent to the workers of an engine.

    ``text``: the column with the texts, of strings (plain, large, view or as a dictionary); a null has no claims.
    ``keys``: columns carried along; one whose name is a column of `CLAIM_SCHEMA` is called ``doc_<key>``. ``implicit``:
    with the claims that no number stands behind (named persons). ``settings``: as for `load_pipeline`, its ``name``
    as ``pipeline``; the pipeline is loaded in each process with its first batch.
    """

    def __init__(
        self, text: str = "text", *, keys: str | Sequence[str] = (), implicit: bool = False, **settings: Any
    ) -> None:
        self.text, self.keys = text, (keys,) if isinstance(keys, str) else tuple(keys)
        self._names = key_columns(self.keys, CLAIM_SCHEMA.names)
        self._implicit, self._settings = implicit, settings
        self._pipeline: Any = None

    def schema(self, given: pa.Schema) -> pa.Schema:
        """The schema of the claims for batches of a schema: the keys, then `CLAIM_SCHEMA`.

        Raises ValueError for a column that is not there, TypeError where the texts are no strings.
        """
        for name in (self.text, *self.keys):
            if len(given.get_all_field_indices(name)) != 1:
                raise ValueError(f"no single column is called {name!r}; there are {', '.join(map(repr, given.names))}")
        if not _holds_text(given.field(self.text).type):
            raise TypeError(f"column {self.text!r} must hold strings, not {given.field(self.text).type}")
        keys = [given.field(key).with_name(name) for key, name in self._names.items()]
        return pa.schema([*keys, *CLAIM_SCHEMA], metadata=CLAIM_SCHEMA.metadata)

    def __call__(self, batch: pa.RecordBatch | pa.Table) -> pa.RecordBatch | pa.Table:
        """The claims of a RecordBatch as a RecordBatch, of a Table as a Table. Raises as `schema` does."""
        schema = self.schema(batch.schema)
        places: list[int] = []
        claims: list[dict[str, Any]] = []
        for place, text in enumerate(batch.column(self.text).to_pylist()):
            found = [] if text is None else _claims(self._load().extract(text), self._implicit)
            claims += found
            places += [place] * len(found)
        columns = [batch.column(key).take(pa.array(places, pa.int64())) for key in self.keys]
        made = _claim_arrays(claims)
        make = pa.RecordBatch if isinstance(batch, pa.RecordBatch) else pa.Table
        return make.from_arrays([*columns, *made], schema=schema)

    def __getstate__(self) -> dict[str, Any]:
        """Without the pipeline, which each process loads for itself."""
        return {**self.__dict__, "_pipeline": None}

    def _load(self) -> Any:
        if self._pipeline is None:
            settings = dict(self._settings)
            self._pipeline = casualty_extract.load_pipeline(settings.pop("pipeline", "rules"), **settings)
        return self._pipeline


def extract_batch(batch: pa.RecordBatch | pa.Table, text: str = "text", **options: Any) -> pa.RecordBatch | pa.Table:
    """The claims of the texts of one batch, as `ClaimReader`, which the options are of, makes them for many."""
    return ClaimReader(text, **options)(batch)


def claims_batch(reports: Iterable[Any], *, keys: Sequence[str] = ("id",), implicit: bool = False) -> pa.RecordBatch:
    """The claims of reports: the keys, then `CLAIM_SCHEMA`.

    ``keys``: what of each report's ``meta`` is carried along, as strings (what is none as JSON, null where there is
    none); "id" is called ``doc_id``, as for `ClaimReader`. Lone surrogates become U+FFFD. `Unread` has no row.
    """
    kept: dict[str, list[str | None]] = {name: [] for name in key_columns(keys, CLAIM_SCHEMA.names).values()}
    claims: list[dict[str, Any]] = []
    for report in reports:
        found = _claims(report, implicit) if report else []
        claims += found
        for key, values in zip(keys, kept.values(), strict=True):
            values += [_as_text(report.meta.get(key))] * len(found) if found else []
    schema = meta_schema(keys)
    columns = [pa.array(_clean(values), pa.string()) for values in kept.values()]
    return pa.RecordBatch.from_arrays([*columns, *_claim_arrays(claims)], schema=schema)


def meta_schema(keys: Sequence[str] = ("id",)) -> pa.Schema:
    """The schema of `claims_batch`."""
    names = key_columns(keys, CLAIM_SCHEMA.names).values()
    return pa.schema([*((name, pa.string()) for name in names), *CLAIM_SCHEMA], metadata=CLAIM_SCHEMA.metadata)


def write_parquet(
    reports: Iterable[Any], where: Any, *, keys: Sequence[str] = ("id",), implicit: bool = False, rows: int = 1024
) -> int:
    """Write the claims of reports as Parquet and return their number. ``where``: a path or a binary file.

    ``keys``, ``implicit``: as for `claims_batch`; ``rows``: reports that are held in memory at a time.
    Raises OSError where it cannot be written.
    """
    from pyarrow import parquet

    written = 0
    with parquet.ParquetWriter(where, meta_schema(keys)) as writer:
        for some in _slices(reports, rows):
            batch = claims_batch(some, keys=keys, implicit=implicit)
            written += batch.num_rows
            writer.write_batch(batch)
    return written


def _slices(reports: Iterable[Any], size: int) -> Iterator[list[Any]]:
    held: list[Any] = []
    for report in reports:
        held.append(report)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held


def _holds_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _claims(report: Report, implicit: bool) -> list[dict[str, Any]]:
    return [_with_pairs(claim) for claim in claims_to_dicts(report) if implicit or not claim["implicit"]]


def _with_pairs(claim: dict[str, Any]) -> dict[str, Any]:
    """The rules as pairs of part and rule; a part of several members has several."""
    pairs = [
        {"part": part, "rule": rule}
        for part, rules in claim["rules"].items()
        for rule in ([rules] if isinstance(rules, str) else rules)
    ]
    return {**claim, "rules": pairs}


def _claim_arrays(claims: list[dict[str, Any]]) -> list[pa.Array]:
    try:
        return [pa.array([claim[field.name] for claim in claims], field.type) for field in CLAIM_SCHEMA]
    except UnicodeEncodeError:
        clean = _clean(claims)
        return [pa.array([claim[field.name] for claim in clean], field.type) for field in CLAIM_SCHEMA]


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, Mapping):
        return {key: _clean(part) for key, part in value.items()}
    return [_clean(part) for part in value] if isinstance(value, list) else value


def _as_text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)
