"""A query as the text that the database gets."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from psycopg2.extras import Json


class Text(NamedTuple):
    """A statement with its parameters. It is empty where nothing is found, whatever stands in the tables."""

    sql: str = ""
    parameters: tuple[Any, ...] = ()

    def rows(self) -> list[tuple[Any, ...]]:
        """What it finds now; one query, and none where it is empty."""
        if not self.sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.parameters)
            return cursor.fetchall()

    def about(self, ids: Mapping[int, int]) -> Text:
        """The same statement with other numbers in the place of some that it was written with."""
        return self._replace(parameters=tuple(_with(ids, value) for value in self.parameters))


def _with(ids: Mapping[int, int], value: Any) -> Any:
    """A parameter with some numbers replaced: it is one, or a list of them, as such or as JSON."""
    if type(value) is int:
        return ids.get(value, value)
    if isinstance(value, list):
        return [_with(ids, one) for one in value]
    if isinstance(value, Json):
        made = copy(value)
        made.adapted = _with(ids, value.adapted)
        return made
    return value


def text_of(rows: models.QuerySet[Any, Any]) -> Text:
    """What a query asks; no query."""
    try:
        return Text(*rows.query.sql_with_params())
    except EmptyResultSet:
        return Text()


class NamedValues:
    """A query for values under their names, written once: its text, and how each value is read from the database."""

    def __init__(self, rows: models.QuerySet[Any, Any]) -> None:
        compiler = rows.query.get_compiler(rows.db)
        try:
            self.text = Text(*compiler.as_sql())
        except EmptyResultSet:
            self.text = Text()
        self.readers = compiler.get_converters([column for column, _sql, _name in compiler.select or ()])
        row = namedtuple("Row", rows.query.selected or ())  # type: ignore[misc]
        self.named: Callable[[list[Any]], Any] = row._make

    def about(self, ids: Mapping[int, int]) -> NamedValues:
        """The same query with other numbers in the place of some that it was written with."""
        other = copy(self)
        other.text = self.text.about(ids)
        return other

    def rows(self) -> Iterator[Any]:
        """What it finds now, each row with its names; one query, and none where nothing can be found."""
        for found in self.text.rows():
            values = list(found)
            for at, (readers, column) in self.readers.items():
                for read in readers:
                    values[at] = read(values[at], column, connection)
            yield self.named(values)
