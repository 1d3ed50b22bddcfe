"""What waits for a person on cases: steps, tasks, plans to approve or mend, risk reviews, cases without a next step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.access.scopes import may
from casework.people.models import PersonName
from casework.programmes.contributions import WorkItem

from .models import Case, CasePlan, Step, Task
from .queries import without_next_step
from .states import CaseState, PlanState, StepState, TaskState

MOST = 60


def _names(path: str) -> Prefetch:
    return Prefetch(path, queryset=PersonName.rows.order_by("-is_primary", "pk"))


def _item(case: Case, today: date, **values: Any) -> WorkItem:
    child = case.child
    others = child.other_names
    return WorkItem(
        case_id=case.pk,
        child_name=child.name,
        child_alt=others[0].full if others else "",
        age=child.birth.age_text(today, (get_language() or "en")[:2]),
        case_number=case.number,
        is_high_risk=case.risk == "high",
        **values,
    )


def work_items(user: Any, today: date) -> Iterator[WorkItem]:
    """Everything on cases that waits for the person."""
    yield from _steps(user, today)
    yield from _tasks(user, today)
    yield from _plans(user, today)
    yield from _cases(user, today)


def _steps(user: Any, today: date) -> Iterator[WorkItem]:
    rows = Step.objects.visible_to(user).filter(
        responsible=user, state=StepState.TO_DO, goal__plan__state=PlanState.APPROVED
    )
    rows = rows.select_related("goal__plan__case__child").prefetch_related(_names("goal__plan__case__child__names"))
    for step in rows.order_by("due_on")[:MOST]:
        case = step.goal.plan.case
        yield _item(
            case,
            today,
            key=f"step-{step.pk}",
            title=step.title,
            verb=_("Open plan"),
            icon="list-checks",
            due_on=step.due_on,
            url=reverse("cases:detail", args=[case.pk]),
        )


def _tasks(user: Any, today: date) -> Iterator[WorkItem]:
    rows = Task.objects.visible_to(user).filter(owner=user, state=TaskState.TO_DO)
    rows = rows.select_related("case__child").prefetch_related(_names("case__child__names"))
    for task in rows.order_by("due_on")[:MOST]:
        yield _item(
            task.case,
            today,
            key=f"task-{task.pk}",
            title=task.title,
            verb=_("Add note"),
            icon="list-checks",
            due_on=task.due_on,
            url=reverse("cases:detail", args=[task.case_id]),
        )


def _plans(user: Any, today: date) -> Iterator[WorkItem]:
    rows = (
        CasePlan.objects.visible_to(user).select_related("case__child").prefetch_related(_names("case__child__names"))
    )
    if may(user, "cases.plan.approve"):
        waiting = rows.filter(state=PlanState.SUBMITTED).exclude(submitted_by=user).exclude(written_by=user)
        for plan in waiting.order_by("submitted_at")[:MOST]:
            yield _item(
                plan.case,
                today,
                key=f"plan-{plan.pk}",
                title=_("Plan waits for your approval"),
                verb=_("Read plan"),
                icon="circle-check",
                due_on=today,
                url=reverse("cases:detail", args=[plan.case_id]),
                group="decide",
            )
    for plan in rows.filter(state=PlanState.RETURNED, written_by=user)[:MOST]:
        yield _item(
            plan.case,
            today,
            key=f"returned-{plan.pk}",
            title=_("Plan returned: “%(words)s”") % {"words": plan.decision_text},
            verb=_("Mend plan"),
            icon="undo-2",
            due_on=today,
            url=reverse("cases:detail", args=[plan.case_id]),
            group="returned",
        )


def _led(user: Any) -> QuerySet[Case]:
    rows = Case.objects.visible_to(user).filter(lead=user, state=CaseState.OPEN)
    return rows.select_related("child").prefetch_related(_names("child__names"))


def _cases(user: Any, today: date) -> Iterator[WorkItem]:
    for case in _led(user).filter(risk_review_on__lte=today).order_by("risk_review_on")[:MOST]:
        yield _item(
            case,
            today,
            key=f"risk-{case.pk}",
            title=_("Review the risk level"),
            verb=_("Review"),
            icon="shield-alert",
            due_on=case.risk_review_on,
            url=reverse("cases:risk", args=[case.pk]),
        )
    for case in _led(user).filter(without_next_step())[:MOST]:
        yield _item(
            case,
            today,
            key=f"next-{case.pk}",
            title=_("No next step"),
            verb=_("Set next step"),
            icon="calendar-days",
            due_on=None,
            url=reverse("cases:next", args=[case.pk]),
        )
