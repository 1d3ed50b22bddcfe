"""Papers of a store in ready words: what to pack from which lots, an item's card, what was written off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import DocumentKind

from .words import CARD, PICK_LIST, WRITE_OFF

PRINT = "stock.paper.print"


@dataclass(frozen=True, kw_only=True)
class PickedLot:
    """So much to take of one lot."""

    number: str
    expires: str
    take: str
    note: str = ""
    """Why it is taken and not the lot that expires first; empty where it is that lot."""


@dataclass(frozen=True, kw_only=True)
class PickLine:
    """An item of the kit with the lots it is taken from."""

    item: str
    needed: str
    lots: tuple[PickedLot, ...]
    short: str = ""
    """How much the store has too little; empty when it has enough."""


@dataclass(frozen=True, kw_only=True)
class PickList:
    """The words of a pick list. It names nobody: a number of people is enough to pack."""

    number: str
    store: str
    on: str
    packed_for: str
    kit: str
    lines: tuple[PickLine, ...]
    is_short: bool


@dataclass(frozen=True, kw_only=True)
class CardLine:
    """One movement, and what lay there after it."""

    date: str
    what: str
    lot: str
    came: str
    went: str
    left: str
    by: str
    written: str = ""
    """When it was written down, where that was on a later day."""


@dataclass(frozen=True, kw_only=True)
class LotLine:
    """What lies there of one lot."""

    number: str
    expires: str
    quantity: str


@dataclass(frozen=True, kw_only=True)
class StockCard:
    """The words of a stock card."""

    store: str
    item: str
    unit: str
    until: str
    brought: str
    """What lay there before the first line."""
    lines: tuple[CardLine, ...]
    lots: tuple[LotLine, ...]
    left: str


@dataclass(frozen=True, kw_only=True)
class WriteOff:
    """The words of a write-off certificate."""

    number: str
    store: str
    on: str
    item: str
    lot: str
    expires: str
    quantity: str
    cost: str
    worth: str
    in_words: Mapping[str, str]
    reason: str
    by: str
    proposed_by: str
    confirmed_by: str


class PickListKind(DocumentKind):
    """Base of pick lists: a programme says for which of its records and by whose right."""

    titles = {"en": "Pick list", "th": "ใบจัดของ"}
    template = "stock/documents/pick_list.html"
    languages = ("th", "en")
    level = 1
    says_no_register = False

    def words(self, language: str) -> Mapping[str, Any]:
        return PICK_LIST[language]


class OfStoreKind(DocumentKind):
    """Base of the papers of a store."""

    languages = ("th", "en")
    subject_type = "stock.store"
    action = PRINT
    level = 1
    says_no_register = False


class StockCardKind(OfStoreKind):
    """What came, went and lies there of one item."""

    key = "stock.card"
    title = _("Stock card")
    titles = {"en": "Stock card", "th": "บัตรคุมพัสดุ"}
    template = "stock/documents/card.html"

    def words(self, language: str) -> Mapping[str, Any]:
        return CARD[language]


class WriteOffKind(OfStoreKind):
    """Signed by who proposed it, a second person and a witness."""

    key = "stock.write_off"
    title = _("Write-off certificate")
    titles = {"en": "Write-off certificate", "th": "ใบตัดจำหน่ายพัสดุ"}
    template = "stock/documents/write_off.html"
    is_signed = True

    def words(self, language: str) -> Mapping[str, Any]:
        return WRITE_OFF[language]
