"""A sensitive act asks for a fresh proof first, and then goes on with what was typed."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse

from casework.accounts.kept import keep_form
from casework.accounts.sessions import forget_suspended, suspend

from .policies import StaleSecondFactor


class StepUpMiddleware:
    """Turns StaleSecondFactor into the page that asks for a code; the request waits in the session.

    A file cannot wait there: what was typed beside it is kept for the page, which asks for the file again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only our own question is answered here."""
        if not isinstance(exception, StaleSecondFactor):
            return None
        methods = get_adapter(request).get_reauthentication_methods(request.user)
        response = suspend(request, methods[0]["url"])
        if request.FILES:
            forget_suspended(request)
            keep_form(request, response, is_signed_out=False)
        return response
