"""What the worker does for documents."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from . import (
    pdf,  # noqa: F401  loaded before the worker divides into processes, which share it
    services,
)


@shared_task(name="documents.render", soft_time_limit=120, time_limit=150)
def render(document_id: int) -> None:
    """Make one ordered paper."""
    services.render_document(document_id=document_id, now=timezone.now())


@shared_task(name="documents.scan", soft_time_limit=90, time_limit=120)
def scan(attachment_id: int) -> None:
    """Let the virus scanner look at one attachment."""
    services.scan_attachment(attachment_id=attachment_id, now=timezone.now())


@shared_task(name="documents.sort_return", soft_time_limit=240, time_limit=270)
def sort_return(return_id: int) -> None:
    """Sort the pages of papers that came back."""
    services.sort_return(return_id=return_id, now=timezone.now())


@shared_task(name="documents.sweep")
def sweep() -> None:
    """Put back papers whose maker died, end phone links whose time is over, delete what lay with forms gone."""
    services.release_dropped(now=timezone.now())
    services.release_lost_returns(now=timezone.now())
    services.end_expired_links(now=timezone.now())
    services.discard_left_over(now=timezone.now())


@shared_task(name="documents.sweep_files")
def sweep_files() -> None:
    """Delete stored files that no row names."""
    services.sweep_files(now=timezone.now())
