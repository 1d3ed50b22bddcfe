"""Text of a form whose sender must sign in or prove themselves first: kept sealed for a while, for its writer only."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict

from .sealing import seal, unseal

KEPT_SECONDS = 30 * 60
MOST_BYTES = 200_000
PURPOSE, WRITER_PURPOSE = "kept-form", "kept-form-writer"
LEFT_OUT = ("csrfmiddlewaretoken", "password")


def cookie_names() -> tuple[str, str]:
    """The cookie that says who signed in here, and the one that names what is kept; beside the session's own."""
    return f"{settings.SESSION_COOKIE_NAME}_writer", f"{settings.SESSION_COOKIE_NAME}_kept"


def _put_cookie(response: HttpResponse, name: str, value: str, seconds: int | None) -> None:
    response.set_cookie(
        name, value, max_age=seconds, httponly=True, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE)
    )  # fmt: skip


def remember_writer(response: HttpResponse, user: Any) -> None:
    """Let the browser say, also when the session has ended, whose forms it holds."""
    _put_cookie(response, cookie_names()[0], seal(str(user.pk), purpose=WRITER_PURPOSE), None)


def forget_writer(response: HttpResponse) -> None:
    """The person signed out by themselves."""
    response.delete_cookie(cookie_names()[0], samesite="Lax")


def _opened(sealed: str, purpose: str) -> str | None:
    try:
        return unseal(sealed, purpose=purpose)
    except (InvalidTag, ValueError):
        return None


@dataclass(frozen=True)
class KeptForm:
    """The fields of a form as they were sent; its files are not kept."""

    fields: QueryDict
    had_files: bool
    is_signed_out: bool


def keep_form(request: HttpRequest, response: HttpResponse, *, is_signed_out: bool = True) -> bool:
    """Keep the fields of a form whose sender must sign in or prove themselves first; False with nothing or no writer.

    Never kept: passwords, files, forms of more than 200 kB.
    """
    writer = _opened(request.COOKIES.get(cookie_names()[0], ""), WRITER_PURPOSE)
    fields = [
        (name, values) for name, values in request.POST.lists() if not any(word in name.lower() for word in LEFT_OUT)
    ]
    if writer is None or not any(value.strip() for _name, values in fields for value in values):
        return False
    had_files = bool(request.FILES)
    kept = {"writer": writer, "path": request.get_full_path(), "fields": fields}
    text = json.dumps(kept | {"had_files": had_files, "is_signed_out": is_signed_out})
    if len(text) > MOST_BYTES:
        return False
    token = secrets.token_urlsafe(32)
    cache.set(_key(token), seal(text, purpose=PURPOSE), KEPT_SECONDS)
    _put_cookie(response, cookie_names()[1], token, KEPT_SECONDS)
    return True


def _key(token: str) -> str:
    return f"kept-form:{token[:64]}"


def take_form(request: HttpRequest) -> KeptForm | None:
    """What this person typed for this very address before they were signed out; it is given once."""
    token = request.COOKIES.get(cookie_names()[1], "")
    sealed = cache.get(_key(token)) if token.isascii() and token else None
    text = _opened(sealed, PURPOSE) if sealed else None
    kept = json.loads(text) if text else {}
    if kept.get("writer") != str(request.user.pk) or kept.get("path") != request.get_full_path():
        return None
    cache.delete(_key(token))
    fields = QueryDict(mutable=True)
    for name, values in kept["fields"]:
        fields.setlist(name, values)
    return KeptForm(fields, kept["had_files"], kept["is_signed_out"])


def forget_form(response: HttpResponse) -> None:
    """The text was given back."""
    response.delete_cookie(cookie_names()[1], samesite="Lax")
