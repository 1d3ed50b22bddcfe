"""What lies in the stores a person looks after, what waits there, and what of it ran out or expired."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.db.models.lookups import LessThan
from django.utils.translation import gettext_lazy as _

from casework.approvals.models import Proposal, ProposalState
from casework.kernel.books import least_since
from casework.kernel.digits import clean_line, quantity_text
from casework.programmes.contributions import Words
from casework.reference.queries import day_after, term

from .models import Balance, Item, Kit, Lot, Movement, StockCount, Store
from .picking import Picked, Thing, pick
from .rules import Lying as LyingLot
from .rules import Need, StandsIn
from .states import COMES, KitKey, MovementKind, WriteOffCause
from .wording import need_words, stands_in_words

SOON = "stock.soon_days"
"""The term that says within how many days of its expiry a lot is to be used first."""
COUNT = "stock.count.adjust"
"""The kind of proposal that brings the books in line with a count."""
_QUANTITY: Any = DecimalField(max_digits=14, decimal_places=2)
_NOTHING: Any = Value(Decimal(0), output_field=_QUANTITY)
SIGNED = Case(When(kind__in=COMES, then=F("quantity")), default=-F("quantity"))
"""What a movement adds to what lies there, below zero for what left."""


def stores_of(user: Any, today: date) -> QuerySet[Store]:
    """The stores with their offices, how many items lie in each, how many lots are to be used first or are too old."""
    rows: QuerySet[Store] = Store.objects.visible_to(user)
    lies = Q(balances__quantity__gt=0)
    last_day = ExpressionWrapper(
        F("balances__lot__expires_on") - F("balances__lot__item__shelf_days"), output_field=DateField()
    )
    old = lies & Q(LessThan(last_day, Value(today)))
    soon = lies & Q(balances__lot__expires_on__lt=day_after(today, SOON)) & ~Q(LessThan(last_day, Value(today)))
    counted = rows.filter(is_active=True).annotate(
        items=Count("balances__lot__item", filter=lies, distinct=True),
        marked=Count("balances", filter=soon, distinct=True), too_old=Count("balances", filter=old, distinct=True),
    )  # fmt: skip
    return counted.select_related("office").order_by("office__code", "name_en")


def books_of(store: Store) -> dict[int, Decimal]:
    """Lot id → its quantity in a store by the books."""
    return dict(Balance.rows.filter(store=store, quantity__gt=0).values_list("lot_id", "quantity"))


def there_since(store: Store, lots: Iterable[int], on: date) -> dict[int, Decimal]:
    """Lot id → the quantity that could have left a store on a day: the least balance since then."""
    there = dict(Balance.rows.filter(store=store, lot__in=lots).values_list("lot_id", "quantity"))
    later: dict[int, list[Decimal]] = defaultdict(list)
    moved = Movement.rows.filter(store=store, lot__in=list(there), on__gt=on).order_by("-on")
    for lot, _day, added in moved.values_list("lot_id", "on").annotate(n=Sum(SIGNED)):
        later[lot].append(added)
    return {lot: least_since(quantity, later[lot]) for lot, quantity in there.items()}


def counted_after(store: Store, lot: int, on: date) -> date | None:
    """The day after this one on which the lot was last counted; what was declined or taken back counts nothing."""
    gone = Proposal.rows.filter(kind=COUNT, state__in=[ProposalState.DECLINED, ProposalState.WITHDRAWN])
    later = store.counts.filter(on__gt=on, lines__has_key=str(lot)).exclude(pk__in=gone.values("subject_id"))
    return later.order_by("-on").values_list("on", flat=True).first()


def waiting_count(store: Store) -> Proposal | None:
    """The count of a store that a second person has not confirmed yet."""
    counts = StockCount.rows.filter(store=store).values("pk")
    return Proposal.rows.open().filter(kind=COUNT, subject_id__in=counts).first()


def last_count(store: Store) -> StockCount | None:
    """The newest count that holds: it agreed with the books, or a second person confirmed what differs."""
    open_or_refused = Proposal.rows.filter(kind=COUNT).exclude(state=ProposalState.CONFIRMED)
    return store.counts.exclude(pk__in=open_or_refused.values("subject_id")).select_related("created_by").first()


def newest_kit(key: str) -> Kit | None:
    """The last version of a kit, whether it holds already or not."""
    return Kit.objects.filter(key=key).order_by("-version").first()


def kit_on(key: str, on: date) -> Kit | None:
    """The version of a kit that is packed on a day."""
    return Kit.objects.filter(key=key, valid_from__lte=on).order_by("-version").first()


def name_other_stores(movements: Iterable[Movement]) -> None:
    """Give what was brought from one store to another the store on its other side, as `other`."""
    moved = [row for row in movements if row.kind in {MovementKind.MOVE_IN, MovementKind.MOVE_OUT}]
    stores = Store.rows.in_bulk({row.subject_id for row in moved if row.subject_id})
    for row in moved:
        row.other = stores.get(row.subject_id or 0)


@dataclass(frozen=True, kw_only=True)
class LotShown:
    """A lot in a store as its page shows it."""

    lot: Lot
    quantity: Decimal
    is_expired: bool
    is_too_old: bool
    is_soon: bool

    @property
    def is_marked(self) -> bool:
        """Whether something is to be done with it."""
        return self.is_expired or self.is_too_old or self.is_soon


def lots_in(store: Store, today: date) -> list[LotShown]:
    """The lots in a store by item, those that expire first before the others."""
    rows = Balance.rows.filter(store=store, quantity__gt=0).select_related("lot__item")
    soon = today + timedelta(days=int(term(SOON, today)))
    shown = [
        LotShown(
            lot=row.lot, quantity=row.quantity,
            is_expired=row.lot.expires_before(today),
            is_too_old=row.lot.expires_before(today + timedelta(days=row.lot.item.shelf_days)),
            is_soon=row.lot.expires_before(soon),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(shown, key=lambda one: (str(one.lot.item), one.lot.expires_on or date.max, one.lot.pk))


@dataclass(frozen=True, kw_only=True)
class Low:
    """An item of which a store has fewer than it should."""

    item: Item
    have: Decimal


def low_in(store: Store) -> list[Low]:
    """The watched items that came to a store and are now below their minimum."""
    lies = Balance.rows.filter(store=store, lot__item=OuterRef("pk")).values("lot__item").annotate(n=Sum("quantity"))
    have = Coalesce(Subquery(lies.values("n")), _NOTHING, output_field=_QUANTITY)
    came = Movement.rows.filter(store=store).values("lot__item")
    items = Item.objects.filter(pk__in=came, is_active=True, minimum__gt=0).annotate(have=have)
    return [Low(item=item, have=item.have) for item in items.filter(have__lt=F("minimum"))]


class Lying:
    """The page of a store in one of its views: everything, use first, expired, low."""

    def __init__(self, store: Store, show: str, text: str, today: date) -> None:
        self.lots, self.low = lots_in(store, today), low_in(store)
        self.text = clean_line(text)[:80]
        self.show = show if show in ("soon", "expired", "low") else ""

    @property
    def views(self) -> list[dict[str, Any]]:
        """The views for the bar above the list."""
        told: list[tuple[str, Words, int]] = [
            ("", _("Everything"), len(self.lots)),
            ("soon", _("Use first"), len(self._soon)),
            ("expired", _("Too old"), len(self._old)),
            ("low", _("Below the minimum"), len(self.low)),
        ]
        return [
            {"label": label, "url": f"?show={key}", "count": count, "current": key == self.show}
            for key, label, count in told
        ]

    @property
    def _soon(self) -> list[LotShown]:
        return [one for one in self.lots if one.is_soon and not one.is_too_old]

    @property
    def _old(self) -> list[LotShown]:
        return [one for one in self.lots if one.is_too_old]

    @property
    def shown(self) -> list[LotShown]:
        """The lots of the chosen view that the text names."""
        lots = {"soon": self._soon, "expired": self._old}.get(self.show, self.lots)
        if self.show == "low":
            low = {one.item.pk for one in self.low}
            lots = [one for one in lots if one.lot.item_id in low]
        asked = self.text.casefold()
        return [one for one in lots if asked in f"{one.lot.item} {one.lot.item.name_en} {one.lot.number}".casefold()]


def thing_of(item: Item) -> Thing:
    """How an item is packed."""
    return Thing(keeps=item.shelf_days, is_whole=item.is_whole)


@dataclass(frozen=True, kw_only=True)
class Packing:
    """A version of a kit with its contents, and its items with their substitutes."""

    needs: list[Need]
    items: dict[int, Item]

    def pick(self, wanted: Mapping[int, Decimal], lying: Iterable[LyingLot], on: date) -> list[Picked]:
        """What is taken of what lies in a store for what is wanted (item id → how much), and what is missing."""
        others = {need.item_id: need.stands_in for need in self.needs if need.stands_in}
        things = {pk: thing_of(item) for pk, item in self.items.items()}
        return pick(wanted, others, things, lying, on=on)


def packing_of(kit: Kit) -> Packing:
    """Contents of a version of a kit; the first row of an item carries its substitutes."""
    rows, substitutes = kit.items.select_related("item"), kit.substitutes.select_related("other")
    items = {row.item_id: row.item for row in rows} | {row.other_id: row.other for row in substitutes}
    others: dict[int, list[StandsIn]] = defaultdict(list)
    for row in substitutes:
        others[row.item_id].append(StandsIn(item_id=row.other_id, quantity=row.quantity, counts_for=row.counts_for))
    needs = [
        Need(
            item_id=row.item_id, basis=row.basis, quantity=row.quantity, min_age=row.min_age, max_age=row.max_age,
            stands_in=tuple(others.pop(row.item_id, ())),
        )
        for row in rows
    ]  # fmt: skip
    return Packing(needs=needs, items=items)


@dataclass(frozen=True, kw_only=True)
class KitShown:
    """A kit with the version packed today, and one that is to come."""

    key: KitKey
    now: Kit | None
    next: Kit | None
    items: list[tuple[Item, str, list[str]]]
    """Each item with so much of it in words, and what stands in for it."""


def kits_shown(today: date) -> list[KitShown]:
    """Every kit as it is packed today."""
    shown = []
    for key in KitKey:
        now, newest = kit_on(key, today), newest_kit(key)
        held = _held(packing_of(now)) if now else []
        shown.append(KitShown(key=key, now=now, next=newest if newest != now else None, items=held))
    return shown


def _held(packing: Packing) -> list[tuple[Item, str, list[str]]]:
    items = packing.items
    return [
        (items[need.item_id], need_words(need, items[need.item_id]), stands_in_words(need, items))
        for need in packing.needs
    ]  # fmt: skip


def held_by(key: str) -> list[dict[str, Any]]:
    """What the newest version of a kit holds, as the rows of its form begin."""
    kit = newest_kit(key)
    return [
        {
            "item": need.item_id, "basis": need.basis, "quantity": quantity_text(need.quantity),
            "min_age": need.min_age, "max_age": need.max_age, "stands_in": need.stands_in,
        }
        for need in (packing_of(kit).needs if kit else ())
    ]  # fmt: skip


def stores_below(stores: QuerySet[Store]) -> QuerySet[Store]:
    """Those of the stores in which a watched item that came to them is below its minimum."""
    lies = Balance.rows.filter(store=OuterRef(OuterRef("pk")), lot__item=OuterRef("pk")).values("lot__item")
    have = Coalesce(Subquery(lies.annotate(n=Sum("quantity")).values("n")), _NOTHING, output_field=_QUANTITY)
    low = Item.objects.filter(lots__movements__store=OuterRef("pk"), is_active=True, minimum__gt=0)
    return stores.filter(Exists(low.annotate(have=have).filter(have__lt=F("minimum")))).order_by()


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """A watched item in a store over a period: the number of evenings counted, and of those without stock."""

    store_id: int
    item_id: int
    evenings: int
    empty: int


def days_without(stores: QuerySet[Store], first: date, last: date) -> list[Shelf]:
    """Of each watched item that came to a store: its evenings in a time, from the day on which it first came."""
    day = Greatest(F("on"), Value(first - timedelta(days=1), output_field=DateField()))
    rows = Movement.rows.filter(store__in=stores, on__lte=last, lot__item__is_active=True, lot__item__minimum__gt=0)
    by_day = rows.order_by().annotate(day=day).values_list("store", "lot__item", "day").annotate(n=Sum(SIGNED))
    found = []
    for (store, item), moved in groupby(by_day.order_by("store", "lot__item", "day"), key=lambda row: row[:2]):
        evenings, empty = _evenings([(row[2], row[3]) for row in moved], first, last)
        found.append(Shelf(store_id=store, item_id=item, evenings=evenings, empty=empty))
    return found


def _evenings(moved: Sequence[tuple[date, Decimal]], first: date, last: date) -> tuple[int, int]:
    """Evenings from the first movement on, and the empty ones; what moved before stands on the day before the first."""
    ends = [*(day for day, _quantity in moved[1:]), last + timedelta(days=1)]
    lies, empty = Decimal(0), 0
    for (day, quantity), until in zip(moved, ends, strict=True):
        lies += quantity
        if lies <= 0:
            empty += (until - max(day, first)).days
    return (last - max(moved[0][0], first)).days + 1, empty


def with_expired(stores: QuerySet[Store], first: date, last: date, today: date) -> QuerySet[Store]:
    """The stores with what goods cost that were written off as expired in a time, and that lie there expired today."""
    cost = Sum(F("quantity") * F("lot__unit_cost"), output_field=_QUANTITY)
    gone = Movement.rows.filter(
        store=OuterRef("pk"), kind=MovementKind.WRITE_OFF, cause=WriteOffCause.EXPIRED, on__range=(first, last)
    )
    old = Balance.rows.filter(store=OuterRef("pk"), quantity__gt=0, lot__expires_on__lt=today)
    sums = {
        name: Coalesce(Subquery(rows.order_by().values("store").annotate(baht=cost).values("baht")), _NOTHING)
        for name, rows in (("written_off", gone), ("expired", old))
    }
    return stores.annotate(**sums)
