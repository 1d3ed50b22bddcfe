"""The fund's people screen a request, assess the family, recommend it; a chain of others decides.

Money is reserved when it is recommended, committed when it is approved, and released when it is not (reference 1.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.aid.services import hold_help, promise_aid
from casework.approvals.models import ApprovalRequest
from casework.approvals.rules.chains import against_act
from casework.approvals.services.chains import act_on, ask_approval
from casework.approvals.states import Act, ChainState
from casework.audit.services import record_event
from casework.funds.models import BudgetLine
from casework.funds.services.ledger import post_entry
from casework.funds.states import EntryKind
from casework.kernel.acts import act
from casework.kernel.moves import move
from casework.kernel.refusals import Conflict, Finding, Refusal, refuse_errors
from casework.notifications.services import notify
from casework.reference.queries import term
from emergency_fund.models import AssistanceLine, AssistanceRequest, NeedsAssessment
from emergency_fund.queries.appeals import persons_of
from emergency_fund.queries.entitlements import referred_by_case
from emergency_fund.queries.family import can_help
from emergency_fund.queries.interests import may_work_on, providers_of
from emergency_fund.queries.score import weights_on
from emergency_fund.queries.used import asked_near, earlier_requests, given_already, too_soon, used_by
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import requests as rules
from emergency_fund.rules.needs import NeedSaid
from emergency_fund.rules.score import most_serious, score_of
from emergency_fund.states import ONCE_FOR_IT, PAID_TO_OTHERS, EntitlementStatus, LineKind, LineState, RequestState

from .entitlements import keep_entitlement
from .holding import hold_request, hold_with_budget
from .insurance import against_insurance
from .needs import keep_needs
from .releasing import end_line, post, release_line
from .urgent import step_of, tell_approvers
from .worries import tell_worry

KIND = "emergency_fund.help"
OUTSIDE = "E-BUD-02"


@act
def screen(
    *, request: AssistanceRequest, entitlement: str, status: str, amount: Decimal | None, decided: frozenset[int],
    by: User, now: datetime, referred_to: str = "",
) -> AssistanceRequest:  # fmt: skip
    """Note who should pay first by law and that earlier requests are others; then the family is assessed.

    `decided` are the ids of earlier requests somebody looked at, `referred_to` the office where the family was sent to
    claim; a referral of the case says that as well. Raises Refusal with E-EAF-05, 06 and 67, Conflict with E-EAF-199.
    """
    may_work_on(request, by, timezone.localdate(now)).insist()
    waiting = [other for other in earlier_requests(request) if other.pk not in decided]
    where = (referred_to.strip() or referred_by_case(request)) if status == EntitlementStatus.REFERRED else ""
    refuse_errors(
        rules.against_screening(
            kind=request.incident.kind, entitlement=entitlement, status=status, is_sent=bool(where),
            open_duplicates=len(waiting),
        )
    )  # fmt: skip
    keep_entitlement(
        request=request, entitlement=entitlement, status=status, amount=amount, on=timezone.localdate(now), by=by,
        now=now, note=where,
    )  # fmt: skip
    request = move(request, RequestState.SCREENED)
    _remember("screened", request, by, now)
    return request


@act
def assess(
    *, request: AssistanceRequest, figures: Mapping[str, Any], by: User, now: datetime, worry: str = "",
    needs: Sequence[NeedSaid] = (),
) -> NeedsAssessment:  # fmt: skip
    """Write down how the family lives and what its children lack; the score follows by the weights in force.

    The weights stay with it. `worry` about a child's safety is told to who leads the case, and kept nowhere else.
    Raises Refusal with E-EAF-177 to 179, Conflict with E-EAF-199, and with E-EAF-39 before it is screened and once
    others decide on it.
    """
    may_work_on(request, by, timezone.localdate(now)).insist()
    rules.can_assess(hold_request(request.pk).state).insist()
    weights = weights_on(timezone.localdate(now))
    assessment = NeedsAssessment.rows.create(
        request=request,
        assessed_by=by,
        assessed_at=now,
        score=score_of(figures, most_serious((said.need, said.severity) for said in needs), weights),
        weights=weights.pk,
        **figures,
    )
    keep_needs(assessment=assessment, needs=needs)
    _remember("assessed", request, by, now)
    if worry.strip():
        tell_worry(request=request, text=worry, by=by, now=now)
    return assessment


@act
def recommend(
    *, request: AssistanceRequest, budget: Mapping[int, BudgetLine], total: Decimal, by: User, now: datetime,
    providers: Mapping[int, str] | None = None, ways: Mapping[int, str] | None = None,
) -> AssistanceRequest:  # fmt: skip
    """Reserve the money of each line and ask those who decide.

    `budget` gives each line its budget line by the line's id, `providers` who is paid for it, `ways` how it is given
    where that is not as before. Raises Refusal with E-EAF-07 to 11, 25, 187, 263, 266 and 267 and E-BUD-01 to 04,
    Conflict with E-EAF-199 and 201 and as ask_approval does.
    """
    today = timezone.localdate(now)
    may_work_on(request, by, today).insist()
    hold_with_budget(request.pk, chosen=budget.values())  # and nobody prices a line meanwhile
    lines = list(request.lines.filter(state=LineState.ASKED).select_related("child"))
    for line in lines:
        can_help(line, today).insist()
    newest = request.assessments.first()
    findings = list(
        rules.against_recommending(
            assessed_on=timezone.localdate(newest.assessed_at) if newest else None, today=today,
            most_days=int(_limit("assessment_days", now)), lines=[line.asked for line in lines], total=total,
        )
    )  # fmt: skip
    used = used_by(request.family, today=today, but=request)
    findings += rules.against_ceiling(limit=_limit("family_ceiling", now), used=used, asked=total)
    findings += _against_double(lines, now)
    for line in lines:
        _give_so(line, (ways or {}).get(line.pk, line.modality), (providers or {}).get(line.pk, line.provider))
    findings += rules.against_ways([(line.pk, line.kind, line.modality, line.provider) for line in lines])
    findings += rules.against_no_budget([(line.pk, line.kind, line.asked) for line in lines if line.pk not in budget])
    refuse_errors(findings)
    for line in lines:
        _reserve(line, budget[line.pk], by, now)
    request = move(request, RequestState.IN_APPROVAL)
    approval = ask_approval(
        kind=KIND, subject=request, amount=total, programme=PROGRAMME, office_id=request.office_id,
        barred=request.makers, persons=persons_of(request), organisations=providers_of(lines), by=by, now=now,
        weighed=total + asked_near(request, int(_limit("split_days", now))),
    )  # fmt: skip
    AssistanceRequest.rows.filter(pk=request.pk).update(approval=approval)
    request.approval = approval
    _remember("recommended", request, by, now)
    tell_approvers(request=request, approval=approval, by=by, now=now)
    return request


def _give_so(line: AssistanceLine, way: str, payee: str) -> None:
    """How a line is given, and who is paid for it; cash is the family's own."""
    line.modality = way
    line.provider = payee.strip()[:160] if way in PAID_TO_OTHERS else ""


