"""The cast: the offices of Mae Sot and Ranong, a practice office, and one person for every role in each."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from unittest.mock import patch

from django.conf import settings
from django.test import Client

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
    """A browser of the person's; `fresh` has just proven who they are."""
    client = Client(raise_request_exception=True)
    with patch.object(settings, "AXES_ENABLED", False):  # no password was typed, so none is counted
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
    if fresh:
        prove(client, user)
    return client


def prove(client: Client, user: User) -> None:
    """Note in the session that the password was just typed."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
