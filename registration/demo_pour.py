"""Rows in bulk: COPY into the tables as they are, with ids taken from their sequences beforehand."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, models

NOTHING = r"\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """Take that many ids of a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def pour(model: type[models.Model], rows: Iterable[Mapping[str, Any]], *, now: datetime) -> int:
    """Write rows of column names and values; what a row leaves out has the field's default. Answers how many.

    Raises KeyError for a column the table does not have.
    """
    rows = list(rows)
    if not rows:
        return 0
    fields = [field for field in model._meta.concrete_fields if not field.primary_key or "id" in rows[0]]
    writers = [(field.column, _default(field, now), _writer(field)) for field in fields]
    unknown = set().union(*rows) - {column for column, _value, _write in writers}
    if unknown:
        raise KeyError(f"{model.__name__} has no {sorted(unknown)}")
    lines = ("\t".join(write(row.get(column, value)) for column, value, write in writers) for row in rows)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column) for column, _value, _write in writers)
    with connection.cursor() as cursor:
        command = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
        cursor.copy_expert(command, io.StringIO("\n".join(lines) + "\n"))
    return len(rows)


def _default(field: models.Field, now: datetime) -> Any:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return now
    return field.get_default()


def _writer(field: models.Field) -> Any:
    return _json if isinstance(field, models.JSONField) else _text


def _json(value: Any) -> str:
    return json.dumps(value).translate(_ESCAPES)


def _text(value: Any) -> str:
    """One value as COPY reads it."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, list):
        quoted = ['"' + str(item).replace("\\", "\\\\").replace('"', '\\"') + '"' for item in value]
        return ("{" + ",".join(quoted) + "}").translate(_ESCAPES)
    if isinstance(value, date):
        return value.isoformat()
    return str(value).translate(_ESCAPES)
