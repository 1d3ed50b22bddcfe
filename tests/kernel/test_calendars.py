from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from casework.kernel.calendars import (
    add_working_days,
    deadline,
    is_working_day,
    next_working_day,
)

SONGKRAN = {date(2026, 4, 13), date(2026, 4, 14), date(2026, 4, 15)}


def no_holiday(_on: date) -> bool:
    return False


def test_the_day_of_birth_does_not_count() -> None:
    assert deadline(date(2026, 11, 3), 15, no_holiday).due == date(2026, 11, 18)


def test_a_period_ending_on_a_holiday_ends_on_the_next_working_day() -> None:
    end = deadline(date(2026, 3, 29), 15, SONGKRAN.__contains__)
    assert (end.due, end.effective) == (date(2026, 4, 13), date(2026, 4, 16))
    assert deadline(date(2026, 3, 29), 15, no_holiday).effective == date(2026, 4, 13)


def test_a_weekend_moves_the_end_to_monday() -> None:
    assert deadline(date(2026, 11, 6), 15, no_holiday).effective == date(2026, 11, 23)


def test_urgency_goes_by_the_earlier_day() -> None:
    assert deadline(date(2026, 11, 6), 15, no_holiday).days_left(date(2026, 11, 23)) == -2


def test_a_table_that_calls_every_day_a_holiday_moves_nothing() -> None:
    assert next_working_day(date(2026, 11, 23), lambda _on: True) == date(2026, 11, 23)


def test_working_days_skip_weekends_and_holidays() -> None:
    assert add_working_days(date(2026, 4, 10), 1, SONGKRAN.__contains__) == date(2026, 4, 16)
    assert add_working_days(date(2026, 11, 20), 1, no_holiday) == date(2026, 11, 23)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1)))
def test_the_end_is_always_a_working_day_not_before_the_count(day: date) -> None:
    moved = next_working_day(day, SONGKRAN.__contains__)
    assert moved >= day
    assert is_working_day(moved, SONGKRAN.__contains__)
