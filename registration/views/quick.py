"""The fast lane: an easy birth on one page, with one save (day.md 4)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from casework.kernel.refusals import Refusal
from casework.ui.sends import key_of, where_once
from registration.forms.facts import facts_from, notice_from
from registration.forms.intake import STEPS, Step
from registration.forms.notes import notes_on
from registration.queries.match_panel import is_answer
from registration.queries.usual import usual_answers
from registration.services.fast import open_easy_birth
from registration.services.matching import decide_as_said
from registration.views.answers import all_answers, are_valid, put_on_forms, typed_answers
from registration.views.intake import IntakeBase, office_of, panel_of

MOST_TOLD = 20
"""Answers about children who look alike that one page carries."""


def told_of(post: QueryDict) -> dict[str, str]:
    """What was said of children who look alike on a page without a draft: the page carries it along."""
    pairs = (told.partition(":") for told in post.getlist("told")[:MOST_TOLD])
    return {key: answer for key, _colon, answer in pairs if is_answer(key, answer)}


class QuickBirth(IntakeBase):
    """The fast lane: all papers there, parents known, in time; one page, one save (day.md 4)."""

    template_name = "registration/quick.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filled = kwargs.pop("filled", None) or [
            step(self.kept_form, initial=self.quick_initial(step)) for step in STEPS
        ]
        answers, _filled = all_answers(typed_answers(self.request.POST))
        facts, told = facts_from(answers), told_of(self.request.POST)
        for form in filled:
            form.notes = notes_on(form, facts, today=self.today) if form.is_bound else {}
        return super().get_context_data(
            filled=filled,
            idempotency_key=key_of(self.request),
            told=told,
            papers_seen=(self.kept_form or self.request.POST).get("papers_seen") == "yes",
            **panel_of(facts, told, office_of(self.request), self.user),
            **kwargs,
        )

    @cached_property
    def usual(self) -> dict[str, Any]:
        """Hospital, registry office and language as they are here, so that they need not be chosen each time."""
        return usual_answers(office_of(self.request))

    def quick_initial(self, step: type[Step]) -> dict[str, Any]:
        """What an easy birth most often is."""
        return {
            "channel": "ward",
            "place_kind": "hospital",
            "proof": "TR1_1",
            "proof_held_by": "family",
            "notice_on": self.today,
            "informant_relation": "mother",
            "mother_knowledge": "known",
            "father_knowledge": "known",
            **self.usual,
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        filled = [step(request.POST) for step in STEPS]
        if are_valid(filled):
            answers = {key: value for form in filled for key, value in form.cleaned_data.items()}
            try:
                with transaction.atomic():
                    following = where_once(request, lambda: self.log(answers))
            except Refusal as refusal:
                put_on_forms(filled, refusal)
                asked = {"refusal": refusal, "is_warning": True} if refusal.is_warning else {}
                context = self.get_context_data(filled=filled, **asked)
                return render(request, self.template_name, context, status=422)
            return HttpResponseRedirect(following)
        return render(request, self.template_name, self.get_context_data(filled=filled), status=422)

    def log(self, answers: dict[str, Any]) -> str:
        """Log the birth; answers the address of its record."""
        birth = open_easy_birth(
            facts=facts_from(answers),
            notice=notice_from(answers),
            office=office_of(self.request),
            by=self.user,
            now=timezone.now(),
            today=self.today,
            papers_seen=self.request.POST.get("papers_seen") == "yes",
            acknowledged=self.request.POST.getlist("acknowledged"),
        )
        decide_as_said(birth=birth, said=told_of(self.request.POST), by=self.user, now=timezone.now())
        words = _("%(number)s is saved: %(status)s.")
        messages.success(self.request, words % {"number": birth.case.number, "status": birth.get_status_display()})
        return reverse("registration:detail", args=[birth.pk])
