"""Complaints that wait, who may read one, and who had to do with what it is about."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from casework.access.rights import truth_table
from casework.accounts.models import Grant, User
from emergency_fund.after_states import SENSITIVE, TO_ANSWER, ComplaintState
from emergency_fund.models import AssistanceRequest, Complaint, Delivery
from emergency_fund.querysets import PROGRAMME, SENSITIVE_COMPLAINTS

from .appeals import who_had_to_do
from .checks_to_make import not_worked_on


def readers_of_sensitive(office_id: int, today: date) -> QuerySet[User]:
    """Who reads complaints about the staff of an office."""
    here = Q(office_id=office_id, programme__in=["", PROGRAMME])
    roles = list(truth_table()[SENSITIVE_COMPLAINTS])
    holders = Grant.objects.live(today).filter(here, role__in=roles).values("user_id")
    return User.objects.filter(pk__in=holders, is_active=True)


def staff_of(office_id: int, today: date) -> QuerySet[User]:
    """Whom a complaint can be about: everybody with a role in the office."""
    here = Grant.objects.live(today).filter(office_id=office_id).values("user_id")
    return User.objects.filter(pk__in=here, is_active=True).order_by("full_name")


def worked_on(request: AssistanceRequest) -> frozenset[int]:
    """The ids of who asked for it, assessed, decided or handed it over."""
    paid = Delivery.rows.filter(line__request=request).values_list("by_id", flat=True)
    return who_had_to_do(request) | frozenset(paid)


def open_complaints(request: AssistanceRequest) -> QuerySet[Complaint]:
    """Those that stand against closing the request.

    One about the staff does not: that it exists is known to its reader only.
    """
    return Complaint.rows.filter(request=request).exclude(kind__in=SENSITIVE).exclude(state=ComplaintState.CLOSED)


def complaints_on(request: AssistanceRequest, user: Any) -> list[Complaint]:
    """The complaints about a request that the person may read."""
    return list(Complaint.objects.visible_to(user).filter(request=request).order_by("-pk"))


def complaints_in(user: Any, states: tuple[ComplaintState, ...]) -> QuerySet[Complaint]:
    """The complaints in some states that the person may read, the first due first."""
    rows: QuerySet[Complaint] = Complaint.objects.visible_to(user)
    return rows.filter(state__in=states).select_related("request", "noted_by").order_by("due_on", "pk")


def to_answer(user: Any) -> QuerySet[Complaint]:
    """Complaints that wait for an answer of the person: about requests on which they did not work, or the staff."""
    paid = Delivery.rows.filter(line__request=OuterRef("request"), by=user)
    others = not_worked_on(user, "request") & ~Q(Exists(paid))
    return complaints_in(user, TO_ANSWER).filter(others | Q(kind__in=SENSITIVE))


def to_tell(user: Any) -> QuerySet[Complaint]:
    """Complaints that the person took down and whose answer the family is to be told."""
    return complaints_in(user, (ComplaintState.ANSWERED,)).filter(Q(noted_by=user) | Q(kind__in=SENSITIVE))
