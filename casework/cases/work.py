"""What waits for a person on cases: steps, tasks, plans to approve or mend, risk reviews, the next step of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.access.scopes import may
from casework.programmes.contributions import WorkItem, WorkSource
from casework.programmes.work import day

from .models import Case, CasePlan, Step, Task
from .queries import without_next_step
from .states import CaseState, PlanState, StepState, TaskState

DUE = {"title": "title", "due_on": "due_on"}


def work_sources(user: Any, today: date) -> Iterator[WorkSource]:
    """Everything on cases that waits for the person."""
    yield _steps(user)
    yield _tasks(user)
    if may(user, "cases.plan.approve"):
        yield _plans_to_approve(user, today)
    yield _plans_to_mend(user, today)
    yield _risk_reviews(user, today)
    yield _next_steps(user)
    yield _without_next_step(user)


def _case_page(row: Mapping[str, Any]) -> str:
    return reverse("cases:detail", args=[row["case_id"]])


def _dated_item(row: Mapping[str, Any], kind: str, verb: str) -> WorkItem:
    return WorkItem(
        key=f"{kind}-{row['pk']}", title=row["title"], verb=verb, icon="list-checks", due_on=day(row["due_on"]),
        url=_case_page(row), case_id=row["case_id"],
    )  # fmt: skip


def _steps(user: Any) -> WorkSource:
    rows = Step.objects.visible_to(user).filter(
        responsible=user, state=StepState.TO_DO, goal__plan__state=PlanState.APPROVED
    )
    item = partial(_dated_item, kind="step", verb=_("Open plan"))
    return WorkSource(rows=rows.order_by("due_on", "pk"), case="goal__plan__case", facts=DUE, item=item)


def _tasks(user: Any) -> WorkSource:
    rows = Task.objects.visible_to(user).filter(owner=user, state=TaskState.TO_DO)
    item = partial(_dated_item, kind="task", verb=_("Add note"))
    return WorkSource(rows=rows.order_by("due_on", "pk"), case="case", facts=DUE, item=item)


def _plans_to_approve(user: Any, today: date) -> WorkSource:
    rows = CasePlan.objects.visible_to(user).filter(state=PlanState.SUBMITTED)
    rows = rows.exclude(submitted_by=user).exclude(written_by=user).exclude(changed_by__contains=[user.pk])

    def item(row: Mapping[str, Any]) -> WorkItem:
        return WorkItem(
            key=f"plan-{row['pk']}", title=_("Plan waits for your approval"), verb=_("Read plan"), icon="circle-check",
            due_on=today, url=_case_page(row), case_id=row["case_id"], group="decide",
        )  # fmt: skip

    return WorkSource(rows=rows.order_by("submitted_at"), case="case", item=item)


def _plans_to_mend(user: Any, today: date) -> WorkSource:
    rows = CasePlan.objects.visible_to(user).filter(state=PlanState.RETURNED, written_by=user)

    def item(row: Mapping[str, Any]) -> WorkItem:
        return WorkItem(
            key=f"returned-{row['pk']}", title=_("Plan returned: “%(words)s”") % {"words": row["words"]},
            verb=_("Revise plan"), icon="undo-2", due_on=today, url=_case_page(row), case_id=row["case_id"],
            group="returned",
        )  # fmt: skip

    return WorkSource(rows=rows.order_by("pk"), case="case", facts={"words": "decision_text"}, item=item)


def _led(user: Any) -> QuerySet[Case]:
    return Case.objects.visible_to(user).filter(lead=user, state=CaseState.OPEN)


def _risk_reviews(user: Any, today: date) -> WorkSource:
    rows = _led(user).filter(risk_review_on__lte=today).order_by("risk_review_on", "pk")

    def item(row: Mapping[str, Any]) -> WorkItem:
        return WorkItem(
            key=f"risk-{row['pk']}", title=_("Review the risk level"), verb=_("Review"), icon="shield-alert",
            due_on=day(row["due_on"]), url=reverse("cases:risk", args=[row["pk"]]), case_id=row["pk"],
        )  # fmt: skip

    return WorkSource(rows=rows, case="pk", facts={"due_on": "risk_review_on"}, item=item)


def _next_steps(user: Any) -> WorkSource:
    def item(row: Mapping[str, Any]) -> WorkItem:
        return WorkItem(
            key=f"step-of-{row['pk']}", title=row["title"], verb=_("Set next step"), icon="calendar-days",
            due_on=day(row["due_on"]), url=reverse("cases:next", args=[row["pk"]]), case_id=row["pk"],
        )  # fmt: skip

    rows = _led(user).exclude(next_step="").order_by("next_step_on", "pk")
    return WorkSource(rows=rows, case="pk", facts={"title": "next_step", "due_on": "next_step_on"}, item=item)


def _without_next_step(user: Any) -> WorkSource:
    def item(row: Mapping[str, Any]) -> WorkItem:
        return WorkItem(
            key=f"next-{row['pk']}", title=_("No next step"), verb=_("Set next step"), icon="calendar-days",
            due_on=None, url=reverse("cases:next", args=[row["pk"]]), case_id=row["pk"],
        )  # fmt: skip

    return WorkSource(rows=_led(user).filter(without_next_step()).order_by("pk"), case="pk", item=item)
