"""Where the money of a payment comes from or goes to, in the forms of the cashier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import Words
from casework.ui.fields import DigitsField, NameField, needed
from emergency_fund.banks import Bank
from emergency_fund.rules.cash import FIELD

ACCOUNT = "account"
"""The answer that money goes to an account of the family."""
IN_HAND = "cash"
"""The answer that it is handed over, where the office keeps no boxes."""
FROM_BANK = "bank"
"""The answer that a hospital or shop is paid by the office's bank."""


def ask_where_from(form: forms.Form, sources: Mapping[str, Words], *, label: Any, after: str) -> None:
    """Put the question into a form behind another one; the only box is chosen already, none is not asked for.

    `sources` gives the key of each box its words.
    """
    if not sources:
        return
    only = next(iter(sources)) if len(sources) == 1 else ""
    blank = [] if only else [("", "")]
    form.fields[FIELD] = forms.ChoiceField(label=label, choices=[*blank, *sources.items()], initial=only)
    order = [name for name in form.fields if name != FIELD]
    order.insert(order.index(after) + 1, FIELD)
    form.order_fields(order)


def ask_to_account(form: forms.Form) -> None:
    """Let the same question be answered with an account, and ask which one and what the bank calls the transfer."""
    asked: Any = form.fields[FIELD]
    asked.choices = [*asked.choices, (ACCOUNT, _("By transfer to an account"))]
    form.fields |= {
        "account_bank": needed(
            forms.ChoiceField(label=_("Bank"), choices=[("", ""), *Bank.choices], required=False)
        ),
        "account_number": needed(
            DigitsField(
                label=_("Number of the account"), max_length=20, required=False,
                help_text=_("In any digits, with or without hyphens. For PromptPay the phone or identity number."),
            )
        ),
        "account_holder": needed(
            NameField(label=_("Whose account"), max_length=120, required=False, help_text=_("As the bank’s slip says."))
        ),
        "account_reference": needed(NameField(label=_("Reference on the slip"), max_length=60, required=False)),
    }  # fmt: skip
