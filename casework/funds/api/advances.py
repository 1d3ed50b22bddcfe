"""Advances over the API: what they were used for, and how they are settled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from rest_framework import serializers

from casework.access.policies import Policy, SignedIn
from casework.accounts.models import User
from casework.approvals.api.proposals import ProposalShown, Proposing
from casework.funds.models import Advance, AdvanceEntry
from casework.funds.proposals import advances as advance_proposals
from casework.funds.services import advances
from casework.funds.states import AdvanceState
from casework.funds.views.advances import GIVE
from casework.ui.api.resources import Detailed, Listed, act, part
from casework.ui.api.serializers import MOST_ID, Baht, Day, Line, Shown, Told


def person_named(rows: models.QuerySet, pk: int, field: str) -> User:
    """One of these people. Raises ValidationError for somebody else."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise serializers.ValidationError({field: [_("There is no such record.")]}, code="E-CHOICE-1")
    return found


def person_field() -> serializers.IntegerField:
    """The id of somebody of the staff."""
    return serializers.IntegerField(min_value=1, max_value=MOST_ID)


class AdvanceTold(Told):
    """Cash for a member of staff, for a purpose (no names of families), until a day; `on` is its true day."""

    holder = person_field()
    amount = Baht()
    purpose = Line(max_length=200)
    until_on = Day()
    on = Day(required=False, allow_null=True, default=None)
    example = {"holder": 4, "amount": "2000.00", "purpose": "Payments in the villages", "until_on": "2026-12-05"}


class AdvanceShown(Shown):
    """Cash that a member of staff carries; `left` is what nothing accounts for yet."""

    left = serializers.DecimalField(max_digits=14, decimal_places=2)
    example = {
        "id": 7, "number": "A-MS-2026-0007", "box": 3, "holder": 4, "amount": "2000.00", "used": "1500.00",
        "left": "500.00", "purpose": "Payments in the villages", "given_on": "2026-11-28", "until_on": "2026-12-05",
        "state": "open", "settled_by": None, "settled_at": None,
    }  # fmt: skip

    class Meta:
        model = Advance
        fields = (
            "id", "number", "box", "holder", "amount", "used", "left", "purpose", "given_on", "until_on", "state",
            "settled_by", "settled_at",
        )  # fmt: skip


class AdvanceEntryShown(Shown):
    """What an advance was used for."""

    example = {
        "id": 12, "kind": "receipt", "amount": "1500.00", "reference": "R-MS-2026-0094", "reason": "",
        "on": "2026-11-29", "by": 8, "confirmed_by": None, "at": "2026-11-29T10:00:00+07:00",
    }  # fmt: skip

    class Meta:
        model = AdvanceEntry
        fields = ("id", "kind", "amount", "reference", "reason", "on", "by", "confirmed_by", "at")


class AdvanceSettledTold(Told):
    """The cash that came back, `on` its true day; `explanation` only where some is missing, for a second person."""

    brought_back = Baht()
    on = Day(required=False, allow_null=True, default=None)
    explanation = Line(max_length=300, required=False, allow_blank=True, default="")
    example = {"brought_back": "500.00"}


class AdvancesAsked(Told):
    """Filter of the list."""

    state = serializers.ChoiceField(choices=AdvanceState.choices, required=False)


class Advances(Listed, Detailed, Proposing):
    """Advances of the offices where the person looks after cash, and those that the person holds."""

    policy = SignedIn()
    model = Advance
    shown = AdvanceShown
    asked = AdvancesAsked

    def rows(self) -> models.QuerySet:
        return super().rows().select_related("box")

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(**asked)

    @part("entries", policy=SignedIn(), shown=AdvanceEntryShown)
    def entries(self) -> Iterable[Any]:
        """What it was used for."""
        return AdvanceEntry.objects.visible_to(self.request.user).filter(advance=self.row).order_by("pk")

    @act("settle", policy=Policy(action=GIVE), told=AdvanceSettledTold)
    def settle(self, values: dict[str, Any]) -> None:
        """Settle it: what no receipt accounts for is back (with a fresh second factor).

        Where less came back and `explanation` says why, that is put into the box, and the rest waits for a second
        person; the advance stays open until then.
        """
        if values["brought_back"] < self.row.left and values["explanation"].strip():
            advance_proposals.propose_shortage(advance=self.row, **values, **self.by_now)
            return
        advances.settle_advance(advance=self.row, brought_back=values["brought_back"], on=values["on"], **self.by_now)

    @part("shortages", policy=SignedIn(), shown=ProposalShown)
    def shortages(self) -> Iterable[Any]:
        """What was said to be missing of it, of what the person may confirm or said."""
        return self.proposals_of(advance_proposals.SHORT)
