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
from casework.stock.rules import Member, Need, by_basis, packed
from casework.stock.states import Basis, KitKey, MovementKind
from emergency_fund.models import AssistanceLine, AssistanceRequest, Delivery, DeliveryReturn, PickedItem, PickList
from emergency_fund.states import LineKind, LineState

from .family import living_in
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


def members_on(request: AssistanceRequest, today: date) -> list[Member]:
    """The family as it is on a day."""
    people = [row.person for row in living_in(request.family_id).select_related("person")]
    return [Member(age=age_on(person, today), is_female=person.sex == Sex.FEMALE) for person in people]


def counted(members: Sequence[Member]) -> dict[str, int]:
    """Basis → how many of the family it counts."""
    return by_basis(members)


def needed_of(kit: Kit, members: Sequence[Member]) -> dict[int, Decimal]:
    """Item id → how much of it a family gets."""
    needs = [
        Need(item_id=row.item_id, basis=row.basis, quantity=row.quantity, min_age=row.min_age, max_age=row.max_age)
        for row in kit.items.all()
    ]
    return packed(needs, members, MONTHS)


def list_of(line: AssistanceLine) -> PickList | None:
    """The pick list of a line that holds now."""
    return line.pick_lists.filter(is_current=True).select_related("store", "kit").first()


def rows_of(picked: PickList | None) -> list[PickedItem]:
    """The rows of a list with item and lot."""
    return [] if picked is None else list(picked.items.select_related("item", "lot__item", "instead_of").order_by("pk"))


def counted_words(counted: Mapping[str, int]) -> str:
    """How many of the family get more than everybody: "women and girls of 10 to 49: 2, children under 2: 1"."""
    return ", ".join(f"{words}: {counted[basis]}" for basis, words in COUNTED_APART.items() if counted.get(basis))


def left_on(picked: PickList) -> dict[int, Decimal]:
    """Item id → what of a list was not handed over yet."""
    sums = picked.items.values("item").annotate(wanted=Sum("quantity"), given=Sum("handed")).order_by("item")
    left = {row["item"]: row["wanted"] - row["given"] for row in sums}
    return {item: quantity for item, quantity in left.items() if quantity > 0}


def still_needed(line: AssistanceLine, kit: Kit, members: Sequence[Member]) -> dict[int, Decimal]:
    """Item id → what the family is still to get: of a kit that was begun its rest, else what it gets today."""
    begun = PickedItem.rows.filter(pick_list__line=line, handed__gt=0).exists()
    before = list_of(line) if begun else None
    return left_on(before) if before else needed_of(kit, members)


def short_in(stores: Iterable[Store], needed: Mapping[int, Decimal], today: date) -> dict[int, list[Item]]:
    """Store id → the items of which too little lies there; what is too old to hand over does not count."""
    balances = Balance.rows.filter(store__in=stores, lot__item__in=list(needed), quantity__gt=0)
    there: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for balance in balances.select_related("lot__item"):
        if not keeps_too_short(balance.lot, balance.lot.item, today):
            there[balance.store_id, balance.lot.item_id] += balance.quantity
    items = Item.objects.in_bulk(list(needed))
    return {store.pk: [items[pk] for pk, wanted in needed.items() if there[store.pk, pk] < wanted] for store in stores}


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
    taken = {row.lot_id: row.left for row in rows}
    return [
        Swap(row=row, balance=balance)
        for row in rows
        for balance in there
        if balance.lot.item_id == row.item_id and balance.lot_id != row.lot_id
        and not keeps_too_short(balance.lot, row.item, picked.day_of_lots(today))
        and balance.quantity - taken.get(balance.lot_id, Decimal(0)) >= row.left
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
