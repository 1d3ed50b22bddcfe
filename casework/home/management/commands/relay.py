"""`manage.py relay`: hand what was asked for to the queue, until told to stop."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand

from casework.celery import app
from casework.documents.desk import DeskPrinter
from casework.notifications.broker import Broker
from casework.notifications.relay import Relay


class Command(BaseCommand):
    """Run the relay in the foreground; SIGTERM and SIGINT end it after the row at hand."""

    help = "Hand what was asked for to the queue, until told to stop."
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        relay = Relay(broker=Broker(app), duties=[DeskPrinter()])
        signal.signal(signal.SIGTERM, relay.stop)
        signal.signal(signal.SIGINT, relay.stop)
        relay.run()
