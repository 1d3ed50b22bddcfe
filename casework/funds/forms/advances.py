"""Forms of an advance: given, settled."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.ui.fields import MoneyField, NameField, PartsDateField, ask_day


class AdvanceForm(forms.Form):
    """So much for somebody, for something, until a day."""

    holder = forms.ModelChoiceField(label=_("Given to"), queryset=User.objects.none())
    amount = MoneyField(label=_("Amount"))
    purpose = NameField(
        label=_("For"), max_length=200, help_text=_("Such as payments in the villages. Write no names of families.")
    )
    until_on = PartsDateField(label=_("Settled until"), help_text=_("Until then the receipts and the rest are here."))
    on = ask_day(_("Given on"))

    def __init__(self, *args: Any, staff: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = staff  # type: ignore[attr-defined]


class SettleForm(forms.Form):
    """The cash that came back, and why some is missing."""

    brought_back = MoneyField(label=_("Cash brought back"), help_text=_("What no receipt accounts for. 0 for nothing."))
    on = ask_day(_("Brought back on"))
    explanation = forms.CharField(
        label=_("Why some is missing"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only where less came back. A second person reads this and confirms it."),
    )  # fmt: skip
