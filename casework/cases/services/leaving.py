"""Somebody no longer works in an office: what they have of its cases ends with the role that let them (0032, 0038)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from casework.access.rights import truth_table
from casework.accounts.models import Grant, User
from casework.audit.services import Act, record_events
from casework.cases.colleagues import case_grants
from casework.cases.models import Assignment, Case
from casework.kernel.acts import act
from casework.kernel.refusals import Refusal
from casework.notifications.services import notify
from casework.people.services.reach import CASE, end_reach

from .cases import change_lead

SEAL = "cases.case.seal"
ASSIGN = "cases.case.assign"


@act
def end_work(*, grant: Grant, by: User | None, now: datetime) -> None:
    """End what a person has of the cases of a grant's office, unless another role still lets them work on those.

    Their name stays as the lead's until a supervisor gives the case to somebody; the supervisors are told. A sealed
    case that nobody else has is given to one of them, and stays as it is where none can have it. `by` is nobody where
    the days of the role are over.
    """
    user, office_id = grant.user, grant.office_id
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
    if any(case.lead_id == user.pk for case in left):
        _tell_left(grant, now)


def _is_alone_with(case: Case, user: User, now: datetime) -> bool:
    """Whether nobody would see the case without this person."""
    others = case.assignments.live(now).exclude(user=user).filter(until_at__isnull=True, user__is_active=True)
    return case.is_sealed and not others.exists()


def _tell_left(grant: Grant, now: datetime) -> None:
    """Tell those who give cases of the office to others that somebody left and still stands as a lead."""
    name, page = grant.user.full_name, reverse("cases:team")
    for other in _others_with(ASSIGN, grant.office_id, grant.user, now):
        notify(recipient=other, action="cases.worker.left", subject=grant, label=name, url=page)


def _others_with(right: str, office_id: int, user: User, now: datetime) -> list[User]:
    """Who else has a right on the cases of an office, in the order in which they got it."""
    grants = case_grants(office_id, localdate(now)).filter(role__in=truth_table()[right], user__is_active=True)
    return list(dict.fromkeys(one.user for one in grants.exclude(user=user).select_related("user").order_by("pk")))


def _give_on(case: Case, user: User, by: User | None, now: datetime) -> bool:
    """Give a case to the first of those who seal cases in its office who is not related to the child."""
    for supervisor in _others_with(SEAL, case.office_id, user, now):
        try:
            with transaction.atomic():
                change_lead(case=case, lead=supervisor, by=by, now=now)
        except Refusal:
            continue
        return True
    return False
