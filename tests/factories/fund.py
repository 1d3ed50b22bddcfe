"""Requests to the fund as rows, in any state, with their lines, chain and assessment."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import count
from typing import Any

from casework.accounts.models import User
from casework.approvals.models import ApprovalAction, ApprovalRequest
from casework.cases.models import Case
from casework.people.models import Person
from emergency_fund.models import (
    AssistanceLine,
    AssistanceRequest,
    ChildNeed,
    Delivery,
    HardshipIncident,
    NeedsAssessment,
)

RECEIVED = dt.datetime(2026, 11, 23, 3, 0, tzinfo=dt.UTC)
DECIDED = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
_number = count(1)


def make_request(
    case: Case, requester: Person, *lines: tuple[str, int | str], by: User, state: str = "submitted", **facts: Any
) -> AssistanceRequest:
    """A request of a case for its child: (kind, baht) for each line."""
    incident = HardshipIncident.objects.create(
        family=case.family, kind=facts.pop("incident", "work_injury"), occurred_on=dt.date(2026, 11, 20), created_by=by,
        employer="Sunrise knitting factory",
    )  # fmt: skip
    values = {
        "channel": "walk_in", "received_at": RECEIVED, "urgency": "72h", "need": "THE NEED OF THE FAMILY",
        "decision_due_at": RECEIVED + dt.timedelta(hours=72), "asked_by": by, "created_by": by, "state": state,
        "number": f"EAF-MS-2026-{next(_number):04}",
    }  # fmt: skip
    request = AssistanceRequest.rows.create(
        case=case, family=case.family, office=case.office, requester=requester, incident=incident, **values | facts
    )
    for kind, baht in lines or (("health_cost", 3900), ("nutrition", 800)):
        add_line(request, case.child, kind, baht)
    return request


def add_line(request: AssistanceRequest, child: Person, kind: str, baht: int | str, **facts: Any) -> AssistanceLine:
    """One more thing for a child."""
    values = {"modality": "cash", "period": f"{kind}-{next(_number)}", "words": "THE DETAILS OF THE LINE"}
    return AssistanceLine.rows.create(request=request, child=child, kind=kind, asked=Decimal(baht), **values | facts)


def decide(request: AssistanceRequest, state: str, *approved: int | str, **facts: Any) -> AssistanceRequest:
    """The request as decided, with what was approved of each line in turn."""
    for line, baht in zip(request.lines.all(), approved, strict=False):
        line.approved = Decimal(baht)
        line.state = "approved" if line.approved else "refused"
        line.save()
    values = {"state": state, "decided_at": DECIDED, "expires_on": dt.date(2027, 1, 23)} | facts
    AssistanceRequest.rows.filter(pk=request.pk).update(**values)
    request.refresh_from_db()
    return request


def make_chain(
    request: AssistanceRequest, by: User, *acts: tuple[User, str, str, str], **facts: Any
) -> ApprovalRequest:
    """The chain of a request in a band from 0 to 5,000: (who, role, act, code) for each step that was done."""
    roles = facts.pop("steps", ("FO",))
    steps = [{"role": role, "quorum": "any", "count": 1} for role in roles]
    values = {
        "subject_type": "emergency_fund.assistancerequest", "subject_id": request.pk, "kind": "emergency_fund.help",
        "band": {"from": "0.00", "to": "5000.00", "steps": steps, "cap": "0", "policy": 1}, "roles": sorted(roles),
        "subject_version": 1,
    }  # fmt: skip
    end = {"state": facts.pop("state", "approved"), "decided_at": facts.pop("decided_at", DECIDED)}
    chain = ApprovalRequest.rows.create(
        office_id_of=request.office_id, level=2, programme="emergency_fund", requested_by=by, requested_at=RECEIVED,
        amount=sum((line.asked for line in request.lines.all()), Decimal(0)), **values | facts,
    )  # fmt: skip
    for step, (user, role, act, code) in enumerate(acts):
        ApprovalAction.objects.create(
            request=chain, step=step, user=user, role=role, act=act, code=code, comment="THE WORDS OF AN APPROVER",
            at=DECIDED,
        )  # fmt: skip
        ApprovalRequest.rows.filter(pk=chain.pk).update(step=min(step + 1, len(steps) - 1))
    ApprovalRequest.rows.filter(pk=chain.pk).update(**end)
    AssistanceRequest.rows.filter(pk=request.pk).update(approval=chain)
    request.refresh_from_db()
    return chain


def make_assessment(request: AssistanceRequest, by: User, **facts: Any) -> NeedsAssessment:
    """How the family lives: 85 points by the first weights."""
    values = {
        "income": Decimal(3000), "expenses": Decimal("6000.50"), "debt": Decimal(10_000), "earners": 0, "dependants": 4,
        "food_days": 2, "score": 80, "weights": 1, "note": "THE NOTE OF THE ASSESSMENT",
    }  # fmt: skip
    return NeedsAssessment.rows.create(request=request, assessed_by=by, assessed_at=RECEIVED, **values | facts)


def make_need(assessment: NeedsAssessment, child: Person, need: str, severity: int, **facts: Any) -> ChildNeed:
    """One need of one child."""
    values = {"note": "THE NOTE OF A NEED"} | facts
    return ChildNeed.rows.create(assessment=assessment, child=child, need=need, severity=severity, **values)


def make_delivery(line: AssistanceLine, baht: int | str, to: Person, by: User, **facts: Any) -> Delivery:
    """So much of a line, paid or handed over."""
    number = next(_number)
    values = {
        "number": f"R-MS-2026-{number:04}", "key": f"test-{number}", "relation": "mother", "proof": "thumb_print",
        "witness": "Daw Khin", "on": dt.date(2026, 11, 25), "at": DECIDED + dt.timedelta(days=1),
        "received_by": to, "received_name": to.name,
    }  # fmt: skip
    delivery = Delivery.rows.create(line=line, amount=Decimal(baht), by=by, **values | facts)
    AssistanceLine.rows.filter(pk=line.pk).update(paid=line.paid + Decimal(baht))
    line.refresh_from_db()
    return delivery
