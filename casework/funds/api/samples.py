"""Samples for an audit over the API: drawn, repeated by anybody, their evidence as one file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from casework.access.policies import Policy
from casework.approvals.api.proposals import Proposing
from casework.funds.models import SAMPLE_SEE, AuditSample
from casework.funds.queries import samples as queries
from casework.funds.services.samples import draw_sample
from casework.funds.views.samples import DRAW, read_papers
from casework.ui.api.resources import Created, Detailed, Listed, Spec, part
from casework.ui.api.serializers import Day, Line, Shown

from .finance import PlaceTold, place_named

LOOK = Policy(action=SAMPLE_SEE)
MOST_PAYMENTS = 10_000


class SampleTold(PlaceTold):
    """How many payments of which time; without a seed one is made."""

    first_on = Day()
    last_on = Day()
    size = serializers.IntegerField(min_value=0, max_value=MOST_PAYMENTS)
    seed = Line(max_length=40, required=False, allow_blank=True, default="")
    language = serializers.ChoiceField(choices=("en", "th"), default="en")
    example = {
        "office": 1, "programme": "emergency_fund", "first_on": "2026-10-01", "last_on": "2026-10-31", "size": 25,
        "seed": "614253", "language": "en",
    }  # fmt: skip


class SampleShown(Shown):
    """How payments were drawn, from how many."""

    example = {
        "id": 4, "number": "AS-MS-2026-0001", "office": 1, "programme": "emergency_fund", "first_on": "2026-10-01",
        "last_on": "2026-10-31", "size": 25, "seed": "614253", "population": 212, "population_sha256": "9f2c",
        "drawn_by": 14, "drawn_at": "2026-11-28T10:00:00+07:00",
    }  # fmt: skip

    class Meta:
        model = AuditSample
        fields = (
            "id", "number", "office", "programme", "first_on", "last_on", "size", "seed", "population",
            "population_sha256", "drawn_by", "drawn_at",
        )  # fmt: skip


class PaymentDrawn(serializers.Serializer):
    """A payment of a sample, and its evidence once that is made."""

    place = serializers.IntegerField(source="payment.place")
    entry = serializers.IntegerField(source="payment.entry_id")
    receipt = serializers.CharField(source="payment.entry.reference")
    on = serializers.DateField(source="payment.entry.on")
    amount = serializers.DecimalField(source="payment.entry.amount", max_digits=14, decimal_places=2)
    document = serializers.IntegerField(source="document.pk", allow_null=True, default=None)
    is_ready = serializers.BooleanField()
    example = {
        "place": 1, "entry": 88, "receipt": "R-MS-2026-0094", "on": "2026-10-12", "amount": "900.00", "document": 31,
        "is_ready": True,
    }  # fmt: skip


class AuditSamples(Listed, Detailed, Created, Proposing):
    """Samples of the offices that the person audits or manages."""

    policy = LOOK
    create_policy = Policy(action=DRAW)
    create_told = SampleTold
    model = AuditSample
    shown = SampleShown

    def made(self, told: dict[str, Any]) -> AuditSample:
        """Draw payments, and order the evidence of each."""
        office, programme = place_named(self.request.user, told, DRAW)
        return draw_sample(office=office, programme=programme, **told, **self.by_now)

    @part("payments", policy=LOOK, shown=PaymentDrawn)
    def payments(self) -> Iterable[Any]:
        """What was drawn, in its order."""
        return queries.evidence_of(self.row)

    @action(detail=True, methods=["get"], url_path="papers")
    def papers(self, request: Request, pk: str) -> HttpResponse:
        """All evidence as one ZIP, once every paper is made. Who takes it is written down."""
        content = read_papers(self.row, self.request.user)
        headers = {"Content-Disposition": f'attachment; filename="{self.row.number}.zip"'}
        return HttpResponse(content, content_type="application/zip", headers=headers)

    papers.spec = Spec(policy=LOOK, shown=OpenApiTypes.BINARY)  # type: ignore[attr-defined]
