"""The Celery application. Tasks take ids, call one service each and are sent by name by the relay only."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"casework.settings.{os.environ.get('CASEWORK_MODE', 'demo')}")
app = Celery("casework")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
