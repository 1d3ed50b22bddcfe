"""Calls: whom to call today, what came of it, and who is calling us."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.cases import calls_queries as calls
from casework.cases.calls_forms import CallerForm, ContactForm
from casework.cases.calls_rules import QUESTIONS, RIGHT_ANSWERS, right_answers
from casework.cases.models import Case
from casework.cases.services import contacts
from casework.cases.states import ContactDirection
from casework.people.models import Phone
from casework.ui.views import FormPage, PageView

from .base import CaseAct, CaseForm

RECORD = Policy(action="cases.contact.record")


class CallsToday(PageView):
    """Families to call today: why, on which phone, what may be said, what was tried."""

    policy = RECORD
    template_name = "cases/calls.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_all = self.request.GET.get("view") == "all"
        views = [
            {"label": _("My families"), "url": "?view=mine", "count": None, "current": not is_all},
            {"label": _("The whole office"), "url": "?view=all", "count": None, "current": is_all},
        ]
        lines = calls.calls_today(self.user, self.today, mine=not is_all)
        return super().get_context_data(lines=lines, views=views, today=self.today, **kwargs)


class RecordContact(CaseForm):
    """Write down a call."""

    policy = RECORD
    form_class = ContactForm
    template_name = "cases/call.html"
    success_message = _("The call is written down.")

    @property
    def direction(self) -> str:
        """Who called: we, unless the address says the family did."""
        return ContactDirection.IN if self.request.GET.get("by") == "family" else ContactDirection.OUT

    @property
    def title(self) -> Any:
        return _("They called") if self.direction == ContactDirection.IN else _("A call")

    def get_form_kwargs(self) -> dict[str, Any]:
        phones = calls.case_phones(self.case, self.today)
        return super().get_form_kwargs() | {"phones": phones, "direction": self.direction}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            phones=calls.case_phones(self.case, self.today),
            attempts=calls.last_attempts(self.case),
            may_be_lost=calls.may_be_lost(self.case, self.today),
            **kwargs,
        )

    def save(self, form: forms.Form) -> Any:
        told = dict(form.cleaned_data)
        chosen = told.pop("phone", None)
        phone = Phone.objects.visible_to(self.user).filter(pk=chosen, family=self.case.family_id).first()
        return contacts.record_contact(
            case=self.case, phone=phone, direction=self.direction, by=self.user, now=timezone.now(), today=self.today,
            **told,
        )  # fmt: skip

    def after(self, result: Any) -> str:
        if self.direction == ContactDirection.IN:
            return self.get_success_url()
        if calls.may_be_lost(self.case, self.today):
            return reverse("cases:call", args=[self.case.pk])
        return reverse("calls:today")


class LoseContact(CaseAct):
    """Say that the family cannot be reached: a person does, after calls on several days."""

    policy = RECORD
    success_message = _("Contact is lost: reminders stop, deadlines go on. A call that reaches the family ends it.")

    def act(self) -> Case:
        return contacts.lose_contact(case=self.row, by=self.user, today=self.today)


class SomebodyCalls(FormPage):
    """Ask first, tell later: the card of a child opens only when the caller knows it."""

    policy = Policy(action="cases.desk_card.see")
    form_class = CallerForm
    template_name = "cases/caller.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if not form.is_valid():
            return self.form_invalid(form)
        answers = form.answers()
        if answers.count < RIGHT_ANSWERS:
            form.add_error(None, str(_("Ask at least two of the questions before anything is looked up.")))
            return self.form_invalid(form)
        found = self.look_up(form.cleaned_data["number"], answers)
        return render(request, self.template_name, self.get_context_data(form=form, cards=found, is_asked=True))

    def look_up(self, number: str, answers: Any) -> list[dict[str, Any]]:
        """The cards of the children the caller knows; each look is written down."""
        cards = []
        for possible in calls.possible_cases(self.user, number=number, code=answers.code):
            right = right_answers(answers, possible.known)
            if not right:
                continue
            is_known = contacts.note_caller(
                case=possible.case, right=right, is_forbidden=possible.is_forbidden, by=self.user, now=timezone.now()
            )
            if is_known:
                cards.append(self.card(possible.case, right))
        return cards

    def card(self, case: Case, right: list[str]) -> dict[str, Any]:
        """The desk card of a case, with what was answered rightly."""
        return {
            "case": case,
            "name": case.child.name,
            "right": [QUESTIONS[key] for key in right],
            "is_open": Case.objects.visible_to(self.user).filter(pk=case.pk).exists(),
        }
