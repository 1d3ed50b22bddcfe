"""Where the cash of a payment can come from, and whether it came from there."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from casework.funds.models import Advance, AdvanceEntry, CashBox, CashMovement
from casework.funds.queries.advances import advances_to_pay_from
from casework.funds.queries.cash import boxes_in_use
from casework.kernel.money import exact_baht
from casework.kernel.subjects import subject_type
from emergency_fund.models import Delivery


def has_boxes(office_id: int) -> bool:
    """Whether the office keeps its cash in boxes."""
    return CashBox.rows.filter(office_id=office_id, is_active=True).exists()


def was_paid_in_cash(delivery: Delivery) -> bool:
    """Whether the payment was taken from a box, or from an advance."""
    about = {"subject_type": subject_type(delivery), "subject_id": delivery.pk}
    return CashMovement.rows.filter(**about).exists() or AdvanceEntry.rows.filter(**about).exists()


def sources_to_pay_from(office_id: int) -> dict[str, CashBox | Advance]:
    """The boxes and advances from which requests of an office can be paid in cash, by their keys."""
    boxes: dict[str, CashBox | Advance] = {f"box-{box.pk}": box for box in boxes_in_use(office_id)}
    return boxes | {f"advance-{advance.pk}": advance for advance in advances_to_pay_from(office_id)}


def sources_to_give_back_to(delivery: Delivery) -> dict[str, CashBox]:
    """The boxes into which the cash of a payment can come back, by their keys."""
    if not was_paid_in_cash(delivery):
        return {}
    return {f"box-{box.pk}": box for box in boxes_in_use(delivery.line.request.office_id)}


def named(source: CashBox | Advance) -> str:
    """A box or an advance as it is chosen: what it is called and what is left in it."""
    return f"{called(source)}, {exact_baht(left_in(source))}"


def called(source: CashBox | Advance) -> str:
    """A box by its name; an advance by its number and who holds it."""
    return str(source) if isinstance(source, CashBox) else f"{source.number}, {source.holder.name_now}"


def left_in(source: CashBox | Advance) -> Decimal:
    """What can be paid from it."""
    return source.balance if isinstance(source, CashBox) else source.left


def as_facts(source: CashBox | Advance | None) -> dict[str, Any]:
    """What was chosen, under the name that paying gives it."""
    if source is None:
        return {}
    return {"box": source} if isinstance(source, CashBox) else {"advance": source}
