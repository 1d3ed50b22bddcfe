"""Roles that are kept apart: the pairs, and who holds what of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from casework.accounts.models import Grant, User
from casework.accounts.states import Role
from casework.approvals.models import RoleConflict
from casework.approvals.states import PairScope
from casework.programmes.contributions import Words


def living_pairs() -> QuerySet[RoleConflict]:
    """The pairs that hold and were added."""
    return _told(RoleConflict.objects.living()).filter(is_fixed=False).order_by("role_a", "role_b")


@dataclass(frozen=True, kw_only=True)
class FixedPairs:
    """A role with the others that nobody holds together with it, for one reason."""

    role: Words
    others: Sequence[Words]
    reason: str
    source: str


def fixed_pairs() -> list[FixedPairs]:
    """The pairs that always hold, told once for each reason."""
    found: dict[str, list[RoleConflict]] = {}
    for pair in RoleConflict.objects.living().filter(is_fixed=True):
        found.setdefault(pair.reason, []).append(pair)
    return [_together(pairs) for pairs in found.values()]


def _together(pairs: Sequence[RoleConflict]) -> FixedPairs:
    sets = [{pair.role_a, pair.role_b} for pair in pairs]
    role = min(set.intersection(*sets))
    others = [Role(other).label for one in sets for other in one - {role}]
    return FixedPairs(role=Role(role).label, others=others, reason=pairs[0].reason_now, source=pairs[0].source)


def past_pairs() -> QuerySet[RoleConflict]:
    """The pairs that were ended, the newest first."""
    return _told(RoleConflict.objects.filter(ended_at__isnull=False)).order_by("-ended_at")


def _told(rows: QuerySet[RoleConflict]) -> QuerySet[RoleConflict]:
    return rows.select_related("proposed_by", "confirmed_by")


def kept_apart_from(user: Any, role: str, today: date) -> list[str]:
    """Roles that a user holds today, in any office, and that must not be held together with this one."""
    held = set(Grant.objects.live(today).filter(user=user).values_list("role", flat=True))
    pairs = RoleConflict.objects.living().filter(Q(role_a=role) | Q(role_b=role), scope=PairScope.HELD)
    return [other for pair in pairs if (other := pair.role_b if pair.role_a == role else pair.role_a) in held]


def holders_of(role: str, today: date) -> QuerySet[User]:
    """Users who hold a role today, in any office."""
    return User.objects.filter(pk__in=Grant.objects.live(today).filter(role=role).values("user"))
