"""Tasks of drafts: one service call."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from . import services


@shared_task(name="drafts.forgotten", soft_time_limit=240, time_limit=300)
def remove_forgotten() -> None:
    """Remove forms that were begun and that nobody touched for a long time."""
    services.remove_forgotten(today=timezone.localdate())
