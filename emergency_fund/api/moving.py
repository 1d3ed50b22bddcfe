"""Approved help whose source pays no more, over the API: what waits on a line, and another one proposed for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from rest_framework import serializers

from casework.access.policies import Policy
from casework.approvals.api.proposals import ProposalShown, Proposing
from casework.approvals.models import Proposal
from casework.funds.models import SEE, BudgetLine
from casework.funds.proposals.budget import PROPOSE
from casework.ui.api.resources import Detailed, Listed, add, part
from casework.ui.api.serializers import MOST_ID, Line, RowField, Shown, Told
from emergency_fund.models import AssistanceLine
from emergency_fund.queries.unpaid import MOVE, stuck_lines, unpaid_on
from emergency_fund.services.moving import propose_moving

LOOK = Policy(action=SEE)
MOST_MOVED = 500


class StuckLineShown(Shown):
    """A budget line whose source pays no more, and on which approved help waits."""

    left = serializers.DecimalField(max_digits=14, decimal_places=2)
    ends_on = serializers.DateField(source="source.ends_on")
    example = {
        "id": 3, "source": 2, "ends_on": "2026-10-31", "office": 1, "name_en": "Health", "committed": "4700.00",
        "left": "60000.00",
    }  # fmt: skip

    class Meta:
        model = BudgetLine
        fields = ("id", "source", "ends_on", "office", "name_en", "committed", "left")


class UnpaidShown(Shown):
    """One thing of a request that is approved and not yet paid."""

    number = serializers.CharField(source="request.number")
    expires_on = serializers.DateField(source="request.expires_on", allow_null=True)
    to_pay = serializers.DecimalField(max_digits=14, decimal_places=2)
    example = {
        "id": 90, "request": 12, "number": "EAF-MS-2026-0012", "kind": "health_cost", "to_pay": "3900.00",
        "expires_on": "2026-12-20",
    }  # fmt: skip

    class Meta:
        model = AssistanceLine
        fields = ("id", "request", "number", "kind", "to_pay", "expires_on")


class MoveTold(Told):
    """Which of it (ids of `unpaid/`) is paid from which other line of the office, and why."""

    lines = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=MOST_ID), max_length=MOST_MOVED)
    to = RowField(lambda user: BudgetLine.objects.visible_to(user).select_related("source"))
    reason = Line(max_length=300, allow_blank=True)
    example = {"lines": [90, 91], "to": 5, "reason": "The grant of the Lake Foundation ended in October"}


class BudgetMoves(Listed, Detailed, Proposing):
    """Budget lines on which approved help waits for a source that pays no more."""

    policy = LOOK
    model = BudgetLine
    shown = StuckLineShown

    def rows(self) -> models.QuerySet:
        return super().rows().select_related("source")

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return stuck_lines(self.request.user, self.today)

    @part("unpaid", policy=LOOK, shown=UnpaidShown)
    def unpaid(self) -> Iterable[Any]:
        """What is approved on the line and not yet paid."""
        return unpaid_on(self.row)

    @part("moves", policy=LOOK, shown=ProposalShown)
    def moves(self) -> Iterable[Any]:
        """What was proposed to be paid from another line."""
        return self.proposals_of(MOVE)

    @add(moves, policy=Policy(action=PROPOSE), told=MoveTold)
    def move(self, values: dict[str, Any]) -> Proposal:
        """Ask a second person to pay it from another line."""
        return propose_moving(line=self.row, **values, **self.by_now)
