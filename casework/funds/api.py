"""Boxes of cash over the API: what is in them, and what came and went."""

from __future__ import annotations

from typing import Any

from django.db import models
from rest_framework import serializers

from casework.access.policies import Policy
from casework.ui.api.resources import Detailed, Listed
from casework.ui.api.serializers import MOST_ID, Shown, Told

from .models import BOX_SEE, CashBox, CashMovement

LOOK = Policy(action=BOX_SEE)


class CashBoxShown(Shown):
    """A box of cash of an office in the hands of its keeper."""

    example = {
        "id": 3, "office": 1, "name_en": "Front desk", "name_th": "โต๊ะหน้า", "name_my": "", "keeper": 8,
        "balance": "6900.00", "is_active": True, "retired_at": None,
    }  # fmt: skip

    class Meta:
        model = CashBox
        fields = (
            "id", "office", "name_en", "name_th", "name_my", "keeper", "balance", "is_active", "retired_at",
        )  # fmt: skip


class CashBoxes(Listed, Detailed):
    """Boxes of cash of the offices where the person looks after cash."""

    policy = LOOK
    model = CashBox
    shown = CashBoxShown


class CashMovementShown(Shown):
    """Cash that came into a box or went out of it; the kind says which."""

    example = {
        "id": 40, "box": 3, "kind": "pay_out", "amount": "100.00", "on": "2026-11-28", "reference": "R-MS-2026-0094",
        "reason": "", "by": 8, "confirmed_by": None, "at": "2026-11-28T10:00:00+07:00",
    }  # fmt: skip

    class Meta:
        model = CashMovement
        fields = ("id", "box", "kind", "amount", "on", "reference", "reason", "by", "confirmed_by", "at")


class CashMovementsAsked(Told):
    """Filter of the list."""

    box = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False)


class CashMovements(Listed):
    """Movements of the boxes that the person sees, the newest first."""

    policy = LOOK
    model = CashMovement
    shown = CashMovementShown
    asked = CashMovementsAsked

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(**asked)
