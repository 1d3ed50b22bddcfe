"""Offices, people and their grants, as rows: nearly every test begins with them, and tests/accounts makes them."""

from __future__ import annotations

import datetime as dt
from itertools import count

from django.utils import timezone

from casework.accounts.models import Grant, Office, User
from casework.accounts.services import GRANT_DAYS, give_grant

PASSWORD = "correct horse battery"
_numbers = count(1)


def make_office(code: str = "MS", **details: str) -> Office:
    """The office with this code, made when it is missing."""
    found = Office.objects.filter(code=code).first()
    values = {"name_en": f"Office {code}", "name_th": f"สำนักงาน {code}", **details}
    return found or Office.objects.create(code=code, **values)


def make_user(username: str = "", *, full_name: str = "", password: str = PASSWORD, **fields: object) -> User:
    """A person without any grant."""
    username = username or f"person{next(_numbers)}"
    user = User(username=username, full_name=full_name or username.replace(".", " ").title(), **fields)
    user.set_password(password)
    user.save()
    return user


def make_grant(
    user: User, role: str, office: Office | str = "MS", programme: str = "", *, today: dt.date | None = None
) -> Grant:
    """A role in an office, for a year from today."""
    place = make_office(office) if isinstance(office, str) else office
    day = today or timezone.localdate()
    return Grant.objects.create(
        user=user, role=role, office=place, programme=programme, valid_from=day,
        valid_to=day + dt.timedelta(days=GRANT_DAYS),
    )  # fmt: skip


def give_role(user: User, role: str, office: Office) -> Grant:
    """The same through its service, for tests of who may be given what. Raises Refusal."""
    today = timezone.localdate()
    return give_grant(user=user, role=role, office=office, given_by=None, confirmed_by=None, today=today)


def make_worker(role: str, office: Office | str = "MS", programme: str = "", username: str = "") -> User:
    """A person with one role."""
    user = make_user(username)
    make_grant(user, role, office, programme)
    return user
