"""Sessions end after idle time, and what must be done first (password, second factor) comes before any page."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from .kept import cookie_names, forget_form, keep_form, take_form
from .sessions import is_locked

Answer = Callable[[HttpRequest], HttpResponse]
LAST_SEEN = "last_seen"
SIGNED_IN = "signed_in_at"
MARK_EVERY_SECONDS = 60


class PersonMiddleware(AuthenticationMiddleware):
    """`request.user` is the person and nothing that stands for them: a page asks some hundred things of them."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = get_user(request)


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


class KeptNowhereMiddleware:
    """A browser keeps no copy of what a signed-in person saw: the next one at the desk may press Back (ASVS 14.3.2)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_signed_in = request.user.is_authenticated
        answer = self.get_response(request)
        if is_signed_in and not answer.has_header("Cache-Control"):
            answer["Cache-Control"] = "no-store"
        return answer


class FirstThingsMiddleware:
    """Before any other page: a new password where one is due, a second factor, and a proof after a hidden screen."""

    OPEN_PATHS = ("/static/", "/language/", "/healthz")
    PROOF_PATHS = ("/account/confirm/", "/account/second-factor/confirm/", "/account/sign-out/")
    """What a hidden screen leaves open: nothing that shows or changes how one signs in."""

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
        if is_locked(request) and not request.path.startswith(self.PROOF_PATHS):
            return_to = request.get_full_path() if request.method == "GET" else "/"
            return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': return_to})}")
        if request.path.startswith("/account/"):
            return None
        user: Any = request.user
        if user.must_change_password:
            return redirect("account_change_password")
        has_factor = is_mfa_enabled(user) if settings.SECOND_FACTOR_REQUIRED else True
        if not has_factor:
            return redirect("mfa_activate_totp")
        return None


def is_only_a_button(request: HttpRequest) -> bool:
    """Whether the address shows no page of its own."""
    view = getattr(request.resolver_match.func, "view_class", None) if request.resolver_match else None
    return view is not None and "get" not in view.http_method_names


def page_before(request: HttpRequest) -> str:
    """The page of this site from which the request was sent, else the first one."""
    sent_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(sent_from, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(sent_from)
    return parts.path + (f"?{parts.query}" if parts.query else "") or "/"


class PartMiddleware:
    """A part of a page that must first sign in or prove itself is told so (401): no whole page lands inside another."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_sent_away = response.status_code == 302 and str(response["Location"]).startswith("/account/")
        return HttpResponse(status=401) if is_sent_away and "HX-Request" in request.headers else response


class KeptFormMiddleware:
    """A form sent after the session ended is kept for its writer and shown again, filled, after sign-in.

    It is never sent by itself: `request.kept_form` only fills the form that the address shows.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.kept_form = None  # type: ignore[attr-defined]
        response = self.get_response(request)
        if self.is_turned_away(request, response):
            if is_only_a_button(request):
                response["Location"] = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page_before(request)})}"
            elif keep_form(request, response):
                words = _("You were signed out. What you typed is kept for 30 minutes: sign in to see it.")
                messages.info(request, words)
        if request.kept_form is not None:  # type: ignore[attr-defined]
            forget_form(response)
        return response

    def is_turned_away(self, request: HttpRequest, response: HttpResponse) -> bool:
        """A plain form that was answered with the way to the sign-in page, and nothing else."""
        if request.method != "POST" or response.status_code != 302 or request.user.is_authenticated:
            return False
        way = str(response["Location"])
        is_plain = request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data")
        return (
            is_plain and "HX-Request" not in request.headers and way.startswith(f"{resolve_url(settings.LOGIN_URL)}?")
        )

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Give the text back to the person who typed it, on the page where they typed it."""
        if request.method != "GET" or cookie_names()[1] not in request.COOKIES or not request.user.is_authenticated:
            return
        kept = take_form(request)
        if kept is None:
            return
        request.kept_form = kept.fields  # type: ignore[attr-defined]
        if kept.is_signed_out:
            messages.info(request, _("You were signed out. Nothing is lost; check and save again."))
        else:
            messages.info(request, _("We know that it is you. Check what you typed and save again."))
        if kept.had_files:
            messages.info(request, _("Choose the files again."))


class UserLanguageMiddleware:
    """Speak the signed-in person's language unless they switched on this machine."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)
