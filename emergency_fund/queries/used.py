"""What a family and its children had or are asked for, over all programmes and offices."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Max, QuerySet, Sum
from django.db.models.functions import Coalesce

from casework.aid.models import AidGiven
from casework.aid.queries import of_children
from casework.aid.states import LIVE
from casework.kernel.refusals import Finding
from casework.people.models import Family, Person
from casework.reference.queries import term
from emergency_fund.models import AssistanceLine, AssistanceRequest
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import requests as rules
from emergency_fund.states import IN_FLIGHT, LineKind, LineState, RequestState

COOLING = (LineKind.HYGIENE_KIT, LineKind.NUTRITION)
YEAR = timedelta(days=365)
NOT_HELPED = frozenset(
    {
        RequestState.REJECTED, RequestState.UPHELD, RequestState.REFERRED_OUT, RequestState.INELIGIBLE,
        RequestState.WITHDRAWN, RequestState.EXPIRED,
    }
)  # fmt: skip
"""Of these nothing counts towards what is asked together; what of them was paid stands in the help given before."""


def used_by(family: Family, *, today: date, but: AssistanceRequest | None = None) -> Decimal:
    """Baht the family had or was promised in twelve months, of any programme, and what its other requests ask for."""
    given = AidGiven.rows.filter(family=family, state__in=LIVE, promised_on__gt=today - YEAR)
    asked = AssistanceLine.rows.filter(
        request__family=family, request__state__in=sorted(IN_FLIGHT), state=LineState.ASKED
    )
    if but is not None:
        asked = asked.exclude(request=but)
        own = but.lines.values("pk")  # of help that came before its approval
        given = given.exclude(subject_type=AssistanceLine._meta.label_lower, subject_id__in=own)
    sums = [
        given.aggregate(baht=Coalesce(Sum("amount"), Decimal(0)))["baht"],
        asked.aggregate(baht=Coalesce(Sum("asked"), Decimal(0)))["baht"],
    ]
    return sum(sums, Decimal(0))


def last_given(child: Person, kind: str, *, but: AssistanceLine | None = None) -> date | None:
    """The day on which the child last had or was promised one kind of help, by any programme."""
    rows = AidGiven.rows.filter(of_children([child.record_now().pk]), kind=kind, state__in=LIVE)
    if but is not None:
        rows = rows.exclude(subject_type=AssistanceLine._meta.label_lower, subject_id=but.pk)
    return rows.aggregate(last=Max(Coalesce("given_on", "promised_on")))["last"]


def too_soon(line: AssistanceLine, *, called: str, today: date) -> list[Finding]:
    """E-EAF-10 where the child had, or was promised, the same help a short while ago."""
    if line.kind not in COOLING:
        return []
    last = last_given(line.child, line.kind, but=line)
    days = int(term(f"{PROGRAMME}.cooldown_{line.kind}", today))
    return list(rules.against_cooldown(kind=line.kind, child=called, last=last, days=days, today=today))


def near_requests(request: AssistanceRequest, days: int) -> QuerySet[AssistanceRequest]:
    """Other requests of the family made within so many days of it, that are on their way or were helped."""
    span = timedelta(days=days)
    others: QuerySet[AssistanceRequest] = AssistanceRequest.rows.filter(family=request.family_id)
    near = others.filter(received_at__range=(request.received_at - span, request.received_at + span))
    return near.exclude(pk=request.pk).exclude(state__in=sorted(NOT_HELPED)).order_by("received_at")


def asked_near(request: AssistanceRequest, days: int) -> Decimal:
    """Baht that the family's near requests ask for or got: parts of one need are decided as one."""
    lines = AssistanceLine.rows.filter(request__in=near_requests(request, days).values("pk"))
    worth = Coalesce("approved", "asked")
    return lines.exclude(state__in=[LineState.CANCELLED, LineState.REFUSED]).aggregate(
        baht=Coalesce(Sum(worth), Decimal(0))
    )["baht"]


def earlier_requests(request: AssistanceRequest) -> list[AssistanceRequest]:
    """Other requests of the family that are open, or were made for what happened within a week of this."""
    week = timedelta(days=7)
    on = request.incident.occurred_on
    others = AssistanceRequest.rows.filter(family=request.family_id).exclude(pk=request.pk)
    near = others.filter(incident__occurred_on__range=(on - week, on + week))
    return list((others.open() | near).distinct().order_by("-received_at"))
