"""Ask a supervisor for advice on a registration: a task with its day."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from casework.accounts.models import Grant, User
from casework.accounts.states import Role
from casework.cases.models import Task
from casework.cases.services.records import add_task
from casework.kernel.calendars import add_working_days
from casework.reference.queries import holiday_test
from registration.models import BirthRecord

from .intake import PROGRAMME

LEGAL_ADVICE_WORKING_DAYS = 3  # C5: refused


def ask_supervisor(*, birth: BirthRecord, title: str, on: date, by: User, today: date, now: datetime) -> Task:
    """A task for a supervisor of the record's office and programme; for the lead where there is none."""
    grants = Grant.objects.live(today).filter(role=Role.SUPERVISOR, office=birth.office_id, user__is_active=True)
    grant = grants.filter(Q(programme="") | Q(programme=PROGRAMME)).select_related("user").order_by("pk").first()
    is_holiday, _known = holiday_test({on.year, on.year + 1})
    return add_task(
        case=birth.case,
        title=title,
        owner=grant.user if grant else birth.case.lead or by,
        due_on=add_working_days(on, LEGAL_ADVICE_WORKING_DAYS, is_holiday),
        by=by,
        now=now,
    )
