"""Sign-in forms in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCode
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.kernel.digits import to_ascii_digits

from .failures import record_failure
from .models import User

CODE_WIDGET = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "maxlength": "12"}
PASSWORD_HINT = _("At least 12 characters. A short sentence is easy to remember and hard to guess.")


def reword(field: forms.Field, label: Any, hint: Any = "", **attrs: Any) -> None:
    """Give a library's field our label and no placeholder."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class SignInForm(LoginForm):
    """Sign-in name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(
            self.fields["login"],
            _("Sign-in name"),
            autofocus=True,
            autocapitalize="none",
            spellcheck="false",
        )
        reword(self.fields["password"], _("Password"))

    def clean_login(self) -> str:
        """Sign-in names are in small letters."""
        return super().clean_login().lower()

    def clean(self) -> dict[str, Any]:
        """Refuse a password that somebody else made, and that nobody used in its days: the right one alone is told."""
        cleaned = super().clean()
        ends_at = self.user.password_ends_at if self.user else None
        if ends_at is not None and ends_at <= timezone.now():
            record_failure("accounts.sign-in.failed", account=self.user)
            raise forms.ValidationError(_("This one-time password has ended. Ask an administrator for a new one."))
        return cleaned


class StepUpForm(ReauthenticateForm):
    """The password again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self.fields["password"], _("Your password"), autofocus=True)


class NewPasswordForm(ChangePasswordForm):
    """The password of now and a new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self.fields["oldpassword"], _("Password of now"), autofocus=True)
        reword(self.fields["password1"], _("New password"), PASSWORD_HINT)
        reword(self.fields["password2"], _("New password again"))


def refuse_replay(user: User, code: str) -> None:
    """Refuse a code that this person gave before, for as long as it would be taken (RFC 6238, 5.2).

    The library forgets a code after one period, and takes it for two more: the one before, and the one after.
    """
    seconds = mfa_settings.TOTP_PERIOD * (2 * mfa_settings.TOTP_TOLERANCE + 1)
    if not cache.add(f"code-given:{user.pk}:{code}", True, seconds):
        raise get_adapter().validation_error("incorrect_code")


class CodeFormMixin(forms.Form):
    """A six-digit code, typed with any keyboard's digits, with or without blanks. A wrong one stands in the history."""

    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self.fields["code"], _("Code"), _("Six digits from your phone, or a recovery code."), **CODE_WIDGET)

    def clean_code(self) -> str:
        """Ask the library with plain digits."""
        self.cleaned_data["code"] = code = to_ascii_digits(self.cleaned_data["code"]).replace(" ", "")
        try:
            super().clean_code()  # type: ignore[misc]
            refuse_replay(self.user, code)
        except forms.ValidationError as wrong:
            if wrong.code == "incorrect_code":
                record_failure("accounts.code.failed", account=self.user)
            raise
        return code


class CodeForm(CodeFormMixin, AuthenticateForm):
    """The second step of signing in."""


class StepUpCodeForm(CodeFormMixin, ReauthenticateByCode):
    """A code again, before a sensitive act."""


class FactorProofForm(CodeFormMixin, ReauthenticateByCode):
    """Password and code together; a wrong password uses up no code."""

    password = forms.CharField(
        widget=forms.PasswordInput({"autocomplete": "current-password", "autofocus": True}), strip=False
    )
    field_order = ("password", "code")
    clean_password = ReauthenticateForm.clean_password

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self.fields["password"], _("Your password"))
        del self.fields["code"].widget.attrs["autofocus"]

    def clean_code(self) -> str:
        return super().clean_code() if "password" in self.cleaned_data else ""


class ActivateForm(CodeFormMixin, ActivateTOTPForm):
    """The first code of a new phone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("Six digits that the app shows now.")