def _against_double(lines: Sequence[AssistanceLine], now: datetime) -> Iterator[Finding]:
    for line in lines:
        if line.kind == LineKind.HEALTH_INSURANCE:
            yield from against_insurance(line)
    for line in given_already([line for line in lines if line.kind in ONCE_FOR_IT]):
        yield replace(rules.given_twice(kind=line.kind, child=str(_("This child"))), field=f"line_{line.pk}")
    yield from against_too_soon(lines, now)


def against_too_soon(lines: Sequence[AssistanceLine], now: datetime) -> Iterator[Finding]:
    """E-EAF-10 beside each line of which the same was promised or given a short while ago."""
    called = dict.fromkeys((line.pk for line in lines), str(_("This child")))  # the field says which
    for pk, findings in too_soon(lines, called=called, today=timezone.localdate(now)).items():
        yield from (replace(finding, field=f"line_{pk}") for finding in findings)


def _reserve(line: AssistanceLine, budget_line: BudgetLine, by: User, now: datetime) -> None:
    """Keep the money of a line; what the ledger refuses is said beside the line's own field."""
    field = f"line_{line.pk}"
    try:
        post_entry(
            line=budget_line, kind=EntryKind.RESERVE, amount=line.asked, subject=line, wanted=line.kind, by=by, now=now,
            key=f"eaf-{line.pk}-reserve-{line.request.version}", reference=line.request.number,
        )  # fmt: skip
    except Conflict:
        raise
    except Refusal as refusal:
        raise Refusal.of([replace(finding, field=field) for finding in refusal.findings]) from refusal
    line.budget_line = budget_line
    line.save(update_fields=["budget_line", "modality", "provider"])


