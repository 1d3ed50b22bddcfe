"""Sign in to the API by token; a browser's session works too."""

from __future__ import annotations

from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from drf_spectacular.authentication import TokenScheme
from rest_framework import exceptions
from rest_framework.authentication import TokenAuthentication

from casework.accounts.tokens import token_owner


class BearerToken(TokenAuthentication):
    """`Authorization: Bearer …` with a token from the person's profile."""

    keyword = "Bearer"

    def authenticate_credentials(self, key: str) -> tuple[Any, None]:
        user = token_owner(key, timezone.now())
        if user is None:
            raise exceptions.AuthenticationFailed(_("This token does not work, or no longer."))
        translation.activate(user.language)
        return user, None


class BearerScheme(TokenScheme):
    """How the description of the API names it."""

    target_class: Any = BearerToken
    name = "token"
    priority = 1

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
