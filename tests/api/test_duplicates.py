"""Pairs that look alike over the API: decided by one, merged by another, taken apart again."""

from __future__ import annotations

import pytest

from casework.people.models import DuplicateHit, Person
from tests.factories.cases import make_sealed
from tests.factories.registration import make_birth


@pytest.fixture
def pair(cast) -> DuplicateHit:
    first, second = (make_birth(cast.mae_sot, cast.of("CW")).case.child for _ in range(2))
    hit, _new = DuplicateHit.rows.update_or_create(
        first_id=min(first.pk, second.pk), second_id=max(first.pk, second.pk),
        defaults={"band": "high", "score": 5.0, "fingerprint": "x", "evidence": {"labels": ["D2"], "facts": []}},
    )  # fmt: skip
    return hit


@pytest.fixture
def row(pair) -> str:
    return f"duplicates/{pair.pk}/"


def numbers(call) -> set[int]:
    return {line["id"] for line in call.get("duplicates/").json()["results"]}


def test_another_child_needs_a_reason_and_can_be_taken_back(caller, pair, row):
    call = caller()
    assert pair.pk in numbers(call)
    refused = call.act("decide/", {"decision": "different"}, row=row)
    assert (refused.status_code, refused.json()["code"]) == (422, "PPL-DUP-2")
    body = call.act("decide/", {"decision": "different", "reason": "Both were seen on one day"}, row=row).json()
    assert (body["state"], body["decision"]) == ("decided", "different")
    assert pair.pk not in numbers(call)
    assert call.act("reopen/", {"reason": "The mother says no"}, row=row).json()["state"] == "open"


def test_one_proposes_another_merges_and_it_is_taken_back(caller, pair, row):
    keep, dropped = pair.first_id, pair.second_id
    told = {"decision": "same", "keep": keep, "choices": {"sex": "dropped"}}
    assert caller().act("decide/", told | {"keep": 99}, row=row).json()["code"] == "PPL-DUP-3"
    assert caller().act("decide/", told | {"choices": {"salary": "kept"}}, row=row).status_code == 400
    assert caller().act("decide/", told, row=row).json()["keep"] == keep
    assert caller().act("confirm-merge/", row=row).status_code == 403
    assert caller("SUP").act("confirm-merge/", row=row).status_code == 200
    assert Person.rows.get(pk=dropped).merged_into_id == keep
    undone = caller("SUP").act("undo-merge/", {"reason": "Two children after all"}, row=f"persons/{keep}/")
    assert undone.status_code == 200
    assert Person.rows.get(pk=dropped).merged_into_id is None
    again = caller("SUP").act("undo-merge/", {"reason": "Once more"}, row=f"persons/{keep}/")
    assert (again.status_code, again.json()["code"]) == (409, "PPL-MERGE-6")


def test_nobody_confirms_their_own(caller, pair, row):
    call = caller("SUP")
    call.act("decide/", {"decision": "same", "keep": pair.first_id}, row=row)
    answer = call.act("confirm-merge/", row=row)
    assert (answer.status_code, answer.json()["code"]) == (409, "PPL-MERGE-1")


def test_a_pair_is_there_only_for_who_sees_both(caller, cast, pair, row):
    nowhere = caller().get("duplicates/99999999/")
    for other in (caller(office="RN"), caller("PM")):
        answer = other.get(row)
        assert (answer.status_code, answer.content) == (404, nowhere.content)
    assert caller("SUP").get(row).status_code == 200 and pair.pk in numbers(caller("SUP"))
    make_sealed(pair.second.cases.get(), cast.of("SUP"))
    assert caller("SUP").get(row).content == nowhere.content and pair.pk not in numbers(caller("SUP"))


def test_of_a_record_elsewhere_only_the_reasons_are_told_and_its_office_is_asked(caller, cast):
    mine = make_birth(cast.mae_sot, cast.of("CW")).case.child
    other = make_birth(cast.ranong, cast.of("CW", "RN"))
    hit, _new = DuplicateHit.rows.update_or_create(
        first_id=min(mine.pk, other.case.child_id), second_id=max(mine.pk, other.case.child_id),
        defaults={"band": "high", "score": 5.0, "fingerprint": "y", "evidence": {"facts": ["mother_name"]}},
    )  # fmt: skip
    path = f"duplicates-elsewhere/{hit.pk}/"
    told = caller().get(path).json()
    assert (told["mine"]["id"], told["facts"], told["question"]) == (mine.pk, ["mother_name"], "")
    assert caller().get(f"duplicates/{hit.pk}/").status_code == 404
    assert caller().act("ask/", row=path).json()["code"] == "PPL-DUP-5"
    assert caller().act("ask/", {"question": "Is she yours?"}, row=path).json()["question"] == "Is she yours?"
    theirs = caller(office="RN").get("duplicates-elsewhere/").json()["results"]
    assert [(row["mine"]["id"], row["question"]) for row in theirs if row["id"] == hit.pk] == [
        (other.case.child_id, "Is she yours?")
    ]
    asked, said = caller(office="RN"), {"answer": "call", "text": "Tomorrow at nine"}
    assert asked.get(path).json()["asks_us"] and not caller().get(path).json()["asks_us"]
    assert caller().act("answer/", said, row=path).json()["code"] == "PPL-DUP-10", "who asked does not answer"
    assert asked.act("answer/", {"answer": "call"}, row=path).json()["code"] == "PPL-DUP-9"
    assert asked.act("answer/", said, row=path).json()["answer_text"] == "Tomorrow at nine"
    done = asked.act("answer/", {"answer": "different", "text": "We know both"}, row=path).json()
    assert (done["answer"], done["asks_us"], done["mine"]["id"]) == ("different", False, other.case.child_id)
    assert asked.get(path).status_code == caller().get(path).status_code == 404, "it waits no longer"
    DuplicateHit.rows.filter(pk=hit.pk).update(state="open", decision="")
    make_sealed(other.case, cast.of("SUP", "RN"))
    assert caller().get(path).status_code == 404, "of a sealed record nothing is told at all"
