"""A family appeals against a decision; people who had nothing to do with it look at it again.

What was approved the first time is paid while the appeal runs. Granted money is reserved and committed in one act.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.aid.models import AidGiven
from casework.aid.services import hold_help, raise_aid
from casework.aid.states import LIVE
from casework.approvals.models import ApprovalRequest
from casework.approvals.services.chains import act_on, ask_approval, end_approval, pass_up
from casework.approvals.states import Act, ChainState
from casework.audit.services import record_event
from casework.funds.services.ledger import post_entry
from casework.funds.states import EntryKind
from casework.kernel.acts import act as whole_act
from casework.kernel.moves import move
from casework.kernel.refusals import Conflict, Refusal, refuse_errors
from casework.kernel.subjects import subject_type
from casework.notifications.services import notify
from casework.people.models import Person
from casework.reference.queries import term
from emergency_fund.after_states import NOTHING_GIVEN, TURNED_AWAY, AppealState
from emergency_fund.models import Appeal, AssistanceLine, AssistanceRequest
from emergency_fund.queries import appeals as queries
from emergency_fund.queries.family import can_help
from emergency_fund.queries.interests import providers_of
from emergency_fund.queries.used import used_by
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import appeals as rules
from emergency_fund.rules.requests import against_approving, against_ceiling, is_less
from emergency_fund.rules.speaking import against_speaker
from emergency_fund.states import DECIDED_WITHIN, LineState, RequestState, Urgency

from .deciding import code_told, promise
from .holding import hold_request, hold_with_budget

APPEALS = "emergency_fund.appeal"
"""The kind of approval: its bands are a policy of their own."""


@whole_act
def make_appeal(
    *, request: AssistanceRequest, made_by: Person, relation: str, channel: str, made_on: date, why: str, by: User,
    now: datetime,
) -> Appeal:  # fmt: skip
    """Take down that a family does not agree, and ask others to decide, by the band of all that was asked for.

    Raises Conflict with E-EAF-120, 121 and 127, Refusal with E-EAF-23, 122, 123 and 198, and what ask_approval
    refuses.
    """
    request, today = hold_request(request.pk), timezone.localdate(now)
    queries.may_be_appealed(request, queries.appeal_of(request)).insist()
    against = rules.against_appeal(
        made_on=made_on, decided_on=queries.decided_on(request), until=queries.appeal_until(request), why=why,
        today=today,
    )  # fmt: skip
    refuse_errors([*against, *against_speaker(made_by.birth, today=today, field="made_by")])
    due = now + timedelta(days=int(term(f"{PROGRAMME}.appeal_decision_days", today)))
    appeal = Appeal.rows.create(
        request=request, against=request.state, first_code=request.told_code, first_told=request.told,
        made_by=made_by, relation=relation, channel=channel, made_on=made_on, why=why.strip(), due_at=due,
        first_due_at=request.decision_due_at, noted_by=by, noted_at=now,
    )  # fmt: skip
    approval = ask_approval(
        kind=APPEALS, subject=appeal, amount=_whole(request), programme=PROGRAMME, office_id=request.office_id,
        barred=queries.who_had_to_do(request), persons=queries.persons_of(request), by=by, now=now,
        organisations=providers_of(list(request.lines.exclude(state=LineState.CANCELLED))),
    )  # fmt: skip
    appeal.approval = pass_up(request=approval, today=today)
    appeal.save(update_fields=["approval"])
    if request.state in NOTHING_GIVEN:
        move(request, RequestState.APPEAL, decision_due_at=due)
    _remember("made", appeal, by, now)
    return appeal


def _whole(request: AssistanceRequest) -> Decimal:
    """All that was asked for: an appeal for a part of it is not decided in a lower band."""
    lines = request.lines.exclude(state=LineState.CANCELLED)
    return sum(lines.values_list("asked", flat=True), Decimal(0))


@whole_act
def decide_appeal(
    *, appeal: Appeal, act: Act, amounts: Mapping[int, Decimal], by: User, now: datetime, code: str = "",
    comment: str = "",
) -> Appeal:  # fmt: skip
    """Grant so much more of each line (by the line's id), uphold the decision, or leave it to somebody else.

    Raises Refusal with E-EAF-09, 10, 27, 28, 124, 190 and 191 and E-APR-07, and as the ledger and the aid of all
    programmes do; Conflict with E-APR-01 to 05 and 10.
    """
    hold_with_budget(appeal.request_id)
    appeal = Appeal.rows.select_for_update(of=("self",)).select_related("request", "approval").get(pk=appeal.pk)
    approval: Any = appeal.approval
    findings = list(rules.against_appeal_act(act))
    if act == Act.APPROVE and appeal.against in TURNED_AWAY:
        code = ""
    elif act == Act.APPROVE:
        asked = [(line.pk, left, amounts.get(line.pk, left)) for line, left in lines_left(appeal)]
        findings += against_approving(asked, code, comment)
        code = code if is_less(asked) else ""
        appeal.granted = {str(pk): str(amount) for pk, _left, amount in asked}
        appeal.save(update_fields=["granted"])
    act_on(request=approval, act=act, by=by, now=now, code=code, comment=comment, findings=findings)
    appeal.refresh_from_db()
    return appeal


def lines_left(appeal: Appeal) -> list[tuple[AssistanceLine, Decimal]]:
    """The lines that are appealed, with what can still be granted of each: an earlier step may have lowered it."""
    lines = queries.lines_appealed(appeal.request)
    return [(line, Decimal(appeal.granted.get(str(line.pk), queries.missed_of(line)))) for line in lines]


@whole_act
def appeal_decided(approval: ApprovalRequest, _held: Appeal | None, by: User, now: datetime) -> Appeal:
    """What follows the decision of the chain: more is promised or the request starts anew, or the decision holds."""
    appeal = Appeal.rows.select_related("request__family", "request__office").get(pk=approval.subject_id)
    last: Any = approval.actions.last()
    code = code_told(approval)
    if ChainState(approval.state) == ChainState.APPROVED:
        if appeal.against in TURNED_AWAY:
            _start_anew(appeal.request, now)
        else:
            _grant(appeal, code, by, now)
        appeal = move(appeal, AppealState.GRANTED, decided_at=now, told_code=code)
    else:
        if appeal.request.state == RequestState.APPEAL:
            move(appeal.request, RequestState.UPHELD, told_code=code, told=last.comment)
        appeal = move(appeal, AppealState.UPHELD, decided_at=now, told_code=code, told=last.comment)
    _remember(str(appeal.state), appeal, by, now)
    _tell(appeal)
    return appeal


def _start_anew(request: AssistanceRequest, now: datetime) -> None:
    """What was turned away is screened, assessed and decided after all."""
    for line in request.lines.filter(state=LineState.REFUSED):
        move(line, LineState.ASKED)
    due = now + DECIDED_WITHIN[Urgency(request.urgency)]
    move(request, RequestState.SUBMITTED, told="", told_code="", decided_at=None, decision_due_at=due)


def _grant(appeal: Appeal, code: str, by: User, now: datetime) -> None:
    """Keep and promise what was granted; `code` is the reason of what was not, if anything was not."""
    request, today = appeal.request, timezone.localdate(now)
    granted = [(line, amount) for line, amount in lines_left(appeal) if amount]
    total = sum((amount for _line, amount in granted), Decimal(0))
    limit = term(f"{PROGRAMME}.family_ceiling", today)
    refuse_errors(against_ceiling(limit=limit, used=used_by(request.family, today=today), asked=total))
    hold_help(family=request.family, children=[line.child for line, _amount in granted])
    for line, amount in granted:
        _keep_money(line, amount, by, now)
        _promise(request, line, amount, now)
        _revive(line, amount)
    until = today + timedelta(days=int(term(f"{PROGRAMME}.delivery_days", today)))
    if request.state == RequestState.APPEAL:
        move(request, RequestState.APPROVED, expires_on=until, told="", told_code=code)
    elif request.state == RequestState.DELIVERED:
        move(request, RequestState.IN_DELIVERY, expires_on=until, told_code=code)
    else:
        AssistanceRequest.rows.filter(pk=request.pk).update(expires_on=until, told_code=code)


def _keep_money(line: AssistanceLine, amount: Decimal, by: User, now: datetime) -> None:
    """Reserve and commit what was granted; what the ledger refuses is said beside the line, with the way out."""
    field, budget_line = f"line_{line.pk}", line.budget_line
    way_out = _("Grant less, or ask the fund manager to put money on the line.")
    if budget_line is None:
        raise Refusal("E-EAF-25", field, way_out)
    try:
        for kind in (EntryKind.RESERVE, EntryKind.COMMIT):
            post_entry(
                line=budget_line, kind=kind, amount=amount, subject=line, wanted=line.kind, by=by, now=now,
                key=f"eaf-{line.pk}-appeal-{kind}", reference=line.request.number,
            )  # fmt: skip
    except Conflict:
        raise
    except Refusal as refusal:
        told = [
            replace(finding, field=field, sentence=format_lazy("{} {}", finding.sentence, way_out))
            for finding in refusal.findings
        ]
        raise Refusal.of(told) from refusal


def _promise(request: AssistanceRequest, line: AssistanceLine, amount: Decimal, now: datetime) -> None:
    """The child's help of this line is worth so much more; where there is none yet it is promised."""
    about = {"subject_type": subject_type(line), "subject_id": line.pk}
    aid = AidGiven.rows.filter(**about, state__in=LIVE).first()
    if aid is not None:
        can_help(line, timezone.localdate(now)).insist()
        raise_aid(aid=aid, amount=aid.amount + amount)
    else:
        promise(request, line, amount, now)


def _revive(line: AssistanceLine, amount: Decimal) -> None:
    to = LineState.PARTLY if line.paid else LineState.APPROVED
    move(line, to, approved=(line.approved or Decimal(0)) + amount)


@whole_act
def end_appeal(*, request: AssistanceRequest, by: User, now: datetime) -> None:
    """The family no longer asks: an appeal nobody decided on is taken back with its request."""
    appeal = queries.appeal_of(request)
    if appeal is not None and appeal.state == AppealState.OPEN:
        approval: Any = appeal.approval
        end_approval(request=approval, by=by, now=now)
        _remember("withdrawn", move(appeal, AppealState.WITHDRAWN), by, now)


def _tell(appeal: Appeal) -> None:
    """Who asked and who noted the appeal learn what came of it."""
    request = appeal.request
    for person in {request.asked_by, appeal.noted_by}:
        notify(
            recipient=person, action=f"{PROGRAMME}.appeal.{appeal.state}", subject=request, label=request.number,
            url=reverse("emergency_fund:detail", args=[request.pk]),
        )  # fmt: skip


def _remember(done: str, appeal: Appeal, by: User, now: datetime) -> None:
    request = appeal.request
    record_event(
        f"{PROGRAMME}.appeal.{done}", actor=by, subject=request, case_id=request.case_id, office_id=request.office_id,
        at=now,
    )  # fmt: skip
