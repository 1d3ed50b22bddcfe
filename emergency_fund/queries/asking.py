"""The cases through which a person may ask the fund: those they see, and for fund officers those of their office."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from casework.access.scopes import offices_of
from casework.cases.models import Case
from casework.cases.querysets import seen_by, unrelated_to
from emergency_fund.models import AssistanceRequest
from emergency_fund.querysets import PROGRAMME, SCREEN


def cases_to_ask_for(user: Any) -> QuerySet[Case]:
    """Cases the person sees, and open ones of the offices in which they screen for the fund that are not sealed.

    Of the latter a fund officer learns the names of the children and nothing else of the case.
    """
    offices = offices_of(user, SCREEN, programme=PROGRAMME)
    by_number = Q(office_id__in=offices, is_sealed=False) & unrelated_to(user)
    rows: QuerySet[Case] = Case.rows.filter(seen_by(user) | by_number)
    return rows


def is_seen(case: Case, user: Any) -> bool:
    """Whether the person sees the case itself."""
    return Case.rows.filter(seen_by(user), pk=case.pk).exists()


def case_numbered(number: str, user: Any) -> Case | None:
    """The open case of this number through which the person may ask."""
    return cases_to_ask_for(user).open().filter(number=number).first()  # type: ignore[attr-defined]


def asked_already(case: Case, user: Any) -> list[AssistanceRequest]:
    """What the family has on its way at the fund, of what the person sees, so that nobody asks for it twice."""
    if case.family_id is None:
        return []
    rows = AssistanceRequest.objects.visible_to(user).open().filter(family=case.family_id)
    return list(rows.prefetch_related("lines").order_by("-received_at"))
