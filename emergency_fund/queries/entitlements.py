"""Claims on other sources of help that have waited long."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import DateField, ExpressionWrapper, F, IntegerField, Q, QuerySet
from django.db.models.functions import Cast
from django.db.models.lookups import LessThanOrEqual

from casework.reference.queries import term_on
from emergency_fund.models import AssistanceRequest
from emergency_fund.querysets import PROGRAMME
from emergency_fund.states import EntitlementStatus, RequestState


def claims_to_ask_about(user: Any, today: date) -> QuerySet[AssistanceRequest]:
    """Requests of the person, or of cases that they lead, whose claim was made long ago and has no outcome."""
    rows = AssistanceRequest.objects.visible_to(user).filter(Q(asked_by=user) | Q(case__lead=user))
    days = Cast(term_on(f"{PROGRAMME}.entitlement_days", today), IntegerField())
    due = ExpressionWrapper(F("incident__entitlement_on") + days, output_field=DateField())
    waiting = rows.filter(incident__entitlement_status=EntitlementStatus.APPLIED).exclude(state=RequestState.WITHDRAWN)
    return waiting.annotate(ask_on=due).filter(LessThanOrEqual(F("ask_on"), today)).order_by("ask_on", "pk")
