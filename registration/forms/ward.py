"""Forms of the ward's list."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.imports.forms import TableFileField
from casework.kernel.dates import add_months, month_name
from casework.reference.fields import NearField
from casework.reference.models import Facility
from casework.ui.fields import NameField, WholeNumberField
from registration.states import NotOurs

MONTHS_BACK = 12


def hospitals() -> Any:
    """The hospitals in use."""
    return Facility.objects.filter(is_active=True)


class UploadForm(forms.Form):
    """The list as the ward keeps it."""

    facility = NearField(label=_("Which hospital?"), queryset=Facility.objects.none())
    file = TableFileField(
        label=_("The list"),
        help_text=_("Excel (.xlsx) or CSV. It needs the date of birth, and the mother’s name or a hospital number."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = hospitals()  # type: ignore[attr-defined]


class MetForm(forms.Form):
    """Which record the reported birth is."""

    number = NameField(
        label=_("Case number"), required=False, max_length=20, help_text=_("Such as MS-2026-0012. Search finds it.")
    )


class NotOursForm(forms.Form):
    """Why a reported birth gets no case here."""

    why = forms.ChoiceField(
        label=_("Why is this birth not ours?"), choices=NotOurs.choices, widget=forms.RadioSelect, required=False
    )
    reason = NameField(label=_("In a few words"), required=False, max_length=200)


class CountForm(forms.Form):
    """A month's number as the hospital reports it."""

    facility = NearField(label=_("Which hospital?"), queryset=Facility.objects.none())
    month = forms.ChoiceField(label=_("Month"))
    births = WholeNumberField(label=_("Live births of non-Thai mothers"), min_value=0, max_value=100_000)
    source = NameField(
        label=_("Where does the number come from?"),
        max_length=200,
        help_text=_("Such as “labour ward, monthly sheet of October”."),
    )

    def __init__(self, *args: Any, today: date, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = hospitals()  # type: ignore[attr-defined]
        first = today.replace(day=1)
        months = [add_months(first, -back) for back in range(MONTHS_BACK)]
        self.fields["month"].choices = [  # type: ignore[attr-defined]
            (month.isoformat(), month_label(month, language)) for month in months
        ]

    def clean_month(self) -> date:
        """The first day of the month chosen."""
        return date.fromisoformat(self.cleaned_data["month"])


def month_label(month: date, language: str) -> str:
    """“November 2026”, in Thai with the Buddhist year."""
    return f"{month_name(month.month, language)} {month.year + (543 if language == 'th' else 0)}"
