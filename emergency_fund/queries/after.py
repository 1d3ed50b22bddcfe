"""What can be done with a request beside its way through the fund, and what was: panels of its page."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import may
from casework.approvals.models.absences import NAME_DEPUTY
from casework.programmes.contributions import Words
from emergency_fund.models import AssistanceRequest, RequestClosing
from emergency_fund.querysets import ASK, COMPLAINTS, VERIFY
from emergency_fund.rules.appeals import WAITS_FOR_OTHERS
from emergency_fund.rules.closing import can_close
from emergency_fund.rules.entitlements import can_follow_up
from emergency_fund.states import RequestState

from .appeals import appeal_of, appeal_shown, appeal_until, may_be_appealed
from .checks_to_make import checks_of
from .complaints import complaints_on
from .family import sees_family
from .page import rights_on


def after_decision(request: AssistanceRequest, user: Any, now: datetime) -> dict[str, Any]:
    """The appeal, calls, complaints and the end of a request, and what of it the person may do."""
    today, rights = timezone.localdate(now), rights_on(request, user)
    appeal = appeal_of(request)
    verdict = may_be_appealed(request, appeal)
    can_appeal = rights["ask"] and bool(verdict)
    until = appeal_until(request) if can_appeal else None
    is_closed = request.state == RequestState.CLOSED
    return {
        "appeal": appeal_shown(appeal, user, now) if appeal else None,
        "may_appeal": can_appeal,
        "appeal_waits": verdict.reason if rights["ask"] and verdict.code == WAITS_FOR_OTHERS else "",
        "appeal_until": until,
        "is_appeal_late": bool(until and until < today),
        "may_complain": rights["ask"],
        "may_follow": rights["ask"] and bool(can_follow_up(request.state)),
        "may_close": rights["screen"] and bool(can_close(request.state)),
        "closing": RequestClosing.rows.filter(request=request).select_related("by").first() if is_closed else None,
        "verifications": checks_of(request),
        "complaints": complaints_on(request, user),
        "sees_family": appeal is not None and sees_family(request, user),
    }


BESIDE: tuple[tuple[str, Words, str, str], ...] = (
    (VERIFY, _("Calls to make"), "phone", "emergency_fund:calls"),
    (ASK, _("Insurances to renew"), "shield-check", "emergency_fund:renewals"),
    (COMPLAINTS, _("Complaints"), "message-square", "emergency_fund:complaints"),
    (NAME_DEPUTY, _("Who is away, who stands in"), "users-round", "approvals:absences"),
    ("approvals.policy.see", _("Who approves how much"), "list-checks", "approvals:policies"),
)
_address = cache(reverse)  # each page of the queue asks for the same ones


def links_beside(user: Any) -> list[tuple[Words, str, str]]:
    """Pages beside the queue that the person works on: their name, icon and address."""
    return [(label, icon, _address(url)) for action, label, icon, url in BESIDE if may(user, action) is not None]
