"""How far a record is and what is next until when, from a few facts: the same for pages, lists and My work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Case, OuterRef, Subquery, When
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import Standing
from casework.programmes.work import day
from casework.reference.queries import term_on
from registration.models import BirthRecord
from registration.states import Status

from .next_act import next_words

FOLLOW_UP_DAYS = 14
BACKLOG = _("Backlog to review")


def facts_of_standing(today: date) -> dict[str, Any]:
    """What tells the next act of a record and its day, as expressions over records."""
    return {
        "status": "status",
        "is_backlog": "is_backlog",
        "notify_due_on": Case(  # once it is past, by the working day to which it moves
            When(notify_due_on__lt=today, then=Coalesce("notify_effective_on", "notify_due_on")),
            default="notify_due_on",
        ),
        "since": Coalesce("status_since", "case__opened_on"),
        "next_step_on": "case__next_step_on",
        "died_on": "case__child__died_on",
        "death_due_on": Case(When(death__death_notified_on=None, then="death__death_due_on")),
        "check_office_days": term_on("registration.check_office_days", today),
        "handover_target_days": term_on("registration.handover_target_days", today),
    }


@lru_cache(maxsize=1)
def standing_facts(today: date) -> Subquery:
    """What the list of cases needs to know of each case's newest record, as JSON: the same all day, for everybody."""
    facts = JSONObject(**facts_of_standing(today))
    return Subquery(BirthRecord.rows.filter(case=OuterRef("pk")).order_by("-pk").values(facts=facts)[:1])


def standing(facts: Mapping[str, Any]) -> Standing:
    """The status of a record and its next act, from its facts."""
    status = Status(facts["status"])
    if facts["is_backlog"] or status == Status.CLOSED:
        return Standing(stage=BACKLOG if facts["is_backlog"] else status.label)
    step, _verb = next_words(status, died=facts["died_on"] is not None)
    return Standing(stage=status.label, step=step, due_on=due_of(facts))


def due_of(facts: Mapping[str, Any]) -> date | None:
    """Until when the next act is to be done; of a child who died, the notification of the death comes first."""
    if facts["death_due_on"]:
        return day(facts["death_due_on"])
    status, since = Status(facts["status"]), date.fromisoformat(facts["since"])
    wait = {
        Status.SUBMITTED: facts["check_office_days"],
        Status.INQUIRY: facts["check_office_days"],
        Status.REGISTERED: facts["handover_target_days"],
        Status.HANDED_OVER: FOLLOW_UP_DAYS,
    }
    if status in wait:
        return since + timedelta(days=int(wait[status]))
    otherwise = {Status.DRAFT: None, Status.GATHERING: day(facts["next_step_on"])}
    return day(facts["notify_due_on"]) or otherwise.get(status, since)
