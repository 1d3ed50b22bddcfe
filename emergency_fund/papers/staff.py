"""Papers of those who decide: who approved what, and how the family's need was scored. They name no child."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import DocumentKind
from emergency_fund.wording.staff import APPROVAL, NEEDS

SHEET = "emergency_fund.sheet.print"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A label and its answer."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """A step of the chain: the role, how many of it, and who did what when."""

    number: str
    role: str
    quorum: str
    acts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ChainPart:
    """One chain of those who decide: on the request, once more after it was returned, or on the appeal."""

    title: str
    asked: Line
    band: str
    bypass: str
    steps: tuple[StepLine, ...]


@dataclass(frozen=True, kw_only=True)
class AmountLine:
    """One thing for one child, from one budget line."""

    what: str
    child: str
    budget: str
    asked: str
    approved: str


@dataclass(frozen=True, kw_only=True)
class LeftLine:
    """A budget line with its amounts; they add up to what it was given."""

    name: str
    given: str
    paid: str
    committed: str
    reserved: str
    left: str


@dataclass(frozen=True, kw_only=True)
class ApprovalSheet:
    """The words of the approval sheet."""

    facts: tuple[Line, ...]
    chains: tuple[ChainPart, ...]
    lines: tuple[AmountLine, ...]
    asked: str
    approved: str
    left_title: str = ""
    budgets: tuple[LeftLine, ...]


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A sign of need that holds, and its points."""

    words: str
    points: str


@dataclass(frozen=True, kw_only=True)
class ChildLine:
    """A child, and how serious each of its needs is."""

    child: str
    lacks: str


@dataclass(frozen=True, kw_only=True)
class NeedsSheet:
    """The words of the needs assessment."""

    facts: tuple[Line, ...]
    figures: tuple[Line, ...]
    needs: tuple[ChildLine, ...] = ()
    signs: tuple[Sign, ...]
    score: str
    explained: str
    """By which version of the weights, in a sentence."""
    assessor: str


class StaffKind(DocumentKind):
    """Base of the papers for the fund's own people."""

    languages = ("th", "en")
    action = SHEET


class ApprovalSheetKind(StaffKind):
    """Band, steps, names and times, amounts, and what is left."""

    key = "emergency_fund.approval_sheet"
    title = _("Approval sheet")
    titles = {"en": "Approval sheet", "th": "ใบอนุมัติความช่วยเหลือ"}
    template = "emergency_fund/documents/approval.html"

    def words(self, language: str) -> Mapping[str, Any]:
        return APPROVAL[language]


class NeedsSheetKind(StaffKind):
    """How the family lives, and how its score came about."""

    key = "emergency_fund.needs_sheet"
    title = _("Needs assessment sheet")
    titles = {"en": "Needs assessment", "th": "แบบประเมินความจำเป็น"}
    template = "emergency_fund/documents/needs.html"

    def words(self, language: str) -> Mapping[str, Any]:
        return NEEDS[language]
