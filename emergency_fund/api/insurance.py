"""The insurance of a line over the API: its price, its order, its card, its early end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from rest_framework import serializers

from casework.access.policies import Policy
from casework.aid.states import Scheme
from casework.reference.models import Facility
from casework.ui.api.resources import act, add, part
from casework.ui.api.serializers import Day, Line, RowField, Told
from emergency_fund.insurance_states import ENDED_EARLY, PolicyState
from emergency_fund.models import InsurancePolicy
from emergency_fund.queries.lists import is_name_hidden
from emergency_fund.querysets import SEE
from emergency_fund.services import cards, insurance

from . import told
from .base import EDIT, WORK, OfRequest
from .shown import Facts


class InsuranceShown(Facts):
    """An insurance that the fund buys for the child of a line."""

    id = serializers.IntegerField(source="pk")
    line = serializers.IntegerField(source="line_id")
    scheme = serializers.ChoiceField(source="cover.scheme", choices=Scheme.choices)
    hospital = serializers.IntegerField(source="cover.hospital_id", allow_null=True)
    valid_from = serializers.DateField(source="cover.valid_from")
    valid_to = serializers.DateField(source="cover.valid_to")
    premium = serializers.DecimalField(source="cover.premium", max_digits=12, decimal_places=2)
    check_up = serializers.DecimalField(source="cover.check_up", max_digits=12, decimal_places=2)
    card_number = serializers.CharField(source="cover.card_number", help_text="empty for who works without the name")
    state = serializers.ChoiceField(choices=PolicyState.choices)
    ended_on = serializers.DateField(allow_null=True)
    ended_reason = serializers.CharField()
    example = {
        "id": 8, "line": 91, "scheme": "migrant_card_u7", "hospital": 4, "valid_from": "2026-11-28",
        "valid_to": "2027-11-27", "premium": "365.00", "check_up": "0.00", "card_number": "", "state": "quoted",
        "ended_on": None, "ended_reason": "",
    }  # fmt: skip

    def to_representation(self, policy: InsurancePolicy) -> Any:
        request = policy.line.request
        is_hidden = is_name_hidden(self.user, is_sealed=request.case.is_sealed, office_id=request.office_id)
        return super().to_representation(policy) | ({"card_number": ""} if is_hidden else {})


def _hospitals(user: Any) -> models.QuerySet:
    return Facility.objects.filter(is_active=True)


class PriceTold(Told):
    """Which insurance of which hospital, from which day on; what is asked for becomes what it costs."""

    line = told.number()
    scheme = serializers.ChoiceField(choices=Scheme.choices)
    hospital = RowField(_hospitals)
    starts_on = Day()
    example = {"line": 91, "scheme": "migrant_card_u7", "hospital": 4, "starts_on": "2026-11-28"}


class OrderTold(Told):
    """From which day on it is ordered: later than priced, when the decision took long."""

    insurance = told.number()
    starts_on = Day()
    example = {"insurance": 8, "starts_on": "2026-11-28"}


class CardTold(Told):
    """What stands on the card that came, also when it was written down wrongly; its photo is put with the papers."""

    called_by_rules = {"card_number": "number"}
    insurance = told.number()
    number = Line(max_length=40)
    valid_from = Day()
    valid_to = Day()
    example = {"insurance": 8, "number": "12-3456", "valid_from": "2026-11-28", "valid_to": "2027-11-27"}


class EndTold(Told):
    """The hospital refused it, or it is cancelled."""

    insurance = told.number()
    to = serializers.ChoiceField(choices=[(state.value, state.label) for state in ENDED_EARLY])
    reason = told.words(300)
    example = {"insurance": 8, "to": "cancelled", "reason": "The family has left the district"}


class Insurances(OfRequest):
    """What a request insures."""

    @part("insurances", policy=Policy(action=SEE), shown=InsuranceShown)
    def insurances(self) -> Iterable[Any]:
        """Its insurances, also those that have ended."""
        return self._insurances()

    @add(insurances, policy=WORK, told=PriceTold)
    def price(self, values: dict[str, Any]) -> InsurancePolicy:
        """Price the insurance of a line."""
        line = self.named(self.row.lines, values.pop("line"), "line")
        return insurance.quote_insurance(line=line, **values, **self.by_now)

    @act("order-insurance", policy=EDIT, told=OrderTold)
    def order_insurance(self, values: dict[str, Any]) -> None:
        """Order what is approved; from now on its days are taken."""
        cards.order_insurance(policy=self._insurance(values), starts_on=values["starts_on"], **self.by_now)

    @act("take-card", policy=EDIT, told=CardTold)
    def take_card(self, values: dict[str, Any]) -> None:
        """The card has come: what stands on it counts."""
        cards.take_card(policy=self._insurance(values), photo=None, **values, **self.by_now)

    @act("end-insurance", policy=EDIT, told=EndTold)
    def end_insurance(self, values: dict[str, Any]) -> None:
        """It ends early: what was not paid is free again, what was paid comes back through its receipt."""
        to = PolicyState(values["to"])
        cards.end_insurance(policy=self._insurance(values), to=to, reason=values["reason"], **self.by_now)

    def _insurances(self) -> Any:
        rows = InsurancePolicy.objects.visible_to(self.request.user).filter(line__request=self.row)
        return rows.select_related("cover", "line__request__case").order_by("pk")

    def _insurance(self, values: dict[str, Any]) -> InsurancePolicy:
        """The one that is named. Raises ValidationError for any other."""
        found: InsurancePolicy = self.named(self._insurances(), values.pop("insurance"), "insurance")
        return found
