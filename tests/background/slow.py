"""A task that takes its time, and whose effect would show if it happened twice. Loaded by the tests' own workers."""

from __future__ import annotations

import time

from celery import shared_task
from django.utils import timezone

from casework.notifications.models import Heartbeat


@shared_task(name="tests.slow")
def slow(row_id: int) -> None:
    """Work for a while, then leave one mark; a second mark would break its unique name."""
    time.sleep(row_id)
    Heartbeat.objects.create(name="mark", beaten_at=timezone.now())
