"""Boxes of cash over the API: opened, filled, counted, handed on; what came and went; advances and their end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from rest_framework import serializers

from casework.access.policies import Policy
from casework.access.scopes import offices_of
from casework.accounts.models import Office
from casework.approvals.api.proposals import ProposalShown, Proposing
from casework.approvals.models import Proposal
from casework.funds.models import BOX_SEE, Advance, CashBox, CashCount, CashMovement
from casework.funds.proposals import cash as proposals
from casework.funds.queries.advances import staff_of
from casework.funds.queries.cash import keepers_of
from casework.funds.services import advances, boxes, retiring
from casework.funds.views.advances import GIVE
from casework.funds.views.cash import KEEP, OPEN
from casework.ui.api.resources import Created, Detailed, Listed, act, add, part
from casework.ui.api.serializers import MOST_ID, Baht, Day, Line, RowField, Shown, Told

from .advances import AdvanceShown, AdvanceTold, person_field, person_named

LOOK = Policy(action=BOX_SEE)
MOST_PIECES = 100_000


def _offices(user: Any) -> models.QuerySet:
    return Office.objects.filter(pk__in=offices_of(user, OPEN), is_active=True)


class BoxTold(Told):
    """A new box of an office; its keeper is one of those who pay there."""

    office = RowField(_offices)
    keeper = person_field()
    name_en = Line(max_length=80)
    name_th = Line(max_length=80, required=False, allow_blank=True, default="")
    name_my = Line(max_length=80, required=False, allow_blank=True, default="")
    example = {"office": 1, "keeper": 8, "name_en": "Front desk", "name_th": "โต๊ะหน้า"}


class KeeperTold(Told):
    """Who keeps a box from now on."""

    keeper = person_field()
    example = {"keeper": 12}


class RetiredTold(Told):
    """Why a box is no longer needed."""

    reason = Line(max_length=300, allow_blank=True)
    example = {"reason": "The desk at the hospital was closed"}


class SlipTold(Told):
    """Cash between the box and the bank, by the number of its slip."""

    amount = Baht()
    reference = Line(max_length=60, allow_blank=True)
    on = Day()
    example = {"amount": "5000.00", "reference": "KTB-00412", "on": "2026-11-27"}


class CountTold(Told):
    """How many there are of each note and coin, by its worth in baht; `explanation` where it differs from the books."""

    pieces = serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=MOST_PIECES))
    explanation = Line(max_length=300, required=False, allow_blank=True, default="")
    example = {"pieces": {"1000": 6, "500": 1, "100": 4, "0.25": 0}, "explanation": ""}


class CashCountShown(Shown):
    """What was counted of a box, beside what stood in the books."""

    difference = serializers.DecimalField(max_digits=14, decimal_places=2)
    example = {
        "id": 9, "box": 3, "on": "2026-11-28", "pieces": {"1000": 6, "500": 1, "100": 4}, "counted": "6900.00",
        "in_books": "6900.00", "difference": "0.00", "explanation": "", "state": "counted", "created_by": 8,
        "confirmed_by": None, "confirmed_at": None,
    }  # fmt: skip

    class Meta:
        model = CashCount
        fields = (
            "id", "box", "on", "pieces", "counted", "in_books", "difference", "explanation", "state", "created_by",
            "confirmed_by", "confirmed_at",
        )  # fmt: skip


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


class CashBoxes(Listed, Detailed, Created, Proposing):
    """Boxes of cash of the offices where the person looks after cash."""

    policy = LOOK
    create_policy = Policy(action=OPEN)
    create_told = BoxTold
    model = CashBox
    shown = CashBoxShown

    def made(self, told: dict[str, Any]) -> CashBox:
        """Open an empty box (with a fresh second factor)."""
        office = told.pop("office")
        keeper = person_named(keepers_of(office.pk, KEEP, self.today), told.pop("keeper"), "keeper")
        return boxes.open_box(office=office, keeper=keeper, names=told, **self.by_now)

    @act("hand-on", policy=Policy(action=OPEN), told=KeeperTold)
    def hand_on(self, values: dict[str, Any]) -> None:
        """Give it into other hands (with a fresh second factor)."""
        keeper = person_named(keepers_of(self.row.office_id, KEEP, self.today), values["keeper"], "keeper")
        boxes.hand_box_on(box=self.row, keeper=keeper, **self.by_now)

    @act("retire", policy=Policy(action=OPEN), told=RetiredTold)
    def retire(self, values: dict[str, Any]) -> None:
        """Put it out of use, empty and counted (with a fresh second factor)."""
        retiring.retire_box(box=self.row, **values, **self.by_now)

    @act("use-again", policy=Policy(action=OPEN))
    def use_again(self, values: dict[str, Any]) -> None:
        """Use it again (with a fresh second factor)."""
        retiring.use_box_again(box=self.row, **self.by_now)

    @part("fillings", policy=LOOK, shown=ProposalShown)
    def fillings(self) -> Iterable[Any]:
        """What was said to have come from the bank, of what the person may confirm or said."""
        return self.proposals_of(proposals.FILL)

    @add(fillings, policy=Policy(action=KEEP), told=SlipTold)
    def fill(self, values: dict[str, Any]) -> Proposal:
        """Say that cash of the bank came into it; a second person confirms the slip (with a fresh second factor)."""
        return proposals.propose_filling(box=self.row, **values, **self.by_now)

    @part("bankings", policy=LOOK, shown=ProposalShown)
    def bankings(self) -> Iterable[Any]:
        """What was said to have gone back to the bank, of what the person may confirm or said."""
        return self.proposals_of(proposals.BANK)

    @add(bankings, policy=Policy(action=KEEP), told=SlipTold)
    def bank(self, values: dict[str, Any]) -> Proposal:
        """Say that cash of it went to the bank; a second person confirms the slip (with a fresh second factor)."""
        return proposals.propose_banking(box=self.row, **values, **self.by_now)

    @part("counts", policy=LOOK, shown=CashCountShown)
    def counts(self) -> Iterable[Any]:
        """What was counted, the newest first."""
        return CashCount.objects.visible_to(self.request.user).filter(box=self.row).order_by("-pk")

    @add(counts, policy=Policy(action=proposals.COUNT), told=CountTold)
    def count(self, values: dict[str, Any]) -> CashCount:
        """Write down what was counted; a second person confirms it (with a fresh second factor)."""
        return proposals.propose_count(box=self.row, **values, **self.by_now)

    @part("advances", policy=LOOK, shown=AdvanceShown)
    def advances(self) -> Iterable[Any]:
        """Advances that were given from it, the newest first."""
        return Advance.objects.visible_to(self.request.user).filter(box=self.row).order_by("-pk")

    @add(advances, policy=Policy(action=GIVE), told=AdvanceTold)
    def give_advance(self, values: dict[str, Any]) -> Advance:
        """Give a member of staff cash of it (with a fresh second factor)."""
        holder = person_named(
            staff_of(self.row.office_id, self.request.user, self.today), values.pop("holder"), "holder"
        )
        return advances.give_advance(box=self.row, holder=holder, **values, **self.by_now)


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


class CashCountsAsked(Told):
    """Filter of the list."""

    box = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False)


class CashCounts(Listed, Detailed):
    """Counts of the boxes that the person sees, the newest first. A second person confirms the proposal of a count."""

    policy = LOOK
    model = CashCount
    shown = CashCountShown
    asked = CashCountsAsked

    def rows(self) -> models.QuerySet:
        return super().rows().select_related("box")

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(**asked)
