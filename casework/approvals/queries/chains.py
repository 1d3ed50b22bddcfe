"""The policy of a day, what a person holds and did where a request belongs, and what waits for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from casework.accounts.models import Grant, User
from casework.accounts.states import Role
from casework.approvals.models import ApprovalAction, ApprovalBand, ApprovalPolicy, ApprovalRequest, RoleConflict
from casework.approvals.rules.chains import Approver
from casework.approvals.states import Act, ChainState
from casework.people.models import ConflictOfInterest
from casework.programmes.contributions import Words

MOST_NAMED = 3


def band_on(programme: str, kind: str, amount: Decimal, today: date) -> ApprovalBand | None:
    """The band of an amount in the policy that holds on a day."""
    policies = ApprovalPolicy.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today), programme=programme, kind=kind, valid_from__lte=today
    )
    bands = ApprovalBand.objects.filter(Q(amount_to__isnull=True) | Q(amount_to__gt=amount), amount_from__lte=amount)
    return bands.filter(policy__in=policies).select_related("policy").first()


def grants_for(request: ApprovalRequest, role: str, today: date) -> QuerySet[Grant]:
    """The living grants of a role where the request belongs."""
    here = Q(office_id=request.office_id_of, programme__in=["", request.programme])
    return Grant.objects.live(today).filter(here, role=role, user__is_active=True)


def holders(request: ApprovalRequest, role: str, today: date) -> set[int]:
    """The ids of people who may act on a step of this role: neither barred nor gone from it nor related."""
    people = set(grants_for(request, role, today).values_list("user_id", flat=True)) - set(request.barred)
    related = ConflictOfInterest.objects.filter(person__in=request.persons, user__in=people)
    gone = request.actions.filter(Q(act=Act.RECUSE) | ~Q(step=request.step)).values_list("user_id", flat=True)
    return people - set(related.values_list("user_id", flat=True)) - set(gone)


def approver(request: ApprovalRequest, user: Any, today: date) -> Approver:
    """What the rules ask of a person who wants to act on a request."""
    here = Q(office_id=request.office_id_of, programme__in=["", request.programme])
    roles = Grant.objects.live(today).filter(here, user=user).values_list("role", flat=True)
    return Approver(
        user_id=user.pk,
        roles=frozenset(roles),
        is_related=ConflictOfInterest.objects.filter(user=user, person__in=request.persons).exists(),
        has_acted=request.actions.filter(user=user).exists(),
        conflicts=_conflicts(request, user),
    )


def _conflicts(request: ApprovalRequest, user: Any) -> frozenset[str]:
    """Roles that do not go together with those by which the person acted on the same subject before."""
    same = ApprovalRequest.rows.filter(subject_type=request.subject_type, subject_id=request.subject_id)
    used = set(ApprovalAction.objects.filter(request__in=same, user=user).values_list("role", flat=True))
    pairs = RoleConflict.objects.filter(Q(role_a__in=used) | Q(role_b__in=used)).values_list("role_a", "role_b")
    return frozenset(b if a in used else a for a, b in pairs)


def owes_approval(user: Any, now: datetime) -> bool:
    """Whether an emergency of the person waits for its approval longer than it may."""
    overdue = ApprovalRequest.rows.pending().filter(bypassed_by=user, due_at__lt=now)
    return overdue.exists()


@dataclass(frozen=True, kw_only=True)
class StepShown:
    """A step of a chain: the role, who approved by it, and who may while it is open."""

    role: Words
    is_open: bool
    done: Sequence[ApprovalAction]
    may: Sequence[User]


def steps_shown(request: ApprovalRequest, today: date) -> list[StepShown]:
    """The chain as a page tells it; those who may act are named for the steps that are still to come."""
    actions = list(request.actions.select_related("user"))
    is_pending = request.state == ChainState.PENDING
    return [
        StepShown(
            role=Role(step["role"]).label,
            is_open=is_pending and number == request.step,
            done=[action for action in actions if action.step == number],
            may=_may(request, step["role"], today) if is_pending and number >= request.step else [],
        )
        for number, step in enumerate(request.steps)
    ]


def _may(request: ApprovalRequest, role: str, today: date) -> list[User]:
    people = grants_for(request, role, today).exclude(user__in=request.barred).values("user")
    acted = request.actions.values("user")
    related = ConflictOfInterest.objects.filter(person__in=request.persons).values("user")
    named = User.objects.filter(pk__in=people).exclude(pk__in=acted).exclude(pk__in=related)
    return list(named.order_by("full_name")[:MOST_NAMED])


def waiting_for(user: Any) -> QuerySet[ApprovalRequest]:
    """Pending requests in whose chain the person has a role, the longest waiting first."""
    rows: QuerySet[ApprovalRequest] = ApprovalRequest.objects.visible_to(user)
    return rows.filter(state=ChainState.PENDING).exclude(requested_by=user).order_by("requested_at")
