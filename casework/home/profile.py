"""One's own page: language, shortcuts, open sessions; and the small addresses the shell calls."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.access.policies import SignedIn
from casework.access.scopes import live_grants
from casework.accounts.models import LANGUAGES, Office, User
from casework.accounts.services import change_profile
from casework.accounts.sessions import end_session, live_sessions, lock
from casework.accounts.states import Role
from casework.programmes.contributions import registry
from casework.ui.views import ActView, FormPage, GuardedView, of_ours

from .browsers import browser_words


class ProfileForm(forms.Form):
    """How Casework speaks to me."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=forms.RadioSelect)
    shortcuts_on = forms.BooleanField(
        label=_("Single-letter shortcuts"), required=False, help_text=_("Such as / for search and n for a new record.")
    )


class ProfilePage(FormPage):
    """Language, shortcuts, roles, sessions."""

    policy = SignedIn()
    template_name = "home/profile.html"
    form_class = ProfileForm
    success_message = _("Saved.")

    @property
    def person(self) -> User:
        """The signed-in person."""
        return self.request.user

    def get_initial(self) -> dict[str, Any]:
        return {"language": self.person.language, "shortcuts_on": self.person.shortcuts_on}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            sessions=[(row, browser_words(row.user_agent)) for row in live_sessions(self.person)],
            current_session=self.request.session.session_key,
            roles=grant_words(self.person),
            **kwargs,
        )

    def save(self, form: forms.BaseForm) -> User:
        return change_profile(user=self.person, **form.cleaned_data)

    def after(self, result: User) -> str:
        return reverse("home:profile")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        if response.status_code == 302:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, self.person.language, samesite="Lax")
        return response


def grant_words(user: User) -> list[dict[str, Any]]:
    """The person's roles of today in words: role, office, programme."""
    offices = Office.objects.in_bulk([grant.office_id for grant in live_grants(user)])
    programmes = {programme.key: programme.label for programme in registry.programmes()}
    return [
        {
            "role": Role(grant.role).label,
            "office": offices[grant.office_id],
            "programme": programmes.get(grant.programme, grant.programme),
        }
        for grant in live_grants(user)
    ]


class EndSessionAct(ActView):
    """Signs one of my other browsers out."""

    policy = SignedIn()
    success_message = _("That browser was signed out.")

    def act(self) -> None:
        session = UserSession.objects.filter(user=self.request.user, pk=self.kwargs["number"]).first()
        if session is None:
            raise Http404
        end_session(session=session, by=self.request.user)

    def back(self) -> str:
        return reverse("home:profile")


class AliveView(GuardedView):
    """Answers "still signed in", and by that keeps the session.

    A page that names its own reader in `for` gets the token its forms need now; one of somebody else gets none, so
    that what one person typed is never saved under the name of the next at the desk.
    """

    policy = SignedIn()
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("for") != str(self.user.pk):
            return HttpResponse(status=204)
        return JsonResponse({"token": get_token(request)})


class LockAct(GuardedView):
    """The screen was hidden for a minute: the next page asks for a proof first."""

    policy = SignedIn()
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        lock(request)
        return HttpResponseRedirect(of_ours(request, request.POST.get("next", "")) or "/")
