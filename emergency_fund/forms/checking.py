"""The form of a call about a payment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.ui.fields import MoneyField, NameField, needed
from emergency_fund.after_states import CheckResult

ARRIVED = f"result={CheckResult.RECEIVED} {CheckResult.ISSUES}"


class CheckForm(forms.Form):
    """What the family says of a payment; nothing is preselected."""

    result = forms.ChoiceField(label=_("What came of it?"), choices=CheckResult.choices, widget=forms.RadioSelect)
    amount = needed(
        MoneyField(
            label=_("How much did the family receive?"), required=False,
            help_text=_("Ask first, do not say the amount."),
        ),
        _("Received, all of it"), _("Received, with issues"),
    )  # fmt: skip
    said = needed(
        NameField(label=_("What was said?"), max_length=500, required=False),
        _("Received, with issues"), _("Not received"),
    )  # fmt: skip

    def __init__(self, *args: Any, asks_amount: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_amount:
            del self.fields["amount"]
