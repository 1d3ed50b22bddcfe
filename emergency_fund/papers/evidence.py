"""The evidence of a payment in ready words: who did what when, amounts, entries, hashes; no name of the family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.funds.papers.samples import EvidenceKind
from emergency_fund.wording.evidence import EVIDENCE

from .staff import Line


@dataclass(frozen=True, kw_only=True)
class ActLine:
    """Who did what, and when."""

    act: str
    who: str
    when: str


@dataclass(frozen=True, kw_only=True)
class PaidLine:
    """One thing for one child."""

    what: str
    child: str
    asked: str
    approved: str
    paid: str
    returned: str


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    """One entry of the budget."""

    number: str
    day: str
    kind: str
    amount: str
    by: str


@dataclass(frozen=True, kw_only=True)
class PrintedLine:
    """A paper that was printed or added, with its hash."""

    title: str
    made: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The words of the evidence."""

    payment: tuple[Line, ...]
    request: tuple[Line, ...]
    acts: tuple[ActLine, ...]
    bands: tuple[Line, ...]
    lines: tuple[PaidLine, ...]
    entries: tuple[EntryLine, ...]
    papers: tuple[PrintedLine, ...]
    added: tuple[PrintedLine, ...]


class PaymentEvidenceKind(EvidenceKind):
    """For an auditor, drawn by a sample."""

    key = "emergency_fund.evidence"
    title = _("Evidence of a payment")
    titles = {"en": "Evidence of a payment", "th": "หลักฐานการจ่ายเงิน"}
    template = "emergency_fund/documents/evidence.html"
    languages = ("en", "th")
    evidence_of = "emergency_fund.delivery"

    def words(self, language: str) -> Mapping[str, Any]:
        return EVIDENCE[language]
