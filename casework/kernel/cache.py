"""The cache of all web processes: a table that holds JSON, so that whoever writes a row of it runs no code."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

WRITE = (
    "INSERT INTO {table} (cache_key, value, expires) VALUES (%(key)s, %(value)s, %(expires)s)"
    " ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires"
)
STATEMENTS = {
    "set": WRITE,
    "add": WRITE + " WHERE {table}.expires < %(now)s",
    "touch": "UPDATE {table} SET expires = %(expires)s WHERE cache_key = %(key)s",
}


class JsonCache(DatabaseCache):
    """Django's cache in the database, with JSON in place of pickles (decision 65).

    Raises TypeError for a value that JSON cannot hold; a tuple comes back as a list, the keys of a dict as text.
    """

    _table: str
    _max_entries: int
    _cull: Callable[..., None]

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        names = {self.make_and_validate_key(key, version=version): key for key in keys}
        asked = f"SELECT cache_key, value FROM {self._table} WHERE cache_key = ANY(%s) AND expires >= %s"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(asked, [list(names), timezone.now()])
            return {names[key]: json.loads(value) for key, value in cursor.fetchall()}

    def _base_set(self, mode: str, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT) -> bool:
        """Write an entry in one statement: `add` where none holds any more, `touch` without its value."""
        now, ends = timezone.now(), self.get_backend_timeout(timeout)
        expires = datetime.max.replace(tzinfo=UTC) if ends is None else datetime.fromtimestamp(ends, tz=UTC)
        written: dict[str, Any] = {"key": key, "value": json.dumps(value), "expires": expires, "now": now}
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                self._make_room(cursor, now)
                cursor.execute(STATEMENTS[mode].format(table=self._table), written)
                return bool(cursor.rowcount)
        except DatabaseError:  # such as one that waited too long for who writes the same entry: a page needs none
            return False

    def clear_expired(self) -> None:
        """Remove the entries that are no longer answered with."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self._table} WHERE expires < %s", [timezone.now()])  # noqa: S608

    def _make_room(self, cursor: Any, now: datetime) -> None:
        cursor.execute(f"SELECT count(*) FROM {self._table}")  # noqa: S608
        [number] = cursor.fetchone()
        if number > self._max_entries:
            self._cull(connection.alias, cursor, now, number)
