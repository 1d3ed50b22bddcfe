import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.people import phones


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("+66833875004", "0833875004"),
        ("0833875004.0", "0833875004"),
        ("66-0833875004", "0833875004"),
        ("66055531221", "055531221"),
        ("833875004.0", "0833875004"),
        ("0066 83 387 5004", "0833875004"),
        ("66833875004", "0833875004"),
        ("+66 (0) 83-387-5004", "0833875004"),
        ("๐๘๓-๓๘๗ ๕๐๐๔", "0833875004"),
        ("၀၈၃၃၈၇၅၀၀၄", "0833875004"),
        (990996030.0, "0990996030"),
        (55531221, "055531221"),
        ("055-531 221", "055531221"),
        ("+95 9 123 456 789", "+959123456789"),
        ("09-123 456 789", "+959123456789"),
        (9123456789.0, "+959123456789"),
        ("959123456789", "+959123456789"),
        ("09-12 345 678", "0912345678"),
        ("", ""),
        (None, ""),
        (True, ""),
        (float("nan"), ""),
        ("no phone", ""),
    ],
)
def test_numbers_become_national_digits(written: object, digits: str) -> None:
    assert phones.national_digits(written) == digits


@given(st.from_regex(r"0[689][0-9]{8}", fullmatch=True))
def test_every_way_of_writing_a_mobile_is_one_number(digits: str) -> None:
    ways = (phones.group(digits), f"+66{digits[1:]}", float(digits), int(digits), " ".join(digits))
    assert {phones.national_digits(way) for way in ways} == {digits}
    assert phones.is_plausible(digits)


@given(st.one_of(st.text(alphabet=st.characters(), max_size=100), st.floats(), st.integers()))
def test_any_input_gives_digits(value: object) -> None:
    digits = phones.national_digits(value)
    assert digits.removeprefix("+").isascii()
    phones.phone_findings(digits, field="phone")


def test_a_box_with_two_numbers_holds_two() -> None:
    assert phones.split_phones("081-234 5678, 0892345678 / 081 234 5678") == ["0812345678", "0892345678"]
    assert phones.split_phones(990996030.0) == ["0990996030"]


def test_a_number_nobody_can_dial_warns_and_others_do_not() -> None:
    assert [f.code for f in phones.phone_findings("0123", field="phone")] == ["BR-PHONE-1"]
    for good in ("0812345678", "055531221", "021234567", "+959123456789"):
        assert phones.phone_findings(good, field="phone") == []


def test_numbers_are_grouped_and_masked() -> None:
    assert phones.group("0812344471") == "081-234-4471"
    assert phones.mask("0812344471") == "08x-xxx-4471"
    assert phones.mask("055123456") == "05x-xxx-456"
    assert phones.mask("+959123456789") == "xxxxxxxxx6789"
    assert phones.mask("123") == "xxx"


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("0812345678 0898765432", ["0812345678", "0898765432"]),
        ("081 234 5678 089 876 5432", ["0812345678", "0898765432"]),
        ("081-2345678 & 089-8765432", ["0812345678", "0898765432"]),
        ("0812345678+0898765432", ["0812345678", "0898765432"]),
        ("0812345678และ0898765432", ["0812345678", "0898765432"]),
        ("0812345678(แม่) 0898765432(พ่อ)", ["0812345678", "0898765432"]),
        ("055-531224 ต่อ 1234", ["055531224"]),
        ("055-531224#12", ["055531224"]),
        ("#0812345678", ["0812345678"]),
        ("(Line: ma123) 0812345678", ["0812345678"]),
        ("(081) 234-5678", ["0812345678"]),
        ("+66 81 234 5678", ["0812345678"]),
    ],
)
def test_several_numbers_in_one_box(written, numbers):
    assert phones.split_phones(written) == numbers
