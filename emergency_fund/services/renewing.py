"""Insurances run out by the calendar; what ends soon is asked for again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework.aid.services import move_cover
from casework.aid.states import CoverState
from casework.kernel.acts import act
from casework.kernel.moves import TransitionNotAllowed, move
from casework.kernel.refusals import Refusal
from emergency_fund.insurance_states import PolicyState
from emergency_fund.models import AssistanceRequest, InsurancePolicy
from emergency_fund.queries import renewals as queries
from emergency_fund.states import LineKind

from .asking import ask_for_help
from .insurance import quote_insurance, remember

DONE = {PolicyState.EXPIRING: "ends-soon", PolicyState.RENEWED: "renewed", PolicyState.EXPIRED: "run-out"}


def tend_insurances(*, today: date, now: datetime) -> dict[str, int]:
    """Mark what ends soon, and what has ended as renewed or run out; answers how many of each. Twice does it once."""
    counts = {"expiring": 0, "renewed": 0, "expired": 0}
    for pk in queries.ends_soon(today):
        counts["expiring"] += _moved(pk, PolicyState.EXPIRING, today=today, now=now)
    for pk, is_followed in queries.has_ended(today):
        to = PolicyState.RENEWED if is_followed else PolicyState.EXPIRED
        counts[to] += _moved(pk, to, today=today, now=now)
    return counts


def _moved(pk: int, to: PolicyState, *, today: date, now: datetime) -> bool:
    """Whether the insurance was moved; what somebody cancelled or moved meanwhile is left alone."""
    try:
        _move_on(pk, to, today=today, now=now)
    except TransitionNotAllowed:
        return False
    return True


@act
def _move_on(pk: int, to: PolicyState, *, today: date, now: datetime) -> None:
    policy = InsurancePolicy.rows.select_related("cover", "line__request").get(pk=pk)
    if to == PolicyState.EXPIRING:
        policy = move(policy, to)
    else:
        policy = move(policy, to, ended_on=today)
        move_cover(cover=policy.cover, to=CoverState.EXPIRED)
    remember(DONE[to], policy, None, now)


@act
def ask_to_renew(*, policy: InsurancePolicy, now: datetime, **asked: Any) -> AssistanceRequest:
    """Ask the fund again for an insurance that ends; the days after it are priced at once, where a price holds.

    Raises Refusal as ask_for_help does.
    """
    request = ask_for_help(now=now, **asked)
    line = request.lines.filter(child=policy.line.child_id, kind=LineKind.HEALTH_INSURANCE).first()
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
