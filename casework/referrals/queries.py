"""Referrals in the order in which somebody asks about them."""

from __future__ import annotations

from django.db.models import QuerySet

from .models import WAITING_FIRST, Referral


def waiting_first(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Referrals that wait for an answer by the time it is due, then the others; an index keeps this order."""
    return referrals.order_by(*WAITING_FIRST)
