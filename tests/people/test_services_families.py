"""Families, their members in time, and whom one may call."""

from __future__ import annotations

import datetime as dt

import pytest

from casework.kernel.refusals import Refusal
from casework.people.models import Family, Phone
from casework.people.services import families
from casework.people.services.families import link_siblings
from tests.factories.people import TODAY, make_office, make_person, make_worker, reach

pytestmark = pytest.mark.django_db


def test_a_person_stands_once_in_a_family_but_may_come_back() -> None:
    family, child = families.create_family(by=None), make_person()
    member = families.add_member(family=family, person=child, role="child", by=None)
    with pytest.raises(Refusal) as refused:
        families.add_member(family=family, person=child, role="child", by=None)
    assert refused.value.code == "PPL-FAM-1"
    families.end_member(member=member, until_on=TODAY, by=None, today=TODAY)
    families.add_member(family=family, person=child, role="child", by=None)
    assert family.members.count() == 2


def test_a_second_mother_is_refused_and_a_father_is_allowed() -> None:
    family = families.create_family(by=None)
    families.add_member(family=family, person=make_person(), role="mother", by=None)
    with pytest.raises(Refusal) as refused:
        families.add_member(family=family, person=make_person(), role="mother", by=None)
    assert refused.value.code == "PPL-FAM-2"
    families.add_member(family=family, person=make_person(), role="father", by=None)
    assert family.members.count() == 2


def test_one_member_is_the_main_carer() -> None:
    family = families.create_family(by=None)
    mother = families.add_member(family=family, person=make_person(), role="mother", by=None, is_main_carer=True)
    aunt = families.add_member(family=family, person=make_person(), role="aunt_uncle", by=None)
    families.change_member(member=aunt, is_main_carer=True, by=None)
    mother.refresh_from_db()
    assert (mother.is_main_carer, aunt.is_main_carer) == (False, True)


def test_a_member_does_not_move_out_tomorrow() -> None:
    family = families.create_family(by=None)
    member = families.add_member(family=family, person=make_person(), role="child", by=None)
    with pytest.raises(Refusal) as refused:
        families.end_member(member=member, until_on=TODAY + dt.timedelta(days=1), by=None, today=TODAY)
    assert refused.value.code == "PPL-FAM-3"
    assert families.end_member(member=member, until_on=TODAY, by=None, today=TODAY).until_on == TODAY


def test_a_phone_is_kept_as_national_digits_with_its_rule() -> None:
    family = families.create_family(by=None)
    phone = families.add_phone(family=family, number="+66 81 234 4471", rule="do_not", whose="Father", by=None)
    assert (phone.number, phone.rule) == ("0812344471", "do_not")


@pytest.mark.parametrize(("number", "code"), [("none", "PPL-PHONE-1"), ("081 234 4471", "PPL-PHONE-2")])
def test_a_phone_without_digits_or_there_already_is_refused(number: str, code: str) -> None:
    family = families.create_family(by=None)
    families.add_phone(family=family, number="0812344471", by=None)
    with pytest.raises(Refusal) as refused:
        families.add_phone(family=family, number=number, by=None)
    assert refused.value.code == code
    other = families.add_phone(family=family, number="0891112222", by=None)
    with pytest.raises(Refusal) as refused:
        families.change_phone(phone=other, number=number, by=None)
    assert refused.value.code == code
    assert families.change_phone(phone=other, number="089 111 2222", whose="Mother", by=None).whose == "Mother"
    assert Phone.rows.count() == 2


def test_siblings_come_into_one_family_once() -> None:
    first, second = make_person("Eh Soe"), make_person("Ku Moo")
    home = families.create_family(by=None, address_text="Mae Pa")
    families.add_member(family=home, person=first, role="child", by=None)
    link_siblings(first=first, second=second, by=None)
    link_siblings(first=first, second=second, by=None)
    assert Family.rows.count() == 1
    assert set(home.members.values_list("person_id", "role")) == {(first.pk, "child"), (second.pk, "child")}


def test_a_family_and_its_phones_are_seen_where_one_member_is_seen() -> None:
    office = make_office()
    worker, stranger = make_worker(office), make_worker(make_office("BK"))
    family, child = families.create_family(by=None), make_person()
    families.add_member(family=family, person=child, role="child", by=None)
    families.add_phone(family=family, number="0812344471", by=None)
    reach(child, office)
    assert Family.objects.visible_to(worker).get() == family
    assert Phone.objects.visible_to(worker).count() == 1
    assert not Family.objects.visible_to(stranger).exists()
    assert not Phone.objects.visible_to(stranger).exists()
