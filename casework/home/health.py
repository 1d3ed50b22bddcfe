"""Is everything up? For monitors and for `script/server`: five words and a status code, no details."""

from __future__ import annotations

from datetime import datetime, timedelta

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, transaction
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from casework.notifications.models import Heartbeat

OK, DOWN, SILENT = "ok", "down", "silent"
BROKER_SECONDS = 1.0
LONGEST_SILENCE = {"relay": timedelta(minutes=1), "worker": timedelta(minutes=5), "beat": timedelta(minutes=5)}


@login_not_required
@transaction.non_atomic_requests
def health(request: HttpRequest) -> JsonResponse:
    """Answer {database, broker, worker, relay, beat}: ok, down or silent; 200 when all are ok, else 503."""
    state = {"database": OK, "broker": _broker()} | dict.fromkeys(LONGEST_SILENCE, SILENT)
    try:
        state |= _processes(timezone.now())
    except (DatabaseError, InterfaceError):
        state["database"] = DOWN
    response = JsonResponse(state, status=200 if set(state.values()) == {OK} else 503)
    response["Cache-Control"] = "no-store"
    return response


def _broker() -> str:
    limits = {"socket_connect_timeout": BROKER_SECONDS, "socket_timeout": BROKER_SECONDS}
    try:
        with redis.from_url(settings.REDIS_URL, **limits) as client:
            client.ping()
    except redis.RedisError:
        return DOWN
    return OK


def _processes(now: datetime) -> dict[str, str]:
    beaten = dict(Heartbeat.objects.filter(name__in=LONGEST_SILENCE).values_list("name", "beaten_at"))
    return {
        name: OK if name in beaten and now - beaten[name] <= silence else SILENT
        for name, silence in LONGEST_SILENCE.items()
    }
