"""What donors give and where it went: sources, lines and their ledger; boxes of cash and what is taken from them."""

from .advances import Advance, AdvanceEntry
from .answers import FinanceAnswer
from .budget import (
    SEE,
    BudgetEntry,
    BudgetLine,
    ExchangeRate,
    FundingSource,
    every_line_is_of,
)
from .cash import BOX_SEE, CashBox, CashCount, CashMovement
from .finance import FINANCE_SEE, BatchEntry, BatchLine, FinanceBatch
from .samples import SAMPLE_SEE, AuditSample, SampledPayment

__all__ = [
    "BOX_SEE",
    "FINANCE_SEE",
    "SAMPLE_SEE",
    "SEE",
    "Advance",
    "AdvanceEntry",
    "AuditSample",
    "BatchEntry",
    "BatchLine",
    "BudgetEntry",
    "BudgetLine",
    "CashBox",
    "CashCount",
    "CashMovement",
    "ExchangeRate",
    "FinanceAnswer",
    "FinanceBatch",
    "FundingSource",
    "SampledPayment",
    "every_line_is_of",
]
