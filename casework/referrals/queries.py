"""Referrals in the order in which somebody asks about them."""

from __future__ import annotations

from django.db.models import QuerySet

from .models import WAITING_FIRST, Referral


def waiting_first(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Those that wait for an answer by the day of the answer, then the others; their order stands in an index."""
    return referrals.order_by(*WAITING_FIRST)
