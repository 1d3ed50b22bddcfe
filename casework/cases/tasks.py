"""What the worker does for lists of cases: one service call each."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from casework.cases.list_files import making


@shared_task(name="cases.make_list_file", soft_time_limit=1800, time_limit=1860)
def make_list_file(file_id: int) -> None:
    """Make the file of a long list."""
    making.make_list_file(file_id=file_id, now=timezone.now())


@shared_task(name="cases.sweep_list_files")
def sweep_list_files() -> None:
    """Delete lists whose day is over."""
    making.sweep_list_files(now=timezone.now())
