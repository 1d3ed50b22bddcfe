"""How much those who approve have before them and behind them, and how often help came before their approval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from casework.approvals.models import ApprovalAction, ApprovalRequest
from casework.approvals.states import ChainState


@dataclass(frozen=True, kw_only=True)
class ApproverLoad:
    """What one person signed in a time, and their emergencies: all, overdue now, and rejected afterwards."""

    user_id: int
    signed: int
    emergencies: int
    overdue: int
    rejected: int


def approver_load(
    programme: str, offices: Iterable[int], *, since: date, until: date, now: datetime
) -> list[ApproverLoad]:  # fmt: skip
    """By person, who signed or let an emergency pass in these days; two queries however many they are."""
    days = (_start(since), _start(until + timedelta(days=1)))
    here = {"programme": programme, "office_id_of__in": list(offices)}
    acts = ApprovalAction.objects.filter(
        **{f"request__{path}": value for path, value in here.items()}, at__gte=days[0], at__lt=days[1]
    )
    signed = Counter(dict(acts.order_by().values_list("user").annotate(n=Count("pk"))))
    passed = ApprovalRequest.rows.filter(**here, bypassed_at__gte=days[0], bypassed_at__lt=days[1]).order_by()
    counted = passed.values_list("bypassed_by").annotate(
        n=Count("pk"),
        late=Count("pk", filter=Q(state=ChainState.PENDING, due_at__lt=now)),
        no=Count("pk", filter=Q(state=ChainState.REJECTED)),
    )
    emergencies = {user_id: (n, late, no) for user_id, n, late, no in counted}
    return [
        ApproverLoad(user_id=user_id, signed=signed[user_id], emergencies=n, overdue=late, rejected=no)
        for user_id in sorted({*signed, *emergencies})
        for n, late, no in [emergencies.get(user_id, (0, 0, 0))]
    ]


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def overdue_emergencies(now: datetime) -> QuerySet[ApprovalRequest, Any]:
    """What was helped first and should have been approved by now, the longest overdue first."""
    rows: Any = ApprovalRequest.rows.pending().filter(due_at__lt=now)
    return rows.order_by("due_at")
