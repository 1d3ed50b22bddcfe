"""Cases over the API, with their notes, tasks, consents and plan."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers

from casework.access.policies import Policy
from casework.audit.services import record_event
from casework.cases.forms import LONGEST, NoteForm
from casework.cases.models import (
    Assessment,
    Case,
    CasePlan,
    Consent,
    ContactAttempt,
    Goal,
    Need,
    Note,
    Step,
    Task,
)  # fmt: skip
from casework.cases.queries import cases_in_state
from casework.cases.services import records
from casework.cases.services.contacts import record_contact
from casework.cases.services.plans import current_plan
from casework.cases.states import CaseState, Domain, Risk
from casework.people.api.families import PhoneShown, PhoneTold, of_member
from casework.people.api.persons import PersonLine
from casework.people.models import Phone
from casework.people.services.families import add_phone
from casework.people.states import ContactRule
from casework.programmes.contributions import registry
from casework.ui.api.resources import Detailed, Listed, act, add, part
from casework.ui.api.serializers import MOST_ID, Shown, Told, ToldOf

from .acts import Acts
from .base import EDIT, NUMBER, SEE, colleague_named
from .opening import Opened

CONSENT = Policy(action="cases.consent.record")
MOST_NOTES = 200


class CaseLine(Shown):
    """A case in a list."""

    child = PersonLine()
    example = {
        "id": 7, "number": "MS-2026-0007", "child": PersonLine.example, "office": 1, "state": "open",
        "stage": "planned", "risk": "low",
        "lead": 3, "opened_on": "2026-11-23", "next_step": "Go to the registry", "next_step_on": "2026-11-30",
    }  # fmt: skip

    class Meta:
        model = Case
        fields: tuple[str, ...] = (
            "id", "number", "child", "office", "state", "stage", "risk", "lead", "opened_on", "next_step",
            "next_step_on",
        )  # fmt: skip


class CaseShown(CaseLine):
    """A case."""

    example = {
        **CaseLine.example, "is_sealed": False, "safety_note": "", "do_not_contact": False, "received_on": "2026-11-23",
        "closed_on": None, "close_reason": "", "risk_review_on": None,
    }  # fmt: skip

    class Meta(CaseLine.Meta):
        fields = (
            *CaseLine.Meta.fields, "is_sealed", "safety_note", "do_not_contact", "received_on", "closed_on",
            "close_reason", "risk_review_on",
        )  # fmt: skip


class CasesAsked(Told):
    """Filters of the case list."""

    state = serializers.ChoiceField(choices=["open", "closed", "all"], default="open")
    risk = serializers.ChoiceField(choices=Risk.choices, required=False)
    mine = serializers.BooleanField(default=False, help_text="only cases I lead")


class NoteShown(Shown):
    """A note that this reader may read."""

    example = {
        "id": 5,
        "text": "The mother comes on Friday.",
        "readers": "team",
        "author": 3,
        "at": "2026-11-23T10:00:00+07:00",
    }

    class Meta:
        model = Note
        fields = ("id", "text", "readers", "author", "at")


class NoteTold(ToldOf):
    """A new note."""

    example = {"text": "The mother comes on Friday.", "readers": "team"}

    class Meta:
        model = Note
        fields = ("text", "readers")


class ContactShown(Shown):
    """A call with the family, or an attempt."""

    example = {
        "id": 4, "direction": "out", "result": "no_answer", "phone": 8, "said": "", "call_again_on": "2026-11-25",
        "at": "2026-11-23T10:00:00+07:00", "by": 3,
    }  # fmt: skip

    class Meta:
        model = ContactAttempt
        fields = ("id", "direction", "result", "phone", "said", "call_again_on", "at", "by")


class ContactTold(ToldOf):
    """A call to write down; `phone` is one of the family's."""

    phone = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False)
    example = {"result": "no_answer", "call_again_on": "2026-11-25"}

    class Meta:
        model = ContactAttempt
        fields = ("direction", "result", "phone", "said", "call_again_on")


class TaskShown(Shown):
    """A task."""

    example = {
        "id": 2,
        "title": "Call the mother",
        "owner": 3,
        "due_on": "2026-11-26",
        "state": "to_do",
        "done_at": None,
    }

    class Meta:
        model = Task
        fields = ("id", "title", "owner", "due_on", "state", "done_at")


class TaskTold(ToldOf):
    """A new task; `owner` is a colleague of the case's office."""

    owner = serializers.IntegerField(min_value=1, max_value=MOST_ID)
    example = {"title": "Call the mother", "owner": 3, "due_on": "2026-11-26"}

    class Meta:
        model = Task
        fields = ("title", "owner", "due_on")


