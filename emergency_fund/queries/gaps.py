"""What is missing from the requests of a month of an office before it is closed (day.md 27)."""

from __future__ import annotations

from casework.reports.figures import Ids
from casework.reports.periods import Period
from emergency_fund.models import AssistanceRequest
from emergency_fund.states import RequestState as S

from .lists import to_pay


def missing_in(office: int, month: Period) -> dict[str, Ids]:
    """Requests by what is missing: screening or a decision of those received in the month, payment, the end."""
    requests = AssistanceRequest.rows.all().real().filter(office=office)
    days = (month.first, month.last)
    received = requests.filter(received_at__date__range=days)
    parts = {
        "screen": received.filter(state=S.SUBMITTED),
        "decide": received.filter(state__in=[S.SCREENED, S.IN_APPROVAL]),
        "pay": requests.filter(to_pay(), state__in=[S.APPROVED, S.IN_DELIVERY], decided_at__date__range=days),
        "end": requests.filter(state=S.DELIVERED, lines__deliveries__on__range=days),
    }
    return {key: frozenset(rows.values_list("pk", flat=True)) for key, rows in parts.items()}
