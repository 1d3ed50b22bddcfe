"""Things come and go: the one way a balance changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.kernel.acts import act
from casework.kernel.digits import quantity_text
from casework.kernel.refusals import Conflict, Refusal, refuse_errors
from casework.kernel.subjects import subject_type
from casework.stock import queries, rules
from casework.stock.models import Balance, Item, Lot, Movement, Store
from casework.stock.states import COMES, MovementKind


@act
def move_stock(
    *, store: Store, lot: Lot, kind: MovementKind, quantity: Decimal, key: str, by: User, now: datetime,
    on: date | None = None, subject: models.Model | None = None, reason: str = "", cause: str = "",
    reference: str = "", confirmed_by: User | None = None,
) -> Movement:  # fmt: skip
    """Write a movement once for its key, holding the store; the database brings the balance up to date.

    `on` is the true day, today when none is given; of a day before the lot was counted, it stands in the book on the
    day of the count. Raises Refusal when more leaves than lay there since the true day (E-STK-01), when a lot handed
    over was too old on it (E-STK-02) and for a day that is to come (E-STK-34), Conflict when the key stands for
    something else, or nobody else confirmed what is lost (E-STK-15).
    """
    held, today = Store.rows.select_for_update().get(pk=store.pk), timezone.localdate(now)
    day = on or today
    facts = {"store": held, "lot": lot, "kind": kind, "quantity": quantity}
    made = Movement.rows.filter(key=key).first()
    if made is not None:
        if any(getattr(made, name) != value for name, value in facts.items()):
            raise Conflict("IDEM-USED", "", _("This was sent already, with other answers. Begin a new one."))
        return made
    rules.can_write_down(kind, by_id=by.pk, confirmed_by_id=confirmed_by.pk if confirmed_by else None).insist()
    refuse_errors(rules.against_day(day, today=today))
    counted_on = queries.counted_after(held, lot.pk, day) if day < today else None
    if kind not in COMES:
        _check_leaving(held, lot, kind, quantity, day, is_past=day < today)
    about = {} if subject is None else {"subject_type": subject_type(subject), "subject_id": subject.pk}
    return Movement.rows.create(
        **facts, **about, key=key, on=counted_on or day, happened_on=day if counted_on else None,
        reason=reason.strip()[:300], cause=cause, reference=reference.strip()[:80], by=by,
        confirmed_by=confirmed_by, at=now,
    )  # fmt: skip


def _check_leaving(store: Store, lot: Lot, kind: MovementKind, quantity: Decimal, on: date, *, is_past: bool) -> None:
    have = queries.there_since(store, [lot.pk], on).get(lot.pk, Decimal(0))
    expires_on = lot.expires_on if kind == MovementKind.HAND_OVER else None
    refuse_errors(
        rules.against_leaving(
            item=str(lot.item), store=str(store), have=have, need=quantity, expires_on=expires_on, on=on,
            keeps=lot.item.shelf_days, is_past=is_past,
        )
    )  # fmt: skip


@act
def hand_over(
    *, store: Store, item: Item, quantity: Decimal, key: str, subject: models.Model, by: User, now: datetime,
    on: date | None = None,
) -> list[Movement]:  # fmt: skip
    """Take so much of an item from a store for a family, the lots that expire first before the others.

    Raises Refusal (E-STK-01) when the store has too few that keep long enough; then nothing leaves.
    """
    held, day = Store.rows.select_for_update().get(pk=store.pk), on or timezone.localdate(now)
    done = Movement.rows.filter(key__startswith=f"{key}-", subject_id=subject.pk)
    if done.exists():
        return list(done.order_by("pk"))
    taken = rules.first_expiring(lying(held, [item.pk], day), quantity, on=day, keeps=item.shelf_days)
    have = sum((amount for _lot, amount in taken), Decimal(0))
    if have < quantity:
        words = {"item": str(item), "store": str(held), "have": quantity_text(have), "need": quantity_text(quantity)}
        raise Refusal("E-STK-01", "quantity", _("%(item)s: %(store)s has %(have)s, %(need)s are needed.") % words)
    lots = Lot.objects.in_bulk([lot for lot, _amount in taken])
    return [
        move_stock(
            store=held, lot=lots[lot], kind=MovementKind.HAND_OVER, quantity=amount, key=f"{key}-{lot}", by=by, now=now,
            on=day, subject=subject,
        )
        for lot, amount in taken
    ]  # fmt: skip


def lying(store: Store, items: Iterable[int], on: date) -> list[rules.Lying]:
    """What could have left a store of items (by their ids) on a day, by lot."""
    balances = Balance.rows.filter(store=store, lot__item__in=list(items)).select_related("lot")
    lots = {row.lot_id: row.lot for row in balances}
    there = queries.there_since(store, lots, on)
    return [
        rules.Lying(lot_id=pk, item_id=lot.item_id, quantity=there[pk], expires_on=lot.expires_on)
        for pk, lot in lots.items()
        if there[pk] > 0
    ]
