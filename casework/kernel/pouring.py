"""Rows in bulk: COPY into the tables as they are, with ids taken from their sequences beforehand where rows need them.

For workers and commands; in a web process, where COPY does not run (see `postgres`), rows are inserted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import connection, models
from psycopg2 import extensions

NOTHING = r"\N"
INSERTED_AT_ONCE = 1_000
SENT_AT_ONCE = 500
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
Row = Mapping[str, Any]


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """Take that many ids of a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def pour(model: type[models.Model], rows: Iterable[Row], *, now: datetime) -> int:
    """Write rows of column names and values; what a row leaves out has the field's default. Answers how many.

    Raises KeyError for a column the table does not have.
    """
    rows = list(rows)
    if not rows:
        return 0
    told = set().union(*rows)
    fields = [field for field in model._meta.concrete_fields if not field.primary_key or "id" in told]
    if unknown := told - {field.column for field in fields}:
        raise KeyError(f"{model.__name__} has no {sorted(unknown)}")
    if extensions.get_wait_callback() is not None:
        model._base_manager.bulk_create([model(**row) for row in rows], batch_size=INSERTED_AT_ONCE)
        return len(rows)
    own = [field for field in fields if field.column in told]
    same = [field for field in fields if field.column not in told]
    lines = _lines(rows, own, tail=[_writer(field)(_default(field, now)) for field in same], now=now)
    _copy(model, [field.column for field in (*own, *same)], lines)
    return len(rows)


def _lines(rows: Sequence[Row], fields: Sequence[models.Field], *, tail: Sequence[str], now: datetime) -> Iterator[str]:
    """Each row as COPY reads it. The last columns, of which no row tells anything, are the same in all."""
    writers = [(field.column, _writer(field)) for field in fields]
    usual = {field.column: write(_default(field, now)) for field, (_c, write) in zip(fields, writers, strict=True)}
    end = "".join(f"\t{text}" for text in tail) + "\n"
    for row in rows:
        yield "\t".join([write(row[to]) if to in row else usual[to] for to, write in writers]) + end


class _Lines:
    """Lines as a file that is read: the database writes some while the next ones are made."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines

    def read(self, size: int) -> str:
        return "".join(islice(self._lines, SENT_AT_ONCE))


def _copy(model: type[models.Model], columns: Iterable[str], lines: Iterator[str]) -> None:
    quote = connection.ops.quote_name
    command = f"COPY {quote(model._meta.db_table)} ({', '.join(map(quote, columns))}) FROM STDIN"
    with connection.cursor() as cursor:
        cursor.copy_expert(command, _Lines(lines))


def _default(field: models.Field, now: datetime) -> Any:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return now
    return field.get_default()


def _writer(field: models.Field) -> Callable[[Any], str]:
    return _json if isinstance(field, models.JSONField) else _text


def _json(value: Any) -> str:
    return json.dumps(value).translate(_ESCAPES)


def _text(value: Any) -> str:
    """One value as COPY reads it."""
    if isinstance(value, str):
        return value if value.isprintable() and "\\" not in value else str(value).translate(_ESCAPES)
    if value is None:
        return NOTHING
    if value.__class__ is int:
        return str(value)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, list):
        quoted = ['"' + str(item).replace("\\", "\\\\").replace('"', '\\"') + '"' for item in value]
        return ("{" + ",".join(quoted) + "}").translate(_ESCAPES)
    if isinstance(value, date):
        return value.isoformat()
    return str(value).translate(_ESCAPES)
