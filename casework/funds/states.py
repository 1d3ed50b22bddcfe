"""The life of a funding source, and the kinds of entries of a budget line with what each does to it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SourceState(TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


SOURCE_EDGES = {SourceState.OPEN: {SourceState.CLOSED}, SourceState.CLOSED: {SourceState.OPEN}}


class Currency(TextChoices):
    """What donors give in (ISO 4217). Budget lines are in baht."""

    THB = "THB", _("baht")
    USD = "USD", _("US dollar")
    EUR = "EUR", _("euro")
    GBP = "GBP", _("pound sterling")
    JPY = "JPY", _("yen")
    AUD = "AUD", _("Australian dollar")
    CHF = "CHF", _("Swiss franc")
    NOK = "NOK", _("Norwegian krone")
    SEK = "SEK", _("Swedish krona")


class EntryKind(TextChoices):
    """What happens on a budget line (reference programmes 1.2)."""

    ALLOT = "allot", _("Given to the line")
    RAISE = "raise", _("Raised")
    LOWER = "lower", _("Lowered")
    RESERVE = "reserve", _("Asked for")
    RELEASE = "release", _("No longer asked for")
    COMMIT = "commit", _("Approved")
    CANCEL = "cancel", _("Approval given back")
    DISBURSE = "disburse", _("Paid")
    REFUND = "refund", _("Paid back")


@dataclass(frozen=True)
class Effect:
    """What one baht of an entry adds to each amount of its line: -1, 0 or 1."""

    allotted: int = 0
    reserved: int = 0
    committed: int = 0
    disbursed: int = 0


EFFECTS: dict[EntryKind, Effect] = {
    EntryKind.ALLOT: Effect(allotted=1),
    EntryKind.RAISE: Effect(allotted=1),
    EntryKind.LOWER: Effect(allotted=-1),
    EntryKind.RESERVE: Effect(reserved=1),
    EntryKind.RELEASE: Effect(reserved=-1),
    EntryKind.COMMIT: Effect(reserved=-1, committed=1),
    EntryKind.CANCEL: Effect(committed=-1),
    EntryKind.DISBURSE: Effect(committed=-1, disbursed=1),
    EntryKind.REFUND: Effect(disbursed=-1),
}
AMOUNTS = ("allotted", "reserved", "committed", "disbursed")
BY_BUDGET = frozenset({EntryKind.ALLOT, EntryKind.RAISE, EntryKind.LOWER})
"""Kinds that change how much there is; two people decide on them."""


class CashKind(TextChoices):
    """What happens to the cash of a box; the sign says whether it comes (+1) or goes (-1)."""

    FILL = "fill", _("Filled from the bank")
    PAY_OUT = "pay_out", _("Paid out")
    GIVE_BACK = "give_back", _("Given back")
    TO_BANK = "to_bank", _("Brought back to the bank")
    ADVANCE = "advance", _("Advance given")
    SETTLE = "settle", _("Brought back from an advance")
    COUNT_MORE = "count_more", _("Counted more")
    COUNT_LESS = "count_less", _("Counted less")


CASH_COMES = frozenset({CashKind.FILL, CashKind.GIVE_BACK, CashKind.SETTLE, CashKind.COUNT_MORE})

CASH_COUNTED = frozenset({CashKind.COUNT_MORE, CashKind.COUNT_LESS})
"""What brings the book in line with a count, as of the moment of that count."""


class AdvanceState(TextChoices):
    OPEN = "open", _("Open")
    SETTLED = "settled", _("Settled")


ADVANCE_EDGES = {AdvanceState.OPEN: {AdvanceState.SETTLED}}


class AdvanceKind(TextChoices):
    """What an advance was used for: a payment with its receipt, or it came back, or is missing."""

    RECEIPT = "receipt", _("Paid, with a receipt")
    BACK = "back", _("Brought back")
    SHORT = "short", _("Missing")


class BatchState(TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


BATCH_EDGES = {BatchState.OPEN: {BatchState.CLOSED}}


class AnswerState(TextChoices):
    READ = "read", _("Read, not written down")
    TAKEN = "taken", _("Written down")


ANSWER_EDGES = {AnswerState.READ: {AnswerState.TAKEN}}


class CountState(TextChoices):
    COUNTED = "counted", _("Counted, not confirmed")
    CONFIRMED = "confirmed", _("Confirmed")


COUNT_EDGES = {CountState.COUNTED: {CountState.CONFIRMED}}
PIECES = (
    *(Decimal(note) for note in (1000, 500, 100, 50, 20)),
    *(Decimal(coin) for coin in ("10", "5", "2", "1", "0.50", "0.25")),
)
"""Notes and coins of the baht that go from hand to hand (Bank of Thailand); smaller coins are not used in shops."""
