"""The end of a request over the API: it is closed by a person; how the claim on another source went on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from casework.ui.api.resources import act, add, part
from casework.ui.api.serializers import Baht, Day, Shown, Told
from emergency_fund.forms.closing import KNOWN
from emergency_fund.models import EntitlementUpdate
from emergency_fund.services.closing import close_request
from emergency_fund.services.entitlements import update_entitlement
from emergency_fund.states import Entitlement

from . import told
from .base import EDIT, WORK, OfRequest


class RequestClosedTold(Told):
    """How it is known that a payment arrived, where the family was not asked."""

    comment = told.words(500)
    example = {"comment": "The hospital called: the child is at home."}


class EntitlementShown(Shown):
    """How the claim on another source stood on a day."""

    example = {
        "id": 3, "entitlement": "wcf", "status": "applied", "amount": None, "on": "2026-11-27", "note": "", "by": 3,
        "at": "2026-11-27T10:00:00+07:00",
    }  # fmt: skip

    class Meta:
        model = EntitlementUpdate
        fields = ("id", "entitlement", "status", "amount", "on", "note", "by", "at")


class EntitlementTold(Told):
    """What the family or the office that pays says now; `amount` is what it pays a month, if it does."""

    entitlement = serializers.ChoiceField(choices=Entitlement.choices)
    status = serializers.ChoiceField(choices=KNOWN)
    amount = Baht(required=False, allow_null=True, default=None)
    on = Day()
    note = told.words(300)
    example = {"entitlement": "wcf", "status": "applied", "on": "2026-11-27"}


class Ending(OfRequest):
    """What comes when the help is delivered."""

    @act("close", policy=WORK, told=RequestClosedTold)
    def close(self, values: dict[str, Any]) -> None:
        """Close it, when everything of it is done and looked after."""
        close_request(request=self.row, comment=values["comment"], **self.by_now)

    @part("entitlements", policy=EDIT, shown=EntitlementShown)
    def entitlements(self) -> Iterable[Any]:
        """How the claim on another source stood, the newest first."""
        return EntitlementUpdate.objects.visible_to(self.request.user).filter(request=self.row).order_by("-pk")

    @add(entitlements, policy=EDIT, told=EntitlementTold)
    def follow_up(self, values: dict[str, Any]) -> EntitlementUpdate:
        """Write down how it stands now."""
        return update_entitlement(request=self.row, **values, **self.by_now)
