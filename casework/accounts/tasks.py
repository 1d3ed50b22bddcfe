"""Tasks of accounts: one service call."""

from __future__ import annotations

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from . import services, sessions


@shared_task(name="accounts.expire", soft_time_limit=240, time_limit=300)
def expire_grants() -> None:
    """End what rested on roles whose last day is over."""
    now = timezone.now()
    services.expire_grants(today=timezone.localdate(now), now=now)


@shared_task(name="accounts.forget", soft_time_limit=240, time_limit=300)
def forget_ended() -> None:
    """Remove sessions that ended, and what the cache no longer answers with."""
    sessions.forget_ended(now=timezone.now())
    cache.clear_expired()  # type: ignore[attr-defined]
