"""Telephone numbers: kept as digits with their leading zero, shown in groups or hidden but for four."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.kernel.digits import clean_line, to_ascii_digits, without_zero_width
from casework.kernel.refusals import Finding, warning

_MOBILE = re.compile(r"0[689][0-9]{8}")
_LANDLINE = re.compile(r"0[2-57][0-9]{7}")
_MYANMAR = re.compile(r"\+959[0-9]{7,9}|\+951[0-9]{6,8}")
_MYANMAR_AT_HOME = re.compile(r"(?:0|95)?9[0-9]{9}")
"""A mobile in Myanmar as it is dialled there, or without its plus: a digit longer than any Thai number."""
IMPOSSIBLE = gettext_lazy("A Thai phone number has 9 or 10 digits; a foreign one begins with + and its country code.")
_SEPARATORS = re.compile(r"[,;/\n|&]|\bor\b|\band\b|หรือ|และ|(?<=\d)\s*\+(?=\s*0)|(?<=\d{4})\s+(?=\+)")
_EXTENSION = re.compile(r"(?:ต่อ|\bext\.?|\bx|(?<=\d)\s*#)\s*\d{1,6}(?!\d)", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*[^\W\d_][^()]*\)")
_WITH_POINT = re.compile(r"(?<=^\d{8})\.0$|(?<=^\d{9})\.0$|(?<=^\d{10})\.0$|(?<=^\d{11})\.0$")
"""What a program leaves behind a number that it took for a quantity."""
_LONGEST_WRITTEN = 15  # digits of one number at the most (E.164)


def national_digits(value: object) -> str:
    """A phone number as Thai digits with the leading zero, or "" when there is none.

    '+66833875004', '66 83 387 5004' and a spreadsheet's 833875004.0 are '0833875004'. A number of another
    country keeps its plus and country code ('+959...'); the eleven digits 09... are one in Myanmar.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        digits = str(int(value)) if 0 < value < 10**15 and value == int(value) else ""
        return _with_zero(digits)
    if not isinstance(value, str):
        return ""
    text = without_zero_width(to_ascii_digits(clean_line(value[:200])))
    text = _WITH_POINT.sub("", text)
    plus = text.lstrip("( ").startswith(("+", "00"))
    digits = re.sub(r"[^0-9]", "", text)[:20]
    if plus:
        digits = digits.removeprefix("00")
        if digits.startswith("66"):
            return "0" + digits[2:].removeprefix("0")
        return f"+{digits}" if digits else ""
    return _with_zero(digits)


def _with_zero(digits: str) -> str:
    if _MYANMAR_AT_HOME.fullmatch(digits):
        return "+959" + digits[-9:]
    if digits.startswith("66") and len(digits) in ((11, 12) if digits.startswith("660") else (10, 11)):
        return "0" + digits[2:].removeprefix("0")
    if digits and digits[0] != "0" and len(digits) in (8, 9):
        return "0" + digits
    return digits


def split_phones(value: object) -> list[str]:
    """Each number of a box that holds several ('081-234 5678, 0892345678'), once, in order."""
    if not isinstance(value, str):
        one = national_digits(value)
        return [one] if one else []
    text = _EXTENSION.sub(" ", _ASIDE.sub(" ; ", to_ascii_digits(value[:400])))
    found = [national_digits(one) for part in _SEPARATORS.split(text) for one in _apart(part)]
    return list(dict.fromkeys(number for number in found if number))


def _apart(part: str) -> list[str]:
    """A part that has more digits than one number can have, cut where a space parts two that can be dialled."""
    words = part.split()
    if sum(letter.isdecimal() for letter in part) <= _LONGEST_WRITTEN:
        return [part]
    for cut in range(1, len(words)):
        first, rest = " ".join(words[:cut]), " ".join(words[cut:])
        if is_plausible(national_digits(first)):
            return [first, *_apart(rest)]
    return [part]


def has_possible_length(digits: str) -> bool:
    """Whether a number can be dialled at all: 9 to 11 digits here and in Myanmar, 8 to 15 with country code (E.164)."""
    return 8 <= len(digits) - 1 <= 15 if digits.startswith("+") else 9 <= len(digits) <= 11


def is_plausible(digits: str) -> bool:
    """A Thai mobile (06, 08, 09 and ten digits) or landline, or a number in Myanmar with its country code."""
    return any(kind.fullmatch(digits) for kind in (_MOBILE, _LANDLINE, _MYANMAR))


def phone_findings(digits: str, *, field: str) -> list[Finding]:
    """Warn about a number that cannot be reached as written; families give odd ones, so it is no error."""
    if is_plausible(digits):
        return []
    return [warning("BR-PHONE-1", field, _("This does not look like a phone number in Thailand. Check it."))]


def group(digits: str) -> str:
    """'0812344471' as '081-234-4471', '055123456' as '055-123-456'; anything else unchanged."""
    if _MOBILE.fullmatch(digits):
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    if _LANDLINE.fullmatch(digits):
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    return digits


def mask(digits: str) -> str:
    """'08x-xxx-4471': the kind and the last four digits."""
    if is_plausible(digits) and digits.startswith("0"):
        shown = group(digits)
        return "".join(
            letter if letter == "-" or index < 2 or index >= len(shown) - 4 else "x"
            for index, letter in enumerate(shown)
        )
    return "x" * max(len(digits) - 4, 0) + digits[-4:] if len(digits) > 4 else "x" * len(digits)
