"""Families of the clinic to call today, derived from where their registration stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from casework.programmes.contributions import CallReason
from casework.reference.queries import terms
from registration.models import FollowUp, InquiryStep, Submission
from registration.states import COMES_AGAIN, WAITING, FollowUpAnswer, Status

from .lists import ACTIVE, due_soon, visible_births
from .standing import FOLLOW_UP_DAYS


def call_reasons(user: Any, today: date) -> Iterator[CallReason]:
    """Certificates to collect, visits of tomorrow, results to ask, time limits near, follow-ups missed."""
    births = visible_births(user).filter(ACTIVE, case__state="open")
    tomorrow = today + timedelta(days=1)
    days = {key: int(value) for key, value in terms("registration.", today).items()}

    for case_id, since in births.filter(status=Status.REGISTERED).values_list("case_id", "status_since"):
        yield CallReason(case_id=case_id, words=_("The birth certificate can be collected"), due_on=since)

    for case_id, due in births.filter(due_soon(today)).values_list("case_id", "notify_due_on"):
        yield CallReason(case_id=case_id, words=_("The 15 days end soon: ask what is missing"), due_on=due)

    is_due = Q(result__in=COMES_AGAIN, appointment_on=tomorrow) | Q(result__in=WAITING, appointment_on__lte=today)
    visits = Submission.rows.filter(is_due, birth__in=births)
    for case_id, on in visits.values_list("birth__case_id", "appointment_on"):
        words = _("Tomorrow: registry office") if on == tomorrow else _("Ask what the registry office said")
        yield CallReason(case_id=case_id, words=words, due_on=on)

    silent = today - timedelta(days=days["check_office_days"])
    waiting = births.filter(status=Status.SUBMITTED, status_since__lte=silent)
    wait = timedelta(days=days["check_office_days"])
    for case_id, since in waiting.values_list("case_id", "status_since"):
        asked_on = since + wait if since else None
        yield CallReason(case_id=case_id, words=_("Ask whether the office has answered"), due_on=asked_on)

    steps = InquiryStep.rows.filter(birth__in=births, done_on__isnull=True, planned_on__lte=tomorrow)
    for case_id, on in steps.values_list("birth__case_id", "planned_on"):
        words = _("Tomorrow: inquiry at the office") if on == tomorrow else _("Ask how the inquiry went")
        yield CallReason(case_id=case_id, words=words, due_on=on)

    missed = today - timedelta(days=FOLLOW_UP_DAYS)
    open_ones = FollowUp.rows.filter(birth__in=births.filter(status=Status.HANDED_OVER), answer=FollowUpAnswer.OPEN)
    late = (
        open_ones.filter(birth__status_since__lte=missed)
        .order_by()
        .values_list("birth__case_id", "birth__status_since")
    )
    for case_id, since in late.distinct():
        due = since + timedelta(days=FOLLOW_UP_DAYS)
        yield CallReason(case_id=case_id, words=_("Ask about insurance, vaccination and school"), due_on=due)
