"""The first page of an empty site: first administrator, organisation, first office. Its link works once."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from casework.access.policies import Public
from casework.accounts.forms import PASSWORD_HINT
from casework.accounts.models import User
from casework.accounts.services import set_up_site, setup_token_is_open
from casework.ui.views import FormPage

NEW_PASSWORD = {"autocomplete": "new-password"}


class SetUpForm(forms.Form):
    """Who runs the site, for whom, from where."""

    organisation_en = forms.CharField(label=_("Name of the organisation in English"), max_length=160)
    organisation_th = forms.CharField(label=_("Name of the organisation in Thai"), max_length=160)
    office_en = forms.CharField(label=_("First office, in English"), max_length=120)
    office_th = forms.CharField(label=_("First office, in Thai"), max_length=120)
    office_code = forms.CharField(
        label=_("Letters of the office"),
        max_length=4,
        help_text=_("Two to four letters, such as MS for Mae Sot. They are part of case numbers and never change."),
    )
    full_name = forms.CharField(label=_("Your full name"), max_length=120)
    username = forms.CharField(
        label=_("Your sign-in name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Your password"), strip=False, help_text=PASSWORD_HINT, widget=forms.PasswordInput(attrs=NEW_PASSWORD)
    )
    again = forms.CharField(label=_("Your password again"), strip=False, widget=forms.PasswordInput(attrs=NEW_PASSWORD))

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same."""
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        return given


@method_decorator([login_not_required, never_cache, sensitive_post_parameters("password", "again")], name="dispatch")
class SetUpPage(FormPage):
    """Opens only with the one-time link, and only while nobody has an account."""

    policy = Public()
    template_name = "home/setup.html"
    form_class = SetUpForm

    def prepare(self, **kwargs: Any) -> None:
        if not setup_token_is_open(kwargs["token"]):
            raise Http404

    def save(self, form: forms.BaseForm) -> User:
        given = {name: value for name, value in form.cleaned_data.items() if name != "again"}
        return set_up_site(token=self.kwargs["token"], today=self.today, now=timezone.now(), **given)

    def after(self, result: User) -> str:
        """Sign the first administrator in; the second factor is asked for on the next page."""
        sign_in(self.request, result)
        return "/"


def sign_in(request: HttpRequest, user: User) -> None:
    """Begin the session of a person whose password was just given."""
    get_adapter(request).login(request, user)
    record_authentication(request, user, method="password", username=user.username)
