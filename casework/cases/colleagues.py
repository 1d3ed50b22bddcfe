"""Who can be given work on the cases of an office."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from casework.access.rights import truth_table
from casework.accounts.models import Grant, User

LEAD = "cases.case.edit"
"""What a lead must be able to do."""


def case_grants(office_id: int, on: date) -> QuerySet[Grant]:
    """The grants not yet over on a day that let somebody work on cases of the office."""
    return Grant.objects.filter(office=office_id, role__in=truth_table()[LEAD], ended_at__isnull=True, valid_to__gte=on)


def colleagues(office_id: int) -> QuerySet[User]:
    """People who work on cases of the office today, for choices: anybody else would never find what they were given."""
    at_work = case_grants(office_id, timezone.localdate())
    return User.objects.filter(is_active=True, pk__in=at_work.values("user"))
