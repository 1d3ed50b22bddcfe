"""Visits to the registry office, read for the family."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from registration.models import BirthRecord, Submission
from registration.states import COMES_AGAIN, WAITING, ItemState


def coming_visit(birth: BirthRecord, today: date) -> Submission | None:
    """The visit with the next day that the office gave."""
    rows = birth.submissions.filter(result__in=COMES_AGAIN, appointment_on__gte=today)
    return rows.select_related("registry_office").order_by("appointment_on").first()


def last_at_office(birth: BirthRecord) -> Submission | None:
    """The visit that waits, or whose papers lie at the office still although the registration was closed."""
    lies_there = Q(result__in=WAITING) | Q(handed_in__state=ItemState.SUBMITTED)
    return birth.submissions.filter(lies_there).select_related("registry_office").order_by("-number").first()
