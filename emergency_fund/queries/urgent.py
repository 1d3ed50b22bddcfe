"""Whom an urgent request waits for."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from casework.access.rights import truth_table
from casework.accounts.models import Grant, User
from casework.approvals.queries.chains import away_on
from emergency_fund.models import AssistanceRequest
from emergency_fund.querysets import PROGRAMME, SCREEN

from .interests import related_to


def officers_for(request: AssistanceRequest, today: date) -> list[User]:
    """The fund officers of the office who are here and do not belong to the family.

    Where all are away, those who stand in for them and see the request: they know where to turn.
    """
    here = Q(office_id=request.office_id, programme__in=["", PROGRAMME])
    holders = Grant.objects.live(today).filter(here, role__in=list(truth_table()[SCREEN])).values("user_id")
    people = User.objects.filter(pk__in=holders, is_active=True).exclude(pk__in=related_to(request, today))
    officers = {person.pk: person for person in people.order_by("pk")}
    away = away_on(officers, today)
    present = [person for pk, person in officers.items() if pk not in away]
    return present or [deputy for deputy in away.values() if _sees(deputy, request)]


def _sees(person: User, request: AssistanceRequest) -> bool:
    return AssistanceRequest.objects.visible_to(person).filter(pk=request.pk).exists()
