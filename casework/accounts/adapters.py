"""How sign-in behaves here: no sign-up, our own sentences, every sign-in in the history, seeds encrypted at rest."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from casework.audit.services import record_event

from .failures import record_failure
from .kept import remember_writer
from .models import User
from .sealing import seal, unseal
from .tokens import end_token

MESSAGES = {
    "account/messages/password_changed.txt": gettext_lazy("Your password was changed."),
    "mfa/messages/totp_activated.txt": gettext_lazy("Your sign-in now asks for a code of your phone."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("Your sign-in no longer asks for a code."),
    "mfa/messages/recovery_codes_generated.txt": gettext_lazy("New recovery codes were made. The old ones are void."),
}


def is_recent(request: HttpRequest) -> bool:
    """Whether the person proved themselves within the time for sensitive acts (five minutes), at sign-in or after."""
    records = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for record in records)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators only; django-axes counts wrong passwords."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy(
            "The sign-in name or the password is not right. Check both and try again."
        ),
        "incorrect_password": gettext_lazy("This password is not right. Try again."),
        "enter_current_password": gettext_lazy("This is not your password of now. Type the one you signed in with."),
        "too_many_login_attempts": gettext_lazy("There were too many tries. Wait five minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: the lock is per sign-in name and address, kept by django-axes."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        known = User.objects.filter(username=credentials.get("username", "")).first()
        record_failure("accounts.sign-in.failed", account=known)

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        record_event("accounts.session.opened", actor=user, subject=user)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        remember_writer(response, user)
        return response

    def logout(self, request: HttpRequest) -> None:
        record_event("accounts.session.closed", actor=request.user, subject=request.user)  # type: ignore[arg-type]
        super().logout(request)

    def set_password(self, user: Any, password: str) -> None:
        """Keep the new password; the token that whoever knew the old one may have made ends."""
        user.must_change_password, user.password_ends_at = False, None
        super().set_password(user, password)
        end_token(user=user, by=user)
        record_event("accounts.password.changed", actor=user, subject=user)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not is_recent(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """A code where the person has a second factor, else the password; nobody chooses the weaker one."""
        listed = super().get_reauthentication_methods(user)
        return listed[-1:]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say only what a person needs to know, in our words."""
        words = message or MESSAGES.get(message_template or "")
        if words:
            messages.add_message(request, level, str(words))


class MfaAdapter(DefaultMFAAdapter):
    """Keeps TOTP seeds and recovery codes encrypted in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code is not right. Wait for the next one on your phone and type it."),
        "cannot_delete_authenticator": gettext_lazy("Everybody here signs in with a code; it cannot be switched off."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text, purpose="mfa")

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, purpose="mfa")

    def get_totp_label(self, user: Any) -> str:
        return user.username

    def get_totp_issuer(self) -> str:
        return settings.MFA_TOTP_ISSUER

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not settings.SECOND_FACTOR_REQUIRED
