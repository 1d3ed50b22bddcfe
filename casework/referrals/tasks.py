"""Background work of referrals."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from . import services


@shared_task(name="referrals.note_silence")
def note_silence() -> None:
    """Mark referrals whose time is over."""
    services.note_silence(now=timezone.now())
