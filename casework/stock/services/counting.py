"""A store is counted; what differs from the books is brought in line when a second person has confirmed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.kernel.acts import act
from casework.kernel.refusals import refuse_errors
from casework.stock import queries, rules
from casework.stock.models import Lot, Movement, StockCount, Store
from casework.stock.states import MovementKind, WriteOffCause

from .movements import move_stock


@act
def save_count(
    *, store: Store, found: Mapping[int, Decimal], reasons: Mapping[int, str], by: User, now: datetime
) -> StockCount:
    """Record the counted quantity of each lot (by its id) with the book balance of that moment.

    Raises Refusal with E-STK-08 to 10 and 33.
    """
    held = Store.rows.select_for_update().get(pk=store.pk)
    books = queries.books_of(held)
    lines = [
        rules.Counted(lot_id=lot, book=books[lot], found=number, reason=reasons.get(lot, "").strip()[:300])
        for lot, number in found.items()
        if lot in books
    ]
    whole = set(Lot.objects.filter(pk__in=found, item__is_whole=True).values_list("pk", flat=True))
    refuse_errors(
        [
            *rules.against_count(lines, is_waiting=queries.waiting_count(held) is not None),
            *(
                finding
                for line in lines
                for finding in rules.against_part(
                    line.found, is_whole=line.lot_id in whole, field=f"found_{line.lot_id}"
                )
            ),
        ]
    )
    count = StockCount.rows.create(
        store=held, on=timezone.localdate(now), created_by=by,
        lines={str(line.lot_id): [str(line.book), str(line.found), line.reason] for line in lines},
    )  # fmt: skip
    record_event("stock.store.counted", actor=by, subject=held, office_id=held.office_id, level=1, at=now)
    return count


@act
def adjust(*, count: StockCount, by: User, confirmed_by: User, now: datetime) -> list[Movement]:
    """Bring the books in line with a count, lot by lot, by what differed when it was counted.

    What was handed over since stays handed over. Raises Refusal (E-STK-01) when less lies there now than is missing,
    Conflict without a second person.
    """
    lines, store = differences(count), count.store
    lots = Lot.objects.in_bulk([line.lot_id for line in lines])
    made = [
        move_stock(
            store=store, lot=lots[line.lot_id], quantity=abs(line.difference), key=f"count-{count.pk}-{line.lot_id}",
            kind=MovementKind.COUNT_MORE if line.difference > 0 else MovementKind.COUNT_LESS, reason=line.reason,
            subject=count, by=by, confirmed_by=confirmed_by, now=now,
        )
        for line in lines
    ]  # fmt: skip
    record_event(
        "stock.goods.adjusted",
        actor=confirmed_by,
        subject=count.store,
        office_id=count.store.office_id,
        level=1,
        at=now,
    )
    return made


def differences(count: StockCount) -> Sequence[rules.Counted]:
    """The lots of a count that differ from the books."""
    read = [
        rules.Counted(lot_id=int(lot), book=Decimal(book), found=Decimal(found), reason=reason)
        for lot, (book, found, reason) in count.lines.items()
    ]
    return [line for line in read if line.difference]


@act
def write_off(
    *, store: Store, lot: Lot, quantity: Decimal, cause: WriteOffCause, reason: str, key: str, by: User,
    confirmed_by: User, now: datetime,
) -> Movement:  # fmt: skip
    """Write off what is of no use any more, once for its key.

    Raises Refusal with E-STK-01, 03, 14, 22 and 33, Conflict (E-STK-15) without a second person.
    """
    refuse_errors(against_write_off(store, lot, quantity, cause, reason, now))
    movement = move_stock(
        store=store, lot=lot, kind=MovementKind.WRITE_OFF, quantity=quantity, key=key, by=by, now=now, cause=cause,
        confirmed_by=confirmed_by, reason=reason,
    )  # fmt: skip
    record_event(
        "stock.goods.written-off", actor=confirmed_by, subject=store, office_id=store.office_id, level=1, at=now,
        reason=reason,
    )  # fmt: skip
    return movement


def against_write_off(
    store: Store, lot: Lot, quantity: Decimal, cause: str, reason: str, now: datetime
) -> list[rules.Finding]:
    """Findings against writing off this quantity of a lot now."""
    today = timezone.localdate(now)
    have = queries.books_of(store).get(lot.pk, Decimal(0))
    return [
        *rules.against_quantity(quantity),
        *rules.against_part(quantity, is_whole=lot.item.is_whole),
        *rules.against_leaving(
            item=str(lot.item), store=str(store), have=have, need=quantity, expires_on=None, on=today, keeps=0
        ),
        *rules.against_write_off(
            cause=cause, reason=reason, expires_on=lot.expires_on, keeps=lot.item.shelf_days, on=today
        ),
    ]  # fmt: skip
