"""The number of the request at hand, so that history rows and log lines can be joined."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

current_request_id: ContextVar[str] = ContextVar("current_request_id", default="")
current_address: ContextVar[str] = ContextVar("current_address", default="")


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
        return response
