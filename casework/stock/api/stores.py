"""Stores over the API: what lies in them by lot, what came and went, what was counted and is of no use."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from rest_framework import serializers

from casework.access.policies import Policy
from casework.approvals.api.proposals import ProposalShown, Proposing
from casework.approvals.models import Proposal
from casework.kernel.refusals import Refusal
from casework.stock import proposals
from casework.stock.fields import parse_quantity
from casework.stock.models import SEE, Balance, Lot, Movement, StockCount, Store
from casework.stock.rights import PROPOSE
from casework.stock.states import WriteOffCause
from casework.ui.api.resources import Detailed, Listed, add, part
from casework.ui.api.serializers import MOST_ID, Line, Shown, Told, each_once

LOOK = Policy(action=SEE)
MOST_LOTS = 2000


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


class LotCounted(Told):
    """What was counted of a lot (its id); `reason` where that differs from the books."""

    lot = serializers.IntegerField(min_value=1, max_value=MOST_ID)
    found = Quantity()
    reason = Line(max_length=300, required=False, allow_blank=True, default="")


class StockCountTold(Told):
    """What was counted; a lot that is not named was not counted."""

    called_by_rules = {"found_*": "lots[lot=*].found", "reason_*": "lots[lot=*].reason"}
    lots = serializers.ListField(child=LotCounted(), max_length=MOST_LOTS)
    example = {"lots": [{"lot": 14, "found": "650", "reason": "Two bars were wet"}]}


class StockCountShown(Shown):
    """A count of a store: of each lot what stood in the books, and what was found."""

    lots = serializers.SerializerMethodField()
    example = {
        "id": 5, "store": 2, "on": "2026-11-28", "created_by": 8,
        "lots": [{"lot": 14, "book": "700.00", "found": "650.00", "reason": "Two bars were wet"}],
    }  # fmt: skip

    class Meta:
        model = StockCount
        fields = ("id", "store", "on", "created_by", "lots")

    def get_lots(self, count: StockCount) -> list[dict[str, Any]]:
        return [
            {"lot": int(lot), "book": book, "found": found, "reason": reason}
            for lot, (book, found, reason) in count.lines.items()
        ]


class WriteOffTold(Told):
    """So much of a lot that is of no use."""

    lot = serializers.IntegerField(min_value=1, max_value=MOST_ID)
    quantity = Quantity()
    cause = serializers.ChoiceField(choices=WriteOffCause.choices)
    reason = Line(max_length=300)
    example = {"lot": 14, "quantity": "50", "cause": "damaged", "reason": "The roof leaked on the last rows"}


class Stores(Listed, Detailed, Proposing):
    """Stores of the offices where the person looks after goods."""

    policy = LOOK
    model = Store
    shown = StoreShown

    @part("lots", policy=LOOK, shown=BalanceShown)
    def lots(self) -> Iterable[Any]:
        """What lies there now by lot, what expires first before the others."""
        rows = Balance.objects.visible_to(self.request.user).filter(store=self.row, quantity__gt=0)
        return rows.select_related("lot__item").order_by("lot__item__code", "lot__expires_on", "lot_id")

    @part("counts", policy=LOOK, shown=StockCountShown)
    def counts(self) -> Iterable[Any]:
        """What was counted, the newest first."""
        return StockCount.objects.visible_to(self.request.user).filter(store=self.row).order_by("-pk")

    @add(counts, policy=Policy(action=PROPOSE), told=StockCountTold)
    def count(self, values: dict[str, Any]) -> StockCount:
        """Write a count down; where it differs from the books, a second person is asked."""
        told = each_once(values["lots"], "lot", field="lots", code="E-STK-39")
        found = {lot: one["found"] for lot, one in told.items()}
        self._refuse_strangers(found, "lots")
        reasons = {lot: one["reason"] for lot, one in told.items()}
        return proposals.count_store(store=self.row, found=found, reasons=reasons, **self.by_now)

    @part("write-offs", policy=LOOK, shown=ProposalShown)
    def write_offs(self) -> Iterable[Any]:
        """What was proposed to be written off, of what the person may confirm or proposed."""
        return self.proposals_of(proposals.WRITE_OFF)

    @add(write_offs, policy=Policy(action=PROPOSE), told=WriteOffTold)
    def write_off(self, values: dict[str, Any]) -> Proposal:
        """Ask a second person to confirm that something is of no use."""
        self._refuse_strangers([values["lot"]], "lot")
        lot = Lot.objects.select_related("item").get(pk=values.pop("lot"))
        return proposals.propose_write_off(store=self.row, lot=lot, **values, **self.by_now)

    def _refuse_strangers(self, lots: Iterable[int], field: str) -> None:
        """A lot that never lay here is not counted here, nor written off."""
        here = set(Balance.objects.visible_to(self.request.user).filter(store=self.row).values_list("lot", flat=True))
        if not set(lots) <= here:
            raise serializers.ValidationError({field: [_("There is no such record.")]}, code="E-CHOICE-1")


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
