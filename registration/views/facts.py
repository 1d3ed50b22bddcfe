"""Changing the facts of a birth, and beginning the other twin with what is the same."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.access.policies import Policy
from casework.access.scopes import may
from casework.cases.rules import can_write
from casework.drafts.models import Draft
from casework.drafts.services import save_draft
from casework.kernel.acts import saved_whole
from casework.kernel.refusals import Conflict, Refusal
from casework.ui.sends import OPENED, STALE, opened_with, refuse_stale, where_once
from casework.ui.stored import put_stored
from casework.ui.views import RowPage, came_from, warned
from registration.forms.facts import facts_from
from registration.forms.intake import STEPS, ChildStep, PapersStep, Step
from registration.models import BirthRecord
from registration.queries.answers import MOST_TOLD_APART, answers_of, parent_answers, twin_answers, twin_draft
from registration.rules.guards import can_edit_facts
from registration.services.editing import change_facts
from registration.states import ParentRole

from .answers import are_valid, bound, near_first, put_on_forms
from .intake import FORM


class EditFacts(RowPage):
    """Change the facts of a birth that is not yet at the office."""

    policy = Policy(action="registration.birth.edit")
    model = BirthRecord
    row_name = "birth"
    template_name = "registration/facts.html"

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_write(self.row.case).insist()
        can_edit_facts(self.row).insist()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filled = kwargs.pop("filled", None) or self.forms(self.kept_form)
        near_first(filled, self.user)
        kept = (self.kept_form or {}).get(OPENED)
        opened = kept or opened_with(answers_of(self.row))
        return super().get_context_data(
            filled=filled, opened=opened, page_has_errors=self.request.method == "POST", **kwargs
        )

    def forms(self, typed: Any) -> list[Step]:
        """The steps child, birth and papers with what was typed, over what is stored."""
        filled = [step(typed, initial=answers_of(self.row)) for step in STEPS[2:5]]
        for form in filled:
            form.known = {"plurality": min(self.row.plurality, MOST_TOLD_APART)}
        return filled

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        filled = self.forms(request.POST)
        if are_valid(filled):
            answers = {key: value for form in filled for key, value in form.cleaned_data.items()}
            try:
                with saved_whole():
                    following = where_once(request, lambda: self.change(answers))
            except Conflict:
                raise
            except Refusal as refusal:
                if not refusal.is_warning:
                    put_on_forms(filled, refusal)
                if refusal.code == STALE:
                    for form in filled:
                        put_stored(form)
                asked = warned(refusal, *filled) if refusal.is_warning else {}
                return render(request, self.template_name, self.get_context_data(filled=filled, **asked), status=422)
            messages.success(request, _("The facts are changed."))
            return HttpResponseRedirect(following)
        return render(request, self.template_name, self.get_context_data(filled=filled), status=422)

    def change(self, answers: dict[str, Any]) -> str:
        """Change the facts, unless somebody else did since the page was opened; answers where to go then."""
        refuse_stale(self.request, answers_of(self.row))
        change_facts(
            birth=self.row,
            facts=facts_from(answers | parent_answers(self.row, ParentRole.MOTHER)),
            by=self.user,
            now=timezone.now(),
            today=self.today,
            acknowledged=self.request.POST.getlist("acknowledged"),
        )
        return came_from(self.request) or reverse("registration:detail", args=[self.row.pk])


class AddTwin(RowPage):
    """Begin the other twin's intake with everything that is the same (day.md 5)."""

    policy = Policy(action="registration.birth.edit")
    model = BirthRecord
    row_name = "birth"
    http_method_names = ["get", "post"]
    template_name = "registration/twin.html"

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_write(self.row.case).insist()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if may(self.user, "registration.birth.create", office_id=self.row.office_id) is None:
            raise PermissionDenied
        with saved_whole():
            return HttpResponseRedirect(where_once(request, self.begin))

    def begin(self) -> str:
        """Begin the other twin, unless this person has begun it already; answers where it goes on."""
        draft = twin_draft(self.row, self.user, FORM) or self.new_draft()
        return reverse("registration:step", args=[draft.pk, "child"])

    def new_draft(self) -> Draft:
        """A draft with everything that is the same; the steps with something of the child's own are open."""
        draft: Draft | None = None
        told = twin_answers(self.row, self.today)
        shared = [step for step in STEPS if step not in (ChildStep, PapersStep)]
        done = [step.key for step in shared if bound(step, told[step.key]).is_valid()]
        for key, answers in told.items():
            draft = save_draft(
                by=self.user,
                form=FORM,
                step=key,
                answers=answers,
                draft_id=draft.pk if draft else None,
                office_id=self.row.office_id,
                done_steps=done,
            )
        assert draft is not None  # noqa: S101  the first step says how many babies there are
        return draft
