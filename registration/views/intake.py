"""The birth intake: steps on a server draft, the one-page fast lane, the check page, the live duplicate panel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casework.access.policies import Policy
from casework.access.scopes import may
from casework.access.working import working_office
from casework.accounts.models import Office
from casework.drafts.forms import RESERVED
from casework.drafts.models import Draft
from casework.drafts.services import finish_draft, park_draft, save_draft
from casework.kernel.dates import both
from casework.kernel.digits import row_number, to_ascii_digits
from casework.kernel.refusals import Conflict, Level, Refusal
from casework.ui.fields import WeightField
from casework.ui.templatetags.words import grams
from casework.ui.views import PageView, RowMixin, RowPage, came_from, put_refusal
from registration.forms.facts import facts_from, notice_from
from registration.forms.intake import STEP_BY_KEY, STEPS, NoticeStep, Step
from registration.forms.notes import SHOWN_AT, field_of, notes_on
from registration.models import BirthRecord
from registration.queries.answers import answers_of, twin_answers
from registration.queries.match_panel import match_cards, said_in, said_to_be_same
from registration.queries.notice import ToRead, notices_to_read
from registration.rules.facts import BirthFacts
from registration.rules.validations import birth_findings
from registration.services.editing import change_facts
from registration.services.intake import open_birth
from registration.services.matching import decide_as_said, features_of_typing
from registration.services.ward import meet_by_draft

CREATE = Policy(action="registration.birth.create")
FORM = "registration.intake"
NOT_ANSWERS = {"then", "acknowledged", "papers_seen", "said", "told", *RESERVED}


def typed_answers(post: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed in one step: one value per field."""
    return {key: post[key] for key in post if key not in NOT_ANSWERS}


