"""Forms after the end: the comment of who closes, and how the claim on another source stands."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.ui.fields import MoneyField, NameField, PartsDateField, needed
from emergency_fund.states import Entitlement, EntitlementStatus

BLANK = ("", "")
KNOWN = [choice for choice in EntitlementStatus.choices if choice[0] != EntitlementStatus.NOT_CHECKED]


class CloseForm(forms.Form):
    """Why it can be closed, where no family was asked."""

    comment = forms.CharField(
        label=_("Comment"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Where the family was not asked about a payment: how you know that it arrived."),
    )  # fmt: skip


class TakeBackForm(forms.Form):
    """Why the family no longer asks."""

    reason = needed(
        forms.CharField(
            label=_("Why does the family no longer ask?"), max_length=500, required=False,
            widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Whoever opens the request reads this. No names."),
        )
    )  # fmt: skip


class EntitlementForm(forms.Form):
    """How the claim stands now."""

    entitlement = forms.ChoiceField(label=_("Who should pay first by law"), choices=[BLANK, *Entitlement.choices])
    status = forms.ChoiceField(label=_("How that stands"), choices=[BLANK, *KNOWN])
    on = PartsDateField(label=_("Since"), help_text=_("The day of the claim, of the answer or of the first payment."))
    amount = needed(MoneyField(label=_("It pays a month"), required=False), _("Being received"))
    note = NameField(label=_("Note"), max_length=300, required=False)
