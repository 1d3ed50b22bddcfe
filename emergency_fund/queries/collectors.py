"""Who fetches help for a family, and who of the family may say so."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from casework.access.scopes import may
from casework.people.models import Family, FamilyMember
from emergency_fund.models import AssistanceRequest, Collector
from emergency_fund.querysets import ASK
from emergency_fund.rules.collectors import can_name_collector, may_name_collector

from .family import LIVING, members_of, sees_family
from .insurance import age_on


def collectors_of(request: AssistanceRequest) -> list[Collector]:
    """Who may fetch what is paid or handed over: named by somebody who lives in the family."""
    return collectors_of_each([request]).get(request.pk, [])


def collectors_of_each(requests: Collection[AssistanceRequest]) -> dict[int, list[Collector]]:
    """Who may fetch for each of these requests, by the request."""
    found: dict[int, list[Collector]] = {}
    living = FamilyMember.rows.filter(**LIVING, family=OuterRef("request__family"), person=OuterRef("named_by"))
    rows = Collector.rows.filter(Exists(living), request__in=[request.pk for request in requests])
    for row in rows.select_related("named_by").prefetch_related("named_by__names").order_by("pk"):
        found.setdefault(row.request_id, []).append(row)
    return found


def namers_of(family: Family | None, today: date) -> list[FamilyMember]:
    """Who of the family may say who fetches it."""
    return [one for one in members_of(family) if may_name_collector(one.role, age_on(one.person, today))]


def collectors_context(request: AssistanceRequest, user: Any) -> dict[str, Any]:
    """Who fetches, for the page of a request: for who knows the family; that somebody can be named for who asks."""
    office_id, programmes = request.access_place()
    if may(user, ASK, office_id=office_id, programmes=programmes) is None:
        return {}
    is_free = bool(can_name_collector(request.state) and namers_of(request.family, timezone.localdate()))
    known = collectors_of(request) if sees_family(request, user) else []
    return {"collectors": known, "may_name_collector": is_free}
