"""What a referral needs: consent for its purpose, or a permission holder's recorded reason (core.md §3)."""

from __future__ import annotations

from datetime import date

from casework.cases.models import Case, Consent
from casework.cases.services.records import living_consent

from .states import ServiceKind

PURPOSE_OF_KIND = {
    ServiceKind.INSURANCE: "hospital",
    ServiceKind.VACCINATION: "hospital",
    ServiceKind.HEALTH: "hospital",
    ServiceKind.SCHOOL: "school",
}
OTHER_PURPOSE = "services"

SHARED_FIELDS = ("name", "birth", "sex", "mother", "phone", "papers")


def purpose_for(kind: str) -> str:
    """The consent purpose under which a kind of service is told about a child."""
    return PURPOSE_OF_KIND.get(ServiceKind(kind), OTHER_PURPOSE)


def consent_for(case: Case, kind: str, today: date) -> Consent | None:
    """The living consent that covers a referral of this kind."""
    return living_consent(case, purpose_for(kind), today)


def agreed_to(case: Case, today: date) -> list[str]:
    """The purposes of services for which the family agreed to share, with whomever it is."""
    purposes = {*PURPOSE_OF_KIND.values(), OTHER_PURPOSE}
    rows = case.consents.filter(purpose__in=purposes, recipient="", withdrawn_on__isnull=True)
    return sorted({consent.purpose for consent in rows if consent.covers(today)})
