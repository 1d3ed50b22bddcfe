"""What the case room adds to shared pages, and its rows of the truth table (safety.md §1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casework.programmes.contributions import (
    CallReason,
    CaseAction,
    Contribution,
    EventWords,
    NavigationItem,
    SubjectType,
    TeamFigure,
    Words,
    registry,
)

from .calls_queries import own_call_reasons
from .calls_rules import QUESTIONS
from .models import Case
from .services.merged import give_back_cases, take_over_cases
from .states import PlanState, StepState, TaskState
from .team import team_figures


def answers_told(kept: str) -> str:
    """Which questions a caller answered rightly."""
    return ", ".join(str(QUESTIONS.get(key, key)) for key in kept.split(", "))


@registry.register
class Cases(Contribution):
    """Cases, plans, notes, consent."""

    key = "cases"
    label = _("Cases")

    history_words = {
        "cases.case": _("Case"),
        "cases.task": _("Task"),
        "cases.step": _("Step"),
        "cases.goal": _("Goal"),
        "cases.caseplan": _("Plan"),
        "cases.note": _("Note"),
        "cases.consent": _("Consent"),
        "cases.noticegiven": _("Notice to the family"),
        "cases.assessment": _("Needs assessment"),
        "cases.enrolment": _("Programme"),
        "cases.contactattempt": _("Call"),
        "cases.factconfirmed": _("Facts asked again"),
        "cases.caseshare": _("Share with a partner"),
        "cases:list": _("Cases"),
        "cases:detail": _("Case"),
        "cases:panel": _("Case"),
        "cases:card": _("Desk card of a case"),
        "cases:team": _("My team"),
        "cases:spread": _("New lead"),
        "cases:help-today": _("Help today with a case"),
        "cases:seal": _("Seal the case"),
        "cases:call": _("Write down a call"),
        "cases:plan-approve": _("Approve the plan"),
        "cases:plan-submit": _("Send the plan for approval"),
    }
    rights = {
        "cases.case.see": "CW:A SUP:A PSY:a TRF:a",
        "cases.case.list": "CW:A SUP:A PSY:a TRF:a",
        "cases.desk_card.see": "CW:A SUP:A PSY:A",
        "cases.case.edit": "CW:A SUP:A PSY:a TRF:a",
        "cases.case.seal": "SUP:A* TRF:A*",
        "cases.case.propose_seal": "CW:propose",
        "cases.case.assign": "SUP:A",
        "cases.case.reopen": "SUP:A",
        "cases.case.close": "SUP:A",
        "cases.plan.edit": "CW:A SUP:A PSY:a",
        "cases.plan.approve": "SUP:A",
        "cases.contact.record": "CW:A SUP:A PSY:a TRF:a",
        "cases.note.add": "CW:A SUP:A PSY:a TRF:a",
        "cases.note.see_programme": "CW:A SUP:A PSY:A TRF:A",
        "cases.note.see_legal": "SUP:A",
        "cases.note.see_psychosocial": "PSY:a",
        "cases.note.see_trafficking": "TRF:a",
        "cases.consent.record": "CW:A SUP:A PSY:a TRF:a",
        "cases.consent.override": "SUP:A*",
        "cases.summary.print": "CW:A SUP:A PSY:a TRF:a",
    }
    navigation = (
        NavigationItem(
            key="team",
            label=_("My team"),
            icon="users-round",
            url_name="cases:team",
            action="cases.case.assign",
            order=15,
        ),
        NavigationItem(
            key="cases",
            label=_("Cases"),
            icon="folder-open",
            url_name="cases:list",
            action="cases.case.list",
            order=20,
            on_phone=True,
        ),
        NavigationItem(
            key="calls",
            label=_("Calls"),
            icon="phone",
            url_name="calls:today",
            action="cases.contact.record",
            order=35,
        ),
    )
    case_actions = (
        CaseAction(
            key="call",
            label=_("Write down a call"),
            icon="phone",
            url=lambda case: f"/cases/{case.pk}/call/",
            action="cases.contact.record",
            applies=lambda case: case.is_open,
        ),
    )
    subject_types = (
        SubjectType(
            key="cases.case",
            visible=lambda user: Case.rows.all().visible_to(user),
            url=lambda case: f"/cases/{case.pk}/",
            case_id=lambda case: case.pk,
            papers_url=lambda case: f"/cases/{case.pk}/tab/documents/",
            named=lambda case: f"{case.child.name}, {case.number}",
        ),
    )
    events = (
        EventWords(action="cases.case.opened", words=_("Case opened"), icon="folder-open", colour="blue", kind="case"),
        EventWords(action="cases.case.closed", words=_("Case closed"), icon="lock", colour="grey", kind="case"),
        EventWords(
            action="cases.case.reopened", words=_("Case opened again"), icon="folder-open", colour="blue", kind="case"
        ),
        EventWords(action="cases.case.held", words=_("Case put on hold"), icon="clock", colour="amber", kind="case"),
        EventWords(
            action="cases.case.resumed", words=_("Case taken up again"), icon="folder-open", colour="blue", kind="case"
        ),
        EventWords(action="cases.case.reassigned", words=_("New lead"), icon="users", colour="grey", kind="case"),
        EventWords(
            action="cases.case.helped", words=_("A colleague helped today"), icon="users", colour="grey", kind="case"
        ),
        EventWords(action="cases.case.sealed", words=_("Case sealed"), icon="lock", colour="violet", kind="case"),
        EventWords(action="cases.case.unsealed", words=_("Seal taken off"), icon="lock", colour="violet", kind="case"),
        EventWords(action="cases.case.merged", words=_("Record merged"), icon="copy", colour="grey", kind="case"),
        EventWords(action="cases.case.unmerged", words=_("Merge undone"), icon="undo-2", colour="grey", kind="case"),
        EventWords(action="cases.case.undone", words=_("Case undone"), icon="undo-2", colour="grey", kind="case"),
        EventWords(
            action="cases.case.seen", words=_("Case opened for reading"), icon="eye", colour="grey", kind="access"
        ),
        EventWords(
            action="cases.enrolment.opened", words=_("Programme joined"), icon="plus", colour="grey", kind="case"
        ),
        EventWords(
            action="cases.enrolment.ended", words=_("Programme ended"), icon="circle-check", colour="grey", kind="case"
        ),
        EventWords(
            action="cases.risk.changed", words=_("Risk level changed"), icon="shield-alert", colour="amber", kind="case"
        ),
        EventWords(
            action="cases.safety_note.changed",
            words=_("Safety note changed"),
            icon="triangle-alert",
            colour="amber",
            kind="case",
        ),
        EventWords(
            action="cases.next_step.changed", words=_("Next step set"), icon="calendar-days", colour="grey", kind="case"
        ),
        EventWords(
            action="cases.plan.submitted",
            words=_("Plan sent for approval"),
            icon="list-checks",
            colour="blue",
            kind="plan",
        ),
        EventWords(
            action="cases.plan.approved", words=_("Plan approved"), icon="circle-check", colour="green", kind="plan"
        ),
        EventWords(action="cases.plan.returned", words=_("Plan returned"), icon="undo-2", colour="amber", kind="plan"),
        EventWords(
            action="cases.plan.reopened", words=_("Plan being changed"), icon="pencil", colour="grey", kind="plan"
        ),
        EventWords(
            action="cases.plan.new_version",
            words=_("New version of the plan"),
            icon="pencil",
            colour="grey",
            kind="plan",
        ),
        EventWords(action="cases.plan.changed", words=_("Plan changed"), icon="pencil", colour="grey", kind="plan"),
        EventWords(action="cases.goal.added", words=_("Goal added"), icon="list-checks", colour="grey", kind="plan"),
        EventWords(action="cases.goal.removed", words=_("Goal taken out"), icon="x", colour="grey", kind="plan"),
        EventWords(action="cases.step.added", words=_("Step added"), icon="list-checks", colour="grey", kind="plan"),
        EventWords(action="cases.step.done", words=_("Step done"), icon="circle-check", colour="green", kind="plan"),
        EventWords(
            action="cases.step.undone", words=_("Step not done after all"), icon="circle", colour="grey", kind="plan"
        ),
        EventWords(
            action="cases.assessment.recorded",
            words=_("Needs assessed"),
            icon="list-checks",
            colour="blue",
            kind="case",
        ),
        EventWords(action="cases.note.added", words=_("Note"), icon="notebook-pen", colour="blue", kind="note"),
        EventWords(
            action="cases.contact.reached", words=_("Called: reached"), icon="phone", colour="green", kind="contact"
        ),
        EventWords(
            action="cases.contact.no_answer", words=_("Called: no answer"), icon="phone", colour="amber", kind="contact"
        ),
        EventWords(
            action="cases.contact.switched_off",
            words=_("Called: switched off"),
            icon="phone-off",
            colour="amber",
            kind="contact",
        ),
        EventWords(
            action="cases.contact.wrong_number",
            words=_("Called: wrong number"),
            icon="phone-off",
            colour="amber",
            kind="contact",
        ),
        EventWords(
            action="cases.contact.someone_else",
            words=_("Called: somebody else answered"),
            icon="phone",
            colour="amber",
            kind="contact",
        ),
        EventWords(
            action="cases.contact.called_us", words=_("The family called"), icon="phone", colour="green", kind="contact"
        ),
        EventWords(
            action="cases.caller.known",
            words=_("A caller was checked"),
            icon="phone",
            colour="grey",
            kind="contact",
            told=answers_told,
        ),
        EventWords(
            action="cases.caller.refused",
            words=_("A caller was told nothing"),
            icon="phone-off",
            colour="red",
            kind="contact",
            told=answers_told,
        ),
        EventWords(action="cases.task.added", words=_("Task added"), icon="list-checks", colour="grey", kind="task"),
        EventWords(action="cases.task.done", words=_("Task done"), icon="circle-check", colour="green", kind="task"),
        EventWords(
            action="cases.task.undone", words=_("Task not done after all"), icon="circle", colour="grey", kind="task"
        ),
        EventWords(action="cases.task.dropped", words=_("Task dropped"), icon="x", colour="grey", kind="task"),
        EventWords(action="cases.step.dropped", words=_("Step dropped"), icon="x", colour="grey", kind="plan"),
        EventWords(
            action="cases.facts.confirmed",
            words=_("Old facts asked again"),
            icon="user-check",
            colour="grey",
            kind="case",
        ),
        EventWords(
            action="cases.notice.given", words=_("Family informed"), icon="file-check", colour="grey", kind="consent"
        ),
        EventWords(
            action="cases.consent.recorded",
            words=_("Consent recorded"),
            icon="file-check",
            colour="grey",
            kind="consent",
        ),
        EventWords(
            action="cases.consent.withdrawn", words=_("Consent withdrawn"), icon="x", colour="amber", kind="consent"
        ),
    )

    def person_merged(self, kept: Any, dropped: Any) -> None:
        """The dropped record's cases belong to the kept child."""
        take_over_cases(kept=kept, dropped=dropped)

    def person_unmerged(self, kept: Any, dropped: Any) -> None:
        """The cases return to their child."""
        give_back_cases(kept=kept, dropped=dropped)

    def case_close_blockers(self, case: Any) -> Iterable[Words]:
        """Open steps and tasks."""
        steps = sum(
            plan.goals.filter(steps__state=StepState.TO_DO).values("steps").count()
            for plan in case.plans.exclude(state=PlanState.REPLACED)
        )
        if steps:
            yield ngettext("%(n)d step of the plan is open.", "%(n)d steps of the plan are open.", steps) % {"n": steps}
        tasks = case.tasks.filter(state=TaskState.TO_DO).count()
        if tasks:
            yield ngettext("%(n)d task is open.", "%(n)d tasks are open.", tasks) % {"n": tasks}

    def team_figures(self, user: Any, today: date) -> Iterable[TeamFigure]:
        return team_figures(user)

    def call_reasons(self, user: Any, today: date) -> Iterable[CallReason]:
        """Next steps that are due, and calls to be made again."""
        return own_call_reasons(user, today)

    def work_items(self, user: Any, today: date) -> Iterable[Any]:
        """Steps, tasks, reviews and plans waiting for the person."""
        from .work import work_items

        return work_items(user, today)

    def api_routes(self) -> Iterable[tuple[str, Any]]:
        from .api import Cases as Resource

        return (("cases", Resource),)