@act
def turn_away(
    *, request: AssistanceRequest, to: RequestState, code: str, told: str, by: User, now: datetime
) -> AssistanceRequest:
    """Before anybody decides: return it to be mended, or say that another source helps or the fund does not.

    Raises Refusal with E-APR-07 without a reason in words, Conflict with E-EAF-199, and with E-EAF-38 once it waits for
    approval: then its money is kept, and those who decide give it back.
    """
    may_work_on(request, by, timezone.localdate(now)).insist()
    refuse_errors(against_act(Act.RETURN, code, told))
    request = hold_request(request.pk)
    rules.can_turn_away(request.state).insist()
    if to != RequestState.RETURNED:
        for line in request.lines.filter(state=LineState.ASKED):
            end_line(line, LineState.REFUSED, now=now)
    decided_at = request.decided_at if to == RequestState.RETURNED else now
    request = move(request, to, told_code=code, told=told.strip()[:500], decided_at=decided_at)
    _remember(str(to), request, by, now)
    tell_asker(request, str(to))
    return request


@act
def decide(
    *, request: AssistanceRequest, act: Act, amounts: Mapping[int, Decimal], by: User, now: datetime, code: str = "",
    comment: str = "",
) -> AssistanceRequest:  # fmt: skip
    """Approve so much of each line (by the line's id), return, reject, or leave it to somebody else.

    Raises Refusal with E-EAF-10, 27, 28, 190 and 191 and E-APR-07, and as the ledger and the aid of all programmes do;
    Conflict with E-APR-01 to 05, 10 and 13. What was helped before its approval is approved as it was promised, or not.
    """
    request = hold_with_budget(request.pk)
    approval: Any = request.approval
    before = step_of(approval)
    findings: list[Finding] = []
    if act == Act.APPROVE and request.state == RequestState.IN_APPROVAL:
        lines = list(request.lines.filter(state=LineState.ASKED))
        asked = [(line.pk, line.worth, amounts.get(line.pk, line.worth)) for line in lines]
        findings = list(rules.against_approving(asked, code, comment))
        code = code if rules.is_less(asked) else ""
        if not findings:
            _lower(lines, amounts)
    request.approval = act_on(
        request=approval, act=act, by=by, now=now, code=code, comment=comment, subject=request, findings=findings
    )
    tell_approvers(request=request, approval=request.approval, by=by, now=now, before=before)
    return request


def _lower(lines: Sequence[AssistanceLine], amounts: Mapping[int, Decimal]) -> None:
    """Write down what is approved of each line where that is not what it was worth."""
    for line in lines:
        if amounts.get(line.pk, line.worth) != line.worth:
            line.approved = amounts[line.pk]
            line.save(update_fields=["approved"])


@act
def decided(request: AssistanceRequest, approval: ApprovalRequest, by: User, now: datetime) -> AssistanceRequest:
    """What follows a decision of the chain on a request that is held: help is promised, or its money released."""
    ends = {
        ChainState.APPROVED: RequestState.APPROVED,
        ChainState.REJECTED: RequestState.REJECTED,
        ChainState.RETURNED: RequestState.RETURNED,
    }
    state = ends[ChainState(approval.state)]
    if state == RequestState.APPROVED:
        commit_lines(request, by, now)
    else:
        _give_up(request, is_rejected=state == RequestState.REJECTED, by=by, now=now)
    told = "" if state == RequestState.APPROVED else approval.actions.values_list("comment", flat=True).last()
    request = move(
        request, state, decided_at=now, expires_on=expiry_of(state, now), told_code=code_told(approval), told=told,
    )  # fmt: skip
    _remember(str(state), request, by, now)
    tell_asker(request, str(state))
    return request


