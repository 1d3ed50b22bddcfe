"""Somebody new in a family: a person, their place in it, and the phone that reaches them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from casework.kernel.acts import act
from casework.kernel.dates import BirthDate
from casework.people.models import FamilyMember, Person
from casework.people.states import ContactRule, Sex

from .families import add_member, add_phone, family_of
from .persons import UNKNOWN_BIRTH, NewName, create_person
from .reach import share_reach


@act
def join_family(
    *, of: Person, names: Collection[str], role: str, by: Any, today: date, birth: BirthDate | None = None,
    sex: str = Sex.UNKNOWN, is_main_carer: bool = False, phone: str = "", rule: str = ContactRule.NOT_ASKED,
    acknowledged: Collection[str] | None = None,
) -> FamilyMember:  # fmt: skip
    """Write down a person and put them into the family `of` somebody, which is started when there is none.

    They are seen wherever that somebody is seen. Raises as create_person, add_member and add_phone.
    """
    person = create_person(
        names=[NewName(text) for text in names], birth=birth or UNKNOWN_BIRTH, sex=sex, by=by, today=today,
        acknowledged=acknowledged,
    )  # fmt: skip
    family = family_of(person=of, by=by)
    member = add_member(family=family, person=person, role=role, is_main_carer=is_main_carer, by=by)
    if phone:
        add_phone(family=family, number=phone, person=person, rule=rule, by=by, acknowledged=acknowledged)
    share_reach(of=of, to=person)
    return member
