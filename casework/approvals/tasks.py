"""Tasks of approvals: one service call."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from .services import conflicts


@shared_task(name="approvals.begin_conflicts", soft_time_limit=240, time_limit=300)
def begin_conflicts() -> None:
    """Let others decide what those decided whose conflict of interest begins today."""
    conflicts.begin_conflicts(now=timezone.now())
