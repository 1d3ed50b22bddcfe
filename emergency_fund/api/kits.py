"""Kits leave a store over the API: the pick list, another lot, the hand-over, and what comes back of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from casework.stock.api.stores import Quantity
from casework.ui.api.resources import add, part
from casework.ui.api.serializers import MOST_ID, Day, Shown, Told, each_once
from emergency_fund.models import Delivery, DeliveryReturn, PickedItem, PickList
from emergency_fund.queries import kits as queries
from emergency_fund.rules.kits import can_take_goods
from emergency_fund.services import kits
from emergency_fund.states import HANDED_OVER

from . import told
from .base import CASHIER, OfRequest, collector_named
from .shown import DeliveryShown, Facts, ReturnShown

MOST_GOODS = 200


class PickedShown(Shown):
    """So much of an item from one lot; without a lot, what the store has too little.

    What stands in for another item says for which, and how much of it it covers.
    """

    item = serializers.CharField(source="item.code")  # type: ignore[assignment]
    item_name = serializers.CharField(source="item.name_en")  # type: ignore[assignment]
    unit = serializers.CharField(source="item.unit")  # type: ignore[assignment]
    number = serializers.CharField(source="lot.number", default="")  # type: ignore[assignment]
    expires_on = serializers.DateField(source="lot.expires_on", default=None)  # type: ignore[assignment]
    stands_for = serializers.CharField(  # type: ignore[assignment]
        source="stands_for.code", default="", help_text="the item of the kit of which the store has too little"
    )

    example = {
        "id": 31, "item": "soap", "item_name": "Bathing soap", "unit": "g", "lot": 14, "number": "A1",
        "expires_on": "2028-01-31", "quantity": "1000.00", "handed": "0.00", "reason": "",
        "stands_for": "", "covers": None,
    }  # fmt: skip

    class Meta:
        model = PickedItem
        fields = (
            "id", "item", "item_name", "unit", "lot", "number", "expires_on", "quantity", "handed", "reason",
            "stands_for", "covers",
        )  # fmt: skip


class PickListShown(Shown):
    """What the family of a line gets, as it was frozen on a day."""

    rows = serializers.SerializerMethodField()
    people = serializers.IntegerField()  # type: ignore[assignment]
    example = {
        "id": 5, "line": 90, "store": 2, "on": "2026-11-28", "people": 4,
        "rows": [PickedShown.example],
    }  # fmt: skip

    class Meta:
        model = PickList
        fields = ("id", "line", "store", "on", "people", "rows")

    def get_rows(self, picked: PickList) -> list[dict[str, Any]]:
        """Its rows, with item and lot."""
        return list(PickedShown(queries.rows_of(picked), many=True).data)


class GoodsShown(Facts):
    """Goods of one lot that left the store, and what of them is with the family."""

    movement = serializers.IntegerField(source="movement.pk")
    item = serializers.CharField(source="movement.lot.item.code")
    number = serializers.CharField(source="movement.lot.number")
    quantity = serializers.DecimalField(source="movement.quantity", max_digits=12, decimal_places=2)
    left = serializers.DecimalField(max_digits=12, decimal_places=2)


class HandOverShown(DeliveryShown):
    """One hand-over from a store, lot by lot."""

    goods = serializers.SerializerMethodField()
    example = DeliveryShown.example | {
        "goods": [{"movement": 77, "item": "soap", "number": "A1", "quantity": "1000.00", "left": "1000.00"}],
    }  # fmt: skip

    class Meta(DeliveryShown.Meta):
        fields = (*DeliveryShown.Meta.fields, "goods")

    def get_goods(self, delivery: Delivery) -> list[dict[str, Any]]:
        """What left the store by it."""
        return list(GoodsShown(queries.goods_of(delivery), many=True).data)


class PickTold(Told):
    """The line whose kit is packed, and the store that packs it; `on` is the day where it was handed over before."""

    line = told.number()
    store = told.number()
    on = Day(required=False, allow_null=True, default=None)
    example = {"line": 90, "store": 2}


class OtherLotTold(Told):
    """Another lot for a row of the list, and why the one that expires first stays."""

    called_by_rules = {"swap": "lot"}
    row = told.number()
    lot = told.number()
    reason = told.words(200)
    example = {"row": 31, "lot": 15, "reason": "The boxes of lot A1 are wet"}


class PartTold(Told):
    """So much of a row of the list, or of a movement."""

    row = told.number()
    quantity = Quantity()
    example = {"row": 31, "quantity": "1000"}


def _parts(rows: Iterable[Mapping[str, Any]], known: Collection[int]) -> dict[int, Decimal]:
    """Row id → so much of it. Raises ValidationError for one that is not there, or twice."""
    parts = {row: one["quantity"] for row, one in each_once(rows, "row", field="rows", code="E-EAF-261").items()}
    if not parts.keys() <= set(known):
        raise told.unknown("rows")
    return parts


class HandOverTold(Told):
    """So much of each row of the newest list goes to somebody of the family. A row that is not named stays.

    A `collector` (`collectors/`) fetches it for who named them (`received_by`). `on` is the true day.
    """

    called_by_rules = {"row_*": "rows[row=*].quantity"}
    pick_list = told.number()
    rows = PartTold(many=True, max_length=MOST_GOODS)  # type: ignore[call-arg]
    received_by = told.number()
    collector = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False, allow_null=True, default=None)
    proof = serializers.ChoiceField(choices=HANDED_OVER)
    witness = told.words(120)
    on = Day(required=False, allow_null=True, default=None)
    example = {
        "pick_list": 5, "rows": [PartTold.example], "received_by": 42, "proof": "thumb_print", "witness": "Daw Khin",
    }  # fmt: skip


class GoodsBackTold(Told):
    """So much of each movement of a hand-over came back; `row` is the movement, as the hand-over names it."""

    called_by_rules = {"row_*": "rows[row=*].quantity"}
    delivery = told.number()
    rows = PartTold(many=True, max_length=MOST_GOODS)  # type: ignore[call-arg]
    reason = told.words(300)
    is_spoiled = serializers.BooleanField(default=False, help_text="a second person confirms that it is written off")
    on = Day(required=False, allow_null=True, default=None)
    example = {
        "delivery": 16, "rows": [{"row": 77, "quantity": "250"}], "reason": "The family had soap from the camp",
        "is_spoiled": False,
    }  # fmt: skip


class Kits(OfRequest):
    """What a request has from a store."""

    @part("pick-lists", policy=CASHIER, shown=PickListShown)
    def pick_lists(self) -> Iterable[Any]:
        """The list of each kit that holds now."""
        return self._lists().filter(is_current=True)

    @add(pick_lists, policy=CASHIER, told=PickTold)
    def pick(self, values: dict[str, Any]) -> PickList:
        """Freeze what the family of today gets, from the lots that expire first."""
        line = self.named(self.row.lines, values["line"], "line")
        store = queries.stores_for(self.row).filter(pk=values["store"]).first()
        if store is None:
            raise told.unknown("store")
        return kits.make_pick_list(line=line, store=store, on=values["on"], **self.by_now)

    @part("other-lots", policy=CASHIER, shown=PickedShown)
    def other_lots(self) -> Iterable[Any]:
        """Rows of these lists that take another lot than the one that expires first."""
        rows = PickedItem.objects.visible_to(self.request.user).select_related("item", "lot")
        return rows.filter(pick_list__line__request=self.row, pick_list__is_current=True, instead_of__isnull=False)

    @add(other_lots, policy=CASHIER, told=OtherLotTold)
    def take_other_lot(self, values: dict[str, Any]) -> PickedItem:
        """Pick another lot of the store, for a reason that is printed."""
        lists = self._lists().filter(is_current=True)
        swaps = {(s.row.pk, s.balance.lot_id): s for one in lists for s in queries.swaps_of(one, self.today)}
        chosen = swaps.get((values["row"], values["lot"]))
        if chosen is None:
            raise told.unknown("lot")
        return kits.take_other_lot(row=chosen.row, lot=chosen.balance.lot, reason=values["reason"], **self.by_now)

    @part("hand-overs", policy=CASHIER, shown=HandOverShown)
    def hand_overs(self) -> Iterable[Any]:
        """What left a store, with its goods."""
        return self.deliveries().filter(pick_list__isnull=False).order_by("pk")

    @add(hand_overs, policy=CASHIER, told=HandOverTold)
    def hand_over(self, values: dict[str, Any]) -> Delivery:
        """Hand over what is packed or a part of it, once for the Idempotency-Key (with a fresh second factor)."""
        picked = self.named(self._lists(), values["pick_list"], "pick_list")
        who = told.member_named(self.row.family, values["received_by"], "received_by")
        return kits.hand_over_kit(
            picked=picked, quantities=_parts(values["rows"], [row.pk for row in queries.rows_of(picked)]),
            received_by=who.person, relation=who.role, proof=values["proof"], witness=values["witness"], key=self.key,
            collector=collector_named(self.row, values["collector"]), on=values["on"], **self.by_now,
        )  # fmt: skip

    @part("goods-back", policy=CASHIER, shown=ReturnShown)
    def goods_back(self) -> Iterable[Any]:
        """Goods that came back."""
        rows = DeliveryReturn.objects.visible_to(self.request.user)
        return rows.filter(delivery__line__request=self.row, is_goods=True)

    @add(goods_back, policy=CASHIER, told=GoodsBackTold)
    def take_goods_back(self, values: dict[str, Any]) -> DeliveryReturn:
        """Goods lie in the store again, once for the Idempotency-Key (with a fresh second factor)."""
        delivery = self.delivery(values["delivery"])
        can_take_goods(is_from_store=delivery.pick_list_id is not None).insist()
        return kits.take_goods_back(
            delivery=delivery, quantities=_parts(values["rows"], _movements(delivery)), reason=values["reason"],
            is_spoiled=values["is_spoiled"], on=values["on"], key=self.key, **self.by_now,
        )  # fmt: skip

    def _lists(self) -> Any:
        return PickList.objects.visible_to(self.request.user).filter(line__request=self.row)


def _movements(delivery: Delivery) -> list[int]:
    return [one.movement.pk for one in queries.goods_of(delivery)]
