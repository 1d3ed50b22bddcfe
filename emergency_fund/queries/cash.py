"""Where the cash of a payment can come from, and whether it came from there."""

from __future__ import annotations

from casework.funds.cash_proposals import baht
from casework.funds.cash_queries import boxes_in_use
from casework.funds.models import CashBox, CashMovement
from casework.kernel.subjects import subject_type
from emergency_fund.models import AssistanceLine, Delivery
from emergency_fund.rules.cash import CASH


def has_boxes(office_id: int) -> bool:
    """Whether the office keeps its cash in boxes."""
    return CashBox.rows.filter(office_id=office_id, is_active=True).exists()


def was_paid_in_cash(delivery: Delivery) -> bool:
    """Whether the payment was taken from a box."""
    return CashMovement.rows.filter(subject_type=subject_type(delivery), subject_id=delivery.pk).exists()


def sources_to_pay_from(line: AssistanceLine) -> dict[str, CashBox]:
    """The boxes from which a line in cash can be paid, by their keys; none for what is not paid in cash."""
    if line.modality != CASH:
        return {}
    return {f"box-{box.pk}": box for box in boxes_in_use(line.request.office_id)}


def sources_to_give_back_to(delivery: Delivery) -> dict[str, CashBox]:
    """The boxes into which the cash of a payment can come back, by their keys."""
    if not was_paid_in_cash(delivery):
        return {}
    return {f"box-{box.pk}": box for box in boxes_in_use(delivery.line.request.office_id)}


def named(source: CashBox) -> str:
    """A box as it is chosen: its name and what is in it."""
    return f"{source}, {baht(source.balance)}"
