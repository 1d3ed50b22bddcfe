"""What a referral needs: consent for its purpose, or a permission holder's recorded reason (core.md §3)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case, Consent
from casework.cases.services.records import living_consent
from casework.kernel.guards import YES, Verdict, no

from .models import Referral, Service
from .states import REFERRAL_EDGES, ReferralState, ServiceKind

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


def can_tell(referral: Referral, today: date) -> Verdict:
    """Whether the service may be told of the child: the referral has not ended, and consent or a reason holds today."""
    if referral.service is None or ReferralState(referral.state) not in REFERRAL_EDGES:
        return no("E-REF-1", _("This referral has ended; its service is told nothing more."))
    if not referral.override_reason and consent_for(referral.case, referral.kind, today) is None:
        return no("BR-CONS-1", _("The family’s consent was withdrawn or has ended. Ask for it again first."))
    return YES


def letter_language(service: Service | None) -> str:
    """The language in which a service is written to: Thai, or English where it reads that and no Thai is named."""
    read = service.languages.lower() if service else ""
    reads_thai, reads_english = "thai" in read or "ไทย" in read, "english" in read or "อังกฤษ" in read
    return "en" if reads_english and not reads_thai else "th"


def agreed_to(case: Case, today: date) -> list[str]:
    """The purposes of services for which the family agreed to share, with whomever it is."""
    purposes = {*PURPOSE_OF_KIND.values(), OTHER_PURPOSE}
    rows = case.consents.filter(purpose__in=purposes, recipient="", withdrawn_on__isnull=True)
    return sorted({consent.purpose for consent in rows if consent.covers(today)})
