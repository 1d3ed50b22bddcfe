"""The cashier pays, hands over and takes back; what is not fetched in time gives its money back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from casework.accounts.models import User
from casework.aid.models import AidGiven
from casework.aid.services import cancel_aid, give_aid, lower_aid
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
from emergency_fund.after_states import AppealState
from emergency_fund.models import Appeal, AssistanceLine, AssistanceRequest, Delivery, DeliveryReturn
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import deliveries as rules
from emergency_fund.rules.appeals import is_not_appealed
from emergency_fund.states import LineState, RequestState

OPEN_LINES = (LineState.APPROVED, LineState.PARTLY)


@transaction.atomic
def pay(
    *, line: AssistanceLine, amount: Decimal, received_by: Person, relation: str, proof: str, witness: str, key: str,
    by: User, now: datetime,
) -> Delivery:  # fmt: skip
    """Pay out so much of a line, or hand it over, once for its key.

    Raises Refusal with E-EAF-15, 17, 19 and 35, Conflict with E-EAF-16, 18 and 26, and what the ledger refuses.
    """
    held = AssistanceLine.rows.select_for_update(of=("self",)).select_related("request", "budget_line").get(pk=line.pk)
    request, today = held.request, timezone.localdate(now)
    made = Delivery.rows.filter(key=key).first()
    if made is not None:
        rules.is_same_payment(made.number, is_same=(made.line_id, made.amount) == (held.pk, amount)).insist()
        return made
    rules.can_pay(held.state).insist()
    rules.can_hand_over(by.pk, approvers=approvers_of(request), makers=request.makers).insist()
    who = rules.Receiver(
        is_of_family=_is_of_family(request, received_by),
        age=_age(received_by, today),
        has_witness=bool(witness.strip()),
    )
    approved: Any = held.approved
    refuse_errors(
        [
            *rules.against_receiver(who),
            *rules.against_amount(amount=amount, approved=approved, paid=held.paid),
            *rules.against_proof(proof=proof, witness=witness),
        ]
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
        give_aid(aid=_aid_of(held), on=today, amount=approved - held.returned)
    _go_on(request)
    record_event(
        f"{PROGRAMME}.line.paid", actor=by, subject=held, case_id=request.case_id, office_id=request.office_id, at=now
    )
    return delivery


def approvers_of(request: AssistanceRequest) -> frozenset[int]:
    """The ids of who approved it, at once or on appeal."""
    on_it = Q(request=request.approval) | Q(request__in=Appeal.rows.filter(request=request).values("approval"))
    acts = ApprovalAction.objects.filter(on_it, act=Act.APPROVE)
    return frozenset(acts.values_list("user_id", flat=True))


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
def take_return(
    *, delivery: Delivery, amount: Decimal, reason: str, key: str, by: User, now: datetime
) -> DeliveryReturn:
    """A part of what was paid or handed over came back, once for its key; the money is the budget line's again.

    Raises Refusal with E-EAF-32 and 33, Conflict with E-EAF-16.
    """
    held = AssistanceLine.rows.select_for_update(of=("self",)).select_related("request", "budget_line")
    line = held.get(pk=delivery.line_id)
    made = DeliveryReturn.rows.filter(key=key).first()
    if made is not None:
        return made
    rules.can_hand_over(by.pk, approvers=approvers_of(line.request), makers=line.request.makers).insist()
    back = sum(delivery.returns.values_list("amount", flat=True), Decimal(0))
    refuse_errors(rules.against_return(amount=amount, left=delivery.amount - back, reason=reason))
    came_back = DeliveryReturn.rows.create(
        delivery=delivery, amount=amount, reason=reason.strip()[:300], key=key, by=by, at=now
    )
    budget_line: Any = line.budget_line
    post_entry(
        line=budget_line, kind=EntryKind.REFUND, amount=amount, subject=came_back, key=f"eaf-return-{key}"[:80], by=by,
        now=now, reason=reason,
    )  # fmt: skip
    AssistanceLine.rows.filter(pk=line.pk).update(returned=F("returned") + amount)
    if line.state == LineState.DELIVERED:
        lower_aid(aid=_aid_of(line), amount=line.paid - line.returned - amount)
    record_event(
        f"{PROGRAMME}.line.given-back", actor=by, subject=line, case_id=line.request.case_id,
        office_id=line.request.office_id, reason=reason, at=now,
    )  # fmt: skip
    return came_back


def give_back_rest(request: AssistanceRequest, to: LineState, *, by: User, now: datetime) -> None:
    """What was approved and is not paid goes back to its budget lines; what was paid stays given."""
    for line in request.lines.filter(state__in=OPEN_LINES).select_related("budget_line"):
        budget_line: Any = line.budget_line
        post_entry(
            line=budget_line, kind=EntryKind.CANCEL, amount=line.to_pay, subject=line, by=by, now=now,
            key=f"eaf-{line.pk}-{to}",
        )  # fmt: skip
        worth = line.paid - line.returned
        if worth:
            give_aid(aid=_aid_of(line), on=timezone.localdate(now), amount=worth)
        else:
            cancel_aid(aid=_aid_of(line))
        move(line, to)


@transaction.atomic
def expire(*, request: AssistanceRequest, by: User, now: datetime) -> AssistanceRequest:
    """What was approved and not fetched in time gives its money back, and may be promised again.

    Raises Conflict while the family can still fetch it (E-EAF-34), and while its appeal is open (E-EAF-76).
    """
    rules.can_expire(request.expires_on, timezone.localdate(now)).insist()
    is_not_appealed(Appeal.rows.filter(request=request, state=AppealState.OPEN).exists()).insist()
    give_back_rest(request, LineState.EXPIRED, by=by, now=now)
    request = move(request, RequestState.EXPIRED)
    record_event(
        f"{PROGRAMME}.request.expired", actor=by, subject=request, case_id=request.case_id,
        office_id=request.office_id, at=now,
    )  # fmt: skip
    return request
