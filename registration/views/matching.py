"""The live panel beside an intake: children who may be the one being typed, what is said of them, words at fields."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import cached_property

from casework.accounts.models import Office
from casework.drafts.models import Draft
from casework.drafts.pages import device_id_of
from casework.drafts.services import save_draft
from casework.kernel.digits import row_number
from casework.people.queries.match_panel import answer_said, said_in, told_in
from registration.forms.facts import facts_from
from registration.forms.intake import STEP_BY_KEY
from registration.forms.notes import live_notes
from registration.services.matching import remember_answer
from registration.views.answers import all_answers, flat, typed_answers
from registration.views.intake import FORM, IntakeBase, office_of
from registration.views.quick import QUICK


class Matches(IntakeBase):
    """The panel, asked again while typing; with an answer it is kept first. It never stops the typing.

    Without a script the buttons send the whole step: it is saved as a draft and shown again.
    """

    template_name = "registration/_live.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("_form") != FORM:
            return self.without_draft()
        is_live = request.headers.get("HX-Request") == "true"
        draft = self.draft
        said = self.said()
        if said is not None:
            draft = draft if draft and is_live else self.saved(draft)
            if draft is not None:
                draft = remember_answer(draft=draft, key=said[0], answer=said[1], by=self.user)
        if draft is not None and not is_live:
            return HttpResponseRedirect(self.step_url(draft, self.step_key()))
        said_before = said_in(draft) if draft else {}
        return self.shown(flat(draft.data) if draft else {}, said_before, draft)

    def without_draft(self) -> HttpResponse:
        """The panel of the one page, which carries the answers itself."""
        told, said = told_in(self.request.POST.getlist("told")), self.said()
        if said is not None:
            told[said[0]] = said[1]
        said_before = {key: answer for key, answer in told.items() if answer}
        return self.shown({}, said_before, self.draft, told=True)

    def shown(
        self, kept: dict[str, Any], said: dict[str, str], draft: Draft | None, *, told: bool = False
    ) -> HttpResponse:
        """Panel and words at the fields, from what is kept and what is typed now."""
        answers, _filled = all_answers({**kept, **typed_answers(self.request.POST)})
        facts = facts_from(answers)
        here = [step for step in self.asked if step.key == self.request.POST.get("_step")]
        forms = [kind(self.request.POST) for kind in here or self.asked]
        for form in forms:
            form.known = {name: value for name, value in kept.items() if name not in form.fields}
        context = {**self.similar(facts, said, draft), "draft": draft}
        says = [words for form in forms for words in live_notes(form, facts, today=self.today)]
        return render(self.request, self.template_name, {**context, "says": says, "told": said if told else None})

    @cached_property
    def office(self) -> Office:
        """The office of the draft, else the one in which the person logs births."""
        return self.draft.office if self.draft else office_of(self.request)

    @cached_property
    def draft(self) -> Draft | None:
        """The draft this page writes to, if it has been begun."""
        form = QUICK if self.request.POST.get("_form") == QUICK else FORM
        drafts = Draft.objects.visible_to(self.user).filter(form=form).select_related("office")
        number, device = row_number(self.request.POST.get("_draft")), device_id_of(self.request)
        if number is not None:
            return drafts.filter(pk=number).first()
        return drafts.filter(device_id=device).first() if device else None

    def step_key(self) -> str:
        step = self.request.POST.get("_step", "")
        return step if step in STEP_BY_KEY else next(iter(STEP_BY_KEY))

    def saved(self, draft: Draft | None) -> Draft | None:
        """What is typed now as a draft, which keeps the answer; None when nothing is typed."""
        place: dict[str, Any] = {"draft_id": draft.pk} if draft else {"device_id": device_id_of(self.request)}
        return save_draft(
            by=self.user,
            form=FORM,
            step=self.step_key(),
            answers=typed_answers(self.request.POST),
            office_id=None if draft else self.office.pk,
            **place,
        )

    def said(self) -> tuple[str, str] | None:
        """What a button of the panel says of a child."""
        return answer_said(self.request.POST.get("said", ""), self.user)