def flat(data: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """All steps of a draft as one set of answers; field names are unique over the steps."""
    return {name: value for answers in data.values() for name, value in answers.items()}


def bound(step: type[Step], data: dict[str, Any]) -> Step:
    """A step's form filled with a draft's answers."""
    query = QueryDict(mutable=True)
    query.update({key: str(value) for key, value in data.items()})
    return step(query)


def office_of(request: HttpRequest) -> Office:
    """The office in which the person logs births. Raises PermissionDenied when there is none."""
    office = working_office(request.user, "registration.birth.create")
    if office is None:
        raise PermissionDenied(_("You have no office in which births are logged."))
    return office


def device_id_of(request: HttpRequest) -> UUID | None:
    """The id the page made for a new draft, so that autosave and save meet in one row; None when it cannot be read."""
    try:
        return UUID(request.POST.get("device_id", ""))
    except ValueError:
        return None


class IntakeBase(PageView):
    """What the pages of the intake share."""

    policy = CREATE
    template_name = "registration/step.html"
    is_refused = False

    def stepper(self, current: str, draft: Draft | None) -> list[dict[str, Any]]:
        """The bar of steps; finished ones can be opened again."""
        done = draft.done_steps if draft else []
        pairs = [(step.key, step.title) for step in STEPS] + [("check", gettext_lazy("Check"))]
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
        return (
            reverse("registration:check", args=[draft.pk])
            if key == "check"
            else reverse("registration:step", args=[draft.pk, key])
        )

    def keep(self, form: Step, **place: Any) -> Draft | None:
        """Save what was typed as a draft; what cannot be kept is said beside its field."""
        answers = typed_answers(self.request.POST)
        try:
            return save_draft(by=self.user, form=FORM, answers=answers, **place)
        except Conflict:
            raise
        except Refusal as refusal:
            put_refusal(form, refusal)
            self.is_refused = True
            return None


class NewBirth(IntakeBase):
    """Step one, without a draft: leaving it empty makes none."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        step = STEPS[0]
        form = kwargs.pop("form", None) or step(self.kept_form)
        if form.is_bound:
            answers, _filled = all_answers(typed_answers(form.data))
            form.notes = notes_on(form, facts_from(answers), today=self.today)
        return super().get_context_data(
            form=form,
            step=step,
            steps=self.stepper(step.key, None),
            number=1,
            total=len(STEPS) + 1,
            draft=None,
            draft_form=FORM,
            device_id=(self.kept_form or self.request.POST).get("device_id") or uuid4(),
            office=office_of(self.request),
            notices=notices_to_read("", office_of(self.request).phone),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        step = STEPS[0]
        form = step(request.POST)
        if form.is_valid():
            put_rules_on_step(form, typed_answers(request.POST), self.today)
        if not form.has_changed():
            return render(request, self.template_name, self.get_context_data(form=form), status=422)
        draft = self.keep(
            form,
            step=step.key,
            device_id=device_id_of(request),
            office_id=office_of(request).pk,
            done_steps=[step.key] if form.is_valid() else [],
        )
        if draft is None or not form.is_valid():
            return render(request, self.template_name, self.get_context_data(form=form), status=422)
        return HttpResponseRedirect(self.step_url(draft, STEPS[1].key))


def notices_of_step(step: type[Step], draft: Draft) -> tuple[ToRead, ...]:
    """The notice for the family, where it is given: at the first step, and where it is noted."""
    if step not in (STEPS[0], NoticeStep):
        return ()
    return notices_to_read(flat(draft.data).get("notice_language") or "", draft.office.phone)


class DraftMixin(RowMixin):
    """Loads the draft that the person may work on."""

    model = Draft
    row_name = "draft"

    def rows(self) -> Any:
        return super().rows().filter(form=FORM)


class IntakeStep(DraftMixin, IntakeBase):
    """One step of a draft."""

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        step = STEP_BY_KEY.get(kwargs["step"])
        if step is None:
            raise Http404
        self.step = step

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft, step = self.row, self.step
        kwargs = {name: value for name, value in kwargs.items() if name != "step"}
        form = kwargs.pop("form", None) or self.shown_form()
        form.known = {name: value for name, value in flat(draft.data).items() if name not in form.fields}
        answers, _filled = all_answers(flat(draft.data))
        facts = facts_from(answers)
        form.notes = notes_on(form, facts, today=self.today)
        number = STEPS.index(step)
        return super().get_context_data(
            form=form,
            step=step,
            steps=self.stepper(step.key, draft),
            number=number + 1,
            total=len(STEPS) + 1,
            draft_form=FORM,
            device_id="",
            office=draft.office,
            previous=self.step_url(draft, STEPS[number - 1].key) if number else "",
            so_far=so_far(draft),
            **panel_of(facts, said_in(draft), draft.office, self.user),
            notices=notices_of_step(step, draft),
            **kwargs,
        )

    def shown_form(self) -> Step:
        """A finished step shows its answers as they were sent; an unfinished one what autosave holds."""
        if self.kept_form is not None:
            return self.step(self.kept_form)
        answers = self.row.data.get(self.step.key, {})
        if self.step.key in self.row.done_steps:
            return bound(self.step, answers)
        return self.step(initial={**first_guess(self.step, self.today), **held_values(self.step, answers)})

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form, key = self.step(request.POST), self.step.key
        if form.is_valid():
            put_rules_on_step(form, {**flat(self.row.data), **typed_answers(request.POST)}, self.today)
        done = [step for step in self.row.done_steps if step != key] + ([key] if form.is_valid() else [])
        draft = self.keep(form, step=key, draft_id=self.row.pk, done_steps=done) or self.row
        then = request.POST.get("then")
        if then == "later" and not self.is_refused:
            park_draft(draft=draft, by=self.user)
            messages.success(request, _("Saved. You find it under “unfinished” at the top."))
            return HttpResponseRedirect(reverse("home:my-work"))
        if not form.is_valid():
            self.row = draft
            return render(request, self.template_name, self.get_context_data(form=form), status=422)
        order = [step.key for step in STEPS] + ["check"]
        following = "check" if then == "check" else order[order.index(key) + 1]
        return HttpResponseRedirect(self.step_url(draft, following))


def put_rules_on_step(form: Step, answers: dict[str, Any], today: date) -> None:
    """Show what the rules refuse about this step's own fields at once, not only on the last page."""
    cleaned, _filled = all_answers(answers)
    for finding in birth_findings(facts_from(cleaned), today=today):
        field = field_of(finding, form)
        if finding.level is Level.ERROR and field and field not in form.errors:
            form.add_error(field, str(finding.sentence))


def first_guess(step: type[Step], today: Any) -> dict[str, Any]:
    """What a new step begins with: the notice is most often given today."""
    return {"notice_on": today} if step is NoticeStep else {}


def held_values(step: type[Step], answers: dict[str, Any]) -> dict[str, Any]:
    """Autosaved answers as initial values; boxes of one date are put together."""
    held: dict[str, Any] = {}
    for name, field in step().fields.items():
        value = field.widget.value_from_datadict(answers, {}, name)
        if any(value.values()) if isinstance(value, dict) else name in answers:
            held[name] = value
    return held


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


def all_answers(data: dict[str, Any]) -> tuple[dict[str, Any], list[Step]]:
    """The cleaned answers of every step, and the forms."""
    answers: dict[str, Any] = {}
    filled = [bound(step, data) for step in STEPS]
    for form in filled:
        form.is_valid()
        answers.update(form.cleaned_data)
    return answers, filled


def panel_of(facts: BirthFacts, said: Mapping[str, Any], office: Office, user: Any) -> dict[str, Any]:
    """The context of templates/people/_similar.html: children like the one being typed, with what was said of them."""
    cards = match_cards(features_of_typing(facts), user, office_id=office.pk, said=said)
    return {
        "cards": cards,
        "is_open": any(not card.answer for card in cards),
        "may_decide": may(user, "people.duplicate.decide") is not None,
        "answer_url": reverse("registration:matches"),
    }


class CheckAnswers(DraftMixin, IntakeBase):
    """All answers on one page, each with its way back; then the case is opened."""

    template_name = "registration/check.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        _answers, filled = all_answers(flat(self.row.data))
        sections = [
            {"title": form.title, "url": self.step_url(self.row, form.key), "rows": shown_answers(form), "form": form}
            for form in filled
        ]
        same = said_to_be_same(said_in(self.row), self.user)
        return super().get_context_data(
            sections=sections, steps=self.stepper("check", self.row), said_same=same, **kwargs
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
                birth = open_birth(
                    facts=facts_from(answers),
                    notice=notice_from(answers),
                    office=self.row.office,
                    by=self.user,
                    now=timezone.now(),
                    today=self.today,
                    acknowledged=request.POST.getlist("acknowledged"),
                    received_on=answers.get("received_on"),
                    origin="paper" if answers.get("received_on") else "typed",
                    twin_of=twin_of,
                )
                decide_as_said(birth=birth, said=said_in(self.row), by=self.user, now=timezone.now())
                meet_by_draft(draft=self.row, birth=birth, by=self.user, now=timezone.now())
                finish_draft(draft=self.row, by=self.user)
        except Refusal as refusal:
            context = self.get_context_data(refusal=refusal, is_warning=refusal.is_warning)
            return render(request, self.template_name, context, status=422)
        messages.success(
            request, _("%(number)s is open. Now confirm the way of registration.") % {"number": birth.case.number}
        )
        return HttpResponseRedirect(reverse("registration:detail", args=[birth.pk]))


def shown_answers(form: Step) -> list[tuple[str, str]]:
    """Label and answer in words, only what was answered."""
    rows = []
    for name, field in form.fields.items():
        value: Any = form.cleaned_data.get(name)
        if value in (None, "", [], False):
            continue
        if isinstance(field, forms.BooleanField):
            text = _("Yes")
        elif isinstance(field, WeightField):
            text = grams(value)
        elif isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            text = str(dict(list(field.choices)).get(value, value))  # type: ignore[arg-type]
        elif hasattr(value, "text"):
            text = value.text(_lang())
        elif hasattr(value, "isoformat") and hasattr(value, "year"):
            text = both(value, _lang())
        else:
            text = str(value)
        rows.append((str(field.label), text))
    return rows


def _lang() -> str:
    return (get_language() or "en")[:2]


def are_valid(filled: list[Step]) -> bool:
    """Whether every form is valid; all are asked, so that all errors show."""
    answers = [form.is_valid() for form in filled]
    return all(answers)


def put_on_forms(filled: list[Step], refusal: Refusal) -> None:
    """Show each finding on the form that has its field, others on the first."""
    for finding in refusal.findings:
        field = SHOWN_AT.get(finding.field, finding.field)
        home = next((form for form in filled if field in form.fields), filled[0])
        put_refusal(home, Refusal.of([replace(finding, field=field)]))


class EditFacts(RowPage):
    """Change the facts of a birth that is not yet at the office."""

    policy = Policy(action="registration.birth.edit")
    model = BirthRecord
    row_name = "birth"
    template_name = "registration/facts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filled = kwargs.pop("filled", None) or [
            step(self.kept_form, initial=answers_of(self.row)) for step in STEPS[2:5]
        ]
        return super().get_context_data(filled=filled, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        filled = [step(request.POST) for step in STEPS[2:5]]
        if are_valid(filled):
            answers = {key: value for form in filled for key, value in form.cleaned_data.items()}
            try:
                with transaction.atomic():
                    change_facts(
                        birth=self.row,
                        facts=facts_from(answers),
                        by=self.user,
                        now=timezone.now(),
                        today=self.today,
                        acknowledged=request.POST.getlist("acknowledged"),
                    )
            except Conflict:
                raise
            except Refusal as refusal:
                put_on_forms(filled, refusal)
                warnings = refusal.is_warning
                context = self.get_context_data(filled=filled, refusal=refusal, is_warning=warnings)
                return render(request, self.template_name, context, status=422)
            messages.success(request, _("The facts are changed."))
            return HttpResponseRedirect(came_from(request) or reverse("registration:detail", args=[self.row.pk]))
        return render(request, self.template_name, self.get_context_data(filled=filled), status=422)


class AddTwin(RowPage):
    """Begin the other twin's intake with everything that is the same (day.md 5)."""

    policy = Policy(action="registration.birth.edit")
    model = BirthRecord
    row_name = "birth"
    http_method_names = ["get", "post"]
    template_name = "registration/twin.html"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if may(self.user, "registration.birth.create", office_id=self.row.office_id) is None:
            raise PermissionDenied
        draft = None
        for key, answers in twin_answers(self.row).items():
            draft = save_draft(
                by=self.user,
                form=FORM,
                step=key,
                answers=answers,
                draft_id=draft.pk if draft else None,
                office_id=self.row.office_id,
                done_steps=["mother", "father", "birth", "papers", "notice"],
            )
        return HttpResponseRedirect(reverse("registration:step", args=[draft.pk if draft else 0, "child"]))
