"""Stores over the API: what lies in them by lot, and what came and went."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models
from rest_framework import serializers

from casework.access.policies import Policy
from casework.kernel.refusals import Refusal
from casework.ui.api.resources import Detailed, Listed, part
from casework.ui.api.serializers import MOST_ID, Shown, Told

from .fields import parse_quantity
from .models import SEE, Balance, Movement, Store

LOOK = Policy(action=SEE)


class Quantity(serializers.DecimalField):
    """So much of an item, as a number or as people write it: what a page takes and refuses, this does too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=9, decimal_places=2, **options)

    def to_internal_value(self, data: Any) -> Decimal:
        is_number = isinstance(data, str | int | float) and not isinstance(data, bool)
        try:
            return parse_quantity(str(data) if is_number else "")
        except Refusal as refused:
            raise serializers.ValidationError(refused.sentence, code=refused.code) from refused


class StoreShown(Shown):
    """A store of an office."""

    example = {"id": 2, "office": 1, "name_en": "Store room", "name_th": "ห้องคลัง", "name_my": "", "is_active": True}

    class Meta:
        model = Store
        fields = ("id", "office", "name_en", "name_th", "name_my", "is_active")


class BalanceShown(Shown):
    """So much of a lot that lies in a store."""

    number = serializers.CharField(source="lot.number")  # type: ignore[assignment]
    item = serializers.CharField(source="lot.item.code")  # type: ignore[assignment]
    item_name = serializers.CharField(source="lot.item.name_en")  # type: ignore[assignment]
    unit = serializers.CharField(source="lot.item.unit")  # type: ignore[assignment]
    expires_on = serializers.DateField(source="lot.expires_on", allow_null=True)  # type: ignore[assignment]
    example = {
        "lot": 14, "number": "A1", "item": "soap", "item_name": "Bathing soap", "unit": "g", "expires_on": "2028-01-31",
        "quantity": "700.00",
    }  # fmt: skip

    class Meta:
        model = Balance
        fields = ("lot", "number", "item", "item_name", "unit", "expires_on", "quantity")


class Stores(Listed, Detailed):
    """Stores of the offices where the person looks after goods."""

    policy = LOOK
    model = Store
    shown = StoreShown

    @part("lots", policy=LOOK, shown=BalanceShown)
    def lots(self) -> Iterable[Any]:
        """What lies there now by lot, what expires first before the others."""
        rows = Balance.objects.visible_to(self.request.user).filter(store=self.row, quantity__gt=0)
        return rows.select_related("lot__item").order_by("lot__item__code", "lot__expires_on", "lot_id")


class StockMovementShown(Shown):
    """Goods that came into a store or went out of it; the kind says which."""

    example = {
        "id": 77, "store": 2, "lot": 14, "kind": "hand_over", "quantity": "500.00", "on": "2026-11-28", "reference": "",
        "cause": "", "reason": "", "by": 8, "confirmed_by": None, "at": "2026-11-28T10:00:00+07:00",
    }  # fmt: skip

    class Meta:
        model = Movement
        fields = (
            "id", "store", "lot", "kind", "quantity", "on", "reference", "cause", "reason", "by", "confirmed_by", "at",
        )  # fmt: skip


class StockMovementsAsked(Told):
    """Filters of the list."""

    store = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False)
    lot = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False)


class StockMovements(Listed):
    """Movements of the stores that the person sees, the newest first."""

    policy = LOOK
    model = Movement
    shown = StockMovementShown
    asked = StockMovementsAsked

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(**asked)
