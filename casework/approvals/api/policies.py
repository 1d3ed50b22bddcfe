"""Who approves how much, and which roles are kept apart, over the API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from rest_framework import serializers

from casework.access.policies import OfSite
from casework.access.scopes import may
from casework.access.working import working_office
from casework.accounts.states import Role
from casework.approvals.models import ApprovalBand, ApprovalPolicy, Proposal, RoleConflict
from casework.approvals.queries.policies import kinds_with_bands, roles_of_kind
from casework.approvals.services.pairs import ENDING, propose_pair, propose_pair_end
from casework.approvals.services.policies import Band, propose_policy
from casework.approvals.states import PairScope, Quorum
from casework.approvals.views.policies import PROPOSE
from casework.approvals.views.proposals import SEE_BANDS
from casework.ui.api.resources import Detailed, Listed, add, part
from casework.ui.api.serializers import Baht, Day, Line, Shown, Told

from .proposals import ProposalShown, ProposedNew

LOOK, ASK = OfSite(action=SEE_BANDS), OfSite(action=PROPOSE.action)
MOST_BANDS, MOST_STEPS, MOST_SIGNS = 6, 3, 9


class ApprovalStepTold(Told):
    """Who signs in a step: any one of the role, so many of it (`count`), or all."""

    role = serializers.ChoiceField(choices=Role.choices)
    quorum = serializers.ChoiceField(choices=Quorum.choices, default=Quorum.ANY)
    count = serializers.IntegerField(min_value=1, max_value=MOST_SIGNS, required=False)


class BandTold(Told):
    """Amounts from `low` (with it) to `high` (without it; null for the last), and who approves them, in order."""

    low = Baht()
    high = Baht(allow_null=True)
    steps = serializers.ListField(child=ApprovalStepTold(), max_length=MOST_STEPS)


class PolicyTold(Told):
    """New bands of a kind, from a day to come on."""

    called_by_rules = {"band-*": "bands.*"}
    kind = Line(max_length=60)
    valid_from = Day()
    cap = Baht()
    source = Line(max_length=300, allow_blank=True)
    bands = serializers.ListField(child=BandTold(), max_length=MOST_BANDS)
    example = {
        "kind": "fund.help", "valid_from": "2027-01-01", "cap": "8000",
        "source": "Board of the fund, 3 November", "bands": [
            {"low": "0", "high": "5000", "steps": [{"role": "FO"}]},
            {"low": "5000", "high": None, "steps": [{"role": "FO"}, {"role": "FA", "quorum": "count", "count": 2}]},
        ],
    }  # fmt: skip

    def validate_kind(self, key: str) -> Any:
        kind = next((kind for kind in kinds_with_bands() if kind.key == key), None)
        if kind is None:
            raise serializers.ValidationError(_("There is no such record."), code="E-CHOICE-1")
        return kind


class ShownBand(Shown):
    """One band."""

    class Meta:
        model = ApprovalBand
        fields = ("amount_from", "amount_to", "steps")


class PolicyShown(Shown):
    """The bands that hold for a kind of amount for a time."""

    bands = ShownBand(many=True)
    example = {
        "id": 1, "kind": "fund.help", "valid_from": "2020-01-01", "valid_to": None,
        "emergency_cap": "8000.00", "source": "Board of the fund", "proposed_by": 9, "confirmed_by": 10,
        "bands": [{"amount_from": "0.00", "amount_to": None, "steps": [{"role": "FO", "quorum": "any"}]}],
    }  # fmt: skip

    class Meta:
        model = ApprovalPolicy
        fields = (
            "id", "kind", "valid_from", "valid_to", "emergency_cap", "source", "proposed_by", "confirmed_by", "bands",
        )  # fmt: skip


class ApprovalPolicies(Listed, Detailed, ProposedNew):
    """Who approves how much, with every version."""

    policy = LOOK
    create_policy = ASK
    create_told = PolicyTold
    model = ApprovalPolicy
    shown = PolicyShown

    def rows(self) -> models.QuerySet:
        return _for_who_sees(self.request.user, ApprovalPolicy.objects.prefetch_related("bands"))

    def proposed(self, told: dict[str, Any]) -> Proposal:
        """Ask a second person for new bands."""
        kind, office = told.pop("kind"), working_office(self.request.user, ASK.action)
        _refuse_roles(told["bands"], set(roles_of_kind(kind)))
        bands = [Band(**band) for band in told.pop("bands")]
        return propose_policy(kind=kind, bands=bands, office=office, **told, **self.by_now)  # type: ignore[arg-type]


def _refuse_roles(bands: list[dict[str, Any]], known: set[str]) -> None:
    """A role that does not decide on the pages of the kind decides in none of its bands."""
    for number, band in enumerate(bands):
        if not {step["role"] for step in band["steps"]} <= known:
            sentence = _("Choose who decides in this band.")
            raise serializers.ValidationError({f"bands.{number}": [sentence]}, code="E-CHOICE-1")


def _for_who_sees(user: Any, rows: models.QuerySet) -> models.QuerySet:
    return rows if may(user, LOOK.action) is not None else rows.none()


class PairTold(Told):
    """Two roles that are kept apart: nobody is given both (`held`), or nobody signs by both on one request."""

    role_a = serializers.ChoiceField(choices=Role.choices)
    role_b = serializers.ChoiceField(choices=Role.choices)
    scope = serializers.ChoiceField(choices=PairScope.choices)
    reason = Line(max_length=200, allow_blank=True)
    source = Line(max_length=300, allow_blank=True)
    example = {
        "role_a": "FA", "role_b": "CSH", "scope": "held", "reason": "Who decides on money does not hand it out",
        "source": "Board of the fund, 3 November",
    }  # fmt: skip


class PairEndTold(Told):
    """Why one person may be both again."""

    reason = Line(max_length=300, allow_blank=True)
    example = {"reason": "Two of us are left in the office"}


class PairShown(Shown):
    """Two roles that are kept apart."""

    reason = serializers.CharField(source="reason_now")  # type: ignore[assignment]
    example = {
        "id": 20, "role_a": "CSH", "role_b": "FA", "scope": "held", "source": "Board of the fund, 3 November",
        "reason": "Who decides on money does not hand it out", "is_fixed": False, "proposed_by": 9, "confirmed_by": 10,
        "confirmed_at": "2026-11-28T10:00:00+07:00", "ended_at": None, "ended_reason": "",
    }  # fmt: skip

    class Meta:
        model = RoleConflict
        fields = (
            "id", "role_a", "role_b", "scope", "reason", "source", "is_fixed", "proposed_by", "confirmed_by",
            "confirmed_at", "ended_at", "ended_reason",
        )  # fmt: skip


class RolePairs(Listed, Detailed, ProposedNew):
    """Roles that are kept apart, and those that were."""

    policy = LOOK
    create_policy = ASK
    create_told = PairTold
    model = RoleConflict
    shown = PairShown

    def rows(self) -> models.QuerySet:
        return _for_who_sees(self.request.user, RoleConflict.objects.all())

    def proposed(self, told: dict[str, Any]) -> Proposal:
        """Ask a second person to keep two roles apart."""
        return propose_pair(**told, **self.by_now)

    @part("ends", policy=LOOK, shown=ProposalShown)
    def ends(self) -> Iterable[Any]:
        """What was proposed to end it."""
        return self.proposals_of(ENDING)

    @add(ends, policy=ASK, told=PairEndTold)
    def end(self, values: dict[str, Any]) -> Proposal:
        """Ask a second person to let one person be both again."""
        return propose_pair_end(pair=self.row, **values, **self.by_now)
