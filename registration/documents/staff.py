"""Papers for staff, and the plan in its two versions, from the stored record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from casework.audit.models import Event
from casework.cases.models import CasePlan as CasePlanRow
from casework.cases.models import Goal
from casework.cases.states import PlanState, StepState
from casework.kernel import dates
from casework.kernel.refusals import Refusal
from casework.people.models import Person
from casework.programmes.contributions import registry
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
from registration.papers.summary import CaseSummary, CaseSummaryKind, EventLine, Line, PaperLine, SubmissionLine
from registration.states import DiscrepancyState, ParentRole
from registration.words.codes import BLOCKS_TH, ITEM_STATES, RESULTS, SEXES, word
from registration.words.summary import LABELS

from . import values

MOST_EVENTS = 60
ROUTINE_LEVEL = 2


def initials(name: str) -> str:
    """A name with the first letter of each word only."""
    return " ".join(f"{part[0]}." for part in name.split() if part)


class Summary(values.OfBirthRecord, CaseSummaryKind):
    """The whole record on paper; `masked` in the options leaves initials of names."""

    def context(self, subject: BirthRecord, *, language: str, facts: Mapping[str, Any]) -> CaseSummary:
        is_masked = bool(facts.get("masked"))
        show: Callable[[str], str] = initials if is_masked else str
        with translation.override(language):
            return CaseSummary(
                is_masked=is_masked,
                status=tuple(_status(subject, language)),
                facts=tuple(_facts(subject, language, show)),
                people=tuple(_people(subject, language, show)),
                flags=tuple(_flags(subject, language)),
                papers=tuple(_papers(subject, language)),
                submissions=tuple(
                    SubmissionLine(
                        date=dates.short(visit.submitted_on, language),
                        office=visit.registry_office.name(language),
                        result=word(RESULTS, visit.result, language),
                    )
                    for visit in subject.submissions.select_related("registry_office")
                ),
                timeline=tuple(_timeline(subject, language, show)),
            )


def _status(birth: BirthRecord, language: str) -> Iterator[Line]:
    labels = LABELS[language]
    yield Line(label=labels["case"], value=birth.case.number)
    yield Line(label=labels["stage"], value=str(birth.get_status_display()))
    if birth.track:
        yield Line(label=labels["track"], value=str(birth.get_track_display()))
    if birth.notify_due_on:
        yield Line(label=labels["due"], value=values.day(birth.notify_due_on, language))
    if birth.registry_office:
        yield Line(label=labels["office"], value=birth.registry_office.name(language))


def _facts(birth: BirthRecord, language: str, show: Callable[[str], str]) -> Iterator[Line]:
    labels, child = LABELS[language], birth.case.child
    yield Line(label=labels["child"], value=f"{_shown(child, show)} ({word(SEXES, child.sex, language)})")
    yield Line(label=labels["born"], value=values.birth_day(birth, language))
    yield Line(label=labels["place"], value=values.birth_place(birth, language))
    if birth.plurality > 1:
        yield Line(label=labels["order"], value=values.order_words(birth, language))


def _people(birth: BirthRecord, language: str, show: Callable[[str], str]) -> Iterator[Line]:
    for role in (ParentRole.MOTHER, ParentRole.FATHER):
        link = values.parent(birth, role)
        if link is None:
            continue
        person = values.printed_person(birth, role)
        known = _shown(person, show) if person else str(link.get_knowledge_display())
        yield Line(label=LABELS[language][role], value=known)


def _shown(person: Person, show: Callable[[str], str]) -> str:
    found = values.names(person)
    written = [name for name in (found.th, found.latin, found.my) if name]
    return show(written[0]) + (f" ({show(written[1])})" if len(written) > 1 else "")


def _flags(birth: BirthRecord, language: str) -> Iterator[str]:
    for item in birth.items.exclude(block="").select_related("requirement"):
        block = BLOCKS_TH[item.block] if language == "th" else str(item.get_block_display())
        yield f"{item.requirement.label(language)}: {block}"
    for discrepancy in birth.discrepancies.filter(state=DiscrepancyState.OPEN):
        yield f"{LABELS[language]['difference']}: {discrepancy.value_a} / {discrepancy.value_b}"


def _papers(birth: BirthRecord, language: str) -> Iterator[PaperLine]:
    for item in birth.items.select_related("requirement"):
        block = BLOCKS_TH.get(item.block, "") if language == "th" else str(item.get_block_display())
        yield PaperLine(
            name=item.requirement.label(language),
            state=word(ITEM_STATES, item.state, language),
            note=item.waive_reason or block,
        )


def _timeline(birth: BirthRecord, language: str, show: Callable[[str], str]) -> Iterator[EventLine]:
    """The acts on the case, newest first, without anything of a restricted level."""
    words = {event.action: event.words for event in registry.gather("events")}
    rows = Event.objects.filter(case_id_of=birth.case_id, level__lte=ROUTINE_LEVEL, action__in=words)
    for event in rows.select_related("actor").order_by("-at")[:MOST_EVENTS]:
        yield EventLine(
            date=dates.short(timezone.localdate(event.at), language),
            what=str(words[event.action]),
            who=show(values.staff_name(event.actor, language)),
        )


def _plan(birth: BirthRecord) -> CasePlanRow:
    plan = birth.case.plans.exclude(state=PlanState.REPLACED).first()
    if plan is None:
        raise Refusal("E-PRT-6", "plan", _("Write a plan first."))
    return plan


def _goals(plan: CasePlanRow, language: str) -> Iterator[PlanGoal]:
    goals = Goal.rows.filter(plan=plan).prefetch_related("steps__responsible")
    for goal in goals:
        yield PlanGoal(
            title=goal.title,
            by=dates.short(goal.due_on, language) if goal.due_on else "",
            steps=tuple(
                PlanStep(
                    what=step.title,
                    who=values.staff_name(step.responsible, language) or step.responsible_text,
                    by=dates.short(step.due_on, language) if step.due_on else "",
                    state=str(step.get_state_display()),
                    is_done=step.state == StepState.DONE,
                )
                for step in goal.steps.all()
            ),
        )


class CasePlan(values.OfBirthRecord, CasePlanKind):
    """The current plan for the file."""

    def context(self, subject: BirthRecord, *, language: str, facts: Mapping[str, Any]) -> PlanPaper:
        plan = _plan(subject)
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
            return PlanPaper(
                child=values.names(subject.case.child),
                number=str(plan.number),
                review_on=dates.short(plan.review_on, language) if plan.review_on else "",
                approved=approved,
                needs=tuple(needs),
                strengths=assessment.strengths if assessment else "",
                views=tuple(v for v in (assessment.child_views, assessment.carer_views) if v) if assessment else (),
                goals=tuple(_goals(plan, language)),
                worker=values.staff_name(plan.written_by, language),
                supervisor=values.staff_name(plan.decided_by, language) if approved else "",
            )


class FamilyPlanPaper(values.OfBirthRecord, FamilyPlanKind):
    """The goals and steps of an approved plan, for the family."""

    def context(self, subject: BirthRecord, *, language: str, facts: Mapping[str, Any]) -> FamilyPlan:
        plan = _plan(subject)
        if plan.state != PlanState.APPROVED:
            raise Refusal("E-PRT-7", "plan", _("The family gets the plan when it is approved."))
        return FamilyPlan(
            child=values.names(subject.case.child),
            goals=tuple(_goals(plan, language)),
            review_on=values.said_day(plan.review_on, language) if plan.review_on else NOTHING,
            worker=values.staff_name(plan.written_by, language),
            clinic=values.clinic(subject.office, language),
            read_in=values.read_in(subject, language),
        )
