from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.kernel.money import LARGEST, baht_in_words, parse_money
from casework.kernel.refusals import Refusal
from tests.factories.digits import thai_digits

AMOUNTS = st.decimals(min_value=0, max_value=LARGEST, places=2)


def read(value: object) -> Decimal:
    return parse_money(value, field="amount")


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("5650", "5650.00"),
        ("5,650.5", "5650.50"),
        ("๕,๖๕๐ บาท", "5650.00"),
        ("၅၆၅၀", "5650.00"),
        ("฿ 20", "20.00"),
        ("5,650.-", "5650.00"),
        (5650.0, "5650.00"),
        (12, "12.00"),
        (Decimal("0.25"), "0.25"),
        ("0", "0.00"),
        ("9,999,999,999.99", "9999999999.99"),
    ],
)
def test_amounts_are_read_as_people_write_them(written: object, amount: str) -> None:
    assert str(read(written)) == amount


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1e5", "E-MONEY-1"),
        ("NaN", "E-MONEY-1"),
        (float("nan"), "E-MONEY-1"),
        (Decimal("NaN"), "E-MONEY-1"),
        (float("inf"), "E-MONEY-1"),
        ("", "E-MONEY-1"),
        (None, "E-MONEY-1"),
        (True, "E-MONEY-1"),
        ("5,65", "E-MONEY-1"),
        ("1005-", "E-MONEY-1"),
        ("1,2,3", "E-MONEY-1"),
        ("5.650,00", "E-MONEY-1"),
        ("-5", "E-MONEY-2"),
        ("(500)", "E-MONEY-2"),
        (-5, "E-MONEY-2"),
        ("1.234", "E-MONEY-3"),
        (0.1 + 0.2, "E-MONEY-3"),
        ("10,000,000,000", "E-MONEY-4"),
    ],
)
def test_what_is_no_amount_is_refused(written: object, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(written)
    assert (caught.value.code, caught.value.field) == (code, "amount")


@given(AMOUNTS)
def test_amounts_round_trip_with_commas_and_thai_digits(amount: Decimal) -> None:
    assert read(f"{amount:,.2f}") == read(thai_digits(f"{amount:.2f}")) == amount


@given(st.one_of(st.text(alphabet=st.characters(), max_size=80), st.floats(), st.integers(), st.decimals()))
def test_no_input_does_worse_than_a_refusal(value: object) -> None:
    try:
        assert 0 <= read(value) <= LARGEST
    except Refusal:
        return


@pytest.mark.parametrize(
    ("amount", "thai", "english"),
    [
        ("5650", "ห้าพันหกร้อยห้าสิบบาทถ้วน", "Five thousand six hundred and fifty baht only"),
        ("0", "ศูนย์บาทถ้วน", "Zero baht only"),
        ("1", "หนึ่งบาทถ้วน", "One baht only"),
        ("11", "สิบเอ็ดบาทถ้วน", "Eleven baht only"),
        ("21.50", "ยี่สิบเอ็ดบาทห้าสิบสตางค์", "Twenty-one baht and fifty satang"),
        ("101", "หนึ่งร้อยเอ็ดบาทถ้วน", "One hundred and one baht only"),
        ("0.25", "ยี่สิบห้าสตางค์", "Twenty-five satang"),
        ("1000001", "หนึ่งล้านเอ็ดบาทถ้วน", "One million and one baht only"),
        ("21000000", "ยี่สิบเอ็ดล้านบาทถ้วน", "Twenty-one million baht only"),
        ("20", "ยี่สิบบาทถ้วน", "Twenty baht only"),
        ("1000000.01", "หนึ่งล้านบาทหนึ่งสตางค์", "One million baht and one satang"),
        ("4000.21", "สี่พันบาทยี่สิบเอ็ดสตางค์", "Four thousand baht and twenty-one satang"),
    ],
)
def test_amounts_are_written_out(amount: str, thai: str, english: str) -> None:
    assert baht_in_words(Decimal(amount), "th") == thai
    assert baht_in_words(Decimal(amount), "en") == english


@pytest.mark.parametrize(
    ("amount", "burmese"),
    [
        ("0", "သုညဘတ်တိတိ"),
        ("1", "တစ်ဘတ်တိတိ"),
        ("10", "တစ်ဆယ်ဘတ်တိတိ"),
        ("15", "တစ်ဆယ့်ငါးဘတ်တိတိ"),
        ("70", "ခုနစ်ဆယ်ဘတ်တိတိ"),
        ("100", "တစ်ရာဘတ်တိတိ"),
        ("105", "တစ်ရာ့ငါးဘတ်တိတိ"),
        ("350", "သုံးရာ့ငါးဆယ်ဘတ်တိတိ"),
        ("1000", "တစ်ထောင်ဘတ်တိတိ"),
        ("1008", "တစ်ထောင့်ရှစ်ဘတ်တိတိ"),
        ("5650", "ငါးထောင့်ခြောက်ရာ့ငါးဆယ်ဘတ်တိတိ"),
        ("2999.75", "နှစ်ထောင့်ကိုးရာ့ကိုးဆယ့်ကိုးဘတ် ခုနစ်ဆယ့်ငါးဆတန်"),
        ("0.25", "နှစ်ဆယ့်ငါးဆတန်"),
        ("12000", "တစ်သောင်းနှစ်ထောင်ဘတ်တိတိ"),
        ("345678", "သုံးသိန်းလေးသောင်းငါးထောင့်ခြောက်ရာ့ခုနစ်ဆယ့်ရှစ်ဘတ်တိတိ"),
        ("1000001", "တစ်သန်းတစ်ဘတ်တိတိ"),
        ("21000000", "နှစ်ဆယ့်တစ်သန်းဘတ်တိတိ"),
    ],
)
def test_amounts_are_written_out_in_burmese(amount: str, burmese: str) -> None:
    assert baht_in_words(Decimal(amount), "my") == burmese


@given(AMOUNTS, AMOUNTS)
def test_two_amounts_never_share_their_words(one: Decimal, other: Decimal) -> None:
    for language in ("th", "en", "my"):
        same = baht_in_words(one, language) == baht_in_words(other, language)
        assert same == (one == other)


@pytest.mark.parametrize("amount", ["-1", "0.005", "10000000000"])
def test_an_amount_no_paper_can_carry_is_not_rounded(amount: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        baht_in_words(Decimal(amount), "th")
