"""Reading dates as people write them: two eras, three kinds of digits, month names in three languages.

The year is turned from Buddhist to common on the parts, before a date is built: 29/02/2567 is 29 February
2024, though the year 2567 of Python's calendar has no such day. Rules BR-DOB-2, 3, 4, 6.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.kernel.date_words import BUDDHIST_OFFSET, WEEKDAY_WORDS, month_name, month_number, short
from casework.kernel.digits import clean_line, to_ascii_digits
from casework.kernel.refusals import Finding, Refusal, warning

Era = Literal["be", "ce"]

FIRST_BUDDHIST_YEAR = 2400  # from here on a year is Buddhist (BR-DOB-2)
FIRST_YEAR, LAST_YEAR = 1900, 2099  # common years a paper here can carry (BR-DOB-3)
LAST_APRIL_YEAR = 2483  # until this Buddhist year the Thai year began in April (BR-DOB-4)

_BE = r"(?:พ\s*\.?\s*ศ\s*\.?|(?<!\w)b\s*\.?\s*e\s*\.?|ထိုင်းနှစ်)"
_CE = r"(?:ค\s*\.?\s*ศ\s*\.?|(?<!\w)(?:c\s*\.?\s*e|a\s*\.?\s*d)\s*\.?|ခရစ်နှစ်)"
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?:[T ]\s*[\d:.]+Z?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,5})(?:\s+[\d:.]+)?")
_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?\s*[-/., ]?\s*([^\W\d_][^\d,/-]*?)\s*[-/., ]*\s*(\d{1,5})", re.IGNORECASE
)
_NAME_FIRST = re.compile(r"([^\W\d_][^\d,/-]*?)\s*(\d{1,2})(?:st|nd|rd|th)?\s*[, ]\s*(\d{1,5})", re.IGNORECASE)
_YEAR_NAMED = re.compile(r"(\d{4})[-/., ]*([^\W\d_][^\d,/-]*?)[-/., ]*(\d{1,2})")
_PREFIX = re.compile(r"^(?:วัน\S{0,12}?ที่|วันที่|ที่)\s*")
_WEEKDAY = re.compile(rf"^(?:{'|'.join(WEEKDAY_WORDS)})(?![^\W\d_])[\s,.]*(?!ที่)", re.IGNORECASE)
_TIME = re.compile(
    r"(?:\s*,\s*|[T\s]\s*|\s*เวลา\s*)\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:น\.?|[ap]\.?m\.?|hrs?\.?|Z|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_SLASHES = str.maketrans("／⁄∕", "///")
_IN_BRACKETS = re.compile(r"\s*\((\d{1,2}[:.]\d{2}[^()]{0,6})\)$|(?<!\d)(\d{4})\s*\((\d{4})\)$")
_BESIDE = re.compile(r"ရက်(?:နေ့)?|ခုနှစ်|(?<=\d)\s*ခု(?=\W|$)|(?<!\w)ปี(?=\s*(?:พ|ค|\d))|[.,]$")
"""Words beside the parts of a date that say what each part is, and a sign at its end."""


@dataclass(frozen=True)
class ReadDate:
    """A date and how it was read, so that a person can see what became of what they wrote."""

    value: date
    era: Era

    @property
    def buddhist_year(self) -> int:
        return self.value.year + BUDDHIST_OFFSET

    @property
    def note(self) -> str:
        """What was read from what, or "" when the date stands as written."""
        if self.era == "ce":
            return ""
        return _("Buddhist year %(buddhist)s read as %(common)s.") % {
            "buddhist": self.buddhist_year,
            "common": self.value.year,
        }


def read_parts(day: object, month: object, year: object, *, era: str = "auto", today: date, field: str) -> ReadDate:
    """Read a date from its three parts.

    `era` is "auto", "be" or "ce"; `today` only serves the examples in the sentences. Raises Refusal:
    E-DATE-2 when a part is no number or month, BR-DOB-6 for a two-digit year, BR-DOB-3 for a year out of
    range, E-DATE-3 when the year does not fit the era chosen, E-DATE-1 when the month has no such day.
    """
    day_number = _number(day, field, _("Write the day as a number from 1 to 31."))
    month_value = _month(month, field)
    common, found = _common_year(year, era, today, field)
    return ReadDate(_built(day_number, month_value, common, found, field), found)


def parse_parts(day: object, month: object, year: object, *, era: str = "auto", today: date, field: str) -> date:
    """The date of three parts; raises Refusal as read_parts does."""
    return read_parts(day, month, year, era=era, today=today, field=field).value


def parse_text(value: object, *, era: str = "auto", today: date, field: str) -> ReadDate:
    """Read one box or one cell of a spreadsheet: '22 เม.ย. 2559', '๐๒/๐๕/๒๕๕๙', '2016-05-10', a real date.

    Day before month where both are numbers. A real date whose year is 2400 or later holds a Buddhist year.
    Raises Refusal: E-DATE-2 when it cannot be read, and as read_parts does.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return read_parts(value.day, value.month, value.year, era=era, today=today, field=field)
    text = clean_line(value) if isinstance(value, str) else ""
    if not text or len(text) > 64:
        raise Refusal("E-DATE-2", field, _unreadable(today))
    bare, told = _told_era(_day_alone(to_ascii_digits(text)))
    day, month, year = _split(bare, today, field)
    return read_parts(day, month, year, era=told or era, today=today, field=field)


