"""The budget lines a request can be paid from."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.access.scopes import may
from casework.funds.models import SEE as SEE_BUDGET
from casework.funds.models import BudgetLine
from casework.funds.queries.budget import Balance, lines_of
from casework.funds.states import SourceState
from emergency_fund.querysets import PROGRAMME

MOST_SHOWN = 6


def lines_to_pay_from(office_id: int, today: date) -> list[BudgetLine]:
    """Lines of the office for this programme whose source pays today and that have something left."""
    rows: Any = BudgetLine.rows.filter(
        office_id=office_id, programme=PROGRAMME, left__gt=0, source__state=SourceState.OPEN,
        source__starts_on__lte=today, source__ends_on__gte=today,
    )  # fmt: skip
    return list(rows.select_related("source").order_by("source__ends_on", "pk"))


def budgets_seen(user: Any) -> list[Balance]:
    """The balances of this programme's lines, for who looks after the budget."""
    if may(user, SEE_BUDGET) is None:
        return []
    return [Balance(line) for line in lines_of(user).filter(programme=PROGRAMME)[:MOST_SHOWN]]
