"""Ask a chain of people to approve an amount, act on it, end it, or act first in an emergency."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.approvals.models import ApprovalAction, ApprovalRequest
from casework.approvals.queries import chains as queries
from casework.approvals.rules import chains as rules
from casework.approvals.states import Act, ChainState
from casework.audit.services import record_event
from casework.kernel.acts import act
from casework.kernel.guards import Verdict, no
from casework.kernel.moves import move
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Conflict, Finding, Refusal, refuse_errors
from casework.kernel.subjects import subject_type
from casework.people.models.conflicts import organisation_key
from casework.programmes.contributions import ApprovalKind, registry

ENDS = {Act.REJECT: ChainState.REJECTED, Act.RETURN: ChainState.RETURNED}


def approval_kind(key: str) -> ApprovalKind:
    """The kind of this key. Raises KeyError when no room or programme has it."""
    return {kind.key: kind for kind in registry.gather("approval_kinds")}[key]


@act
def ask_approval(
    *, kind: str, subject: models.Model, amount: Decimal, programme: str, office_id: int, barred: Iterable[int],
    persons: Iterable[int], by: User, now: datetime, level: int = 2, weighed: Decimal | None = None,
    organisations: Iterable[str] = (),
) -> ApprovalRequest:  # fmt: skip
    """Ask for an amount to be approved, by the steps of the band that holds today; they are kept on the request.

    `weighed` is the amount by which the band is chosen, where others belong to it. `barred` are the ids of who made it
    or changed amount or beneficiary; who asks is barred in any case. `persons` are the ids of people it is for,
    `organisations` the names of who is paid. Raises Refusal when no policy holds (E-APR-11), Conflict when it waits
    already.
    """
    weighed = max(amount, weighed or amount)
    band = queries.band_on(programme, kind, weighed, timezone.localdate(now))
    if band is None:
        raise Refusal("E-APR-11", "", _("Nobody has set who approves this. Ask the programme manager."))
    about = {"subject_type": subject_type(subject), "subject_id": subject.pk}
    if ApprovalRequest.rows.pending().filter(kind=kind, **about).exists():
        raise Conflict("E-APR-12", "", _("This waits for approval already."))
    limits = {"from": str(band.amount_from), "to": band.amount_to and str(band.amount_to)}
    request = ApprovalRequest.rows.create(
        **about, kind=kind, programme=programme, office_id_of=office_id, level=level, amount=amount,
        band={
            **limits, "steps": band.steps, "cap": str(band.policy.emergency_cap), "policy": band.policy_id,
            "weighed": str(weighed),
        },
        roles=sorted({step["role"] for step in band.steps}), barred=sorted({*barred, by.pk}), persons=sorted(persons),
        organisations=sorted({key for name in organisations if (key := organisation_key(name))}),
        subject_version=approval_kind(kind).version(subject.pk), requested_by=by, requested_at=now,
    )  # fmt: skip
    _remember("asked", request, by, now)
    return request


def can_act(request: ApprovalRequest, user: User, now: datetime, act: Act | None = None) -> Verdict:
    """Whether the person may act on the open step now; the same answer for page, API and service.

    What was changed since it was asked for can still be returned. What was helped before its approval stays what it
    was, however its delivery goes on.
    """
    who = queries.approver(request, user, timezone.localdate(now))
    return _may(request, who, act)


def _may(request: ApprovalRequest, who: rules.Approver, act: Act | None) -> Verdict:
    is_current = act == Act.RETURN or _is_current(request)
    return rules.can_act(request.state, request.steps, request.step, request.barred, who, is_current=is_current)


def _is_current(request: ApprovalRequest) -> bool:
    if request.bypassed_by_id is not None:
        return True
    return approval_kind(request.kind).version(request.subject_id) == request.subject_version


@act
def act_on(
    *, request: ApprovalRequest, act: Act, by: User, now: datetime, code: str = "", comment: str = "",
    subject: models.Model | None = None, findings: Iterable[Finding] = (),
) -> ApprovalRequest:  # fmt: skip
    """Approve, return or reject a request, or leave it to somebody else; the last approval decides it.

    `subject` is what it is about, where the caller holds it, `findings` what its own rules say against the act: they
    are told to who may act. Raises Conflict with E-APR-01 to 05, 10 and 13, Refusal when a return or rejection does not
    say why (E-APR-07).
    """
    request = _held(request)
    who = queries.approver(request, by, timezone.localdate(now))
    _may(request, who, act).insist()
    rules.can_return(is_bypassed=act == Act.RETURN and request.bypassed_by_id is not None).insist()
    refuse_errors([*findings, *rules.against_act(act, code, comment)])
    _sign(request, act, who, now, code=code, comment=comment.strip())
    _remember(f"{act}d" if act == Act.APPROVE or act == Act.RECUSE else f"{act}ed", request, by, now, comment)
    if act in ENDS:
        return _decide(request, ENDS[act], by, now, subject)
    return _go_on(request, by, now, subject)


def _sign(request: ApprovalRequest, act: Act, who: rules.Approver, now: datetime, **words: str) -> None:
    """One human, one signature; a deputy signs for the one who is away."""
    role = request.steps[request.step]["role"]
    ApprovalAction.objects.create(
        request=request, step=request.step, user_id=who.user_id, acted_for_id=who.absent_for(role), role=role, act=act,
        at=now, **words,
    )  # fmt: skip


def _go_on(request: ApprovalRequest, by: User, now: datetime, subject: models.Model | None) -> ApprovalRequest:
    """Open the next step when this one is done, or decide after the last; a step nobody is left for goes upward.

    Nobody is left also when the only one who could act stepped back.
    """
    step, today = request.steps[request.step], timezone.localdate(now)
    approved = request.actions.filter(step=request.step, act=Act.APPROVE).count()
    left = len(queries.holders(request, step["role"], today))
    if not rules.is_step_done(step, approved, left):
        return pass_up(request=request, today=today)
    if request.step + 1 == len(request.steps):
        return _decide(request, ChainState.APPROVED, by, now, subject)
    ApprovalRequest.rows.filter(pk=request.pk).update(step=request.step + 1)
    request.refresh_from_db()
    return pass_up(request=request, today=today)


@act
def pass_up(*, request: ApprovalRequest, today: date) -> ApprovalRequest:
    """Where everybody of the open step's role is kept out, has signed or stepped back, who stands above decides.

    So that no request dies (day.md 24). It stays as it is while somebody is left, and where nobody stands above.
    """
    role = queries.role_above(request, today)
    if role is None:
        return request
    steps = list(request.steps)
    steps[request.step] = {"instead_of": steps[request.step]["role"], **steps[request.step], "role": role}
    ApprovalRequest.rows.filter(pk=request.pk).update(
        band={**request.band, "steps": steps}, roles=sorted({*request.roles, role})
    )
    request.refresh_from_db()
    return request


def _decide(
    request: ApprovalRequest, state: ChainState, by: User, now: datetime, subject: models.Model | None
) -> ApprovalRequest:
    request = move(request, state, decided_at=now)
    approval_kind(request.kind).decided(request, subject, by, now)
    return request


@act
def end_approval(*, request: ApprovalRequest, by: User | None, now: datetime) -> ApprovalRequest:
    """What was to be approved is no longer asked for. Raises TransitionNotAllowed for a decided one."""
    request = move(_held(request), ChainState.WITHDRAWN, decided_at=now)
    _remember("withdrawn", request, by, now)
    return request


@act
def bypass(*, request: ApprovalRequest, reason: str, by: User, now: datetime) -> ApprovalRequest:
    """Let an emergency be met before it is approved; the chain goes on, and must approve within 72 hours.

    By somebody who may approve the open step: it is their signature there, unless that alone would decide it; then
    others decide. Raises Conflict above the policy's cap (E-APR-08), and while an earlier emergency of the person is
    overdue (E-APR-09); Refusal without words.
    """
    request = _held(request)
    can_bypass(request, by, now).insist()
    if not says_why(reason):
        raise Refusal("E-APR-07", "reason", _("Say what the emergency is, in a sentence."))
    is_alone = queries.is_last_signature(request, timezone.localdate(now))
    ApprovalRequest.rows.filter(pk=request.pk).update(
        bypassed_by=by, bypassed_at=now, bypass_reason=reason.strip()[:500], due_at=now + rules.BYPASS_HOURS,
        barred=sorted({*request.barred, by.pk}) if is_alone else request.barred,
    )  # fmt: skip
    _remember("bypassed", request, by, now, reason)
    request.refresh_from_db()
    if is_alone:
        return request
    who = queries.approver(request, by, timezone.localdate(now))
    _sign(request, Act.APPROVE, who, now, comment=reason.strip()[:500])
    _remember("approved", request, by, now)
    return _go_on(request, by, now, None)


def can_bypass(request: ApprovalRequest, user: User, now: datetime) -> Verdict:
    """Whether the person may let an emergency be met before it is approved."""
    may_act = can_act(request, user, now)
    if not may_act:
        return may_act
    if request.bypassed_by_id is not None:
        return no("E-APR-14", _("This was let pass before approval already."))
    cap, weighed = Decimal(request.band["cap"]), Decimal(request.band.get("weighed", request.amount))
    return rules.can_bypass(weighed, cap, is_overdue=queries.owes_approval(user, now))


@act
def bar(*, request: ApprovalRequest, who: User) -> None:
    """Who did something with what is to be approved, such as pay it, does not approve it."""
    held = _held(request)
    ApprovalRequest.rows.filter(pk=held.pk).update(barred=sorted({*held.barred, who.pk}))


def _held(request: ApprovalRequest) -> ApprovalRequest:
    return ApprovalRequest.rows.select_for_update(of=("self",)).get(pk=request.pk)


def _remember(done: str, request: ApprovalRequest, by: User | None, now: datetime, reason: str = "") -> None:
    record_event(
        f"approvals.request.{done}", actor=by, subject=request, office_id=request.office_id_of, level=request.level,
        reason=reason, at=now,
    )  # fmt: skip
