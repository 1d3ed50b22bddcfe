"""Acts on the case plan."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.cases import forms
from casework.cases.models import CasePlan, Goal, Step
from casework.cases.rules import can_write
from casework.cases.services import plans
from casework.cases.services.facts import drop_step
from casework.cases.states import StepState
from casework.kernel.digits import row_number

from .base import CaseAct, CaseForm, TickAct

PLAN = Policy(action="cases.plan.edit")


class AddGoal(CaseForm):
    policy = PLAN
    form_class = forms.GoalForm
    title = _("Goal")
    success_message = _("The goal is in the plan.")

    def save(self, form: django_forms.Form) -> Any:
        return plans.add_goal(case=self.case, by=self.user, today=self.today, **form.cleaned_data)


class AddStep(CaseForm):
    policy = PLAN
    model = Goal
    form_class = forms.StepForm
    title = _("Step")
    success_message = _("The step is in the plan.")

    def admit_loaded(self) -> None:
        self.policy.admit_row(self.request, self.case)
        can_write(self.case).insist()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"office_id": self.case.office_id}

    def get_initial(self) -> dict[str, Any]:
        return {"responsible": self.user.pk}

    def save(self, form: django_forms.Form) -> Any:
        return plans.add_step(case=self.case, goal_title=self.row.title, by=self.user, **form.cleaned_data)


class RemoveGoal(CaseAct):
    policy = PLAN
    model = Goal
    success_message = _("The goal is taken out.")

    def act(self) -> Any:
        return plans.remove_goal(goal=self.row, by=self.user)


class TickStep(TickAct):
    policy = PLAN
    model = Step

    def turn(self) -> Any:
        return plans.tick_step(step=self.row, done=not self.is_done, by=self.user, today=self.today)


class DropStep(CaseAct):
    """A step that is not needed, or was written wrongly, leaves the plan; one that is done by now stays."""

    policy = PLAN
    model = Step
    success_message = _("The step is taken out.")

    def act(self) -> Any:
        is_open = self.row.state == StepState.TO_DO
        return drop_step(step=self.row, by=self.request.user, now=timezone.now()) if is_open else self.row


class SetReview(CaseForm):
    policy = PLAN
    form_class = forms.ReviewForm
    title = _("Review date")

    def save(self, form: django_forms.Form) -> Any:
        return plans.set_review_date(
            case=self.case, review_on=form.cleaned_data["review_on"], by=self.user, today=self.today
        )


class SubmitPlan(CaseAct):
    policy = PLAN
    model = CasePlan
    success_message = _("The plan waits for a supervisor.")

    def act(self) -> Any:
        return plans.submit_plan(plan=self.row, by=self.user, now=timezone.now(), today=self.today)


class ApprovePlan(CaseAct):
    policy = Policy(action="cases.plan.approve")
    model = CasePlan
    success_message = _("The plan is approved.")

    def act(self) -> Any:
        version = row_number(self.request.POST.get("version"))
        return plans.approve_plan(plan=self.row, version=version, by=self.user, now=timezone.now())


class ReturnPlan(CaseForm):
    policy = Policy(action="cases.plan.approve")
    model = CasePlan
    form_class = forms.ReturnForm
    title = _("Return the plan")
    verb = _("Return")
    success_message = _("The plan went back with your words.")

    def save(self, form: django_forms.Form) -> Any:
        return plans.return_plan(plan=self.row, text=form.cleaned_data["text"], by=self.user, now=timezone.now())
