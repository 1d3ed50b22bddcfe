"""What is approved and not yet paid on a budget line, and where else it could be paid from."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from casework.approvals.models import Proposal
from casework.approvals.states import ChainState
from casework.funds.models import BudgetLine
from casework.funds.rules.budget import pays_on
from casework.funds.states import SourceState
from emergency_fund.models import AssistanceLine
from emergency_fund.querysets import PROGRAMME
from emergency_fund.states import LineState

from .budget import lines_to_pay_from

MOVE = "emergency_fund.line.move"
"""The kind of proposal by which it is paid from another line."""
UNPAID = Q(state__in=(LineState.APPROVED, LineState.PARTLY)) & Q(approved__gt=F("paid"))


def unpaid_on(line: BudgetLine) -> QuerySet[AssistanceLine]:
    """Things approved on a line with something to pay; of help that came first once the others have decided."""
    rows: QuerySet[AssistanceLine] = AssistanceLine.rows.filter(UNPAID, budget_line=line)
    waits = Q(request__approval__state=ChainState.PENDING)
    return rows.exclude(waits).select_related("request__office", "child").order_by("request__expires_on", "pk")


def other_lines(line: BudgetLine, today: date) -> list[BudgetLine]:
    """Lines of the same office that pay today and have something left."""
    return [other for other in lines_to_pay_from(line.office_id, today) if other.pk != line.pk]


def stuck_lines(user: Any, today: date) -> QuerySet[BudgetLine]:
    """Budget lines that the person sees, whose source pays no more, and on which approved help still waits."""
    rows: QuerySet[BudgetLine] = BudgetLine.objects.visible_to(user).filter(programme=PROGRAMME)
    over = ~Q(source__state=SourceState.OPEN) | Q(source__ends_on__lt=today)
    unpaid = AssistanceLine.rows.filter(UNPAID, budget_line=OuterRef("pk"))
    unpaid = unpaid.exclude(request__approval__state=ChainState.PENDING)
    return rows.filter(over, Exists(unpaid)).select_related("source").order_by("source__ends_on", "pk")


def is_stuck(line: BudgetLine) -> bool:
    """Whether approved help waits on a line whose source pays no more."""
    return not pays_on(line.source, timezone.localdate()) and unpaid_on(line).exists()


def waits_to_move() -> Exists:
    """The condition under which a second person has it to confirm already."""
    open_ones = Proposal.rows.open().filter(kind=MOVE, subject_type=BudgetLine._meta.label_lower)
    return Exists(open_ones.filter(subject_id=OuterRef("pk")))
