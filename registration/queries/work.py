"""What waits for a clinic worker, derived from the facts of the records they lead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import get_language

from casework.cases.states import CaseState
from casework.programmes.contributions import TeamFigure, WorkItem
from casework.reference.queries import terms
from registration.models import BirthRecord
from registration.states import Status, Suspension

from .lists import QUEUE_BY_KEY, overdue, visible_births, with_names
from .next_act import next_words
from .panel import birth_of

MOST = 60
FOLLOW_UP_DAYS = 14


def work_items(user: Any, today: date) -> Iterator[WorkItem]:
    """One item per open record led by the person: the next act of its status, due when the rules say."""
    days = {key: int(value) for key, value in terms("registration.", today).items()}
    live = [CaseState.OPEN, CaseState.ON_HOLD]
    rows = visible_births(user).filter(case__lead=user, case__state__in=live, is_backlog=False)
    rows = rows.filter(suspension=Suspension.NONE)
    for birth in with_names(rows.exclude(status=Status.CLOSED).order_by("notify_effective_on", "-pk"))[:MOST]:
        title, verb, due = next_act(birth, days)
        child = birth.case.child
        others = child.other_names
        yield WorkItem(
            key=f"birth-{birth.pk}",
            title=title,
            verb=verb,
            url=reverse("registration:detail", args=[birth.pk]),
            due_on=due,
            case_id=birth.case_id,
            child_name=child.name,
            child_alt=others[0].full if others else "",
            age=child.birth.age_text(today, (get_language() or "en")[:2]),
            case_number=birth.case.number,
            icon="baby",
            is_high_risk=birth.case.risk == "high",
        )


def next_steps(case: Any, today: date) -> Iterator[tuple[str, date | None]]:
    """The next act of the case's open record and its day, for the key facts."""
    birth = birth_of(case)
    if birth is not None and birth.status != Status.CLOSED and not birth.is_backlog:
        title, _verb, due = next_act(birth, {key: int(value) for key, value in terms("registration.", today).items()})
        yield title, due


def next_act(birth: BirthRecord, days: dict[str, int]) -> tuple[str, str, date | None]:
    """What to do next on a record, the verb of its button, and until when."""
    title, verb = next_words(birth.status, died=birth.case.child.died_on is not None)
    return title, verb, _due(birth, days)


def _due(birth: BirthRecord, days: dict[str, int]) -> date | None:
    since = birth.status_since or birth.case.opened_on
    due = birth.notify_due_on
    death = getattr(birth, "death", None)
    if death is not None and death.death_notified_on is None:
        return death.death_due_on
    wait = {
        Status.SUBMITTED: days["check_office_days"],
        Status.INQUIRY: days["check_office_days"],
        Status.REGISTERED: days["handover_target_days"],
        Status.HANDED_OVER: FOLLOW_UP_DAYS,
    }
    if birth.status in wait:
        return since + timedelta(days=wait[Status(birth.status)])
    otherwise = {Status.DRAFT: None, Status.GATHERING: birth.case.next_step_on}
    return due or otherwise.get(Status(birth.status), since)


TEAM_QUEUES = (("soon", False), ("late", True), ("blocked", True))


def team_figures(user: Any, today: date) -> Iterator[TeamFigure]:
    """How many births of each urgent queue everybody leads, in one query."""
    kinds = {key: Count("pk", filter=Q(QUEUE_BY_KEY[key].condition(today))) for key, _warns in TEAM_QUEUES}
    open_ones = visible_births(user).exclude(status=Status.CLOSED)
    rows = list(open_ones.order_by().values("case__lead").annotate(**kinds))
    for key, warns in TEAM_QUEUES:
        counts = {row["case__lead"]: row[key] for row in rows}
        label = QUEUE_BY_KEY[key].label
        yield TeamFigure(key=f"birth-{key}", label=label, counts=counts, url=_births_of(key), is_warning=warns)


def _births_of(queue: str) -> Callable[[int], str]:
    return lambda lead: f"{reverse('registration:list')}?lead={lead}&queue={queue}"


def overdue_count(user: Any, today: date) -> int:
    """Late records of the person's offices, up to 99, for the side bar."""
    return visible_births(user).filter(overdue(today) & Q(case__lead=user)).values("pk")[:99].count()
