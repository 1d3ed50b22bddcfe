"""The library's views where ours differ: what the browser forgets, what is kept, a new session number at each proof."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LogoutView
from allauth.account.views import ReauthenticateView as PasswordView
from allauth.mfa.base.views import ReauthenticateView as CodeView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.i18n import set_language

from .kept import forget_writer, keep_form
from .sessions import renew_session_number, unlock
from .typed import keep_typed

NEEDS_A_LOOK = 422


@login_not_required
def switch_language(request: HttpRequest) -> HttpResponse:
    """Speak another language on the same page; what a signed-in person typed there is kept for it."""
    if request.method == "POST" and request.user.is_authenticated:
        keep_typed(request)
    return set_language(request)


class SignOut(LogoutView):
    """Ends the session; the browser drops the pages it kept (its storage holds unsent work and stays)."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache"'
        forget_writer(response)
        return response


class GoesOn:
    """After the proof: what was being done goes on; where that needs another look, on its own page, filled."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        renew_session_number(self.request)
        unlock(self.request)
        response = super().form_valid(form)  # type: ignore[misc]
        return in_its_place(self.request) if response.status_code == NEEDS_A_LOOK else response


def in_its_place(request: HttpRequest) -> HttpResponse:
    """Where the form stands that was sent before the proof; by now `request` is that of the form."""
    response = HttpResponseRedirect(request.get_full_path())
    keep_form(request, response, is_signed_out=False)
    return response


class StepUpByPassword(GoesOn, PasswordView):
    """Asks for the password again, then goes on with what was being done."""


class StepUpByCode(GoesOn, CodeView):
    """Asks for a code of the second factor, then goes on with what was being done."""