def old_year_readings(on: date) -> tuple[date, date] | None:
    """Both readings of a January-March date in a Buddhist year up to 2483, or None for other dates.

    Until 1940 the Thai year began in April, so January to March belonged to the year before: BE 2470 in
    February is February 1928 by the old count, February 1927 by plain subtraction.
    """
    if on.month > 3 or on.year + BUDDHIST_OFFSET > LAST_APRIL_YEAR:
        return None
    days = monthrange(on.year + 1, on.month)[1]
    return on, date(on.year + 1, on.month, min(on.day, days))


def old_year_finding(read: ReadDate, field: str, language: str = "en") -> Finding | None:
    """Warn that a Buddhist date before 1941 has two readings (BR-DOB-4), or None."""
    readings = old_year_readings(read.value) if read.era == "be" else None
    if readings is None:
        return None
    first, second = (short(on, language) for on in readings)
    return warning(
        "BR-DOB-4",
        field,
        _("Before 1941 the Thai year began in April. This date can be %(first)s or %(second)s. Please check.")
        % {"first": first, "second": second},
    )


def _day_alone(text: str) -> str:
    """Without the weekday before a date and the time of day behind it."""
    text = _WEEKDAY.sub("", text.lstrip("'‘’").translate(_SLASHES))
    text = _IN_BRACKETS.sub(_agreeing, text)
    without = _TIME.sub("", text)
    return _BESIDE.sub(" ", without if any(letter.isdecimal() for letter in without) else text).strip()


def _agreeing(found: re.Match[str]) -> str:
    """An hour in brackets without them; of a year in both eras the first, where both are one."""
    if found[1]:
        return f" {found[1]}"
    return found[2] if abs(int(found[2]) - int(found[3])) == BUDDHIST_OFFSET else found[0]


def _told_era(text: str) -> tuple[str, Era | None]:
    """Take an era written beside the year ("พ.ศ. 2559") out of the text."""
    bare = _PREFIX.sub("", text)
    for pattern, era in ((_BE, "be"), (_CE, "ce")):
        found, count = re.subn(rf"{pattern}(?=\s*\d)|(?<=[\d ]){pattern}$", " ", bare, flags=re.IGNORECASE)
        if count:
            return found.strip(), era  # type: ignore[return-value]
    return bare, None


def _split(text: str, today: date, field: str) -> tuple[str, str, str]:
    if found := _YEAR_FIRST.fullmatch(text):
        return found[3], found[2], found[1]
    if found := _DAY_FIRST.fullmatch(text) or _NAMED.fullmatch(text):
        return found[1], found[2], found[3]
    if found := _NAME_FIRST.fullmatch(text):
        return found[2], found[1], found[3]
    if found := _YEAR_NAMED.fullmatch(text):
        return found[3], found[2], found[1]
    raise Refusal("E-DATE-2", field, _unreadable(today))


def _unreadable(today: date) -> str:
    return _("Write the date as day, month, year, for example %(buddhist)s or %(common)s.") % {
        "buddhist": f"{today.day}/{today.month}/{today.year + BUDDHIST_OFFSET}",
        "common": f"{today.day}/{today.month}/{today.year}",
    }


def _number(part: object, field: str, sentence: str) -> int:
    """One part as a whole number; a spreadsheet's 5.0 is 5."""
    if isinstance(part, int | float) and part is not True and 0 <= part < 10**6 and part == int(part):
        return int(part)
    text = to_ascii_digits(clean_line(part)) if isinstance(part, str) else ""
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise Refusal("E-DATE-2", field, sentence)
    return int(text)


def _month(part: object, field: str) -> int:
    named = month_number(clean_line(part)[:40]) if isinstance(part, str) else None
    sentence = _("Write the month as a number from 1 to 12 or as its name.")
    number = named or _number(part, field, sentence)
    if not 1 <= number <= 12:
        raise Refusal("E-DATE-2", field, sentence)
    return number


def _common_year(part: object, era: str, today: date, field: str) -> tuple[int, Era]:
    year = _number(part, field, _("Write the year with four digits."))
    if year < 100:
        raise Refusal(
            "BR-DOB-6",
            field,
            _("Two digits can mean two years. Write all four, such as %(buddhist)s or %(common)s.")
            % {"buddhist": today.year + BUDDHIST_OFFSET, "common": today.year},
        )
    found: Era = "be" if year >= FIRST_BUDDHIST_YEAR else "ce"
    common = year - BUDDHIST_OFFSET if found == "be" else year
    if not FIRST_YEAR <= common <= LAST_YEAR:
        raise Refusal(
            "BR-DOB-3",
            field,
            _("The year %(year)s is not possible. Write it like %(buddhist)s (พ.ศ.) or %(common)s (ค.ศ.).")
            % {"year": year, "buddhist": today.year + BUDDHIST_OFFSET, "common": today.year},
        )
    if era == "be" and found == "ce":
        raise Refusal(
            "E-DATE-3",
            field,
            _("The year %(year)s is a common year (ค.ศ.). Did you mean %(other)s (พ.ศ.)?")
            % {"year": year, "other": year + BUDDHIST_OFFSET},
        )
    if era == "ce" and found == "be":
        raise Refusal(
            "E-DATE-3",
            field,
            _("The year %(year)s is a Buddhist year (พ.ศ.). Did you mean %(other)s (ค.ศ.)?")
            % {"year": year, "other": common},
        )
    return common, found


def _built(day: int, month: int, year: int, era: Era, field: str) -> date:
    days = monthrange(year, month)[1]
    if 1 <= day <= days:
        return date(year, month, day)
    shown = year + BUDDHIST_OFFSET if era == "be" else year
    raise Refusal(
        "E-DATE-1",
        field,
        _("The day %(day)s does not exist: %(month)s %(year)s has %(days)s days.")
        % {"day": day, "month": month_name(month, get_language() or "en"), "year": shown, "days": days},
    )
