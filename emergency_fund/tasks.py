"""Tasks of the fund: one service call each."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from emergency_fund.services import checking


@shared_task(name="emergency_fund.draw_sample", soft_time_limit=240, time_limit=300)
def draw_sample() -> None:
    """Draw of which payments of the days before families are asked."""
    checking.draw_sample(today=timezone.localdate(), now=timezone.now())
