"""From the order of an insurance to its card, or to its early end, which gives the money back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from casework.accounts.models import User
from casework.aid.models import InsuranceCover
from casework.aid.services import correct_cover, move_cover
from casework.aid.states import CoverState
from casework.documents.models import Attachment, Document
from casework.documents.services.attachments import add_attachment
from casework.documents.services.ordering import request_document
from casework.documents.states import PaperKind
from casework.kernel.acts import act
from casework.kernel.moves import move
from casework.kernel.refusals import Refusal, refuse_errors
from emergency_fund.after_states import AppealState
from emergency_fund.insurance_states import HAS_CARD, PolicyState
from emergency_fund.models import AssistanceLine, AssistanceRequest, InsurancePolicy
from emergency_fund.queries import insurance as queries
from emergency_fund.queries.appeals import appeal_of, lines_appealed
from emergency_fund.queries.emergencies import waits_for_approval
from emergency_fund.queries.family import can_help
from emergency_fund.rules import insurance as rules
from emergency_fund.states import LineState, RequestState

from .appeals import end_appeal
from .delivering import OPEN_LINES, end_request, give_back_line
from .holding import hold_with_budget
from .insurance import offered, remember

ORDER_PAPER = "emergency_fund.insurance_order"
CARD_TITLE = "บัตรประกันสุขภาพ / Insurance card"
"""Whoever looks at the photo reads one of the two."""
ON_CARD = ("card_number", "valid_from", "valid_to")
"""The fields of a cover that stand on its card."""
ENDS = {PolicyState.REJECTED: CoverState.REFUSED, PolicyState.CANCELLED: CoverState.CANCELLED}


@act
def order_insurance(*, policy: InsurancePolicy, starts_on: date, by: User, now: datetime) -> InsurancePolicy:
    """Order what was approved from the hospital; from now on its days are taken.

    The first day may have moved meanwhile; the insurance may not cost more than was approved. Raises Conflict E-EAF-74
    and 201, and Refusal with E-EAF-11, 12, 71, 72 and 75.
    """
    held = _held(policy)
    rules.can_order(held.state, held.line.state).insist()
    can_help(held.line, timezone.localdate(now)).insist()
    offer = offered(held.line.child, held.cover.scheme, starts_on, today=timezone.localdate(now))
    approved: Any = held.line.approved
    refuse_errors(
        [
            *rules.against_dearer(price=offer.tariff.price, approved=approved),
            *rules.against_overlap(queries.overlapping(held.line.child, offer.first, offer.last, but=held.cover)),
        ]
    )
    stands = {"premium": offer.tariff.premium, "check_up": offer.tariff.check_up}
    stands |= {"valid_from": offer.first, "valid_to": offer.last}
    _take_days(held, partial(move_cover, to=CoverState.ORDERED), rules.START, **stands)
    held = move(held, PolicyState.ORDERED, tariff=offer.tariff, ordered_by=by, ordered_at=now)
    remember("ordered", held, by, now)
    return held


def print_order(*, policy: InsurancePolicy, by: User, now: datetime) -> Document:
    """Print the order for the hospital. Raises what the paper refuses."""
    options = {"hospital": policy.cover.hospital_id, "cover": policy.cover_id}
    return request_document(
        kind=ORDER_PAPER, subject=policy.line.request, language="th", requested_by=by, now=now, options=options
    )


@act
def take_card(
    *, policy: InsurancePolicy, number: str, valid_from: date, valid_to: date, photo: File | None, by: User,
    now: datetime,
) -> InsurancePolicy:  # fmt: skip
    """The card has come, or was written down wrongly before: what stands on it counts from now on.

    What ran out for a wrong last day is in force again. Raises Conflict E-EAF-76, Refusal with E-EAF-11, 77 and 78, and
    what add_attachment refuses of the photo.
    """
    held, today = _held(policy), timezone.localdate(now)
    rules.can_take_card(held.state, is_replaced=queries.is_replaced(held)).insist()
    card = rules.card_number(number)
    days = rules.CardDays(first=valid_from, last=valid_to, months=held.tariff.months, born=held.line.child.born_on)
    refuse_errors(
        [
            *rules.against_card(card, is_taken=queries.is_card_of_another(held.line.child, card)),
            *rules.against_days(days, today=None if held.state in HAS_CARD else today),
            *rules.against_overlap(
                queries.overlapping(held.line.child, valid_from, valid_to, but=held.cover), field="valid_from"
            ),
        ]
    )
    proof = _photo(held.line.request, photo, by, now) if photo is not None else held.proof
    stands = {"card_number": card, "valid_from": valid_from, "valid_to": valid_to}
    if held.state in HAS_CARD:
        return _corrected(held, proof, stands, by, now)
    _take_days(held, partial(move_cover, to=CoverState.ACTIVE), "valid_from", **stands)
    held = move(held, PolicyState.ACTIVE, proof=proof)
    remember("in-force", held, by, now)
    return held


def _corrected(
    held: InsurancePolicy, proof: Attachment | None, stands: Mapping[str, Any], by: User, now: datetime
) -> InsurancePolicy:
    """Another last day that is not over makes it in force anew: at night it is seen whether it ends soon."""
    changes = {name: (was, stands[name]) for name, was in _card_of(held.cover).items() if was != stands[name]}
    is_over = stands["valid_to"] < timezone.localdate(now)
    revives = held.state == PolicyState.EXPIRED and not is_over
    _take_days(held, partial(move_cover, to=CoverState.ACTIVE) if revives else correct_cover, "valid_from", **stands)
    if revives or (held.state == PolicyState.EXPIRING and "valid_to" in changes):
        held = move(held, PolicyState.ACTIVE, ended_on=None)
    InsurancePolicy.rows.filter(pk=held.pk).update(proof=proof)
    remember("card-corrected", held, by, now, changes=changes)
    return held


def _card_of(cover: InsuranceCover) -> dict[str, Any]:
    return {name: getattr(cover, name) for name in ON_CARD}


def _photo(request: AssistanceRequest, photo: File, by: User, now: datetime) -> Attachment:
    try:
        return add_attachment(
            subject=request, file=photo, title=CARD_TITLE, paper_kind=PaperKind.CERTIFICATE, by=by, now=now
        )
    except Refusal as refusal:
        raise Refusal(refusal.code, "photo", refusal.sentence) from refusal


@act
def end_insurance(*, policy: InsurancePolicy, to: PolicyState, reason: str, by: User, now: datetime) -> InsurancePolicy:
    """The hospital refused it, or it is cancelled: the cover ends, and what was not paid is the budget line's again.

    What was paid comes back through its receipt, which ends it as paid back. Raises Conflict E-EAF-79 and Refusal with
    E-EAF-80.
    """
    held = _held(policy)
    rules.can_end(held.state, to).insist()
    refuse_errors(rules.against_reason(reason))
    move_cover(cover=held.cover, to=ENDS[to])
    held = move(held, to, ended_on=timezone.localdate(now), ended_reason=reason.strip()[:300])
    if held.line.state in OPEN_LINES:
        give_back_line(held.line, LineState.CANCELLED, by=by, now=now)
        go_on_without(held.line.request, by, now)
    remember("refused" if to == PolicyState.REJECTED else "cancelled", held, by, now, reason=held.ended_reason)
    return held


def _held(policy: InsurancePolicy) -> InsurancePolicy:
    """The insurance with its line and its cover, its line locked."""
    hold_with_budget(policy.line.request_id)
    AssistanceLine.rows.select_for_update(of=("self",)).get(pk=policy.line_id)
    rows = InsurancePolicy.rows.select_related("line__request__office", "line__child", "line__budget_line", "tariff")
    return rows.select_related("cover__child").get(pk=policy.pk)


def _take_days(policy: InsurancePolicy, act: Callable[..., Any], field: str, **facts: Any) -> None:
    """Move or correct the cover; what the database refuses of it is said with the days that stand in the way."""
    try:
        with transaction.atomic():  # the days that stand in the way are asked for after it is undone
            act(cover=policy.cover, **facts)
    except Refusal as refusal:
        if refusal.code == "E-AID-02":
            days = queries.overlapping(policy.line.child, facts["valid_from"], facts["valid_to"], but=policy.cover)
            refuse_errors(rules.against_overlap(days, field=field))
        if refusal.code == "E-AID-04":
            refuse_errors(rules.against_card(facts["card_number"], is_taken=True))
        raise


def go_on_without(request: AssistanceRequest, by: User, now: datetime) -> None:
    """Nothing is left to deliver: the request is delivered when something of it was, else taken back.

    While the family appeals for the rest of it, it waits for that, and holds no money. What was paid before its
    approval waits for that; with nothing paid there is nothing left to approve.
    """
    if request.lines.filter(state__in=OPEN_LINES).exists():
        return
    if not request.lines.filter(paid__gt=0).exists():
        appeal = appeal_of(request)
        if appeal is not None and appeal.state == AppealState.OPEN and lines_appealed(request):
            move(request, RequestState.APPEAL, decision_due_at=appeal.due_at, expires_on=None)
            return
        end_appeal(request=request, by=by, now=now)
        end_request(request, RequestState.WITHDRAWN, by=by, now=now)
        return
    if request.state == RequestState.APPROVED:
        request = move(request, RequestState.IN_DELIVERY)
    if not waits_for_approval(request):
        move(request, RequestState.DELIVERED)
