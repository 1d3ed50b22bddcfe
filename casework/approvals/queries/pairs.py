"""Roles that are kept apart: the pairs, and who holds what of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from casework.accounts.models import Grant, User
from casework.approvals.models import RoleConflict
from casework.approvals.states import PairScope


def living_pairs() -> QuerySet[RoleConflict]:
    """The pairs that hold, those of the site itself last."""
    return _told(RoleConflict.objects.living()).order_by("is_fixed", "role_a", "role_b")


def past_pairs() -> QuerySet[RoleConflict]:
    """The pairs that were ended, the newest first."""
    return _told(RoleConflict.objects.filter(ended_at__isnull=False)).order_by("-ended_at")


def _told(rows: QuerySet[RoleConflict]) -> QuerySet[RoleConflict]:
    return rows.select_related("proposed_by", "confirmed_by")


def kept_apart_from(user: Any, role: str, today: date) -> list[str]:
    """The roles that a person holds today, in whatever office, and that nobody holds together with this one."""
    held = set(Grant.objects.live(today).filter(user=user).values_list("role", flat=True))
    pairs = RoleConflict.objects.living().filter(Q(role_a=role) | Q(role_b=role), scope=PairScope.HELD)
    return [other for pair in pairs if (other := pair.role_b if pair.role_a == role else pair.role_a) in held]


def holders_of(role: str, today: date) -> QuerySet[User]:
    """Who holds a role today, in whatever office."""
    return User.objects.filter(pk__in=Grant.objects.live(today).filter(role=role).values("user"))
