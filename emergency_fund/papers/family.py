"""What goes home with the family: that its request was received, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import FamilyKind
from casework.documents.said import NOTHING, Clinic, Said
from emergency_fund.wording.family import ACKNOWLEDGEMENT, DECISION

LETTER = "emergency_fund.letter.print"


@dataclass(frozen=True, kw_only=True)
class AskedLine:
    """One thing for one child, with what was approved of it when that is decided."""

    what: Said
    child: str
    asked: str
    times: Said = NOTHING
    """How many of what at which price that is; nothing where it was asked for as an amount."""
    approved: str = ""
    approved_times: Said = NOTHING
    """How many of them were approved, where that is fewer."""
    how: Said = NOTHING
    """How what was approved is given, and by whom where that is not the fund (decision 77)."""
    cover: Said = NOTHING
    """Of an insurance: which one, from when until when, at which hospital."""


@dataclass(frozen=True, kw_only=True)
class Acknowledgement:
    """The words of the acknowledgement."""

    number: str
    asker: str
    received: Said
    lines: tuple[AskedLine, ...]
    total: str
    due: Said
    clinic: Clinic


@dataclass(frozen=True, kw_only=True)
class DecisionLetter:
    """The words of the decision letter."""

    number: str
    asker: str
    on: Said
    result: str
    """Which of the sentences tells it: yes, part, no."""
    lines: tuple[AskedLine, ...]
    total: str
    approved: str
    in_words: Said = NOTHING
    """What was approved in all; nothing when nothing was."""
    reason: Said = NOTHING
    fetch: Said = NOTHING
    """Until when it can be fetched; nothing when there is nothing to fetch."""
    is_paid_to_others: bool = False
    """All that is approved and not paid yet goes to a hospital, shop or insurer: the family fetches nothing."""
    receipt: Said = NOTHING
    """Until when the family brings the receipt of what it has paid a hospital or driver itself; nothing without one."""
    has_voucher: bool = False
    appeal: Said = NOTHING
    """Until when the family may say that it does not agree; nothing when all was approved or it was looked at again."""
    is_final: bool = False
    is_lowered: bool = False
    """Less than was asked for, and nobody chose why: the family is told to ask."""
    clinic: Clinic


class LetterKind(FamilyKind):
    """Base of the fund's letters to a family."""

    action = LETTER


class AcknowledgementKind(LetterKind):
    """Given to the family when it asked."""

    key = "emergency_fund.acknowledgement"
    title = _("Acknowledgement of the request")
    titles = {
        "en": "We received your request",
        "th": "ใบรับคำขอความช่วยเหลือ",
        "my": "အကူအညီ တောင်းဆိုချက် လက်ခံရရှိကြောင်း",
    }
    template = "emergency_fund/documents/acknowledgement.html"
    wording = ACKNOWLEDGEMENT


class DecisionKind(LetterKind):
    """Given to the family when its request was decided."""

    key = "emergency_fund.decision"
    title = _("Decision letter")
    titles = {"en": "Decision on your request", "th": "แจ้งผลการพิจารณาคำขอ", "my": "တောင်းဆိုချက်အပေါ် ဆုံးဖြတ်ချက်"}
    template = "emergency_fund/documents/decision.html"
    wording = DECISION
