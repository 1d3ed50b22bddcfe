"""Sessions end after idle time, and what must be done first (password, second factor) comes before any page."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from .sessions import is_locked

Answer = Callable[[HttpRequest], HttpResponse]
LAST_SEEN = "last_seen"
SIGNED_IN = "signed_in_at"
MARK_EVERY_SECONDS = 60


class IdleSessionMiddleware:
    """Sign out after SESSION_IDLE_SECONDS without a request, and SESSION_COOKIE_AGE after sign-in in any case.

    The mark of the last request is written at most once a minute.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            seen, began = request.session.get(LAST_SEEN, now), request.session.get(SIGNED_IN, now)
            if now - seen > settings.SESSION_IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
                logout(request)
            else:
                self.mark(request, now)
        return self.get_response(request)

    def mark(self, request: HttpRequest, now: int) -> None:
        """Remember when the session began and when it was last used."""
        if SIGNED_IN not in request.session:
            request.session[SIGNED_IN] = now
        if now - request.session.get(LAST_SEEN, 0) >= MARK_EVERY_SECONDS:
            request.session[LAST_SEEN] = now


class FirstThingsMiddleware:
    """Before any other page: a new password where one is due, a second factor, and a proof after a hidden screen."""

    OPEN_PATHS = ("/account/", "/static/", "/language/", "/healthz")

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not request.path.startswith(self.OPEN_PATHS):
            due = self.due(request)
            if due is not None:
                return due
        return self.get_response(request)

    def due(self, request: HttpRequest) -> HttpResponseRedirect | None:
        """Where the person must go first, or None."""
        user: Any = request.user
        if user.must_change_password:
            return redirect("account_change_password")
        has_factor = is_mfa_enabled(user) if settings.SECOND_FACTOR_REQUIRED else True
        if not has_factor:
            return redirect("mfa_activate_totp")
        if is_locked(request):
            return_to = request.get_full_path() if request.method == "GET" else "/"
            return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': return_to})}")
        return None


class UserLanguageMiddleware:
    """Speak the signed-in person's language unless they switched on this machine."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)
