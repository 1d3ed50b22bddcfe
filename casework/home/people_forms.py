"""Forms about people, roles and offices."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import LANGUAGES, Office
from casework.accounts.services import GRANT_DAYS
from casework.accounts.states import OfficeKind, Role
from casework.documents.kinds import all_kinds
from casework.programmes.contributions import registry
from casework.ui.fields import PartsDateField


class DetailsForm(forms.Form):
    """How a person is called, and what they are on letters."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    name_th = forms.CharField(label=_("Name in Thai"), max_length=120, required=False)
    position_th = forms.CharField(
        label=_("Position in Thai"), max_length=120, required=False, help_text=_("Printed under signatures on letters.")
    )
    position_en = forms.CharField(label=_("Position in English"), max_length=120, required=False)


class PersonForm(DetailsForm):
    """A new colleague."""

    username = forms.RegexField(
        r"^[A-Za-z0-9.]{3,60}$",
        label=_("Sign-in name"),
        help_text=_("Small letters, digits and dots, such as naw.kham."),
        error_messages={"invalid": _("Use small letters, digits and dots only, at least three.")},
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=forms.RadioSelect)
    field_order = ("full_name", "name_th", "username")


class GrantForm(forms.Form):
    """A role in an office."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", "–"), *Role.choices])
    office = forms.ModelChoiceField(label=_("Office"), queryset=Office.objects.none())
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    valid_to = PartsDateField(label=_("Until"), help_text=_("At most twelve months from today."))
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("The second person reads this."))

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        programmes = [(programme.key, programme.label) for programme in registry.programmes()]
        self.fields["programme"].choices = [("", _("All programmes of the office")), *programmes]  # type: ignore[attr-defined]
        self.fields["valid_to"].initial = timezone.localdate() + timedelta(days=GRANT_DAYS)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class OfficeForm(forms.Form):
    """An office's names, address and letters."""

    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    name_th = forms.CharField(label=_("Name in Thai"), max_length=120)
    name_my = forms.CharField(label=_("Name in Burmese"), max_length=120, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=OfficeKind.choices, widget=forms.RadioSelect, initial=OfficeKind.OFFICE,
        help_text=_("A practice office is for learning: it is kept out of every number."),
    )  # fmt: skip
    province_code = forms.RegexField(
        r"^\d{2}$", label=_("Province code"), required=False, help_text=_("Two digits, such as 63 for Tak.")
    )
    address_th = forms.CharField(label=_("Address in Thai"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    address_en = forms.CharField(
        label=_("Address in English"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    letter_prefix = forms.CharField(
        label=_("Letter number prefix"), max_length=30, required=False,
        help_text=_("Comes before outgoing letter numbers (ที่ …/2569)."),
    )  # fmt: skip
    thai_digits = forms.MultipleChoiceField(
        label=_("Letters with Thai digits"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(kind.key, kind.title) for kind in all_kinds() if kind.is_letter],
        help_text=_("In their Thai text, where whoever gets them asks for it; all others have 0–9."),
    )  # fmt: skip


class NewOfficeForm(OfficeForm):
    """The letters of an office are chosen once."""

    code = forms.CharField(
        label=_("Letters of the office"),
        max_length=4,
        help_text=_("Two to four letters, such as MS for Mae Sot. They are part of case numbers and never change."),
    )
    field_order = ["code"]
