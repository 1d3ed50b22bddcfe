from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.kernel.refusals import Level
from casework.people import identifiers
from tests.factories.digits import thai_digits

TWELVE = st.from_regex(r"[0-9]{12}", fullmatch=True)
TODAY = date(2026, 11, 23)


def found(number: str) -> list[tuple[str, Level]]:
    return [(f.code, f.level) for f in identifiers.thai_id_findings(number, field="number")]


def with_check(first: str) -> str:
    return first + identifiers.thai_check_digit(first)


@given(TWELVE)
def test_a_number_with_its_check_digit_is_in_order(first: str) -> None:
    number = with_check(first)
    assert identifiers.is_thai_id(number)
    assert not [f for f in found(number) if f[0] != "BR-ID-2"]


@given(TWELVE, st.integers(1, 9))
def test_a_wrong_last_digit_is_found(first: str, off: int) -> None:
    right = with_check(first)
    wrong = first + str((int(right[-1]) + off) % 10)
    assert not identifiers.is_thai_id(wrong)
    assert found(wrong)


@given(TWELVE)
def test_grouping_thai_digits_and_spaces_come_back_to_the_number(first: str) -> None:
    number = with_check(first)
    for written in (identifiers.group_thai_id(number), thai_digits(number), " ".join(number)):
        assert identifiers.normalise_thai_id(written) == number


@pytest.mark.parametrize("first_digit", "123458")
def test_a_wrong_check_digit_of_a_certain_category_is_an_error(first_digit: str) -> None:
    right = with_check(first_digit + "06390937865")
    wrong = right[:12] + str((int(right[12]) + 1) % 10)
    assert found(wrong) == [("BR-ID-3", Level.ERROR)]
    assert found(right) == []


@pytest.mark.parametrize("first_digit", "067")
def test_a_wrong_check_digit_of_an_unsure_category_warns(first_digit: str) -> None:
    right = with_check(first_digit + "06390937865")
    wrong = right[:12] + str((int(right[12]) + 1) % 10)
    assert found(wrong) == [("BR-ID-4", Level.WARNING)]
    assert found(right) == []


def test_a_first_nine_warns() -> None:
    assert found(with_check("906390937865")) == [("BR-ID-2", Level.WARNING)]


@pytest.mark.parametrize("number", ["", "006390937865", "00639093786500", "M253888512345", "๐063909378650"])
def test_anything_but_thirteen_digits_is_an_error(number: str) -> None:
    assert found(number) == [("BR-ID-1", Level.ERROR)]


@pytest.mark.parametrize("first", ["006390937865", "700383873865"])
def test_zeros_a_spreadsheet_dropped_come_back_and_short_text_stays_short(first: str) -> None:
    number = with_check(first)
    assert identifiers.normalise_thai_id(float(number)) == number
    assert identifiers.normalise_thai_id(int(number)) == number
    assert identifiers.normalise_thai_id("63163726518") == "63163726518"


def test_other_numbers_keep_their_letters() -> None:
    assert identifiers.normalise_number(" m-2538 885 ") == "M2538885"
    assert identifiers.normalise_number(54123.0) == "54123"
    assert identifiers.normalise_number(None) == identifiers.normalise_number(float("nan")) == ""


@given(st.one_of(st.text(alphabet=st.characters(), max_size=300), st.floats(), st.integers()))
def test_any_input_becomes_text(value: object) -> None:
    number = identifiers.normalise_thai_id(value)
    assert len(number) <= 64
    found(number)
    identifiers.mask(number)


def test_a_mask_shows_the_last_three() -> None:
    assert identifiers.mask("0063163726518") == "x-xxxx-xxxxx-51-8"
    assert identifiers.mask("M2538885") == "xxxxx885"
    assert identifiers.mask("123") == "xxx"
    assert identifiers.group_thai_id("0063163726518") == "0-0631-63726-51-8"


def test_a_g_code_is_g_and_twelve_digits() -> None:
    def codes(value: object) -> list[str]:
        number = identifiers.normalise_g_code(value)
        return [f.code for f in identifiers.g_code_findings(number, field="g_code")]

    assert codes("g 6501-0100-0123") == codes("650101000123") == []
    assert codes("G65010100012") == codes("H650101000123") == codes("") == ["BR-ID-6"]


def test_a_paper_ends_after_it_began() -> None:
    def levels(issued: date | None, expires: date | None) -> list[Level]:
        findings = identifiers.validity_findings(issued, expires, today=TODAY, field="expires")
        assert {f.code for f in findings} <= {"BR-ID-8"}
        return [f.level for f in findings]

    assert levels(date(2026, 1, 2), date(2026, 1, 1)) == [Level.ERROR]
    assert levels(date(2025, 1, 1), date(2026, 11, 22)) == [Level.WARNING]
    assert levels(date(2026, 1, 1), TODAY) == levels(None, None) == []
