"""The intake in steps over the API: a draft is begun, its steps are saved as they are told, and its case is opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import models
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from casework.access.policies import Policy
from casework.drafts import services
from casework.drafts.models import Draft
from casework.drafts.pages import NOTHING_TYPED
from casework.drafts.queries import writer_of
from casework.drafts.rules import LONGEST_ANSWER
from casework.kernel.refusals import Refusal, error
from casework.ui.api.resources import Created, Detailed, Listed, Resource, Spec, act, plain
from casework.ui.api.serializers import MOST_ID, Line, Shown, Text, Told
from registration.forms.boxes import boxes_of, fields_open_to
from registration.forms.facts import facts_from, notice_from
from registration.forms.intake import STEP_BY_KEY, STEPS, NoticeStep
from registration.forms.lines import Step
from registration.models import BirthRecord
from registration.services.drafts import open_from_draft
from registration.views.answers import all_answers, flat, put_rules_on_page
from registration.views.intake import FORM

from .base import CREATE
from .shown import BirthShown
from .told import MOST_CODES

EXAMPLES: dict[str, dict[str, Any]] = {
    "mother": {"plurality": "1", "mother_knowledge": "known", "mother_name_Latn": "Naw Paw",
               "mother_birth_y": "2002", "mother_birth_precision": "year", "phone": "081 234 5678"},
    "father": {"father_knowledge": "unknown", "father_reason": "She never told"},
    "child": {"child_name_Latn": "Nan Wah", "sex": "F", "birth_d": "20", "birth_m": "11", "birth_y": "2026",
              "weight_g": "3100"},
    "birth": {"channel": "ward", "place_kind": "hospital", "facility": "1"},
    "papers": {"proof": "TR1_1", "proof_number": "MSH-00042", "proof_seen": True, "informant_relation": "mother"},
    "notice": {"notice_language": "my", "notice_on_d": "23", "notice_on_m": "11", "notice_on_y": "2026"},
}  # fmt: skip


def box(field: forms.Field) -> serializers.Field:
    """One box as it is typed: text, or yes and no."""
    if isinstance(field, forms.BooleanField):
        return serializers.BooleanField(required=False, help_text=field.label)
    return Text(required=False, allow_blank=True, max_length=LONGEST_ANSWER, help_text=field.label)


def answers_told(step: type[Step]) -> type[Told]:
    """The body that saves one step: its boxes by name, each as it is typed on the page; what is left out stays."""
    boxes = {name: box(field) for field_name, field in step().fields.items() for name in boxes_of(step, (field_name,))}
    words = {
        "__doc__": f"The boxes of the step “{step.key}”, each as it is typed on the page.",
        "__module__": __name__,
        "example": EXAMPLES[step.key],
    }
    return type(f"{step.key.title()}AnswersTold", (Told,), {**boxes, **words})


STEPS_TOLD = {step.key: answers_told(step) for step in STEPS}


class BirthDraftTold(STEPS_TOLD["mother"]):  # type: ignore[name-defined,misc]
    """A new draft, begun with what was told of the mother; `office` where one works in several."""

    office = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False)
    example = EXAMPLES["mother"]


class OpenedTold(Told):
    """Opens the case: codes of warnings that somebody has seen, and the sibling's birth that has the same mother."""

    acknowledged = serializers.ListField(child=Line(max_length=20), required=False, max_length=MOST_CODES, default=list)
    same_mother = serializers.IntegerField(
        min_value=1, max_value=MOST_ID, required=False, allow_null=True, default=None
    )
    example: dict[str, Any] = {"acknowledged": []}


class Unfinished(serializers.Serializer):
    """What still stands against a step."""

    step = serializers.CharField()
    field = serializers.CharField()
    message = serializers.CharField()


class BirthDraftLine(Shown):
    """An unfinished intake in a list."""

    example = {
        "id": 31, "title": "Naw Paw", "office": 1, "owner": 3, "started_by": 3, "step": "mother",
        "done_steps": ["mother"], "is_parked": False, "saved_at": "2026-11-23T10:42:00+07:00", "version": 2,
    }  # fmt: skip

    class Meta:
        model = Draft
        fields: tuple[str, ...] = (
            "id", "title", "office", "owner", "started_by", "step", "done_steps", "is_parked", "saved_at", "version",
        )  # fmt: skip


class BirthDraftShown(BirthDraftLine):
    """An unfinished intake: its answers as they were typed, and what still stands against each step."""

    answers = serializers.SerializerMethodField()
    unfinished = serializers.SerializerMethodField()
    example = {
        **BirthDraftLine.example, "answers": {"mother": EXAMPLES["mother"]},
        "unfinished": [{"step": "child", "field": "sex", "message": "Choose the child’s sex, or “Not known yet”."}],
    }  # fmt: skip

    class Meta(BirthDraftLine.Meta):
        fields = (*BirthDraftLine.Meta.fields, "answers", "unfinished")

    def get_answers(self, draft: Draft) -> dict[str, dict[str, Any]]:
        user, told = self.context["request"].user, {}
        for key, step in STEP_BY_KEY.items():
            answers = draft.data.get(key, {})
            boxes = boxes_of(step, fields_open_to(user, draft.office_id, step))
            told[key] = {name: answers[name] for name in boxes if name in answers}
        return {key: answers for key, answers in told.items() if answers}

    def get_unfinished(self, draft: Draft) -> list[dict[str, str]]:
        view = self.context["view"]
        return list(unfinished(draft.data, view.today))


