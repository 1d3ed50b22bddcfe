"""Tasks of birth registration: one service call each."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from registration.services import ward


@shared_task(name="registration.ward_list", soft_time_limit=240, time_limit=300)
def tend_ward_list() -> None:
    """Look again for records of reported births, and remove those whose time is over."""
    ward.rematch(now=timezone.now())
    ward.remove_unmet(today=timezone.localdate(), now=timezone.now())
