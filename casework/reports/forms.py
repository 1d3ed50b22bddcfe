"""What is asked before counting: the filter of the dashboard, and the order of a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Office
from casework.kernel.dates import parse_text
from casework.kernel.refusals import Finding, Refusal
from casework.ui.fields import needed, refusals_as_errors

from . import periods
from .figures import Ids, Words
from .filters import ONLY, Chosen, Filter, asked_of
from .models import Readers, ReportTemplate
from .periods import Period
from .rules import readers_of

FREE = "free"
TEXT = "text_"
GROUPS = {
    "year": _("Calendar year"),
    "fiscal": _("Thai fiscal year"),
    "quarter": _("Quarter"),
    "month": _("Month"),
}
LANGUAGES = (("th", "ไทย"), ("en", "English"), ("my", "မြန်မာ"))
COMPARE = (
    ("before", _("Against the previous period")),
    ("year", _("Against the previous year")),
    ("none", _("No comparison")),
)


More = Sequence[tuple[Words, Period]]
"""Periods that a board offers beside months and years."""


def period_choices(today: date, more: More = ()) -> list[tuple[Any, Any]]:
    """Periods by kind for a list, those of the board, and the free one."""
    language = (get_language() or "en")[:2]
    groups = [(GROUPS[kind], [(p.key, p.text(language)) for p in listed]) for kind, listed in periods.choices(today)]
    own = [(_("Donor year"), [(p.key, f"{name}: {p.text(language)}") for name, p in more])] if more else []
    return [*groups, *own, (_("Other"), [(FREE, _("From one day to another"))])]


def clean_period(form: forms.Form, today: date) -> Period | None:
    """The chosen period; a free one from its two days, in either era. Puts the error beside the right field."""
    chosen = form.cleaned_data.get("period") or periods.year(today.year).key
    if chosen != FREE:
        return periods.parse(chosen)
    days = []
    for name in ("first", "last"):
        typed = form.cleaned_data.get(name)
        if not typed:
            form.add_error(name, forms.ValidationError(form.fields[name].error_messages["required"], code="required"))
            continue
        try:
            with refusals_as_errors():
                days.append(parse_text(typed, today=today, field=name).value)
        except forms.ValidationError as fault:
            form.add_error(name, fault)
    if len(days) < 2:
        return None
    try:
        return periods.free(*days)
    except periods.BadPeriod:
        form.add_error("last", _("The period ends before it begins, or is longer than thirty years."))
        return None


Against = Callable[[Ids, Chosen], list[Finding]]
"""What speaks against filters where these offices are counted."""


@contextmanager
def refused_at_box(part: str, prefix: str) -> Iterator[None]:
    """Tell what speaks against one of several, such as narrative.2, at its box, such as text_2."""
    try:
        yield
    except Refusal as refusal:
        raise Refusal.of(_at_box(finding, part, prefix) for finding in refusal.findings) from refusal


def _at_box(finding: Finding, part: str, prefix: str) -> Finding:
    name, _dot, number = finding.field.partition(".")
    return replace(finding, field=f"{prefix}{number}") if name == part and number else finding


class FilterForm(forms.Form):
    """The filter of the dashboard, kept in the address."""

    period = forms.ChoiceField(label=_("Period"), required=False)
    first = forms.CharField(label=_("From"), required=False, max_length=40)
    last = forms.CharField(label=_("Until"), required=False, max_length=40)
    office = forms.ChoiceField(label=_("Office"), required=False)
    compare = forms.ChoiceField(label=_("Compare"), choices=COMPARE, required=False)

    def __init__(
        self, *args: Any, today: date, offices: Sequence[Office], more: More = (), filters: Sequence[Filter] = (),
        against: Against = lambda offices, chosen: [], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.today, self.against = today, against
        self.refused: list[Finding] = []
        self.all_offices = frozenset(office.pk for office in offices)
        language = (get_language() or "en")[:2]
        self.fields["period"].choices = period_choices(today, more)  # type: ignore[attr-defined]
        every = [("", _("All my offices"))] if len(offices) > 1 else []
        self.fields["office"].choices = [*every, *((str(o.pk), o.name(language)) for o in offices)]  # type: ignore[attr-defined]
        for name in ("period", "office", "compare"):
            self.fields[name].widget.attrs.update({"class": "select", "style": "width:auto;max-width:min(100%,20rem)"})
        self.fields |= {f"{ONLY}{one.key}": _filter_field(one, self.all_offices) for one in filters}

    @property
    def narrowing(self) -> list[forms.BoundField]:
        """The filters that this person can use."""
        return [field for field in self if field.name.startswith(ONLY)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["span"] = clean_period(self, self.today) if not self.errors else None
        cleaned["filters"] = self._clean_filters(cleaned)
        return cleaned

    def _clean_filters(self, cleaned: dict[str, Any]) -> Chosen:
        """The filters at work. What speaks against one stands beside it, and then none is."""
        office, chosen = cleaned.get("office"), asked_of(self.data)
        self.refused = self.against(frozenset({int(office)}) if office else self.all_offices, chosen)
        for finding in self.refused:
            field = f"{ONLY}{finding.field}"
            error = forms.ValidationError(str(finding.sentence), code=finding.code)
            self.add_error(field if field in self.fields else None, error)
        return () if self.refused else chosen


def _filter_field(one: Filter, offices: Ids) -> forms.CharField:
    """A list of the values of a filter. What may be chosen says the rule that pages and programs share."""
    offered: Any = cache(lambda: [("", _("Any")), *one.values(offices)])  # asked when it is drawn, and once
    return forms.CharField(label=str(one.label), required=False, widget=forms.Select(choices=offered))


def _boxes(template: ReportTemplate | None) -> list[forms.CharField]:
    """The boxes of a template, or the one of a report without; how long a text may be is said after it was typed."""
    told = [(_("What these figures do not tell"), "")]
    if template is not None:
        told = [(box["heading"], box["hint"]) for box in template.boxes]
    return [
        forms.CharField(label=heading, help_text=hint, required=False, widget=forms.Textarea(attrs={"rows": 6}))
        for heading, hint in told
    ]


class OrderForm(forms.Form):
    """The order of a report."""

    period = forms.ChoiceField(label=_("Period"))
    first = needed(forms.CharField(label=_("From"), required=False, max_length=40), _("From one day to another"))
    last = needed(forms.CharField(label=_("Until"), required=False, max_length=40), _("From one day to another"))
    offices = forms.MultipleChoiceField(label=_("Offices"), widget=forms.CheckboxSelectMultiple)
    language = forms.ChoiceField(label=_("Language of the report"), choices=LANGUAGES, widget=forms.RadioSelect)
    readers = forms.ChoiceField(label=_("For whom"), choices=Readers.choices, widget=forms.RadioSelect)

    of_free_period = ("first", "last")

    def __init__(
        self, *args: Any, today: date, offices: Sequence[Office], sees_all: bool, more: More = (),
        languages: Sequence[str] = ("th", "en"), template: ReportTemplate | None = None, is_narrowed: bool = False,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.today = today
        language = (get_language() or "en")[:2]
        self.fields["period"].choices = period_choices(today, more)  # type: ignore[attr-defined]
        self.fields["offices"].choices = [(str(o.pk), o.name(language)) for o in offices]  # type: ignore[attr-defined]
        self.fields["language"].choices = [pair for pair in LANGUAGES if pair[0] in languages]  # type: ignore[attr-defined]
        told = {readers for readers in readers_of(template) if sees_all or readers != Readers.STAFF}
        told = told & {Readers.STAFF} if is_narrowed else told
        self.fields["readers"].choices = [pair for pair in Readers.choices if pair[0] in told]  # type: ignore[attr-defined]
        self.fields |= {f"text_{place}": box for place, box in enumerate(_boxes(template))}

    @property
    def asked(self) -> list[forms.BoundField]:
        """What is asked besides the words."""
        return [field for field in self if not field.name.startswith(TEXT)]

    @property
    def boxes(self) -> list[forms.BoundField]:
        """The boxes for words."""
        return [field for field in self if field.name.startswith(TEXT)]

    @property
    def narrative(self) -> list[str]:
        """What was written in each box."""
        return [self.cleaned_data[field.name] for field in self.boxes]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            cleaned["span"] = clean_period(self, self.today)
        return cleaned


class CloseForm(forms.Form):
    """What is to be remembered about a month that is closed."""

    remark = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=300,
        help_text=_("Everybody who sees the figures reads it: no names."),
    )


class ReasonForm(forms.Form):
    """Why a figure of a closed month reads differently now."""

    reason = forms.CharField(
        label=_("Why the figure changed"),
        max_length=300,
        help_text=_("It is printed on reports beside the figure: no names."),
    )
