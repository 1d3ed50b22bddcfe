"""Who else has a form open that shows what is stored: told before, so that two people do not type over each other.

What both save is looked after all the same (see stored.py); this spares the second one the work.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

OPEN_FOR = 600
"""Seconds after which a form counts as left."""


def enter(request: HttpRequest) -> list[tuple[str, datetime]]:
    """Write down that this person opened the form of this address; who else has it open, by name, and since when."""
    here = _here(request)
    _keep(request, here | {request.user.pk or 0: timezone.now()})
    others = {pk: since for pk, since in here.items() if pk != request.user.pk}
    users: Any = get_user_model().objects.filter(pk__in=others) if others else []
    return [(user.name_now, others[user.pk]) for user in users]


def leave(request: HttpRequest) -> None:
    """This person saved the form, and has it open no more."""
    here = _here(request)
    if here.pop(request.user.pk or 0, None):
        _keep(request, here)


def _keep(request: HttpRequest, here: dict[int, datetime]) -> None:
    cache.set(_key(request), {str(pk): since.isoformat() for pk, since in here.items()}, OPEN_FOR)


def _here(request: HttpRequest) -> dict[int, datetime]:
    now = timezone.now()
    opened = {int(pk): datetime.fromisoformat(since) for pk, since in cache.get(_key(request), {}).items()}
    return {pk: since for pk, since in opened.items() if (now - since).total_seconds() < OPEN_FOR}


def _key(request: HttpRequest) -> str:
    return f"form:{request.path}"
