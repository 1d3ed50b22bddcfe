"""Forms and buttons of the case page."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms as django_forms
from django.db import models
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.cases import forms, queries
from casework.cases.calls_queries import unanswered_days
from casework.cases.models import Case, CasePlan, Consent, Goal, Step, Task
from casework.cases.services import cases, closing, plans, records
from casework.programmes.contributions import registry
from casework.ui.views import FormPage, RowAct, RowForm

EDIT = Policy(action="cases.case.edit")
PLAN = Policy(action="cases.plan.edit")


class CaseForm(RowForm):
    """A form about one case, drawn by one template."""

    model: ClassVar[type[models.Model]] = Case
    policy = EDIT
    template_name = "cases/form.html"
    title: ClassVar[Any] = ""
    lead: ClassVar[Any] = ""
    verb: ClassVar[Any] = _("Save")

    @property
    def case(self) -> Case:
        """The case the form is about."""
        return case_of(self.row)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        header = queries.case_header(self.case, self.user, self.today)
        words = {"title": self.title, "lead": self.lead, "verb": self.verb, "case": self.case, "header": header}
        return super().get_context_data(**kwargs) | words

    def get_success_url(self) -> str:
        return reverse("cases:detail", args=[self.case.pk])


def case_of(row: Any) -> Case:
    """The case of a row that hangs on one."""
    if isinstance(row, Case):
        return row
    if isinstance(row, Step):
        return row.goal.plan.case
    if isinstance(row, Goal):
        return row.plan.case
    return row.case


class CaseAct(RowAct):
    """A button about one case."""

    model: ClassVar[type[models.Model]] = Case
    policy = EDIT

    def admit_loaded(self) -> None:
        self.policy.admit_row(self.request, case_of(self.row))

    def back(self) -> str:
        return reverse("cases:detail", args=[case_of(self.row).pk])


class AddNote(CaseForm):
    policy = Policy(action="cases.note.add")
    form_class = forms.NoteForm
    title = _("Note")
    success_message = _("The note is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.user}

    def save(self, form: django_forms.Form) -> Any:
        programmes = self.case.access_place()[1]
        return records.add_note(
            case=self.case,
            text=form.cleaned_data["text"],
            readers=form.cleaned_data["readers"],
            programme=programmes[0] if programmes else "",
            by=self.user,
            now=timezone.now(),
        )


class AddGoal(CaseForm):
    policy = PLAN
    form_class = forms.GoalForm
    title = _("Goal")
    success_message = _("The goal is in the plan.")

    def save(self, form: django_forms.Form) -> Any:
        return plans.add_goal(case=self.case, by=self.user, **form.cleaned_data)


class AddStep(CaseForm):
    policy = PLAN
    model = Goal
    form_class = forms.StepForm
    title = _("Step")
    success_message = _("The step is in the plan.")

    def admit_loaded(self) -> None:
        self.policy.admit_row(self.request, self.case)

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


class TickStep(CaseAct):
    policy = PLAN
    model = Step

    def act(self) -> Any:
        return plans.tick_step(step=self.row, done=self.row.state != "done", by=self.user, today=self.today)

    def after(self, result: Any) -> str:
        return home if self.request.POST.get("next") == (home := reverse("home:my-work")) else self.back()


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
        version = self.request.POST.get("version", "")
        return plans.approve_plan(
            plan=self.row, version=int(version) if version.isdigit() else 0, by=self.user, now=timezone.now()
        )


class ReturnPlan(CaseForm):
    policy = Policy(action="cases.plan.approve")
    model = CasePlan
    form_class = forms.ReturnForm
    title = _("Return the plan")
    verb = _("Return")
    success_message = _("The plan went back with your words.")

    def save(self, form: django_forms.Form) -> Any:
        return plans.return_plan(plan=self.row, text=form.cleaned_data["text"], by=self.user, now=timezone.now())


class Assess(CaseForm):
    form_class = forms.AssessmentForm
    title = _("Needs assessment")
    lead = _("Answer what you asked. “Not asked” is an answer too.")
    success_message = _("The assessment is saved. Now decide the risk level.")

    def get_initial(self) -> dict[str, Any]:
        return {"done_on": self.today}

    def save(self, form: django_forms.Form) -> Any:
        data = form.cleaned_data
        views = {name: data[name] for name in ("child_views", "carer_views", "strengths", "who_present")}
        return records.record_assessment(
            case=self.case,
            kind=data["kind"],
            done_on=data["done_on"],
            needs=form.needs(),  # type: ignore[attr-defined]
            by=self.user,
            today=self.today,
            child_alone={"yes": True, "no": False}.get(data["child_alone"]),
            **views,
        )

    def after(self, result: Any) -> str:
        return reverse("cases:risk", args=[self.case.pk])


class SetRisk(CaseForm):
    form_class = forms.RiskForm
    title = _("Risk level")
    success_message = _("The risk level is set.")

    @property
    def lead(self) -> Any:
        assessment = self.case.assessments.first()
        return (
            _("The assessment suggests: %(risk)s. You decide.") % {"risk": assessment.get_suggested_risk_display()}
            if assessment
            else ""
        )

    def get_initial(self) -> dict[str, Any]:
        assessment = self.case.assessments.first()
        risk = self.case.risk if self.case.risk != "none" else (assessment.suggested_risk if assessment else "")
        return {"risk": risk, "reason": self.case.risk_reason, "review_on": self.case.risk_review_on}

    def save(self, form: django_forms.Form) -> Any:
        return cases.set_risk(case=self.case, by=self.user, today=self.today, **form.cleaned_data)


class SetSafetyNote(CaseForm):
    form_class = forms.SafetyForm
    title = _("Safety note")
    success_message = _("The safety note is changed.")

    def get_initial(self) -> dict[str, Any]:
        return {"note": self.case.safety_note, "do_not_contact": self.case.do_not_contact}

    def save(self, form: django_forms.Form) -> Any:
        return cases.set_safety_note(case=self.case, by=self.user, today=self.today, **form.cleaned_data)


class SetNextStep(CaseForm):
    form_class = forms.NextStepForm
    title = _("Next step")
    success_message = _("The next step is set.")

    def get_initial(self) -> dict[str, Any]:
        return {"step": self.case.next_step, "on": self.case.next_step_on}

    def save(self, form: django_forms.Form) -> Any:
        return cases.set_next_step(case=self.case, by=self.user, today=self.today, **form.cleaned_data)


class AddTask(CaseForm):
    form_class = forms.TaskForm
    title = _("Task")
    success_message = _("The task is added.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"office_id": self.case.office_id}

    def get_initial(self) -> dict[str, Any]:
        return {"owner": self.user.pk, "due_on": self.today}

    def save(self, form: django_forms.Form) -> Any:
        return records.add_task(case=self.case, by=self.user, now=timezone.now(), **form.cleaned_data)


class TickTask(CaseAct):
    model = Task

    def act(self) -> Any:
        if self.row.state == "done":
            return records.reopen_task(task=self.row, by=self.user)
        return records.finish_task(task=self.row, by=self.user, now=timezone.now())

    def after(self, result: Any) -> str:
        return home if self.request.POST.get("next") == (home := reverse("home:my-work")) else self.back()


class RecordConsent(CaseForm):
    policy = Policy(action="cases.consent.record")
    form_class = forms.ConsentForm
    title = _("Consent to share")
    lead = _("Each purpose on its own. A “no” never stops the registration.")
    success_message = _("The answer is recorded.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(asked=queries.consent_asked(self.case, self.today), **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"purposes": registry.gather("consent_purposes")}

    def get_initial(self) -> dict[str, Any]:
        return {"given_on": self.today}

    def save(self, form: django_forms.Form) -> Any:
        return records.record_consent(case=self.case, by=self.user, today=self.today, **form.cleaned_data)


class WithdrawConsent(CaseAct):
    policy = Policy(action="cases.consent.record")
    model = Consent
    success_message = _("The consent is withdrawn. Nothing more is shared for this purpose.")

    def act(self) -> Any:
        return records.withdraw_consent(consent=self.row, by=self.user, today=self.today)


class HoldCase(CaseForm):
    form_class = forms.HoldForm
    title = _("Put the case on hold")
    verb = _("Put on hold")

    def save(self, form: django_forms.Form) -> Any:
        return cases.hold_case(case=self.case, by=self.user, **form.cleaned_data)


class ResumeCase(CaseAct):
    success_message = _("The case is open again.")

    def act(self) -> Any:
        return cases.resume_case(case=self.row, by=self.user)


class CloseCase(CaseForm):
    policy = Policy(action="cases.case.close")
    form_class = forms.CloseForm
    template_name = "cases/close.html"
    title = _("Close the case")
    verb = _("Close")
    success_message = _("The case is closed.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(tried=unanswered_days(self.case), **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        offered = [paper for room in registry for paper in room.closing_papers(self.case, self.user)]
        return super().get_form_kwargs() | {"papers": offered}

    def save(self, form: forms.CloseForm) -> list[Any]:
        papers, now = form.wanted(), timezone.now()
        return closing.close_with_papers(
            case=self.case, papers=papers, by=self.user, now=now, today=self.today, **form.closing()
        )

    def after(self, result: list[Any]) -> str:
        return reverse("documents:document", args=[result[0].pk]) if result else self.get_success_url()


class ReopenCase(CaseForm):
    policy = Policy(action="cases.case.reopen")
    form_class = forms.ReasonForm
    title = _("Open the case again")
    verb = _("Open again")

    def save(self, form: django_forms.Form) -> Any:
        return cases.reopen_case(case=self.case, reason=form.cleaned_data["reason"], by=self.user, today=self.today)


class SealCase(CaseForm):
    policy = Policy(action="cases.case.seal")
    form_class = forms.ReasonForm

    @property
    def title(self) -> Any:
        return _("Take off the seal") if self.case.is_sealed else _("Seal the case")

    def save(self, form: django_forms.Form) -> Any:
        return cases.seal_case(
            case=self.case, sealed=not self.case.is_sealed, reason=form.cleaned_data["reason"], by=self.user
        )

    def after(self, result: Any) -> str:
        return reverse("cases:list")


class ChangeLead(CaseForm):
    policy = Policy(action="cases.case.assign")
    form_class = forms.LeadForm
    title = _("New lead")
    success_message = _("The case has a new lead.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"office_id": self.case.office_id}

    def save(self, form: django_forms.Form) -> Any:
        return cases.change_lead(case=self.case, lead=form.cleaned_data["lead"], by=self.user, now=timezone.now())


class HelpToday(FormPage):
    """Work on a colleague's case for 24 hours, with a reason; the lead is told."""

    policy = Policy(action="cases.desk_card.see")
    form_class = forms.ReasonForm
    template_name = "cases/help_today.html"

    def prepare(self, **kwargs: Any) -> None:
        case = queries.desk_cards(self.user).filter(pk=kwargs["pk"]).first()
        if case is None:
            raise Http404
        self.case = case

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(case=self.case, **kwargs)

    def save(self, form: django_forms.Form) -> Any:
        return cases.help_today(case=self.case, user=self.user, reason=form.cleaned_data["reason"], now=timezone.now())

    def after(self, result: Any) -> str:
        return reverse("cases:detail", args=[self.case.pk])
