"""Kits leave a store: what a family gets is frozen, handed over in parts, and taken back into its lots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils import timezone

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.funds.models import BudgetLine
from casework.kernel.acts import act
from casework.kernel.refusals import Finding, Refusal, refuse_errors
from casework.people.models import Person
from casework.stock.models import Balance, Item, Kit, Lot, Store
from casework.stock.proposals import propose_write_off
from casework.stock.queries import kit_on, packing_of, there_since
from casework.stock.rules import against_part
from casework.stock.services.movements import lying, move_stock
from casework.stock.states import MovementKind, WriteOffCause
from emergency_fund.models import AssistanceLine, Collector, Delivery, DeliveryReturn, PickedItem, PickList
from emergency_fund.queries import kits as queries
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import deliveries
from emergency_fund.rules import kits as rules

from . import delivering
from .holding import hold_with_budget

SMALLEST = Decimal("0.01")


@act
def make_pick_list(*, line: AssistanceLine, store: Store, by: User, now: datetime, on: date | None = None) -> PickList:
    """Freeze what the family of a day gets, from the lots of a store that expire first; `on` is that day, else today.

    Where a part was handed over already, the list is for the rest of what was frozen first. Raises Refusal with
    E-EAF-14, 91 and 220 to 222, Conflict with E-EAF-16, 26, 59, 60, 90, 170 and 171.
    """
    held = _held(line)
    request, today = held.request, timezone.localdate(now)
    deliveries.can_pay(held.state).insist()
    rules.can_pay_out(held.kind, from_store=True).insist()
    delivering.may_handle(held, by, today).insist()
    kit = kit_on(queries.KIT, on or today)
    queries.can_pick(kit, has_store=store.office_id == request.office_id).insist()
    day = on or today
    refuse_errors(delivering.against_day(held, day, today))
    before = PickList.rows.filter(line=held, is_current=True).first()
    is_begun = before is not None and PickedItem.rows.filter(pick_list__line=held, handed__gt=0).exists()
    if before is not None and is_begun:
        facts: dict[str, Any] = {"kit": before.kit, "on": before.on, "counted": before.counted, "months": before.months}
        needed = queries.left_on(before)
    else:
        facts, needed = _counted(held, kit, day)
    refuse_errors(rules.against_nothing(list(needed)))
    picked = _picked(store, facts["kit"], needed, day)
    PickList.rows.filter(line=held, is_current=True).update(is_current=False)
    made = PickList.rows.create(line=held, store=store, by=by, at=now, **facts)
    PickedItem.rows.bulk_create(PickedItem(pick_list=made, **row) for row in picked)
    _remember("packed", held, by, now)
    return made


def _held(line: AssistanceLine, *, chosen: Iterable[BudgetLine] = ()) -> AssistanceLine:
    request = hold_with_budget(line.request_id, chosen=chosen)
    held = AssistanceLine.rows.select_for_update(of=("self",)).select_related("budget_line").get(pk=line.pk)
    held.request = request
    return held


def _counted(line: AssistanceLine, kit: Any, on: date) -> tuple[dict[str, Any], dict[int, Decimal]]:
    """The facts of a list for the family of a day, and what it gets of each item."""
    members = queries.members_on(line.request, on)
    refuse_errors(rules.against_family(len(members)))
    facts = {"kit": kit, "on": on, "counted": queries.counted(members), "months": queries.MONTHS}
    return facts, queries.needed_of(kit, members)


def _picked(store: Store, kit: Kit, needed: Mapping[int, Decimal], on: date) -> list[dict[str, Any]]:
    """The rows of a list: each lot, what stands in by the version of the kit, and what is missing of an item."""
    packing = packing_of(kit)
    rows = packing.pick(needed, lying(store, packing.items, on), on)
    if not any(row.lot_id for row in rows):
        item_id, wanted = next(iter(needed.items()))
        raise Refusal.of([rules.nothing_there(item=str(packing.items[item_id]), store=str(store), need=wanted)])
    return [
        {
            "item_id": row.item_id, "lot_id": row.lot_id, "quantity": row.quantity, "stands_for_id": row.stands_for,
            "covers": row.covers,
        }
        for row in rows
    ]  # fmt: skip


@act
def take_other_lot(*, row: PickedItem, lot: Lot, reason: str, by: User, now: datetime) -> PickedItem:
    """Pick another lot than the one that expires first, for what is still to be handed over of a row; never an old one.

    Raises Refusal with E-EAF-173 to 176, Conflict with E-EAF-16, 26, 93, 170 and 171.
    """
    line, today = _held(row.pick_list.line), timezone.localdate(now)
    deliveries.can_pay(line.state).insist()
    delivering.may_handle(line, by, today).insist()
    held = (
        PickedItem.rows.select_for_update(of=("self",)).select_related("item", "lot", "pick_list__store").get(pk=row.pk)
    )
    picked = held.pick_list
    rules.can_hand_over_from(is_current=picked.is_current).insist()
    on_lot = PickedItem.rows.filter(pick_list=picked, lot=lot)
    on_list = on_lot.filter(stands_for=held.stands_for_id).first()
    there = Balance.rows.filter(store=picked.store, lot=lot).values_list("quantity", flat=True).first() or Decimal(0)
    exchange = rules.Exchange(
        item=str(held.item), lot=lot.number, expires_on=lot.expires_on, need=held.left,
        too_old=queries.keeps_too_short(lot, held.item, picked.day_of_lots(today)),
        have=there - sum((row.left for row in on_lot), Decimal(0)),
        is_other=held.lot_id not in (None, lot.pk) and lot.item_id == held.item_id and held.left > 0,
    )  # fmt: skip
    refuse_errors(rules.against_exchange(exchange, store=str(picked.store), reason=reason))
    changed = _exchanged(held, on_list, lot, reason.strip()[:200])
    record_event(
        f"{PROGRAMME}.line.lot-chosen", actor=by, subject=line, case_id=line.request.case_id,
        office_id=line.request.office_id, reason=changed.reason, at=now,
    )  # fmt: skip
    return changed


def _exchanged(row: PickedItem, on_list: PickedItem | None, lot: Lot, reason: str) -> PickedItem:
    """What is left of a row goes over to the other lot; a lot that stands on the list already gets more."""
    facts: dict[str, Any] = {"instead_of_id": row.lot_id, "reason": reason}
    left = row.left
    stood_in = row.covers or Decimal(0)
    covers = (stood_in * left / row.quantity).quantize(SMALLEST)
    if row.handed:
        PickedItem.rows.filter(pk=row.pk).update(quantity=row.handed, covers=_of(row, stood_in - covers))
    else:
        row.delete()
    if on_list is not None:
        more = {"quantity": F("quantity") + left, "covers": _of(row, (on_list.covers or Decimal(0)) + covers)}
        PickedItem.rows.filter(pk=on_list.pk).update(**more, **facts)
        return PickedItem.rows.get(pk=on_list.pk)
    facts |= {"stands_for_id": row.stands_for_id, "covers": _of(row, covers)}
    return PickedItem.rows.create(pick_list=row.pick_list, item=row.item, lot=lot, quantity=left, **facts)


def _of(row: PickedItem, covers: Decimal) -> Decimal | None:
    """How much of another item a row covers; nothing where it stands for itself."""
    return covers if row.stands_for_id else None


@act
def hand_over_kit(
    *, picked: PickList, quantities: Mapping[int, Decimal], received_by: Person, relation: str, proof: str,
    witness: str, key: str, by: User, now: datetime, collector: Collector | None = None, on: date | None = None,
    paper_receipt: str = "", remark: str = "",
) -> Delivery:  # fmt: skip
    """Hand over so much of the rows of a pick list (by their id), once for its key: the goods leave their lots.

    The budget line pays what they cost, up to what is approved; with the last of the list the rest of it is free. `on`
    is the true day, today when none is given; lots and what lies of them count as of that day. Raises Refusal with
    E-EAF-13 to 15, 17, 35, 92, 220 to 222 and 228, E-STK-33 and 35, Conflict with E-EAF-16, 18, 26 and 93.
    """
    line = _held(picked.line)
    made = Delivery.rows.filter(key=key).first()
    if made is not None:
        told = _by_lot((row.lot_id, quantities.get(row.pk, Decimal(0))) for row in picked.items.all())
        gone = {one.movement.lot_id: one.movement.quantity for one in queries.goods_of(made)}
        deliveries.is_same_payment(made.number, is_same=told == gone).insist()
        return made
    deliveries.can_pay(line.state).insist()
    fresh = PickList.rows.select_related("store").get(pk=picked.pk)
    rules.can_hand_over_from(is_current=fresh.is_current).insist()
    store = Store.rows.select_for_update().get(pk=fresh.store_id)
    day = on or timezone.localdate(now)
    rows = list(fresh.items.select_related("item", "lot").order_by("pk"))
    given = {row.pk: quantities.get(row.pk, Decimal(0)) for row in rows}
    refuse_errors(
        [
            *rules.against_day_of_list(on=day, picked_on=fresh.on),
            *rules.against_handing(_handed(rows, given, store, day), store=str(store)),
            *_against_parts((row.pk, row.item, given[row.pk]) for row in rows),
        ]
    )
    goods = [row for row in rows if row.lot is not None and given[row.pk]]
    cost = rules.cost_of((given[row.pk], row.lot.unit_cost) for row in goods if row.lot)
    delivery = delivering.pay(
        line=line, amount=rules.charged(cost=cost, left=line.to_pay), received_by=received_by, relation=relation,
        proof=proof, witness=witness, key=key, by=by, now=now, pick_list=fresh, collector=collector, on=day,
        is_last=all(row.left == given[row.pk] for row in rows), paper_receipt=paper_receipt, remark=remark,
    )  # fmt: skip
    first: dict[Any, Any] = {row.lot_id: row for row in goods[::-1]}
    for lot, quantity in _by_lot((row.lot_id, given[row.pk]) for row in goods).items():
        move_stock(
            store=store, lot=first[lot].lot, kind=MovementKind.HAND_OVER, quantity=quantity, on=day, by=by, now=now,
            key=f"{key}-{first[lot].pk}", subject=delivery,
        )  # fmt: skip
    for row in goods:
        PickedItem.rows.filter(pk=row.pk).update(handed=F("handed") + given[row.pk])
    return delivery


def _by_lot(rows: Iterable[tuple[int | None, Decimal]]) -> dict[Any, Decimal]:
    """How much of each lot: what stands in may be of one of which the kit holds some itself. Of none, nothing."""
    sums: dict[Any, Decimal] = {}
    for lot, quantity in rows:
        if quantity:
            sums[lot] = sums.get(lot, Decimal(0)) + quantity
    return sums


def _against_parts(told: Iterable[tuple[int, Item, Decimal]]) -> Iterator[Finding]:
    """E-STK-33: of what is counted in whole no part goes or comes back."""
    for row_id, item, quantity in told:
        yield from against_part(quantity, is_whole=item.is_whole, field=f"row_{row_id}")


def _handed(rows: list[PickedItem], given: Mapping[int, Decimal], store: Store, on: date) -> list[rules.Handed]:
    there = there_since(store, [row.lot_id for row in rows if row.lot_id], on)
    handed = []
    for row in rows:
        have = there.get(row.lot_id or 0, Decimal(0))
        there[row.lot_id or 0] = have - given[row.pk]  # two rows may take of one lot
        handed.append(
            rules.Handed(
                row_id=row.pk, item=str(row.item), lot=row.lot.number if row.lot else "", quantity=given[row.pk],
                expires_on=row.lot.expires_on if row.lot else None, left=row.left if row.lot else Decimal(0),
                too_old=queries.is_too_old(row, on), have=max(have, Decimal(0)),
            )
        )  # fmt: skip
    return handed


@act
def take_goods_back(
    *, delivery: Delivery, quantities: Mapping[int, Decimal], reason: str, key: str, by: User, now: datetime,
    is_spoiled: bool = False, on: date | None = None,
) -> DeliveryReturn:  # fmt: skip
    """Goods of a receipt came back, so much of each movement (by its id), once for its key: into the lots they left.

    Of spoiled ones a second person is asked to confirm that they are written off. The budget line has back what it
    paid beyond the goods that stay. `on` is the true day. Raises Refusal with E-EAF-33, 94, 220, 222 and 229, E-STK-33
    and 35 and what propose_write_off refuses, Conflict with E-EAF-16.
    """
    line = _held(delivery.line, chosen=delivering.written_on(delivery))
    made = DeliveryReturn.rows.filter(key=key).first()
    if made is not None:
        deliveries.is_same_return(
            is_same=made.delivery_id == delivery.pk and made.reason == reason.strip()[:300]
        ).insist()
        return made
    today = timezone.localdate(now)
    day = on or today
    delivering.may_handle(line, by, today).insist()
    picked: Any = delivery.pick_list
    store = Store.rows.select_for_update().get(pk=picked.store_id)
    given = queries.goods_of(delivery)
    told = [
        rules.CameBack(
            movement_id=one.movement.pk, item=str(one.movement.lot.item), left=one.left,
            quantity=quantities.get(one.movement.pk, Decimal(0)),
        )
        for one in given
    ]  # fmt: skip
    parts = ((one.movement.pk, one.movement.lot.item, quantities.get(one.movement.pk, Decimal(0))) for one in given)
    refuse_errors(
        [
            *rules.against_coming_back(told, reason),
            *_against_parts(parts),
            *delivering.against_day_back(delivery, day, today),
        ]
    )
    stays = rules.cost_of(
        (one.left - quantities.get(one.movement.pk, Decimal(0)), one.movement.lot.unit_cost) for one in given
    )
    back = sum(delivery.returns.values_list("amount", flat=True), Decimal(0))
    amount = rules.refunded(charged_so_far=delivery.amount - back, cost_left=stays)
    came_back = delivering.write_return(
        line=line, delivery=delivery, amount=amount, reason=reason, key=key, by=by, now=now, on=day, is_goods=True
    )
    for one in given:
        quantity = quantities.get(one.movement.pk, Decimal(0))
        if quantity:
            move_stock(
                store=store, lot=one.movement.lot, kind=MovementKind.TAKE_BACK, quantity=quantity, by=by, now=now,
                key=f"{key}-{one.movement.pk}", subject=came_back, on=day,
            )  # fmt: skip
            if is_spoiled:
                propose_write_off(
                    store=store, lot=one.movement.lot, quantity=quantity, cause=WriteOffCause.DAMAGED, reason=reason,
                    by=by, now=now, came_by=f"return-{came_back.pk}",
                )  # fmt: skip
    return came_back


def _remember(done: str, line: AssistanceLine, by: User, now: datetime) -> None:
    record_event(
        f"{PROGRAMME}.line.{done}", actor=by, subject=line, case_id=line.request.case_id,
        office_id=line.request.office_id, at=now,
    )  # fmt: skip
