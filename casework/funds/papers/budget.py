"""The monthly statement of a donor's money, in ready words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import DocumentKind
from casework.funds.words.budget import STATEMENT

PRINT = "funds.statement.print"


@dataclass(frozen=True, kw_only=True)
class StatementLine:
    """A budget line in the month; opening and given are as much as paid, approved, asked for and left."""

    name: str
    office: str = ""
    opening: str
    allotted: str
    paid: str
    committed: str
    reserved: str
    left: str


@dataclass(frozen=True, kw_only=True)
class FundStatement:
    """The words of the statement."""

    donor: str
    source: str
    month: str
    from_to: str
    running: str = ""
    """That the month is not over yet."""
    lines: tuple[StatementLine, ...]
    total: StatementLine
    proof: str
    """Both sides of the sum in figures."""
    in_words: Mapping[str, str]
    """What was paid in the month in all, or came back beyond that (`is_back`)."""
    is_back: bool = False
    gifts: str
    """What the donor gave in its currency, of what it gives in all."""
    in_currency: StatementLine | None = None
    rate: str = ""
    """By which rate the sum was converted, or that there is none; empty for baht."""


class StatementKind(DocumentKind):
    """For a donor, and for those who look after all of its lines."""

    key = "funds.statement"
    title = _("Monthly statement for the donor")
    titles = {"en": "Monthly fund statement", "th": "รายงานการใช้เงินรายเดือน"}
    template = "funds/documents/statement.html"
    languages = ("en", "th")
    subject_type = "funds.fundingsource"
    action = PRINT
    level = 1
    says_no_register = False

    def words(self, language: str) -> Mapping[str, Any]:
        return STATEMENT[language]
