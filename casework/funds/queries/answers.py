"""A file of finance beside the batch it answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casework.funds.models import FinanceAnswer, FinanceBatch
from casework.funds.rules.answers import Comparison, Ours, Told, compare

from .finance import entries_of_batch, paid_by, returned_by


def entries_told(batch: FinanceBatch) -> list[Ours]:
    """What the file of a batch tells finance, entry by entry."""
    return [
        Ours(
            pk=row.entry_id, line_id=row.entry.line_id, reference=row.entry.reference or row.entry.key,
            amount=paid_by(row.entry) - returned_by(row.entry),
        )
        for row in entries_of_batch(batch)
    ]  # fmt: skip


def compared(answer: FinanceAnswer) -> Comparison:
    """The rows of an answer by what they say."""
    return compare([Told(**row) for row in answer.told], entries_told(answer.batch))


def answers_to(batch: FinanceBatch) -> Sequence[Any]:
    """The files that finance sent for a batch, the newest first."""
    return list(FinanceAnswer.rows.filter(batch=batch).select_related("created_by", "taken_by"))
