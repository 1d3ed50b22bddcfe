"""The last page of the intake: all answers, then the case is opened, or a liaison gives the draft to the clinic."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
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
from casework.drafts.services import finish_draft
from casework.kernel.digits import row_number
from casework.kernel.refusals import Refusal
from casework.people.states import Decision
from casework.ui.sends import answered, where_once
from registration.forms.facts import facts_from, notice_from
from registration.forms.intake import NoticeStep
from registration.models import BirthRecord
from registration.queries.kin import Kin, kin_of
from registration.queries.match_panel import said_in, said_to_be
from registration.querysets import CREATE
from registration.rules.facts import BirthFacts
from registration.services.intake import open_birth
from registration.services.liaison import hand_in_birth
from registration.services.matching import decide_as_said
from registration.services.ward import meet_by_draft

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
            with transaction.atomic():
                return HttpResponseRedirect(where_once(request, lambda: self.finish(answers)))
        except Refusal as refusal:
            context = self.get_context_data(refusal=refusal, is_warning=refusal.is_warning, page_has_errors=True)
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
        kin, same = self.kin(facts_from(answers)), said_to_be(Decision.SAME, said_in(self.row), self.user)
        return super().get_context_data(
            said_same=same,
            may_throw_away=bool(can_throw_away(self.row, self.user)),
            kin=kin,
            same_mother=self.same_mother(kin),
            **kwargs,
        )

    def begun_from(self) -> BirthRecord | None:
        """The record from which this draft was begun as the other twin's."""
        number = row_number(flat(self.row.data).get("twin_of"))
        return BirthRecord.objects.visible_to(self.user).filter(pk=number).first() if number else None

    def kin(self, facts: BirthFacts) -> list[Kin]:
        """Records of children said to be twin or sibling, where the draft was not begun from one."""
        if self.begun_from():
            return []
        return kin_of(facts, said_in(self.row), self.user, office_id=self.row.office_id)

    def same_mother(self, kin: list[Kin]) -> int | None:
        """The sibling's record whose mother is the same person: as ticked, to begin with when she has the same name."""
        if self.request.method == "POST":
            return row_number(self.request.POST.get("same_mother"))
        return next((row.birth.pk for row in kin if row.is_mother_as_typed and not row.is_twin), None)

    def finish(self, answers: dict[str, Any]) -> str:
        """Open the case and let the draft go; answers where the birth is."""
        facts = facts_from(answers)
        kin = self.kin(facts)
        birth = open_birth(
            facts=facts,
            notice=notice_from(answers, given_by=writer_of(self.row, NoticeStep.key)),
            office=self.row.office,
            by=self.user,
            now=timezone.now(),
            today=self.today,
            acknowledged=self.request.POST.getlist("acknowledged"),
            received_on=answers.get("received_on"),
            origin="paper" if answers.get("received_on") else "typed",
            twin_of=self.begun_from() or next((row.birth for row in kin if row.is_twin), None),
            sibling_of=next((row.birth for row in kin if row.birth.pk == self.same_mother(kin)), None),
        )
        decide_as_said(birth=birth, said=said_in(self.row), by=self.user, now=timezone.now())
        meet_by_draft(draft=self.row, birth=birth, by=self.user, now=timezone.now())
        finish_draft(draft=self.row, by=self.user, record=birth.case)
        messages.success(
            self.request, _("%(number)s is open. Now confirm the way of registration.") % {"number": birth.case.number}
        )
        return reverse("registration:detail", args=[birth.pk])
