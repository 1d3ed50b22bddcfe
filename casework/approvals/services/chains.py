"""Ask a chain of people to approve an amount, act on it, take it back, or act first in an emergency."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.approvals.models import ApprovalAction, ApprovalRequest
from casework.approvals.queries import chains as queries
from casework.approvals.rules import chains as rules
from casework.approvals.states import Act, ChainState
from casework.audit.services import record_event
from casework.kernel.guards import Verdict
from casework.kernel.moves import move
from casework.kernel.refusals import Conflict, Refusal, refuse_errors
from casework.kernel.subjects import subject_type
from casework.programmes.contributions import ApprovalKind, registry

ENDS = {Act.REJECT: ChainState.REJECTED, Act.RETURN: ChainState.RETURNED}


def approval_kind(key: str) -> ApprovalKind:
    """The kind of this key. Raises KeyError when no room or programme has it."""
    return {kind.key: kind for kind in registry.gather("approval_kinds")}[key]


@transaction.atomic
def ask_approval(
    *, kind: str, subject: models.Model, amount: Decimal, programme: str, office_id: int, barred: Iterable[int],
    persons: Iterable[int], by: User, now: datetime, level: int = 2,
) -> ApprovalRequest:  # fmt: skip
    """Ask for an amount to be approved, by the steps of the band that holds today; they are kept on the request.

    `barred` are the ids of who made it or changed amount or beneficiary; who asks is barred in any case. `persons` are
    the ids of people it is for. Raises Refusal when no policy holds (E-APR-11), Conflict when it waits already.
    """
    band = queries.band_on(programme, kind, amount, timezone.localdate(now))
    if band is None:
        raise Refusal("E-APR-11", "", _("Nobody has set who approves this. Ask the programme manager."))
    about = {"subject_type": subject_type(subject), "subject_id": subject.pk}
    if ApprovalRequest.rows.pending().filter(kind=kind, **about).exists():
        raise Conflict("E-APR-12", "", _("This waits for approval already."))
    limits = {"from": str(band.amount_from), "to": band.amount_to and str(band.amount_to)}
    request = ApprovalRequest.rows.create(
        **about, kind=kind, programme=programme, office_id_of=office_id, level=level, amount=amount,
        band={**limits, "steps": band.steps, "cap": str(band.policy.emergency_cap), "policy": band.policy_id},
        roles=sorted({step["role"] for step in band.steps}), barred=sorted({*barred, by.pk}), persons=sorted(persons),
        subject_version=approval_kind(kind).version(subject.pk), requested_by=by, requested_at=now,
    )  # fmt: skip
    _remember("asked", request, by, now)
    return request


def can_act(request: ApprovalRequest, user: User, now: datetime) -> Verdict:
    """Whether the person may act on the open step now; the same answer for page, API and service."""
    is_current = approval_kind(request.kind).version(request.subject_id) == request.subject_version
    who = queries.approver(request, user, timezone.localdate(now))
    return rules.can_act(request.state, request.steps, request.step, request.barred, who, is_current=is_current)


@transaction.atomic
def act_on(
    *, request: ApprovalRequest, act: Act, by: User, now: datetime, code: str = "", comment: str = ""
) -> ApprovalRequest:  # fmt: skip
    """Approve, return or reject a request, or leave it to somebody else; the last approval decides it.

    Raises Conflict with E-APR-01 to 05 and 10, Refusal when a return or rejection does not say why (E-APR-07).
    """
    request = _held(request)
    can_act(request, by, now).insist()
    refuse_errors(rules.against_act(act, code, comment))
    step = request.steps[request.step]
    ApprovalAction.objects.create(
        request=request, step=request.step, user=by, role=step["role"], act=act, code=code, comment=comment.strip(),
        at=now,
    )  # fmt: skip
    _remember(f"{act}d" if act == Act.APPROVE or act == Act.RECUSE else f"{act}ed", request, by, now, comment)
    if act in ENDS:
        return _decide(request, ENDS[act], by, now)
    return _go_on(request, by, now)


def _go_on(request: ApprovalRequest, by: User, now: datetime) -> ApprovalRequest:
    """Open the next step when this one is done, or decide after the last."""
    step, today = request.steps[request.step], timezone.localdate(now)
    approved = request.actions.filter(step=request.step, act=Act.APPROVE).count()
    left = len(queries.holders(request, step["role"], today))
    if not rules.is_step_done(step, approved, left):
        return request
    if request.step + 1 == len(request.steps):
        return _decide(request, ChainState.APPROVED, by, now)
    ApprovalRequest.rows.filter(pk=request.pk).update(step=request.step + 1)
    request.refresh_from_db()
    return request


def _decide(request: ApprovalRequest, state: ChainState, by: User, now: datetime) -> ApprovalRequest:
    request = move(request, state, decided_at=now)
    approval_kind(request.kind).decided(request, by, now)
    return request


@transaction.atomic
def withdraw_approval(*, request: ApprovalRequest, by: User, now: datetime) -> ApprovalRequest:
    """Take a pending request back, by whoever asked. Raises Conflict for somebody else's or a decided one."""
    request = _held(request)
    if request.requested_by_id != by.pk:
        raise Conflict("APR-OWNER", "", _("Only the person who asked for this can take it back."))
    request = move(request, ChainState.WITHDRAWN, decided_at=now)
    _remember("withdrawn", request, by, now)
    return request


@transaction.atomic
def end_approval(*, request: ApprovalRequest, by: User, now: datetime) -> ApprovalRequest:
    """What was to be approved is no longer asked for. Raises TransitionNotAllowed for a decided one."""
    request = move(_held(request), ChainState.WITHDRAWN, decided_at=now)
    _remember("withdrawn", request, by, now)
    return request


@transaction.atomic
def bypass(*, request: ApprovalRequest, reason: str, by: User, now: datetime) -> ApprovalRequest:
    """Let an emergency be met before it is approved; the chain goes on, and must approve within 72 hours.

    By somebody who may approve the open step. Raises Conflict above the policy's cap (E-APR-08), and while an earlier
    emergency of the person is overdue (E-APR-09); Refusal without words.
    """
    request = _held(request)
    can_act(request, by, now).insist()
    cap = Decimal(request.band["cap"])
    rules.can_bypass(request.amount, cap, is_overdue=queries.owes_approval(by, now)).insist()
    if len(reason.strip()) < rules.SHORTEST_WORDS:
        raise Refusal("E-APR-07", "reason", _("Say what the emergency is."))
    ApprovalRequest.rows.filter(pk=request.pk).update(
        bypassed_by=by, due_at=now + rules.BYPASS_HOURS, barred=sorted({*request.barred, by.pk})
    )
    _remember("bypassed", request, by, now, reason)
    request.refresh_from_db()
    return request


def _held(request: ApprovalRequest) -> ApprovalRequest:
    return ApprovalRequest.rows.select_for_update(of=("self",)).get(pk=request.pk)


def _remember(done: str, request: ApprovalRequest, by: User, now: datetime, reason: str = "") -> None:
    record_event(
        f"approvals.request.{done}", actor=by, subject=request, office_id=request.office_id_of, level=request.level,
        reason=reason, at=now,
    )  # fmt: skip
