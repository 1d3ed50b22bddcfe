"""Wait in a test until another thread waits for a row that this one holds."""

from __future__ import annotations

import time

from django.db import connection

WAITS = """
SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))
"""
AT_MOST = 20
"""Seconds."""


def wait_for_who_waits() -> None:
    """Go on as soon as somebody waits for what this transaction holds, or when nobody does after all."""
    until = time.monotonic() + AT_MOST
    while not _somebody_waits() and time.monotonic() < until:
        time.sleep(0.05)


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITS)
        return bool(cursor.fetchone()[0])
