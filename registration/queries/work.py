"""What waits for a clinic worker, derived from the facts of the records they lead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from casework.cases.states import CaseState
from casework.programmes.contributions import TeamFigure, Words, WorkItem, WorkSource
from registration.states import Status, Suspension

from .lists import QUEUE_BY_KEY, visible_births
from .next_act import next_words
from .panel import birth_of
from .standing import due_of, facts_of_standing, standing


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
        key=f"birth-{facts['pk']}", title=title, verb=verb, due_on=due_of(facts), case_id=facts["case_id"],
        url=reverse("registration:detail", args=[facts["pk"]]), icon="baby",
    )  # fmt: skip


def next_steps(case: Any, today: date) -> Iterator[tuple[Words, date | None]]:
    """The next act of the case's open record and its day, for the key facts."""
    birth = birth_of(case)
    if birth is not None:
        now = standing(birth.standing)  # type: ignore[attr-defined]
        if now.step:
            yield now.step, now.due_on


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
