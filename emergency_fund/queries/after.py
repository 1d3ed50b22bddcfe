"""What can be done with a request after its decision, and what was: the panels of its page that begin there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import may
from casework.programmes.contributions import Words
from emergency_fund.models import AssistanceRequest
from emergency_fund.querysets import ASK, VERIFY

from .appeals import appeal_of, appeal_shown, appeal_until, may_be_appealed
from .checks_to_make import checks_of
from .page import rights_on


def after_decision(request: AssistanceRequest, user: Any, now: datetime) -> dict[str, Any]:
    """The appeal and whether one can be made."""
    today = timezone.localdate(now)
    rights = rights_on(request, user)
    appeal = appeal_of(request)
    until = appeal_until(request)
    can_appeal = bool(may_be_appealed(request, appeal))
    return {
        "appeal": appeal_shown(appeal, user, now) if appeal else None,
        "may_appeal": can_appeal and rights["ask"],
        "appeal_until": until if can_appeal else None,
        "verifications": checks_of(request),
        "is_appeal_late": bool(until and until < today),
    }


def links_beside(user: Any) -> list[tuple[Words, str, str]]:
    """Pages beside the queue that the person works on: their name, icon and address."""
    links = []
    if may(user, VERIFY) is not None:
        links.append((_("Calls to make"), "phone", reverse("emergency_fund:calls")))
    if may(user, ASK) is not None:
        links.append((_("Insurances to renew"), "shield-check", reverse("emergency_fund:renewals")))
    return links
