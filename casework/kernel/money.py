"""Amounts in baht: reading what people type, and writing them out in words for receipts and vouchers."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from casework.kernel.digits import clean_line, to_ascii_digits
from casework.kernel.refusals import Refusal

LARGEST = Decimal("9999999999.99")  # Decimal(12, 2) in the database
_SATANG = Decimal("0.01")
_UNITS = re.compile(r"^(?:฿|thb)\s*|\s*(?:฿|thb|baht|บาท|ဘတ်|\.-)$", re.IGNORECASE)
_BAHT = re.compile("฿|thb|baht|บาท|ဘတ်", re.IGNORECASE)
_AMOUNT = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,2})?")


def parse_money(value: object, *, field: str, is_baht: bool = True) -> Decimal:
    """Read an amount of baht, 0 or more, with at most two decimals: '5,650', '๕๖๕๐ บาท', 5650.5.

    With `is_baht` off it is of another currency. Raises Refusal: E-MONEY-1 when it cannot be read, E-MONEY-2 when
    negative, E-MONEY-3 with parts of a satang, E-MONEY-4 when too large, E-MONEY-5 for baht where it is not.
    """
    text = to_ascii_digits(clean_line(_written(value))[:60])
    if not is_baht and _BAHT.search(text):
        raise Refusal(
            "E-MONEY-5", field, _("This amount is not in baht. Convert it first, and write the number alone.")
        )
    text = _UNITS.sub("", text).strip()
    if re.fullmatch(r"[-−–(]\s*[0-9.,]+\)?", text):
        raise Refusal("E-MONEY-2", field, _("The amount cannot be negative."))
    if re.fullmatch(r"[0-9][0-9,]*\.[0-9]{3,}", text):
        raise Refusal("E-MONEY-3", field, _("Write the amount with at most two decimals (satang)."))
    if not _AMOUNT.fullmatch(text):
        raise Refusal("E-MONEY-1", field, _("Write the amount as a number, for example 5,650 or 5650.50."))
    amount = Decimal(text.replace(",", ""))
    if amount > LARGEST:
        raise Refusal("E-MONEY-4", field, _("The amount is too large. Check the number."))
    return amount.quantize(_SATANG)


def _written(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 10**15:
        return format(Decimal(repr(value)), "f")
    if isinstance(value, Decimal) and value.is_finite() and -9 < value.adjusted() < 15:
        return format(value, "f")
    return ""


def amount_field(label: Any = None, **kwargs: Any) -> models.DecimalField:
    """A column for an amount of money, up to LARGEST."""
    return models.DecimalField(label, max_digits=12, decimal_places=2, **kwargs)


def baht(amount: Decimal) -> str:
    """An amount as pages write it: ฿5,650, or ฿5,650.50 when there are satang; below zero with a real minus sign."""
    return exact_baht(amount).removesuffix(".00")


def exact_baht(amount: Decimal) -> str:
    """An amount with its satang always, where money is counted or compared: ฿5,650.00."""
    return f"{'−' if amount < 0 else ''}฿{abs(amount):,.2f}"


def baht_in_words(amount: Decimal, language: str) -> str:
    """An amount in words, Thai for 'th', Burmese for 'my', English otherwise: 'ห้าพันหกร้อยห้าสิบบาทถ้วน'.

    For amounts from 0 to LARGEST; parts of a satang raise ValueError, since a paper must not round money.
    """
    if not 0 <= amount <= LARGEST or amount != amount.quantize(_SATANG):
        raise ValueError(f"no amount for a paper: {amount}")
    baht, satang = divmod(int(amount * 100), 100)
    in_words = {"th": _in_thai, "my": _in_burmese}.get(language[:2], _in_english)
    return in_words(baht, satang)


_THAI_DIGITS = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_THAI_PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")


def _in_thai(baht: int, satang: int) -> str:
    if not baht and satang:
        return f"{_thai(satang)}สตางค์"
    return f"{_thai(baht)}บาท" + (f"{_thai(satang)}สตางค์" if satang else "ถ้วน")


def _thai(number: int) -> str:
    """A number in Thai words: เอ็ด for a final one, ยี่สิบ for twenty, ล้าน for each million."""
    if number == 0:
        return _THAI_DIGITS[0]
    millions, rest = divmod(number, 1_000_000)
    words = f"{_thai(millions)}ล้าน" if millions else ""
    digits = [int(digit) for digit in str(rest)] if rest else []
    for index, digit in enumerate(digits):
        words += _thai_digit(digit, len(digits) - 1 - index, last_of_more=number > 9)
    return words


def _thai_digit(digit: int, place: int, *, last_of_more: bool) -> str:
    if digit == 0:
        return ""
    if place == 0 and digit == 1 and last_of_more:
        return "เอ็ด"
    if place == 1 and digit <= 2:
        return ("สิบ", "ยี่สิบ")[digit - 1]
    return _THAI_DIGITS[digit] + _THAI_PLACES[place]


_BURMESE_DIGITS = ("သုည", "တစ်", "နှစ်", "သုံး", "လေး", "ငါး", "ခြောက်", "ခုနစ်", "ရှစ်", "ကိုး")
_BURMESE_PLACES = ("", "ဆယ်", "ရာ", "ထောင်", "သောင်း", "သိန်း")
_BURMESE_JOINED = {"ဆယ်": "ဆယ့်", "ရာ": "ရာ့", "ထောင်": "ထောင့်"}
"""How a place is written when less follows it: ten and five is ဆယ့်ငါး."""


def _in_burmese(baht: int, satang: int) -> str:
    if not baht and satang:
        return f"{_burmese(satang)}ဆတန်"
    return f"{_burmese(baht)}ဘတ်" + (f" {_burmese(satang)}ဆတန်" if satang else "တိတိ")


def _burmese(number: int) -> str:
    """A number in Burmese words, သန်း for each million."""
    if number == 0:
        return _BURMESE_DIGITS[0]
    millions, rest = divmod(number, 1_000_000)
    words = f"{_burmese(millions)}သန်း" if millions else ""
    for place in reversed(range(len(_BURMESE_PLACES))):
        digit, rest = divmod(rest, 10**place)
        if digit:
            name = _BURMESE_PLACES[place]
            words += _BURMESE_DIGITS[digit] + (_BURMESE_JOINED.get(name, name) if rest else name)
    return words


_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"), (100, "hundred"))


def _in_english(baht: int, satang: int) -> str:
    words = f"{_english(baht)} baht" if baht or not satang else ""
    if satang:
        words = f"{words} and {_english(satang)} satang" if words else f"{_english(satang)} satang"
    else:
        words += " only"
    return words[0].upper() + words[1:]


def _english(number: int) -> str:
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
    for size, name in _SCALES:
        if number >= size:
            count, rest = divmod(number, size)
            joined = f"{_english(count)} {name}"
            return joined if not rest else f"{joined} {'and ' if rest < 100 else ''}{_english(rest)}"
    raise AssertionError("every number from 100 has a scale")
