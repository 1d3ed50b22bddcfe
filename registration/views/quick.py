"""The fast lane: an easy birth on one page, with one save (day.md 4)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from casework.access.policies import Policy
from casework.accounts.models import Office
from casework.cases.states import Origin
from casework.documents.draft_queries import kept_papers, way_to
from casework.drafts.forms import held_values
from casework.drafts.pages import LATER, NOTHING_TYPED, OnePage, put_aside
from casework.drafts.services import DraftConflict, finish_draft
from casework.kernel.acts import saved_whole
from casework.kernel.digits import row_number
from casework.kernel.refusals import Refusal
from casework.people.queries.match_panel import MOST_TOLD, told_in
from casework.ui.sends import key_of, where_once
from casework.ui.views import warned
from registration.forms.facts import facts_from, notice_from
from registration.forms.intake import STEPS, Step
from registration.forms.notes import notes_on
from registration.models import BirthRecord
from registration.queries.kin import twin_said
from registration.queries.usual import answers_as_before, usual_answers
from registration.querysets import CREATE
from registration.rules.deadlines import is_in_time
from registration.services.fast import open_easy_birth
from registration.services.matching import decide_as_said
from registration.views.answers import (
    all_answers,
    are_valid,
    near_first,
    put_on_forms,
    put_on_own_forms,
    put_rules_on_page,
    typed_answers,
)
from registration.views.intake import TO_PAPERS, IntakeBase, office_of

QUICK = "registration.quick"

NEXT = "next"
"""What the button says that saves the birth and logs another one."""


class QuickBirth(OnePage, IntakeBase):
    """The fast lane: all papers there, parents known, in time; one page, one save (day.md 4).

    What is typed is kept as a draft by itself, and with the papers that are photographed before it is saved.
    """

    policy = Policy(action=CREATE)
    template_name = "registration/quick.html"
    draft_form = QUICK

    @cached_property
    def office(self) -> Office:
        """The office of the draft, else the one in which the person logs births."""
        return self.draft.office if self.draft else office_of(self.request)

    @property
    def typed(self) -> dict[str, Any]:
        """What a draft keeps of the page."""
        post = self.request.POST
        beside = {"told": post.getlist("told")[:MOST_TOLD], "papers_seen": post.get("papers_seen", "")}
        return {**typed_answers(post), **beside}

    def way_out(self) -> str:
        return reverse("registration:list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = self.sent
        filled = kwargs.pop("filled", None) or [
            step(self.kept_form, initial=self.begins_with(step, sent)) for step in STEPS
        ]
        near_first(filled, self.user)
        answers, _filled = all_answers(typed_answers(sent))
        facts, told = facts_from(answers), told_in(sent.getlist("told"))
        for form in filled:
            form.is_in_time = is_in_time(facts, self.today)
            form.notes = notes_on(form, facts, today=self.today) if form.is_bound else {}
        return super().get_context_data(
            filled=filled,
            page_has_errors=self.request.method == "POST",
            idempotency_key=key_of(self.request),
            told=told,
            papers_seen=(self.kept_form or sent).get("papers_seen") == "yes",
            draft=self.draft,
            draft_form=QUICK,
            device_id=(self.kept_form or self.request.POST).get("device_id") or uuid4(),
            office=self.office,
            saved=self.before,
            papers=kept_papers(self.draft, self.user, timezone.now()),
            **self.similar(facts, told, self.draft),
            **kwargs,
        )

    def begins_with(self, step: type[Step], sent: QueryDict) -> dict[str, Any]:
        """What a part of the page shows: what was kept of it, else what an easy birth most often is."""
        return held_values(step(), sent) if self.draft else self.quick_initial(step)

    @cached_property
    def usual(self) -> dict[str, Any]:
        """Hospital, registry office and language as they are here, so that they need not be chosen each time."""
        return usual_answers(self.office)

    @cached_property
    def before(self) -> BirthRecord | None:
        """The birth that was saved just now, after which another one is logged."""
        number = row_number(self.request.GET.get("after", ""))
        rows = BirthRecord.objects.visible_to(self.user).select_related("case")
        return rows.filter(pk=number).first() if number else None

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
            **(answers_as_before(self.before) if self.before else {}),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        filled = [step(request.POST) for step in STEPS]
        if request.POST.get("then") in (*TO_PAPERS, LATER):
            return self.keep_typed(filled, request.POST["then"])
        if not are_valid(filled):
            put_rules_on_page(filled, self.today)  # all at once, not in a second round
        if are_valid(filled):
            answers = {key: value for form in filled for key, value in form.cleaned_data.items()}
            try:
                with saved_whole():
                    following = where_once(request, lambda: self.log(answers))
            except DraftConflict as conflict:
                put_on_own_forms(filled, conflict)
            except Refusal as refusal:
                if not refusal.is_warning:
                    put_on_forms(filled, refusal)
                asked = warned(refusal, *filled) if refusal.is_warning else {}
                context = self.get_context_data(filled=filled, **asked)
                return render(request, self.template_name, context, status=422)
            else:
                return HttpResponseRedirect(following)
        return render(request, self.template_name, self.get_context_data(filled=filled), status=422)

    def keep_typed(self, filled: list[Step], then: str) -> HttpResponse:
        """Keep what is typed as a draft, and put it aside or go where papers are photographed."""
        try:
            kept = self.save_typed(self.office.pk)
        except DraftConflict as conflict:
            put_on_own_forms(filled, conflict)
            kept = None
        except Refusal as refusal:
            put_on_forms(filled, refusal)
            kept = None
        else:
            if kept is None:
                messages.error(self.request, NOTHING_TYPED)
        if kept is not None and then == LATER:
            return put_aside(self.request, kept)
        if kept is not None:
            return HttpResponseRedirect(way_to(kept, then))
        return render(self.request, self.template_name, self.get_context_data(filled=filled), status=422)

    def log(self, answers: dict[str, Any]) -> str:
        """Log the birth, with the photos that were taken; answers the address of its record."""
        self.hold_typed()
        facts, told = facts_from(answers), told_in(self.request.POST.getlist("told"))
        birth = open_easy_birth(
            facts=facts,
            notice=notice_from(answers),
            office=self.office,
            by=self.user,
            now=timezone.now(),
            today=self.today,
            papers_seen=self.request.POST.get("papers_seen") == "yes",
            acknowledged=self.request.POST.getlist("acknowledged"),
            received_on=answers["received_on"],
            origin=Origin.PAPER if answers["received_on"] else Origin.TYPED,
            twin_of=twin_said(facts, told, self.user, office_id=self.office.pk),
        )
        decide_as_said(birth=birth, said=told, by=self.user, now=timezone.now())
        if self.draft is not None:
            finish_draft(draft=self.draft, by=self.user, record=birth.case)
        if self.request.POST.get("then") == NEXT:
            return f"{reverse('registration:quick')}?after={birth.pk}"
        words = _("%(number)s is saved: %(status)s.")
        messages.success(self.request, words % {"number": birth.case.number, "status": birth.get_status_display()})
        return reverse("registration:detail", args=[birth.pk])
