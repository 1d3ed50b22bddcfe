"""/healthz says what is up, to anybody, and answers also when something is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casework.embedded.redis import free_port
from casework.embedded.temporary import redis_server
from casework.notifications.models import Heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture
def broker(settings: Any, tmp_path) -> None:
    """A broker that is up."""
    with redis_server(tmp_path) as address:
        settings.REDIS_URL = address
        yield


def beat(name: str, minutes_ago: float) -> None:
    """Note a sign of life."""
    Heartbeat.objects.create(name=name, beaten_at=timezone.now() - timedelta(minutes=minutes_ago))


def test_all_is_well_with_a_broker_and_fresh_heartbeats(client: Client, broker: None) -> None:
    beat("relay", 0.1)
    beat("worker", 2)
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "broker": "ok", "worker": "ok", "relay": "ok"}
    assert response["Cache-Control"] == "no-store"


def test_stale_heartbeats_are_told(client: Client, broker: None) -> None:
    beat("relay", 3)
    beat("worker", 2)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "broker": "ok", "worker": "ok", "relay": "silent"}


def test_missing_broker_and_processes_are_told(client: Client, settings: Any) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "broker": "down", "worker": "silent", "relay": "silent"}
