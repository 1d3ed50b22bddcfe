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
from casework.notifications.tasks import sweep

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
    beat("beat", 2)
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "broker": "ok", "worker": "ok", "relay": "ok", "beat": "ok"}
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("silent", ["relay", "worker", "beat"])
def test_stale_heartbeats_are_told(client: Client, broker: None, silent: str) -> None:
    for name in ("relay", "worker", "beat"):
        beat(name, 6 if name == silent else 0.1)
    response = client.get("/healthz")
    assert response.status_code == 503
    well = {"database": "ok", "broker": "ok", "worker": "ok", "relay": "ok", "beat": "ok"}
    assert response.json() == well | {silent: "silent"}


def test_what_beat_sends_and_the_worker_does_is_the_heartbeat_of_beat(client: Client, broker: None) -> None:
    assert client.get("/healthz").json()["beat"] == "silent"
    sweep()
    assert client.get("/healthz").json()["beat"] == "ok"


def test_missing_broker_and_processes_are_told(client: Client, settings: Any) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    response = client.get("/healthz")
    assert response.status_code == 503
    silent = {"worker": "silent", "relay": "silent", "beat": "silent"}
    assert response.json() == {"database": "ok", "broker": "down"} | silent
