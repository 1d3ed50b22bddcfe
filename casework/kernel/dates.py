"""Dates of birth and age: what is known, how well, and what that lets us say.

Reading what people type is in date_reading, the words are in date_words; both are offered here, so that
`from casework.kernel import dates` is all a room needs.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import TextChoices
from django.utils.translation import get_language, gettext_lazy, ngettext, override, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from casework.kernel.date_reading import (
    ReadDate,
    old_year_finding,
    old_year_readings,
    parse_parts,
    parse_text,
    read_parts,
)
from casework.kernel.date_words import (
    BUDDHIST_OFFSET,
    both,
    long,
    month_and_year,
    month_in_both,
    month_name,
    month_short,
    month_words,
    short,
    weekday_name,
    year_in_both,
    year_text,
    year_with_era,
)
from casework.kernel.refusals import Finding, error

__all__ = [
    "BUDDHIST_OFFSET",
    "BirthDate",
    "Precision",
    "ReadDate",
    "add_months",
    "add_years",
    "birth_date_findings",
    "both",
    "long",
    "month_name",
    "month_short",
    "month_words",
    "old_year_finding",
    "old_year_readings",
    "parse_parts",
    "parse_text",
    "read_parts",
    "short",
    "weekday_name",
    "year_text",
]

OLDEST_AGE = 120  # years; above this a birth date is a slip of the pen
_HALF_YEAR = timedelta(days=183)
_ISO = re.compile(r"(1\d|2[0-3])\d{2}(-\d{2}){0,2}", re.ASCII)
_NB = "\u00a0"


class Precision(TextChoices):
    """How well a birth date is known."""

    EXACT = "exact", gettext_lazy("Exact day")
    MONTH = "month", gettext_lazy("Month and year")
    YEAR = "year", gettext_lazy("Year only")
    ESTIMATED = "estimated", gettext_lazy("Estimated age")
    UNKNOWN = "unknown", pgettext_lazy("birth date", "Not known")


@dataclass(frozen=True)
class BirthDate:
    """A birth date with its precision.

    `on` is the day itself only when exact; otherwise it marks the span the day lies in.
    Month and year: any day in them. Estimated: the middle of the likely year. Unknown: None.
    """

    on: date | None
    precision: Precision = Precision.EXACT

    @classmethod
    def from_age(cls, *, years: int, months: int = 0, asked_on: date) -> BirthDate:
        """The estimate from an age told on a day: half a year (or half a month) before that age began."""
        last = add_months(asked_on, -(years * 12 + months))
        middle = last - (timedelta(days=15) if months or not years else _HALF_YEAR)
        return cls(middle, Precision.ESTIMATED)

    @property
    def is_exact(self) -> bool:
        return self.on is not None and self.precision == Precision.EXACT

    @property
    def earliest(self) -> date | None:
        """The first day the birth can have been on."""
        if self.on is None or self.precision == Precision.UNKNOWN:
            return None
        match self.precision:
            case Precision.MONTH:
                return self.on.replace(day=1)
            case Precision.YEAR:
                return self.on.replace(month=1, day=1)
            case Precision.ESTIMATED:
                return self.on - _HALF_YEAR
        return self.on

    @property
    def latest(self) -> date | None:
        """The last day the birth can have been on."""
        if self.on is None or self.precision == Precision.UNKNOWN:
            return None
        match self.precision:
            case Precision.MONTH:
                return self.on.replace(day=monthrange(self.on.year, self.on.month)[1])
            case Precision.YEAR:
                return self.on.replace(month=12, day=31)
            case Precision.ESTIMATED:
                return self.on + _HALF_YEAR
        return self.on

    @property
    def iso(self) -> str:
        """The date as far as it is known: '2024-07-12', '2024-07', '2024'; '' where it is estimated or not known."""
        parts = {Precision.EXACT: 3, Precision.MONTH: 2, Precision.YEAR: 1}.get(self.precision, 0)
        return "-".join(self.on.isoformat().split("-")[:parts]) if self.on else ""

    @classmethod
    def from_iso(cls, text: str) -> BirthDate | None:
        """The date that `iso` wrote; None for anything else, such as a year that somebody typed in the Thai era."""
        if not _ISO.fullmatch(text):
            return None
        year, *rest = text.split("-")
        precision = (Precision.YEAR, Precision.MONTH, Precision.EXACT)[len(rest)]
        try:
            return cls(date.fromisoformat("-".join([year, *rest, "01", "01"][:3])), precision)
        except ValueError:
            return None

    def contradicts(self, other: BirthDate) -> bool:
        """Whether both cannot be true; an estimate contradicts nothing."""
        if not (self.iso and other.iso and self.earliest and self.latest and other.earliest and other.latest):
            return False
        return self.latest < other.earliest or other.latest < self.earliest

    def text(self, language: str, *, today: date | None = None) -> str:
        """The date as far as it is known: '12 Jul 2024', 'Jul 2024', '2024', 'about Jul 2024', 'Not known'.

        With `today` an estimate is told as it was given: 'about 2 years (estimated)'.
        """
        if self.on is not None and self.precision == Precision.EXACT:
            return short(self.on, language)
        with override(language):
            if self.on is None or self.precision == Precision.UNKNOWN:
                return pgettext("birth date", "Not known")
            match self.precision:
                case Precision.MONTH:
                    return month_and_year(self.on, language)
                case Precision.YEAR:
                    return year_with_era(self.on.year, language)
            return self._estimate(month_and_year(self.on, language), today)

    def in_both(self, language: str) -> str:
        """The date as far as it is known in both calendars, months written out: 'July 2024 (พ.ศ. 2567)'."""
        if self.on is None or self.precision == Precision.UNKNOWN:
            return self.text(language)
        match self.precision:
            case Precision.MONTH:
                return month_in_both(self.on, language)
            case Precision.YEAR:
                return year_in_both(self.on.year, language)
            case Precision.ESTIMATED:
                with override(language):
                    return self._estimate(month_in_both(self.on, language), None)
        return both(self.on, language)

    def age_on(self, today: date) -> tuple[int, int, int] | None:
        """Completed years, months and days on a day; None when unknown. Before birth all are 0."""
        if self.on is None or self.precision == Precision.UNKNOWN:
            return None
        if today <= self.on:
            return 0, 0, 0
        months = (today.year - self.on.year) * 12 + today.month - self.on.month
        if add_months(self.on, months) > today:
            months -= 1
        return months // 12, months % 12, (today - add_months(self.on, months)).days

    def age_text(self, today: date, language: str) -> str:
        """The age in short: '5 days', '8 m', '2 y 4 m', '12 y'; 'about 2 y' when the day is not known."""
        years, months, days = self.age_on(today) or (None, 0, 0)
        if years is not None and self.precision == Precision.EXACT:
            return _short_age(years, months, 0 if years or months else days, language)
        with override(language):
            if years is None:
                return _("Age not known")
            months = months if self.precision == Precision.MONTH or not years else 0
            return _("about %(age)s") % {"age": _short_age(years, months, days, language)}

    def is_under(self, years: int, today: date) -> bool | None:
        """Whether the person can still be under an age; None when nothing is known.

        The youngest possible age counts, so that a child is never taken for an adult.
        """
        return None if self.latest is None else today < add_years(self.latest, years)

    def _estimate(self, month: str, today: date | None) -> str:
        if today is None:
            return _("about %(month)s") % {"month": month}
        years, months, _days = self.age_on(today) or (0, 0, 0)
        if years:
            words = ngettext("about %(count)d year (estimated)", "about %(count)d years (estimated)", years)
            return (words % {"count": years}).replace(f"{years} ", f"{years}{_NB}")
        words = ngettext("about %(count)d month (estimated)", "about %(count)d months (estimated)", months)
        return (words % {"count": months}).replace(f"{months} ", f"{months}{_NB}")


@lru_cache(maxsize=1_000)  # of a list, each page and file asks for the same ages
def _short_age(years: int, months: int, days: int, language: str) -> str:
    with override(language):
        if not years and not months:
            words = ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
        elif not years:
            words = pgettext("age in months, short", "%(months)d m") % {"months": months}
        elif not months or years >= 10:
            words = pgettext("age in years, short", "%(years)d y") % {"years": years}
        else:
            words = pgettext("age, short", "%(years)d y %(months)d m") % {"years": years, "months": months}
    return words.replace(" ", _NB)


def add_months(on: date, months: int) -> date:
    """The same day some months later; the last day of a shorter month (31 January + 1 is 28 February)."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def add_years(on: date, years: int) -> date:
    """The same day some years later; 29 February becomes 28 February in a common year."""
    return add_months(on, years * 12)


def birth_date_findings(born: BirthDate, *, today: date, field: str) -> list[Finding]:
    """A birth lies in the past (BR-DOB-1) and within a life (E-DATE-4); `today` is the day in Bangkok."""
    if born.on is None or born.earliest is None or born.latest is None:
        return []
    if born.earliest > today or (born.is_exact and born.on > today):
        return [error("BR-DOB-1", field, _future(born.on))]
    if born.latest < add_years(today, -OLDEST_AGE):
        return [error("E-DATE-4", field, _("This makes the person older than 120 years. Check the year."))]
    return []


def _future(on: date) -> str:
    return _("The birth date %(date)s is in the future. Check the year and whether it is พ.ศ. or C.E.") % {
        "date": short(on, get_language() or "en")
    }
