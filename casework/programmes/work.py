"""Rows of many rooms read in one statement, and what of them waits for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Count, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

from .contributions import RowSource, WorkItem, WorkSource

MOST = 60
"""So many rows of one source fit into a day."""

Facts = Mapping[str, Any]


def read_rows(sources: Sequence[RowSource]) -> list[list[Facts]]:
    """The facts of every source's rows, each with its `pk` and `case_id`; one query, none without sources."""
    found: list[list[Facts]] = [[] for _source in sources]
    parts = [_rows(number, source) for number, source in enumerate(sources)]
    for number, case_id, facts in parts[0].union(*parts[1:], all=True) if parts else ():
        found[number].append({**facts, "case_id": case_id})
    return found


def _rows(number: int, source: RowSource) -> QuerySet[Any, Any]:
    case = F(source.case) if source.case else Cast(Value(None), BigIntegerField())
    place = Value(number, IntegerField())
    if source.is_one:
        counted = source.rows.order_by().values(place=place).annotate(n=Count("pk"))
        return counted.values_list("place", case, JSONObject(n="n"))
    return source.rows[:MOST].values_list(place, case, JSONObject(pk="pk", **source.facts))


def read_work(sources: Iterable[WorkSource]) -> list[WorkItem]:
    """What of the sources waits; one query."""
    in_order = list(sources)
    return list(work_items(in_order, read_rows(in_order)))


def work_items(sources: Iterable[WorkSource], found: Iterable[Sequence[Facts]]) -> Iterator[WorkItem]:
    """What the rows of every source say that waits."""
    for source, rows in zip(sources, found, strict=True):
        yield from map(source.item, rows)


def day(told: str | None) -> date | None:
    """A day as JSON tells it."""
    return date.fromisoformat(told) if told else None


def moment_day(told: str) -> date:
    """The local day of a moment as JSON tells it."""
    return timezone.localdate(datetime.fromisoformat(told))
