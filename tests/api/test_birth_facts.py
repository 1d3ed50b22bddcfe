"""Facts of a birth and its parents over the API: what is told is changed, the rest stays, the rules are the pages'."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from casework.people.services.families import add_member
from casework.people.services.persons import create_person
from casework.people.services.reach import share_reach
from casework.people.states import FamilyRole
from registration.models import BirthRecord
from registration.queries.facts import facts_of
from tests.factories.registration import TODAY, birth_facts, known, make_birth, missing, ready, visit


@pytest.fixture
def birth(cast) -> BirthRecord:
    """Ready for the office; of the father nothing is known."""
    facts = birth_facts(parents=(known("mother"), missing("father")))
    return ready(cast.mae_sot, cast.of("CW"), facts)


def row(birth: BirthRecord) -> str:
    return f"births/{birth.pk}/"


def father_of(birth: BirthRecord) -> str:
    return f"parents/{birth.parents.get(role='father').pk}/change/"


def stored(birth: BirthRecord) -> BirthRecord:
    return BirthRecord.rows.get(pk=birth.pk)


def test_what_is_told_is_changed_and_the_rest_stays(caller, birth):
    before = facts_of(birth)
    answer = caller().act("change-facts/", {"weight_g": 3050, "hospital_no_child": "A77"}, row=row(birth))

    assert answer.status_code == 200, answer.content
    assert (answer.json()["weight_g"], answer.json()["status"]) == (3050, "gathering")
    after = facts_of(stored(birth))
    assert (after.weight_g, after.hospital_no_child) == (3050, "A77")
    kept = ("names", "birth", "sex", "proof_number", "facility_id", "plurality", "channel")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]


def test_a_name_that_is_left_out_of_the_names_is_taken_away(caller, birth):
    answer = caller().act("change-facts/", {"names": {"Thai": "นันวาวา"}}, row=row(birth))
    assert answer.status_code == 200, answer.content
    assert facts_of(stored(birth)).names == {"Thai": "นันวาวา"}
    refused = caller().act("change-facts/", {"names": {}}, row=row(birth))
    assert (refused.status_code, refused.json()["code"]) == (422, "BR-NAME-1")


def test_birth_date_and_sex_are_put_right_within_the_rules(caller, birth):
    later = {"birth": {"on": str(timezone.localdate() + dt.timedelta(days=2)), "precision": "exact"}}
    refused = caller().act("change-facts/", later, row=row(birth))
    assert (refused.status_code, refused.json()["code"]) == (422, "BR-DOB-1")
    day = TODAY - dt.timedelta(days=4)
    answer = caller().act("change-facts/", {"birth": {"on": str(day)}, "sex": "M"}, row=row(birth))
    assert (answer.json()["child"]["birth"]["on"], answer.json()["child"]["sex"]) == (str(day), "M")


def test_a_birth_that_was_at_home_has_no_hospital(caller, birth):
    home = {"place_kind": "home", "attendant": "traditional", "proof": "none", "place": ""}
    refused = caller().act("change-facts/", home, row=row(birth))
    assert "BR-PLACE-2" in {error["code"] for error in refused.json()["errors"]}
    answer = caller().act("change-facts/", home | {"is_place_unknown": True}, row=row(birth))
    assert answer.status_code == 200, answer.content
    assert (answer.json()["facility"], answer.json()["is_place_unknown"]) == (None, True)
    known_now = caller().act("change-facts/", {"place": "6306"}, row=row(birth)).json()
    assert (known_now["place"], known_now["is_place_unknown"]) == ("6306", False)


def test_odd_facts_go_on_when_acknowledged(caller, birth):
    refused = caller().act("change-facts/", {"weight_g": 1200}, row=row(birth))
    assert {error["level"] for error in refused.json()["errors"]} == {"warning"}
    codes = [error["code"] for error in refused.json()["errors"]]
    assert caller().act("change-facts/", {"weight_g": 1200, "acknowledged": codes}, row=row(birth)).status_code == 200


def test_once_the_papers_are_at_the_office_facts_stay(caller, cast, birth):
    visit(birth, cast.of("CW"))
    for path, body in (("change-facts/", {"weight_g": 3050}), (father_of(birth), {"knowledge": "absent_lost"})):
        refused = caller().act(path, body, row=row(birth))
        assert (refused.status_code, refused.json()["code"]) == (409, "BR-EDIT-1")


@pytest.mark.parametrize("slipped", ["mother", "plurality", "notice", "office", "twin_of", "late_text", "status"])
def test_nothing_is_slipped_into_the_facts(caller, birth, slipped):
    answer = caller().act("change-facts/", {slipped: 1}, row=row(birth))
    assert (answer.status_code, answer.json()["field"]) == (400, slipped)


def test_facts_are_changed_by_who_works_on_the_case(caller, birth):
    body = {"weight_g": 3050}
    assert caller(office="RN").post(f"{row(birth)}change-facts/", body).status_code == 404
    assert caller("PM").post(f"{row(birth)}change-facts/", body).status_code == 404
    assert caller().post(f"{row(birth)}change-facts/", body).status_code == 428
    assert caller("SUP").act("change-facts/", body, row=row(birth)).status_code == 200


def test_a_father_who_comes_later_becomes_a_person_of_the_family(caller, birth):
    paper = {"type": "passport", "number": "MB123456", "original_seen": True}
    refused = caller().act(father_of(birth), {"knowledge": "known"}, row=row(birth))
    assert refused.status_code == 422 and "BR-PAR-1" in {error["code"] for error in refused.json()["errors"]}
    came = {"knowledge": "known", "names": {"Latn": "Saw Htoo Wah"}, "papers": [paper], "reason": ""}
    answer = caller().act(father_of(birth), came, row=row(birth))
    assert answer.status_code == 200, answer.content
    link = birth.parents.get(role="father")
    assert (link.person.name, link.has_paper, link.person.papers.get().number) == ("Saw Htoo Wah", True, "MB123456")
    assert link.person.memberships.get().family == birth.case.family
    assert answer.json()["status"] == "gathering"


def test_who_is_a_person_already_agrees_to_the_surname_and_keeps_the_rest(caller, birth):
    call = caller()
    call.act(father_of(birth), {"knowledge": "known", "names": {"Latn": "Saw Htoo Wah"}}, row=row(birth))
    agreed = {"marriage": "customary", "surname_consent": True}
    answer = call.act(father_of(birth), agreed, row=row(birth))
    (father,) = (parent for parent in answer.json()["parents"] if parent["role"] == "father")
    assert (father["marriage"], father["surname_consent"], father["knowledge"]) == ("customary", True, "known")
    renamed = call.act(father_of(birth), {"names": {"Latn": "Saw Eh"}}, row=row(birth))
    assert (renamed.status_code, renamed.json()["field"]) == (400, "names")
    gone = call.act(father_of(birth), {"knowledge": "unknown", "reason": "He left"}, row=row(birth))
    assert gone.json()["code"] == "BR-PAR-5"


def test_somebody_of_the_family_is_chosen_and_nobody_else(caller, cast, birth):
    by = cast.of("CW")
    uncle = create_person(names={"Latn": "Saw Eh"}, by=by, today=TODAY, sex="M")
    add_member(family=birth.case.family, person=uncle, role=FamilyRole.OTHER, by=by)
    share_reach(of=birth.case.child, to=uncle)
    stranger = make_birth(cast.mae_sot, by).case.child
    mother = birth.parents.get(role="mother").person
    for other in (stranger, mother, birth.case.child):
        refused = caller().act(father_of(birth), {"knowledge": "known", "person": other.pk}, row=row(birth))
        assert (refused.status_code, refused.json()["field"]) == (400, "person")
    both = {"knowledge": "known", "person": uncle.pk, "names": {"Latn": "Saw Eh"}}
    assert caller().act(father_of(birth), both, row=row(birth)).json()["field"] == "person"
    del both["names"]
    assert caller().act(father_of(birth), both, row=row(birth)).status_code == 200
    assert birth.parents.get(role="father").person == uncle


def test_a_parent_of_another_birth_is_not_found(caller, cast, birth):
    other = make_birth(cast.mae_sot, cast.of("CW"))
    assert caller().act(father_of(other), {"knowledge": "unknown"}, row=row(birth)).status_code == 404
