"""Deadlines of a birth (birth_registration.md C6). Days and their sources are dated rows of the reference room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from casework.kernel.calendars import Deadline, IsHoliday, deadline, last_working_day
from casework.kernel.dates import BirthDate, add_years
from casework.reference.queries import holiday_test, term_or_first, terms_at_hand
from registration.states import Track

from .facts import BirthFacts

NOTIFY = "registration.notify_days"
NOTHING_TO_NOTIFY = frozenset({Track.T8, Track.T9})


@dataclass(frozen=True)
class NotifyDeadline:
    """The end of the 15 days, plain and moved to a working day; `holidays_known` says the year's table is filled."""

    due: date
    effective: date
    holidays_known: bool


def notify_deadline(
    birth: BirthDate,
    *,
    term: Callable[[str, date], Decimal] = term_or_first,
    holiday_test: Callable[[frozenset[int]], tuple[IsHoliday, bool]] = holiday_test,
) -> NotifyDeadline | None:
    """Birth + 15 days, the day of birth not counted; None when the day is not exact (Civil Registration Act s. 18).

    Who asks for many births passes look-ups that remember (`notify_deadlines`).
    """
    if not birth.is_exact or birth.on is None:
        return None
    days = int(term(NOTIFY, birth.on))
    plain = birth.on + timedelta(days=days)
    is_holiday, known = holiday_test(frozenset({plain.year, (plain + timedelta(days=31)).year}))
    moved: Deadline = deadline(birth.on, days, is_holiday)
    return NotifyDeadline(due=moved.due, effective=moved.effective if known else moved.due, holidays_known=known)


def notify_deadline_of(facts: BirthFacts, track: str = "") -> NotifyDeadline | None:
    """The deadline of a birth as told; one outside Thailand or registered already has none (C4, T8 and T9)."""
    if facts.country != "TH" or facts.is_already_registered or track in NOTHING_TO_NOTIFY:
        return None
    return notify_deadline(facts.birth)


def notify_span(birth: BirthDate) -> tuple[NotifyDeadline, NotifyDeadline] | None:
    """The end of the 15 days by the earliest and by the latest day the birth can have been on."""
    if birth.earliest is None or birth.latest is None:
        return None
    first, last = notify_deadline(BirthDate(birth.earliest)), notify_deadline(BirthDate(birth.latest))
    return (first, last) if first and last else None


def is_over(birth: BirthDate, on: date) -> bool | None:
    """Whether the 15 days are over on a day; None while the day of birth is not known and both can be."""
    span = notify_span(birth)
    if span is None:
        return None
    first, last = span
    if on > last.effective:
        return True
    return False if on <= first.effective else None


def is_in_time(facts: BirthFacts, today: date) -> bool:
    """Whether the birth as told can still be notified in time; not while its day is not known."""
    limit = notify_deadline_of(facts)
    return limit is not None and today <= limit.effective


def last_day_to_go(due: date, effective: date | None, today: date) -> date:
    """The last day on which a family can go: the office's last open day within the period.

    Once that day is over, the working day to which the end of the period was moved (CCC 193/8).
    """
    is_holiday, _known = holiday_test(frozenset({due.year, (due - timedelta(days=31)).year}))
    open_day, end = last_working_day(due, is_holiday), effective or due
    return end if open_day < today <= end else open_day


def notify_deadlines() -> Callable[[date], NotifyDeadline | None]:
    """The same for many exact days: each row of the reference tables is read once."""
    look_ups: dict[str, Any] = {"term": terms_at_hand(), "holiday_test": cache(holiday_test)}
    return cache(lambda born: notify_deadline(BirthDate(born), **look_ups))


def consular_due(birth: BirthDate) -> date | None:
    """A year after the birth (29 February → 28 February), or as many as are set; an option, never a default (B7)."""
    if not birth.is_exact or birth.on is None:
        return None
    return add_years(birth.on, int(term_or_first("registration.consular_years", birth.on)))
