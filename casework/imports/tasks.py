"""Tasks of this room: one service call each."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from casework.imports import services
from casework.imports.models import ImportRun


@shared_task(name="imports.check", soft_time_limit=900, time_limit=960)
def check(run_id: int) -> None:
    """Judge every row of an uploaded file."""
    services.check(run=ImportRun.rows.get(pk=run_id), today=timezone.localdate())


@shared_task(name="imports.run", soft_time_limit=1800, time_limit=1860)
def run(run_id: int) -> None:
    """Make records of a confirmed import."""
    services.run_import(run=ImportRun.rows.get(pk=run_id), now=timezone.now())


@shared_task(name="imports.undo", soft_time_limit=1800, time_limit=1860)
def undo(run_id: int) -> None:
    """Take an import out again."""
    services.undo(run=ImportRun.rows.get(pk=run_id), now=timezone.now())


@shared_task(name="imports.sweep")
def sweep() -> None:
    """Find imports whose worker died."""
    services.fail_lost(now=timezone.now())
