"""What the case room adds to shared pages, and its rows of the truth table (safety.md §1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casework.access.rights import truth_table
from casework.programmes.contributions import (
    CallReason,
    CaseAction,
    Contribution,
    DraftForm,
    FactWords,
    Job,
    NavigationItem,
    NewItem,
    SubjectType,
    TeamFigure,
    Words,
    registry,
)

from .calls_queries import own_call_reasons
from .colleagues import LEAD
from .confirmed import SEALING
from .event_words import EVENTS
from .list_files.case_list import CaseSheet
from .list_files.making import delete_lists
from .list_files.taking import long_list_kind
from .masked.sheet import EXPORT as EXPORT_MASKED
from .masked.sheet import SEE as SEE_MASKED
from .masked.sheet import MaskedSheet
from .models import Case
from .opening_drafts import draft_title, draft_url, is_untouched
from .opening_rules import NEW_CASE, OPEN
from .rules import can_write
from .services.cases import sort_by_name
from .services.leaving import end_work
from .services.merged import give_back_cases, take_over_cases
from .services.opening import compare_again
from .states import CaseState, PlanState, StepState, TaskState
from .team import team_figures

EDIT = "cases.case.edit"


@registry.register
class Cases(Contribution):
    """Cases, plans, notes, consent."""

    key = "cases"
    label = _("Cases")
    list_sheets = (CaseSheet, MaskedSheet)
    proposal_kinds = (
        *(long_list_kind(key=sheet.long_kind, action="cases.list.agree") for sheet in list_sheets), SEALING,
    )  # fmt: skip
    schedule = (Job(key="cases.sweep-list-files", task="cases.sweep_list_files", schedule=300.0),)

    row_words = (_("Days with unanswered calls after which lost contact is offered"),)
    fact_words = {"safety_note_on": FactWords(label=_("Day of the safety note"))}
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
        "cases.listfile": _("Long list as a spreadsheet"),
        "cases:list": _("Cases"),
        "cases:file": _("Spreadsheet of this list"),
        "masked:list": _("Cases by code"),
        "masked:file": _("Spreadsheet of this list"),
        "cases:find": _("New case"),
        "cases:open": _("New case"),
        "cases:detail": _("Case"),
        "cases:panel": _("Case"),
        "cases:card": _("Desk card of a case"),
        "cases:team": _("My team"),
        "cases:spread": _("New lead"),
        "cases:help-today": _("Help today with a case"),
        "cases:message": _("Take a message"),
        "cases:seal": _("Seal the case"),
        "cases:call": _("Write down a call"),
        "cases:plan-approve": _("Approve the plan"),
        "cases:plan-submit": _("Send the plan for approval"),
    }
    rights = {
        "cases.case.see": "CW:A SUP:A PSY:a TRF:a",
        "cases.case.list": "CW:A SUP:A PSY:a TRF:a",
        "cases.case.export": "CW:A SUP:A",
        SEE_MASKED: "PM:P AUD:P",
        EXPORT_MASKED: "PM:P* AUD:P*",
        "cases.list.ask": "SUP:A*",
        "cases.list.agree": "SUP:A*",
        "cases.desk_card.see": "CW:A SUP:A PSY:A",
        OPEN: "CW:A SUP:A PSY:A TRF:A",
        EDIT: "CW:A SUP:A PSY:a TRF:a",
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
    }
    new_items = (
        NewItem(key="c", label=_("Case"), icon="folder-open", url_name="cases:find", action=OPEN, words=_("New case")),
    )
    draft_forms = (
        DraftForm(
            key=NEW_CASE, label=_("New case"), action=OPEN, url=draft_url, title=draft_title, is_untouched=is_untouched,
        ),
    )  # fmt: skip
    navigation = (
        NavigationItem(
            key="team",
            label=_("My team"),
            icon="users-round",
            url_name="cases:team",
            action="cases.case.assign",
            order=15,
            on_phone=True,
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
            key="masked",
            label=_("Cases by code"),
            icon="folder-open",
            url_name="masked:list",
            action=SEE_MASKED,
            order=21,
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
            key="call", label=_("Write down a call"), icon="phone", action="cases.contact.record",
            url=lambda case: reverse("cases:call", args=[case.pk]), applies=lambda case: case.is_open,
        ),
        CaseAction(
            key="task", label=_("Add task"), icon="list-checks", action=EDIT,
            url=lambda case: reverse("cases:task", args=[case.pk]), applies=lambda case: case.is_open,
        ),
        CaseAction(
            key="risk", label=_("Change risk level"), icon="shield-alert", action=EDIT, group="case",
            url=lambda case: reverse("cases:risk", args=[case.pk]), applies=lambda case: case.is_open,
        ),
        CaseAction(
            key="safety", label=_("Safety note"), icon="triangle-alert", action=EDIT, group="case",
            url=lambda case: reverse("cases:safety", args=[case.pk]), applies=lambda case: bool(can_write(case)),
        ),
        CaseAction(
            key="hold", label=_("Put on hold"), icon="clock", action=EDIT, group="case",
            url=lambda case: reverse("cases:hold", args=[case.pk]), applies=lambda case: case.state == CaseState.OPEN,
        ),
    )  # fmt: skip
    subject_types = (
        SubjectType(
            key="cases.case",
            visible=lambda user: Case.objects.visible_to(user),
            url=lambda case: f"/cases/{case.pk}/",
            case_id=lambda case: case.pk,
            papers_url=lambda case: f"/cases/{case.pk}/tab/documents/",
            named=lambda case: f"{case.child.name}, {case.number}",
        ),
    )
    events = EVENTS

    def grant_ended(self, grant: Any, by: Any, now: datetime) -> None:
        """Who no longer works on the cases of an office has none of them, nor a list made when they did."""
        delete_lists(of=grant.user)
        if grant.role in truth_table()[LEAD]:
            end_work(grant=grant, by=by, now=now)

    def case_sealed(self, case: Any, by: Any) -> None:
        """A sealed case is in no list that can still be taken."""
        delete_lists()

    def person_numbered(self, number: str) -> int | None:
        """The child of the case of this number."""
        return Case.rows.filter(number=number).values_list("child", flat=True).first()

    def person_changed(self, person: Any, by: Any, changes: Mapping[str, Any]) -> None:
        """Lists sort the child's cases by its name, and it is compared with others anew."""
        sort_by_name(child=person)
        compare_again(child=person)

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

    def work_sources(self, user: Any, today: date) -> Iterable[Any]:
        """Steps, tasks, reviews and plans waiting for the person."""
        from .work import work_sources

        return work_sources(user, today)

    def api_routes(self) -> Iterable[tuple[str, Any]]:
        from .api.resources import Cases as Resource

        return (("cases", Resource),)
