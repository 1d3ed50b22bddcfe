"""A child died: what the fund still does for that child alone ends at once (day.md 8)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from casework.accounts.models import User
from casework.aid.queries import of_children
from casework.audit.services import record_event
from casework.kernel.acts import act
from casework.people.models import FamilyMember, Person
from emergency_fund.models import AssistanceLine, AssistanceRequest
from emergency_fund.queries.family import can_help
from emergency_fund.querysets import PROGRAMME
from emergency_fund.states import FOR_FAMILY, OPEN_STATES, LineState, RequestState

from .cards import go_on_without
from .deciding import tell_asker
from .delivering import OPEN_LINES, end_request, give_back_line
from .holding import hold_all_with_budget
from .releasing import end_line, release_line

GOING = (LineState.ASKED, *OPEN_LINES)


def hold_what_ends(*, child: Person) -> None:
    """Hold the requests and the budget that a death gives back, in the order in which an approval holds them."""
    hold_all_with_budget(_waiting(_lines_of(child)))


def _lines_of(child: Person) -> QuerySet[AssistanceLine]:
    shared = Q(kind__in=FOR_FAMILY, request__family__in=FamilyMember.rows.filter(person=child).values("family"))
    return AssistanceLine.rows.filter(of_children([child.pk]) | shared, state__in=GOING)


def _waiting(lines: QuerySet[AssistanceLine]) -> QuerySet[AssistanceRequest]:
    return AssistanceRequest.rows.filter(pk__in=lines.values("request"), state__in=OPEN_STATES)


@act
def give_back_of_the_dead(*, child: Person, by: User, now: datetime) -> None:
    """Give back what is asked for, approved and not yet paid for a child who died; what is paid stays given.

    A kit goes to the other children of the family. Where nothing is left of a request, it ends.
    """
    lines = _lines_of(child)
    for request in hold_all_with_budget(_waiting(lines)):
        own = request.lines.filter(pk__in=lines.values("pk")).select_related("child", "budget_line")
        lost = [line for line in own if not can_help(line, timezone.localdate(now))]
        for line in lost:
            _give_back(line, by, now)
        if lost:
            _go_on(request, by, now)


def _give_back(line: AssistanceLine, by: User, now: datetime) -> None:
    if line.state != LineState.ASKED:
        give_back_line(line, LineState.CANCELLED, by=by, now=now)
        return
    if line.request.state == RequestState.IN_APPROVAL:
        release_line(line, by=by, now=now)
    end_line(line, LineState.CANCELLED, now=now, approved=Decimal(0))


def _go_on(request: AssistanceRequest, by: User, now: datetime) -> None:
    """The rest of it goes on; with nothing left it is delivered, or taken back."""
    if request.state in (RequestState.APPROVED, RequestState.IN_DELIVERY):
        go_on_without(request, by, now)
    elif not request.lines.filter(state=LineState.ASKED).exists():
        end_request(request, RequestState.WITHDRAWN, by=by, now=now)
    record_event(
        f"{PROGRAMME}.request.child-died", actor=by, subject=request, case_id=request.case_id,
        office_id=request.office_id, at=now,
    )  # fmt: skip
    tell_asker(request, "child-died")
