"""Goods come to a store, and go from one store to another."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.kernel.acts import act
from casework.kernel.refusals import refuse_errors
from casework.stock import rules
from casework.stock.models import Item, Lot, Movement, Store
from casework.stock.states import MovementKind

from .movements import move_stock


@act
def receive(
    *, store: Store, item: Item, number: str, expires_on: date | None, quantity: Decimal, unit_cost: Decimal,
    reference: str, key: str, by: User, now: datetime, on: date | None = None,
) -> Movement:  # fmt: skip
    """Take a delivery in, once for its key; a lot that is known already grows.

    Raises Refusal with E-STK-03 to 05 and 33 to 35, Conflict when the key stands for another delivery.
    """
    day = on or timezone.localdate(now)
    Item.objects.select_for_update(no_key=True).get(pk=item.pk)  # of two first deliveries of a lot the second knows it
    lot = Lot.objects.filter(item=item, number=number).first()
    known = None if lot is None else rules.KnownLot(expires_on=lot.expires_on, unit_cost=lot.unit_cost)
    refuse_errors(
        [
            *rules.against_quantity(quantity),
            *rules.against_part(quantity, is_whole=item.is_whole),
            *rules.against_receiving(
                number=number, expires_on=expires_on, unit_cost=unit_cost, known=known, today=day
            ),
        ]
    )  # fmt: skip
    if lot is None:
        lot = Lot.objects.create(item=item, number=number, expires_on=expires_on, unit_cost=unit_cost)
    movement = move_stock(
        store=store, lot=lot, kind=MovementKind.RECEIVE, quantity=quantity, key=key, by=by, now=now, on=day,
        reference=reference,
    )  # fmt: skip
    record_event("stock.goods.received", actor=by, subject=store, office_id=store.office_id, level=1, at=now)
    return movement


@act
def transfer(
    *, lot: Lot, quantity: Decimal, source: Store, target: Store, key: str, by: User, now: datetime, reason: str = "",
    on: date | None = None,
) -> tuple[Movement, Movement]:  # fmt: skip
    """Bring so much of a lot from one store to another in one act, once for its key.

    Raises Refusal with E-STK-01, 03, 06 and 33 to 35. Both stores are held in one order, so that two people who bring
    things both ways at once wait for each other and do not stop each other.
    """
    refuse_errors(
        [
            *rules.against_quantity(quantity),
            *rules.against_part(quantity, is_whole=lot.item.is_whole),
            *rules.against_transfer(is_same=source.pk == target.pk),
        ]
    )
    list(Store.rows.select_for_update().filter(pk__in=[source.pk, target.pk]).order_by("pk"))
    facts: dict[str, Any] = {"lot": lot, "quantity": quantity, "by": by, "now": now, "reason": reason, "on": on}
    out = move_stock(store=source, kind=MovementKind.MOVE_OUT, key=f"{key}-out", subject=target, **facts)
    came = move_stock(store=target, kind=MovementKind.MOVE_IN, key=f"{key}-in", subject=source, **facts)
    record_event("stock.goods.moved", actor=by, subject=source, office_id=source.office_id, level=1, at=now)
    return out, came
