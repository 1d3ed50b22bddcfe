"""Claims on other sources of help that have waited long."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import DateField, ExpressionWrapper, F, IntegerField, Q, QuerySet
from django.db.models.functions import Cast
from django.db.models.lookups import LessThanOrEqual

from casework.reference.queries import term_on
from casework.referrals.models import Referral
from casework.referrals.states import ReferralState, ServiceKind
from emergency_fund.models import AssistanceRequest
from emergency_fund.querysets import PROGRAMME
from emergency_fund.states import EntitlementStatus, RequestState

OFFICES = (ServiceKind.LEGAL, ServiceKind.OTHER)
"""Services that a family is sent to for what others owe it by law."""
UNDER_WAY = (ReferralState.PENDING, ReferralState.ACCEPTED, ReferralState.COMPLETED)


def referred_by_case(request: AssistanceRequest) -> str:
    """The service to which the case sent the family since it happened; nothing where it sent it nowhere."""
    referrals = Referral.rows.filter(
        case=request.case_id, kind__in=OFFICES, state__in=UNDER_WAY, service__isnull=False,
        sent_at__date__gte=request.incident.occurred_on,
    )  # fmt: skip
    return referrals.order_by("-sent_at").values_list("service__name_en", flat=True).first() or ""


def sent_to(request: AssistanceRequest) -> str:
    """Where the family was last sent to claim, as it was written down; nothing where it was not sent."""
    updates = request.entitlement_updates.filter(status=EntitlementStatus.REFERRED)
    return updates.values_list("note", flat=True).first() or ""


def claims_to_ask_about(user: Any, today: date) -> QuerySet[AssistanceRequest]:
    """Requests of the person, or of cases they lead, long ago claimed or sent to claim, and without an outcome."""
    rows = AssistanceRequest.objects.visible_to(user).filter(Q(asked_by=user) | Q(case__lead=user))
    days = Cast(term_on(f"{PROGRAMME}.entitlement_days", today), IntegerField())
    due = ExpressionWrapper(F("incident__entitlement_on") + days, output_field=DateField())
    open_ = (EntitlementStatus.REFERRED, EntitlementStatus.APPLIED)
    waiting = rows.filter(incident__entitlement_status__in=open_).exclude(state=RequestState.WITHDRAWN)
    return waiting.annotate(ask_on=due).filter(LessThanOrEqual(F("ask_on"), today)).order_by("ask_on", "pk")
