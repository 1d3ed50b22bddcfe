"""A caller of the API and the body of a birth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import resolve
from django.utils import timezone

from casework.accounts.models import User
from casework.people.models import Person
from registration.models import BirthRecord
from tests.factories.cast import signed_in
from tests.factories.registration import make_birth, make_facility

RECORDS = ("birth", "cases", "persons", "imports", "ward")
"""Resources of which a refusal may name a fact of the record that the body of an act does not hold."""


def names_its_fields(path: str, answer: Any) -> None:
    """What refuses a body of money or goods names a field of that body, and not a box of the page."""
    if answer.status_code not in (400, 409, 422) or path.startswith(RECORDS):
        return
    found = resolve(f"/api/v1/{path}")
    told = found.func.cls.spec_of(found.func.actions["post"]).told().fields
    named = {one["field"].split(".")[0] for one in answer.json()["errors"] if one["code"] != "E-FIELD-1"}
    assert named <= {"", "Idempotency-Key", *told}, answer.json()


class Caller:
    """Speaks JSON as one person; sends the ETag of what it last read."""

    def __init__(self, user: User, *, fresh: bool = True) -> None:
        self.user, self.client = user, signed_in(user, fresh=fresh)

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1/{path}", query)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        answer = self.client.post(f"/api/v1/{path}", body or {}, content_type="application/json", headers=headers)
        names_its_fields(path, answer)
        return answer

    def act(self, path: str, body: Any = None, *, row: str) -> Any:
        """A change of a row as it is now."""
        return self.post(f"{row}{path}", body, **{"If-Match": self.get(row)["ETag"]})


@pytest.fixture
def birth(cast) -> BirthRecord:
    """A birth of Mae Sot."""
    return make_birth(cast.mae_sot, cast.of("CW"))


@pytest.fixture
def child(birth) -> Person:
    """The child that was born."""
    return birth.case.child


@pytest.fixture
def caller(cast) -> Callable[..., Caller]:
    """A caller with a role in an office."""
    return lambda role="CW", office="MS", **more: Caller(cast.of(role, office), **more)


@pytest.fixture
def birth_body(db) -> Callable[..., dict[str, Any]]:
    """A child born in hospital three days ago, changed as asked."""

    def make(**changes: Any) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            "names": {"Latn": "Nan Wah", "Thai": "นันวา"},
            "birth": {"on": str(today - dt.timedelta(days=3)), "precision": "exact"},
            "sex": "F",
            "weight_g": 3100,
            "channel": "ward",
            "place_kind": "hospital",
            "facility": make_facility().pk,
            "place": "6306",
            "proof": "TR1_1",
            "proof_number": "MSH-00042",
            "proof_seen": True,
            "informant_relation": "mother",
            "mother": {"knowledge": "known", "names": {"Latn": "Naw Paw"}},
            "father": {"knowledge": "unknown", "reason": "She never told"},
            "phones": ["0812345678"],
            "notice": {"language": "my", "given_on": str(today)},
            **changes,
        }

    return make
