"""What a kit holds for a family, the list that was frozen of it, and what left the store by a receipt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, DecimalField, Exists, F, Model, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from casework.kernel.guards import YES, Verdict, no
from casework.kernel.subjects import subject_type
from casework.people.states import Sex
from casework.stock.models import Balance, Item, Kit, Lot, Movement, Store
from casework.stock.picking import rounded
from casework.stock.queries import packing_of, thing_of
from casework.stock.rules import Lying, Member, by_basis, packed
from casework.stock.states import Basis, KitKey, MovementKind
from casework.stock.wording import for_words
from emergency_fund.models import AssistanceLine, AssistanceRequest, Delivery, DeliveryReturn, PickedItem, PickList
from emergency_fund.states import LineKind, LineState

from .family import lived_in
from .insurance import age_on

KIT = KitKey.HYGIENE
MONTHS = 1
"""A kit lasts a month, as long as a child waits for the next."""
COUNTED_APART = {
    Basis.FEMALE_10_49: _("women and girls of 10 to 49"),
    Basis.INFANT_MONTH: _("children under 2"),
}
"""Who of a family gets more than everybody in it."""
NO_KIT = _("Nobody has set what a hygiene kit holds. Ask the programme manager.")
NO_STORE = _("This office has no store. Ask the programme manager.")


def can_pick(kit: Kit | None, *, has_store: bool) -> Verdict:
    """E-EAF-59 and 60: what a kit holds is set, and the office has a store."""
    if kit is None:
        return no("E-EAF-59", NO_KIT)
    return YES if has_store else no("E-EAF-60", NO_STORE)


def stores_for(request: AssistanceRequest) -> Any:
    """The stores from which a request is served."""
    return Store.rows.filter(office_id=request.office_id, is_active=True)


def members_on(request: AssistanceRequest, on: date) -> list[Member]:
    """The family as it was on a day."""
    people = lived_in(request.family_id, on)
    return [Member(age=age_on(person, on), is_female=person.sex == Sex.FEMALE) for person in people]


def counted(members: Sequence[Member]) -> dict[str, int]:
    """Basis → how many of the family it counts."""
    return by_basis(members)


def needed_of(kit: Kit, members: Sequence[Member]) -> dict[int, Decimal]:
    """Item id → how much of it a family gets."""
    return packed(packing_of(kit).needs, members, MONTHS)


def list_of(line: AssistanceLine) -> PickList | None:
    """The pick list of a line that holds now."""
    return line.pick_lists.filter(is_current=True).select_related("store", "kit").first()


def rows_of(picked: PickList | None) -> list[PickedItem]:
    """The rows of a list with item and lot."""
    if picked is None:
        return []
    return list(picked.items.select_related("item", "lot__item", "instead_of", "stands_for").order_by("pk"))


def standing_in(rows: Iterable[PickedItem]) -> list[str]:
    """What of a list stands in for what, in words: "3 pieces of Small bar for 1 piece of Bathing soap"."""
    sums: dict[tuple[Item, Item], list[Decimal]] = {}
    for row in rows:
        if row.stands_for is not None and row.covers is not None:
            sums.setdefault((row.item, row.stands_for), [Decimal(0), Decimal(0)])
            sums[row.item, row.stands_for][0] += row.quantity
            sums[row.item, row.stands_for][1] += row.covers
    return [f"{item}: {for_words(number, other, covers, item)}" for (other, item), (number, covers) in sums.items()]


def counted_words(counted: Mapping[str, int]) -> str:
    """How many of the family get more than everybody: "women and girls of 10 to 49: 2, children under 2: 1"."""
    return ", ".join(f"{words}: {counted[basis]}" for basis, words in COUNTED_APART.items() if counted.get(basis))


def left_on(picked: PickList) -> dict[int, Decimal]:
    """Item id → what of a list was not handed over yet; of what stands in, what it covers, rounded up."""
    left: dict[Item, Decimal] = {}
    for row in rows_of(picked):
        if row.left > 0:
            item = row.stands_for or row.item
            open_ = row.left if row.covers is None else row.covers * row.left / row.quantity
            left[item] = left.get(item, Decimal(0)) + open_
    return {item.pk: rounded(quantity, thing_of(item)) for item, quantity in left.items()}


def still_needed(line: AssistanceLine, kit: Kit, members: Sequence[Member]) -> tuple[Kit, dict[int, Decimal]]:
    """The version, and item id → what the family is still to get: the rest of a kit that was begun, else today's."""
    begun = begun_list(line)
    return (begun.kit, left_on(begun)) if begun else (kit, needed_of(kit, members))


def begun_list(line: AssistanceLine) -> PickList | None:
    """The list of a kit of which a part was handed over: its family is not counted anew."""
    is_begun = PickedItem.rows.filter(pick_list__line=line, handed__gt=0).exists()
    return list_of(line) if is_begun else None


