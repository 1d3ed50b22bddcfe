"""Look up what holds on a day."""

from __future__ import annotations

from collections.abc import Callable, Set
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from django.db.models import DateField, ExpressionWrapper, IntegerField, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from .models import Holiday, Term, Text

LOOK_AHEAD_DAYS = 60
"""Time limits of today's acts end that far ahead at most."""


class TermMissing(LookupError):  # noqa: N818
    """A rule asks for a term that has no row for the day."""


def term(key: str, on: date) -> Decimal:
    """The value of a term on a day. Raises TermMissing."""
    row = Term.objects.live(on).filter(key=key).order_by("-valid_from").values_list("value", flat=True).first()
    if row is None:
        raise TermMissing(f"{key} on {on}")
    return row


def term_on(key: str, on: date) -> Subquery:
    """The value of a term on a day as part of another query; null where there is none."""
    return Subquery(Term.objects.live(on).filter(key=key).order_by("-valid_from").values("value")[:1])


def day_after(on: date, key: str) -> Combinable:
    """The day so many days after `on` as a term says on that day, as part of another query."""
    return ExpressionWrapper(Value(on) + Cast(term_on(key, on), IntegerField()), DateField())


def day_before(on: date, key: str) -> Combinable:
    """The day so many days before `on` as a term says on that day, as part of another query."""
    return ExpressionWrapper(Value(on) - Cast(term_on(key, on), IntegerField()), DateField())


def term_or_first(key: str, on: date) -> Decimal:
    """The value of a term on a day, or on its first day for what happened before. Raises TermMissing for neither."""
    return terms_at_hand()(key, on)


def terms_at_hand() -> Callable[[str, date], Decimal]:
    """`term_or_first` for many days: the rows of a key are read once."""

    @cache
    def rows_of(key: str) -> list[tuple[date, date | None, Decimal]]:
        rows = Term.objects.filter(key=key).order_by("-valid_from")
        return list(rows.values_list("valid_from", "valid_to", "value"))

    def at_hand(key: str, on: date) -> Decimal:
        rows = rows_of(key)
        day = max(on, rows[-1][0]) if rows else on
        for first, last, value in rows:
            if first <= day and (last is None or day <= last):
                return value
        raise TermMissing(f"{key} on {on}")

    return at_hand


def terms(prefix: str, on: date) -> dict[str, Decimal]:
    """All terms whose key begins with the prefix, by the rest of the key; the newest row of each wins."""
    rows = Term.objects.live(on).filter(key__startswith=prefix).order_by("valid_from").values_list("key", "value")
    return {key.removeprefix(prefix): value for key, value in rows}


def holiday_test(years: Set[int]) -> tuple[Callable[[date], bool], bool]:
    """A function telling whether a day is an official holiday, and whether the table holds all the years asked for."""
    rows = Holiday.objects.filter(on__year__in=years).values_list("on", "is_working")
    days = {on for on, is_working in rows if not is_working}
    known = {on.year for on, _ in rows}
    return (lambda day: day in days), years <= known


def year_without_holidays(today: date) -> int | None:
    """The first year, of this one and that of the next two months, of which the table holds no holiday; or None."""
    years = {today.year, (today + timedelta(days=LOOK_AHEAD_DAYS)).year}
    missing = years - set(Holiday.objects.filter(on__year__in=years).values_list("on__year", flat=True))
    return min(missing, default=None)


def text_for(key: str, language: str, on: date) -> Text | None:
    """The newest reviewed text in the language, or None; nobody invents legal words."""
    return Text.objects.live(on).filter(key=key, language=language).order_by("-version").first()
