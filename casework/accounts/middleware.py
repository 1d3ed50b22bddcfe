"""Sessions end after idle time, and a second factor is asked of everyone outside the demo."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

Answer = Callable[[HttpRequest], HttpResponse]
LAST_SEEN = "last_seen"
MARK_EVERY_SECONDS = 60


class IdleSessionMiddleware:
    """Sign out after SESSION_IDLE_SECONDS without a request; the mark is written at most once a minute."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            seen = request.session.get(LAST_SEEN, now)
            if now - seen > settings.SESSION_IDLE_SECONDS:
                logout(request)
            elif LAST_SEEN not in request.session or now - seen >= MARK_EVERY_SECONDS:
                request.session[LAST_SEEN] = now
        return self.get_response(request)


class SecondFactorMiddleware:
    """Send a signed-in person without a second factor to the page that sets one up, and nowhere else."""

    OPEN_PATHS = ("/account/", "/static/", "/i18n/", "/healthz")

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        needs = settings.SECOND_FACTOR_REQUIRED and request.user.is_authenticated
        if needs and not request.path.startswith(self.OPEN_PATHS) and not is_mfa_enabled(request.user):
            return redirect("mfa_activate_totp")
        return self.get_response(request)


class UserLanguageMiddleware:
    """Speak the signed-in person's language unless they switched on this machine."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language  # type: ignore[attr-defined]
        return self.get_response(request)
