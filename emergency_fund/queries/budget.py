"""The budget lines a request can be paid from."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.funds.models import BudgetLine
from casework.funds.states import SourceState
from emergency_fund.querysets import PROGRAMME


def lines_to_pay_from(office_id: int, today: date) -> list[BudgetLine]:
    """Lines of the office for this programme whose source pays today and that have something left."""
    rows: Any = BudgetLine.rows.filter(
        office_id=office_id, programme=PROGRAMME, left__gt=0, source__state=SourceState.OPEN,
        source__starts_on__lte=today, source__ends_on__gte=today,
    )  # fmt: skip
    return list(rows.select_related("source").order_by("source__ends_on", "pk"))
