"""The last page of the intake: all answers, then the case is opened."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.documents.draft_queries import kept_papers
from casework.drafts.services import finish_draft
from casework.kernel.digits import row_number
from casework.kernel.refusals import Refusal
from casework.ui.sends import answered, where_once
from registration.forms.facts import facts_from, notice_from
from registration.models import BirthRecord
from registration.queries.match_panel import said_in, said_to_be_same
from registration.services.intake import open_birth
from registration.services.matching import decide_as_said
from registration.services.ward import meet_by_draft

from .answers import all_answers, flat, shown_answers
from .intake import DraftMixin, IntakeBase


class CheckAnswers(DraftMixin, IntakeBase):
    """All answers on one page, each with its way back; then the case is opened."""

    template_name = "registration/check.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The draft is gone once its case is open: sent a second time, the same page leads to the case."""
        opened = answered(request)
        return HttpResponseRedirect(opened) if opened else super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        _answers, filled = all_answers(flat(self.row.data))
        sections = [
            {"title": form.title, "url": self.step_url(self.row, form.key), "rows": shown_answers(form), "form": form}
            for form in filled
        ]
        same = said_to_be_same(said_in(self.row), self.user)
        return super().get_context_data(
            sections=sections,
            steps=self.stepper("check", self.row),
            said_same=same,
            papers=kept_papers(self.row, self.user, timezone.now()),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        answers, filled = all_answers(flat(self.row.data))
        wrong = next((form for form in filled if not form.is_valid()), None)
        if wrong is not None:
            messages.error(request, _("One step is not finished. Check the answers shown in red."))
            return HttpResponseRedirect(self.step_url(self.row, wrong.key))
        twin_of = (
            BirthRecord.objects.visible_to(self.user).filter(pk=row_number(flat(self.row.data).get("twin_of"))).first()
        )
        try:
            with transaction.atomic():
                return HttpResponseRedirect(where_once(request, lambda: self.open_case(answers, twin_of)))
        except Refusal as refusal:
            context = self.get_context_data(refusal=refusal, is_warning=refusal.is_warning)
            return render(request, self.template_name, context, status=422)

    def open_case(self, answers: dict[str, Any], twin_of: BirthRecord | None) -> str:
        """Open the case and let the draft go; answers where the birth is."""
        birth = open_birth(
            facts=facts_from(answers),
            notice=notice_from(answers),
            office=self.row.office,
            by=self.user,
            now=timezone.now(),
            today=self.today,
            acknowledged=self.request.POST.getlist("acknowledged"),
            received_on=answers.get("received_on"),
            origin="paper" if answers.get("received_on") else "typed",
            twin_of=twin_of,
        )
        decide_as_said(birth=birth, said=said_in(self.row), by=self.user, now=timezone.now())
        meet_by_draft(draft=self.row, birth=birth, by=self.user, now=timezone.now())
        finish_draft(draft=self.row, by=self.user, record=birth.case)
        messages.success(
            self.request, _("%(number)s is open. Now confirm the way of registration.") % {"number": birth.case.number}
        )
        return reverse("registration:detail", args=[birth.pk])
