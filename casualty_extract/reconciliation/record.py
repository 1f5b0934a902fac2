"""A reconciliation read back from plain data; what is wrong is named by its path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casualty_extract.model import HARMS, STATUSES
from casualty_extract.reconciliation.types import Event, EventToll, Figure, LeftOut, Quotation, Reconciliation
from casualty_extract.record import Node
from casualty_extract.review import ReviewItem


def read_reconciliation(record: Mapping[str, Any]) -> Reconciliation:
    """The reconciliation behind plain data. Raises ValueError with the path of what is wrong."""
    top = Node(record, "")
    return Reconciliation(
        top.of("events").each(_event), top.of("codebook").maybe(Node.string), top.of("columns").each(Node.string)
    )


def _event(node: Node) -> Event:
    return Event(
        key=node.of("key").maybe(Node.string),
        texts=node.of("texts").each(Node.string),
        tolls=node.of("tolls").each(_toll),
        checks=node.of("checks").each(_check),
        coded=node.of("coded").each(Node.mapping),
    )


def _toll(node: Node) -> EventToll:
    return EventToll(
        harm=node.of("harm").one_of(HARMS),
        category=node.of("category").maybe(Node.string),
        low=node.of("low").maybe(Node.number),
        best=node.of("best").maybe(Node.number),
        high=node.of("high").maybe(Node.number),
        figures=node.of("figures").each(_figure),
        excluded=node.of("excluded").each(_left_out),
    )


def _figure(node: Node) -> Figure:
    return Figure(
        claimants=node.of("claimants").each(Node.string),
        types=node.of("types").each(Node.string),
        low=node.of("low").maybe(Node.number),
        best=node.of("best").maybe(Node.number),
        high=node.of("high").maybe(Node.number),
        status=node.of("status").one_of(STATUSES),
        text_id=node.of("text_id").string(),
        date=node.of("date").maybe(Node.string),
        claims=node.of("claims").each(Node.string),
        quotations=node.of("quotations").each(_quotation),
        disputed_by=node.of("disputed_by").each(Node.string),
        outdated=node.of("outdated").flag(),
        own_voice=node.of("own_voice").flag(),
    )


def _quotation(node: Node) -> Quotation:
    where = (node.of("start").number(), node.of("end").number())
    return Quotation(node.of("text_id").string(), node.of("text").string(), *where)


def _left_out(node: Node) -> LeftOut:
    return LeftOut(node.of("text_id").string(), node.of("claim").string(), node.of("reason").string())


def _check(node: Node) -> ReviewItem:
    return ReviewItem(
        doubt=node.of("doubt").string(),
        reason=node.of("reason").string(),
        severity=node.of("severity").number(),
        claim=node.of("claim").string(),
        text=node.of("text").string(),
        start=node.of("start").number(),
        end=node.of("end").number(),
        text_id=node.of("text_id").maybe(Node.string),
        event=node.of("event").maybe(Node.string),
    )
