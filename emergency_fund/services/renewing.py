"""Insurances run out by the calendar; what ends soon is asked for again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from casework.aid.services import move_cover
from casework.aid.states import CoverState
from casework.kernel.acts import act
from casework.kernel.moves import move
from casework.kernel.refusals import Refusal
from emergency_fund.insurance_states import PolicyState
from emergency_fund.models import AssistanceRequest, InsurancePolicy
from emergency_fund.queries import renewals as queries
from emergency_fund.states import LineKind

from .asking import ask_for_help
from .holding import hold_request
from .insurance import quote_insurance, remember

DONE = {PolicyState.EXPIRING: "ends-soon", PolicyState.RENEWED: "renewed", PolicyState.EXPIRED: "run-out"}


def tend_insurances(*, today: date, now: datetime) -> dict[str, int]:
    """Mark what ends soon, and what has ended as renewed or run out; answers how many of each. Twice does it once."""
    counts = {"expiring": 0, "renewed": 0, "expired": 0}
    for rows in (queries.ends_soon(today), queries.has_ended(today)):
        for pk, request in list(rows.order_by("pk").values_list("pk", "line__request")):
            to = _moved_on(rows.filter(pk=pk), request, today=today, now=now)
            if to is not None:
                counts[to] += 1
    return counts


@act
def _moved_on(one: QuerySet[InsurancePolicy], request: int, *, today: date, now: datetime) -> str | None:
    """Where one insurance was moved to; what somebody corrected or ended meanwhile is left alone.

    Request, child, cover and insurance are held in the order in which who writes down a card holds them.
    """
    hold_request(request)
    policy: Any = one.select_related("cover", "line__request").first()
    if policy is None:
        return None
    if policy.state == PolicyState.ACTIVE:
        policy = move(policy, PolicyState.EXPIRING)
    else:
        move_cover(cover=policy.cover, to=CoverState.EXPIRED)
        policy = move(policy, PolicyState.RENEWED if policy.is_followed else PolicyState.EXPIRED, ended_on=today)
    remember(DONE[policy.state], policy, None, now)
    return str(policy.state)


@act
def ask_to_renew(*, policy: InsurancePolicy, now: datetime, **asked: Any) -> AssistanceRequest:
    """Ask the fund again for an insurance that ends; the days after it are priced at once, where a price holds.

    Raises Refusal as ask_for_help does.
    """
    request = ask_for_help(now=now, **asked)
    line = request.lines.filter(child=policy.line.child.record_now(), kind=LineKind.HEALTH_INSURANCE).first()
    hospital = policy.cover.hospital
    if line is None or hospital is None:
        return request
    again = queries.again(policy, today=queries.day_of(now))
    try:
        with transaction.atomic():
            quote_insurance(
                line=line, scheme=again.scheme, hospital=hospital, starts_on=again.first, renews=policy,
                by=asked["by"], now=now,
            )  # fmt: skip
    except Refusal:
        return request  # the fund officer finds a price
    return request
