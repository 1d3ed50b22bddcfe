"""What an appeal is about, until when it can be made, who had to do with the decision, and how it stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from casework.access.scopes import may
from casework.approvals.models import ApprovalAction, ApprovalRequest
from casework.approvals.queries.chains import steps_shown
from casework.approvals.services.chains import can_act
from casework.audit.models import Event
from casework.kernel.guards import Verdict
from casework.kernel.subjects import subject_type
from casework.people.models import FamilyMember
from casework.reference.queries import term
from emergency_fund.after_states import NOTHING_GIVEN, PART_GIVEN, AppealState
from emergency_fund.models import Appeal, AssistanceLine, AssistanceRequest
from emergency_fund.querysets import APPROVE, PROGRAMME
from emergency_fund.rules.appeals import can_appeal
from emergency_fund.states import LineState

from .clock import left_words
from .emergencies import waits_for_approval
from .kits import handed_whole

WORKED_ON = ("screened", "recommended", "referred_out", "ineligible")
"""Acts before the decision whose people do not decide on the appeal either."""
NOT_APPEALED = (LineState.CANCELLED, LineState.EXPIRED)


def appeal_of(request: AssistanceRequest) -> Appeal | None:
    """The appeal against the decision, if the family made one."""
    return Appeal.rows.filter(request=request).select_related("made_by", "noted_by", "approval").first()


def missed_of(line: AssistanceLine) -> Decimal:
    """What was asked for and not approved."""
    return line.asked - (line.approved or Decimal(0))


def lines_appealed(request: AssistanceRequest) -> list[AssistanceLine]:
    """The lines of which something was refused or lowered; not a kit that the family has whole."""
    lines = request.lines.exclude(state__in=NOT_APPEALED).filter(~handed_whole()).select_related("budget_line")
    return [line for line in lines if missed_of(line) > 0]


def decided_on(request: AssistanceRequest) -> date | None:
    """The day of the decision; none of one that is not dated."""
    return timezone.localdate(request.decided_at) if request.decided_at else None


def runs_from(request: AssistanceRequest) -> date | None:
    """The day from which the time to appeal runs: of the decision, or of the approval that came after the help."""
    approval = request.approval
    is_after = approval is not None and approval.bypassed_by_id is not None and approval.decided_at is not None
    after = timezone.localdate(approval.decided_at) if approval and is_after else None
    on = decided_on(request)
    return max(on, after) if on and after else on


def appeal_until(request: AssistanceRequest) -> date | None:
    """The last day on which the family can say that it does not agree."""
    on = runs_from(request)
    return on and on + timedelta(days=int(term(f"{PROGRAMME}.appeal_days", on)))


def may_be_appealed(request: AssistanceRequest, appeal: Appeal | None) -> Verdict:
    """Whether the family can appeal, were it in time."""
    return can_appeal(
        is_less=gives_less(request), has_appealed=appeal is not None, is_decided=not waits_for_approval(request)
    )


def gives_less(request: AssistanceRequest) -> bool:
    """Whether it was decided to give nothing, or less than was asked for."""
    return request.state in NOTHING_GIVEN or (request.state in PART_GIVEN and bool(lines_appealed(request)))


def who_worked_on(request: AssistanceRequest) -> frozenset[int]:
    """The ids of who asked for it, assessed, screened or recommended it, or acted in a chain on it."""
    return frozenset(who_worked_on_each([request])[request.pk])


def who_worked_on_each(requests: Collection[AssistanceRequest]) -> dict[int, set[int]]:
    """The same for each of these requests, by the request."""
    about = {"subject_type": subject_type(AssistanceRequest()), "subject_id__in": [request.pk for request in requests]}
    acted = ApprovalAction.objects.filter(request__in=ApprovalRequest.rows.filter(**about))
    worked = Event.objects.filter(
        **about, action__in=[f"{PROGRAMME}.request.{done}" for done in WORKED_ON], actor__isnull=False
    )
    found = {request.pk: set(request.makers) for request in requests}
    for pk, user in acted.values_list("request__subject_id", "user_id").union(
        worked.values_list("subject_id", "actor_id")
    ):
        found[pk].add(user)
    return found


def who_had_to_do(request: AssistanceRequest) -> frozenset[int]:
    """The ids of who worked on it, and of who was kept from its chains, such as who paid before they had decided."""
    chains = ApprovalRequest.rows.filter(subject_type=subject_type(request), subject_id=request.pk)
    barred = {user for ids in chains.values_list("barred", flat=True) for user in ids}
    return who_worked_on(request) | barred


def persons_of(request: AssistanceRequest) -> set[int]:
    """The ids of the people it is for, of whom who decides must not be a relative or friend."""
    members = FamilyMember.rows.filter(family=request.family_id, until_on__isnull=True)
    children = request.lines.values_list("child_id", flat=True)
    return {request.requester_id, *members.values_list("person_id", flat=True), *children}


def to_decide_appeal(user: Any) -> Q:
    """Appeals whose open step the person may act on, having nothing to do with the family or who is paid."""
    return Q(approval__in=ApprovalRequest.objects.visible_to(user).to_act_on(user).free_of_interest(user))


def appeals_to_decide(user: Any) -> QuerySet[Appeal]:
    """The open appeals on which the person decides next."""
    rows = Appeal.rows.filter(state=AppealState.OPEN).visible_to(user)
    return rows.filter(to_decide_appeal(user)).order_by("due_at")


@dataclass(frozen=True, kw_only=True)
class AppealShown:
    """An appeal as the page of its request tells it."""

    appeal: Appeal
    clock: str
    is_late: bool
    steps: Sequence[Any]
    verdict: Verdict | None
    """Whether the person decides on it now; None for who has no part in deciding, or when it is decided."""

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided yet."""
        return self.appeal.state == AppealState.OPEN


def appeal_shown(appeal: Appeal, user: Any, now: datetime) -> AppealShown:
    """The appeal with its clock, its steps, and what the person may do."""
    is_open, approval = appeal.state == AppealState.OPEN, appeal.approval
    office_id, programmes = appeal.access_place()
    decides = is_open and may(user, APPROVE, office_id=office_id, programmes=programmes) is not None
    return AppealShown(
        appeal=appeal,
        clock=left_words(appeal.due_at, now) if is_open else "",
        is_late=is_open and appeal.due_at < now,
        steps=steps_shown(approval, timezone.localdate(now)) if approval else [],
        verdict=can_act(approval, user, now) if approval and decides else None,
    )
