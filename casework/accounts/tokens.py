"""Tokens for programs that speak for a person. The table holds fingerprints only; a token is shown once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from rest_framework.authtoken.models import Token

from casework.audit.services import record_event
from casework.kernel.refusals import Refusal

from .models import User

KEPT = timedelta(days=90)
FINGERPRINT_LENGTH = 40


def fingerprint(token: str) -> str:
    """What the table holds of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()[:FINGERPRINT_LENGTH]


def may_use_tokens(user: User) -> bool:
    """Whether the person may sign in at all: in use, no new password due, second factor set up where required."""
    has_factor = is_mfa_enabled(user) if settings.SECOND_FACTOR_REQUIRED else True
    return user.is_active and not user.must_change_password and has_factor


@transaction.atomic
def make_token(*, user: User, now: datetime) -> str:
    """Make the person's token and return it; the one before stops working. Raises Refusal for who may not sign in."""
    if not may_use_tokens(user):
        raise Refusal("ACC-TOKEN-1", "", _("Only people who can sign in have a token."))
    Token.objects.filter(user=user).delete()
    token = secrets.token_urlsafe(32)
    made = Token.objects.create(user=user, key=fingerprint(token))
    Token.objects.filter(pk=made.pk).update(created=now)
    record_event("accounts.token.made", actor=user, subject=user, at=now)
    return token


@transaction.atomic
def end_token(*, user: User, by: User, now: datetime | None = None) -> None:
    """The person's token stops working: they ask for that, have a new password, or are kept out."""
    if Token.objects.filter(user=user).delete()[0]:
        record_event("accounts.token.ended", actor=by, subject=user, at=now)


def living_token(user: User, now: datetime) -> Token | None:
    """The token that works now, for its dates."""
    return Token.objects.filter(user=user, created__gt=now - KEPT).first()


def token_owner(token: str, now: datetime) -> User | None:
    """Whose token this is, if it works now."""
    found = Token.objects.select_related("user").filter(key=fingerprint(token), created__gt=now - KEPT).first()
    return found.user if found and may_use_tokens(found.user) else None
