"""Rows in bulk: COPY into the tables as they are, with ids taken from their sequences beforehand where rows need them.

For workers and commands; in a web process, where COPY does not run (see `postgres`), rows are inserted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain, islice
from typing import Any

from django.db import connection, models
from psycopg2 import Error, extensions

from .copying import refuse_meanwhile

NOTHING = r"\N"
INSERTED_AT_ONCE = 1_000
SENT_AT_ONCE = 500
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
Row = Mapping[str, Any]


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """Take that many ids of a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH own AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS ids)"
            " SELECT nextval(own.ids) FROM own, generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def pour(model: type[models.Model], rows: Iterable[Row], *, now: datetime) -> int:
    """Write rows of column names and values; what a row leaves out has the field's default. Answers how many.

    All rows have an id, or none. The database writes some while the next ones are made, so what makes them may ask it
    for something only before its first row.

    Raises KeyError for a column the table does not have.
    """
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return 0
    fields = [field for field in model._meta.concrete_fields if not field.primary_key or "id" in first]
    known = _known(chain([first], rows), model, {field.column for field in fields})
    if extensions.get_wait_callback() is not None:
        return len(model._base_manager.bulk_create([model(**row) for row in known], batch_size=INSERTED_AT_ONCE))
    lines = _Lines(known, fields, now)
    _copy(model, [field.column for field in fields], lines)
    return lines.count


def _known(rows: Iterable[Row], model: type[models.Model], columns: set[str]) -> Iterator[Row]:
    """The rows, as long as each tells only what the table has."""
    for row in rows:
        if not row.keys() <= columns:
            raise KeyError(f"{model.__name__} has no {sorted(row.keys() - columns)}")
        yield row


class _Lines:
    """Rows as a file that COPY reads; it keeps what went wrong where they are made, which COPY would only quote."""

    def __init__(self, rows: Iterator[Row], fields: Sequence[models.Field], now: datetime) -> None:
        self.count = 0
        self.fault: Exception | None = None
        self._rows = rows
        self._columns = [(field.column, _writer(field), _writer(field)(_default(field, now))) for field in fields]

    def read(self, size: int) -> str:
        """Some lines; nothing after the last one."""
        try:
            lines = [
                "\t".join([write(row[to]) if to in row else usual for to, write, usual in self._columns]) + "\n"
                for row in islice(self._rows, SENT_AT_ONCE)
            ]
        except Exception as fault:
            self.fault = fault
            raise
        self.count += len(lines)
        return "".join(lines)


def _copy(model: type[models.Model], columns: Iterable[str], lines: _Lines) -> None:
    quote = connection.ops.quote_name
    command = f"COPY {quote(model._meta.db_table)} ({', '.join(map(quote, columns))}) FROM STDIN"
    try:
        with connection.cursor() as cursor, connection.execute_wrapper(refuse_meanwhile):
            cursor.copy_expert(command, lines)
    except Error:
        if lines.fault is None:
            raise
        raise lines.fault from None


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
