"""Referrals in the order in which somebody asks about them."""

from __future__ import annotations

from django.db.models import Case, F, QuerySet, When

from .models import Referral
from .states import ReferralState


def waiting_first(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Those that wait for an answer by the day of the answer, then the others, the newest first."""
    waits_until = Case(When(state=ReferralState.PENDING, then=F("answer_due_at")))
    return referrals.order_by(waits_until.asc(nulls_last=True), "-sent_at", "-pk")
