"""Inputs made of several boxes: a date in two calendars, and a birth date with how sure it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from casework.kernel import dates

Parts = dict[str, str]


def _language() -> str:
    return (get_language() or "en")[:2]


def echo_pattern(language: str) -> str:
    """How a day is written in both calendars: %d, %m, %c and %b are day, month, common and Buddhist year."""
    written = dates.both(dt.date(2001, 1, 11), language)
    parts = {"11": "%d", dates.month_name(1, language): "%m", "2001": "%c", "2544": "%b"}
    for words, sign in parts.items():
        written = written.replace(words, sign, 1)
    return written


def echo_months(language: str) -> str:
    """The twelve months, each its name followed by every word the server reads as it: "January,january,jan,…|…"."""
    return "|".join(",".join((dates.month_name(month, language), *dates.month_words(month))) for month in range(1, 13))


def era_now() -> str:
    """The calendar in which a date of the page's language stands: an empty box beside a filled one begins with it."""
    return "be" if _language() == "th" else "ce"


def era_of_empty() -> str:
    """The calendar an empty box begins with: Thai papers are copied, but by who reads Burmese in common years."""
    return "ce" if _language() == "my" else "be"


class PartsDateWidget(forms.Widget):
    """Day, month and year as three boxes and the choice of calendar; keeps what was typed, right or wrong."""

    template_name = "ui/forms/date_parts.html"
    use_fieldset = True
    parts: tuple[str, ...] = ("d", "m", "y", "era")

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_d" if id_ else id_

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Parts:
        return {part: str(data.get(f"{name}_{part}") or "").strip() for part in self.parts}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in self.parts)

    def shown(self, value: Any) -> Parts:
        """What stands in the boxes: the typed text, or a date taken apart in the reader's calendar."""
        if isinstance(value, Mapping):
            return {part: str(value.get(part, "")) for part in self.parts}
        if isinstance(value, dt.date):
            era = era_now()
            year = value.year + dates.BUDDHIST_OFFSET if era == "be" else value.year
            return {"d": str(value.day), "m": str(value.month), "y": str(year), "era": era}
        return dict.fromkeys(self.parts, "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, None, attrs)
        language = _language()
        shown = self.shown(value)
        context["widget"].update(
            parts=shown,
            era=shown.get("era") or era_of_empty(),
            months=echo_months(language),
            pattern=echo_pattern(language),
            eras=[("be", pgettext("calendar", "พ.ศ.")), ("ce", pgettext("calendar", "C.E."))],
        )
        return context


def about_parts(on: dt.date) -> Parts:
    """The boxes of an estimate: whole years, months only of a child under one, and the day behind them."""
    born = dates.BirthDate(on, dates.Precision.ESTIMATED)
    years, months, _days = born.age_on(timezone.localdate()) or (0, 0, 0)
    age = {"years": str(years), "months": ""} if years else {"years": "", "months": str(months)}
    return age | {"about": on.isoformat()}


class BirthDateWidget(PartsDateWidget):
    """A date in three boxes, and beneath it the other things that may be known: month, year, age, nothing.

    An estimate stands there as the age of today; `about` keeps the day behind it, so that it stays where nobody
    changes the age.
    """

    template_name = "ui/forms/birth_date.html"
    parts = ("d", "m", "y", "era", "precision", "years", "months", "about")

    def shown(self, value: Any) -> Parts:
        if not isinstance(value, dates.BirthDate):
            return super().shown(value)
        shown = {**dict.fromkeys(self.parts, ""), "precision": str(value.precision)}
        known = value.on if value.precision != dates.Precision.UNKNOWN else None
        if known is None:
            return shown
        if value.precision == dates.Precision.ESTIMATED:
            return shown | about_parts(known)
        shown |= super().shown(known)
        blank = {"month": ("d",), "year": ("d", "m")}
        return shown | dict.fromkeys(blank.get(str(value.precision), ()), "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        chosen = context["widget"]["parts"].get("precision") or str(dates.Precision.EXACT)
        context["widget"].update(
            precision=chosen,
            precisions=[(str(value), label) for value, label in dates.Precision.choices],
            is_open=chosen != str(dates.Precision.EXACT),
            unsure=_("The exact date is not known"),
        )
        return context
