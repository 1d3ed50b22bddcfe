"""Periods that are counted: month, quarter, calendar year, Thai fiscal year, or free from–to."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.kernel.dates import BUDDHIST_OFFSET, add_months, add_years, month_name, short

KINDS = ("month", "quarter", "year", "fiscal", "free")
FISCAL_START = (
    10  # October; the Thai fiscal year carries the number of the year it ends in (Budget Procedures Act s. 4)
)
LONGEST_YEARS = 30


class BadPeriod(ValueError):  # noqa: N818  what went wrong
    """The words name no period."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """A span of days, both ends counted."""

    kind: str
    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    @property
    def key(self) -> str:
        """How the period stands in an address: "month:2026-11", "fiscal:2027"; years are Gregorian."""
        match self.kind:
            case "month":
                return f"month:{self.first:%Y-%m}"
            case "quarter":
                return f"quarter:{self.first.year}-{(self.first.month + 2) // 3}"
            case "year":
                return f"year:{self.first.year}"
            case "fiscal":
                return f"fiscal:{self.last.year}"
        return f"free:{self.first.isoformat()}:{self.last.isoformat()}"

    @property
    def span(self) -> str:
        """Kind and days, which also tell a period that was cut: "year:2025-01-01:2025-11-27"."""
        return f"{self.kind}:{self.first.isoformat()}:{self.last.isoformat()}"

    def is_partial(self, today: date) -> bool:
        """Whether days of it are still to come (or today is not over)."""
        return self.last >= today

    def until(self, today: date) -> Period:
        """The part of it that has happened."""
        return replace(self, last=max(min(self.last, today), self.first))

    def months(self) -> Iterator[Period]:
        """Its months, the first and last cut to the period."""
        start = self.first.replace(day=1)
        while start <= self.last:
            whole = month(start.year, start.month)
            yield replace(whole, first=max(whole.first, self.first), last=min(whole.last, self.last))
            start = add_months(start, 1)

    def before(self) -> Period:
        """The period of the same kind just before; of a free one the same number of days before it."""
        match self.kind:
            case "month":
                return _month_at(add_months(self.first, -1))
            case "quarter":
                start = add_months(self.first, -3)
                return quarter(start.year, (start.month + 2) // 3)
            case "year":
                return year(self.first.year - 1)
            case "fiscal":
                return fiscal(self.last.year - 1)
        return free(self.first - (self.last - self.first) - timedelta(days=1), self.first - timedelta(days=1))

    def year_before(self) -> Period:
        """The same period one year earlier; 29 February becomes 28 February."""
        first, last = add_years(self.first, -1), add_years(self.last, -1)
        if self.kind != "free":
            last = last.replace(day=monthrange(last.year, last.month)[1])
        return replace(self, first=first, last=last)

    def as_far_as(self, other: Period, today: date) -> Period:
        """Cut to the same number of days as `other` has run, so that a part is compared with a like part."""
        if not other.is_partial(today):
            return self
        return replace(self, last=min(self.last, self.first + (today - other.first)))

    def text(self, language: str) -> str:
        """Its name, in the era of the language: "November 2026", "ไตรมาส 4 พ.ศ. 2569"."""
        shown = BUDDHIST_OFFSET if language == "th" else 0
        with override(language):
            match self.kind:
                case "month":
                    return f"{month_name(self.first.month, language)} {self.first.year + shown}"
                case "quarter":
                    number = (self.first.month + 2) // 3
                    if language == "th":
                        return f"ไตรมาสที่ {number} พ.ศ. {self.first.year + shown}"
                    return _("Quarter %(number)s of %(year)s") % {"number": number, "year": self.first.year}
                case "year":
                    return f"พ.ศ. {self.first.year + shown}" if language == "th" else str(self.first.year)
                case "fiscal":
                    if language == "th":
                        return f"ปีงบประมาณ พ.ศ. {self.last.year + shown}"
                    return _("Thai fiscal year %(year)s") % {"year": self.last.year}
        return f"{short(self.first, language)} – {short(self.last, language)}"

    def full_text(self, language: str) -> str:
        """Its name with its first and last day, which a free period's name is already."""
        return self.text(language) if self.kind == "free" else f"{self.text(language)} ({self.days_text(language)})"

    def days_text(self, language: str) -> str:
        """First and last day in words."""
        return f"{short(self.first, language)} – {short(self.last, language)}"