def short_in(stores: Sequence[Store], kit: Kit, needed: Mapping[int, Decimal], today: date) -> dict[int, list[Item]]:
    """Store id → the items of which too little lies there, also of what stands in; what is too old does not count."""
    packing = packing_of(kit)
    balances = Balance.rows.filter(store__in=stores, lot__item__in=packing.items, quantity__gt=0)
    lying: dict[int, list[Lying]] = {store.pk: [] for store in stores}
    for row in balances.select_related("lot"):
        lying[row.store_id].append(
            Lying(lot_id=row.lot_id, item_id=row.lot.item_id, quantity=row.quantity, expires_on=row.lot.expires_on)
        )
    return {
        store: [packing.items[row.item_id] for row in packing.pick(needed, lots, today) if row.lot_id is None]
        for store, lots in lying.items()
    }


def handed_whole() -> Q:
    """Lines whose kit the family has, whatever its goods cost: there is nothing more of it to hand over."""
    left = PickedItem.rows.filter(
        pick_list__line=OuterRef("pk"), pick_list__is_current=True, handed__lt=F("quantity")
    )  # fmt: skip
    return Q(kind=LineKind.HYGIENE_KIT, state=LineState.DELIVERED) & ~Q(Exists(left))


def is_too_old(row: PickedItem, today: date) -> bool:
    """Whether the lot of a row no longer keeps as long as it must."""
    return row.lot is not None and keeps_too_short(row.lot, row.item, today)


def keeps_too_short(lot: Lot, item: Item, today: date) -> bool:
    """Whether a lot expires before a family could use it up."""
    return bool(lot.expires_before(today + timedelta(days=item.shelf_days)))


@dataclass(frozen=True, kw_only=True)
class Swap:
    """A row of a pick list, and another lot of its item that lies in the store and keeps."""

    row: PickedItem
    balance: Balance

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.row.pk}-{self.balance.lot_id}"


def swaps_of(picked: PickList | None, today: date) -> list[Swap]:
    """What may be taken instead, row by row: lots that keep, with enough beside what the list takes of them."""
    if picked is None:
        return []
    rows = [row for row in rows_of(picked) if row.lot is not None and row.left]
    balances = Balance.rows.filter(store=picked.store_id, lot__item__in={row.item_id for row in rows}, quantity__gt=0)
    there = list(balances.select_related("lot__item").order_by("lot__expires_on", "lot_id"))
    taken: dict[Any, Decimal] = defaultdict(Decimal)
    for row in rows:
        taken[row.lot_id] += row.left
    return [
        Swap(row=row, balance=balance)
        for row in rows
        for balance in there
        if balance.lot.item_id == row.item_id and balance.lot_id != row.lot_id
        and not keeps_too_short(balance.lot, row.item, picked.day_of_lots(today))
        and balance.quantity - taken[balance.lot_id] >= row.left
    ]  # fmt: skip


def moved_by(subject: type[Model], kind: MovementKind) -> Case:
    """How much of goods left the store by a receipt, or came back by a return: a row's sum over its lots, else 0."""
    movements = Movement.rows.filter(subject_type=subject_type(subject()), subject_id=OuterRef("pk"), kind=kind)
    total = movements.order_by().values("subject_id").annotate(sum=Sum("quantity")).values("sum")
    is_goods = Q(pick_list__isnull=False) if subject is Delivery else Q(is_goods=True)
    nothing = Value(Decimal(0), output_field=DecimalField())
    return Case(When(is_goods, then=Coalesce(Subquery(total), nothing)), default=nothing)


GONE, BACK = moved_by(Delivery, MovementKind.HAND_OVER), moved_by(DeliveryReturn, MovementKind.TAKE_BACK)


@dataclass(frozen=True, kw_only=True)
class Given:
    """Goods of one lot that left the store by a receipt, and what of them is still with the family."""

    movement: Movement
    left: Decimal


def goods_of(delivery: Delivery) -> list[Given]:
    """What left the store by a receipt, lot by lot."""
    gone = Movement.rows.filter(
        subject_type=subject_type(delivery), subject_id=delivery.pk, kind=MovementKind.HAND_OVER
    )
    returns = DeliveryReturn.rows.filter(delivery=delivery).values("pk")
    back = Movement.rows.filter(
        subject_type=subject_type(DeliveryReturn()), subject_id__in=returns, kind=MovementKind.TAKE_BACK
    )
    by_lot = dict(back.values_list("lot").annotate(n=Sum("quantity")).order_by())
    return [
        Given(movement=movement, left=movement.quantity - by_lot.get(movement.lot_id, Decimal(0)))
        for movement in gone.select_related("lot__item").order_by("pk")
    ]
