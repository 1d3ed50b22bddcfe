"""One shape for everything that goes wrong: code, message, field, and the list of all errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from casework.access.policies import StaleSecondFactor
from casework.kernel.acts import refusal_of
from casework.kernel.digits import clean_line, clean_text
from casework.kernel.refusals import Conflict, Forbidden, Refusal
from casework.ui.api.paths import path_of

from .authentication import BearerToken

Error = dict[str, str]
MOST_PATH = 200


def answer_error(failure: Exception, context: dict[str, Any]) -> Response | None:
    """Translate what was raised; None lets the server's own page for unforeseen errors answer."""
    if isinstance(failure, IntegrityError):
        failure = refusal_of(failure) or failure
    if isinstance(failure, Refusal):
        status, errors = _refused(failure, context)
        context["request"]._request.refused = [error["code"] for error in errors]  # what the middleware looks at
    elif isinstance(failure, Http404 | exceptions.NotFound):
        status, errors = 404, [_error("E-404", _("There is no such record."))]
    elif isinstance(failure, StaleSecondFactor):
        status, errors = 403, [_error("E-FRESH", _way_to_prove(context["request"]))]
    elif isinstance(failure, PermissionDenied):
        status, errors = 403, [_error("E-403", str(failure) or _("Your role does not do this."))]
    elif isinstance(failure, exceptions.Throttled):
        status, errors = 429, [_error("E-RATE-1", _("These are many pages of lists at once. Go on in a minute."))]
    elif isinstance(failure, exceptions.ValidationError):
        status, errors = 400, list(_flat(failure.detail))
    elif isinstance(failure, exceptions.APIException):
        status, errors = failure.status_code, [_error(_code(failure), str(failure.detail))]
    else:
        return None
    set_rollback()
    return Response({**errors[0], "errors": errors}, status=status, headers=_headers(failure))


def _way_to_prove(request: Any) -> str:
    """What somebody does whose proof is too old; a token has none, and never will."""
    if isinstance(request.successful_authenticator, BearerToken):
        return _("This needs a fresh proof of who you are, so it is not done by token. Do it on the web pages.")
    return _("Prove who you are on the web pages first, and send this again within five minutes.")


def _refused(refusal: Refusal, context: dict[str, Any]) -> tuple[int, list[Error]]:
    status = 403 if isinstance(refusal, Forbidden) else 409 if isinstance(refusal, Conflict) else 422
    told = getattr(getattr(context["view"], "spec", None), "told", None)
    names, sent = getattr(told, "called_by_rules", {}), context["request"].data
    paths = [path_of(finding.field, names, sent) for finding in refusal.findings]
    found = zip(refusal.findings, paths, strict=True)
    return status, [_error(f.code, str(f.sentence), path, f.level.value) for f, path in found]


def _error(code: str, message: str, field: str = "", level: str = "error") -> Error:
    """One error; what was sent may be quoted in it, so it is cleaned."""
    return {"code": code, "message": clean_text(message), "field": clean_line(field)[:MOST_PATH], "level": level}


def _flat(detail: Any, path: str = "") -> Iterator[Error]:
    """The errors of nested fields, each with its path such as `mother.names.Latn`."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            here = "" if name == "non_field_errors" else str(name)
            yield from _flat(inner, ".".join(filter(None, (path, here))))
    elif isinstance(detail, list):
        for number, inner in enumerate(detail):
            nested = isinstance(inner, dict | list)
            yield from _flat(inner, f"{path}.{number}".lstrip(".") if nested else path)
    else:
        yield _error(str(getattr(detail, "code", "invalid")), str(detail), path)


def _code(failure: exceptions.APIException) -> str:
    codes = failure.get_codes()
    return codes if isinstance(codes, str) else failure.default_code


def _headers(failure: Exception) -> dict[str, str]:
    challenge = getattr(failure, "auth_header", None)
    wait = getattr(failure, "wait", None)
    return {
        **({"WWW-Authenticate": challenge} if challenge else {}),
        **({"Retry-After": str(int(wait))} if wait else {}),
    }
