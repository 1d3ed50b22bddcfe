"""Who sees a person: through the reach that cases write, and through nothing else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from casework.access.visibility import AccessNotDeclared
from casework.people.models import ConflictOfInterest, Person, PersonName, PersonReach
from casework.people.services.reach import CASE, set_reach, share_reach
from tests.factories.people import TODAY, make_office, make_person, make_worker, reach, revoke

pytestmark = pytest.mark.django_db


def sees(user: object, person: Person) -> bool:
    return Person.objects.visible_to(user).filter(pk=person.pk).exists()


@pytest.mark.parametrize(
    ("role", "expected"),
    [("CW", True), ("SUP", True)]
    + [(role, False) for role in ("PSY", "TRF", "FO", "FA", "CSH", "PM", "TRN", "ME", "DPO", "SYS", "AUD", "EXT")],
)
def test_a_person_reached_by_an_office_is_seen_by_its_case_roles(role: str, expected: bool) -> None:
    office, person = make_office(), make_person()
    reach(person, office)
    assert sees(make_worker(office, role), person) is expected


@pytest.mark.parametrize("role", ["CW", "PSY", "TRF"])
def test_a_person_is_seen_by_whom_the_case_is_assigned_to_and_by_nobody_else(role: str) -> None:
    office, person = make_office(), make_person()
    mine, other = make_worker(office, role), make_worker(office, role)
    reach(person, users=[mine])
    assert sees(mine, person)
    assert not sees(other, person)


def test_who_helps_for_a_day_sees_the_person_until_it_ends() -> None:
    office, person = make_office(), make_person()
    helper, late, now = make_worker(office, "PSY"), make_worker(office, "PSY"), timezone.now()
    reach(person, users=[helper], until_at=now + dt.timedelta(hours=1))
    reach(person, users=[late], until_at=now - dt.timedelta(seconds=1))
    assert sees(helper, person)
    assert person.is_assigned(helper)
    assert not sees(late, person)
    assert not person.is_assigned(late)


def test_a_new_member_of_the_family_is_seen_no_longer_than_its_person() -> None:
    person, member, baby = make_person(), make_person(), make_person()
    helper, now = make_worker(role="PSY"), timezone.now()
    reach(person, users=[helper], until_at=now + dt.timedelta(hours=1))
    share_reach(of=person, to=member)
    PersonReach.objects.filter(person=person).update(until_at=now - dt.timedelta(seconds=1))
    share_reach(of=person, to=baby)
    assert PersonReach.objects.get(person=member).until_at == now + dt.timedelta(hours=1)
    assert sees(helper, member)
    assert not sees(helper, baby)


def test_a_person_is_not_seen_from_another_office_or_programme() -> None:
    office, person = make_office(), make_person()
    reach(person, office, programme="births")
    assert sees(make_worker(office), person)
    assert sees(make_worker(office, programme="births"), person)
    assert not sees(make_worker(office, programme="school"), person)
    assert not sees(make_worker(make_office("BK")), person)


def test_a_restricted_reach_is_not_seen_by_the_office() -> None:
    office, person = make_office(), make_person()
    reach(person, office, level=3)
    assert not sees(make_worker(office), person)


def test_nobody_sees_without_a_grant_or_without_signing_in() -> None:
    office, person = make_office(), make_person()
    worker = make_worker(office)
    reach(person, office, users=[worker])
    assert sees(worker, person)
    revoke(worker)
    assert not sees(worker, person)
    assert not sees(AnonymousUser(), person)


def test_a_relative_of_the_person_does_not_see_them() -> None:
    office, person = make_office(), make_person()
    worker = make_worker(office)
    reach(person, office)
    ConflictOfInterest.rows.create(user=worker, person=person, reason="cousin", declared_on=TODAY)
    assert not sees(worker, person)


def test_to_read_persons_without_saying_for_whom_is_refused() -> None:
    with pytest.raises(AccessNotDeclared):
        Person.objects.all()
    with pytest.raises(AccessNotDeclared):
        PersonName.objects.filter(full="x")


def test_set_reach_replaces_what_the_case_opened_and_leaves_other_cases_alone() -> None:
    office, other = make_office(), make_office("BK")
    child, mother = make_person(), make_person()
    reach(child, other)
    set_reach(source_type=CASE, source_id=1, person_ids=[child.pk, mother.pk], places=[(office.pk, "births")])
    set_reach(source_type=CASE, source_id=1, person_ids=[child.pk], places=[(office.pk, "births"), (office.pk, "aid")])
    rows = PersonReach.objects.filter(source_id=1).values_list("person_id", "office_id", "programme")
    assert sorted(rows) == [(child.pk, office.pk, "aid"), (child.pk, office.pk, "births")]
    assert PersonReach.objects.filter(office_id=other.pk).count() == 1


def test_set_reach_twice_keeps_the_rows_that_are_right() -> None:
    office, child = make_office(), make_person()
    case = {"source_type": CASE, "source_id": 1, "person_ids": [child.pk], "places": [(office.pk, "births")]}
    set_reach(**case)
    first = PersonReach.objects.get().pk
    set_reach(**case)
    assert PersonReach.objects.get().pk == first
