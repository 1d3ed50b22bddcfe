from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.kernel import dates
from casework.kernel.refusals import Level, Refusal
from tests.factories.digits import burmese_digits, thai_digits

TODAY = date(2026, 11, 23)
ANY_DAY = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


def parts(day: object, month: object, year: object, era: str = "auto") -> date:
    return dates.parse_parts(day, month, year, era=era, today=TODAY, field="birth_date")


def text(value: object) -> dates.ReadDate:
    return dates.parse_text(value, today=TODAY, field="birth_date")


def refusal(act, *args: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act(*args)
    assert caught.value.field == "birth_date"
    return caught.value


def test_a_leap_day_of_the_buddhist_year_is_a_day() -> None:
    assert parts(29, 2, 2567) == date(2024, 2, 29)
    assert parts("๒๙", "๒", "๒๕๖๗") == date(2024, 2, 29)
    assert parts("၂၉", "၂", "၂၀၂၄") == date(2024, 2, 29)


def test_a_day_the_month_lacks_is_refused_with_its_length() -> None:
    caught = refusal(parts, 31, 2, 2567)
    assert caught.code == "E-DATE-1"
    assert "February 2567 has 29 days" in str(caught.sentence)
    assert refusal(parts, 29, 2, 2566).code == "E-DATE-1"


@pytest.mark.parametrize("year", [100, 1899, 2100, 2399, 2400, 2442, 2643, 99999])
def test_a_year_outside_both_calendars_is_refused(year: int) -> None:
    assert refusal(parts, 1, 1, year).code == "BR-DOB-3"


@pytest.mark.parametrize(("year", "common"), [(1900, 1900), (2099, 2099), (2443, 1900), (2642, 2099)])
def test_the_first_and_last_year_of_both_calendars_are_read(year: int, common: int) -> None:
    assert parts(1, 1, year) == date(common, 1, 1)


@pytest.mark.parametrize("year", ["62", "๖๒", 0, 5])
def test_a_two_digit_year_is_refused_with_an_example(year: object) -> None:
    caught = refusal(parts, 5, 6, year)
    assert caught.code == "BR-DOB-6"
    assert "2569" in str(caught.sentence)
    assert "2026" in str(caught.sentence)


def test_the_era_chosen_must_fit_the_year() -> None:
    assert "2024" in str(refusal(parts, 1, 1, 2567, "ce").sentence)
    assert "2567" in str(refusal(parts, 1, 1, 2024, "be").sentence)
    assert parts(1, 1, 2567, "be") == parts(1, 1, 2024, "ce") == date(2024, 1, 1)


@pytest.mark.parametrize("month", ["เม.ย.", "เมษายน", "เมย", "Apr", "april", "ဧပြီ", "04", "๔", 4, 4.0])
def test_months_are_numbers_or_names(month: object) -> None:
    assert parts(22, month, 2559) == date(2016, 4, 22)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("22 เม.ย. 2559", date(2016, 4, 22)),
        ("๐๒/๐๕/๒๕๕๙", date(2016, 5, 2)),
        ("2016-05-10", date(2016, 5, 10)),
        ("2567-02-29", date(2024, 2, 29)),
        ("12/5/2559", date(2016, 5, 12)),
        ("3.4.2560", date(2017, 4, 3)),
        ("23 Nov 2026", date(2026, 11, 23)),
        ("23-Nov-2026", date(2026, 11, 23)),
        ("November 23, 2026", date(2026, 11, 23)),
        ("၂၃ နိုဝင်ဘာ ၂၀၂၆", date(2026, 11, 23)),
        ("วันศุกร์ที่ 22 เมษายน พ.ศ. 2559", date(2016, 4, 22)),
        ("22เมษายน2559", date(2016, 4, 22)),
        ("22 April 2016 CE", date(2016, 4, 22)),
        ("2016-04-22T00:00:00", date(2016, 4, 22)),
        (" 1/1/2559 00:00 ", date(2016, 1, 1)),
        ("12/3/2567 (10.30น.)", date(2024, 3, 12)),
        ("12/3/2567 (2024)", date(2024, 3, 12)),
        ("12 March 2024 (2567)", date(2024, 3, 12)),
        ("'12/3/2567", date(2024, 3, 12)),
        ("12／3／2567", date(2024, 3, 12)),
        ("၂၀၂၄ ခုနှစ် မတ်လ ၁၂ ရက်", date(2024, 3, 12)),
        ("2567 มีนาคม 12", date(2024, 3, 12)),
    ],
)
def test_one_box_is_read_as_people_write(written: str, day: date) -> None:
    assert text(written).value == day


