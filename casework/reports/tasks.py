"""What the worker does for the figures."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from . import services


@shared_task(name="reports.refresh")
def refresh() -> None:
    """Keep the figures that are being looked at no older than five minutes."""
    services.refresh_figures(now=timezone.now())
