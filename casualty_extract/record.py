"""The record read back: every key checked, and named by its path where it is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from casualty_extract.model import (
    ATTRIBUTES,
    CATEGORIES,
    HARMS,
    MODIFIERS,
    RELATIONS,
    SCHEMA,
    SCOPES,
    SOURCE_TYPES,
    STATUSES,
    UNITS,
    Claim,
    Count,
    Exclusion,
    Rejection,
    Relation,
    Source,
    Span,
    Toll,
    Victims,
)
from casualty_extract.report import Report
from casualty_extract.values import one_line, plain

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a record with its path. Its methods return the value, or raise ValueError with the path."""

    value: Any
    path: str
    whole: str = ""  # the text that every span must hold in

    def fail(self, why: str) -> ValueError:
        return ValueError(one_line(f"{self.path or 'record'}: {why}"))

    def of(self, key: str) -> Node:
        """The value behind a key, which must be there."""
        if not isinstance(self.value, Mapping):
            raise self.fail(f"must be an object, not {_kind(self.value)}")
        path = f"{self.path}.{key}" if self.path else key
        if key not in self.value:
            raise ValueError(one_line(f"{path}: missing"))
        return Node(self.value[key], path, self.whole)

    def each(self, read: Callable[[Node], T]) -> tuple[T, ...]:
        if not isinstance(self.value, list | tuple):
            raise self.fail(f"must be a list, not {_kind(self.value)}")
        return tuple(read(Node(part, f"{self.path}[{i}]", self.whole)) for i, part in enumerate(self.value))

    def maybe(self, read: Callable[[Node], T]) -> T | None:
        return None if self.value is None else read(self)

    def mapping(self) -> dict[str, Any]:
        """A mapping of plain JSON values, which Infinity is not."""
        if not isinstance(self.value, Mapping):
            raise self.fail(f"must be an object, not {_kind(self.value)}")
        try:
            return dict(plain(self.value, self.path))
        except TypeError as error:
            raise ValueError(one_line(str(error))) from None

    def string(self) -> str:
        if not isinstance(self.value, str):
            raise self.fail(f"must be a string, not {_kind(self.value)}")
        return self.value

    def number(self) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.fail(f"must be a whole number, not {_kind(self.value)}")
        if self.value < 0:
            raise self.fail(f"must not be negative: {self.value}")
        return self.value

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.fail(f"must be true or false, not {_kind(self.value)}")
        return self.value

    def one_of(self, allowed: tuple[str, ...]) -> str:
        if self.string() not in allowed:
            raise self.fail(f"must be one of {', '.join(allowed)}; not {self.value!r}")
        return self.string()

    def place(self) -> tuple[str, int, int]:
        """text, start and end, which must be what the whole text holds there."""
        text, start, end = self.of("text").string(), self.of("start").number(), self.of("end").number()
        if not start <= end <= len(self.whole):
            raise self.fail(f"{start} to {end} is no stretch of a text of {len(self.whole)} characters")
        if self.whole[start:end] != text:
            raise self.fail(f"the text holds {self.whole[start:end]!r} from {start} to {end}, not {text!r}")
        return text, start, end


def read_report(record: Mapping[str, Any]) -> Report:
    """The report behind a record. Raises ValueError that names the path at fault."""
    top = Node(record, "")
    _check_schema(top.of("schema"))
    text = top.of("text").string()
    top = Node(record, "", text)
    return Report(
        text=text,
        claims=top.of("claims").each(_claim),
        tolls=_tolls(top.of("tolls")),
        rejections=top.of("rejections").each(_rejection),
        meta=top.of("meta").mapping(),
        pipeline=top.of("pipeline").string(),
        settings=top.of("settings").mapping(),
        library=top.of("library").string(),
    )


def _check_schema(node: Node) -> None:
    if node.number() > SCHEMA:
        raise node.fail(f"{node.value} is newer than this library reads ({SCHEMA}); upgrade casualty_extract")
    if node.number() < 1:
        raise node.fail(f"there is no schema {node.value}")


def _claim(node: Node) -> Claim:
    text, start, end = node.place()
    return Claim(
        id=node.of("id").string(),
        text=text,
        start=start,
        end=end,
        count=_count(node.of("count")),
        harm=node.of("harm").one_of(HARMS),
        harm_cue=node.of("harm_cue").maybe(_span),
        victims=_victims(node.of("victims")),
        attribution=node.of("attribution").each(_source),
        disputed_by=node.of("disputed_by").each(_source),
        perpetrator=node.of("perpetrator").maybe(_span),
        cause=node.of("cause").maybe(_span),
        place=node.of("place").maybe(_span),
        time=node.of("time").maybe(_span),
        status=node.of("status").one_of(STATUSES),
        status_cue=node.of("status_cue").maybe(_span),
        scope=node.of("scope").one_of(SCOPES),
        increment=node.of("increment").flag(),
        episode=node.of("episode").number(),
        relations=node.of("relations").each(_relation),
        implicit=node.of("implicit").flag(),
        doubts=node.of("doubts").each(Node.string),
        rules=_rules(node.of("rules")),
    )


def _count(node: Node) -> Count:
    return Count(
        *node.place(),
        value=node.of("value").maybe(Node.number),
        low=node.of("low").maybe(Node.number),
        high=node.of("high").maybe(Node.number),
        modifier=node.of("modifier").one_of(MODIFIERS),
    )


def _victims(node: Node) -> Victims:
    places = [node.of(key).value for key in ("text", "start", "end")]
    text, start, end = (None, None, None) if places == [None, None, None] else node.place()
    return Victims(
        text=text,
        start=start,
        end=end,
        category=node.of("category").one_of(CATEGORIES),
        attributes=node.of("attributes").each(lambda part: part.one_of(ATTRIBUTES)),
        affiliation=node.of("affiliation").maybe(Node.string),
        unit=node.of("unit").one_of(UNITS),
    )


def _source(node: Node) -> Source:
    return Source(
        *node.place(),
        name=node.of("name").string(),
        body=node.of("body").maybe(Node.string),
        type=node.of("type").one_of(SOURCE_TYPES),
        cue=node.of("cue").maybe(_span),
        joint=node.of("joint").flag(),
    )


def _span(node: Node) -> Span:
    return Span(*node.place())


def _relation(node: Node) -> Relation:
    return Relation(type=node.of("type").one_of(RELATIONS), target=node.of("target").string())


def _rejection(node: Node) -> Rejection:
    return Rejection(*node.place(), reason=node.of("reason").string())


def _rules(node: Node) -> dict[str, Any]:
    """The rule behind each part, or the rules behind each of its members."""
    for part in node.mapping():
        rule = node.of(part)
        if isinstance(rule.value, list | tuple):
            rule.each(Node.string)
        else:
            rule.string()
    return node.mapping()


def _tolls(node: Node) -> dict[str, Toll]:
    for harm in node.mapping():
        Node(harm, f"{node.path}.{harm}").one_of(HARMS)
    return {harm: _toll(node.of(harm)) for harm in node.mapping()}


def _toll(node: Node) -> Toll:
    return Toll(
        low=node.of("low").maybe(Node.number),
        best=node.of("best").maybe(Node.number),
        high=node.of("high").maybe(Node.number),
        claims=node.of("claims").each(Node.string),
        excluded=node.of("excluded").each(_exclusion),
    )


def _exclusion(node: Node) -> Exclusion:
    return Exclusion(id=node.of("id").string(), reason=node.of("reason").string())


def _kind(value: Any) -> str:
    names = {"NoneType": "null", "dict": "an object", "list": "a list", "str": "a string"}
    return names.get(type(value).__name__, type(value).__name__)
