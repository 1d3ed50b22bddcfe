"""Who is away and who stands in, and whom somebody keeps away from, over the API."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from casework.access.policies import Policy, SignedIn
from casework.access.scopes import offices_of
from casework.accounts.models import User
from casework.approvals.models import Absence, Proposal
from casework.approvals.models.absences import CONFIRM_DEPUTY, NAME_DEPUTY
from casework.approvals.queries import absences as queries
from casework.approvals.rules.conflicts import FAMILY, ORGANISATION
from casework.approvals.services.absences import end_absence, propose_absence
from casework.approvals.services.conflicts import declare_conflict, end_conflict
from casework.people.models import ConflictOfInterest
from casework.people.models.conflicts import END_CONFLICTS
from casework.ui.api.resources import Created, Detailed, Listed, act
from casework.ui.api.serializers import Day, Line, RowField, Shown, Told

from .proposals import ProposedNew, Proposing

NAME = Policy(action=NAME_DEPUTY)


def _absent(user: Any) -> Any:
    """Oneself, and the people who approve in the offices that the person oversees."""
    people = queries.approvers_in(offices_of(user, CONFIRM_DEPUTY), timezone.localdate())
    return User.objects.filter(pk__in=[user.pk, *people.values_list("pk", flat=True)])


def _deputies(user: Any) -> Any:
    return queries.all_who_approve(timezone.localdate())


class AbsenceTold(Told):
    """Who is away in which days, and who decides meanwhile."""

    user = RowField(_absent)
    deputy = RowField(_deputies)
    from_on = Day()
    until_on = Day()
    reason = Line(max_length=300, required=False, allow_blank=True, default="")
    example = {"user": 7, "deputy": 9, "from_on": "2026-12-01", "until_on": "2026-12-12", "reason": "Leave"}


class AbsenceShown(Shown):
    """Somebody who approves is away, and a deputy acts meanwhile."""

    example = {
        "id": 4, "user": 7, "deputy": 9, "from_on": "2026-12-01", "until_on": "2026-12-12", "reason": "Leave",
        "entered_by": 7, "confirmed_by": 10, "confirmed_at": "2026-11-28T10:00:00+07:00", "ended_at": None,
    }  # fmt: skip

    class Meta:
        model = Absence
        fields = (
            "id", "user", "deputy", "from_on", "until_on", "reason", "entered_by", "confirmed_by", "confirmed_at",
            "ended_at",
        )  # fmt: skip


class Absences(Listed, Detailed, ProposedNew):
    """Absences of the person, those in which they stand in, and those of the people they oversee."""

    policy = SignedIn()
    create_policy = NAME
    create_told = AbsenceTold
    model = Absence
    shown = AbsenceShown

    def proposed(self, told: dict[str, Any]) -> Proposal:
        """Ask a second person to let a deputy act."""
        return propose_absence(**told, **self.by_now)

    @act("end", policy=SignedIn())
    def end(self, values: dict[str, Any]) -> None:
        """Somebody is back before the last day."""
        end_absence(absence=self.row, **self.by_now)


class ConflictTold(Told):
    """Whom one keeps away from: a family, by the number of its case or request, or a shop, hospital or company."""

    kind = serializers.ChoiceField(choices=(FAMILY, ORGANISATION))
    number = Line(max_length=24, required=False, allow_blank=True, default="")
    organisation = Line(max_length=160, required=False, allow_blank=True, default="")
    reason = Line(max_length=200, allow_blank=True)
    from_on = Day(required=False, allow_null=True, default=None)
    until_on = Day(required=False, allow_null=True, default=None)
    example = {"kind": "organisation", "organisation": "Mae Sot Hospital", "reason": "My brother works there"}


class ConflictEndTold(Told):
    """Why it is over."""

    reason = Line(max_length=300, allow_blank=True)
    example = {"reason": "He no longer works there"}


class ConflictShown(Shown):
    """What somebody declared; of a family the number that was written, never a name."""

    example = {
        "id": 6, "user": 7, "named_by": "", "organisation": "Mae Sot Hospital", "reason": "My brother works there",
        "declared_on": "2026-11-28", "from_on": None, "until_on": None, "ended_at": None, "ended_by": None,
        "ended_reason": "",
    }  # fmt: skip

    class Meta:
        model = ConflictOfInterest
        fields = (
            "id", "user", "named_by", "organisation", "reason", "declared_on", "from_on", "until_on", "ended_at",
            "ended_by", "ended_reason",
        )  # fmt: skip


class ConflictsOfInterest(Listed, Detailed, Created, Proposing):
    """What the person declared, and for who runs approvals what the people of their offices did."""

    policy = SignedIn()
    create_told = ConflictTold
    model = ConflictOfInterest
    shown = ConflictShown

    def made(self, told: dict[str, Any]) -> ConflictOfInterest:
        """Declare a conflict of one's own."""
        return declare_conflict(**told, **self.by_now)

    @act("end", policy=Policy(action=END_CONFLICTS), told=ConflictEndTold)
    def end(self, values: dict[str, Any]) -> None:
        """Say that one of somebody else is over."""
        end_conflict(conflict=self.row, **values, **self.by_now)
