"""The library's views where ours differ: what the browser forgets, what is kept, a new session number at each proof."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.views import LogoutView
from allauth.account.views import ReauthenticateView as PasswordView
from allauth.mfa.base.views import ReauthenticateView as CodeView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.i18n import set_language

from .forms import FactorProofForm
from .kept import forget_writer, keep_form
from .sessions import is_factor_proven, prove_factor, renew_session_number, take_late_act, unlock
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
    """After the proof: what was being done goes on; where that needs another look, on its own page, filled.

    So does what was left waiting too long: it is shown again, and not done.
    """

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        renew_session_number(self.request)
        unlock(self.request)
        late = take_late_act(self.request)
        response = super().form_valid(form)  # type: ignore[misc]
        if late is not None:
            keep_form(late, response, is_signed_out=False)
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


class FactorProof(GoesOn, CodeView):
    """Asks for password and code together, before anything of the second factor is shown or changed."""

    template_name = "mfa/prove.html"

    def _check_reauthentication_method_available(self, request: HttpRequest) -> HttpResponse | None:
        """Who has no second factor yet has nothing to prove here."""
        return None if is_mfa_enabled(request.user) else redirect("mfa_index")

    def get_form_class(self) -> type[FactorProofForm]:
        return FactorProofForm

    def form_valid(self, form: Any) -> HttpResponse:
        prove_factor(self.request)
        return super().form_valid(form)


class SetUpCode(ActivateTOTPView):
    """The first code of a phone; who typed it sees the recovery codes that were made with it."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        prove_factor(self.request)
        return response


def proven(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a page about the second factor only to who has just given password and code on `FactorProof`.

    Neither a fresh sign-in nor the proof for another act counts: a session stolen then would read the recovery
    codes. Who has no second factor sets up the first one after the sign-in.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and is_mfa_enabled(request.user) and not is_factor_proven(request):
            return HttpResponseRedirect(f"{reverse('mfa_prove')}?{urlencode({'next': request.path})}")
        return view(request, *args, **kwargs)

    return asked
