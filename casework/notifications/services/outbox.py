"""The outbox: a row written with the act it belongs to, sent by the relay, run by a worker at most three times."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import F

from casework.audit.services import record_event
from casework.kernel.moves import move, move_all
from casework.notifications.models import OutboxRow
from casework.notifications.queries import LOCK_CLASS, lock_key, running_ids
from casework.notifications.states import OutboxState

CHANNEL = "casework_outbox"
MAX_TRIES = 3
AT_ONCE = 20  # rows a relay sends in one transaction; a worker waits for its end before it begins one of them
PAUSES = (timedelta(seconds=10), timedelta(seconds=60))
KEEP_DONE = timedelta(days=7)
WORKER_DIED = "the worker died each time it did this"


def enqueue(task: str, row_id: int) -> OutboxRow:
    """Ask for a task after commit: one row in the caller's transaction, and a word to the relay when it commits."""
    row = OutboxRow.objects.create(task=task, row_id=row_id)
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")
    return row


@transaction.atomic
def send_waiting(*, send: Callable[[OutboxRow], None], now: datetime, most: int = AT_ONCE) -> Sequence[OutboxRow]:
    """Send the oldest waiting rows that no other relay holds, and mark them sent; nothing when there is none.

    What `send` raises rolls back, so all of them wait on. A relay killed between sending and marking sends twice, and
    so does one whose broker goes away in between: the worker's lock and the row's state keep the effect single.
    """
    waiting = OutboxRow.objects.filter(state=OutboxState.WAITING, not_before__lte=now).order_by("not_before", "id")
    rows = list(waiting.select_for_update(skip_locked=True)[:most])
    for row in rows:
        send(row)
    return move_all(rows, OutboxState.SENT, sent_at=now)


@transaction.atomic
def reclaim_lost(*, sent_before: datetime, now: datetime, limit: int = 100) -> int:
    """Put back rows that were sent, are not done and run in no worker: the broker forgot them or the worker died."""
    running = running_ids()
    lost = OutboxRow.objects.filter(state=OutboxState.SENT, sent_at__lt=sent_before).order_by("sent_at")
    rows = [row for row in lost.select_for_update(skip_locked=True)[:limit] if lock_key(row.pk) not in running]
    for row in rows:
        move(row, OutboxState.WAITING, not_before=now)
    return len(rows)


@contextmanager
def holding(outbox_id: int) -> Iterator[bool]:
    """Hold the row for one worker while the task runs; yields False when another worker holds it.

    The lock belongs to the database session, so a killed worker lets go of it at once.
    """
    key = [LOCK_CLASS, lock_key(outbox_id)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        held = bool(cursor.fetchone()[0])
    try:
        yield held
    finally:
        if held:
            with (
                suppress(DatabaseError, InterfaceError),
                connection.cursor() as cursor,
            ):  # a lost session let go already
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)


def start_run(*, outbox_id: int, now: datetime) -> OutboxRow | None:
    """Count one try and return the row to work on; None when it is done, parked or out of tries (then it is parked)."""
    open_row = OutboxRow.objects.filter(pk=outbox_id, state__in=(OutboxState.WAITING, OutboxState.SENT))
    if open_row.filter(tries__lt=MAX_TRIES).update(tries=F("tries") + 1):
        return OutboxRow.objects.get(pk=outbox_id)
    row = open_row.first()
    if row is not None:
        move(row, OutboxState.PARKED, failure=row.failure or WORKER_DIED, done_at=now)
    return None


def finish_run(*, row: OutboxRow, now: datetime) -> OutboxRow:
    """Mark the row done."""
    return move(row, OutboxState.DONE, done_at=now, failure="")


@transaction.atomic
def fail_run(*, row: OutboxRow, failure: str, now: datetime) -> OutboxRow:
    """Let the row wait for its next try, or park it with the reason after the third. No personal data in `failure`."""
    row = OutboxRow.objects.select_for_update().get(pk=row.pk)
    failure = failure[:300]
    if row.tries >= MAX_TRIES:
        return move(row, OutboxState.PARKED, failure=failure, done_at=now)
    if row.state == OutboxState.SENT:
        move(row, OutboxState.WAITING)
    row.not_before, row.failure = now + PAUSES[row.tries - 1], failure
    row.save(update_fields=["not_before", "failure"])
    return row


@transaction.atomic
def release_parked(*, row: OutboxRow, by: object, now: datetime) -> OutboxRow:
    """Give a parked row three new tries. Raises TransitionNotAllowed when it is not parked."""
    row = move(row, OutboxState.WAITING, tries=0, not_before=now, done_at=None)
    record_event("notifications.task.released", actor=by, subject=row, level=1)
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")
    return row


def forget_done(*, now: datetime) -> int:
    """Remove rows that were done more than a week ago."""
    return OutboxRow.objects.filter(state=OutboxState.DONE, done_at__lt=now - KEEP_DONE).delete()[0]
