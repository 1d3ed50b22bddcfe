"""The request at hand: its number, its address, its moment, and who may embed its answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

current_request_id: ContextVar[str] = ContextVar("current_request_id", default="")
current_address: ContextVar[str] = ContextVar("current_address", default="")
_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def moment_of_act() -> datetime:
    """When what is being done happens: now, unless a past is being played (`as_of`)."""
    return _moment.get() or timezone.now()


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Write the history of what is done inside as of a moment, for invented pasts."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


class RequestIdMiddleware:
    """Give every request a number, shown on error pages and kept in history."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = uuid.uuid4().hex[:12]
        id_token = current_request_id.set(number)
        address_token = current_address.set(request.META.get("REMOTE_ADDR", ""))
        try:
            response = self.get_response(request)
        finally:
            current_request_id.reset(id_token)
            current_address.reset(address_token)
        response["X-Request-Id"] = number
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")  # whatever answered
        return response