def unfinished(data: dict[str, Any], today: Any) -> Iterator[dict[str, str]]:
    """What the forms and the rules still refuse, step by step."""
    _answers, filled = all_answers(flat(data))
    put_rules_on_page(filled, today)
    for form in filled:
        for name, sentences in form.errors.items():
            for sentence in sentences:
                yield {"step": form.key, "field": "" if name == "__all__" else name, "message": str(sentence)}


class Steps(Resource):
    """The steps, each saved by its own act."""

    def keep(self, key: str, told: dict[str, Any]) -> None:
        """Write what was told over what the step holds; a step with nothing against it is done."""
        draft, user = self.row, self.request.user
        step = STEP_BY_KEY[key]
        closed = set(told) - set(boxes_of(step, fields_open_to(user, draft.office_id, step)))
        if closed:
            raise serializers.ValidationError(dict.fromkeys(closed, _("This field is not known here.")), "E-FIELD-1")
        answers = {**draft.data.get(key, {}), **told}
        open_steps = {line["step"] for line in unfinished({**draft.data, key: answers}, self.today)}
        done = [step for step in draft.done_steps if step != key] + ([key] if key not in open_steps else [])
        services.save_draft(
            by=user, form=FORM, step=key, answers=answers, draft_id=draft.pk, version=draft.version, done_steps=done
        )

    @act("save-mother", policy=CREATE, told=STEPS_TOLD["mother"])
    def save_mother(self, told: dict[str, Any]) -> None:
        """Save what was told of the mother."""
        self.keep("mother", told)

    @act("save-father", policy=CREATE, told=STEPS_TOLD["father"])
    def save_father(self, told: dict[str, Any]) -> None:
        """Save what was told of the father."""
        self.keep("father", told)

    @act("save-child", policy=CREATE, told=STEPS_TOLD["child"])
    def save_child(self, told: dict[str, Any]) -> None:
        """Save what was told of the child."""
        self.keep("child", told)

    @act("save-birth", policy=CREATE, told=STEPS_TOLD["birth"])
    def save_birth(self, told: dict[str, Any]) -> None:
        """Save where and how the child was born."""
        self.keep("birth", told)

    @act("save-papers", policy=CREATE, told=STEPS_TOLD["papers"])
    def save_papers(self, told: dict[str, Any]) -> None:
        """Save which papers there are."""
        self.keep("papers", told)

    @act("save-notice", policy=CREATE, told=STEPS_TOLD["notice"])
    def save_notice(self, told: dict[str, Any]) -> None:
        """Save how the family was informed."""
        self.keep("notice", told)


class BirthDrafts(Steps, Listed, Detailed, Created):
    """Unfinished intakes of the person, and those of the office that a colleague can finish."""

    policy = CREATE
    create_policy = CREATE
    model = Draft
    shown = BirthDraftShown
    line = BirthDraftLine
    create_told = BirthDraftTold
    gone: Draft | None = None
    """The draft that was thrown away just now."""

    def rows(self) -> models.QuerySet:
        return super().rows().filter(form=FORM)

    def load(self, *, locked: bool = False) -> Any:
        """The draft; one that is opened already is asked for its first answer, which a key of the request names."""
        if self.gone is not None:
            return self.gone
        is_sent_again = self.action == "open_case" and "Idempotency-Key" in self.request.headers
        return self.rows().filter(pk=self.kwargs["pk"]).first() if is_sent_again else super().load(locked=locked)

    def made(self, told: dict[str, Any]) -> Draft:
        office, user = told.pop("office", None), self.request.user
        is_done = not any(line["step"] == "mother" for line in unfinished({"mother": told}, self.today))
        draft = services.save_draft(
            by=user, form=FORM, step="mother", answers=told, office_id=office, done_steps=["mother"] if is_done else []
        )
        if draft is None:
            raise Refusal("DRAFT-EMPTY", "", NOTHING_TYPED)
        return draft

    @act("take-over", policy=Policy(action="drafts.draft.take"))
    def take_over(self, told: dict[str, Any]) -> None:
        """Go on with a colleague’s draft; both names stay."""
        services.take_over_draft(draft=self.row, by=self.request.user)

    @act("throw-away", policy=CREATE)
    def throw_away(self, told: dict[str, Any]) -> None:
        """Remove one’s own draft for good, with its photos."""
        services.throw_away_draft(draft=self.row, by=self.request.user)
        self.gone = self.row

    @action(detail=True, methods=["post"], url_path="open")
    def open_case(self, request: Request, pk: str) -> Response:
        """Open the case: the draft goes, and the birth is the answer, also to the same key sent again."""
        told, context = self.read(OpenedTold), self.get_serializer_context()
        return self.make(
            lambda: self.case_opened(told),
            lambda birth: plain(BirthShown(birth, context=context).data),
            "api:births-detail",
        )

    open_case.spec = Spec(policy=CREATE, told=OpenedTold, shown=BirthShown)  # type: ignore[attr-defined]

    def case_opened(self, told: dict[str, Any]) -> BirthRecord:
        """Call the one service, for a draft that has nothing against it."""
        if self.row is None:
            raise Http404
        against = [error("DRAFT-OPEN", line["field"], line["message"])
                   for line in unfinished(self.row.data, self.today)]  # fmt: skip
        if against:
            raise Refusal.of(against)
        answers, _filled = all_answers(flat(self.row.data))
        notice = notice_from(answers, given_by=writer_of(self.row, NoticeStep.key))
        return open_from_draft(
            draft=self.row, facts=facts_from(answers), notice=notice,
            received_on=answers.get("received_on"), **told, **self.at_once,
        )  # fmt: skip
