"""Somebody of the staff says whom they must keep away from, and somebody else says that this is over."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import first_office
from casework.accounts.models import User
from casework.approvals.models import ApprovalRequest
from casework.approvals.models.chains import has_interest
from casework.approvals.queries import conflicts as queries
from casework.approvals.rules import conflicts as rules
from casework.audit.services import record_event
from casework.kernel.acts import act
from casework.kernel.refusals import refuse_errors
from casework.people.models import ConflictOfInterest, Person
from casework.people.models.conflicts import organisation_key

from .chains import approval_kind, pass_up


@act
def declare_conflict(
    *, kind: str, reason: str, by: User, now: datetime, number: str = "", person: Person | None = None,
    organisation: str = "", from_on: date | None = None, until_on: date | None = None,
) -> ConflictOfInterest:  # fmt: skip
    """Declare a conflict of one's own with a family (by a number, or by one of its people) or with an organisation.

    A number is written down as typed, and whom it leads to is not told (decision 52). What nobody else of the role is
    left to decide goes upward, as when they step back (decision 59).
    Raises Refusal with E-APR-07, 20, 21 and 27 to 29.
    """
    today, is_organisation = timezone.localdate(now), kind == rules.ORGANISATION
    number = "" if is_organisation or person else queries.as_number(number)
    key = organisation_key(organisation) if is_organisation else ""
    named: dict[str, Any] = {"organisation_key": key, "named_by": number} | ({} if number else {"person": person})
    own = ConflictOfInterest.rows.filter(user=by, ended_at__isnull=True).exclude(until_on__lt=today)
    refuse_errors(
        rules.against_declaring(
            rules.Declared(
                kind=kind, number=number, is_known=person is not None, organisation=key, reason=reason,
                from_on=from_on, until_on=until_on, is_declared=own.filter(**named).exists(),
            ),
            today,
        )
    )  # fmt: skip
    declared = ConflictOfInterest.rows.create(
        user=by, person_id=_family_of(person, number), named_by=number,
        organisation=organisation.strip()[:160] if is_organisation else "", organisation_key=key[:160],
        reason=reason.strip()[:200], declared_on=today, from_on=from_on, until_on=until_on,
    )  # fmt: skip
    _remember("declared", declared, by, now)
    _leave_to_others(by, now)
    return declared


@act
def begin_conflicts(*, now: datetime) -> None:
    """Those that were declared for a later day and hold now: what is left to nobody goes upward. Twice does it once."""
    holding = ConflictOfInterest.rows.holding(timezone.localdate(now)).filter(from_on__gt=F("declared_on"))
    for person in User.objects.filter(pk__in=holding.values("user")).order_by("pk"):
        _leave_to_others(person, now)


def _leave_to_others(user: User, now: datetime) -> None:
    """Open steps that wait for them go to who stands above where nobody else is left."""
    waiting = ApprovalRequest.rows.all().to_act_on(user).filter(has_interest(user.pk))
    for request in waiting.select_for_update(of=("self",)):
        before = request.steps
        if pass_up(request=request, today=timezone.localdate(now)).steps != before:
            approval_kind(request.kind).passed_up(request, user, now)


@act
def end_conflict(*, conflict: ConflictOfInterest, reason: str, by: User, now: datetime) -> ConflictOfInterest:
    """Say that a conflict of somebody else is over, and why.

    Raises Conflict for one's own and for one that is over, Refusal E-APR-07 without a sentence.
    """
    held = ConflictOfInterest.rows.select_for_update(of=("self",)).get(pk=conflict.pk)
    rules.can_end(is_own=held.user_id == by.pk, is_over=held.is_over).insist()
    refuse_errors(rules.against_words(reason, _("Say in a sentence why it is over.")))
    held.ended_at, held.ended_by, held.ended_reason = now, by, reason.strip()[:300]
    held.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    _remember("ended", held, by, now)
    return held


def _family_of(person: Person | None, number: str) -> int | None:
    """The id of the child that keeps them apart, where there is one."""
    return person.pk if person else queries.person_numbered(number) if number else None


def _remember(done: str, conflict: ConflictOfInterest, by: User, now: datetime) -> None:
    office = first_office(by)
    record_event(
        f"people.conflict.{done}", actor=by, subject=conflict, office_id=office.pk if office else None, level=1, at=now
    )
