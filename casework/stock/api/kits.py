"""What a kit holds over the API: every version, and a new one, which a second person confirms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from rest_framework import serializers

from casework.access.policies import OfSite
from casework.access.scopes import may
from casework.access.working import working_office
from casework.approvals.api.proposals import ProposedNew
from casework.approvals.models import Proposal
from casework.stock import proposals
from casework.stock.forms import MOST_ROWS
from casework.stock.models import SEE, Item, Kit, KitItem, Substitute
from casework.stock.rights import PROPOSE_KIT
from casework.stock.rules import Need, StandsIn
from casework.stock.states import Basis, KitKey
from casework.ui.api.resources import Detailed, Listed
from casework.ui.api.serializers import Day, Line, Shown, Told

from .stores import Quantity

MOST_OTHERS, MOST_AGE = 5, 120


class StandInShown(Shown):
    """Another item that stands in where a store has too little: so much of it for so much of the item."""

    item = serializers.CharField(source="other.code")  # type: ignore[assignment]

    class Meta:
        model = Substitute
        fields = ("item", "quantity", "counts_for")


class KitRowShown(Shown):
    """So much of an item for everybody of an age that the basis counts."""

    item = serializers.CharField(source="item.code")  # type: ignore[assignment]
    item_name = serializers.CharField(source="item.name_en")  # type: ignore[assignment]
    unit = serializers.CharField(source="item.unit")  # type: ignore[assignment]

    class Meta:
        model = KitItem
        fields = ("item", "item_name", "unit", "basis", "quantity", "min_age", "max_age")


class KitVersionShown(Shown):
    """A version of a kit: what is packed from its day on, until the next version holds."""

    rows = serializers.SerializerMethodField()
    example = {
        "id": 3, "key": "hygiene", "version": 2, "valid_from": "2026-12-01", "source": "Sphere handbook 2018, page 100",
        "rows": [
            {"item": "soap", "item_name": "Bathing soap", "unit": "g", "basis": "person_month", "quantity": "250.00",
             "min_age": None, "max_age": None,
             "stands_in": [{"item": "soap-small", "quantity": "3.00", "counts_for": "1.00"}]},
        ],
    }  # fmt: skip

    class Meta:
        model = Kit
        fields = ("id", "key", "version", "valid_from", "source", "rows")

    def get_rows(self, kit: Kit) -> list[dict[str, Any]]:
        """Its items; beside the first row of an item stands what stands in for it."""
        others: dict[int, list[Any]] = {}
        for row in kit.substitutes.all():
            others.setdefault(row.item_id, []).append(StandInShown(row).data)
        return [
            {**KitRowShown(row).data, "stands_in": others.pop(row.item_id, [])} for row in kit.items.all()
        ]  # fmt: skip


class StandInTold(Told):
    """Another item by its code, and so much of it for so much of the item of the kit."""

    item = Line(max_length=40)
    quantity = Quantity()
    counts_for = Quantity()


class KitRowTold(Told):
    """So much of an item, by its code; what stands in for it is taken in this order."""

    item = Line(max_length=40)
    basis = serializers.ChoiceField(choices=Basis.choices)
    quantity = Quantity()
    min_age = serializers.IntegerField(min_value=0, max_value=MOST_AGE, required=False, allow_null=True, default=None)
    max_age = serializers.IntegerField(min_value=0, max_value=MOST_AGE, required=False, allow_null=True, default=None)
    stands_in = serializers.ListField(child=StandInTold(), required=False, default=list, max_length=MOST_OTHERS)


class KitVersionTold(Told):
    """What a kit holds from a day on, and where its quantities come from."""

    called_by_rules = {"row_*": "rows.*"}
    key = serializers.ChoiceField(choices=KitKey.choices)
    valid_from = Day()
    source = Line(max_length=300)
    rows = serializers.ListField(child=KitRowTold(), min_length=1, max_length=MOST_ROWS)
    example = {
        "key": "hygiene", "valid_from": "2026-12-01", "source": "Sphere handbook 2018, page 100",
        "rows": [{"item": "soap", "basis": "person_month", "quantity": "250",
                  "stands_in": [{"item": "soap-small", "quantity": "3", "counts_for": "1"}]}],
    }  # fmt: skip

    def validate_rows(self, rows: list[dict[str, Any]]) -> list[Need]:
        """The rows with their items in use. Raises ValidationError naming the row of an item that is not there."""
        named = {one["item"] for row in rows for one in (row, *row["stands_in"])}
        items = dict(Item.objects.filter(is_active=True, code__in=named).values_list("code", "pk"))
        for number, row in enumerate(rows):
            if not {one["item"] for one in (row, *row["stands_in"])} <= items.keys():
                raise serializers.ValidationError({str(number): [_("There is no such record.")]}, code="E-CHOICE-1")
        return [_need(row, items) for row in rows]


def _need(row: Mapping[str, Any], items: Mapping[str, int]) -> Need:
    others = tuple(
        StandsIn(item_id=items[one["item"]], quantity=one["quantity"], counts_for=one["counts_for"])
        for one in row["stands_in"]
    )
    facts = {name: row[name] for name in ("basis", "quantity", "min_age", "max_age")}
    return Need(item_id=items[row["item"]], stands_in=others, **facts)


class Kits(Listed, Detailed, ProposedNew):
    """What the kits hold, every version, the newest first."""

    policy = OfSite(action=SEE)
    create_policy = OfSite(action=PROPOSE_KIT)
    create_told = KitVersionTold
    model = Kit
    shown = KitVersionShown

    def rows(self) -> models.QuerySet:
        rows = Kit.objects.prefetch_related("items__item", "substitutes__other")
        return rows if may(self.request.user, SEE) is not None else rows.none()

    def proposed(self, told: dict[str, Any]) -> Proposal:
        """Ask a second person to confirm what a kit holds from a day on."""
        office = working_office(self.request.user, PROPOSE_KIT)
        return proposals.propose_kit(needs=told.pop("rows"), office=office, **told, **self.by_now)