class ConsentShown(Shown):
    """The family's answer for one purpose."""

    example = {
        "id": 9, "purpose": "hospital", "recipient": "", "decision": "yes", "language": "my",
        "given_by_name": "Naw Paw",
        "relation": "mother", "how": "thumb", "child_assent": None, "given_on": "2026-11-23", "expires_on": None,
        "withdrawn_on": None,
    }  # fmt: skip

    class Meta:
        model = Consent
        fields = (
            "id", "purpose", "recipient", "decision", "language", "given_by_name", "relation", "how",
            "child_assent", "given_on", "expires_on",
            "withdrawn_on",
        )  # fmt: skip


class ConsentTold(ToldOf):
    """A new answer; it replaces the living one for the same purpose."""

    example = {"purpose": "hospital", "decision": "yes", "language": "my", "given_by_name": "Naw Paw",
               "relation": "mother",
               "how": "thumb", "given_on": "2026-11-23"}  # fmt: skip

    class Meta:
        model = Consent
        fields = (
            "purpose", "recipient", "decision", "language", "given_by_name", "relation", "how", "interpreter",
            "child_assent", "given_on", "expires_on", "parents_disagree",
        )  # fmt: skip

    def validate_purpose(self, purpose: str) -> str:
        if purpose not in {known.key for known in registry.gather("consent_purposes")}:
            raise serializers.ValidationError(_("Choose a purpose."), code="E-CHOICE-1")
        return purpose


class NeedOfCaseShown(Shown):
    """How serious a need is, in words where it is."""

    class Meta:
        model = Need
        fields: tuple[str, ...] = ("domain", "severity", "text")


class NeedsAssessmentShown(Shown):
    """What the child needs, with the views of those who were asked, and the risk level it speaks for."""

    needs = NeedOfCaseShown(many=True)
    example = {
        "id": 11, "kind": "rapid", "done_on": "2026-11-23", "done_by": 3,
        "needs": [{"domain": "legal", "severity": "2", "text": "No birth certificate"}], "child_views": "",
        "carer_views": "She wants to send him to school", "strengths": "", "who_present": "", "child_seen": True,
        "child_alone": None,
        "suggested_risk": "medium",
    }  # fmt: skip

    class Meta:
        model = Assessment
        fields = (
            "id", "kind", "done_on", "done_by", "needs", "child_views", "carer_views", "strengths", "who_present",
            "child_seen", "child_alone", "suggested_risk",
        )  # fmt: skip


class NeedOfCaseTold(ToldOf):
    """One domain: how serious, and what is needed."""

    class Meta(NeedOfCaseShown.Meta):
        extra_kwargs = {"text": {"required": False, "allow_blank": True, "default": ""}}


class NeedsAssessmentTold(ToldOf):
    """A needs assessment; a domain that is left out was not asked."""

    needs = NeedOfCaseTold(many=True, max_length=len(Domain))
    example = {
        "kind": "rapid", "done_on": "2026-11-23", "carer_views": "She wants to send him to school",
        "needs": [{"domain": "legal", "severity": "2", "text": "No birth certificate"}],
    }  # fmt: skip

    class Meta:
        model = Assessment
        fields = (
            "kind", "done_on", "needs", "child_views", "carer_views", "strengths", "who_present", "child_seen",
            "child_alone",
        )  # fmt: skip
        extra_kwargs = {name: {"max_length": LONGEST} for name in ("child_views", "carer_views", "strengths")}


class StepShown(Shown):
    """One act of a goal."""

    class Meta:
        model = Step
        fields = ("id", "title", "responsible", "responsible_text", "due_on", "state", "done_on")


class GoalShown(Shown):
    """What shall be true for the child."""

    steps = StepShown(many=True)

    class Meta:
        model = Goal
        fields = ("id", "title", "domain", "due_on", "steps")


class PlanShown(Shown):
    """The plan that holds now."""

    goals = GoalShown(many=True)

    class Meta:
        model = CasePlan
        fields = ("id", "number", "version", "state", "review_on", "submitted_by", "decided_by", "goals")


