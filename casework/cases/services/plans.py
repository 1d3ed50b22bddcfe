"""Write the case plan: goals, steps, submit, approve, return. Approval is tied to the version."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.audit.services import changed_fields, record_event
from casework.cases import rules
from casework.cases.models import Case, CasePlan, Goal, Step
from casework.cases.states import PlanState, StepState
from casework.kernel.moves import move
from casework.kernel.refusals import Conflict, Refusal, refuse_errors

from .cases import refresh_stage


def current_plan(case: Case) -> CasePlan | None:
    """The version that is not replaced."""
    return case.plans.exclude(state=PlanState.REPLACED).first()


@transaction.atomic
def editable_plan(*, case: Case, by: User) -> CasePlan:
    """The version to write in: the current one, brought back to draft; a copy as a new version when it was approved.

    Who writes in it is remembered, and does not approve it.
    """
    Case.rows.select_for_update().get(pk=case.pk)
    plan = _draft(case, by)
    if by.pk not in plan.changed_by:
        plan.changed_by = sorted({*plan.changed_by, by.pk})
        plan.save(update_fields=["changed_by"])
    return plan


def _draft(case: Case, by: User) -> CasePlan:
    plan = current_plan(case)
    if plan is None:
        return CasePlan.rows.create(case=case, number=1, written_by=by, created_by=by)
    if plan.state == PlanState.APPROVED:
        return _new_version(plan, by)
    if plan.state in (PlanState.SUBMITTED, PlanState.RETURNED):
        move(plan, PlanState.DRAFT, submitted_by=None, submitted_at=None)
        record_event("cases.plan.reopened", actor=by, subject=plan, case_id=case.pk, office_id=case.office_id)
    return plan


def _new_version(plan: CasePlan, by: User) -> CasePlan:
    move(plan, PlanState.REPLACED)
    number = plan.case.plans.aggregate(n=Max("number"))["n"] + 1
    fresh = CasePlan.rows.create(case=plan.case, number=number, review_on=plan.review_on, written_by=by, created_by=by)
    for goal in plan.goals.prefetch_related("steps"):
        steps = list(goal.steps.all())
        goal.pk, goal.plan = None, fresh
        goal.save(force_insert=True)
        for step in steps:
            step.pk, step.goal = None, goal
        Step.rows.bulk_create(steps)
    record_event("cases.plan.new_version", actor=by, subject=fresh, case_id=plan.case_id, office_id=plan.case.office_id)
    return fresh


@transaction.atomic
def add_goal(*, case: Case, title: str, domain: str, due_on: date | None, by: User, today: date) -> Goal:
    """Add a goal to the plan being written. Raises Refusal for an empty title or a day that is over."""
    if not title.strip():
        raise Refusal("CAS-GOAL-1", "title", _("Write the goal: what should change for the child?"))
    if due_on is not None and due_on < today:
        raise Refusal("CAS-GOAL-2", "due_on", _("Give today or a later day."))
    plan = editable_plan(case=case, by=by)
    goal = Goal.rows.create(plan=plan, title=title.strip(), domain=domain, due_on=due_on, order=plan.goals.count())
    record_event("cases.goal.added", actor=by, subject=goal, case_id=case.pk, office_id=case.office_id)
    return goal


@transaction.atomic
def add_step(
    *,
    case: Case,
    goal_title: str,
    title: str,
    responsible: User | None,
    responsible_text: str,
    due_on: date | None,
    by: User,
    record: Any = None,
) -> Step:
    """Add a step to the goal with this title in the plan being written. Raises Refusal for an empty step."""
    if not title.strip():
        raise Refusal("CAS-STEP-1", "title", _("Write the step: who does what?"))
    if responsible is None and not responsible_text.strip():
        raise Refusal("CAS-STEP-2", "responsible", _("Choose who does it."))
    plan = editable_plan(case=case, by=by)
    goal = plan.goals.filter(title=goal_title).first()
    if goal is None:
        raise Refusal("CAS-STEP-3", "goal", _("This goal is no longer in the plan. Open the plan again."))
    step = Step.rows.create(
        goal=goal,
        title=title.strip(),
        responsible=responsible,
        responsible_text=responsible_text.strip(),
        due_on=due_on,
        order=goal.steps.count(),
        record_type=record._meta.label_lower if record else "",
        record_id=record.pk if record else None,
    )
    record_event("cases.step.added", actor=by, subject=step, case_id=case.pk, office_id=case.office_id)
    return step


@transaction.atomic
def remove_goal(*, goal: Goal, by: User) -> None:
    """Take a goal out of the plan being written, which may be a copy of the goal's own; its steps go with it."""
    case = goal.plan.case
    plan = editable_plan(case=case, by=by)
    plan.goals.filter(title=goal.title, order=goal.order).delete()
    record_event("cases.goal.removed", actor=by, subject=plan, case_id=case.pk, office_id=case.office_id)


