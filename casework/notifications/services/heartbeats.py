"""The signs of life of the background processes."""

from __future__ import annotations

from datetime import datetime

from casework.notifications.models import Heartbeat


def beat(*, name: str, now: datetime) -> None:
    """Note that the process is alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"beaten_at": now})
