"""Who does not pay or hand over: who worked on it or decided on it, who belongs to the family or the provider."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from casework.approvals.models import ApprovalAction
from emergency_fund.models import Appeal, AssistanceLine, AssistanceRequest

from .appeals import who_worked_on_each
from .interests import belonging_to, kept_from


def kept_from_paying(requests: Collection[AssistanceRequest]) -> dict[int, frozenset[int]]:
    """The ids of everybody who worked on each request or decided on it, at once or on appeal (day.md 22)."""
    found = who_worked_on_each(requests)
    appeals = dict(Appeal.rows.filter(request__in=list(found)).values_list("approval_id", "request_id"))
    acted = ApprovalAction.objects.filter(request__in=[pk for pk in appeals if pk]) if appeals else ()
    for action in acted:
        found[appeals[action.request_id]].add(action.user_id)
    return {pk: frozenset(users) for pk, users in found.items()}


def not_handled_by(user: Any, lines: Collection[AssistanceLine], today: date) -> set[int]:
    """The ids of lines that this person does not pay or hand over (E-EAF-16, 170 and 171)."""
    requests = {line.request_id: line.request for line in lines}
    kept_out = kept_from_paying(requests.values())
    own = belonging_to(requests.values(), user, today)
    barred = {pk for pk, users in kept_out.items() if user.pk in users} | own
    return {line.pk for line in lines if line.request_id in barred} | kept_from(lines, user, today)
