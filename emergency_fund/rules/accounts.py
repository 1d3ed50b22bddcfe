"""What stands against paying to an account: E-EAF-180 to 186, and the warning W-02 (reference programmes 2.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from casework.kernel.refusals import Finding, error, warning
from casework.programmes.contributions import Words
from emergency_fund.banks import Bank
from emergency_fund.states import ReceiverProof

PROMPTPAY_LENGTHS = frozenset({10, 13, 15})
"""Digits of what PromptPay knows a person by: a phone, an identity number, an electronic purse."""
SHORTEST, LONGEST = 10, 15


@dataclass(frozen=True, kw_only=True)
class Account:
    """Where a payment was sent, in digits alone, whose it is, and what the bank calls the transfer."""

    bank: str
    number: str
    holder: str
    reference: str


def against_way(*, proof: str, account: Account | None) -> Iterator[Finding]:
    """E-EAF-186: what goes to an account has the bank's slip, and what is handed over another proof."""
    if (proof == ReceiverProof.BANK_SLIP) != (account is not None):
        told = _("The bank’s slip proves a payment to an account. For money handed over choose another answer.")
        yield error("E-EAF-186", "proof", told)


def against_account(account: Account, *, is_to_family: bool, has_box: bool) -> Iterator[Finding]:
    """Only what is paid to the family itself goes to its account, wholly named, and not out of a box as well."""
    if not is_to_family:
        yield error("E-EAF-180", "paid_from", _("This is not paid to the family, so it goes to no account of theirs."))
    if has_box:
        yield error("E-EAF-181", "paid_from", _("Choose one: from a cash box, or to an account."))
    if account.bank not in Bank.values:
        yield error("E-EAF-182", "account_bank", _("Choose the bank, or PromptPay."))
    if not _has_length(account):
        yield error("E-EAF-183", "account_number", _length_words(account.bank))
    if not account.holder.strip():
        yield error("E-EAF-184", "account_holder", _("Write whose account it is, as the bank’s slip says."))
    if not account.reference.strip():
        yield error("E-EAF-185", "account_reference", _("Write the reference number on the bank’s slip."))


def _has_length(account: Account) -> bool:
    digits = len(account.number) if account.number.isascii() and account.number.isdigit() else 0
    return digits in PROMPTPAY_LENGTHS if account.bank == Bank.PROMPTPAY else SHORTEST <= digits <= LONGEST


def _length_words(bank: str) -> Words:
    if bank == Bank.PROMPTPAY:
        return _("A PromptPay number is a phone of 10 digits, an identity number of 13, or a purse of 15.")
    return _("The number of an account has 10 to 15 digits. Compare it with the bank book.")


def shared_by(families: int, *, most: int) -> Iterator[Finding]:
    """W-02: the account had payments for more other families than is usual."""
    if families > most:
        words = ngettext_lazy(
            "Payments for %(families)d other family went to this account. Make sure that the money reaches this one.",
            "Payments for %(families)d other families went to this account. Make sure that the money reaches this one.",
            "families",
        )
        yield warning("W-02", "account_number", words % {"families": families})
