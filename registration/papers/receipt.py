"""P10: the receipt for papers handed over, twice on one sheet to be cut: for the family, and for the clinic."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import FamilyKind
from casework.documents.states import PaperKind
from registration.words.receipt import WORDS

from .parts import NOTHING, Clinic, Names, Person, Said


@dataclass(frozen=True, kw_only=True)
class HandedPaper:
    """One paper that changed hands."""

    name: Said
    number: str = ""
    count: str = ""


@dataclass(frozen=True, kw_only=True)
class HandoverReceipt:
    """The words of the receipt."""

    child: Names
    papers: tuple[HandedPaper, ...]
    receiver: str
    relation: Said
    seen: Said
    """The paper by which the receiver was known; empty when known to the staff."""
    on: Said
    giver: Person
    interpreter: str
    clinic: Clinic
    read_in: Said = NOTHING


class HandoverReceiptKind(FamilyKind):
    """Signed or thumb-printed by who receives the certificate."""

    key = "registration.handover_receipt"
    title = _("Receipt for the certificate")
    titles = {"en": "Receipt of papers", "th": "ใบรับเอกสาร", "my": "စာရွက်စာတမ်း လက်ခံရရှိကြောင်း မှတ်တမ်း"}
    template = "registration/documents/receipt.html"
    wording = WORDS
    subject_type = "registration.birthrecord"
    action = "registration.birth.see"
    is_signed = True
    comes_back_as = PaperKind.RECEIPT
