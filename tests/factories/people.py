"""Invented persons and the workers who see them, built through the services."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

from casework.accounts.models import Grant, Office, User
from casework.accounts.services import create_user, give_grant
from casework.kernel.dates import BirthDate
from casework.people.models import Person
from casework.people.services import persons
from casework.people.services.reach import CASE, set_reach

TODAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 3, 0, tzinfo=dt.UTC)
_count = itertools.count(1)


def make_office(code: str = "MS", kind: str = "office") -> Office:
    return Office.objects.get_or_create(
        code=code, defaults={"name_en": f"Office {code}", "name_th": f"สำนักงาน {code}", "kind": kind}
    )[0]


def make_worker(office: Office | None = None, role: str = "CW", programme: str = "", name: str = "") -> User:
    """A person with one grant that holds today."""
    number = next(_count)
    user = create_user(
        username=f"worker{number}",
        full_name=name or f"Worker {number}",
        password="long-enough-7731",
        created_by=None,
    )
    give_grant(
        user=user, role=role, office=office or make_office(), programme=programme, given_by=None, confirmed_by=None,
        today=dt.date.today(),
    )  # fmt: skip
    return user


def make_person(
    *names: str, by: User | None = None, born: dt.date | BirthDate | None = None, sex: str = "U", **more: object
) -> Person:
    """A person with the names given, the first of them the main one."""
    birth = born if isinstance(born, BirthDate) else BirthDate(born) if born else persons.UNKNOWN_BIRTH
    listed = [persons.NewName(name) for name in names or ("Mu Say Wah",)]
    return persons.create_person(names=listed, by=by, today=TODAY, birth=birth, sex=sex, **more)


def make_grown_up() -> Person:
    """Somebody who looks after children, of no family yet."""
    return make_person("Mu Thaw", born=dt.date(1990, 1, 1))


def reach(
    person: Person,
    office: Office | None = None,
    *,
    users: Sequence[User] = (),
    until_at: dt.datetime | None = None,
    programme: str = "",
    level: int = 2,
) -> int:
    """Let a person be seen as a case would: by an office, or by assigned users. Answers the number of the case."""
    case_id = next(_count) + 1000
    set_reach(
        source_type=CASE,
        source_id=case_id,
        person_ids=[person.pk],
        places=[(office.pk, programme)] if office else [],
        level=level,
        users={user.pk: until_at for user in users},
    )
    return case_id


def revoke(user: User) -> None:
    """End every grant of a person."""
    Grant.objects.filter(user=user).update(ended_at=NOW)
    if hasattr(user, "_live_grants"):
        del user._live_grants
