"""Cash of a payment comes out of a box of the office, and what comes back goes into one."""

from __future__ import annotations

from datetime import datetime

from casework.accounts.models import User
from casework.funds.models import Advance, CashBox
from casework.funds.services.advances import pay_from_advance
from casework.funds.services.boxes import move_cash
from casework.funds.states import CashKind
from casework.kernel.refusals import refuse_errors
from emergency_fund.models import Delivery, DeliveryReturn
from emergency_fund.queries.cash import has_boxes, was_paid_in_cash
from emergency_fund.rules import cash as rules


def take_cash(
    *, delivery: Delivery, box: CashBox | None, advance: Advance | None, kept_out: frozenset[int],
    related: frozenset[int], by: User, now: datetime,
) -> None:  # fmt: skip
    """Take the cash of a payment out of a box, or account for it in an advance whose holder paid it.

    Goods take none, and what others are paid takes one where it is named. `kept_out` are who asked, assessed or
    approved, `related` who declared a conflict of interest. Raises Refusal with E-EAF-140 where the office keeps its
    cash in boxes and none is named, E-EAF-141 for the box of another office, E-EAF-142 and 172 for an advance of
    somebody who is kept out, E-CSH-01 and E-ADV-03 where too little is left.
    """
    office_id = delivery.line.request.office_id
    if delivery.pick_list_id or (box is None and advance is None and not delivery.is_to_family):
        return
    if advance is not None:
        box_office = advance.box.office_id
        refuse_errors(rules.against_box(box_office, office_id=office_id, has_boxes=True))
        refuse_errors(rules.against_holder(advance.holder_id, kept_out, related))
        pay_from_advance(
            advance=advance, amount=delivery.amount, subject=delivery, reference=delivery.number,
            key=f"eaf-cash-{delivery.pk}", by=by, now=now, field=rules.FIELD,
            on=delivery.on,
        )  # fmt: skip
        return
    refuse_errors(
        rules.against_box(None if box is None else box.office_id, office_id=office_id, has_boxes=has_boxes(office_id))
    )
    if box is not None:
        move_cash(
            box=box, kind=CashKind.PAY_OUT, amount=delivery.amount, subject=delivery, reference=delivery.number,
            key=f"eaf-cash-{delivery.pk}", by=by, now=now, field=rules.FIELD, on=delivery.on,
        )  # fmt: skip


def put_cash_back(*, came_back: DeliveryReturn, box: CashBox | None, by: User, now: datetime) -> None:
    """Put what came back of a payment in cash into a box. Raises Refusal as take_cash does."""
    delivery = came_back.delivery
    office_id = delivery.line.request.office_id
    if box is None and not was_paid_in_cash(delivery):
        return
    refuse_errors(rules.against_box(None if box is None else box.office_id, office_id=office_id, has_boxes=True))
    if box is not None:
        move_cash(
            box=box, kind=CashKind.GIVE_BACK, amount=came_back.amount, subject=came_back, reference=delivery.number,
            key=f"eaf-cash-back-{came_back.pk}", reason=came_back.reason, by=by, now=now, field=rules.FIELD,
            on=came_back.on,
        )  # fmt: skip
