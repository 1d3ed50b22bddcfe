"""Numbers that identify people: the Thai 13-digit number, the school's G-code, and how numbers are shown.

A number is text, always: leading zeros carry meaning (0 and 00 are our children's categories). The standard
libraries refuse numbers that begin with 0 or 9, so the check is our own. Rules BR-ID-1, 2, 3, 4, 6, 8.
"""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _

from casework.kernel.digits import clean_line, to_ascii_digits, without_zero_width
from casework.kernel.refusals import Finding, error, warning

_THAI_ID_LENGTH = 13
_SPREADSHEET_MINIMUM = 9  # digits a cell can keep of a 13-digit number whose zeros it dropped
_GROUPS = (1, 4, 5, 2, 1)

# First digits whose check digit is certain; for 0, 6 and 7 the rule is unverified and a mismatch only warns.
_CHECKED_FIRST_DIGITS = "123458"


def normalise_number(value: object) -> str:
    """A number as text: digits 0-9, capitals, no spaces, hyphens or dots; a cell's 5.0 is '5'."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(int(value)) if 0 <= value < 10**15 and value == int(value) else ""
    if not isinstance(value, str):
        return ""
    text = without_zero_width(to_ascii_digits(clean_line(value[:200])))
    return re.sub(r"[\s\-‐‑‒–—−./]", "", text).upper()[:64]


def normalise_thai_id(value: object) -> str:
    """The 13-digit number with the leading zeros a spreadsheet dropped put back.

    Only a real number from a cell is filled up; short text stays short and is refused by thai_id_findings.
    """
    text = normalise_number(value)
    if isinstance(value, int | float) and _SPREADSHEET_MINIMUM <= len(text) < _THAI_ID_LENGTH:
        return text.zfill(_THAI_ID_LENGTH)
    return text


def thai_check_digit(first_twelve: str) -> str:
    """The 13th digit: digits times 13 down to 2, summed; (11 - sum mod 11) mod 10."""
    total = sum(int(digit) * weight for digit, weight in zip(first_twelve, range(13, 1, -1), strict=True))
    return str((11 - total % 11) % 10)


def is_thai_id(number: str) -> bool:
    """Thirteen digits 0-9 whose check digit holds."""
    return is_thirteen_digits(number) and thai_check_digit(number[:12]) == number[12]


def is_thirteen_digits(number: str) -> bool:
    return re.fullmatch(r"[0-9]{13}", number) is not None


def thai_id_findings(number: str, *, field: str) -> list[Finding]:
    """What is wrong with a normalised 13-digit number: BR-ID-1, 2, 3, 4. No finding says it is in order."""
    if not is_thirteen_digits(number):
        return [error("BR-ID-1", field, _("This number must have 13 digits."))]
    findings = []
    if number[0] == "9":
        findings.append(warning("BR-ID-2", field, _("Few numbers begin with 9. Check the paper.")))
    if thai_check_digit(number[:12]) == number[12]:
        return findings
    if number[0] in _CHECKED_FIRST_DIGITS:
        sentence = _("The last digit does not fit the others. Compare each digit with the paper.")
        return [*findings, error("BR-ID-3", field, sentence)]
    sentence = _("The last digit does not fit the others. That can be right here; check the paper.")
    return [*findings, warning("BR-ID-4", field, sentence)]


def group_thai_id(number: str) -> str:
    """'0063163726518' as '0-0631-63726-51-8'; anything else unchanged."""
    if len(number) != _THAI_ID_LENGTH or not number.isascii():
        return number
    parts, start = [], 0
    for size in _GROUPS:
        parts.append(number[start : start + size])
        start += size
    return "-".join(parts)


def mask(number: str) -> str:
    """Only the last three characters: 'x-xxxx-xxxxx-51-8', 'xxxxxx578'. Short numbers are hidden whole."""
    if len(number) <= 3:
        return "x" * len(number)
    return group_thai_id("x" * (len(number) - 3) + number[-3:])


def normalise_g_code(value: object) -> str:
    """A school's G-code as 'G' and digits; the letter is added to 12 bare digits."""
    text = normalise_number(value)
    return f"G{text}" if re.fullmatch(r"[0-9]{12}", text) else text


def g_code_findings(number: str, *, field: str) -> list[Finding]:
    """A G-code is the letter G and 12 digits (BR-ID-6)."""
    if re.fullmatch(r"G[0-9]{12}", number):
        return []
    return [error("BR-ID-6", field, _("A G-code is the letter G and 12 digits."))]


def validity_findings(issued: date | None, expires: date | None, *, today: date, field: str) -> list[Finding]:
    """A paper ends after it was issued, and one that has ended is worth a warning (BR-ID-8)."""
    if expires is None:
        return []
    if issued is not None and expires < issued:
        return [error("BR-ID-8", field, _("The paper ends before it was issued. Check both dates."))]
    if expires < today:
        return [warning("BR-ID-8", field, _("This paper has expired."))]
    return []
