"""Where money goes that is not paid in cash: PromptPay and the banks of Thailand."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Bank(TextChoices):
    """Banks by the number that the Bank of Thailand gives them, which transfers carry."""

    PROMPTPAY = "promptpay", _("PromptPay")
    BANGKOK = "002", _("Bangkok Bank")
    KASIKORN = "004", _("Kasikornbank")
    KRUNGTHAI = "006", _("Krungthai Bank")
    TTB = "011", _("TMBThanachart Bank")
    SIAM_COMMERCIAL = "014", _("Siam Commercial Bank")
    KRUNGSRI = "025", _("Bank of Ayudhya (Krungsri)")
    GOVERNMENT_SAVINGS = "030", _("Government Savings Bank")
    AGRICULTURE = "034", _("Bank for Agriculture (BAAC)")
    OTHER = "other", _("Another bank")


TOLD = 4
"""Digits of an account that are told once it was paid."""


def shortened(number: str) -> str:
    """An account as it is told afterwards: its last four digits."""
    return f"•••{number[-TOLD:]}"
