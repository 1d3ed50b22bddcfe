"""Hold a request, and then the budget lines of its money: who writes them does it one after the other."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from casework.funds.models import BudgetLine
from casework.funds.services.ledger import hold_lines
from emergency_fund.models import AssistanceLine, AssistanceRequest


def hold_request(pk: int) -> AssistanceRequest:
    """The request as it stands now, held until the act ends: paying, deciding and taking back wait for each other.

    It is read after it is held: what is joined to a row that was waited for would be as it was before.
    """
    AssistanceRequest.rows.select_for_update().get(pk=pk)
    return AssistanceRequest.rows.select_related("family", "office", "approval", "requester", "asked_by", "case").get(
        pk=pk
    )


def hold_with_budget(pk: int, *, chosen: Iterable[BudgetLine] = ()) -> AssistanceRequest:
    """The request held, and right after it the budget lines that its things are paid from, with those chosen now."""
    request = hold_request(pk)
    hold_lines([line.pk for line in chosen], named_by=_paid_from([pk]))
    return request


def hold_all_with_budget(
    requests: QuerySet[AssistanceRequest], *, chosen: Iterable[BudgetLine] = ()
) -> list[AssistanceRequest]:
    """Several requests held in the order of their ids, and then the budget lines of all of them, with those chosen."""
    held = list(requests.select_for_update(of=("self",)).order_by("pk"))
    hold_lines([line.pk for line in chosen], named_by=_paid_from([request.pk for request in held]))
    return held


def _paid_from(requests: list[int]) -> QuerySet:
    lines = AssistanceLine.rows.filter(request__in=requests, budget_line__isnull=False)
    return lines.order_by().values_list("budget_line_id", flat=True)
