"""Help now, approve later: money is promised at once, the chain goes on, and what its end brings (decision 20)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from casework.accounts.models import User
from casework.approvals.models import ApprovalRequest
from casework.approvals.queries.chains import is_last_signature
from casework.approvals.services.chains import bypass, can_bypass
from casework.approvals.states import ChainState
from casework.audit.services import record_event
from casework.kernel.acts import act
from casework.kernel.guards import Verdict
from casework.kernel.moves import move
from emergency_fund.models import AssistanceRequest
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules.emergencies import can_help_first
from emergency_fund.states import LineState, RequestState

from . import deciding
from .delivering import OPEN_LINES, give_back_line, had_goods
from .holding import hold_with_budget
from .urgent import tell_approvers


def can_help_now(request: AssistanceRequest, user: User, now: datetime) -> Verdict:
    """Whether the person may help now and let it be approved later; the same answer for page, API and service."""
    approval: Any = request.approval
    if approval is None or request.state != RequestState.IN_APPROVAL:
        return can_help_first(request.state, request.urgency, is_enough=False)
    may_pass = can_bypass(approval, user, now)
    if not may_pass:
        return may_pass
    is_enough = is_last_signature(approval, timezone.localdate(now))
    return can_help_first(request.state, request.urgency, is_enough=is_enough)


@act
def help_now(*, request: AssistanceRequest, reason: str, by: User, now: datetime) -> AssistanceRequest:
    """Sign the open step, and promise all of it at once: it can be paid, and the others decide within 72 hours.

    Raises Conflict with E-EAF-130 and 131 and as bypass does, Refusal without a reason and as approving does.
    """
    request = hold_with_budget(request.pk)
    can_help_now(request, by, now).insist()
    approval: Any = request.approval
    approval = bypass(request=approval, reason=reason, by=by, now=now)
    deciding.commit_lines(request, by, now)
    expires_on = deciding.expiry_of(RequestState.APPROVED, now)
    told_code = deciding.code_told(approval)  # of a step before that lowered an amount
    request = move(request, RequestState.APPROVED, decided_at=now, expires_on=expires_on, told_code=told_code, told="")
    _remember("helped-first", request, by, now, reason)
    deciding.tell_asker(request, "helped-first")
    tell_approvers(request=request, approval=approval, by=by, now=now)
    return request


@act
def decided(approval: ApprovalRequest, held: AssistanceRequest | None, by: User, now: datetime) -> AssistanceRequest:
    """What follows a decision of the chain, whether help came after it or before."""
    request = held or hold_with_budget(approval.subject_id)
    if approval.bypassed_by_id is None:
        return deciding.decided(request, approval, by, now)
    if approval.state == ChainState.APPROVED:
        request = _delivered(request)
        _remember("approved-afterwards", request, by, now)
        _tell_who_helped(request, approval, "approved-afterwards")
        return request
    last: Any = approval.actions.last()
    _refuse_rest(request, by, now)
    told = {"told_code": last.code, "told": last.comment, "decided_at": now}
    if request.state == RequestState.APPROVED:
        request = move(request, RequestState.REJECTED, expires_on=None, **told)
    else:
        AssistanceRequest.rows.filter(pk=request.pk).update(**told)
        request.refresh_from_db()
        request = _delivered(request)
    _remember("rejected-afterwards", request, by, now)
    deciding.tell_asker(request, "rejected-afterwards")
    _tell_who_helped(request, approval, "rejected-afterwards")
    return request


def _tell_who_helped(request: AssistanceRequest, approval: ApprovalRequest, done: str) -> None:
    """Who signed for the emergency learns what the others decided, where they did not ask for it as well."""
    helped: Any = approval.bypassed_by
    if helped.pk != request.asked_by_id:
        deciding.tell(helped, request, done)


def _refuse_rest(request: AssistanceRequest, by: User, now: datetime) -> None:
    """Of what was promised only what was paid is approved; the rest is refused, so that the family can appeal."""
    for line in request.lines.filter(state__in=OPEN_LINES).select_related("budget_line"):
        if line.paid or had_goods(line):
            give_back_line(line, LineState.DELIVERED, by=by, now=now, approved=line.paid)
        else:
            give_back_line(line, LineState.REFUSED, by=by, now=now, approved=None)


def _delivered(request: AssistanceRequest) -> AssistanceRequest:
    """Nothing more is to be paid of it: what was paid is what the family got."""
    is_going = request.state == RequestState.IN_DELIVERY
    if is_going and not request.lines.filter(state__in=OPEN_LINES).exists():
        return move(request, RequestState.DELIVERED)
    return request


def _remember(done: str, request: AssistanceRequest, by: User, now: datetime, reason: str = "") -> None:
    record_event(
        f"{PROGRAMME}.request.{done}", actor=by, subject=request, case_id=request.case_id, office_id=request.office_id,
        reason=reason, at=now,
    )  # fmt: skip
