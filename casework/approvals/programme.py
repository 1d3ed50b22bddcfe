"""What this room adds: what waits for a second person, in My work, and how its acts read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from celery.schedules import crontab
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.kernel.refusals import Finding
from casework.kernel.spoken import in_language
from casework.programmes.contributions import (
    AccountItem,
    CaseAction,
    Contribution,
    EventWords,
    Job,
    WorkItem,
    WorkSource,
    registry,
)

from .confirmed import CONFIRM_BANDS, KINDS
from .models.absences import CONFIRM_DEPUTY, NAME_DEPUTY
from .rules.pairs import against_holding


def _item(row: Mapping[str, Any]) -> WorkItem:
    return WorkItem(
        key=f"proposal-{row['pk']}", title=in_language(row["summary"]), verb=_("Decide"), icon="user-check",
        due_on=None, url=reverse("approvals:proposal", args=[row["pk"]]), group="decide",
    )  # fmt: skip


@registry.register
class Approvals(Contribution):
    """Propose and confirm by a second person."""

    key = "approvals"
    label = _("Second person")
    icon = "user-check"
    rights = {
        NAME_DEPUTY: "SUP:A FO:A FA:A PM:A",
        CONFIRM_DEPUTY: "FA:A* PM:A*",
        "approvals.policy.see": "FO:A FA:A PM:A SYS:A AUD:A",
        "approvals.policy.propose": "PM:A",
        CONFIRM_BANDS: "PM:A* SYS:A*",
    }
    proposal_kinds = KINDS
    case_actions = (
        CaseAction(
            key="conflict", label=_("I belong to this family"), icon="user-x", action="people.person.see",
            url=lambda case: f"{reverse('approvals:conflict-new')}?person={case.child_id}", group="aside",
        ),
    )  # fmt: skip
    account_items = (
        AccountItem(label=_("Conflicts of interest"), icon="user-x", url_name="approvals:conflicts"),
        AccountItem(
            label=_("Who is away, who stands in"), icon="calendar-days", url_name="approvals:absences",
            actions=(NAME_DEPUTY,),
        ),
    )  # fmt: skip
    history_words = {
        "approvals.proposal": _("Proposal"),
        "approvals:proposals": _("Proposals"),
        "approvals:proposal": _("Proposal"),
        "approvals:confirm": _("Confirm a proposal"),
        "approvals.approvalrequest": _("Request for approval"),
        "approvals.absence": _("Absence"),
        "approvals.approvalpolicy": _("Who approves how much"),
        "approvals:absences": _("Who is away, who stands in"),
        "approvals:absence-new": _("Enter an absence"),
        "approvals:conflicts": _("Conflicts of interest"),
        "approvals:conflict-new": _("Declare a conflict of interest"),
        "approvals:conflict-end": _("End a conflict of interest"),
        "approvals:policies": _("Who approves how much"),
        "approvals:policy-new": _("Change who approves how much"),
        "approvals.roleconflict": _("Roles kept apart"),
        "approvals:pairs": _("Roles kept apart"),
        "approvals:pair-new": _("Keep two roles apart"),
        "approvals:pair-end": _("No longer keep two roles apart"),
    }
    events = (
        EventWords(action="approvals.request.asked", words=_("Waits for approval"), icon="user-check"),
        EventWords(
            action="approvals.request.approved", words=_("Approved a step"), icon="circle-check", colour="green"
        ),
        EventWords(action="approvals.request.returned", words=_("Returned for a change"), icon="undo-2"),
        EventWords(action="approvals.request.rejected", words=_("Declined"), icon="circle-x", colour="red"),
        EventWords(action="approvals.request.recused", words=_("Left the decision to somebody else"), icon="user-x"),
        EventWords(
            action="approvals.request.withdrawn", words=_("The question for approval was taken back"), icon="undo-2"
        ),
        EventWords(
            action="approvals.request.bypassed",
            words=_("Helped first, approval follows"),
            icon="triangle-alert",
            colour="amber",
        ),
        EventWords(action="approvals.proposal.made", words=_("Waits for a second person"), icon="user-check"),
        EventWords(
            action="approvals.proposal.confirmed",
            words=_("A second person confirmed"),
            icon="circle-check",
            colour="green",
        ),
        EventWords(
            action="approvals.proposal.declined", words=_("A second person declined"), icon="circle-x", colour="red"
        ),
        EventWords(action="approvals.proposal.withdrawn", words=_("A proposal was taken back"), icon="undo-2"),
        EventWords(action="approvals.absence.begun", words=_("Somebody stands in for who is away"), icon="user-check"),
        EventWords(action="approvals.absence.ended", words=_("An absence was ended"), icon="undo-2"),
        EventWords(action="approvals.policy.begun", words=_("Who approves how much was changed"), icon="list-checks"),
        EventWords(action="approvals.pair.begun", words=_("Two roles are kept apart"), icon="user-x"),
        EventWords(action="approvals.pair.ended", words=_("Two roles are no longer kept apart"), icon="undo-2"),
    )

    schedule = (Job(key="approvals.conflicts", task="approvals.begin_conflicts", schedule=crontab(hour=0, minute=30)),)

    def api_routes(self) -> Iterable[tuple[str, Any]]:
        from .api.absences import Absences, ConflictsOfInterest
        from .api.policies import ApprovalPolicies, RolePairs
        from .api.proposals import Proposals

        return (
            ("proposals", Proposals),
            ("approval-policies", ApprovalPolicies),
            ("role-pairs", RolePairs),
            ("absences", Absences),
            ("conflicts-of-interest", ConflictsOfInterest),
        )

    def against_grant(self, user: Any, role: str, today: date) -> Iterable[Finding]:
        """A role that is kept apart from one the person holds."""
        from .queries.pairs import kept_apart_from

        return against_holding(role, kept_apart_from(user, role, today))

    def work_sources(self, user: Any, today: date) -> Iterable[WorkSource]:
        """Proposals of others that wait for this person."""
        from .queries.proposals import waiting_for

        yield WorkSource(rows=waiting_for(user), facts={"summary": "summary"}, item=_item)
