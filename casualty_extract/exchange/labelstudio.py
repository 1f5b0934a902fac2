"""Label Studio: tasks with pre-annotations, the labelling configuration that goes with them, and exports back to gold.

Format: https://labelstud.io/guide/task_format and https://labelstud.io/guide/predictions. A claim is a region over its
count with its harm as label; per-region choices, numbers and text areas hold the rest; relations lead to victims,
sources and whole.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from casualty_extract import __version__
from casualty_extract.exchange.marks import (
    LABELS,
    SOURCE,
    Marks,
    Region,
    Tie,
    as_gold,
    gold_to_marks,
    marks_to_gold,
)
from casualty_extract.exchange.offsets import place_words
from casualty_extract.gold import GoldText
from casualty_extract.model import CATEGORIES, HARMS, MODIFIERS, SCOPES, STATUSES
from casualty_extract.record import Node
from casualty_extract.report import Report

_CHOICES: Mapping[str, Sequence[str]] = {
    "category": CATEGORIES, "status": STATUSES, "scope": SCOPES, "modifier": MODIFIERS, "optional": ("optional",),
}  # fmt: skip
_NUMBERS = ("value", "low", "high")
_AREAS = ("name", "victims", "also")
_RANKS = 6  # links of a chain that the configuration offers; more are read
_KINDS = {"source": "source", "disputer": "disputed by"}
_RANKED = re.compile(r"(source|disputed by)(?: (\d+))?")
_COLOURS = dict(zip(LABELS, (
    "#b2182b", "#d6604d", "#8073ac", "#542788", "#35978f", "#dfc27d", "#878787", "#2166ac", "#1b7837", "#bdbdbd",
), strict=True))  # fmt: skip


# --- to Label Studio ------------------------------------------------------------------------------------------------


def write_labelstudio(
    texts: Iterable[Report | GoldText], path: str | os.PathLike[str], config: str | os.PathLike[str] | None = None
) -> None:
    """Writes tasks to import, with the claims as pre-annotations, as one JSON file; ``config``: and the XML of
    `labelstudio_config` there. Raises ValueError for a report without ``meta["id"]`` and for an id twice, OSError where
    a file cannot be written.
    """
    tasks = labelstudio_tasks(texts)
    Path(path).write_text(json.dumps(tasks, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")
    if config is not None:
        Path(config).write_text(labelstudio_config(), encoding="utf-8")


def labelstudio_tasks(texts: Iterable[Report | GoldText]) -> list[dict[str, Any]]:
    """The tasks as data: ``data`` holds id and text, ``predictions`` the claims."""
    return [_task(gold_to_marks(gold)) for gold in as_gold(texts)]


def _task(marks: Marks) -> dict[str, Any]:
    results = [result for region in marks.regions for result in _results(region, marks.text)]
    results += [_relation(tie) for tie in marks.ties]
    prediction = {"model_version": f"casualty_extract {__version__}", "result": results}
    return {"data": {"id": marks.id, "text": marks.text}, "predictions": [prediction]}


def _results(region: Region, text: str) -> Iterator[dict[str, Any]]:
    """The region itself, then one result for each of its fields; all have its id and its place."""
    place = {"start": region.start, "end": region.end, "text": text[region.start : region.end]}

    def result(name: str, kind: str, value: Any) -> dict[str, Any]:
        key = "text" if kind == "textarea" else kind  # what is written takes the place of the words of the region
        return {"id": region.id, "from_name": name, "to_name": "text", "type": kind, "value": place | {key: value}}

    yield result("label", "labels", [region.label])
    for name, value in region.fields.items():
        if name in _CHOICES:
            yield result(name, "choices", [name if value is True else value])
        elif name in _NUMBERS:
            if value is not None:
                yield result(name, "number", value)
        else:
            yield result(name, "textarea", [value if isinstance(value, str) else json.dumps(value)])


def _relation(tie: Tie) -> dict[str, Any]:
    label = f"{_KINDS[tie.kind]} {tie.rank}" if tie.kind in _KINDS else tie.kind.replace("_", " ")
    labels = [label, "joint"] if tie.joint else [label]
    return {"type": "relation", "from_id": tie.source, "to_id": tie.target, "direction": "right", "labels": labels}


def labelstudio_config() -> str:
    """The labelling configuration (XML) for the tasks: paste it under Settings, Labeling Interface, Code."""
    claims, relations = ",".join(HARMS), ["victims", "part of"]
    relations += [f"{kind} {rank}" for kind in _KINDS.values() for rank in range(1, _RANKS + 1)] + ["joint"]
    lines = ["<View>", "  <Style>.htx-text { white-space: pre-wrap; }</Style>", '  <Relations choice="multiple">']
    lines += [f"    <Relation value={quoteattr(relation)}/>" for relation in relations]
    lines += ["  </Relations>", '  <Labels name="label" toName="text" choice="single">']
    lines += [f"    <Label value={quoteattr(label)} background={quoteattr(_COLOURS[label])}/>" for label in LABELS]
    lines += ["  </Labels>", '  <Text name="text" value="$text" saveTextResult="yes"/>']
    shown = f'visibleWhen="region-selected" whenTagName="label" whenLabelValue="{claims}"'
    lines.append(f"  <View {shown}>")
    for name, values in _CHOICES.items():
        choice = "multiple" if name == "optional" else "single"
        lines.append(f'    <Header value={quoteattr(name)}/><Choices name="{name}" toName="text" perRegion="true" '
                     f'choice="{choice}" showInline="true">')  # fmt: skip
        lines += [f"      <Choice value={quoteattr(value)}/>" for value in values]
        lines.append("    </Choices>")
    for name in _NUMBERS:
        lines.append(f'    <Header value="{name}"/><Number name="{name}" toName="text" perRegion="true" min="0"/>')
    for name in ("victims", "also"):
        lines.append(f'    <Header value="{name}"/>{_area(name)}')
    named = f'visibleWhen="region-selected" whenTagName="label" whenLabelValue="{SOURCE}"'
    lines += ["  </View>", f'  <View {named}>\n    <Header value="name"/>{_area("name")}\n  </View>', "</View>", ""]
    return "\n".join(lines)


def _area(name: str) -> str:
    return f'<TextArea name="{name}" toName="text" perRegion="true" maxSubmissions="1" editable="true"/>'


# --- back from Label Studio -----------------------------------------------------------------------------------------


def read_labelstudio(path: str | os.PathLike[str], *, predictions: bool = False) -> tuple[GoldText, ...]:
    """The gold in an export of Label Studio (the format "JSON"): of each task the last annotation that was not skipped.

    ``predictions``: of a task without one its last prediction, so that what nobody touched counts as right. Raises
    OSError where there is no such file, ValueError that names the file, the task and what is wrong.
    """
    place = Path(path).name
    try:
        tasks = json.loads(Path(path).read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{place}: not JSON in UTF-8: {error}") from None
    if not isinstance(tasks, list) or not tasks:
        raise ValueError(f"{place}: must be a list of at least one task, as Label Studio exports it as JSON")
    found: list[GoldText] = []
    for number, task in enumerate(tasks, 1):
        name = task.get("id", number) if isinstance(task, Mapping) else number
        try:
            found.append(_read_task(Node(task, ""), predictions, str(name)))
        except ValueError as error:
            raise ValueError(f"{place}: task {name}: {error}") from None
    try:
        return tuple(as_gold(found))
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from None


def _read_task(task: Node, predictions: bool, name: str) -> GoldText:
    data = task.of("data")
    text = data.of("text").string()
    id = data.of("id").string() if isinstance(data.mapping().get("id"), str) else name
    return marks_to_gold(_read_results(_results_of(task, predictions), id, text))


def _results_of(task: Node, predictions: bool) -> Node:
    """The results of the last annotation, or of the last prediction where that will do."""
    fields = task.mapping()
    kept = [
        annotation
        for annotation in (task.of("annotations").each(lambda node: node) if fields.get("annotations") else ())
        if not annotation.mapping().get("was_cancelled")
    ]
    if not kept and predictions and fields.get("predictions"):
        kept = list(task.of("predictions").each(lambda node: node))
    if not kept:
        raise ValueError("has no annotation; to take what the library found instead, read with predictions=True")
    return kept[-1].of("result")


def _read_results(results: Node, id: str, text: str) -> Marks:
    places: dict[str, tuple[str, int, int]] = {}
    fields: dict[str, dict[str, Any]] = {}
    ties: list[Tie] = []
    for result in results.each(lambda node: node):
        kind = result.of("type").string()
        if kind == "relation":
            ties.append(_read_relation(result))
            continue
        region = result.of("id").string()
        value = result.of("value")
        if kind == "labels":
            places[region] = (_label(value), *_place(value, region, text))
        else:
            fields.setdefault(region, {}).update(_read_field(result, kind, region))
    regions = [Region(region, *place, fields.get(region, {})) for region, place in places.items()]
    return Marks(id, text, tuple(regions), tuple(ties))


def _label(value: Node) -> str:
    labels = value.of("labels").each(lambda label: label.one_of(LABELS))
    if len(labels) != 1:
        raise ValueError(f"{value.path}.labels: must be one label, not {len(labels)}")
    return labels[0]


def _place(value: Node, region: str, text: str) -> tuple[int, int]:
    """Start and end of a region. Label Studio may write them as strings."""
    fields = value.mapping()
    ends = []
    for key in ("start", "end"):
        end = value.of(key).value
        if isinstance(end, str) and end.isdecimal():
            end = int(end)
        ends.append(Node(end, f"{value.path}.{key}").number())
    words = fields.get("text")
    try:
        return place_words(text, ends[0], ends[1], words if isinstance(words, str) else None)
    except ValueError as error:
        raise ValueError(f"region {region}: {error}") from None


def _read_field(result: Node, kind: str, region: str) -> dict[str, Any]:
    """One field of a region; results of controls that are not ours are passed over."""
    name, value = result.of("from_name").string(), result.of("value")
    if name in _CHOICES and kind == "choices":
        chosen = value.of("choices").each(lambda choice: choice.one_of(tuple(_CHOICES[name])))
        if name == "optional":
            return {name: bool(chosen)}
        return {name: chosen[0]} if chosen else {}
    if name in _NUMBERS and kind == "number":
        return {name: value.of("number").number()}
    if name in _AREAS and kind == "textarea":
        written = value.of("text")
        lines = [written.string()] if isinstance(written.value, str) else written.each(Node.string)
        words = " ".join(lines).strip()
        return {name: _json(words, region) if name == "also" and words else words} if words else {}
    return {}


def _json(words: str, region: str) -> Any:
    try:
        return json.loads(words)
    except ValueError as error:
        raise ValueError(f"region {region}: also: not JSON: {error}") from None


def _read_relation(result: Node) -> Tie:
    source, target = result.of("from_id").string(), result.of("to_id").string()
    if result.mapping().get("direction") == "left":
        source, target = target, source
    labels = list(result.of("labels").each(Node.string)) if result.mapping().get("labels") else []
    kinds = [label for label in labels if label != "joint"]
    what = f"the relation from {source} to {target}"
    if len(kinds) != 1:
        raise ValueError(f"{what}: must have one label besides joint, not {kinds}")
    if kinds[0] in ("victims", "part of"):
        return Tie(kinds[0].replace(" ", "_"), source, target)
    ranked = _RANKED.fullmatch(kinds[0])
    if ranked is None:
        raise ValueError(
            f"{what}: the label must be victims, part of, source 1, disputed by 1 or the like; not {kinds[0]!r}"
        )
    kind = next(kind for kind, label in _KINDS.items() if label == ranked[1])
    return Tie(kind, source, target, int(ranked[2] or 1), "joint" in labels)
