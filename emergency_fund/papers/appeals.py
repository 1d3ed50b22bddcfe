"""What a family is told when others looked at a decision again."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework.documents.said import NOTHING, Clinic, Said
from emergency_fund.wording.appeals import APPEAL

from .family import AskedLine, LetterKind


@dataclass(frozen=True, kw_only=True)
class AppealLetter:
    """The words of the answer to an appeal."""

    number: str
    asker: str
    made: Said
    on: Said
    result: str
    """Which of the sentences tells it: granted, part, anew, upheld."""
    lines: tuple[AskedLine, ...]
    total: str
    approved: str
    reason: Said = NOTHING
    fetch: Said = NOTHING
    """Until when it can be fetched; nothing when there is nothing to fetch."""
    is_paid_to_others: bool = False
    """All that is approved and not paid yet goes to a hospital, shop or insurer: the family fetches nothing."""
    receipt: Said = NOTHING
    """Until when the family brings the receipt of what it has paid a hospital or driver itself; nothing without one."""
    has_voucher: bool = False
    clinic: Clinic


class AppealKind(LetterKind):
    """Given to the family when its appeal was decided."""

    key = "emergency_fund.appeal_letter"
    title = _("Answer to the appeal")
    titles = {
        "en": "Answer to your appeal",
        "th": "แจ้งผลการอุทธรณ์",
        "my": "အယူခံချက်အပေါ် အကြောင်းပြန်ချက်",
    }
    template = "emergency_fund/documents/appeal.html"
    wording = APPEAL
