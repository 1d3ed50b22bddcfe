"""What waits, what is parked, who is alive, what is new in the bell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from casework.access.written import written_for_all
from casework.kernel.statements import Text, text_of
from casework.programmes.contributions import EventWords, registry

from .models import Heartbeat, Notice, OutboxRow
from .states import OutboxState

LOCK_CLASS = 0x0CA5E
PULSES = {"relay": timedelta(minutes=1), "worker": timedelta(minutes=1), "beat": timedelta(minutes=5)}


def lock_key(outbox_id: int) -> int:
    """The outbox id as the second half of a PostgreSQL advisory lock (31 bits)."""
    return outbox_id % 2**31


def running_ids() -> frozenset[int]:
    """Lock keys of the rows that a worker holds at this moment, in this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid FROM pg_locks JOIN pg_database d ON d.oid = database "
            "WHERE locktype = 'advisory' AND objsubid = 2 AND classid = %s AND granted "
            "AND d.datname = current_database()",
            [LOCK_CLASS],
        )
        return frozenset(key for (key,) in cursor.fetchall())


@dataclass(frozen=True)
class Pulse:
    """One background process: when it last gave a sign of life, and whether that is recent enough."""

    name: str
    beaten_at: datetime | None
    is_alive: bool


def heartbeats(now: datetime) -> list[Pulse]:
    """The background processes that must run, alive or silent."""
    beaten = dict(Heartbeat.objects.values_list("name", "beaten_at"))
    return [
        Pulse(name, beaten.get(name), name in beaten and now - beaten[name] <= silence)
        for name, silence in PULSES.items()
    ]


def outbox_counts() -> dict[str, int]:
    """Number of rows by state."""
    counted = OutboxRow.objects.values_list("state").annotate(rows=Count("pk"))
    return dict.fromkeys(OutboxState.values, 0) | dict(counted)


def parked_rows() -> QuerySet[OutboxRow]:
    """What was given up after three tries, newest first."""
    return OutboxRow.objects.filter(state=OutboxState.PARKED).order_by("-id")


def has_live_row(task: str, row_ids: Iterable[int]) -> frozenset[int]:
    """Those of the ids for which a row of the task waits, is sent or is parked."""
    rows = OutboxRow.objects.filter(task=task, row_id__in=list(row_ids)).exclude(state=OutboxState.DONE)
    return frozenset(rows.values_list("row_id", flat=True))


def in_work(task: str, row_ids: Iterable[int]) -> frozenset[int]:
    """Those of the ids for which a row of the task waits or is with a worker; a parked one is not."""
    rows = OutboxRow.objects.filter(task=task, row_id__in=list(row_ids))
    rows = rows.exclude(state__in=[OutboxState.DONE, OutboxState.PARKED])
    return frozenset(rows.values_list("row_id", flat=True))


def notices_of(user: Any) -> QuerySet[Notice]:
    """The person's notices, newest first."""
    return Notice.objects.visible_to(user).order_by("-id")


@dataclass(frozen=True)
class NoticeLine:
    """A notice as it is read: the row, the words of the event and its icon."""

    notice: Notice
    words: str | Promise
    icon: str


def in_words(notices: Iterable[Notice]) -> list[NoticeLine]:
    """Notices with the words that rooms and programmes have for their events."""
    known: dict[str, EventWords] = {event.action: event for event in registry.gather("events")}
    return [_line(notice, known.get(notice.action)) for notice in notices]


def _line(notice: Notice, event: EventWords | None) -> NoticeLine:
    return NoticeLine(notice, event.words if event else _("Something was changed"), event.icon if event else "bell")


def unread_count(user: Any) -> int:
    """How many notices the person has not read."""
    return len(_unread(user).rows())


@written_for_all(most=100)
def _unread(user: Any) -> Text:
    """What finds them: their number stands on every page."""
    return text_of(Notice.objects.visible_to(user).filter(read_at__isnull=True).values("pk"))
