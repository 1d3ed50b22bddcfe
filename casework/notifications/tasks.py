"""Tasks of this room: one service call each."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from casework.kernel.idempotency import forget_answers

from . import services


@shared_task(name="notifications.send_mail")
def send_mail(mail_id: int) -> None:
    """Send one mail."""
    services.send_mail(mail_id=mail_id, now=timezone.now())


@shared_task(name="notifications.sweep")
def sweep() -> None:
    """Note that beat and worker talk to each other, queue what was forgotten, remove what was done long ago."""
    now = timezone.now()
    services.beat(name="beat", now=now)
    services.sweep_mails(now=now)
    services.forget_done(now=now)
    forget_answers(now=now)
