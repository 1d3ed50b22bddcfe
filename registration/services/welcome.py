"""A family is here again: old facts confirmed, stale things dropped, the case taken up (day.md 17)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.audit.services import changed_fields
from casework.cases.models import Step, Task
from casework.cases.services.cases import resume_case, set_next_step
from casework.cases.services.facts import FactSaid, confirm_facts, drop_step, drop_task
from casework.cases.services.records import add_task
from casework.cases.states import CaseState
from casework.kernel.refusals import Refusal
from registration.models import BirthRecord
from registration.queries.welcome import away, track_today
from registration.rules.welcome import can_welcome_back
from registration.states import Status, Suspension

from .progress import note, reopen_birth, suspend


@transaction.atomic
def welcome_back(
    *,
    birth: BirthRecord,
    said: Iterable[FactSaid],
    dropped_tasks: Iterable[Task],
    dropped_steps: Iterable[Step],
    next_step: str,
    next_step_on: date | None,
    reason: str,
    by: User,
    now: datetime,
    today: date,
) -> BirthRecord:
    """Take the case up again: confirmed facts, dropped tasks, no hold, today's proposed way, a next step.

    Raises Conflict (BR-BACK-1 to 4), and Refusal without a next step, its day, or why a closed case is opened again.
    """
    can_welcome_back(birth, away(birth, today)).insist()
    if next_step_on is None:
        raise Refusal("CAS-NEXT-2", "next_step_on", _("Give today or a later day."))
    confirm_facts(case=birth.case, said=said, by=by, now=now)
    _drop(dropped_tasks, dropped_steps, by, now)
    if birth.status == Status.CLOSED:
        reopen_birth(birth=birth, reason=reason, by=by, today=today)
    _take_up(birth, by, today)
    set_next_step(case=birth.case, step=next_step, on=next_step_on, by=by, today=today)
    note(birth, "family.came_back", by, reason=reason)
    return birth


def _drop(tasks: Iterable[Task], steps: Iterable[Step], by: User, now: datetime) -> None:
    for task in tasks:
        drop_task(task=task, by=by, now=now)
    for step in steps:
        drop_step(step=step, by=by, now=now)


def _take_up(birth: BirthRecord, by: User, today: date) -> None:
    """No hold, no lost contact, no backlog; the way that today's facts point to."""
    if birth.suspension != Suspension.NONE:
        suspend(birth=birth, suspension=Suspension.NONE, by=by, reason=str(_("The family is here again.")))
    if birth.case.state == CaseState.ON_HOLD:
        resume_case(case=birth.case, by=by)
    values: dict[str, Any] = {"is_backlog": False}
    proposed = track_today(birth, today)
    if proposed is not None:
        values["track_proposed"] = proposed
    changes = changed_fields(birth, values)
    if changes:
        birth.save(update_fields=list(changes))


@transaction.atomic
def confirm_old_facts(*, birth: BirthRecord, said: Iterable[FactSaid], by: User, now: datetime) -> None:
    """Keep what was confirmed so far, before one of the facts is changed on its own page."""
    confirm_facts(case=birth.case, said=said, by=by, now=now)


@transaction.atomic
def ask_to_reopen(
    *,
    birth: BirthRecord,
    said: Iterable[FactSaid],
    owner: User | None,
    next_step: str,
    by: User,
    now: datetime,
    today: date,
) -> Task:
    """Keep what was confirmed, and ask a supervisor to open the closed case again: a task for today.

    Raises Conflict (BR-BACK-1 to 4), and Refusal (BR-BACK-5) without somebody to ask.
    """
    can_welcome_back(birth, away(birth, today)).insist()
    if owner is None:
        raise Refusal("BR-BACK-5", "supervisor", _("Choose who is asked to open the case again."))
    confirm_facts(case=birth.case, said=said, by=by, now=now)
    title = str(_("The family is here again. Open the case, next: %(step)s") % {"step": next_step or "–"})
    task = add_task(case=birth.case, title=title[:200], owner=owner, due_on=today, by=by, now=now)
    note(birth, "reopening.asked", by)
    return task
