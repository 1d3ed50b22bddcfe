"""Note which old facts a family confirmed, and drop what nobody will do any more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.cases.facts import value_digest
from casework.cases.models import Case, FactConfirmed, Step, Task
from casework.cases.states import FactAnswer, StepState, TaskState
from casework.kernel.moves import move


@dataclass(frozen=True, kw_only=True)
class FactSaid:
    """What a family said of one fact: its key, the value as it is stored, the answer."""

    key: str
    value: str
    answer: str


@transaction.atomic
def confirm_facts(*, case: Case, said: Iterable[FactSaid], by: User, now: datetime) -> list[FactConfirmed]:
    """Write one row for each fact that was asked. A fact that was not asked leaves none."""
    rows = [
        FactConfirmed(case=case, key=fact.key, value_digest=value_digest(fact.value), answer=fact.answer, by=by, at=now)
        for fact in said
        if fact.answer in FactAnswer.values
    ]
    if rows:
        FactConfirmed.rows.bulk_create(rows)
        record_event("cases.facts.confirmed", actor=by, subject=case, case_id=case.pk, office_id=case.office_id, at=now)
    return rows


@transaction.atomic
def drop_task(*, task: Task, by: User, now: datetime) -> Task:
    """Note that a task is not needed any more. Raises TransitionNotAllowed when it is done or dropped."""
    move(task, TaskState.DROPPED)
    office_id = task.case.office_id
    record_event("cases.task.dropped", actor=by, subject=task, case_id=task.case_id, office_id=office_id, at=now)
    return task


@transaction.atomic
def drop_step(*, step: Step, by: User, now: datetime) -> Step:
    """Note that a step of the plan is not needed any more. Raises TransitionNotAllowed when it is done or dropped."""
    move(step, StepState.DROPPED)
    case = step.goal.plan.case
    record_event("cases.step.dropped", actor=by, subject=step, case_id=case.pk, office_id=case.office_id, at=now)
    return step
