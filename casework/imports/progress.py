"""Telling how far a long transaction has come, from outside it: the bar moves before anything is committed."""

from __future__ import annotations

import time
from types import TracebackType

from django.db import connection
from django.utils import timezone

from casework.imports.models import ImportRun

SECONDS = 0.5  # between two reports


class Stopped(Exception):  # noqa: N818  what happened
    """Somebody stopped the run while the worker was busy with it."""


class Progress:
    """Writes the progress of a run through a connection of its own; used as a context manager."""

    def __init__(self, run: ImportRun, total: int) -> None:
        self._run_id, self._state, self._total = run.pk, run.state, total
        self._connection = connection.copy()
        self._last = 0.0

    def __enter__(self) -> Progress:
        self._write(0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def report(self, done: int) -> None:
        """So many rows are done. Raises Stopped when the run is no longer in the state in which the work began."""
        if time.monotonic() - self._last >= SECONDS:
            self._write(done)
            if not ImportRun.rows.filter(pk=self._run_id, state=self._state).exists():
                raise Stopped

    def _write(self, done: int) -> None:
        self._last = time.monotonic()
        table = ImportRun._meta.db_table
        with self._connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET progress = %s, total = %s, alive_at = %s WHERE id = %s",  # noqa: S608
                [done, self._total, timezone.now(), self._run_id],
            )
