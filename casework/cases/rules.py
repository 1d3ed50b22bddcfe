"""Pure rules of the case: its stage, what stands against closing, guards. Used alike by page, API and import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.refusals import Finding, Refusal, error
from casework.programmes.contributions import registry

from .closing_rules import Gone, gone_findings
from .models import Case, CasePlan
from .states import CaseState, CloseReason, PlanState, Stage, StepState


@dataclass(frozen=True)
class Findings:
    """What stands against an act."""

    found: tuple[Finding, ...]

    def insist(self) -> None:
        """Raise Refusal when anything stands against it."""
        if self.found:
            raise Refusal.of(self.found)


def stage_of(case: Case) -> Stage:
    """The stage, computed from facts: assessment, plan, steps done, review due."""
    if case.state == CaseState.CLOSED:
        return Stage.CLOSED
    plan = case.plans.exclude(state=PlanState.REPLACED).first()
    if plan is not None and plan.state == PlanState.APPROVED:
        steps = list(plan.goals.values_list("steps__state", flat=True))
        return Stage.IN_SERVICE if StepState.DONE in steps else Stage.PLANNED
    if case.assessments.exists():
        return Stage.ASSESSED
    return Stage.IDENTIFIED


ASKED_FROM = 7
"""Years from which a child is asked itself whether it agrees that somebody is told (core.md §2; decision 72)."""


def asks_child(case: Case, today: date) -> bool:
    """Whether the child is old enough to be asked, or may be."""
    return case.child.birth.is_under(ASKED_FROM, today) is not True


def has_other_open(child_id: int, case: Case | None = None) -> bool:
    """Whether the child has an open case beside this one; a child has one (the database refuses a second)."""
    others = Case.rows.all().open().filter(child=child_id)
    return others.exclude(pk=case.pk).exists() if case else others.exists()


def told_day_findings(*, notice_on: date | None, received_on: date | None, today: date) -> list[Finding]:
    """BR-NOTICE-2, CAS-RECV-1: the family was informed, and its paper came, today or before."""
    findings = []
    if notice_on is not None and notice_on > today:
        findings.append(error("BR-NOTICE-2", "notice_on", _("The notice cannot be given in the future.")))
    if received_on is not None and received_on > today:
        findings.append(error("CAS-RECV-1", "received_on", _("This day is in the future. Check the date.")))
    return findings


def can_reopen(case: Case) -> Verdict:
    """Not of a child with another open case, which is gone on with."""
    if has_other_open(case.child_id, case):
        return no("CAS-REOPEN-2", _("This child has another open case. Go on with that one."))
    return YES


def close_blockers(case: Case) -> list[str]:
    """Sentences saying what stands against closing as completed, asked of every room and programme."""
    return [str(sentence) for contribution in registry for sentence in contribution.case_close_blockers(case)]


def closing_findings(case: Case, *, reason: str, text: str, gone: Gone, today: date) -> Findings:
    """Completed needs everything settled; other reasons need words, what they rest on, and some where a family went."""
    if reason not in CloseReason.values:
        return Findings((error("CAS-CLOSE-1", "reason", _("Choose why the case is closed.")),))
    if reason != CloseReason.COMPLETED:
        words = error("CAS-CLOSE-2", "text", _("Write in a few words why the case is closed."))
        missing = () if text.strip() else (words,)
        noted = (sentence for room in registry for sentence in room.missing_for_reason(case, reason))
        first = (error("CAS-CLOSE-4", "reason", sentence) for sentence in noted)
        return Findings((*missing, *first, *gone_findings(case, reason=reason, gone=gone, today=today)))
    return Findings(tuple(error("CAS-CLOSE-3", "", sentence) for sentence in close_blockers(case)))


def can_write(case: Case) -> Verdict:
    """Nothing is written on a case that was undone with its import."""
    if case.state == CaseState.VOID:
        return no("CAS-VOID", _("This case was undone together with its import. Nothing can be written on it."))
    return YES


def can_edit_plan(plan: CasePlan) -> Verdict:
    """A replaced plan is history."""
    if plan.state == PlanState.REPLACED:
        return no("CAS-PLAN-1", _("This version was replaced. Open the current plan."))
    return YES


def can_approve_plan(plan: CasePlan, user: User) -> Verdict:
    """Only a submitted version, and never by who wrote in it or submitted it."""
    if plan.state != PlanState.SUBMITTED:
        return no("CAS-PLAN-2", _("This version does not wait for approval. Look at the plan again."))
    if user.pk in plan.makers:
        return no("CAS-PLAN-3", _("You wrote or submitted this plan. Another supervisor approves it."))
    return YES


def plan_findings(plan: CasePlan, today: date) -> Iterable[Finding]:
    """What a plan needs before it is submitted: a goal with a step, and a review date."""
    goals = list(plan.goals.prefetch_related("steps"))
    if not goals or not all(goal.steps.all() for goal in goals):
        yield error("CAS-PLAN-4", "", _("Give every goal at least one step."))
    if plan.review_on is None or plan.review_on <= today:
        yield error("CAS-PLAN-5", "review_on", _("Give a review date after today."))