def _give_up(request: AssistanceRequest, *, is_rejected: bool, by: User, now: datetime) -> None:
    """What an earlier step approved holds no more: nothing of it is approved, or a new chain begins anew."""
    for line in request.lines.filter(state=LineState.ASKED).select_related("budget_line"):
        release_line(line, by=by, now=now)
        if is_rejected:
            end_line(line, LineState.REFUSED, now=now, approved=None)
        else:
            AssistanceLine.rows.filter(pk=line.pk).update(approved=None)


def code_told(approval: ApprovalRequest) -> str:
    """The reason the family is told: of who said no, or of who lowered an amount last, in whatever step."""
    codes = approval.actions.filter(act__in=(Act.APPROVE, Act.RETURN, Act.REJECT)).exclude(code="")
    return codes.values_list("code", flat=True).last() or ""


def commit_lines(request: AssistanceRequest, by: User, now: datetime) -> None:
    """Commit the money of what is asked and promise its help; what was promised since it was recommended is looked at.

    The family and its children are held: of two requests that are approved at once the second finds the first.
    """
    lines = list(request.lines.filter(state=LineState.ASKED).select_related("child", "budget_line"))
    hold_help(family=request.family, children=[line.child for line in lines])
    for line in lines:
        _commit_line(request, line, by, now)


def _commit_line(request: AssistanceRequest, line: AssistanceLine, by: User, now: datetime) -> None:
    """Commit the money of a line and promise its help, or refuse the line when nothing of it is approved."""
    amount = line.worth
    if amount < line.asked:
        post(line, EntryKind.RELEASE, line.asked - amount, by=by, now=now)
    if amount == 0:
        end_line(line, LineState.REFUSED, now=now, approved=amount)
        return
    try:
        post(line, EntryKind.COMMIT, amount, by=by, now=now)
    except Refusal as refusal:
        if refusal.code != OUTSIDE:
            raise
        told = _("The source of this money is closed or over. Return the request: the officer chooses another line.")
        raise Refusal(OUTSIDE, "act", told) from refusal
    promise(request, line, amount, now)
    move(line, LineState.APPROVED, approved=amount)


def promise(request: AssistanceRequest, line: AssistanceLine, amount: Decimal, now: datetime) -> None:
    """Promise the help of a line; family and child are held, so that what was promised meanwhile is seen.

    Raises Refusal with E-EAF-10 and as promise_aid does, Conflict with E-EAF-201.
    """
    today = timezone.localdate(now)
    can_help(line, today).insist()
    refuse_errors(against_too_soon([line], now))
    promise_aid(
        child=line.child, family=request.family, kind=line.kind, period=line.period, amount=amount,
        programme=PROGRAMME, office=request.office, subject=line, today=today,
    )  # fmt: skip


def expiry_of(state: RequestState, now: datetime) -> Any:
    """Until when the family can fetch what is approved."""
    if state != RequestState.APPROVED:
        return None
    return timezone.localdate(now) + timedelta(days=int(_limit("delivery_days", now)))


def tell_asker(request: AssistanceRequest, done: str) -> None:
    """Who asked learns how it went on."""
    tell(request.asked_by, request, done)


def tell(person: User, request: AssistanceRequest, done: str) -> None:
    """A person learns how a request went on."""
    notify(
        recipient=person, action=f"{PROGRAMME}.request.{done}", subject=request, label=request.number,
        url=reverse("emergency_fund:detail", args=[request.pk]),
    )  # fmt: skip


def _limit(name: str, now: datetime) -> Decimal:
    return term(f"{PROGRAMME}.{name}", timezone.localdate(now))


def _remember(done: str, request: AssistanceRequest, by: User, now: datetime) -> None:
    record_event(
        f"{PROGRAMME}.request.{done}", actor=by, subject=request, case_id=request.case_id, office_id=request.office_id,
        at=now,
    )  # fmt: skip
