"""Take down what a family complains about, look into it, answer it, and write down that the family was told.

A complaint about the staff goes around everybody who is named in it; the history says that it exists, not by whom.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.concerns.services import is_named
from casework.kernel.acts import act
from casework.kernel.moves import move
from casework.kernel.numbers import next_number
from casework.kernel.refusals import refuse_errors
from casework.notifications.services import notify
from casework.people.models import FamilyMember, Person
from casework.people.states import FamilyRole
from casework.reference.queries import term
from emergency_fund.after_states import SENSITIVE, ComplaintKind, ComplaintState
from emergency_fund.models import AssistanceRequest, Complaint, PostDistributionCheck
from emergency_fund.queries.complaints import readers_of_sensitive, worked_on
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import complaints as rules
from emergency_fund.states import Channel


@act
def note_complaint(
    *, request: AssistanceRequest, kind: str, told_by: Person, relation: str, channel: str, told_on: date, what: str,
    by: User, now: datetime, about: User | None = None, check: PostDistributionCheck | None = None,
) -> Complaint:  # fmt: skip
    """Take down a complaint about a request, or about somebody of the staff, who will not see it.

    Raises Refusal with E-EAF-160 to 162.
    """
    today, is_sensitive = timezone.localdate(now), kind in SENSITIVE
    readers = list(readers_of_sensitive(request.office_id, today))
    named = {person for person in readers if is_named(person, what)} | ({about} if about else set())
    left = [person for person in readers if person not in named] if is_sensitive else [by]
    refuse_errors(rules.against_complaint(what=what, told_on=told_on, today=today, readers_left=len(left)))
    complaint = Complaint.rows.create(
        number=next_number(f"CP-{request.office.code}", today.year), request=request, check_made=check, kind=kind,
        told_by=told_by, relation=relation, channel=channel, told_on=told_on, what=what.strip()[:4000], noted_by=by,
        noted_at=now, due_on=today + timedelta(days=int(term(f"{PROGRAMME}.complaint_days", today))),
    )  # fmt: skip
    complaint.kept_from.set(named)
    _remember("noted", complaint, by, now)
    for person in left if is_sensitive else ():
        notify(
            recipient=person, action=f"{PROGRAMME}.complaint.noted", subject=complaint, label=complaint.number,
            url=reverse("emergency_fund:complaint", args=[complaint.pk]), by_mail=True,
        )  # fmt: skip
    return complaint


def complain_of_payment(*, check: PostDistributionCheck, by: User, now: datetime) -> Complaint:
    """What a family says of a payment that is in doubt becomes a complaint."""
    delivery, request = check.delivery, check.delivery.line.request
    teller = delivery.received_by or request.requester
    member = FamilyMember.rows.filter(family=request.family_id, person=teller, until_on__isnull=True).first()
    return note_complaint(
        request=request, kind=ComplaintKind.PAYMENT, told_by=teller, channel=Channel.PHONE,
        relation=member.role if member else FamilyRole.OTHER, told_on=timezone.localdate(now), what=check.said, by=by,
        now=now, check=check,
    )  # fmt: skip


@act
def look_into(*, complaint: Complaint, by: User, now: datetime) -> Complaint:
    """Somebody who did not work on the request looks into it. Raises Conflict with E-EAF-163 and 164."""
    _may_answer(complaint, by)
    complaint = move(complaint, ComplaintState.LOOKED_INTO, looked_by=by)
    _remember("looked-into", complaint, by, now)
    return complaint


@act
def answer_complaint(*, complaint: Complaint, answer: str, by: User, now: datetime) -> Complaint:
    """Say what came of it. Raises Conflict with E-EAF-163 and 164, Refusal with E-EAF-166."""
    _may_answer(complaint, by)
    refuse_errors(rules.against_answer(answer))
    complaint = move(complaint, ComplaintState.ANSWERED, answer=answer.strip()[:4000], answered_by=by, answered_at=now)
    _remember("answered", complaint, by, now)
    if not complaint.is_sensitive:
        notify(
            recipient=complaint.noted_by, action=f"{PROGRAMME}.complaint.answered", subject=complaint,
            label=complaint.number, url=reverse("emergency_fund:complaint", args=[complaint.pk]),
        )  # fmt: skip
    return complaint


def _may_answer(complaint: Complaint, by: User) -> None:
    involved = worked_on(complaint.request)
    rules.can_answer(by.pk, involved=involved, is_sensitive=complaint.is_sensitive).insist()
    rules.is_to_answer(complaint.state).insist()


@act
def close_complaint(*, complaint: Complaint, told_on: date, by: User, now: datetime) -> Complaint:
    """The family was told the answer. Raises Conflict with E-EAF-165, Refusal with E-EAF-167."""
    rules.is_to_close(complaint.state).insist()
    answered_on = timezone.localdate(complaint.answered_at)
    refuse_errors(rules.against_telling(told_on=told_on, answered_on=answered_on, today=timezone.localdate(now)))
    complaint = move(complaint, ComplaintState.CLOSED, closed_by=by, family_told_on=told_on)
    _remember("closed", complaint, by, now)
    return complaint


@act
def note_reading(*, complaint: Complaint, by: User, now: datetime) -> None:
    """Write down who read a complaint about the staff."""
    if complaint.is_sensitive:
        record_event(f"{PROGRAMME}.complaint.read", actor=by, subject=complaint, level=3, at=now)


def _remember(done: str, complaint: Complaint, by: User, now: datetime) -> None:
    """On the request and its case, unless it is about the staff: then only that it exists, and not who took it down."""
    request, action = complaint.request, f"{PROGRAMME}.complaint.{done}"
    if complaint.is_sensitive:
        actor = None if done == "noted" else by
        record_event(action, actor=actor, subject=complaint, level=3, at=now)
        return
    record_event(action, actor=by, subject=request, case_id=request.case_id, office_id=request.office_id, at=now)
