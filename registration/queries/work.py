"""What waits for a clinic worker, derived from the facts of the records they lead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse

from casework.cases.states import CaseState
from casework.programmes.contributions import Standing, TeamFigure, WorkItem, WorkSource
from casework.programmes.work import day
from casework.reference.models import Term
from casework.reference.queries import terms
from registration.models import BirthRecord
from registration.states import Status, Suspension

from .lists import QUEUE_BY_KEY, visible_births
from .next_act import next_words
from .panel import birth_of

FOLLOW_UP_DAYS = 14


def births_led(user: Any, today: date) -> WorkSource:
    """The open records led by the person: the next act of the status of each, due when the rules say."""
    live = [CaseState.OPEN, CaseState.ON_HOLD]
    rows = visible_births(user).filter(case__lead=user, case__state__in=live, is_backlog=False)
    rows = rows.filter(suspension=Suspension.NONE).exclude(status=Status.CLOSED)
    return WorkSource(
        rows=rows.order_by("notify_effective_on", "-pk"), case="case", facts=facts_of_standing(today), item=_birth_item
    )


def _birth_item(facts: Mapping[str, Any]) -> WorkItem:
    title, verb = next_words(facts["status"], died=facts["died_on"] is not None)
    return WorkItem(
        key=f"birth-{facts['pk']}", title=title, verb=verb, due_on=_due_of(facts), case_id=facts["case_id"],
        url=reverse("registration:detail", args=[facts["pk"]]), icon="baby",
    )  # fmt: skip


def next_steps(case: Any, today: date) -> Iterator[tuple[str, date | None]]:
    """The next act of the case's open record and its day, for the key facts."""
    birth = birth_of(case)
    if birth is not None and birth.status != Status.CLOSED and not birth.is_backlog:
        title, _verb, due = next_act(birth, {key: int(value) for key, value in terms("registration.", today).items()})
        yield title, due


def next_act(birth: BirthRecord, days: Mapping[str, int]) -> tuple[str, str, date | None]:
    """What to do next on a record, the verb of its button, and until when."""
    title, verb = next_words(birth.status, died=birth.case.child.died_on is not None)
    death = getattr(birth, "death", None)
    due = _due(
        birth.status,
        notify_due_on=birth.notify_due_on,
        since=birth.status_since or birth.case.opened_on,
        next_step_on=birth.case.next_step_on,
        death_due_on=death.death_due_on if death is not None and death.death_notified_on is None else None,
        days=days,
    )
    return title, verb, due


def _due(
    status: str,
    *,
    notify_due_on: date | None,
    since: date,
    next_step_on: date | None,
    death_due_on: date | None,
    days: Mapping[str, int],
) -> date | None:
    if death_due_on is not None:
        return death_due_on
    wait = {
        Status.SUBMITTED: days["check_office_days"],
        Status.INQUIRY: days["check_office_days"],
        Status.REGISTERED: days["handover_target_days"],
        Status.HANDED_OVER: FOLLOW_UP_DAYS,
    }
    if status in wait:
        return since + timedelta(days=wait[Status(status)])
    otherwise = {Status.DRAFT: None, Status.GATHERING: next_step_on}
    return notify_due_on or otherwise.get(Status(status), since)


def facts_of_standing(today: date) -> dict[str, Any]:
    """What tells the next act of a record and its day, as expressions over records."""

    def days(key: str) -> Subquery:
        rows = Term.objects.live(today).filter(key=f"registration.{key}").order_by("-valid_from")
        return Subquery(rows.values("value")[:1])

    return {
        "status": "status",
        "is_backlog": "is_backlog",
        "notify_due_on": "notify_due_on",
        "since": Coalesce("status_since", "case__opened_on"),
        "next_step_on": "case__next_step_on",
        "died_on": "case__child__died_on",
        "death_due_on": Case(When(death__death_notified_on=None, then="death__death_due_on")),
        "check_office_days": days("check_office_days"),
        "handover_target_days": days("handover_target_days"),
    }


def standing_facts(today: date) -> Subquery:
    """What the list of cases needs to know of each case's newest record, as JSON."""
    facts = JSONObject(**facts_of_standing(today))
    return Subquery(BirthRecord.rows.filter(case=OuterRef("pk")).order_by("-pk").values(facts=facts)[:1])


def standing(facts: Mapping[str, Any]) -> Standing:
    """The status of a record and its next act, from its facts."""
    status = Status(facts["status"])
    if facts["is_backlog"] or status == Status.CLOSED:
        return Standing(stage=QUEUE_BY_KEY["backlog"].label if facts["is_backlog"] else status.label)
    step, _verb = next_words(status, died=facts["died_on"] is not None)
    return Standing(stage=status.label, step=step, due_on=_due_of(facts))


def _due_of(facts: Mapping[str, Any]) -> date | None:
    on = {name: day(facts[name]) for name in ("notify_due_on", "next_step_on", "death_due_on")}
    days = {name: int(facts[name]) for name in ("check_office_days", "handover_target_days")}
    return _due(facts["status"], since=date.fromisoformat(facts["since"]), days=days, **on)


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
