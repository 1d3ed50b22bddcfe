"""How sign-in behaves here: no sign-up, the second factor's seed encrypted at rest."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from .sealing import seal, unseal


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class MfaAdapter(DefaultMFAAdapter):
    """Keeps TOTP seeds and recovery codes encrypted in the database."""

    def encrypt(self, text: str) -> str:
        return seal(text, purpose="mfa")

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, purpose="mfa")

    def get_totp_label(self, user: Any) -> str:
        return user.username
