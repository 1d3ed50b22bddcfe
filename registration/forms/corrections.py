"""Forms of a correction. They turn text into values; the services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.documents.models import Attachment
from casework.documents.states import PaperKind
from casework.ui.fields import NameField, PartsDateField, needed
from registration.certificate_states import FeePayer
from registration.models import Discrepancy

from .acts import CostField, OfficeForm, OutcomeForm


class ChosenRows(forms.ModelMultipleChoiceField):
    """Rows to tick, told by what they say."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        if isinstance(obj, Discrepancy):
            return f"{obj.told_a} / {obj.told_b}"
        return str(obj.title)


class StartForm(OfficeForm):
    """What the office shall correct, and which office."""

    discrepancies = needed(ChosenRows(label=_("What should be corrected?"), queryset=None, required=False))
    field_order = ["discrepancies", "registry_office"]

    def __init__(self, *args: Any, differences: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["discrepancies"].queryset = differences  # type: ignore[attr-defined]


class AskedForm(forms.Form):
    """The letter was handed in."""

    asked_on = PartsDateField(label=_("Handed in on"))
    receipt_no = NameField(label=_("Receipt number"), required=False, max_length=60)


class AppointmentForm(OfficeForm):
    """The day the office gave."""

    appointment_on = PartsDateField(label=_("Come on"))
    appointment_time = NameField(label=_("Time"), required=False, max_length=20)
    field_order = ["appointment_on", "appointment_time", "registry_office"]


class FeeForm(forms.Form):
    """What it costs and who paid."""

    fee_baht = CostField(label=_("Fee"), required=False)
    fee_paid_by = forms.ChoiceField(
        label=_("Who paid?"), choices=FeePayer.choices, widget=forms.RadioSelect, required=False
    )


class CorrectedForm(OutcomeForm):
    """The corrected certificate as it is written, and the scans of the old one."""

    result_on = PartsDateField(label=_("Corrected on"))
    superseded = ChosenRows(
        label=_("Photos and scans of the old certificate"),
        help_text=_("They are kept and shown struck out."),
        queryset=None,
        required=False,
    )
    field_order = ["result_on"]

    def __init__(self, *args: Any, scans: QuerySet[Attachment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["superseded"]
        chosen.queryset = scans  # type: ignore[attr-defined]
        chosen.initial = [scan.pk for scan in scans if scan.paper_kind == PaperKind.CERTIFICATE]
        if not scans:
            del self.fields["superseded"]


class RefusedForm(forms.Form):
    """The office does not correct it."""

    result_on = PartsDateField(label=_("On"))
    result_text = needed(NameField(label=_("In the office’s words"), required=False, max_length=300))
