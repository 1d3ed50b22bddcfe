"""A query as the text that the database gets."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection, models


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


def text_of(rows: models.QuerySet[Any, Any]) -> Text:
    """What a query asks; no query."""
    try:
        return Text(*rows.query.sql_with_params())
    except EmptyResultSet:
        return Text()
