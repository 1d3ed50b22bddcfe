"""The birth intake: steps on a server draft, and the live duplicate panel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.access.policies import Policy
from casework.access.scopes import may
from casework.access.working import working_office
from casework.accounts.models import Office
from casework.documents.draft_queries import kept_papers, way_to
from casework.drafts.forms import held_values
from casework.drafts.models import Draft
from casework.drafts.pages import LATER, NOTHING_TYPED, device_id_of, put_aside, version_of
from casework.drafts.services import DraftConflict, save_draft, tell_missing
from casework.kernel.digits import to_ascii_digits
from casework.kernel.refusals import Conflict, Refusal
from casework.people.queries.match_panel import panel, said_in
from casework.ui.views import PageView, RowMixin, put_refusal
from registration.forms.facts import facts_from
from registration.forms.intake import STEPS, BirthStep, NoticeStep, PapersStep, Step
from registration.forms.liaison import steps_for
from registration.forms.notes import notes_on
from registration.queries.notice import ToRead, notices_to_read
from registration.queries.usual import usual_answers
from registration.queries.ward import FORM
from registration.querysets import CREATE, PROGRAMME, WRITE_DOWN
from registration.rules.deadlines import is_in_time
from registration.rules.facts import BirthFacts
from registration.services.matching import features_of_typing
from registration.states import Channel, InformantRelation, Knowledge, PlaceKind

from .answers import (
    all_answers,
    bound,
    flat,
    near_first,
    put_on_own_forms,
    put_rules_on_step,
    typed_answers,
)

ON_THE_WARD = {"channel": Channel.WARD, "place_kind": PlaceKind.HOSPITAL}
"""What a birth that the ward tells of most often is."""
TO_PAPERS = frozenset({"papers", "phone", "file"})
"""Buttons of the panel of photos and scans: what is typed is kept first."""


def office_of(request: HttpRequest) -> Office:
    """The office in which the person logs births, one in which they open cases first. PermissionDenied when none."""
    offices = (working_office(request.user, action, PROGRAMME) for action in (CREATE, WRITE_DOWN))
    office = next(filter(None, offices), None)
    if office is None:
        raise PermissionDenied(_("You have no office in which births are logged."))
    return office


class IntakeBase(PageView):
    """What the pages of the intake share."""

    policy: ClassVar[Any] = Policy(action=WRITE_DOWN)
    template_name = "registration/step.html"
    is_refused = False

    @cached_property
    def office(self) -> Office:
        """The office of the birth that is written down."""
        return office_of(self.request)

    @cached_property
    def asked(self) -> tuple[type[Step], ...]:
        """The steps as this person is asked them."""
        return steps_for(self.user, self.office.pk)

    @cached_property
    def opens_cases(self) -> bool:
        """Whether the person opens the case, and so compares with children we know; others hand the draft in."""
        return may(self.user, CREATE, office_id=self.office.pk, programmes=[PROGRAMME]) is not None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            list_url=reverse("registration:list") if may(self.user, "registration.birth.list") else "",
            opens_cases=self.opens_cases,
            prints=may(self.user, "documents.blank_form.print") is not None,
            **kwargs,
        )

    def similar(self, facts: BirthFacts, said: Mapping[str, Any], draft: Draft | None) -> dict[str, Any]:
        """The panel of children who look alike; empty for who may learn of no other family (decision 45)."""
        if not self.opens_cases:
            return {}
        return panel(
            features_of_typing(facts), said, self.user, office_id=self.office.pk, draft=draft,
            answer_url=reverse("registration:matches"),
        )  # fmt: skip

    def stepper(self, current: str, draft: Draft | None) -> list[dict[str, Any]]:
        """The bar of steps; finished ones can be opened again."""
        done = draft.done_steps if draft else []
        pairs = [(step.key, step.title) for step in self.asked] + [("check", gettext_lazy("Check"))]
        return [
            {
                "label": label,
                "url": self.step_url(draft, key) if draft and (key in done or key == current) else "",
                "is_done": key in done and key != current,
                "is_current": key == current,
            }
            for key, label in pairs
        ]

    def step_url(self, draft: Draft, key: str) -> str:
        """The page of one step of a draft."""
        if key != "check":
            return reverse("registration:step", args=[draft.pk, key])
        return reverse("registration:check" if self.opens_cases else "registration:hand-in", args=[draft.pk])

    def keep(self, form: Step, **place: Any) -> Draft | None:
        """Save what was typed as a draft; what cannot be kept is said beside its field."""
        answers = typed_answers(self.request.POST)
        try:
            return save_draft(by=self.user, form=FORM, answers=answers, version=version_of(self.request), **place)
        except DraftConflict as conflict:
            put_on_own_forms([form], conflict)
            self.is_refused = True
            return None
        except Conflict:
            raise
        except Refusal as refusal:
            put_refusal(form, refusal)
            self.is_refused = True
            return None


class NewBirth(IntakeBase):
    """Step one, without a draft: leaving it empty makes none."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        step = self.asked[0]
        form, draft = kwargs.pop("form", None) or step(self.kept_form), kwargs.pop("draft", None)
        if form.is_bound:
            answers, _filled = all_answers(typed_answers(form.data))
            form.notes = notes_on(form, facts_from(answers), today=self.today)
        return super().get_context_data(
            form=form,
            step=step,
            steps=self.stepper(step.key, None),
            draft=draft,
            draft_form=FORM,
            device_id=(self.kept_form or self.request.POST).get("device_id") or uuid4(),
            office=self.office,
            notices=notices_to_read("", self.office.phone),
            papers=kept_papers(draft, self.user, timezone.now()),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        step = self.asked[0]
        form = step(request.POST)
        if form.is_valid():
            put_rules_on_step(form, typed_answers(request.POST), self.today)
        then = request.POST.get("then", "")
        if not form.has_changed():
            if then in (*TO_PAPERS, LATER):
                messages.error(request, NOTHING_TYPED)
            return render(request, self.template_name, self.get_context_data(form=form), status=422)
        draft = self.keep(
            form,
            step=step.key,
            device_id=device_id_of(request),
            office_id=self.office.pk,
            done_steps=[step.key] if form.is_valid() else [],
        )
        if draft is not None and then == LATER:
            return put_aside(request, draft)
        if draft is not None and then in TO_PAPERS:
            return HttpResponseRedirect(way_to(draft, then))
        if draft is None or not form.is_valid():
            return render(request, self.template_name, self.get_context_data(form=form, draft=draft), status=422)
        return HttpResponseRedirect(self.step_url(draft, self.asked[1].key))


def notices_of_step(step: type[Step], draft: Draft) -> tuple[ToRead, ...]:
    """The notice for the family, where it is given: at the first step, and where it is noted."""
    if step.key not in (STEPS[0].key, NoticeStep.key):
        return ()
    return notices_to_read(flat(draft.data).get("notice_language") or "", draft.office.phone)


class DraftMixin(RowMixin):
    """Loads the draft that the person may work on; says of one they worked on before where it has gone."""

    model = Draft
    row_name = "draft"

    def rows(self) -> Any:
        return super().rows().filter(form=FORM)

    def prepare(self, **kwargs: Any) -> None:
        try:
            super().prepare(**kwargs)
        except Http404:
            tell_missing(number=kwargs["pk"], user=self.user)
            raise

    @cached_property
    def office(self) -> Office:
        """The office of the draft."""
        return self.row.office

    def way_out(self) -> str:
        return reverse("registration:list" if may(self.user, "registration.birth.list") else "home:my-work")


class IntakeStep(DraftMixin, IntakeBase):
    """One step of a draft."""

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        step = next((step for step in self.asked if step.key == kwargs["step"]), None)
        if step is None:
            raise Http404
        self.step = step

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft, step = self.row, self.step
        kwargs = {name: value for name, value in kwargs.items() if name != "step"}
        form = kwargs.pop("form", None) or self.shown_form()
        near_first([form], self.user)
        form.known = {name: value for name, value in flat(draft.data).items() if name not in form.fields}
        answers, _filled = all_answers(flat(draft.data))
        facts = facts_from(answers)
        form.is_in_time = is_in_time(facts, self.today)
        form.notes = notes_on(form, facts, today=self.today)
        number = self.asked.index(step)
        return super().get_context_data(
            form=form,
            step=step,
            steps=self.stepper(step.key, draft),
            draft_form=FORM,
            device_id="",
            office=self.office,
            previous=self.step_url(draft, self.asked[number - 1].key) if number else "",
            so_far=so_far(draft),
            **self.similar(facts, said_in(draft), draft),
            notices=notices_of_step(step, draft),
            papers=kept_papers(draft, self.user, timezone.now()),
            **kwargs,
        )

    def shown_form(self) -> Step:
        """A finished step shows its answers as they were sent; an unfinished one what autosave holds."""
        if self.kept_form is not None:
            return self.step(self.kept_form)
        answers = self.row.data.get(self.step.key, {})
        if self.step.key in self.row.done_steps:
            return bound(self.step, answers)
        guess = first_guess(self.step, self.row, self.today)
        if self.step is BirthStep and not self.opens_cases:
            guess |= ON_THE_WARD
        return self.step(initial={**guess, **held_values(self.step(), answers)})

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form, key = self.step(request.POST), self.step.key
        if form.is_valid():
            put_rules_on_step(form, {**flat(self.row.data), **typed_answers(request.POST)}, self.today)
        done = [step for step in self.row.done_steps if step != key] + ([key] if form.is_valid() else [])
        draft = self.keep(form, step=key, draft_id=self.row.pk, done_steps=done) or self.row
        then = request.POST.get("then")
        if then == LATER and not self.is_refused:
            return put_aside(request, draft)
        if then in TO_PAPERS and not self.is_refused:
            return HttpResponseRedirect(way_to(draft, then))
        if not form.is_valid():
            self.row = draft
            return render(request, self.template_name, self.get_context_data(form=form), status=422)
        to_do = (step.key for step in self.asked if step.key not in draft.done_steps and then != "check")
        return HttpResponseRedirect(self.step_url(draft, next(to_do, "check")))


def first_guess(step: type[Step], draft: Draft, today: Any) -> dict[str, Any]:
    """What a new step begins with: what is usual here, the notice given today; a mother who is known notifies."""
    if step.key not in (BirthStep.key, PapersStep.key, NoticeStep.key):
        return {}
    knows_mother = flat(draft.data).get("mother_knowledge") == Knowledge.KNOWN
    notifies = {"informant_relation": InformantRelation.MOTHER} if knows_mother else {}
    return {"notice_on": today, **notifies, **usual_answers(draft.office)}


SO_FAR = (("mother", gettext_lazy("Mother")), ("father", gettext_lazy("Father")), ("child", gettext_lazy("Child")))


def so_far(draft: Draft) -> list[tuple[str, list[str]]]:
    """The names typed in the steps before, each script by itself, and the phone, for the side column."""
    answers = flat(draft.data)
    rows = []
    for who, label in SO_FAR:
        names = [answers.get(f"{who}_name_{script}") for script in ("Latn", "Mymr", "Thai")]
        if any(names):
            rows.append((str(label), [str(name) for name in names if name]))
    phone = to_ascii_digits(str(answers.get("phone") or ""))
    return rows + ([(_("Phone"), [phone])] if phone else [])
