"""Ask a supervisor for advice on a registration: a task with its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db.models import Q
from django.utils import translation

from casework.accounts.models import Grant, User
from casework.accounts.states import Role
from casework.cases.models import Task
from casework.cases.services.records import add_task
from casework.kernel.calendars import add_working_days
from casework.reference.queries import holiday_test
from registration.models import BirthRecord

from .intake import PROGRAMME

LEGAL_ADVICE_WORKING_DAYS = 3  # C5: refused


def ask_supervisor(
    *, birth: BirthRecord, title: Callable[[], str], on: date, by: User, today: date, now: datetime
) -> Task:
    """A task for a supervisor of the record's office and programme, in their language; for the lead where none is."""
    grants = Grant.objects.live(today).filter(role=Role.SUPERVISOR, office=birth.office_id, user__is_active=True)
    grant = grants.filter(Q(programme="") | Q(programme=PROGRAMME)).select_related("user").order_by("pk").first()
    owner = grant.user if grant else birth.case.lead or by
    is_holiday, _known = holiday_test({on.year, on.year + 1})
    with translation.override(owner.language):
        words = title()
    return add_task(
        case=birth.case,
        title=words,
        owner=owner,
        due_on=add_working_days(on, LEGAL_ADVICE_WORKING_DAYS, is_holiday),
        by=by,
        now=now,
    )
