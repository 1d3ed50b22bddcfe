"""Where the money of a payment comes from or goes to, in the forms of the cashier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import Words
from casework.ui.fields import NameField, needed
from emergency_fund.models import FamilyAccount
from emergency_fund.rules.cash import FIELD, FROM_BANK

IN_HAND = "cash"
"""The answer that it is handed over, where the office keeps no boxes."""


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


def with_bank(sources: Mapping[str, Words]) -> dict[str, Words]:
    """The boxes, and beside them the office's bank, which may pay a hospital or shop; nothing where no box is kept."""
    return {**sources, FROM_BANK: _("From the office’s bank account")} if sources else {}


def key_of(account: FamilyAccount) -> str:
    """The answer that money goes to this account of the family."""
    return f"account-{account.pk}"


def ask_to_account(form: forms.Form, account: FamilyAccount) -> None:
    """Let the same question be answered with the family's account, and ask what the bank calls the transfer."""
    asked: Any = form.fields[FIELD]
    told = _("By transfer to the account %(account)s") % {"account": account.told}
    asked.choices = [*asked.choices, (key_of(account), told)]
    form.fields["account_reference"] = needed(
        NameField(label=_("Reference on the slip"), max_length=60, required=False)
    )
