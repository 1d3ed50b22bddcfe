"""The clock of a request in words: how long there is until somebody must have decided, or until the help expires."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from emergency_fund.states import IN_FLIGHT, RequestState

HOURS_UNTIL, LATE_HOURS_UNTIL = timedelta(hours=72), timedelta(hours=48)
"""Up to this hours are told, above it days: an urgent request has its 72 hours."""
DECIDING = IN_FLIGHT - {RequestState.RETURNED}


def is_late(request: Any, now: datetime) -> bool:
    """Nobody has decided in time."""
    return request.state in DECIDING and request.decision_due_at < now


def clock_words(request: Any, now: datetime, *, is_fetched: bool) -> str:
    """“6 hours left”, “3 days late”, “12 days to fetch it”, how long the family waits; nothing when no clock runs.

    `is_fetched` says whether the family comes for what is approved, or all of it is paid to others.
    """
    if request.state in DECIDING:
        return left_words(request.decision_due_at, now)
    if request.state == RequestState.RETURNED:
        return waited_words(request.received_at, now)
    if request.state in (RequestState.APPROVED, RequestState.IN_DELIVERY) and request.expires_on:
        days = (request.expires_on - timezone.localdate(now)).days
        return _to_fetch(days) if is_fetched else _to_pay(days)
    return ""


def _to_fetch(days: int) -> str:
    if days < 0:
        return _("not fetched in time")
    return ngettext("%(n)d day to fetch it", "%(n)d days to fetch it", days) % {"n": days}


def _to_pay(days: int) -> str:
    if days < 0:
        return _("not paid in time")
    return ngettext("%(n)d day to pay it", "%(n)d days to pay it", days) % {"n": days}


def left_words(due: datetime, now: datetime) -> str:
    """How long there is until a moment, or how long it is past."""
    left = due - now
    return _late(-left) if left < timedelta(0) else _left(left)


def _left(left: timedelta) -> str:
    if left <= HOURS_UNTIL:
        hours = max(int(left.total_seconds() // 3600), 1)
        return ngettext("%(n)d hour left", "%(n)d hours left", hours) % {"n": hours}
    return ngettext("%(n)d day left", "%(n)d days left", left.days) % {"n": left.days}


def _late(late: timedelta) -> str:
    if late < LATE_HOURS_UNTIL:
        hours = max(int(late.total_seconds() // 3600), 1)
        return ngettext("%(n)d hour late", "%(n)d hours late", hours) % {"n": hours}
    return ngettext("%(n)d day late", "%(n)d days late", late.days) % {"n": late.days}


def waited_words(since: datetime, now: datetime) -> str:
    """How long the family has waited."""
    days = (now - since).days
    if days < 1:
        return _("asked today")
    return ngettext("waiting %(n)d day", "waiting %(n)d days", days) % {"n": days}


def approval_words(due: datetime | None, now: datetime) -> str:
    """Until when help that came first is to be approved, or since when it should have been; else nothing."""
    if due is None:
        return ""
    hours = max(int(abs(due - now).total_seconds() // 3600), 1)
    if due < now:
        return ngettext("approval %(n)d hour late", "approval %(n)d hours late", hours) % {"n": hours}
    return ngettext("approve within %(n)d hour", "approve within %(n)d hours", hours) % {"n": hours}
