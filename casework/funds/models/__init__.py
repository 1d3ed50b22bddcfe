"""What donors give and where it went: sources, lines and their ledger; boxes of cash and what is taken from them."""

from .advances import Advance, AdvanceEntry
from .budget import (
    SEE,
    BudgetEntry,
    BudgetLine,
    ExchangeRate,
    FundingSource,
    every_line_is_of,
)
from .cash import BOX_SEE, CashBox, CashCount, CashMovement

__all__ = [
    "BOX_SEE",
    "SEE",
    "Advance",
    "AdvanceEntry",
    "BudgetEntry",
    "BudgetLine",
    "CashBox",
    "CashCount",
    "CashMovement",
    "ExchangeRate",
    "FundingSource",
    "every_line_is_of",
]
