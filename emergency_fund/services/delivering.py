"""The cashier pays and hands over; what is not fetched in time gives its money back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from casework.accounts.models import User
from casework.aid.models import AidGiven
from casework.aid.services import cancel_aid, give_aid
from casework.aid.states import AidState
from casework.approvals.models import ApprovalAction
from casework.approvals.states import Act
from casework.audit.services import record_event
from casework.funds.services.ledger import post_entry
from casework.funds.states import EntryKind
from casework.kernel.moves import move
from casework.kernel.numbers import next_number
from casework.kernel.refusals import refuse_errors
from casework.people.models import FamilyMember, Person
from emergency_fund.models import AssistanceLine, AssistanceRequest, Delivery
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import deliveries as rules
from emergency_fund.states import LineState, RequestState

OPEN_LINES = (LineState.APPROVED, LineState.PARTLY)


@transaction.atomic
def pay(
    *, line: AssistanceLine, amount: Decimal, received_by: Person, relation: str, proof: str, witness: str, key: str,
    by: User, now: datetime,
) -> Delivery:  # fmt: skip
    """Pay out so much of a line, or hand it over, once for its key.

    Raises Refusal with E-EAF-15, 17 and 19, Conflict with E-EAF-16 and 26, and what the ledger refuses.
    """
    held = AssistanceLine.rows.select_for_update(of=("self",)).select_related("request", "budget_line").get(pk=line.pk)
    request, today = held.request, timezone.localdate(now)
    made = Delivery.rows.filter(key=key).first()
    if made is not None:
        return made
    rules.can_pay(held.state).insist()
    rules.can_hand_over(by.pk, approvers=_approvers(request), makers=_makers(request)).insist()
    who = rules.Receiver(
        is_of_family=_is_of_family(request, received_by),
        age=_age(received_by, today),
        has_witness=bool(witness.strip()),
    )
    approved: Any = held.approved
    refuse_errors(
        [*rules.against_receiver(who), *rules.against_amount(amount=amount, approved=approved, paid=held.paid)]
    )
    delivery = Delivery.rows.create(
        line=held, amount=amount, number=next_number(f"R-{request.office.code}", today.year), key=key,
        received_by=received_by, received_name=received_by.name, relation=relation.strip()[:40], proof=proof,
        witness=witness.strip()[:120], on=today, by=by, at=now,
    )  # fmt: skip
    budget_line: Any = held.budget_line
    post_entry(
        line=budget_line, kind=EntryKind.DISBURSE, amount=amount, subject=delivery, key=f"eaf-pay-{key}"[:80], by=by,
        now=now,
    )  # fmt: skip
    is_whole = held.paid + amount == approved
    move(held, LineState.DELIVERED if is_whole else LineState.PARTLY, paid=F("paid") + amount)
    if is_whole:
        give_aid(aid=_aid_of(held), on=today)
    _go_on(request)
    record_event(
        f"{PROGRAMME}.line.paid", actor=by, subject=held, case_id=request.case_id, office_id=request.office_id, at=now
    )
    return delivery


def _approvers(request: AssistanceRequest) -> frozenset[int]:
    acts = ApprovalAction.objects.filter(request=request.approval, act=Act.APPROVE)
    return frozenset(acts.values_list("user_id", flat=True))


def _makers(request: AssistanceRequest) -> frozenset[int]:
    return frozenset({request.asked_by_id, *request.assessments.values_list("assessed_by_id", flat=True)})


def _receiver(request: AssistanceRequest, person: Person, witness: str, today: date) -> rules.Receiver:
    return rules.Receiver(
        is_of_family=_is_of_family(request, person), age=_age(person, today), has_witness=bool(witness.strip())
    )


def _is_of_family(request: AssistanceRequest, person: Person) -> bool:
    return FamilyMember.rows.filter(family=request.family_id, person=person, until_on__isnull=True).exists()


def _age(person: Person, today: date) -> int | None:
    born = person.born_on
    return None if born is None else today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _aid_of(line: AssistanceLine) -> AidGiven:
    return AidGiven.rows.get(
        subject_type=line._meta.label_lower, subject_id=line.pk, state__in=[AidState.PROMISED, AidState.GIVEN]
    )


def _go_on(request: AssistanceRequest) -> None:
    """The request is being delivered with the first line, delivered with the last."""
    if request.state == RequestState.APPROVED:
        move(request, RequestState.IN_DELIVERY)
    if not request.lines.filter(state__in=OPEN_LINES).exists():
        move(request, RequestState.DELIVERED)


@transaction.atomic
def expire(*, request: AssistanceRequest, by: User, now: datetime) -> AssistanceRequest:
    """What was approved and not fetched in time gives its money back, and may be promised again."""
    for line in request.lines.filter(state__in=OPEN_LINES).select_related("budget_line"):
        approved: Any = line.approved
        budget_line: Any = line.budget_line
        post_entry(
            line=budget_line, kind=EntryKind.CANCEL, amount=approved - line.paid, subject=line, by=by, now=now,
            key=f"eaf-{line.pk}-expire",
        )  # fmt: skip
        move(line, LineState.EXPIRED)
        if line.paid:
            give_aid(aid=_aid_of(line), on=timezone.localdate(now), amount=line.paid)
        else:
            cancel_aid(aid=_aid_of(line))
    request = move(request, RequestState.EXPIRED)
    record_event(
        f"{PROGRAMME}.request.expired", actor=by, subject=request, case_id=request.case_id,
        office_id=request.office_id, at=now,
    )  # fmt: skip
    return request
