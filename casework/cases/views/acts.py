"""Forms and buttons of the case page."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.cases import forms, queries
from casework.cases.models import Consent, Task
from casework.cases.rules import asks_child
from casework.cases.services import cases, records
from casework.cases.services.messages import take_message
from casework.programmes.contributions import registry
from casework.ui.views import FormPage, RowPage

from .base import CaseAct, CaseForm, TickAct


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


class Assess(CaseForm):
    template_name = "cases/assess.html"
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
            **{name: forms.yes_or_no(data[name]) for name in ("child_seen", "child_alone")},
            **views,
        )

    def after(self, result: Any) -> str:
        return reverse("cases:risk", args=[self.case.pk])


class SetRisk(CaseForm):
    shows_stored = True
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
    shows_stored = True
    form_class = forms.SafetyForm
    title = _("Safety note")
    success_message = _("The safety note is changed.")

    def get_initial(self) -> dict[str, Any]:
        return {"note": self.case.safety_note, "do_not_contact": self.case.do_not_contact}

    def save(self, form: django_forms.Form) -> Any:
        return cases.set_safety_note(case=self.case, by=self.user, today=self.today, **form.cleaned_data)


class SetNextStep(CaseForm):
    shows_stored = True
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


class TickTask(TickAct):
    model = Task

    def turn(self) -> Any:
        if self.is_done:
            return records.reopen_task(task=self.row, by=self.user)
        return records.finish_task(task=self.row, by=self.user, now=timezone.now())


class RecordConsent(CaseForm):
    policy = Policy(action="cases.consent.record")
    form_class = forms.ConsentForm
    title = _("Consent to share")
    lead = _("Each purpose on its own. A “no” never stops the registration.")
    success_message = _("The answer is recorded.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(asked=queries.consent_asked(self.case, self.today), **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        asked = {"purposes": registry.gather("consent_purposes"), "asks_child": asks_child(self.case, self.today)}
        return super().get_form_kwargs() | asked

    def get_initial(self) -> dict[str, Any]:
        return {"given_on": self.today}

    def save(self, form: django_forms.Form) -> Any:
        data = form.cleaned_data
        data["child_assent"] = forms.yes_or_no(data.get("child_assent", ""))
        return records.record_consent(case=self.case, by=self.user, today=self.today, **data)


class WithdrawConsent(CaseAct):
    policy = Policy(action="cases.consent.record")
    model = Consent
    success_message = _("The consent is withdrawn. Nothing more is shared for this purpose.")

    def act(self) -> Any:
        return records.withdraw_consent(consent=self.row, by=self.user, today=self.today)

    def back(self) -> str:
        return reverse("cases:consent-withdrawn", args=[self.row.pk])


class Withdrawn(RowPage):
    """Who was told of the child before the family withdrew its consent."""

    policy = Policy(action="cases.consent.record")
    model = Consent
    row_name = "consent"
    template_name = "cases/consent_withdrawn.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case = self.row.case
        return super().get_context_data(
            case=case, header=queries.case_header(case, self.user, self.today),
            told=records.told_before(case, self.row.purpose), **kwargs,
        )  # fmt: skip


class AtDesk(FormPage):
    """What is done at the desk for a family that a colleague works with."""

    policy = Policy(action="cases.desk_card.see")

    def prepare(self, **kwargs: Any) -> None:
        case = queries.desk_cards(self.user).filter(pk=kwargs["pk"]).first()
        if case is None:
            raise Http404
        self.case = case

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(case=self.case, **kwargs)


class HelpToday(AtDesk):
    """Work on a colleague's case for 24 hours, with a reason; the lead is told."""

    form_class = forms.ReasonForm
    template_name = "cases/help_today.html"

    def save(self, form: django_forms.Form) -> Any:
        return cases.help_today(case=self.case, user=self.user, reason=form.cleaned_data["reason"], now=timezone.now())

    def after(self, result: Any) -> str:
        return reverse("cases:detail", args=[self.case.pk])


class TakeMessage(AtDesk):
    """Leave a message for the lead; of the case no more is shown than its desk card."""

    form_class = forms.MessageForm
    template_name = "cases/take_message.html"
    success_message = _("The message is left.")

    def save(self, form: django_forms.Form) -> Any:
        return take_message(case=self.case, by=self.user, now=timezone.now(), **form.cleaned_data)

    def after(self, result: Any) -> str:
        return reverse("cases:card", args=[self.case.pk])
