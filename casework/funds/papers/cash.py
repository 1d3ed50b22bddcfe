"""Papers of cash in ready words: the sheet of a count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import DocumentKind
from casework.funds.words.cash import COUNT_SHEET

PRINT_COUNT = "funds.count.print"


@dataclass(frozen=True, kw_only=True)
class PieceLine:
    """A note or coin, how many there were, and what they are worth."""

    worth: str
    number: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class CountSheet:
    """The words of the sheet."""

    number: str
    box: str
    keeper: str
    on: str
    by: str
    confirmed: str
    pieces: tuple[PieceLine, ...]
    counted: str
    in_words: Mapping[str, str]
    in_books: str
    difference: str
    explanation: str


class CountSheetKind(DocumentKind):
    """Signed by who counted and by the second person."""

    key = "funds.count_sheet"
    title = _("Count sheet")
    titles = {"en": "Cash count", "th": "ใบตรวจนับเงินสด"}
    template = "funds/documents/count.html"
    languages = ("th", "en")
    subject_type = "funds.cashcount"
    action = PRINT_COUNT
    level = 1
    says_no_register = False
    is_signed = True

    def words(self, language: str) -> Mapping[str, Any]:
        return COUNT_SHEET[language]
