"""What stands against an account and paying to it: E-EAF-180 to 186 and 202 to 204, the warning W-02 (safety.md 1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from casework.kernel.guards import YES, Verdict, no
from casework.kernel.refusals import Finding, error, warning
from casework.programmes.contributions import Words
from emergency_fund.banks import Bank
from emergency_fund.states import OPEN_STATES, ReceiverProof, RequestState

PROMPTPAY_LENGTHS = frozenset({10, 13, 15})
"""Digits of what PromptPay knows a person by: a phone, an identity number, an electronic purse."""
SHORTEST, LONGEST = 10, 15


@dataclass(frozen=True, kw_only=True)
class Account:
    """Where money of a family is sent: the bank, the number in digits alone, whose it is."""

    bank: str
    number: str
    holder: str


def can_name_account(state: str) -> Verdict:
    """E-EAF-202: while a request is on its way, and not under the hands of those who decide on it."""
    if state in OPEN_STATES - {RequestState.IN_APPROVAL, RequestState.APPEAL}:
        return YES
    if state in OPEN_STATES:
        return no("E-EAF-202", _("Others decide on this now. Write the account down when they have decided."))
    return no("E-EAF-202", _("This request has ended. Write the account down on one that is on its way."))


def may_send_to(*, is_own: bool) -> Verdict:
    """E-EAF-204: who wrote an account down or confirmed it does not pay to it (safety.md 1)."""
    if is_own:
        return no("E-EAF-204", _("You wrote this account down or confirmed it. Somebody else pays."))
    return YES


def against_way(*, proof: str, is_sent: bool) -> Iterator[Finding]:
    """E-EAF-186: what goes to an account has the bank's slip, and what is handed over another proof."""
    if (proof == ReceiverProof.BANK_SLIP) != is_sent:
        told = _("The bank’s slip proves a payment to an account. For money handed over choose another answer.")
        yield error("E-EAF-186", "proof", told)


def against_account(account: Account) -> Iterator[Finding]:
    """E-EAF-182 to 184: an account is wholly named."""
    if account.bank not in Bank.values:
        yield error("E-EAF-182", "bank", _("Choose the bank, or PromptPay."))
    if not _has_length(account):
        yield error("E-EAF-183", "number", _length_words(account.bank))
    if not account.holder.strip():
        yield error("E-EAF-184", "holder", _("Write whose account it is, as the bank book says."))


def against_transfer(*, holds: bool, is_to_family: bool, has_box: bool, reference: str) -> Iterator[Finding]:
    """E-EAF-180, 181, 185, 203: what is paid to the family itself goes to its account, by a slip and out of no box."""
    if not is_to_family:
        yield error("E-EAF-180", "paid_from", _("This is not paid to the family, so it goes to no account of theirs."))
    elif not holds:
        told = _("The account of the family was changed meanwhile. Look which one holds now, and send it there.")
        yield error("E-EAF-203", "paid_from", told)
    if has_box:
        yield error("E-EAF-181", "paid_from", _("Choose one: from a cash box, or to an account."))
    if not reference.strip():
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
        yield warning("W-02", "paid_from", words % {"families": families})