class Cases(Acts, Opened, Listed, Detailed):
    """Cases that are open to the person."""

    policy = SEE
    model = Case
    shown = CaseShown
    line = CaseLine
    asked = CasesAsked

    def rows(self) -> models.QuerySet:
        return super().rows().exclude(state=CaseState.VOID)

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        wanted = {"risk": asked["risk"]} if "risk" in asked else {}
        if asked["mine"]:
            wanted["lead"] = self.request.user
        return cases_in_state(self.request.user, asked["state"]).filter(**wanted)

    def opened(self, row: Case) -> None:
        record_event("cases.case.seen", actor=self.request.user, subject=row, case_id=row.pk, office_id=row.office_id)

    @part("notes", policy=SEE, shown=NoteShown)
    def notes(self) -> Any:
        """The newest 200 notes that this reader may read."""
        return Note.objects.visible_to(self.request.user).filter(case=self.row).order_by("-at", "-pk")[:MOST_NOTES]

    @add(notes, policy=Policy(action="cases.note.add"), told=NoteTold)
    def add_note(self, told: dict[str, Any]) -> Note:
        """Add a note."""
        allowed = dict(NoteForm(user=self.request.user).fields["readers"].choices)  # type: ignore[attr-defined]
        readers = told.get("readers", "team")
        if readers not in allowed:
            raise serializers.ValidationError({"readers": _("You do not read such notes yourself.")}, code="E-CHOICE-1")
        programmes = self.row.access_place()[1]
        return records.add_note(
            case=self.row, text=told["text"], readers=readers, programme=programmes[0] if programmes else "",
            **self.by_now,
        )  # fmt: skip

    @part("phones", policy=SEE, shown=PhoneShown)
    def phones(self) -> Any:
        """The phones of the family, and what may be said on them."""
        rows = list(Phone.objects.lookup_for(self.request.user).filter(family=self.row.family_id).order_by("pk"))
        for phone in rows if self.row.do_not_contact else ():
            phone.rule = ContactRule.DO_NOT
        return rows

    @add(phones, policy=Policy(action="people.person.edit"), told=PhoneTold)
    def add_phone(self, told: dict[str, Any]) -> Phone:
        """Add a phone of the family."""
        family = self.row.family
        if family is None:
            raise Http404
        return add_phone(family=family, by=self.request.user, **of_member(told, family, self.request.user))

    @part("contacts", policy=SEE, shown=ContactShown)
    def contacts(self) -> Any:
        """Calls with the family, the newest first."""
        return self.row.contacts.order_by("-at", "-pk")[:MOST_NOTES]

    @add(contacts, policy=Policy(action="cases.contact.record"), told=ContactTold)
    def add_contact(self, told: dict[str, Any]) -> ContactAttempt:
        """Write down a call."""
        told, chosen = dict(told), told.get("phone")
        told.pop("phone", None)
        phone = Phone.objects.visible_to(self.request.user).filter(pk=chosen, family=self.row.family_id).first()
        if chosen and phone is None:
            raise serializers.ValidationError({"phone": _("This phone is not one of this family.")}, code="E-CHOICE-1")
        return record_contact(case=self.row, phone=phone, **told, **self.at_once)

    @part("assessments", policy=SEE, shown=NeedsAssessmentShown)
    def assessments(self) -> Any:
        """The needs assessments, the newest first."""
        return self.row.assessments.prefetch_related("needs")

    @add(assessments, policy=EDIT, told=NeedsAssessmentTold)
    def add_assessment(self, told: dict[str, Any]) -> Assessment:
        """Write down a needs assessment; the risk level is decided by a person."""
        needs = {need["domain"]: (need["severity"], need["text"]) for need in told.pop("needs")}
        return records.record_assessment(case=self.row, needs=needs, **told, **self.by)

    @part("tasks", policy=SEE, shown=TaskShown)
    def tasks(self) -> Any:
        """The tasks, the next one first."""
        return self.row.tasks.order_by("state", "due_on", "pk")

    @add(tasks, policy=EDIT, told=TaskTold)
    def add_task(self, told: dict[str, Any]) -> Task:
        """Add a task by hand."""
        owner = colleague_named(self.row.office_id, told["owner"], field="owner")
        words = {"title": told["title"], "due_on": told["due_on"]}
        return records.add_task(case=self.row, owner=owner, **words, **self.by_now)

    @act(rf"tasks/(?P<task>{NUMBER})/finish", policy=EDIT)
    def finish_task(self, told: dict[str, Any], task: str) -> None:
        """Mark a task done."""
        records.finish_task(task=self.get_part(self.row.tasks, task), **self.by_now)

    @part("consents", policy=SEE, shown=ConsentShown)
    def consents(self) -> Any:
        """The family's answers, withdrawn ones too."""
        return self.row.consents.order_by("-pk")

    @add(consents, policy=CONSENT, told=ConsentTold)
    def add_consent(self, told: dict[str, Any]) -> Consent:
        """Record the family's answer for one purpose."""
        return records.record_consent(case=self.row, **self.by, **told)

    @act(rf"consents/(?P<consent>{NUMBER})/withdraw", policy=CONSENT)
    def withdraw_consent(self, told: dict[str, Any], consent: str) -> None:
        """Withdraw a consent: no new sharing from now on."""
        row = self.get_part(self.row.consents, consent)
        records.withdraw_consent(consent=row, **self.by)

    @part("plan", policy=SEE, shown=PlanShown)
    def plan(self) -> Any:
        """The plan that holds now, or nothing."""
        plan = current_plan(self.row)
        return [plan] if plan else []