def test_a_real_date_with_a_buddhist_year_is_converted_and_one_without_is_not() -> None:
    assert text(date(2559, 4, 22)).value == date(2016, 4, 22)
    assert text(datetime(2559, 4, 22, 9, 30)).era == "be"
    assert text(date(2016, 4, 22)).value == date(2016, 4, 22)
    assert refusal(text, date(2200, 1, 1)).code == "BR-DOB-3"


def test_what_was_read_is_told() -> None:
    read = text("22 เม.ย. 2559")
    assert (read.era, read.buddhist_year) == ("be", 2559)
    assert "2016" in read.note
    assert text("22 Apr 2016").note == ""


def test_an_era_that_contradicts_its_year_is_refused() -> None:
    assert refusal(text, "22 เมษายน พ.ศ. 2016").code == "E-DATE-3"


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "22042559",
        "TBC",
        "-",
        "2/13/2559",
        "22 Foo 2559",
        "1/1",
        "12/3/2567 (2023)",
        "12/3/2567 (68)",
        None,
        5.0,
        True,
        object(),
        "9" * 90,
    ],
)
def test_what_is_no_date_is_refused(written: object) -> None:
    assert refusal(text, written).code == "E-DATE-2"


@given(ANY_DAY, st.booleans(), st.sampled_from(["plain", "thai", "burmese"]))
def test_dates_round_trip_in_both_eras_and_three_kinds_of_digits(day: date, buddhist: bool, kind: str) -> None:
    year = day.year + 543 if buddhist else day.year
    written = f"{day.day}/{day.month}/{year}"
    digits = {"plain": written, "thai": thai_digits(written), "burmese": burmese_digits(written)}
    assert text(digits[kind]).value == day


@given(ANY_DAY, st.sampled_from(["en", "th", "my"]))
def test_a_date_the_product_writes_can_be_typed_back(day: date, language: str) -> None:
    assert text(dates.short(day, language)).value == day
    assert text(dates.long(day, language)).value == day
    assert text(thai_digits(dates.long(day, "th"))).value == day


@given(
    st.one_of(
        st.text(alphabet=st.characters(), max_size=80),
        st.from_regex(r"[0-9๐-๙/. -]{1,14}"),
        st.floats(),
        st.integers(),
        st.dates(),
    )
)
def test_no_input_does_worse_than_a_refusal(value: object) -> None:
    try:
        read = text(value)
    except Refusal:
        return
    assert 1900 <= read.value.year <= 2099


@given(st.integers(), st.one_of(st.integers(), st.text(max_size=10)), st.one_of(st.integers(), st.floats()))
def test_no_parts_do_worse_than_a_refusal(day: int, month: object, year: object) -> None:
    try:
        assert isinstance(parts(day, month, year), date)
    except Refusal:
        return


def test_a_buddhist_date_before_1941_has_two_readings_in_its_first_months() -> None:
    finding = dates.old_year_finding(text("5/2/2470"), "birth_date")
    assert finding is not None
    assert (finding.code, finding.level) == ("BR-DOB-4", Level.WARNING)
    assert dates.old_year_readings(date(1927, 2, 5)) == (date(1927, 2, 5), date(1928, 2, 5))


@pytest.mark.parametrize("written", ["5/4/2470", "5/2/2484", "5/2/1927"])
def test_other_dates_have_one_reading(written: str) -> None:
    assert dates.old_year_finding(text(written), "birth_date") is None
