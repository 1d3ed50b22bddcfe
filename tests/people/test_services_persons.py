"""Persons and names: what is made, corrected, refused."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection

from casework.audit.models import Event
from casework.kernel.dates import BirthDate, Precision
from casework.kernel.refusals import Conflict, Refusal
from casework.people.models import Person, PersonName
from casework.people.services import persons
from tests.factories.people import TODAY, make_office, make_person, make_worker, reach

pytestmark = pytest.mark.django_db


def test_create_person_keeps_each_script_and_one_main_name() -> None:
    person = persons.create_person(
        names={"Latn": "Naw Eh Soe Paw", "Mymr": "နော်အဲစိုးဖော", "Thai": "เอ โซ พอ"}, by=None, today=TODAY
    )
    assert [(n.full, n.script, n.is_primary) for n in person.name_list()] == [
        ("Naw Eh Soe Paw", "Latn", True),
        ("နော်အဲစိုးဖော", "Mymr", False),
        ("เอ โซ พอ", "Thai", False),
    ]
    assert person.names.get(is_primary=True).honorific == "Naw"


def test_create_person_without_a_name_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        persons.create_person(names={"Latn": "  "}, by=None, today=TODAY)
    assert (refused.value.code, refused.value.field) == ("BR-NAME-1", "name")


def test_create_person_with_signs_for_a_name_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        persons.create_person(names={"Latn": "--- ."}, by=None, today=TODAY)
    assert refused.value.code == "BR-NAME-1"


def test_create_person_with_one_word_for_a_name_is_allowed() -> None:
    assert make_person("Moo").name == "Moo"


def test_create_person_knows_a_baby_of() -> None:
    assert make_person("Baby of Naw Paw Wah").names.get().kind == "baby_of"


def test_create_person_born_tomorrow_is_refused_and_born_today_is_allowed() -> None:
    with pytest.raises(Refusal) as refused:
        make_person(born=TODAY + dt.timedelta(days=1))
    assert (refused.value.code, refused.value.field) == ("BR-DOB-1", "birth")
    assert make_person(born=TODAY).birth == BirthDate(TODAY)


def test_create_person_is_written_into_the_history() -> None:
    worker = make_worker()
    person = make_person(by=worker)
    event = Event.objects.get(action="people.person.added")
    assert (event.subject_id, event.actor) == (person.pk, worker)


def test_add_name_that_stands_there_is_refused_and_another_is_allowed() -> None:
    person = make_person("Mu Say Wah")
    with pytest.raises(Refusal) as refused:
        persons.add_name(person=person, full=" Mu  Say Wah ", by=None)
    assert refused.value.code == "PPL-NAME-2"
    persons.add_name(person=person, full="မူစေးဝါး", by=None)
    assert [n.full for n in person.name_list()] == ["Mu Say Wah", "မူစေးဝါး"]


def test_add_name_as_the_main_one_leaves_one_main_name() -> None:
    person = make_person("Mu Say Wah")
    persons.add_name(person=person, full="Paw Say Wah", by=None, is_primary=True)
    assert person.name == "Paw Say Wah"
    assert person.names.filter(is_primary=True).count() == 1


def test_two_main_names_are_refused_by_the_database() -> None:
    person = make_person("Mu Say Wah")
    with pytest.raises(IntegrityError, match="one main name"):
        PersonName.rows.create(person=person, full="Other", script="Latn", is_primary=True)


def test_mixed_letters_need_an_acknowledgement() -> None:
    person = make_person("Mu Say Wah")
    with pytest.raises(Refusal) as refused:
        persons.add_name(person=person, full="Mu เซ", by=None, acknowledged=[])
    assert refused.value.code == "BR-NAME-3"
    assert persons.add_name(person=person, full="Mu เซ", by=None, acknowledged=["BR-NAME-3"]).full == "Mu เซ"


def test_change_name_computes_its_keys_again_and_can_keep_the_former() -> None:
    person = make_person("Mu Say Wah")
    before = person.names.get()
    persons.change_name(name=person.names.get(), full="Ku Moo", by=None, keep_former=True)
    after = person.names.get(is_primary=True)
    assert after.full == "Ku Moo"
    assert (after.search_key, after.phonetic_key, after.sort_key) != (
        before.search_key, before.phonetic_key, before.sort_key,
    )  # fmt: skip
    assert [(n.full, n.kind) for n in person.other_names] == [("Mu Say Wah", "previous")]


def test_the_main_name_is_not_removed_but_another_is() -> None:
    person = make_person("Mu Say Wah", "Ku Moo")
    main, other = person.name_list()
    with pytest.raises(Refusal) as refused:
        persons.remove_name(name=main, by=None)
    assert refused.value.code == "PPL-NAME-4"
    persons.remove_name(name=other, by=None)
    with pytest.raises(Refusal) as refused:
        persons.remove_name(name=main, by=None)
    assert refused.value.code == "PPL-NAME-3"


def test_make_name_primary_moves_the_mark() -> None:
    person = make_person("Mu Say Wah", "Ku Moo")
    persons.make_name_primary(name=person.names.get(full="Ku Moo"), by=None)
    assert person.name == "Ku Moo"


def test_a_child_who_is_named_is_no_longer_baby_of_and_is_still_found_by_it() -> None:
    person = make_person("Baby of Ma Win", "บุตรนางวิน")
    assert {n.kind for n in person.name_list()} == {"baby_of"}
    persons.change_name(name=person.names.get(is_primary=True), full="Saw Ko", by=None)
    assert [(n.full, n.kind, n.is_primary) for n in person.name_list()] == [
        ("Saw Ko", "as_spoken", True),
        ("บุตรนางวิน", "previous", False),
        ("Baby of Ma Win", "previous", False),
    ]
    assert (person.name_in("Latn"), person.name_in("Thai")) == ("Saw Ko", "")


def test_a_misspelt_baby_of_is_corrected_and_stays_one() -> None:
    person = make_person("Baby of Ma Wim")
    persons.change_name(name=person.names.get(), full="Baby of Ma Win", by=None)
    assert [(n.full, n.kind) for n in person.name_list()] == [("Baby of Ma Win", "baby_of")]
    persons.change_name(name=person.names.get(), full="Ma Win’s girl", kind="baby_of", by=None)
    persons.change_name(name=person.names.get(kind="as_spoken"), full="Ma Win’s baby girl", kind="baby_of", by=None)
    assert person.names.get(full="Ma Win’s baby girl").kind == "baby_of"


@pytest.mark.parametrize(("kind", "main"), [("as_spoken", "Saw Ko"), ("alias", "Baby of Ma Win")])
def test_the_first_name_of_its_own_becomes_the_main_one_and_a_nickname_does_not(kind, main) -> None:
    person = make_person("Baby of Ma Win")
    persons.add_name(person=person, full="Saw Ko", kind=kind, by=None)
    assert Person.rows.get(pk=person.pk).name == main
    assert person.names.filter(is_primary=True).count() == 1


def test_a_name_that_was_taken_away_meanwhile_is_refused() -> None:
    person = make_person("Mu Say Wah", "Ku Moo")
    name = person.names.get(full="Ku Moo")
    persons.remove_name(name=PersonName.rows.get(pk=name.pk), by=None)
    with pytest.raises(Conflict) as refused:
        persons.change_name(name=name, full="Ku Mu", by=None)
    assert refused.value.code == "PPL-NAME-5"
    assert persons.change_name(name=person.names.get(), full="Mu Say", by=None).full == "Mu Say"


def test_change_birth_to_a_year_keeps_the_precision_and_the_words() -> None:
    office = make_office()
    person = make_person(born=dt.date(2024, 7, 1))
    case_id = reach(person, office)
    birth = BirthDate(dt.date(2023, 1, 1), Precision.YEAR)
    persons.change_birth(person=person, birth=birth, by=None, today=TODAY, born_as_told="พ.ศ. 2566")
    assert (person.birth, person.born_as_told) == (birth, "พ.ศ. 2566")
    event = Event.objects.get(action="people.birth.changed")
    assert (event.case_id_of, event.office_id_of) == (case_id, office.pk)
    assert event.fields == ["born_as_told", "born_on", "born_precision"]


def test_change_birth_in_the_future_is_refused() -> None:
    person = make_person()
    with pytest.raises(Refusal) as refused:
        persons.change_birth(person=person, birth=BirthDate(dt.date(2030, 1, 1)), by=None, today=TODAY)
    assert refused.value.code == "BR-DOB-1"


def test_death_before_birth_is_refused_and_after_it_is_allowed() -> None:
    person = make_person(born=dt.date(2026, 11, 1))
    with pytest.raises(Refusal) as refused:
        persons.record_death(person=person, died_on=dt.date(2026, 10, 31), by=None, today=TODAY)
    assert refused.value.code == "PPL-DEATH-1"
    persons.record_death(person=person, died_on=dt.date(2026, 11, 2), by=None, today=TODAY)
    assert person.died_on == dt.date(2026, 11, 2)


def test_birth_after_the_death_is_refused() -> None:
    person = make_person(born=dt.date(2026, 11, 1))
    persons.record_death(person=person, died_on=dt.date(2026, 11, 2), by=None, today=TODAY)
    with pytest.raises(Refusal) as refused:
        persons.change_birth(person=person, birth=BirthDate(dt.date(2026, 11, 3)), by=None, today=TODAY)
    assert refused.value.code == "PPL-DEATH-1"


def test_a_merged_record_is_not_changed() -> None:
    kept, dropped = make_person("Kept"), make_person("Dropped")
    Person.rows.filter(pk=dropped.pk).update(merged_into=kept)
    with pytest.raises(Conflict):
        persons.change_facts(person=dropped, sex="F", by=None)
    assert persons.change_facts(person=kept, sex="F", by=None).sex == "F"


@pytest.mark.django_db(transaction=True)
def test_two_people_choosing_a_main_name_at_once_leave_exactly_one() -> None:
    person = make_person("Mu Say Wah")
    start, failures = threading.Barrier(4), []

    def add(number: int) -> None:
        try:
            start.wait()
            persons.add_name(person=person, full=f"Name {'abcd'[number]}", by=None, is_primary=True)
        except Exception as failed:  # noqa: BLE001  shown below
            failures.append(failed)
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert person.names.count() == 5
    assert person.names.filter(is_primary=True).count() == 1
