"""Approved help that nobody fetched in time: what gives its money back by itself, and what waits for somebody of us."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from emergency_fund.after_states import AppealState
from emergency_fund.insurance_states import PolicyState
from emergency_fund.models import AssistanceLine, AssistanceRequest, InsurancePolicy
from emergency_fund.states import LineState, RequestState

OPEN_LINES = (LineState.APPROVED, LineState.PARTLY)
FROM_HOSPITAL = (PolicyState.ORDERED, PolicyState.ACTIVE, PolicyState.EXPIRING)


def past_their_day(rows: QuerySet[AssistanceRequest], today: date) -> QuerySet[AssistanceRequest]:
    """Requests of which something is still to be fetched after the last day, the longest past first.

    Not while the family appeals: what that gives has days of its own (E-EAF-126).
    """
    left = AssistanceLine.rows.filter(request=OuterRef("pk"), state__in=OPEN_LINES)
    past = rows.filter(state__in=(RequestState.APPROVED, RequestState.IN_DELIVERY), expires_on__lt=today)
    return past.filter(Exists(left)).exclude(appeal__state=AppealState.OPEN).order_by("expires_on", "pk")


def to_expire(today: date) -> QuerySet[AssistanceRequest]:
    """Those that expire by themselves; not where the fund ordered an insurance, which it owes to the hospital."""
    owed = InsurancePolicy.rows.filter(
        line__request=OuterRef("pk"), line__state__in=OPEN_LINES, state__in=FROM_HOSPITAL
    )
    return past_their_day(AssistanceRequest.rows.all(), today).exclude(Exists(owed))
