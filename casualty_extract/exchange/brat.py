"""brat standoff: a folder with ``ID.txt``, ``ID.ann`` and ``annotation.conf``, and back to gold.

Format: https://brat.nlplab.org/standoff.html and https://brat.nlplab.org/configuration.html. A claim is a text-bound
annotation over its count with its harm as type; attributes hold its closed values, a note (JSON) its figures and what
it accepts besides, relations lead to victims, sources, whole. brat cannot mark over a line end: such a stretch is
written as several fragments. The text file is written as it is; brat counts "\\r\\n" as one, and so do the offsets.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from casualty_extract.exchange.marks import (
    LABELS,
    Marks,
    Region,
    Tie,
    as_gold,
    gold_to_marks,
    marks_to_gold,
)
from casualty_extract.exchange.offsets import LineEnds, place_words
from casualty_extract.gold import GoldText
from casualty_extract.model import CATEGORIES, HARMS, MODIFIERS, SCOPES, STATUSES
from casualty_extract.report import Report

_VALUES = {"category": CATEGORIES, "status": STATUSES, "scope": SCOPES, "modifier": MODIFIERS}
_FLAGS = ("optional",)
_NOTED = ("value", "low", "high", "also", "name", "victims")
_KINDS = {"victims": "Victims", "part_of": "PartOf", "source": "Source", "disputer": "DisputedBy"}
_RANKS = 6  # links of a chain that the configuration offers; more are read
_RELATION = re.compile(r"(Joint)?(Victims|PartOf|Source|DisputedBy)(\d*)")
_BREAKS = re.compile("[\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # what may not stand in a line of the .ann file
_SAFE = re.compile(r"[A-Za-z0-9_-]")


# --- to brat --------------------------------------------------------------------------------------------------------


def write_brat(texts: Iterable[Report | GoldText], folder: str | os.PathLike[str]) -> None:
    """Writes a ``.txt`` and an ``.ann`` for each text into a folder, which is made, and the ``annotation.conf``.

    The name of a file is the id, with characters that file names do not take as ``=`` and two hexadecimal digits.
    Raises ValueError for a report without ``meta["id"]``, for an id twice and for a text that UTF-8 cannot write,
    OSError where a file cannot be written.
    """
    home = Path(folder)
    home.mkdir(parents=True, exist_ok=True)
    for gold in as_gold(texts):
        try:
            data = gold.text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise ValueError(f"{gold.id}: the text cannot be written in UTF-8, at character {error.start}") from None
        name = _file_name(gold.id)
        (home / f"{name}.txt").write_bytes(data)
        (home / f"{name}.ann").write_bytes(brat_annotations(gold).encode("utf-8"))
    (home / "annotation.conf").write_text(brat_config(), encoding="utf-8")


def brat_annotations(gold: GoldText) -> str:
    """The lines of the ``.ann`` file of a gold text."""
    return "".join(f"{line}\n" for line in _lines(gold_to_marks(gold)))


def _lines(marks: Marks) -> Iterator[str]:
    ends = LineEnds(marks.text)
    names = {region.id: f"T{k}" for k, region in enumerate(marks.regions, 1)}
    attributes = notes = 0
    for region in marks.regions:
        name = names[region.id]
        fragments, words = _fragments(ends, region)
        yield f"{name}\t{region.label} {fragments}\t{words}"
        for field in (*_VALUES, *_FLAGS):
            if value := region.fields.get(field):
                attributes += 1
                yield f"A{attributes}\t{field.capitalize()} {name}" + (f" {value}" if field in _VALUES else "")
        if noted := {field: region.fields[field] for field in _NOTED if field in region.fields}:
            notes += 1
            yield f"#{notes}\tAnnotatorNotes {name}\t{json.dumps(noted)}"
    for k, tie in enumerate(marks.ties, 1):
        kind = f"{'Joint' if tie.joint else ''}{_KINDS[tie.kind]}{tie.rank or ''}"
        yield f"R{k}\t{kind} Arg1:{names[tie.source]} Arg2:{names[tie.target]}"


def _fragments(ends: LineEnds, region: Region) -> tuple[str, str]:
    """The places of a stretch, one for each line that it runs over, and its words on one line."""
    start, end = ends.count(region.start), ends.count(region.end)
    pieces = [m.span() for m in re.finditer(r"[^\n]+", ends.text[start:end])]
    places = ";".join(f"{start + first} {start + last}" for first, last in pieces)
    return places, " ".join(_BREAKS.sub(" ", ends.text[start + a : start + b]) for a, b in pieces)


def brat_config() -> str:
    """The ``annotation.conf`` that goes with the folder."""
    claim = "|".join(HARMS)
    ranked = [f"{joint}{kind}{n}" for kind in ("Source", "DisputedBy") for joint in ("", "Joint")
              for n in range(1, _RANKS + 1)]  # fmt: skip
    lines = ["[entities]", *LABELS, "", "[relations]"]
    lines += [f"Victims\tArg1:{claim}, Arg2:victims", f"PartOf\tArg1:{claim}, Arg2:{claim}"]
    lines += [f"{kind}\tArg1:{claim}, Arg2:source" for kind in ranked]
    lines += ["", "[events]", "", "[attributes]"]
    lines += [f"{field.capitalize()}\tArg:{claim}, Value:{'|'.join(values)}" for field, values in _VALUES.items()]
    lines += [f"{flag.capitalize()}\tArg:{claim}" for flag in _FLAGS]
    return "\n".join([*lines, ""])


def _file_name(id: str) -> str:
    return "".join(
        char if _SAFE.match(char) else "".join(f"={byte:02x}" for byte in char.encode("utf-8", "surrogatepass"))
        for char in id
    )


def _id_of(name: str) -> str:
    data = re.sub(rb"=([0-9a-f]{2})", lambda m: bytes([int(m[1], 16)]), name.encode("utf-8"))
    return data.decode("utf-8", "surrogatepass")


# --- back from brat -------------------------------------------------------------------------------------------------


def read_brat(folder: str | os.PathLike[str]) -> tuple[GoldText, ...]:
    """The gold in a folder of brat, in order of the file names; events, normalizations and equivalences are left out.

    Raises OSError where there is no such folder, ValueError that names the file, the line and what is wrong, and where
    an ``.ann`` has no ``.txt`` beside it.
    """
    home = Path(folder)
    files = sorted(path for path in home.iterdir() if path.suffix == ".ann")
    if not files:
        raise ValueError(f"{home.name}: no .ann file in the folder")
    return tuple(_read_document(path) for path in files)


def _read_document(path: Path) -> GoldText:
    beside = path.with_suffix(".txt")
    if not beside.exists():
        raise ValueError(f"{path.name}: there is no {beside.name} beside it")
    text, lines = _decoded(beside), _decoded(path)
    reader = _Reader(path.name, text)
    for number, line in enumerate(lines.split("\n"), 1):
        reader.read(number, line.removesuffix("\r"))
    return reader.gold(_id_of(path.stem))


def _decoded(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name}: not UTF-8, at byte {error.start}") from None


class _Reader:
    """The lines of one ``.ann`` file, collected; relations may stand before what they relate."""

    def __init__(self, file: str, text: str) -> None:
        self._file, self._text, self._ends = file, text, LineEnds(text)
        self._places: dict[str, tuple[str, int, int]] = {}
        self._fields: dict[str, dict[str, Any]] = {}
        self._ties: list[Tie] = []
        self._lines: dict[str, int] = {}

    def read(self, number: int, line: str) -> None:
        """One line. Raises ValueError with file and line."""
        if not line.strip():
            return
        try:
            self._take(line, number)
        except ValueError as error:
            raise ValueError(f"{self._file}:{number}: {error}") from None

    def _take(self, line: str, number: int) -> None:
        id, tab, rest = line.partition("\t")
        if not tab:
            raise ValueError(f"no tab behind {id[:20]!r}")
        match id[:1]:
            case "T":
                if id in self._places:
                    raise ValueError(f"{id} stands in line {self._lines[id]} already")
                self._lines[id] = number
                self._places[id] = self._textbound(rest)
            case "A" | "M":
                self._attribute(rest)
            case "#":
                self._note(rest)
            case "R":
                self._ties.append(self._relation(rest))
            case "E" | "N" | "*":
                return
            case _:
                raise ValueError(f"a line must begin with T, A, R or #; not {id[:20]!r}")

    def _textbound(self, rest: str) -> tuple[str, int, int]:
        head, _, words = rest.partition("\t")
        label, _, places = head.partition(" ")
        if label not in LABELS:
            raise ValueError(f"the type must be one of {', '.join(LABELS)}; not {label!r}")
        if not re.fullmatch(r"\d+ \d+(;\d+ \d+)*", places):
            raise ValueError(f"the offsets must be like 0 11 or 0 5;6 11, not {places!r}")
        ends = [int(end) for end in re.findall(r"\d+", places)]
        start, end = place_words(self._ends.text, ends[0], ends[-1], words or None)
        return label, self._ends.back(start), self._ends.back(end)

    def _attribute(self, rest: str) -> None:
        name, target, *value = rest.split()
        field = name.lower()
        if field in _VALUES:
            if len(value) != 1 or value[0] not in _VALUES[field]:
                raise ValueError(f"{name} must be one of {', '.join(_VALUES[field])}; not {' '.join(value)!r}")
            self._fields.setdefault(target, {})[field] = value[0]
        elif field in _FLAGS:
            self._fields.setdefault(target, {})[field] = True
        else:
            raise ValueError(
                f"there is no attribute {name}; known: {', '.join(f.capitalize() for f in _VALUES)}, Optional"
            )

    def _note(self, rest: str) -> None:
        """The note of a claim or source, where it is ours: a JSON object. Others are remarks of the annotator's."""
        kind, _, words = rest.partition("\t")
        target = kind.partition(" ")[2]
        if not kind.startswith("AnnotatorNotes ") or not words.lstrip().startswith("{"):
            return
        try:
            noted = json.loads(words)
        except ValueError as error:
            raise ValueError(f"the note of {target} is not JSON: {error}") from None
        if wrong := [key for key in noted if key not in _NOTED]:
            raise ValueError(f"the note of {target}: a key must be one of {', '.join(_NOTED)}; not {wrong[0]!r}")
        self._fields.setdefault(target, {}).update(noted)

    def _relation(self, rest: str) -> Tie:
        found = re.fullmatch(r"(\S+) Arg1:(\S+) Arg2:(\S+)\s*", rest)
        named = _RELATION.fullmatch(found[1]) if found else None
        if found is None or named is None:
            raise ValueError(
                f"a relation must be like Source1 Arg1:T1 Arg2:T2, of {', '.join(_KINDS.values())}; not {rest!r}"
            )
        kind = next(kind for kind, name in _KINDS.items() if name == named[2])
        rank = int(named[3] or 1) if kind in ("source", "disputer") else 0
        return Tie(kind, found[2], found[3], rank, bool(named[1]))

    def gold(self, id: str) -> GoldText:
        """The gold of all lines. Raises ValueError with the file, and the line where a region is at fault."""
        regions = tuple(Region(name, *place, self._fields.get(name, {})) for name, place in self._places.items())
        try:
            if lost := [target for target in self._fields if target not in self._places]:
                raise ValueError(f"an attribute or note is of {lost[0]}, which is not there")
            return marks_to_gold(Marks(id, self._text, regions, tuple(self._ties)))
        except ValueError as error:
            region = re.match(r"region (T\S*):", str(error))
            line = f":{self._lines[region[1]]}" if region else ""
            raise ValueError(f"{self._file}{line}: {error}") from None
