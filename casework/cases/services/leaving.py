"""Somebody no longer works in an office: what they have of its cases ends with the role that let them (0032)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from casework.access.rights import truth_table
from casework.accounts.models import User
from casework.audit.services import Act, record_events
from casework.cases.colleagues import case_grants
from casework.cases.models import Assignment, Case
from casework.kernel.acts import act
from casework.kernel.refusals import Refusal
from casework.people.services.reach import CASE, end_reach

from .cases import change_lead

SEAL = "cases.case.seal"


@act
def end_work(*, user: User, office_id: int, by: User, now: datetime) -> None:
    """End what a person has of an office's cases, unless another role still lets them work on those.

    Their name stays as the lead's until a supervisor gives the case to somebody. A sealed case that nobody else has is
    given to a supervisor of the office, who is told; it stays as it is where there is none who can have it.
    """
    if case_grants(office_id, localdate(now)).filter(user=user).exists():
        return
    mine = Assignment.rows.live(now).filter(user=user, case__office=office_id)
    cases = {one.case_id: one.case for one in mine.select_related("case__child").order_by("case", "pk")}
    left = [case for case in cases.values() if not _is_alone_with(case, user, now) or _give_on(case, user, by, now)]
    numbers = [case.pk for case in left]
    Assignment.rows.filter(user=user, case__in=numbers, ended_at__isnull=True).update(ended_at=now)
    end_reach(source_type=CASE, source_ids=numbers, user_id=user.pk)
    acts = [
        Act(subject=case, case_id=case.pk, office_id=office_id, changes={"worker": (user.pk, None)}) for case in left
    ]
    record_events("cases.case.left", actor=by, acts=acts, at=now)


def _is_alone_with(case: Case, user: User, now: datetime) -> bool:
    """Whether nobody would see the case without this person."""
    others = case.assignments.live(now).exclude(user=user).filter(until_at__isnull=True, user__is_active=True)
    return case.is_sealed and not others.exists()


def _give_on(case: Case, user: User, by: User, now: datetime) -> bool:
    """Give a case to the first of those who seal cases in its office who is not related to the child."""
    sealing = case_grants(case.office_id, localdate(now)).filter(role__in=truth_table()[SEAL], user__is_active=True)
    for grant in sealing.exclude(user=user).select_related("user").order_by("pk"):
        try:
            with transaction.atomic():
                change_lead(case=case, lead=grant.user, by=by, now=now)
        except Refusal:
            continue
        return True
    return False
