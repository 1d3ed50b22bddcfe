"""Rows of many rooms read in one statement, and what of them waits for a person."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Count, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

from casework.kernel.statements import Text, text_of

from .contributions import RowSource, WorkItem, WorkSource

MOST = 60
"""So many rows of one source fit into a day."""

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Statement:
    """The one statement that reads the rows of so many sources; it may be asked again and again."""

    sources: int
    text: Text

    def about(self, ids: Mapping[int, int]) -> Statement:
        """The same with other numbers in the place of some that it was written with."""
        return Statement(self.sources, self.text.about(ids))

    def rows(self) -> list[list[Facts]]:
        """The facts of every source's rows as they are now, each with its `pk` and `case_id`; one query."""
        found: list[list[Facts]] = [[] for _source in range(self.sources)]
        for number, case_id, facts in self.text.rows():
            found[number].append({**json.loads(facts), "case_id": case_id})
        return found


def statement_of(sources: Sequence[RowSource]) -> Statement:
    """What reads the rows of all sources; nothing is asked where none of them has any."""
    parts = [_rows(number, source) for number, source in enumerate(sources)]
    return Statement(len(parts), text_of(parts[0].union(*parts[1:], all=True)) if parts else Text())


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
    return list(work_items([source.item for source in in_order], statement_of(in_order).rows()))


def work_items(tell: Iterable[Callable[[Facts], WorkItem]], found: Iterable[Sequence[Facts]]) -> Iterator[WorkItem]:
    """What the rows of every source say that waits, told by the source's `item`."""
    for item, rows in zip(tell, found, strict=True):
        yield from map(item, rows)


def day(told: str | None) -> date | None:
    """A day as JSON tells it."""
    return date.fromisoformat(told) if told else None


def moment_day(told: str) -> date:
    """The local day of a moment as JSON tells it."""
    return timezone.localdate(datetime.fromisoformat(told))
