"""The fifteen days of a birth, over weekends, Songkran and the turn of the year."""

from __future__ import annotations

import datetime as dt

import pytest

from casework.kernel.dates import BirthDate, Precision
from casework.reference.models import Holiday
from registration.rules.deadlines import consular_due, notify_deadline
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("born", "due", "effective"),
    [
        ((2026, 11, 2), (2026, 11, 17), (2026, 11, 17)),  # a Tuesday
        ((2026, 11, 6), (2026, 11, 21), (2026, 11, 23)),  # Saturday → Monday
        ((2026, 11, 7), (2026, 11, 22), (2026, 11, 23)),  # Sunday → Monday
        ((2026, 3, 29), (2026, 4, 13), (2026, 4, 16)),  # Songkran, 13 to 15 April
        ((2026, 12, 16), (2026, 12, 31), (2027, 1, 4)),  # New Year's Eve, New Year, a weekend
    ],
)
def test_the_last_day_is_moved_to_a_working_day(born, due, effective):
    limit = notify_deadline(BirthDate(dt.date(*born)))
    assert limit.due == dt.date(*due)
    assert limit.effective == dt.date(*effective)


@pytest.mark.parametrize("precision", [Precision.MONTH, Precision.YEAR, Precision.ESTIMATED])
def test_only_an_exact_day_has_a_deadline(precision):
    assert notify_deadline(BirthDate(dt.date(2026, 11, 2), precision)) is None
    assert notify_deadline(BirthDate(None, Precision.UNKNOWN)) is None
    assert notify_deadline(BirthDate(dt.date(2026, 11, 2), Precision.EXACT)) is not None


def test_where_the_holidays_are_not_known_the_plain_day_stands_and_is_said():
    with as_owner():
        Holiday.objects.filter(on__year=2026).delete()
    limit = notify_deadline(BirthDate(dt.date(2026, 11, 6)))
    assert (limit.effective, limit.holidays_known) == (limit.due, False)


def test_the_consulate_has_a_year_also_for_a_child_of_29_february():
    assert consular_due(BirthDate(dt.date(2024, 2, 29))) == dt.date(2025, 2, 28)
    assert consular_due(BirthDate(dt.date(2026, 5, 1))) == dt.date(2027, 5, 1)
    assert consular_due(BirthDate(dt.date(2026, 5, 1), Precision.YEAR)) is None
