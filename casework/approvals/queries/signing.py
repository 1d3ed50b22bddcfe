"""Who signs the letters of an office on a day (day.md 10 and 24)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.accounts.models import Grant, User
from casework.approvals.models import Absence
from casework.approvals.models.absences import SIGNS


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Somebody who signs, in their own right or for one who is away."""

    user: User
    absent: User | None = None


def signers(office_id: int, programmes: Iterable[str], on: date) -> list[Signer]:
    """The supervisors of the office who are there on that day, then the deputies of those who are away."""
    live = Grant.objects.live(on).filter(role=SIGNS, user__is_active=True)
    here = live.filter(office=office_id, programme__in=["", *programmes])
    people = User.objects.filter(pk__in=here.values("user"))
    away: Any = Absence.rows.on(on)
    gone = {absence.user_id: absence for absence in away.filter(user__in=people).select_related("user", "deputy")}
    there = live.exclude(user__in=away.values("user"))
    fit = set(there.values_list("user", flat=True)) if gone else set()
    present = [Signer(user=user) for user in people if user.pk not in gone]
    return [*present, *(Signer(user=row.deputy, absent=row.user) for row in gone.values() if row.deputy_id in fit)]
