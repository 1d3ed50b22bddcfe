"""Acts on the case itself: rest, close, open again, seal, hand to another lead."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.cases import forms
from casework.cases.calls_queries import unanswered_days
from casework.cases.confirmed import propose_seal
from casework.cases.queries import cases_beside
from casework.cases.rules import close_blockers
from casework.cases.services import cases, closing
from casework.programmes.contributions import registry

from .base import CaseAct, CaseForm


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
        case = reverse("cases:detail", args=[self.case.pk])
        still_open = [(sentence, case) for sentence in close_blockers(self.case)]
        return super().get_context_data(tried=unanswered_days(self.case), still_open=still_open, **kwargs)

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
    shows_stored = True
    policy = Policy(action="cases.case.seal")
    form_class = forms.ReasonForm

    @property
    def title(self) -> Any:
        return _("Take off the seal") if self.case.is_sealed else _("Seal the case")

    @property
    def verb(self) -> Any:
        return self.title

    @property
    def lead(self) -> Any:
        """What a seal leaves open: records of brothers and sisters tell of the same family."""
        beside = [] if self.case.is_sealed else cases_beside(self.case, self.user)
        told = _("Of this family these stay open to the office: %(cases)s. Seal each that tells the same.")
        return told % {"cases": ", ".join(beside)} if beside else ""

    def get_initial(self) -> dict[str, Any]:
        return {"is_sealed": self.case.is_sealed}

    def save(self, form: django_forms.Form) -> Any:
        return cases.seal_case(
            case=self.case, sealed=not self.case.is_sealed, reason=form.cleaned_data["reason"], by=self.user
        )

    def after(self, result: Any) -> str:
        return reverse("cases:list")


class AskForSeal(CaseForm):
    policy = Policy(action="cases.case.propose_seal")
    form_class = forms.ReasonForm
    title = _("Ask a supervisor to seal the case")
    lead = _("Then only who is assigned to it sees it. Your reason is read by who may seal it.")
    verb = _("Ask for the seal")
    success_message = _("A supervisor was asked. The case is sealed when somebody confirms it.")

    def save(self, form: django_forms.Form) -> Any:
        return propose_seal(case=self.case, reason=form.cleaned_data["reason"], by=self.user, now=timezone.now())


class ChangeLead(CaseForm):
    policy = Policy(action="cases.case.assign")
    form_class = forms.LeadForm
    title = _("New lead")
    success_message = _("The case has a new lead.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"office_id": self.case.office_id}

    def save(self, form: django_forms.Form) -> Any:
        return cases.change_lead(case=self.case, lead=form.cleaned_data["lead"], by=self.user, now=timezone.now())
