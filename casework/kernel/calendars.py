"""Time limits: counting days as Thai law does, and the next working day.

Civil and Commercial Code: the first day does not count (193/3); a period that ends on a holiday ends on the
next working day (193/8). Which days are holidays is the caller's to say: rows kept by the staff win over
what is published.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

IsHoliday = Callable[[date], bool]
_SATURDAY = 5
_LONGEST_CLOSURE = 60  # days; a longer row of holidays is a mistake in the table


@dataclass(frozen=True)
class Deadline:
    """The last day by the plain count, and the day that really ends the period.

    Urgency goes by the earlier, `due`.
    """

    due: date
    effective: date

    def days_left(self, today: date) -> int:
        """Days until `due`; negative when it has passed."""
        return (self.due - today).days


def is_working_day(on: date, is_holiday: IsHoliday) -> bool:
    """Monday to Friday and no holiday."""
    return on.weekday() < _SATURDAY and not is_holiday(on)


def next_working_day(on: date, is_holiday: IsHoliday) -> date:
    """The day itself when it is a working day, else the first one after it."""
    day = on
    for _step in range(_LONGEST_CLOSURE):
        if is_working_day(day, is_holiday):
            return day
        day += timedelta(days=1)
    return on


def last_working_day(until: date, is_holiday: IsHoliday) -> date:
    """The day itself when it is a working day, else the last one before it: the day to send a family on."""
    day = until
    for _step in range(_LONGEST_CLOSURE):
        if is_working_day(day, is_holiday):
            return day
        day -= timedelta(days=1)
    return until


def deadline(start: date, days: int, is_holiday: IsHoliday) -> Deadline:
    """The end of a period of days after a day, which itself does not count (birth + 15 days)."""
    due = start + timedelta(days=days)
    return Deadline(due=due, effective=next_working_day(due, is_holiday))


def add_working_days(start: date, days: int, is_holiday: IsHoliday) -> date:
    """The day some working days after a day: the office's own targets, such as first contact within one."""
    day = start
    for _step in range(days):
        day = next_working_day(day + timedelta(days=1), is_holiday)
    return day
