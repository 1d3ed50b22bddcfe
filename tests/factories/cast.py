"""The cast: the offices of Mae Sot and Ranong, a practice office, and one person for every role in each."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import timedelta
from string import ascii_lowercase, digits
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from django.utils.crypto import get_random_string

from casework.accounts.models import Office, User
from casework.accounts.states import Role
from tests.factories.accounts import make_grant, make_user

OFFICES = (
    ("MS", "Mae Sot", "แม่สอด", "office"),
    ("RN", "Ranong", "ระนอง", "office"),
    ("PX", "Practice office", "สำนักงานฝึก", "practice"),
)


@dataclass(frozen=True)
class Cast:
    """The people of the tests, by office and role: `cast.of("SUP")`, `cast.of("CW", "RN")`."""

    offices: dict[str, Office]
    people: dict[tuple[str, str], User] = field(default_factory=dict)

    @property
    def mae_sot(self) -> Office:
        return self.offices["MS"]

    @property
    def ranong(self) -> Office:
        return self.offices["RN"]

    def of(self, role: str, office: str = "MS") -> User:
        """The person with this role in this office, made when first asked for."""
        key = (role, office)
        if key not in self.people:
            user = make_user(f"{role.lower()}.{office.lower()}", full_name=f"{Role(role).label} {office}")
            make_grant(user, role, self.offices[office])
            self.people[key] = user
        return User.objects.get(pk=self.people[key].pk)  # grants are remembered on the object


def make_cast() -> Cast:
    """The three offices; people come as they are asked for."""
    rows = [Office(code=code, name_en=en, name_th=th, kind=kind) for code, en, th, kind in OFFICES]
    return Cast({office.code: office for office in Office.objects.bulk_create(rows)})


def signed_in(user: User, *, fresh: bool = True) -> Client:
    """A browser of the person's; `fresh` has just typed the password.

    The session is written as it is after signing in: two statements in place of the sixteen of `force_login`.
    """
    client, now = Client(raise_request_exception=True), timezone.now()
    facts = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[1],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    session = Session.objects.create(
        session_key=get_random_string(32, ascii_lowercase + digits),
        session_data=SessionStore().encode(facts | just_proven(user) if fresh else facts),
        expire_date=now + timedelta(seconds=settings.SESSION_COOKIE_AGE),
    )
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    user.last_login = now
    User.objects.filter(pk=user.pk).update(last_login=now)
    return client


def just_proven(user: User) -> dict[str, Any]:
    """What a session says when the password was just typed."""
    return {
        "account_authentication_methods": [{"method": "password", "at": time.time()}],
        "account_authentication_methods_user": str(user.pk),
    }
