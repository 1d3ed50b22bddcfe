"""What is answered when our side fails: a page of three languages that needs no database, or JSON for programs.

And when a request is refused: Django's pages, which do not read what was sent.
"""

from __future__ import annotations

import sys
from inspect import unwrap

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import defaults

from casework.kernel.disk import is_disk_full
from casework.kernel.requests import current_request_id

DATABASE_AWAY = (OperationalError, InterfaceError)
TRY_AGAIN_SECONDS = 30
LANGUAGES = ("en", "th", "my")

# Their wrapper looks for the form's token in what was sent. Where that cannot be read, a refusal became a failure.
bad_request = unwrap(defaults.bad_request)
permission_denied = unwrap(defaults.permission_denied)
page_not_found = unwrap(defaults.page_not_found)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 507 when a disk is full, 503 when the database does not answer, else 500.

    Asks neither the session, nor the user, nor any row.
    """
    failure = sys.exc_info()[1]
    is_full = is_disk_full(failure)
    is_away = not is_full and _is_database_away(failure)
    status = 507 if is_full else 503 if is_away else 500
    if request.path == "/healthz":
        answer: HttpResponse = JsonResponse({"database": "down" if is_away else "ok"}, status=status)
    elif request.path.startswith("/api/"):
        answer = _for_programs(status)
    else:
        context = {"reference": current_request_id.get(), "languages": LANGUAGES}
        answer = HttpResponse(render_to_string(f"{status}.html", context), status=status)
    answer["Cache-Control"] = "no-store"
    answer["X-Frame-Options"] = "DENY"
    if is_away:
        answer["Retry-After"] = str(TRY_AGAIN_SECONDS)
    return answer


def _is_database_away(failure: BaseException | None) -> bool:
    """Whether the database is what failed, also when a template or a middleware wrapped that."""
    while failure is not None:
        if isinstance(failure, DATABASE_AWAY):
            return True
        failure = failure.__cause__ or failure.__context__
    return False


def _for_programs(status: int) -> JsonResponse:
    words = _("The site cannot reach its data just now. Try again in a minute.")
    if status == 500:
        words = _("Something went wrong on our side")
    if status == 507:
        words = _("Nothing was saved: the server has no room left. Tell your administrator, and save again later.")
    error = {"code": f"E-{status}", "message": words, "field": "", "level": "error"}
    reference = current_request_id.get()
    return JsonResponse({**error, "errors": [error], "reference": reference}, status=status)
