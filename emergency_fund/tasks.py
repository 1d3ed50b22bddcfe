"""Tasks of the fund: one service call each."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from .services import checking, expiring
from .services.renewing import tend_insurances as tend


@shared_task(name="emergency_fund.draw_sample", soft_time_limit=240, time_limit=300)
def draw_sample() -> None:
    """Draw of which payments of the days before families are asked."""
    checking.draw_sample(today=timezone.localdate(), now=timezone.now())


@shared_task(name="emergency_fund.expire", soft_time_limit=240, time_limit=300)
def expire() -> None:
    """Give back the money of what was approved and not fetched in time."""
    now = timezone.now()
    expiring.expire_by_itself(today=timezone.localdate(now), now=now)


@shared_task(name="emergency_fund.insurances", soft_time_limit=240, time_limit=300)
def tend_insurances() -> None:
    """Mark insurances that end soon, and those that have ended as renewed or run out."""
    now = timezone.now()
    tend(today=timezone.localdate(now), now=now)
