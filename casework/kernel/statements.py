"""A query as the text that the database gets."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import models


class Text(NamedTuple):
    """A statement with its parameters. It is empty where nothing is found, whatever stands in the tables."""

    sql: str = ""
    parameters: tuple[Any, ...] = ()


def text_of(rows: models.QuerySet[Any, Any]) -> Text:
    """What a query asks; no query."""
    try:
        return Text(*rows.query.sql_with_params())
    except EmptyResultSet:
        return Text()
