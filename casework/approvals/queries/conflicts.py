"""Conflicts of interest as pages list them, and whom a number leads to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from casework.kernel.digits import to_ascii_digits
from casework.people.models import ConflictOfInterest
from casework.programmes.contributions import registry

OVER = Q(ended_at__isnull=False)


def as_number(text: str) -> str:
    """A number as records keep it: digits of one kind, capital letters, no spaces."""
    return "".join(to_ascii_digits(text).upper().split())[:24]


def person_numbered(number: str) -> int | None:
    """The id of the child whose case, or whose family's request, has this number.

    All are asked, found or not: how long it takes does not tell that there is one (decision 52).
    """
    found = [contribution.person_numbered(number) for contribution in registry]
    return next((person for person in found if person is not None), None)


def conflicts_of(user: Any, today: date) -> QuerySet[ConflictOfInterest]:
    """Those that the person may see and that are not over, the newest first."""
    rows: QuerySet[ConflictOfInterest] = ConflictOfInterest.objects.visible_to(user)
    return _told(rows.exclude(OVER | Q(until_on__lt=today)))


def past_conflicts_of(user: Any, today: date) -> QuerySet[ConflictOfInterest]:
    """Those that the person may see and that are over, the newest first."""
    rows: QuerySet[ConflictOfInterest] = ConflictOfInterest.objects.visible_to(user)
    return _told(rows.filter(OVER | Q(until_on__lt=today)))


def _told(rows: QuerySet[ConflictOfInterest]) -> QuerySet[ConflictOfInterest]:
    return rows.select_related("user", "ended_by").order_by("-declared_on", "-pk")
