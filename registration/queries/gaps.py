"""What is missing from the births of a month of an office before it is closed (day.md 27)."""

from __future__ import annotations

from casework.reports.figures import Ids
from casework.reports.periods import Period
from registration.models import BirthRecord
from registration.states import Result, Status


def missing_in(office: int, month: Period) -> dict[str, Ids]:
    """Records by what is missing: a way of those taken up in the month, a result, a certificate handed over."""
    births = BirthRecord.rows.all().real().filter(office=office).exclude(status=Status.CLOSED)
    days = (month.first, month.last)
    parts = {
        "way": births.filter(track="", case__received_on__range=days),
        "result": births.filter(submissions__submitted_on__range=days, submissions__result=Result.PENDING),
        "hand-over": births.filter(status=Status.REGISTERED, outcome__registered_on__range=days),
    }
    return {key: frozenset(rows.values_list("pk", flat=True)) for key, rows in parts.items()}
