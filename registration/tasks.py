"""Tasks of birth registration: one service call each."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from registration.services import reckoning, ward


@shared_task(name="registration.ward_list", soft_time_limit=240, time_limit=300)
def tend_ward_list() -> None:
    """Look again for records of reported births, and remove those whose time is over."""
    ward.rematch(now=timezone.now())
    ward.remove_unmet(today=timezone.localdate(), now=timezone.now())


@shared_task(name="registration.limits", soft_time_limit=1500, time_limit=1800)
def reckon_limits() -> None:
    """Propose another way for births that became late, and move time limits to the holidays known by now."""
    reckoning.reckon_all(today=timezone.localdate())
