"""What a family and its children had or are asked for, over all programmes and offices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from casework.aid.models import AidGiven
from casework.aid.queries import of_children, of_family
from casework.aid.states import LIVE
from casework.kernel.refusals import Finding
from casework.people.models import Family
from casework.reference.queries import terms
from emergency_fund.models import AssistanceLine, AssistanceRequest
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import requests as rules
from emergency_fund.states import FOR_FAMILY, IN_FLIGHT, LineKind, LineState, RequestState

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
    """Baht the family had or was promised in twelve months, of any programme, and what its other requests ask for.

    What a programme gave a child counts with the family in which it lives, also where it names no family.
    """
    given = AidGiven.rows.filter(of_family(family.pk), state__in=LIVE, promised_on__gt=today - YEAR)
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


@dataclass(frozen=True, kw_only=True)
class Had:
    """Help that a child had or was promised: for what time it was, and the day on which it was given or promised."""

    period: str
    on: date


def had_of(lines: Sequence[AssistanceLine]) -> dict[int, list[Had]]:
    """By the id of each line, what its child had or was promised of its kind, by any programme.

    Of what is for the whole family, what anybody in it had: the lines are of one request.
    """
    children = {line.pk: line.child.record_now().pk for line in lines}
    whose = of_children(children.values())
    if any(line.kind in FOR_FAMILY for line in lines):
        whose |= of_family(lines[0].request.family_id) & Q(kind__in=FOR_FAMILY)
    rows = AidGiven.rows.filter(whose, kind__in={line.kind for line in lines}, state__in=LIVE)
    on = Coalesce("given_on", "promised_on")
    found = list(rows.values_list("child", "child__merged_into", "kind", "subject_type", "subject_id", "period", on))
    own = AssistanceLine._meta.label_lower
    return {
        line.pk: [
            Had(period=period, on=day)
            for child, into, kind, by, subject, period, day in found
            if kind == line.kind
            and (by, subject) != (own, line.pk)
            and (kind in FOR_FAMILY or children[line.pk] in (child, into))
        ]
        for line in lines
    }


def given_already(lines: Sequence[AssistanceLine]) -> list[AssistanceLine]:
    """Of the lines of one request those whose help was promised or given for the same time, by any programme."""
    had = had_of(lines)
    return [line for line in lines if any(one.period == line.period for one in had[line.pk])]


def too_soon(lines: Sequence[AssistanceLine], *, called: Mapping[int, str], today: date) -> dict[int, list[Finding]]:
    """E-EAF-10 by the id of each line whose child had, or was promised, the same help a short while ago."""
    cooling = [line for line in lines if line.kind in COOLING]
    if not cooling:
        return {}
    days, had = terms(f"{PROGRAMME}.cooldown_", today), had_of(cooling)
    return {
        line.pk: list(
            rules.against_cooldown(
                kind=line.kind, child=called[line.pk], last=max((one.on for one in had[line.pk]), default=None),
                days=int(days[line.kind]), today=today,
            )
        )
        for line in cooling
    }  # fmt: skip


def asked_as_well(lines: Sequence[AssistanceLine]) -> dict[int, list[AssistanceLine]]:
    """By the id of each line, what undecided requests ask for as well: the same for its child, or for the family.

    The lines are of one request.
    """
    children = {line.pk: line.child.record_now().pk for line in lines}
    whose = Q(child__in=children.values()) | Q(child__merged_into__in=children.values())
    if any(line.kind in FOR_FAMILY for line in lines):
        whose |= Q(request__family=lines[0].request.family_id, kind__in=FOR_FAMILY)
    rows = AssistanceLine.rows.filter(
        whose, kind__in={line.kind for line in lines}, state=LineState.ASKED, request__state__in=sorted(IN_FLIGHT)
    )
    others = list(rows.exclude(request__in={line.request_id for line in lines}).select_related("request", "child"))
    return {
        line.pk: [
            other for other in others
            if other.kind == line.kind
            and (line.kind in FOR_FAMILY or children[line.pk] in (other.child_id, other.child.merged_into_id))
        ]
        for line in lines
    }  # fmt: skip


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
