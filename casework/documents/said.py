"""Small values in ready words that the papers of all programmes share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from casework.accounts.models import Office
from casework.kernel import dates
from casework.kernel.digits import to_ascii_digits

from .wording import words_in


@dataclass(frozen=True, kw_only=True)
class Said:
    """Something said in the family's language, with the Thai beside it when that is another language."""

    main: str
    th: str = ""


@dataclass(frozen=True, kw_only=True)
class Clinic:
    """Who makes the paper and how to reach them."""

    name: str
    address: str
    phone: str
    hours: str = ""


@dataclass(frozen=True, kw_only=True)
class Person:
    """A member of staff named on a paper."""

    name: str
    position: str = ""


NOTHING = Said(main="")
_JOINT = {"th": "ที่\u00a0", "km": " ទី\u00a0", "lo": " ທີ\u00a0"}
"""What stands between a weekday and its date."""


def said(main: str, th: str, language: str) -> Said:
    """Words in the paper's language with Thai beside them, unless the paper is in Thai."""
    return Said(main=main, th=th if language != "th" else "")


def said_of(words: Mapping[str, str], language: str) -> Said:
    """Words that are there in each language."""
    return said(words_in(words, language), words["th"], language)


def day(on: date, language: str) -> str:
    """A day with its weekday and both calendars: "วันพุธที่ 2 ธันวาคม พ.ศ. 2569 (ค.ศ. 2026)"."""
    return f"{dates.weekday_name(on.weekday(), language)}{_JOINT.get(language, ' ')}{dates.both(on, language)}"


def said_day(on: date | None, language: str) -> Said:
    """A day with its weekday and both calendars, and in Thai; nothing for no day."""
    return said(day(on, language), day(on, "th"), language) if on else NOTHING


def moment(at: datetime, language: str) -> str:
    """A day and the time of Bangkok, for staff."""
    local = timezone.localtime(at)
    return f"{dates.short(local.date(), language)} {local:%H:%M}"


def clinic(office: Office, language: str) -> Clinic:
    """The office as sender or as whom to call, its address with the digits of all papers."""
    return Clinic(
        name=clinic_name(office, language),
        address=to_ascii_digits(office.address_th if language == "th" else office.address_en or office.address_th),
        phone=office.phone,
    )


def clinic_name(office: Office, language: str) -> str:
    """Our own office, in Burmese where it has a Burmese name."""
    return (office.name_my if language == "my" else "") or office.name(language)


def staff_name(user: Any, language: str) -> str:
    """A colleague's name as letters carry it."""
    if user is None:
        return ""
    return (user.name_th if language == "th" else "") or user.full_name


def amount(baht: Decimal) -> str:
    """An amount as columns of figures carry it: "1,000,000.01"."""
    return f"{baht:,.2f}"
