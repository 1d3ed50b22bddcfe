"""The last page of the intake: all answers, then the case is opened, or a liaison gives the draft to the clinic."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.access.policies import Policy
from casework.documents.draft_queries import kept_papers
from casework.drafts.models import HAND_IN
from casework.drafts.queries import writer_of
from casework.drafts.rules import can_throw_away
from casework.kernel.acts import saved_whole
from casework.kernel.digits import row_number
from casework.kernel.refusals import Refusal
from casework.people.queries.match_panel import said_in, said_to_be
from casework.people.states import Decision
from casework.ui.sends import answered, where_once
from registration.forms.facts import facts_from, notice_from
from registration.forms.intake import NoticeStep
from registration.queries.kin import Kin, kin_beside
from registration.querysets import CREATE
from registration.services.drafts import open_from_draft
from registration.services.liaison import hand_in_birth

from .answers import all_answers, flat, shown_answers
from .intake import DraftMixin, IntakeBase


class AllAnswers(DraftMixin, IntakeBase):
    """All answers on one page, each with its way back; then `finish` does with the draft what it is for."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        _answers, filled = all_answers(flat(self.row.data), self.asked)
        sections = [
            {"title": form.title, "url": self.step_url(self.row, form.key), "rows": shown_answers(form), "form": form}
            for form in filled
        ]
        return super().get_context_data(
            sections=sections,
            steps=self.stepper("check", self.row),
            papers=kept_papers(self.row, self.user, timezone.now()),
            last=self.step_url(self.row, self.asked[-1].key),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        answers, filled = all_answers(flat(self.row.data), self.asked)
        wrong = next((form for form in filled if not form.is_valid()), None)
        if wrong is not None:
            messages.error(request, _("One step is not finished. Check the answers shown in red."))
            return HttpResponseRedirect(self.step_url(self.row, wrong.key))
        try:
            with saved_whole():
                return HttpResponseRedirect(where_once(request, lambda: self.finish(answers)))
        except Refusal as refusal:
            where = {name: f"{form.title}, {field.label}" for form in filled for name, field in form.fields.items()}
            context = self.get_context_data(
                refusal=refusal, is_warning=refusal.is_warning, where=where, page_has_errors=True
            )
            return render(request, self.template_name, context, status=422)

    def finish(self, answers: dict[str, Any]) -> str:
        """Make one service call with the finished draft; answers where to go then."""
        raise NotImplementedError


class HandIn(AllAnswers):
    """The liaison of a ward says that a birth is ready for the clinic."""

    policy = Policy(action=HAND_IN)
    template_name = "registration/hand_in.html"

    def finish(self, answers: dict[str, Any]) -> str:
        hand_in_birth(draft=self.row, facts=facts_from(answers), by=self.user, now=timezone.now(), today=self.today)
        messages.success(self.request, _("The clinic sees it now. You can correct it until somebody takes it over."))
        return reverse("home:my-work")


class CheckAnswers(AllAnswers):
    """The case is opened."""

    policy = Policy(action=CREATE)
    template_name = "registration/check.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The draft is gone once its case is open: sent a second time, the same page leads to the case."""
        opened = answered(request)
        return HttpResponseRedirect(opened) if opened else super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        answers, _filled = all_answers(flat(self.row.data))
        kin = kin_beside(self.row, facts_from(answers), self.user)
        same = said_to_be(Decision.SAME, said_in(self.row), self.user)
        return super().get_context_data(
            said_same=same,
            may_throw_away=bool(can_throw_away(self.row, self.user)),
            kin=kin,
            same_mother=self.same_mother(kin),
            **kwargs,
        )

    def same_mother(self, kin: list[Kin]) -> int | None:
        """The sibling's record whose mother is the same person: as ticked, to begin with when she has the same name."""
        if self.request.method == "POST":
            return row_number(self.request.POST.get("same_mother"))
        return next((row.birth.pk for row in kin if row.is_mother_as_typed and not row.is_twin), None)

    def finish(self, answers: dict[str, Any]) -> str:
        """Open the case and let the draft go; answers where the birth is."""
        birth = open_from_draft(
            draft=self.row,
            facts=facts_from(answers),
            notice=notice_from(answers, given_by=writer_of(self.row, NoticeStep.key)),
            received_on=answers.get("received_on"),
            same_mother=row_number(self.request.POST.get("same_mother")),
            acknowledged=self.request.POST.getlist("acknowledged"),
            by=self.user,
            now=timezone.now(),
            today=self.today,
        )
        messages.success(
            self.request, _("%(number)s is open. Now confirm the way of registration.") % {"number": birth.case.number}
        )
        return reverse("registration:detail", args=[birth.pk])
