"""Periods: their edges, names, comparison and what is still running."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework.reports import periods
from casework.reports.periods import BadPeriod, Period, fiscal, free, month, parse, quarter, year, years_from


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("month:2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("month:2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("quarter:2026-4", date(2026, 10, 1), date(2026, 12, 31)),
        ("year:2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("fiscal:2026", date(2025, 10, 1), date(2026, 9, 30)),
        ("free:2024-02-29:2024-03-01", date(2024, 2, 29), date(2024, 3, 1)),
    ],
)
def test_a_key_names_its_first_and_last_day_and_comes_back(key: str, first: date, last: date):
    period = parse(key)
    assert (period.first, period.last) == (first, last)
    assert period.key == key


@pytest.mark.parametrize(
    "key",
    [
        "",
        "week:1",
        "month:2026-13",
        "quarter:2026-5",
        "year:2569",
        "free:2026-02-01:2026-01-01",
        "free:1950-01-01:2026-01-01",
    ],
)
def test_what_names_no_period_is_refused(key: str):
    with pytest.raises(BadPeriod):
        parse(key)


def test_the_thai_fiscal_year_turns_between_september_and_october():
    assert periods.fiscal_year_of(date(2026, 9, 30)) == 2026
    assert periods.fiscal_year_of(date(2026, 10, 1)) == 2027
    assert date(2026, 10, 1) in fiscal(2027)
    assert date(2026, 9, 30) not in fiscal(2027)


def test_a_period_is_partial_until_its_last_day_is_over():
    november = month(2026, 11)
    assert november.is_partial(date(2026, 11, 30))
    assert not november.is_partial(date(2026, 12, 1))
    assert november.until(date(2026, 11, 23)).last == date(2026, 11, 23)
    assert november.until(date(2027, 1, 5)) == november


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (month(2026, 1), month(2025, 12)),
        (quarter(2026, 1), quarter(2025, 4)),
        (year(2026), year(2025)),
        (fiscal(2027), fiscal(2026)),
        (free(date(2026, 1, 11), date(2026, 1, 20)), free(date(2026, 1, 1), date(2026, 1, 10))),
    ],
)
def test_the_period_before_is_of_the_same_kind(period: Period, before: Period):
    assert period.before() == before


def test_february_a_year_before_keeps_its_whole_month():
    assert month(2024, 2).year_before() == month(2023, 2)
    assert month(2025, 2).year_before() == month(2024, 2)


def test_a_running_period_is_compared_with_as_many_days():
    running, today = year(2026), date(2026, 1, 31)
    assert running.before().as_far_as(running, today).last == date(2025, 1, 31)
    assert running.before().as_far_as(running, date(2027, 1, 1)) == year(2025)


def test_months_of_a_free_period_are_cut_to_it():
    spans = [(m.first, m.last) for m in free(date(2024, 1, 30), date(2024, 3, 2)).months()]
    assert spans == [
        (date(2024, 1, 30), date(2024, 1, 31)),
        (date(2024, 2, 1), date(2024, 2, 29)),
        (date(2024, 3, 1), date(2024, 3, 2)),
    ]


def test_names_are_in_the_era_of_the_language():
    assert fiscal(2026).text("th") == "ปีงบประมาณ พ.ศ. 2569"
    assert fiscal(2026).text("en") == "Thai fiscal year 2026"
    assert quarter(2026, 4).text("th") == "ไตรมาสที่ 4 พ.ศ. 2569"
    assert "2569" in month(2026, 11).text("th")
    assert month(2026, 11).text("en") == "November 2026"


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [(4, date(2026, 4, 1), date(2027, 3, 31)), (11, date(2026, 11, 1), date(2027, 10, 31)),
     (12, date(2025, 12, 1), date(2026, 11, 30)), (1, date(2026, 1, 1), date(2026, 12, 31))],
)  # fmt: skip
def test_the_years_of_a_donor_begin_in_its_month(number, first, last):
    running, before = years_from(number, date(2026, 11, 30))
    assert (running.first, running.last) == (first, last)
    assert before.last == first - timedelta(days=1)
