"""Claims on other sources of help: which have waited long, and what came of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, ExpressionWrapper, F, IntegerField, Q, QuerySet
from django.db.models.functions import Cast
from django.db.models.lookups import LessThanOrEqual

from casework.reference.queries import term_on
from emergency_fund.models import AssistanceRequest
from emergency_fund.querysets import PROGRAMME
from emergency_fund.states import EntitlementStatus, IncidentKind, RequestState

DECIDED = (
    EntitlementStatus.APPLIED, EntitlementStatus.RECEIVING, EntitlementStatus.REFUSED, EntitlementStatus.EXHAUSTED,
)  # fmt: skip
OBTAINED = (EntitlementStatus.RECEIVING, EntitlementStatus.EXHAUSTED)


def claims_to_ask_about(user: Any, today: date) -> QuerySet[AssistanceRequest]:
    """Requests of the person, or of cases that they lead, whose claim was made long ago and has no outcome."""
    rows = AssistanceRequest.rows.all().visible_to(user).filter(Q(asked_by=user) | Q(case__lead=user))
    days = Cast(term_on(f"{PROGRAMME}.entitlement_days", today), IntegerField())
    due = ExpressionWrapper(F("incident__entitlement_on") + days, output_field=DateField())
    waiting = rows.filter(incident__entitlement_status=EntitlementStatus.APPLIED).exclude(state=RequestState.WITHDRAWN)
    return waiting.annotate(ask_on=due).filter(LessThanOrEqual(F("ask_on"), today)).order_by("ask_on", "pk")


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """How many families with an injury at work claimed what is theirs by law, and how many obtained it."""

    claimed: int
    obtained: int
    refused: int

    @property
    def share(self) -> float | None:
        """The share that obtained it, of those that claimed; nothing without a claim."""
        return self.obtained / self.claimed if self.claimed else None


def outcomes_of(rows: QuerySet[AssistanceRequest]) -> Outcomes:
    """What came of the claims after injuries at work; a family counts once, by its best outcome."""
    injured = rows.filter(incident__kind=IncidentKind.WORK_INJURY, incident__entitlement_status__in=DECIDED)
    best: dict[int, str] = {}
    for family, status in injured.values_list("family_id", "incident__entitlement_status").order_by("pk"):
        if best.get(family) not in OBTAINED:
            best[family] = status
    found = Counter(best.values())
    return Outcomes(
        claimed=len(best), obtained=sum(found[status] for status in OBTAINED), refused=found[EntitlementStatus.REFUSED]
    )
