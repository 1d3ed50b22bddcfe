"""Acts on a case: risk, safety, the next step, rest, lead, end, and its plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from rest_framework import serializers

from casework.access.policies import Policy
from casework.cases.closing_rules import Gone
from casework.cases.models import Case, CasePlan, Goal, Step
from casework.cases.services import cases, closing, contacts, plans, records
from casework.cases.services.plans import current_plan
from casework.cases.states import CloseReason, Country, HoldReason, NewsFrom, Risk, StepState
from casework.ui.api.resources import Resource, act
from casework.ui.api.serializers import MOST_ID, Day, Partly, ReasonTold, Told, ToldOf, optional_line

from .base import EDIT, NUMBER, colleague_named, known_place

PLAN = Policy(action="cases.plan.edit")
APPROVE = Policy(action="cases.plan.approve")
SEAL = Policy(action="cases.case.seal")


class RiskTold(Told):
    """The risk level, why, and when it is looked at again."""

    risk = serializers.ChoiceField(choices=Risk.choices)
    reason = optional_line(300)
    review_on = Day(required=False, allow_null=True, default=None)
    example = {"risk": "medium", "reason": "The father drinks", "review_on": "2026-12-20"}


class SafetyTold(Partly, ToldOf):
    """The note under the child’s header, and whether the family may be contacted; what is left out stays."""

    example = {"safety_note": "Contact only through the aunt", "do_not_contact": False}

    class Meta:
        model = Case
        fields = ("safety_note", "do_not_contact")


class NextStepTold(Told):
    """What happens next, and when."""

    step = optional_line(200)
    on = Day()
    example = {"step": "Go to the registry", "on": "2026-11-30"}


class HoldTold(Told):
    """Why the case rests: reminders stop, time limits go on."""

    reason = serializers.ChoiceField(choices=HoldReason.choices)
    text = optional_line(300)
    example = {"reason": "family_asked", "text": "They are away until January"}


class LeadTold(Told):
    """The new lead, a colleague of the case’s office."""

    lead = serializers.IntegerField(min_value=1, max_value=MOST_ID)
    example = {"lead": 3}


class CloseTold(Told):
    """Why it ends; of a family that is gone: since when, where to, and who told us."""

    reason = serializers.ChoiceField(choices=CloseReason.choices)
    text = optional_line(300)
    gone_on = Day(required=False, allow_null=True)
    place = optional_line(6)
    country = serializers.ChoiceField(choices=Country.choices, required=False, allow_blank=True, default="")
    news_from = serializers.ChoiceField(choices=NewsFrom.choices, required=False, allow_blank=True, default="")
    example = {"reason": "left_thailand", "text": "They went home", "gone_on": "2026-11-20", "country": "MM",
               "news_from": "family"}  # fmt: skip

    def validate_place(self, code: str) -> str:
        return known_place(code)

    @staticmethod
    def closing(told: Mapping[str, Any]) -> dict[str, Any]:
        """As the services take it."""
        gone = Gone(
            on=told.get("gone_on"), place_code=told["place"], country=told["country"], news_from=told["news_from"]
        )  # fmt: skip
        return {"reason": told["reason"], "text": told["text"], "gone": gone}


class GoalTold(ToldOf):
    """What shall be true for the child."""

    example = {"title": "Has a birth certificate", "domain": "legal", "due_on": "2026-12-20"}

    class Meta:
        model = Goal
        fields = ("title", "domain", "due_on")
        extra_kwargs = {"title": {"required": False, "allow_blank": True, "default": ""}, "due_on": {"default": None}}


class StepTold(ToldOf):
    """One act of a goal: who does what. `responsible` is a colleague of the case’s office."""

    responsible = serializers.IntegerField(
        min_value=1, max_value=MOST_ID, required=False, allow_null=True, default=None
    )
    example = {"title": "Go to the registry", "responsible": 3, "due_on": "2026-11-30"}

    class Meta:
        model = Step
        fields = ("title", "responsible", "responsible_text", "due_on")
        extra_kwargs = {
            "title": {"required": False, "allow_blank": True, "default": ""},
            "responsible_text": {"default": ""},
            "due_on": {"default": None},
        }


class TickTold(Told):
    """Whether it is done; no: not after all."""

    done = serializers.BooleanField(default=True)
    example = {"done": True}


class ReviewTold(Told):
    """When the plan is looked at again."""

    review_on = Day()
    example = {"review_on": "2026-12-20"}


class VersionTold(Told):
    """The `version` of the plan that was read."""

    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    example = {"version": 4}


class ReturnedTold(Told):
    """What should be changed."""

    text = optional_line(300)
    example = {"text": "Name who goes along"}


class Acts(Resource):
    """What is done to a case."""

    sealed: Case | None = None
    """The case that was sealed just now: who sealed it may not see it any more."""

    def load(self, *, locked: bool = False) -> Any:
        return self.sealed or super().load(locked=locked)

    @act("seal", policy=SEAL, told=ReasonTold)
    def seal(self, told: dict[str, Any]) -> None:
        """Seal it: from now on only who is assigned to it sees it (a supervisor, with a fresh second factor)."""
        self.sealed = cases.seal_case(case=self.row, sealed=True, reason=told["reason"], by=self.request.user)

    @act("unseal", policy=SEAL, told=ReasonTold)
    def unseal(self, told: dict[str, Any]) -> None:
        """Take the seal off (a supervisor who is assigned to it, with a fresh second factor)."""
        cases.seal_case(case=self.row, sealed=False, reason=told["reason"], by=self.request.user)

    @act("risk", policy=EDIT, told=RiskTold)
    def set_risk(self, told: dict[str, Any]) -> None:
        """Set the risk level, with its reason and the next review."""
        cases.set_risk(case=self.row, **told, **self.by)

    @act("safety", policy=EDIT, told=SafetyTold)
    def set_safety_note(self, told: dict[str, Any]) -> None:
        """Change the safety note, or say that the family must not be contacted."""
        note = told.get("safety_note", self.row.safety_note)
        forbidden = told.get("do_not_contact", self.row.do_not_contact)
        cases.set_safety_note(case=self.row, note=note, do_not_contact=forbidden, **self.by)

    @act("next-step", policy=EDIT, told=NextStepTold)
    def set_next_step(self, told: dict[str, Any]) -> None:
        """Say what happens next, and when."""
        cases.set_next_step(case=self.row, **told, **self.by)

    @act("hold", policy=EDIT, told=HoldTold)
    def hold(self, told: dict[str, Any]) -> None:
        """Put the case on hold."""
        cases.hold_case(case=self.row, by=self.request.user, **told)

    @act("resume", policy=EDIT)
    def resume(self, told: dict[str, Any]) -> None:
        """Let a case on hold go on."""
        cases.resume_case(case=self.row, by=self.request.user)

    @act("lose-contact", policy=Policy(action="cases.contact.record"))
    def lose_contact(self, told: dict[str, Any]) -> None:
        """Say that the family cannot be reached, after calls on several days."""
        contacts.lose_contact(case=self.row, **self.by)

    @act("lead", policy=Policy(action="cases.case.assign"), told=LeadTold)
    def change_lead(self, told: dict[str, Any]) -> None:
        """Give the case to another lead."""
        lead = colleague_named(self.row.office_id, told["lead"], field="lead")
        cases.change_lead(case=self.row, lead=lead, **self.by_now)

    @act("close", policy=Policy(action="cases.case.close"), told=CloseTold)
    def close(self, told: dict[str, Any]) -> None:
        """Close the case; as completed once nothing stands against it."""
        closing.close_with_papers(case=self.row, papers=(), **CloseTold.closing(told), **self.at_once)

    @act("reopen", policy=Policy(action="cases.case.reopen"), told=ReasonTold)
    def reopen(self, told: dict[str, Any]) -> None:
        """Open the case again."""
        cases.reopen_case(case=self.row, reason=told["reason"], **self.by)

    @act(rf"tasks/(?P<task>{NUMBER})/reopen", policy=EDIT)
    def reopen_task(self, told: dict[str, Any], task: str) -> None:
        """Say that a task is not done after all."""
        records.reopen_task(task=self.get_part(self.row.tasks, task), by=self.request.user)

    @property
    def plan_now(self) -> CasePlan:
        """The plan that holds now, or 404."""
        plan = current_plan(self.row)
        if plan is None:
            raise Http404
        return plan

    @act("plan/add-goal", policy=PLAN, told=GoalTold)
    def add_goal(self, told: dict[str, Any]) -> None:
        """Put a goal into the plan being written; the first one begins it."""
        plans.add_goal(case=self.row, **told, **self.by)

    @act(rf"goals/(?P<goal>{NUMBER})/add-step", policy=PLAN, told=StepTold)
    def add_step(self, told: dict[str, Any], goal: str) -> None:
        """Put a step under a goal."""
        title, chosen = self.get_part(self.plan_now.goals, goal).title, told.pop("responsible")
        who = colleague_named(self.row.office_id, chosen, field="responsible") if chosen else None
        plans.add_step(case=self.row, goal_title=title, responsible=who, by=self.request.user, **told)

    @act(rf"goals/(?P<goal>{NUMBER})/remove", policy=PLAN)
    def remove_goal(self, told: dict[str, Any], goal: str) -> None:
        """Take a goal out of the plan being written."""
        plans.remove_goal(goal=self.get_part(self.plan_now.goals, goal), by=self.request.user)

    @act(rf"steps/(?P<step>{NUMBER})/tick", policy=PLAN, told=TickTold)
    def tick_step(self, told: dict[str, Any], step: str) -> None:
        """Mark a step done, or not done after all."""
        steps = Step.objects.lookup_for(self.request.user).filter(goal__plan=self.plan_now)
        row = self.get_part(steps, step)
        if told["done"] != (row.state == StepState.DONE):
            plans.tick_step(step=row, done=told["done"], **self.by)

    @act("plan/review", policy=PLAN, told=ReviewTold)
    def set_review(self, told: dict[str, Any]) -> None:
        """Say when the plan is looked at again."""
        plans.set_review_date(case=self.row, review_on=told["review_on"], **self.by)

    @act("plan/submit", policy=PLAN)
    def submit_plan(self, told: dict[str, Any]) -> None:
        """Send the plan to a supervisor."""
        plans.submit_plan(plan=self.plan_now, **self.at_once)

    @act("plan/approve", policy=APPROVE, told=VersionTold)
    def approve_plan(self, told: dict[str, Any]) -> None:
        """Approve exactly the version that was read; never by who wrote in it."""
        plans.approve_plan(plan=self.plan_now, version=told["version"], **self.by_now)

    @act("plan/return", policy=APPROVE, told=ReturnedTold)
    def return_plan(self, told: dict[str, Any]) -> None:
        """Send the plan back with words."""
        plans.return_plan(plan=self.plan_now, text=told["text"], **self.by_now)
