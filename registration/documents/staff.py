"""The plan in its two versions, for staff and for the family, from the stored record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from casework.cases.models import CasePlan as CasePlanRow
from casework.cases.models import Goal
from casework.cases.states import PlanState, StepState
from casework.kernel import dates
from casework.kernel.guards import YES, Verdict, no
from registration.models import BirthRecord
from registration.papers.parts import NOTHING
from registration.papers.plan import (
    CasePlanKind,
    FamilyPlan,
    FamilyPlanKind,
    NeedLine,
    PlanGoal,
    PlanPaper,
    PlanStep,
)

from . import values


def _plan(birth: BirthRecord) -> CasePlanRow | None:
    return birth.case.plans.exclude(state=PlanState.REPLACED).first()


def _has_plan(plan: CasePlanRow | None) -> Verdict:
    return YES if plan else no("E-PRT-6", _("Write a plan first."))


def _is_approved(plan: CasePlanRow | None) -> Verdict:
    if plan is not None and plan.state != PlanState.APPROVED:
        return no("E-PRT-7", _("The family gets the plan when it is approved."))
    return _has_plan(plan)


def _insisted(verdict: Verdict, plan: CasePlanRow | None) -> CasePlanRow:
    verdict.insist()
    return cast(CasePlanRow, plan)


def _goals(plan: CasePlanRow, language: str) -> Iterator[PlanGoal]:
    goals = Goal.rows.filter(plan=plan).prefetch_related("steps__responsible")
    for goal in goals:
        yield PlanGoal(
            title=goal.title,
            by=dates.short(goal.due_on, language) if goal.due_on else "",
            steps=tuple(
                PlanStep(
                    what=step.title,
                    who=step.responsible_text or values.staff_name(step.responsible, language),
                    by=dates.short(step.due_on, language) if step.due_on else "",
                    state=str(step.get_state_display()),
                    is_done=step.state == StepState.DONE,
                )
                for step in goal.steps.all()
            ),
        )


_LETTERS = {
    "th": re.compile("[\u0e00-\u0e7f]"),
    "my": re.compile("[\u1000-\u109f]"),
    "en": re.compile("[A-Za-z]"),
    "km": re.compile("[\u1780-\u17ff]"),
    "lo": re.compile("[\u0e80-\u0eff]"),
}


def _is_in_other_script(goals: Iterable[PlanGoal], language: str) -> bool:
    """Whether a goal or a step has no letter of the paper's language."""
    texts = [text for goal in goals for text in (goal.title, *(step.what for step in goal.steps))]
    return any(not _LETTERS[language].search(text) for text in texts)


class CasePlan(values.OfBirthRecord, CasePlanKind):
    """The current plan for the file."""

    def can_make(self, subject: BirthRecord) -> Verdict:
        return _has_plan(_plan(subject))

    def context(self, subject: BirthRecord, *, language: str, facts: Mapping[str, Any]) -> PlanPaper:
        plan = _plan(subject)
        plan = _insisted(_has_plan(plan), plan)
        assessment = subject.case.assessments.first()
        with translation.override(language):
            needs = [
                NeedLine(domain=str(n.get_domain_display()), severity=str(n.get_severity_display()), text=n.text)
                for n in (assessment.needs.all() if assessment else ())
            ]
            approved = ""
            if plan.state == PlanState.APPROVED and plan.decided_at:
                decided = dates.short(timezone.localdate(plan.decided_at), language)
                approved = f"{values.staff_name(plan.decided_by, language)}, {decided}"
            goals = tuple(_goals(plan, language))
            return PlanPaper(
                child=values.names(subject.case.child),
                is_in_other_script=_is_in_other_script(goals, language),
                number=str(plan.number),
                review_on=dates.short(plan.review_on, language) if plan.review_on else "",
                approved=approved,
                needs=tuple(needs),
                strengths=assessment.strengths if assessment else "",
                views=tuple(v for v in (assessment.child_views, assessment.carer_views) if v) if assessment else (),
                goals=goals,
                worker=values.staff_name(plan.written_by, language),
                supervisor=values.staff_name(plan.decided_by, language) if approved else "",
            )


class FamilyPlanPaper(values.OfBirthRecord, FamilyPlanKind):
    """The goals and steps of an approved plan, for the family."""

    def can_make(self, subject: BirthRecord) -> Verdict:
        return _is_approved(_plan(subject))

    def context(self, subject: BirthRecord, *, language: str, facts: Mapping[str, Any]) -> FamilyPlan:
        plan = _plan(subject)
        plan = _insisted(_is_approved(plan), plan)
        goals = tuple(_goals(plan, language))
        return FamilyPlan(
            child=values.names(subject.case.child),
            goals=goals,
            is_in_other_script=_is_in_other_script(goals, language),
            review_on=values.said_day(plan.review_on, language) if plan.review_on else NOTHING,
            worker=values.staff_name(plan.written_by, language),
            clinic=values.clinic(subject.office, language),
            read_in=values.read_in(subject, language),
        )
