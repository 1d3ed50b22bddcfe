"""The referrals to which a public service after the handover can belong."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from casework.referrals.models import Referral
from casework.referrals.states import ReferralState, ServiceKind
from registration.models import FollowUp
from registration.states import FollowUpKind

OVER = (ReferralState.DECLINED, ReferralState.CANCELLED)
REFERRED_AS = {
    FollowUpKind.INSURANCE: ServiceKind.INSURANCE,
    FollowUpKind.VACCINATION: ServiceKind.VACCINATION,
    FollowUpKind.NATIONALITY: ServiceKind.LEGAL,
    FollowUpKind.SCHOOL: ServiceKind.SCHOOL,
}


def referrals_of(follow_up: FollowUp, user: Any) -> QuerySet[Referral]:
    """Those of the case that go on, and the one that was chosen, as far as the person sees them."""
    goes_on = ~Q(state__in=OVER) | Q(pk=follow_up.referral_id)
    rows = Referral.objects.visible_to(user).filter(goes_on, case=follow_up.birth.case_id)
    return rows.select_related("service")


def likely_referral(follow_up: FollowUp, user: Any) -> int | None:
    """The one that was chosen, else the last for the same service."""
    kind = REFERRED_AS[FollowUpKind(follow_up.kind)]
    last = referrals_of(follow_up, user).filter(kind=kind).values_list("pk", flat=True).first()
    return follow_up.referral_id or last
