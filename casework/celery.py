"""The Celery application. Tasks take ids, call one service each and are sent by name by the relay only."""

import os
from typing import Any

import django
from celery import Celery
from celery.signals import beat_init
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"casework.settings.{os.environ.get('CASEWORK_MODE', 'demo')}")
app = Celery("casework", task_cls="casework.notifications.background:OutboxTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_finalize.connect
def gather_schedule(sender: Any, **kwargs: Any) -> None:
    """Beat runs what rooms and programmes contribute; a run that nobody took before the next one is dropped."""
    if not apps.ready:
        django.setup()
    from casework.programmes.contributions import registry

    for job in registry.gather("schedule"):
        expires = job.schedule if isinstance(job.schedule, int | float) else 3600
        sender.conf.beat_schedule[job.key] = {
            "task": job.task,
            "schedule": job.schedule,
            "options": {"expires": expires},
        }


@app.on_after_finalize.connect
def show_life(sender: Any, **kwargs: Any) -> None:
    """The worker writes its heartbeat."""
    if not apps.ready:
        django.setup()
    from casework.notifications.background import SignOfLife

    sender.steps["worker"].add(SignOfLife)


@beat_init.connect
def begin_with_a_sweep(sender: Any, **kwargs: Any) -> None:
    """Beat waits a whole minute before its first job: whoever has just started the site sees at once that it lives."""
    sender.app.send_task("notifications.sweep", expires=60)
