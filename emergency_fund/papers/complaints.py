"""What a family takes home when it complained."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework.documents.said import Clinic, Said
from emergency_fund.wording.complaints import SLIP

from .family import LetterKind


@dataclass(frozen=True, kw_only=True)
class ComplaintSlip:
    """The words of the slip. It does not say what happened, nor who it is about: others may read it at home."""

    number: str
    request: str
    told: Said
    about: Said
    due: Said
    clinic: Clinic


class ComplaintSlipKind(LetterKind):
    """Given to the family when it complained about a decision, a payment, the time or how it was treated."""

    key = "emergency_fund.complaint_slip"
    title = _("Complaint slip")
    titles = {"en": "We received your complaint", "th": "ใบรับเรื่องร้องเรียน", "my": "တိုင်ကြားချက် လက်ခံရရှိကြောင်း"}
    template = "emergency_fund/documents/complaint.html"
    wording = SLIP
