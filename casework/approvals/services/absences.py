"""Somebody who approves is away, and a deputy acts for them: proposed, confirmed by a second person, ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import offices_of
from casework.accounts.models import User
from casework.accounts.services import note_stand_in
from casework.approvals.models import Absence, Proposal
from casework.approvals.models.absences import CONFIRM_DEPUTY
from casework.approvals.queries import absences as queries
from casework.approvals.rules import absences as rules
from casework.audit.services import record_event
from casework.kernel.acts import act
from casework.kernel.refusals import Conflict, refuse_errors

from .proposals import propose

KIND = "approvals.absence"


@act
def propose_absence(
    *, user: User, deputy: User, from_on: date, until_on: date, reason: str, by: User, now: datetime
) -> Proposal:  # fmt: skip
    """Ask a second person to let a deputy act for somebody who is away. Raises Refusal with E-APR-20 to 25."""
    facts = {"deputy": deputy.pk, "from_on": str(from_on), "until_on": str(until_on)}
    _refuse(user, facts, by, now)
    office_id = _office_of(user, timezone.localdate(now))
    words = {"who": user.full_name, "deputy": deputy.full_name}
    return propose(
        kind=KIND, subject=user, facts=facts, office_id=office_id, reason=reason, by=by, now=now, level=1,
        summary=lambda: _("%(deputy)s stands in for %(who)s") % words,
    )  # fmt: skip


def begin_absence(proposal: Proposal, by: User, now: datetime) -> Absence:
    """Let the deputy act in these days. Raises Refusal when that is no longer possible."""
    user, facts = User.objects.get(pk=proposal.subject_id), proposal.facts
    _refuse(user, facts, proposal.proposed_by, now)
    deputy = User.objects.get(pk=facts["deputy"])
    absence = Absence.rows.create(
        user=user, deputy=deputy, from_on=facts["from_on"], until_on=facts["until_on"], reason=proposal.reason,
        entered_by=proposal.proposed_by, confirmed_by=by, confirmed_at=now,
    )  # fmt: skip
    note_stand_in(user=deputy, until=date.fromisoformat(facts["until_on"]))
    _remember("begun", absence, proposal.office_id_of, by, now)
    return absence


@act
def end_absence(*, absence: Absence, by: User, now: datetime) -> Absence:
    """End an absence before its last day; the deputy no longer acts. Raises Conflict E-APR-26 when it is over."""
    today = timezone.localdate(now)
    if not Absence.rows.filter(pk=absence.pk, ended_at__isnull=True, until_on__gte=today).update(ended_at=now):
        raise Conflict("E-APR-26", "", _("This absence is over already."))
    _remember("ended", absence, _office_of(absence.user, today), by, now)
    absence.refresh_from_db()
    return absence


def _refuse(user: User, facts: Mapping[str, Any], by: User, now: datetime) -> None:
    today = timezone.localdate(now)
    from_on, until_on = date.fromisoformat(facts["from_on"]), date.fromisoformat(facts["until_on"])
    absences: Any = Absence.rows.filter(ended_at__isnull=True, from_on__lte=until_on, until_on__gte=from_on)
    planned = rules.Planned(
        from_on=from_on, until_on=until_on, is_own=user.pk == by.pk, deputy_id=facts["deputy"],
        oversees=queries.approvers_in(offices_of(by, CONFIRM_DEPUTY), today).filter(pk=user.pk).exists(),
        fit={person.pk for person in queries.fit_to_stand_in_for(user, today)},
        is_taken=absences.filter(user=user).exists(), is_deputy_away=absences.filter(user=facts["deputy"]).exists(),
    )  # fmt: skip
    refuse_errors(rules.against_absence(planned, today))


def _office_of(user: User, today: date) -> int | None:
    grants = user.grants.live(today).filter(role__in=queries.approving_roles(today)).order_by("pk")
    return grants.values_list("office", flat=True).first()


def _remember(done: str, absence: Absence, office_id: int | None, by: User, now: datetime) -> None:
    record_event(f"approvals.absence.{done}", actor=by, subject=absence, office_id=office_id, level=1, at=now)
