"""Write down how the claim on another source of help stands; its outcome is kept for the figures."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.kernel.acts import act
from casework.kernel.refusals import refuse_errors
from emergency_fund.models import AssistanceRequest, EntitlementUpdate
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import entitlements as rules


@act
def keep_entitlement(
    *, request: AssistanceRequest, entitlement: str, status: str, amount: Decimal | None, on: date, by: User,
    now: datetime, note: str = "",
) -> EntitlementUpdate:  # fmt: skip
    """Keep how it stands on the incident, and what it was before in its own row."""
    incident = request.incident
    incident.entitlement, incident.entitlement_status = entitlement, status
    incident.entitlement_amount, incident.entitlement_on = amount, on
    incident.save(update_fields=["entitlement", "entitlement_status", "entitlement_amount", "entitlement_on"])
    return EntitlementUpdate.rows.create(
        request=request, entitlement=entitlement, status=status, amount=amount, on=on, note=note.strip()[:300], by=by,
        at=now,
    )  # fmt: skip


@act
def update_entitlement(
    *, request: AssistanceRequest, entitlement: str, status: str, amount: Decimal | None, on: date, note: str,
    by: User, now: datetime,
) -> EntitlementUpdate:  # fmt: skip
    """Write down what the family or the office that pays says now.

    Raises Conflict with E-EAF-64, Refusal with E-EAF-65 to 67.
    """
    rules.can_follow_up(request.state).insist()
    refuse_errors(
        rules.against_update(
            entitlement=entitlement, status=status, amount=amount, on=on, occurred_on=request.incident.occurred_on,
            today=timezone.localdate(now),
        )
    )  # fmt: skip
    update = keep_entitlement(
        request=request, entitlement=entitlement, status=status, amount=amount, on=on, note=note, by=by, now=now
    )
    record_event(
        f"{PROGRAMME}.entitlement.updated", actor=by, subject=request, case_id=request.case_id,
        office_id=request.office_id, at=now,
    )  # fmt: skip
    return update
