"""Who reads concerns, and what their reporters are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from casework.access.rights import truth_table
from casework.accounts.models import Grant, User

from .models import READ, ConcernReader, StaffConcern


def is_reader(user: Any) -> bool:
    """Whether the person reads concerns at all."""
    return readers(timezone.localdate()).filter(pk=user.pk).exists()


def readers(today: date) -> QuerySet[User]:
    """Everybody who reads concerns: the data protection officers and the named readers."""
    officers = Grant.objects.live(today).filter(role__in=truth_table()[READ]).values("user_id")
    named = ConcernReader.objects.filter(ended_at__isnull=True).values("user_id")
    return User.objects.filter(Q(pk__in=officers) | Q(pk__in=named), is_active=True)


def named_readers() -> list[ConcernReader]:
    """The named readers, besides the data protection officers."""
    return list(ConcernReader.objects.filter(ended_at__isnull=True).select_related("user").order_by("user__full_name"))


def concerns_for(user: Any, state: str) -> QuerySet[StaffConcern]:
    """The concerns in one state that a reader may read, the newest first."""
    rows: QuerySet[StaffConcern] = StaffConcern.objects.visible_to(user)
    return rows.filter(state=state).select_related("office").order_by("-pk")


def told_to(concern: StaffConcern, people: Iterable[User]) -> list[User]:
    """Those of the readers who may read this concern."""
    return [person for person in people if StaffConcern.objects.visible_to(person).filter(pk=concern.pk).exists()]


@dataclass(frozen=True)
class OwnReport:
    """What a reporter sees again of a report: its number, whether somebody looked into it, the answer."""

    number: str
    at: datetime
    state: str | Promise
    answer: str


def own_reports(user: Any) -> list[OwnReport]:
    """The reports to which the person wanted an answer; not what they wrote."""
    rows = StaffConcern.rows.filter(reporter=user).order_by("-pk")
    return [OwnReport(row.number, row.at, row.get_state_display(), row.answer) for row in rows]
