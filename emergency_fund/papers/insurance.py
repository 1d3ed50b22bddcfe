"""The order of health insurance from a hospital; the one paper for outsiders that names children."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import DocumentKind
from casework.documents.said import Clinic
from emergency_fund.wording.insurance import ORDER

from .staff import SHEET


@dataclass(frozen=True, kw_only=True)
class CoverLine:
    """A child to be insured: the hospital needs its name and birth date."""

    child: str
    born: str
    scheme: str
    valid: str
    premium: str
    check_up: str
    sum: str


@dataclass(frozen=True, kw_only=True)
class InsuranceOrder:
    """The words of the order."""

    number: str
    on: str
    hospital: str
    sender: Clinic
    lines: tuple[CoverLine, ...]
    total: str
    in_words: Mapping[str, str]


class InsuranceOrderKind(DocumentKind):
    """Sent to a hospital that said what the insurance costs."""

    key = "emergency_fund.insurance_order"
    title = _("Insurance order")
    titles = {"en": "Order of health insurance", "th": "ใบสั่งซื้อประกันสุขภาพ"}
    template = "emergency_fund/documents/insurance.html"
    languages = ("th", "en")
    action = SHEET

    def words(self, language: str) -> Mapping[str, Any]:
        return ORDER[language]
