from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.kernel.dates import (
    BirthDate,
    Precision,
    add_months,
    add_years,
    birth_date_findings,
    both,
    short,
    weekday_name,
)

TODAY = date(2026, 11, 23)
NB = "\u00a0"
PAST = st.dates(min_value=date(1910, 1, 1), max_value=TODAY)


def plain(text: str) -> str:
    return text.replace(NB, " ")


def test_a_date_is_written_in_one_language_at_a_time() -> None:
    assert plain(short(TODAY, "en")) == "23 Nov 2026"
    assert plain(short(TODAY, "th")) == "23 พ.ย. 2569"
    assert plain(short(TODAY, "my")) == "23 နိုဝင်ဘာ 2026"
    assert plain(short(TODAY, "de")) == "23 Nov 2026"


def test_the_day_does_not_break_from_its_month() -> None:
    assert short(TODAY, "en") == f"23{NB}Nov 2026"


def test_legal_papers_carry_both_calendars() -> None:
    assert plain(both(TODAY, "en")) == "23 November 2026 (พ.ศ. 2569)"
    assert plain(both(TODAY, "th")) == "23 พฤศจิกายน พ.ศ. 2569 (ค.ศ. 2026)"
    assert "2569" in both(TODAY, "my")


def test_weekdays_are_named() -> None:
    assert [weekday_name(TODAY.weekday(), language) for language in ("en", "th", "my")] == [
        "Monday",
        "วันจันทร์",
        "တနင်္လာနေ့",
    ]


def test_a_leap_day_becomes_the_28th_in_a_common_year() -> None:
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 1, 31), -2) == date(2025, 11, 30)


@pytest.mark.parametrize(
    ("born", "text"),
    [
        (date(2026, 11, 23), "0 days"),
        (date(2026, 11, 22), "1 day"),
        (date(2026, 11, 18), "5 days"),
        (date(2026, 3, 1), "8 m"),
        (date(2025, 11, 23), "1 y"),
        (date(2024, 7, 1), "2 y 4 m"),
        (date(2024, 2, 29), "2 y 8 m"),
        (date(2010, 1, 1), "16 y"),
    ],
)
def test_an_age_is_told_in_short(born: date, text: str) -> None:
    told = BirthDate(born).age_text(TODAY, "en")
    assert plain(told) == text
    assert " " not in told


@pytest.mark.parametrize(
    ("born", "date_text", "age_text"),
    [
        (BirthDate(date(2024, 7, 12)), "12 Jul 2024", "2 y 4 m"),
        (BirthDate(date(2024, 7, 1), Precision.MONTH), "Jul 2024", "about 2 y 4 m"),
        (BirthDate(date(2024, 1, 1), Precision.YEAR), "2024", "about 2 y"),
        (BirthDate(date(2024, 7, 1), Precision.ESTIMATED), "about Jul 2024", "about 2 y"),
        (BirthDate(None, Precision.UNKNOWN), "Not known", "Age not known"),
    ],
)
def test_no_day_is_made_up(born: BirthDate, date_text: str, age_text: str) -> None:
    assert plain(born.text("en")) == date_text
    assert plain(born.age_text(TODAY, "en")) == age_text


@pytest.mark.parametrize(
    ("born", "english", "thai"),
    [
        (BirthDate(date(2024, 7, 12)), "12 July 2024 (พ.ศ. 2567)", "12 กรกฎาคม พ.ศ. 2567 (ค.ศ. 2024)"),
        (BirthDate(date(2024, 7, 1), Precision.MONTH), "July 2024 (พ.ศ. 2567)", "กรกฎาคม พ.ศ. 2567 (ค.ศ. 2024)"),
        (BirthDate(date(2024, 1, 1), Precision.YEAR), "2024 (พ.ศ. 2567)", "พ.ศ. 2567 (ค.ศ. 2024)"),
        (BirthDate(None, Precision.UNKNOWN), "Not known", "ไม่ทราบ"),
    ],
)
def test_what_is_known_is_told_in_both_calendars(born: BirthDate, english: str, thai: str) -> None:
    assert (plain(born.in_both("en")), plain(born.in_both("th"))) == (english, thai)
    about = BirthDate(date(2024, 7, 1), Precision.ESTIMATED).in_both("en")
    assert plain(about) == "about July 2024 (พ.ศ. 2567)"


def test_an_estimate_is_told_as_it_was_given() -> None:
    born = BirthDate.from_age(years=2, asked_on=TODAY)
    assert plain(born.text("en", today=TODAY)) == "about 2 years (estimated)"
    baby = BirthDate.from_age(years=0, months=4, asked_on=TODAY)
    assert plain(baby.text("en", today=TODAY)) == "about 4 months (estimated)"


def test_the_span_of_a_birth_follows_its_precision() -> None:
    day = date(2024, 2, 10)
    spans = {precision: BirthDate(day, precision) for precision in Precision}
    assert (spans["exact"].earliest, spans["exact"].latest) == (day, day)
    assert (spans["month"].earliest, spans["month"].latest) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (spans["year"].earliest, spans["year"].latest) == (date(2024, 1, 1), date(2024, 12, 31))
    assert spans["unknown"].earliest is None
    assert spans["estimated"].latest - spans["estimated"].earliest == timedelta(days=366)


@given(PAST, st.sampled_from([Precision.EXACT, Precision.MONTH, Precision.YEAR, Precision.ESTIMATED]))
def test_the_day_lies_within_its_span(day: date, precision: Precision) -> None:
    born = BirthDate(day, precision)
    assert born.earliest <= day <= born.latest


@given(PAST)
def test_an_age_adds_up_to_today(day: date) -> None:
    years, months, days = BirthDate(day).age_on(TODAY)
    assert add_months(day, years * 12 + months) + timedelta(days=days) == TODAY
    assert 0 <= months < 12
    assert 0 <= days <= 31


def test_the_youngest_possible_age_counts_for_protection() -> None:
    assert BirthDate(date(2008, 11, 24)).is_under(18, TODAY) is True
    assert BirthDate(date(2008, 11, 23)).is_under(18, TODAY) is False
    assert BirthDate(date(2008, 1, 1), Precision.YEAR).is_under(18, TODAY) is True
    assert BirthDate(None, Precision.UNKNOWN).is_under(18, TODAY) is None


def test_a_birth_in_the_future_or_before_a_long_life_is_an_error() -> None:
    def codes(born: BirthDate) -> list[str]:
        return [finding.code for finding in birth_date_findings(born, today=TODAY, field="born")]

    assert codes(BirthDate(TODAY + timedelta(days=1))) == ["BR-DOB-1"]
    assert codes(BirthDate(date(2027, 1, 1), Precision.YEAR)) == ["BR-DOB-1"]
    assert codes(BirthDate(date(1906, 11, 22))) == ["E-DATE-4"]
    assert codes(BirthDate(date(2026, 12, 1), Precision.YEAR)) == []
    assert codes(BirthDate(TODAY)) == codes(BirthDate(date(1906, 11, 23))) == []
    assert codes(BirthDate(None, Precision.UNKNOWN)) == []
