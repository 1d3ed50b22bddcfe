"""What the fields make of what people type, and what they say when they cannot."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from casework.kernel.dates import BirthDate, Precision, month_name, month_short
from casework.ui import fields
from casework.ui.widgets import echo_months, echo_pattern

LANGUAGES = ("en", "th", "my")


class BirthForm(forms.Form):
    born = fields.BirthDateField(label="Date of birth")
    weight = fields.WeightField(label="Birth weight", required=False)


def parts(day: str, month: str, year: str, era: str = "", **more: str) -> dict[str, str]:
    return {"d": day, "m": month, "y": year, "era": era, **more}


def code_of(field: forms.Field, value: object) -> str | None:
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    error = caught.value
    return error.error_list[0].code


@pytest.mark.parametrize(
    ("day", "month", "year", "era"),
    [
        ("29", "2", "2567", "be"),
        ("29", "2", "2024", "ce"),
        ("๒๙", "๒", "๒๕๖๗", "be"),
        ("၂၉", "၂", "၂၀၂၄", ""),
        ("29", "ก.พ.", "2567", ""),
    ],
)
def test_a_day_is_read_in_either_calendar_and_any_digits(day: str, month: str, year: str, era: str) -> None:
    assert fields.PartsDateField().clean(parts(day, month, year, era)) == dt.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (parts("30", "2", "2567"), "E-DATE-1"),
        (parts("1", "1", "67"), "BR-DOB-6"),
        (parts("1", "1", "2150"), "BR-DOB-3"),
        (parts("1", "1", "2026", "be"), "E-DATE-3"),
        (parts("x", "1", "2026"), "E-DATE-2"),
        (parts("", "", ""), "required"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_its_code(typed: dict[str, str], code: str) -> None:
    assert code_of(fields.PartsDateField(), typed) == code


def test_the_calendar_alone_is_no_answer() -> None:
    assert fields.PartsDateField(required=False).clean(parts("", "", "", "be")) is None


def test_wrong_parts_stay_as_typed() -> None:
    form = BirthForm({"born_d": "31", "born_m": "2", "born_y": "๒๕๖๙", "born_era": "be", "weight": "31"})
    page = str(form["born"].as_field_group())
    assert 'value="31"' in page
    assert 'value="๒๕๖๙"' in page
    assert 'aria-invalid="true"' in page
    assert "has 28 days" in page


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (parts("21", "11", "2568", precision="exact"), BirthDate(dt.date(2025, 11, 21))),
        (parts("", "7", "2567", precision="month"), BirthDate(dt.date(2024, 7, 1), Precision.MONTH)),
        (parts("", "", "2567", precision="year"), BirthDate(dt.date(2024, 1, 1), Precision.YEAR)),
        (parts("", "", "", precision="unknown"), BirthDate(None, Precision.UNKNOWN)),
    ],
)
def test_a_birth_date_keeps_how_well_it_is_known(typed: dict[str, str], expected: BirthDate) -> None:
    assert fields.BirthDateField().clean(typed) == expected


def test_an_estimated_age_becomes_an_estimated_date() -> None:
    born = fields.BirthDateField().clean(parts("", "", "", precision="estimated", years="๒", months=""))
    assert born.precision == Precision.ESTIMATED
    assert born.age_on(dt.date.today())[0] == 2


@pytest.mark.parametrize("age", [{"years": 2, "months": 3}, {"years": 0, "months": 7}, {"years": 9}])
def test_an_estimate_that_nobody_changes_stays_and_a_changed_age_is_a_new_one(age: dict[str, int]) -> None:
    born = BirthDate.from_age(**age, asked_on=dt.date.today() - dt.timedelta(days=40))
    field = fields.BirthDateField()
    boxes = field.widget.shown(born)
    assert boxes["years"] or boxes["months"]
    assert field.clean(boxes) == born
    assert field.clean(boxes | {"years": "12"}).age_on(dt.date.today())[0] == 12


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (parts("", "7", "2567", precision="exact"), "E-DATE-2"),
        (parts("1", "1", "2590", precision="exact"), "BR-DOB-1"),
        (parts("", "", "", precision="estimated", years="two", months=""), "E-DATE-2"),
        (parts("", "", "", precision="estimated", years="150", months=""), "E-DATE-4"),
        (parts("1", "1", "2567", precision="roughly"), "E-DATE-2"),
    ],
)
def test_a_birth_date_that_cannot_be_is_refused_with_its_code(typed: dict[str, str], code: str) -> None:
    assert code_of(fields.BirthDateField(), typed) == code


def test_a_stored_birth_date_comes_back_in_the_boxes() -> None:
    form = BirthForm(initial={"born": BirthDate(dt.date(2024, 7, 1), Precision.MONTH)})
    with translation.override("th"):
        page = str(form["born"])
    assert 'name="born_d" data-p="d"' in page
    assert 'value="2567"' in page
    assert 'value="month" checked' in page


@pytest.mark.parametrize(
    ("typed", "grams"),
    [
        ("3100", 3100),
        ("3,100", 3100),
        ("3.1", 3100),
        ("3,1", 3100),
        ("3.1 kg", 3100),
        ("๓.๑ กก.", 3100),
        ("၃၁၀၀", 3100),
        ("3100 g", 3100),
        ("300", 300),
        ("7 kg", 7000),
    ],
)
def test_a_weight_is_read_as_grams(typed: str, grams: int) -> None:
    assert fields.WeightField().clean(typed) == grams


@pytest.mark.parametrize(
    ("typed", "guess"), [("31", "3.1"), ("31000", "3.1"), ("3100 kg", "3.1"), ("31 g", "3.1"), ("299", "2.99")]
)
def test_a_weight_out_of_range_offers_the_likely_one(typed: str, guess: str) -> None:
    with pytest.raises(ValidationError) as caught:
        fields.WeightField().clean(typed)
    assert caught.value.code == "BR-BIRTH-3"
    assert f"Did you mean {guess} kg?" in caught.value.messages[0]


@pytest.mark.parametrize("typed", ["heavy", "3 lb", "--", "3.1.2 kg"])
def test_a_weight_that_is_no_number_is_refused(typed: str) -> None:
    assert code_of(fields.WeightField(), typed) == "E-WEIGHT-1"


def test_digits_keep_their_zeros_and_drop_signs() -> None:
    assert fields.DigitsField(length=5).clean("๐๑-2 34") == "01234"


@pytest.mark.parametrize(("typed", "code"), [("12a45", "E-DIGITS-1"), ("1234", "E-DIGITS-2")])
def test_wrong_digits_are_refused_by_name(typed: str, code: str) -> None:
    assert code_of(fields.DigitsField(length=5, label="Hospital number"), typed) == code


def test_money_is_read_with_signs_and_thai_digits() -> None:
    assert fields.MoneyField().clean("฿๕,๖๕๐") == Decimal(5650)


def test_money_that_is_no_amount_is_refused() -> None:
    with pytest.raises(ValidationError):
        fields.MoneyField().clean("much")


def test_a_name_is_tidied_and_never_reformed() -> None:
    assert fields.NameField().clean("  Naw  Paw\u202eWah ") == "Naw PawWah"


def test_a_date_field_knows_whether_it_was_changed() -> None:
    field = fields.PartsDateField()
    day = dt.date(2026, 11, 23)
    assert not field.has_changed(day, parts("23", "11", "2026", "be"))
    assert field.has_changed(day, parts("24", "11", "2026", "ce"))


@pytest.mark.parametrize("language", ["en", "th", "my"])
def test_the_echo_has_a_place_for_both_years(language: str) -> None:
    pattern = echo_pattern(language)
    assert all(sign in pattern for sign in ("%d", "%m", "%c", "%b"))
    assert not any(digit in pattern for digit in "0123456789")


@pytest.mark.parametrize("language", ["en", "th", "my"])
def test_the_echo_knows_every_month_word_that_a_date_field_reads(language: str) -> None:
    lines = [line.split(",") for line in echo_months(language).split("|")]
    assert [line[0] for line in lines] == [month_name(month, language) for month in range(1, 13)]
    for number, words in enumerate(lines, start=1):
        assert {fields.PartsDateField().clean(parts("9", word, "2026")) for word in words} == {dt.date(2026, number, 9)}
        written = {
            name(number, told).casefold().replace(".", "") for name in (month_name, month_short) for told in LANGUAGES
        }
        assert written <= set(words)
