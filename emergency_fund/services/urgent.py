"""An urgent request waits for somebody: they are told at once, by number and never by name (day.md 24)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.approvals.models import ApprovalRequest
from casework.approvals.queries.chains import called_on
from casework.approvals.states import ChainState
from casework.notifications.services import notify
from emergency_fund.models import AssistanceRequest
from emergency_fund.queries.urgent import officers_for
from emergency_fund.querysets import PROGRAMME
from emergency_fund.states import Urgency

AT_ONCE = (Urgency.LIFE_SAVING, Urgency.URGENT)


def tell_officers(*, request: AssistanceRequest, by: User, now: datetime) -> None:
    """Those who screen an urgent request learn that it came."""
    if request.urgency in AT_ONCE:
        _tell(officers_for(request, timezone.localdate(now)), request, "urgent-to-screen", "open", by)


def tell_approvers(
    *, request: AssistanceRequest, approval: ApprovalRequest, by: User, now: datetime, before: object = None
) -> None:
    """Those who can act on the open step of an urgent request learn that it waits; not where it was open `before`."""
    if request.urgency in AT_ONCE and approval.state == ChainState.PENDING and step_of(approval) != before:
        _tell(called_on(approval, timezone.localdate(now)), request, "urgent-to-decide", "decide", by)


def passed_up(approval: ApprovalRequest, by: User, now: datetime) -> None:
    """The open step of a request went to a higher role: who stands there learns it as after a decision."""
    request = AssistanceRequest.rows.get(approval=approval)
    tell_approvers(request=request, approval=approval, by=by, now=now)


def step_of(approval: ApprovalRequest) -> tuple[int, str]:
    """The step that is open, and whose it is: it goes to a higher role where nobody is left."""
    return approval.step, approval.steps[approval.step]["role"]


def _tell(people: Iterable[User], request: AssistanceRequest, waits: str, page: str, by: User) -> None:
    """Each once for a step, never who acted."""
    for person in people:
        if person != by:
            notify(
                recipient=person, action=f"{PROGRAMME}.request.{waits}", subject=request, label=request.number,
                url=reverse(f"{PROGRAMME}:{page}", args=[request.pk]), by_mail=True,
            )  # fmt: skip
