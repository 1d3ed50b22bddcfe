"""Refusals belong to the history too; they are written after the view's transaction was rolled back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from casework.kernel.digits import row_number

from .services import record_refusal

REFUSED = {403, 404}
TELLING = {"BR-ID-7"}
"""What is refused because of a record that the person may not see: that it is there is told by this alone."""
TOO_LATE = 409
log = logging.getLogger(__name__)


class RefusalMiddleware:
    """Writes one row for every 403, 404 and refused act (409) that a signed-in person gets from one of our pages.

    So are refusals that tell of another record, which pages and API leave as `request.refused`.

    A page that says "not yet", such as a paper that is still being made, refuses nobody anything.

    A form whose token is of an earlier session never reaches its page: that says nothing of the person.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reached_page = False  # type: ignore[attr-defined]
        response = self.get_response(request)
        match = request.resolver_match
        is_act = request.method not in ("GET", "HEAD")
        code = next((code for code in getattr(request, "refused", ()) if code in TELLING), "")
        is_refusal = code or response.status_code in REFUSED or (response.status_code == TOO_LATE and is_act)
        reached = request.reached_page  # type: ignore[attr-defined]
        if is_refusal and reached and match is not None and request.user.is_authenticated:
            try:
                record_refusal(
                    actor=request.user,
                    status=response.status_code,
                    view=match.view_name,
                    number=row_number(match.kwargs.get("pk")) or None,
                    method=request.method or "",
                    code=code,
                )
            except DatabaseError:
                log.exception("a refusal could not be written to the history")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Asked only when the form's token fits."""
        request.reached_page = True  # type: ignore[attr-defined]
