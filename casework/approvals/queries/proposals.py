"""Who can confirm, what waits for whom, what one person did alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from casework.access.rights import Reach, truth_table
from casework.accounts.models import Grant, User
from casework.accounts.states import Role
from casework.approvals.models import Proposal, ProposalState

ALONE_AFTER = timedelta(days=30)


def confirmers(action: str, *, office_id: int | None, programme: str, but: Any, today: date) -> QuerySet[User]:
    """Active people other than `but` who may confirm: in the office, or in any office when none is named."""
    roles = [role for role, right in truth_table()[action].items() if right.reach is Reach.ALL]
    grants = Grant.objects.live(today).filter(role__in=roles, user__is_active=True).exclude(user=but)
    if office_id is not None:
        grants = grants.filter(office_id=office_id)
    if programme:
        grants = grants.filter(Q(programme="") | Q(programme=programme))
    return User.objects.filter(pk__in=grants.values("user_id"))


def is_only_administrator(user: Any, today: date) -> bool:
    """Whether the person is an administrator and nobody else was one within ALONE_AFTER.

    Who was kept out or lost the role meanwhile counts, so that nobody makes themselves the only one.
    """
    since = today - ALONE_AFTER
    held = Grant.objects.filter(role=Role.ADMINISTRATOR, valid_from__lte=today, valid_to__gte=since)
    lately = held.filter(Q(ended_at__isnull=True) | Q(ended_at__date__gte=since))
    is_one = held.live(today).filter(user=user, user__is_active=True).exists()
    return is_one and not lately.exclude(user=user).exists()


def waiting_for(user: Any) -> QuerySet[Proposal]:
    """Open proposals of others that the person may decide, oldest first."""
    visible = Proposal.objects.visible_to(user).filter(state=ProposalState.OPEN).exclude(proposed_by=user)
    return visible.select_related("proposed_by").order_by("proposed_at")


def proposed_by(user: Any) -> QuerySet[Proposal]:
    """The person's own proposals, newest first."""
    return Proposal.objects.visible_to(user).filter(proposed_by=user).select_related("decided_by")


def decided(user: Any) -> QuerySet[Proposal]:
    """Decided proposals of others that the person may see, newest first."""
    visible = Proposal.objects.visible_to(user).exclude(state=ProposalState.OPEN).exclude(proposed_by=user)
    return visible.select_related("proposed_by", "decided_by").order_by("-decided_at")


def done_alone(user: Any) -> QuerySet[Proposal]:
    """What the only administrator did without a second person, newest first."""
    return Proposal.objects.visible_to(user).filter(is_alone=True).select_related("proposed_by")
