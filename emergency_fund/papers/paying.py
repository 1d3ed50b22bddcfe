"""Papers of the one who pays and hands over: the voucher before it, the receipt after it, twice on one sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import DocumentKind, FamilyKind
from casework.documents.said import NOTHING, Clinic, Person, Said
from casework.documents.states import PaperKind
from emergency_fund.wording.paying import RECEIPT, VOUCHER

VOUCHERS = "emergency_fund.voucher.print"
RECEIPTS = "emergency_fund.receipt.print"


@dataclass(frozen=True, kw_only=True)
class VoucherLine:
    """One thing that is paid, and from which money."""

    what: str
    budget: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class PaymentVoucher:
    """The words of the voucher. It names the payee, and no child."""

    number: str
    request: str
    on: str
    payee: str
    lines: tuple[VoucherLine, ...]
    total: str
    in_words: Mapping[str, str]
    """The total in words, in Thai and in English."""
    approved_by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReceiptLine:
    """One thing that was paid or handed over."""

    what: Said
    amount: str
    times: Said
    """How many of what at which price that is; nothing where it is not a whole number of them."""
    child: str
    """For whom, where the receipt is for several children; else empty."""
    goods: str = ""
    """What of a kit left the store; empty for a payment."""


@dataclass(frozen=True, kw_only=True)
class HandOverReceipt:
    """The words of the receipt."""

    number: str
    request: str
    child: str
    lines: tuple[ReceiptLine, ...]
    amount: str
    in_words: Said
    rest: str
    """What is approved and still to come; empty when there is nothing more."""
    receiver: str
    """Who of the family had it; where others are paid, who asked for it."""
    relation: Said
    proof: Said
    witness: str
    on: Said
    giver: Person
    clinic: Clinic
    read_in: Said = NOTHING
    account: str = ""
    """The account a transfer went to, by its bank and last digits; empty for what was handed over."""
    paid_to: str = ""
    """The hospital or shop that has the money; empty for what the family got."""
    their_receipt: str = ""
    goods_to_come: str = ""
    """What of the kit the family still gets."""
    written: Said = NOTHING
    """The day on which it was written down, where that was later."""


class VoucherKind(DocumentKind):
    """What is to be paid to one payee, with places to sign."""

    key = "emergency_fund.voucher"
    title = _("Payment voucher")
    titles = {"en": "Payment voucher", "th": "ใบสำคัญจ่าย"}
    template = "emergency_fund/documents/voucher.html"
    languages = ("th", "en")
    action = VOUCHERS

    def words(self, language: str) -> Mapping[str, Any]:
        return VOUCHER[language]


class ReceiptKind(FamilyKind):
    """Signed or thumb-printed by who received it; one half stays with the family."""

    key = "emergency_fund.receipt"
    title = _("Hand-over receipt")
    titles = {"en": "Receipt of help", "th": "ใบรับความช่วยเหลือ", "my": "အကူအညီ လက်ခံရရှိကြောင်း ဖြတ်ပိုင်း"}
    template = "emergency_fund/documents/receipt.html"
    wording = RECEIPT
    action = RECEIPTS
    is_signed = True
    comes_back_as = PaperKind.RECEIPT