def month(in_year: int, number: int) -> Period:
    """A calendar month."""
    return Period(
        kind="month", first=date(in_year, number, 1), last=date(in_year, number, monthrange(in_year, number)[1])
    )


def quarter(in_year: int, number: int) -> Period:
    """A quarter of the calendar year, 1 to 4."""
    last = number * 3
    return Period(
        kind="quarter", first=date(in_year, last - 2, 1), last=date(in_year, last, monthrange(in_year, last)[1])
    )


def year(number: int) -> Period:
    """A calendar year."""
    return Period(kind="year", first=date(number, 1, 1), last=date(number, 12, 31))


def fiscal(number: int) -> Period:
    """The Thai fiscal year that ends in September of the year `number` (Gregorian)."""
    return Period(kind="fiscal", first=date(number - 1, FISCAL_START, 1), last=date(number, FISCAL_START - 1, 30))


def free(first: date, last: date) -> Period:
    """From one day to another. Raises BadPeriod when it ends before it begins or is longer than thirty years."""
    if last < first or last > add_years(first, LONGEST_YEARS):
        raise BadPeriod(f"{first} to {last}")
    return Period(kind="free", first=first, last=last)


def years_from(number: int, today: date) -> list[Period]:
    """The years of somebody whose year begins in this month: the running one, and the one before."""
    begun = today.year if today.month >= number else today.year - 1
    first = date(begun, number, 1)
    return [free(start, add_years(start, 1) - timedelta(days=1)) for start in (first, add_years(first, -1))]


def fiscal_year_of(day: date) -> int:
    """The number (Gregorian) of the Thai fiscal year a day lies in."""
    return day.year + (day.month >= FISCAL_START)


def parse(text: str) -> Period:
    """Read a period's key. Raises BadPeriod."""
    kind, _colon, rest = text.partition(":")
    try:
        match kind:
            case "month":
                in_year, number = rest.split("-")
                return month(_year(in_year), int(number))
            case "quarter":
                in_year, number = rest.split("-")
                return quarter(_year(in_year), int(number))
            case "year":
                return year(_year(rest))
            case "fiscal":
                return fiscal(_year(rest))
            case "free":
                first, last = rest.split(":")
                return free(date.fromisoformat(first), date.fromisoformat(last))
    except (ValueError, OverflowError) as fault:
        raise BadPeriod(text) from fault
    raise BadPeriod(text)


def from_span(text: str) -> Period:
    """The period of a span that was kept."""
    kind, first, last = text.split(":")
    return Period(kind=kind, first=date.fromisoformat(first), last=date.fromisoformat(last))


def _year(text: str) -> int:
    number = int(text)
    if not 1950 <= number <= 2099:
        raise BadPeriod(text)
    return number


def _month_at(day: date) -> Period:
    return month(day.year, day.month)


def last_months(today: date, how_many: int) -> list[Period]:
    """The months up to the running one, oldest first."""
    first = today.replace(day=1)
    return [_month_at(add_months(first, -back)) for back in range(how_many - 1, -1, -1)]


def full_months(today: date, how_many: int) -> list[Period]:
    """The months that are over, the newest first."""
    return list(reversed(last_months(today, how_many + 1)[:-1]))


def choices(today: date) -> list[tuple[str, list[Period]]]:
    """The periods offered in a list: kind and its periods, the newest first."""
    running = quarter(today.year, (today.month + 2) // 3)
    quarters = [running]
    while len(quarters) < 6:
        quarters.append(quarters[-1].before())
    return [
        ("year", [year(today.year - back) for back in range(4)]),
        ("fiscal", [fiscal(fiscal_year_of(today) - back) for back in range(4)]),
        ("quarter", quarters),
        ("month", list(reversed(last_months(today, 15)))),
    ]