@transaction.atomic
def set_review_date(*, case: Case, review_on: date, by: User, today: date) -> CasePlan:
    """Say when the plan is looked at again."""
    if review_on <= today:
        raise Refusal("CAS-PLAN-5", "review_on", _("Give a review date after today."))
    plan = editable_plan(case=case, by=by)
    changes = changed_fields(plan, {"review_on": review_on})
    plan.save(update_fields=["review_on"])
    record_event(
        "cases.plan.changed", actor=by, subject=plan, case_id=case.pk, office_id=case.office_id, changes=changes
    )
    return plan


@transaction.atomic
def submit_plan(*, plan: CasePlan, by: User, now: datetime, today: date) -> CasePlan:
    """Send the version to a supervisor. Raises Refusal when goals, steps or the review date are missing."""
    rules.can_edit_plan(plan).insist()
    refuse_errors(rules.plan_findings(plan, today))
    move(
        plan, PlanState.SUBMITTED, submitted_by=by, submitted_at=now, decided_by=None, decided_at=None, decision_text=""
    )
    record_event("cases.plan.submitted", actor=by, subject=plan, case_id=plan.case_id, office_id=plan.case.office_id)
    return plan


@transaction.atomic
def approve_plan(*, plan: CasePlan, version: int, by: User, now: datetime) -> CasePlan:
    """Approve exactly the version that was read. Raises Conflict when it changed meanwhile, or for its own author."""
    plan = CasePlan.rows.select_for_update(of=("self",)).get(pk=plan.pk)
    rules.can_approve_plan(plan, by).insist()
    if plan.version != version:
        raise Conflict("CAS-PLAN-7", "", _("The plan changed while you read it. Read it again, then decide."))
    move(plan, PlanState.APPROVED, decided_by=by, decided_at=now)
    record_event("cases.plan.approved", actor=by, subject=plan, case_id=plan.case_id, office_id=plan.case.office_id)
    refresh_stage(plan.case)
    return plan


@transaction.atomic
def return_plan(*, plan: CasePlan, text: str, by: User, now: datetime) -> CasePlan:
    """Send the version back with words. Raises Refusal without them."""
    if not text.strip():
        raise Refusal("CAS-PLAN-6", "text", _("Write what should be changed."))
    rules.can_approve_plan(plan, by).insist()
    move(plan, PlanState.RETURNED, decided_by=by, decided_at=now, decision_text=text)
    record_event(
        "cases.plan.returned", actor=by, subject=plan, case_id=plan.case_id, office_id=plan.case.office_id, reason=text
    )
    return plan


@transaction.atomic
def tick_step(*, step: Step, done: bool, by: User, today: date) -> Step:
    """Mark a step done, or not done after all."""
    if done:
        move(step, StepState.DONE, done_on=today, done_by=by)
    else:
        move(step, StepState.TO_DO, done_on=None, done_by=None)
    case = step.goal.plan.case
    record_event(
        "cases.step.done" if done else "cases.step.undone",
        actor=by,
        subject=step,
        case_id=case.pk,
        office_id=case.office_id,
    )
    refresh_stage(case)
    return step
