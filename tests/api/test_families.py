"""Families over the API: who lives with a person and whom one may call, as on their page."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from casework.people.models import Person
from casework.people.services.families import add_member
from tests.factories.cases import make_sealed
from tests.factories.registration import make_birth


@pytest.fixture
def row(child) -> str:
    return f"persons/{child.pk}/"


def family_of(call, row: str) -> dict:
    (family,) = call.get(f"{row}families/").json()
    return family


def member_named(family: dict, name: str) -> dict:
    return next(member for member in family["members"] if member["name"] == name)


def test_a_grandmother_joins_with_her_phone_and_moves_out(caller, row):
    call, told = caller(), {"names": ["Naw Htoo", "นอทู"], "role": "grandparent", "phone": "081 234 4471"}
    assert call.act("add-member/", told, row=row).status_code == 200
    family = family_of(call, row)
    joined = member_named(family, "Naw Htoo")
    assert (joined["role"], joined["until_on"]) == ("grandparent", None)
    assert "0812344471" in {phone["number"] for phone in family["phones"] if phone["person"] == joined["person"]}
    at, tomorrow = f"members/{joined['id']}/change/", timezone.localdate() + dt.timedelta(days=1)
    refused = call.act(at, {"until_on": str(tomorrow)}, row=row)
    assert (refused.status_code, refused.json()["code"]) == (422, "PPL-FAM-3")
    assert call.act(at, {"role": "guardian", "is_main_carer": True}, row=row).status_code == 200
    assert call.act(at, {"until_on": str(timezone.localdate())}, row=row).status_code == 200
    left = member_named(family_of(call, row), "Naw Htoo")
    assert (left["role"], left["is_main_carer"], left["until_on"]) == ("guardian", False, str(timezone.localdate()))


def test_a_second_mother_is_refused_and_nothing_is_left_behind(caller, row):
    before = Person.rows.count()
    answer = caller().act("add-member/", {"names": ["Naw Htoo"], "role": "mother"}, row=row)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, "PPL-FAM-2", "role")
    assert Person.rows.count() == before


def test_address_and_phones_are_put_right(caller, row):
    call = caller()
    family = family_of(call, row)
    at = f"families/{family['id']}/"
    assert call.act(f"{at}change/", {"address_text": "Behind the market"}, row=row).status_code == 200
    mother = next(member for member in family["members"] if member["role"] == "mother")
    told = {"number": "081 234 4471", "person": mother["person"], "rule": "careful"}
    assert call.act(f"{at}add-phone/", told, row=row).status_code == 200
    assert call.act(f"{at}add-phone/", told, row=row).json()["code"] == "PPL-PHONE-2"
    now = family_of(call, row)
    phone = next(one for one in now["phones"] if one["number"] == "0812344471")
    assert (now["address_text"], phone["person"], phone["rule"]) == (
        "Behind the market", mother["person"], "careful",
    )  # fmt: skip
    assert call.act(f"phones/{phone['id']}/change/", {"rule": "do_not"}, row=row).status_code == 200
    changed = next(one for one in family_of(call, row)["phones"] if one["id"] == phone["id"])
    assert (changed["rule"], changed["number"], changed["person"]) == ("do_not", "08x-xxx-4471", mother["person"])
    assert call.act(f"phones/{phone['id']}/remove/", row=row).status_code == 200
    assert phone["id"] not in {one["id"] for one in family_of(call, row)["phones"]}


def test_a_phone_belongs_to_somebody_who_lives_there(caller, cast, row):
    call, stranger = caller(), make_birth(cast.mae_sot, cast.of("CW")).case.child
    told = {"number": "081 234 4471", "person": stranger.pk}
    answer = call.act(f"families/{family_of(call, row)['id']}/add-phone/", told, row=row)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "person")


def test_who_is_not_seen_has_neither_name_nor_number(caller, cast, birth, row):
    hidden = make_birth(cast.mae_sot, cast.of("CW")).case
    add_member(family=birth.case.family, person=hidden.child, role="sibling", by=cast.of("CW"))
    name = hidden.child.name
    assert member_named(family_of(caller("SUP"), row), name)["person"] == hidden.child_id
    make_sealed(hidden, cast.of("SUP"))
    masked = [member for member in family_of(caller("SUP"), row)["members"] if member["role"] == "sibling"]
    assert [(member["person"], member["name"]) for member in masked] == [(None, "")]


def test_families_are_changed_by_who_works_on_their_case(caller, cast, birth, row):
    told = {"names": ["Naw Htoo"], "role": "grandparent"}
    nowhere = caller().post("persons/99999999/add-member/", told)
    for other in (caller(office="RN"), caller("PM")):
        answer = other.post(f"{row}add-member/", told)
        assert (answer.status_code, answer.content) == (404, nowhere.content)
    assert caller().post(f"{row}add-member/", {"nonsense": 1}).status_code == 400
    make_sealed(birth.case, cast.of("SUP"))
    assert caller("SUP").post(f"{row}add-member/", told).status_code == 404
