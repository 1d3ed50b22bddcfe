"""Filters every template may use without loading them: names in their scripts, money, weights, dates, ages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from casework.kernel import dates, money
from casework.kernel.digits import quantity_text
from casework.ui.scripts import runs

register = template.Library()
ANY_ID = 987654321
NEAR = {1: gettext_lazy("Yesterday"), 0: gettext_lazy("Today"), -1: gettext_lazy("Tomorrow")}
"""The days around today, by how many days late something is that was due then."""
MARKS = re.compile(r"\[([VSKU])\]")
"""How sure a source is, in the tables of reference data: verified, one weak source, well known, uncertain."""
DOUBTS = {
    "U": gettext_lazy("not confirmed"),
    "S": gettext_lazy("not confirmed"),
    "K": gettext_lazy("well known, not checked"),
}


@register.filter
def lang_span(text: object) -> SafeString:
    """A name with the language of each script in it, so that it is read and drawn rightly."""
    if isinstance(text, SafeString):
        return text
    return _spans(str(text or ""), _language())


@register.filter
def paragraphs(text: object) -> SafeString:
    """Typed text with its paragraphs and lines, each script marked with its language."""
    parts = [part.split("\n") for part in re.split(r"\n\s*\n", str(text or "").strip())]
    lines = [SafeString("<br>").join(_spans(line.strip(), _language()) for line in part) for part in parts]
    return SafeString("".join(f"<p>{part}</p>" for part in lines))


@lru_cache(maxsize=2_000)
def _spans(text: str, current: str) -> SafeString:
    """The same names stand in many rows and are looked at again and again."""
    return SafeString(
        "".join(
            escape(words) if language in ("", current) else f'<span lang="{language}">{escape(words)}</span>'
            for words, language in runs(text)
        )
    )


@register.simple_tag
def child_link(names: Sequence[str], url: str) -> SafeString:
    """The name of a child, leading to its record, and beside it the name in another script."""
    name, other = (*names, "", "")[:2]
    link = f'<a class="strong" href="{escape(url)}">{lang_span(name)}</a>'
    return SafeString(f'{link} <span class="ink-2">{lang_span(other)}</span>' if other else link)


@register.filter
def source(text: str) -> SafeString:
    """Where a rule comes from, and in a word how sure it is where the design marks it as less than verified."""
    marks = MARKS.findall(text)
    told = lang_span(MARKS.sub("", text).strip())
    doubt = next((DOUBTS[mark] for mark in marks if mark in DOUBTS), None)
    return format_html('<span class="badge badge--amber">{}</span> {}', doubt, told) if doubt else told


@register.filter
def baht(amount: Any) -> str:
    """฿5,650, or ฿5,650.50 when there are satang."""
    return "" if amount is None or amount == "" else money.baht(amount)


@register.filter
def quantity(number: Any) -> str:
    """So much of something that is counted or weighed: 1,250 or 0.5; nothing when it is not known."""
    return "" if number is None else quantity_text(number)


@register.filter
def unit_of(number: Any, item: Any) -> str:
    """The unit of an item beside so much of it: pack beside 1, packs beside 12."""
    return "" if number is None else item.unit_for(number)


@register.filter
def grams(weight: int | None) -> str:
    """3,100 g with a space that does not break."""
    return "" if weight is None else _("%(number)s\u00a0g") % {"number": f"{weight:,}"}


@register.filter
def address(pk: int, name: str) -> str:
    """Where the page of a row stands: in the rows of a list `{% url %}` would search the same address for each."""
    before, after = _around_id(name)
    return f"{before}{pk}{after}"


@cache
def _around_id(name: str) -> tuple[str, str]:
    before, _id, after = reverse(name, args=[ANY_ID]).partition(str(ANY_ID))
    return before, after


@register.filter
def get(mapping: Any, key: str) -> Any:
    """The entry of a mapping, for keys a template cannot write."""
    return mapping.get(key) if hasattr(mapping, "get") else None


def _language() -> str:
    return (get_language() or "en")[:2]


@register.filter(expects_localtime=True)
def shortdate(day: dt.date | None) -> str:
    """23 Nov 2026, in the calendar and words of the page's language."""
    return dates.short(day, _language()) if day else ""  # `localtime` makes "" of no time


@register.filter
def due(day: dt.date | None, today: dt.date) -> str:
    """When something is due, as people say it: “3 days late”, “Yesterday”, “Today”, “Tomorrow”, else the day."""
    if day is None:
        return ""
    late = (today - day).days
    if late > 1:
        return ngettext("%(n)d day late", "%(n)d days late", late) % {"n": late}
    return str(NEAR[late]) if late in NEAR else dates.short(day, _language())


@register.filter(expects_localtime=True)
def bothdates(day: dt.date | dates.BirthDate | None) -> str:
    """The day, or what is known of a date of birth, in both calendars."""
    if isinstance(day, dates.BirthDate):
        return day.in_both(_language())
    return "" if day is None else dates.both(day, _language())


@register.filter
def birthdate(birth: Any) -> str:
    """A birth date with how sure it is: "about Jul 2024", never a made-up first of January."""
    return "" if birth is None else birth.text(_language())


@register.filter
def age(birth: Any, today: dt.date) -> str:
    """The age on a day with how sure it is."""
    return "" if birth is None else birth.age_text(today, _language())
