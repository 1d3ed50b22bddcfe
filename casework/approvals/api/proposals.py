"""Proposals over the API: what waits for a second person, confirmed, declined or taken back."""

from __future__ import annotations

from typing import Any

from django.db import models
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from casework.access.policies import Policy, SignedIn
from casework.approvals.models import Proposal, ProposalState
from casework.approvals.rules.proposals import proposal_kind
from casework.approvals.services import proposals as services
from casework.kernel.subjects import subject_type
from casework.ui.api.resources import Detailed, Listed, Resource, Spec, act, plain
from casework.ui.api.serializers import Line, Shown, Text, Told

FIELDS = (
    "id", "number", "kind", "summary", "reason", "programme", "state", "proposed_by", "proposed_at", "decided_by",
    "decided_at", "decision_reason",
)  # fmt: skip
EXAMPLE = {
    "id": 51, "number": "P-51", "kind": "funds.line.give", "summary": "Health, LF-26: Raised, 5,000.00 baht",
    "reason": "More families ask than last year", "programme": "emergency_fund", "state": "open", "proposed_by": 7,
    "proposed_at": "2026-11-27T10:00:00+07:00", "decided_by": None, "decided_at": None, "decision_reason": "",
}  # fmt: skip


class ProposalLine(Shown):
    """What somebody proposed, in the language asked for, and how far it is."""

    summary = serializers.CharField(source="summary_now")  # type: ignore[assignment]
    number = serializers.CharField()
    example = EXAMPLE

    class Meta:
        model = Proposal
        fields = FIELDS


class FactShown(serializers.Serializer):
    """One thing that the second person reads."""

    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    value = serializers.CharField(read_only=True)


class ProposalShown(ProposalLine):
    """A proposal with what the second person reads before deciding."""

    described = serializers.SerializerMethodField()
    example = EXAMPLE | {"described": [{"label": "Amount", "value": "฿5,000.00"}]}

    class Meta(ProposalLine.Meta):
        fields = (*FIELDS, "described")  # type: ignore[assignment]

    def get_described(self, proposal: Proposal) -> list[dict[str, str]]:
        told = proposal_kind(proposal.kind).described(proposal)
        return [{"label": str(label), "value": str(value)} for label, value in told]


class ProposalsAsked(Told):
    """Filters of the list."""

    state = serializers.ChoiceField(choices=ProposalState.choices, required=False)
    kind = Line(max_length=60, required=False)


class DeclinedTold(Told):
    """Why it is declined; who proposed it reads this."""

    reason = Text(max_length=300)
    example = {"reason": "The donor has not agreed yet"}


class Proposals(Listed, Detailed):
    """What the person proposed, and what they may confirm."""

    policy = SignedIn()
    model = Proposal
    shown = ProposalShown
    line = ProposalLine
    asked = ProposalsAsked

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(**asked)

    @act("confirm", policy=SignedIn())
    def confirm(self, values: dict[str, Any]) -> None:
        """Confirm and do it, as somebody else than who proposed it (some kinds with a fresh second factor)."""
        self._admit()
        services.confirm(proposal=self.row, **self.by_now)

    @act("decline", policy=SignedIn(), told=DeclinedTold)
    def decline(self, values: dict[str, Any]) -> None:
        """Decline it and say why."""
        self._admit()
        services.decline(proposal=self.row, reason=values["reason"], **self.by_now)

    @act("withdraw", policy=SignedIn())
    def withdraw(self, values: dict[str, Any]) -> None:
        """Take one's own proposal back."""
        services.withdraw(proposal=self.row, **self.by_now)

    def _admit(self) -> None:
        """Who did not propose it needs what its kind needs, and a fresh second factor where the kind asks for one."""
        if self.row.proposed_by_id != self.request.user.pk:
            Policy(action=proposal_kind(self.row.kind).action).admit(self.request)


class Proposing(Resource):
    """Proposes: what is sent waits for a second person, and the proposal is the answer."""

    def proposals_of(self, kind: str) -> models.QuerySet:
        """What was proposed of the loaded row, of what the person sees."""
        about = {"subject_type": subject_type(self.row), "subject_id": self.row.pk}
        return Proposal.objects.visible_to(self.request.user).filter(kind=kind, **about).order_by("pk")


class ProposedNew(Proposing):
    """Offers proposing a new row."""

    @classmethod
    def spec_of(cls, name: str | None) -> Spec:
        if name == "create":
            return Spec(policy=cls.create_policy or cls.policy, told=cls.create_told, shown=ProposalShown)
        return super().spec_of(name)

    def create(self, request: Request) -> Response:
        told, context = self.read(self.create_told), self.get_serializer_context()
        return self.make(
            lambda: self.proposed(told), lambda row: plain(ProposalShown(row, context=context).data),
            "api:proposals-detail",
        )  # fmt: skip

    def proposed(self, told: dict[str, Any]) -> Proposal:
        """Call the one service."""
        raise NotImplementedError
