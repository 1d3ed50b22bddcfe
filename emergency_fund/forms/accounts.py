"""The form on which an officer writes down the account of a family."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.ui.fields import DigitsField, NameField
from emergency_fund.banks import Bank
from emergency_fund.rules.accounts import Account


class AccountForm(forms.Form):
    """Bank, number and owner, as they stand in the bank book."""

    bank = forms.ChoiceField(label=_("Bank"), choices=[("", ""), *Bank.choices])
    number = DigitsField(
        label=_("Number of the account"), max_length=20,
        help_text=_("In any digits, with or without hyphens. For PromptPay the phone or identity number."),
    )  # fmt: skip
    holder = NameField(label=_("Whose account"), max_length=120, help_text=_("As the bank book says."))

    def account(self) -> Account:
        """What was written down."""
        return Account(**self.cleaned_data)
