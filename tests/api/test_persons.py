"""Names, facts and papers of persons, put right over the API as on their page."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from casework.audit.models import Event
from casework.people.models import IdentityDocument
from casework.people.services.papers import add_paper
from tests.factories.cases import make_sealed
from tests.factories.registration import TODAY, make_birth, registered

LATER = str(timezone.localdate() + dt.timedelta(days=2))


@pytest.fixture
def row(child) -> str:
    return f"persons/{child.pk}/"


def names(answer) -> dict[str, str]:
    """Name → kind."""
    assert answer.status_code == 200, answer.content
    return {name["full"]: name["kind"] for name in answer.json()["names"]}


def number_of(answer, full: str) -> int:
    return next(name["id"] for name in answer.json()["names"] if name["full"] == full)


def test_a_name_is_added_put_right_made_the_main_one_and_removed(caller, child, row):
    call, main = caller(), child.name
    added = call.act("add-name/", {"name": "နန်းဝါ"}, row=row)
    assert "နန်းဝါ" in names(added)
    again = call.act("add-name/", {"name": "နန်းဝါ"}, row=row)
    assert (again.status_code, again.json()["code"], again.json()["field"]) == (422, "PPL-NAME-2", "name")
    number = number_of(added, "နန်းဝါ")
    changed = call.act(f"names/{number}/change/", {"name": "နန်းဝါဝါ", "keep_former": True}, row=row)
    assert names(changed)["နန်းဝါ"] == "previous"
    first = number_of(changed, main)
    assert call.act(f"names/{first}/remove/", row=row).json()["code"] == "PPL-NAME-4"
    assert call.act(f"names/{number}/make-main/", row=row).json()["name"] == "နန်းဝါဝါ"
    assert main not in names(call.act(f"names/{first}/remove/", row=row))
    acts = set(Event.objects.filter(action__startswith="people.name.").values_list("action", flat=True))
    assert acts == {f"people.name.{act}" for act in ("added", "changed", "chosen", "removed")}


def test_an_odd_name_goes_on_when_acknowledged(caller, row):
    assert caller().act("add-name/", {"name": ""}, row=row).json()["code"] == "BR-NAME-1"
    odd = {"name": "Nan นันวา"}
    refused = caller().act("add-name/", odd, row=row)
    assert (refused.status_code, refused.json()["level"]) == (422, "warning")
    acknowledged = {**odd, "acknowledged": [error["code"] for error in refused.json()["errors"]]}
    assert caller().act("add-name/", acknowledged, row=row).status_code == 200


def test_birth_date_sex_and_languages_are_put_right_and_the_rest_stays(caller, child, row):
    refused = caller().act("change-facts/", {"birth": {"on": LATER}}, row=row)
    assert (refused.status_code, refused.json()["code"]) == (422, "BR-DOB-1")
    day = str(TODAY - dt.timedelta(days=5))
    told = {"birth": {"on": day}, "born_as_told": "full moon", "languages": ["my"], "reason": "Seen on the paper"}
    body = caller().act("change-facts/", told, row=row).json()
    assert (body["birth"]["on"], body["born_as_told"], body["languages"], body["sex"]) == (
        day,
        "full moon",
        ["my"],
        "F",
    )
    kept = caller().act("change-facts/", {"sex": "M"}, row=row).json()
    assert (kept["sex"], kept["birth"]["on"], kept["born_as_told"], kept["languages"]) == (
        "M",
        day,
        "full moon",
        ["my"],
    )
    assert Event.objects.get(action="people.birth.changed", subject_id=child.pk).reason == "Seen on the paper"


def test_what_rests_on_the_facts_is_looked_at_again(caller, cast):
    outcome = registered(cast.mae_sot, cast.of("CW"), sex="F")
    row = f"persons/{outcome.birth.case.child_id}/"
    assert caller().act("change-facts/", {"sex": "M"}, row=row).status_code == 200
    assert outcome.birth.discrepancies.filter(field="sex", state="open").exists()


def test_papers_are_added_put_right_replaced_and_retired(caller, child, row):
    call, told = caller(), {"type": "hospital_card", "number": "HN-77", "verification": "seen_original"}
    (paper,) = call.act("add-paper/", told, row=row).json()["papers"]
    assert (paper["number"][-3:], paper["verification"]) == ("N77", "seen_original")
    assert call.act("add-paper/", told, row=row).json()["code"] == "PPL-PAPER-1"
    at = f"papers/{paper['id']}/"
    (changed,) = call.act(f"{at}change/", {"country": "TH"}, row=row).json()["papers"]
    assert (changed["country"], changed["verification"], IdentityDocument.rows.get().original_seen) == (
        "TH", "seen_original", True,
    )  # fmt: skip
    replaced = call.act(f"{at}replace/", told | {"number": "HN-78"}, row=row).json()["papers"]
    assert {one["is_current"] for one in replaced} == {True, False}
    newest = max(one["id"] for one in replaced)
    retired = call.act(f"papers/{newest}/retire/", row=row).json()["papers"]
    assert {one["is_current"] for one in retired} == {False}


def test_a_number_of_somebody_else_is_asked_about_and_a_childs_is_refused(caller, cast, row):
    other, by = make_birth(cast.mae_sot, cast.of("CW")).case.child, cast.of("CW")
    for kind, number in (("passport", "MC0123456"), ("child_13_digit", "1101700230708")):
        add_paper(person=other, type=kind, number=number, by=by, today=TODAY)
    told = {"type": "passport", "number": "MC0123456", "verification": "copy_only"}
    asked = caller().act("add-paper/", told, row=row)
    assert (asked.status_code, asked.json()["code"], asked.json()["level"]) == (422, "BR-PAR-4", "warning")
    assert caller().act("add-paper/", {**told, "acknowledged": ["BR-PAR-4"]}, row=row).status_code == 200
    taken = told | {"type": "child_13_digit", "number": "1101700230708"}
    assert caller().act("add-paper/", taken, row=row).json()["code"] == "BR-ID-7"


def test_a_change_of_a_paper_asks_as_well(caller, cast, child, row):
    other, by = make_birth(cast.mae_sot, cast.of("CW")).case.child, cast.of("CW")
    add_paper(person=other, type="passport", number="MC0123456", by=by, today=TODAY)
    paper = add_paper(person=child, type="passport", number="MC0123457", by=by, today=TODAY)
    same = {"number": "MC0123456"}
    assert caller().act(f"papers/{paper.pk}/change/", same, row=row).json()["code"] == "BR-PAR-4"
    seen = {**same, "acknowledged": ["BR-PAR-4"]}
    assert caller().act(f"papers/{paper.pk}/change/", seen, row=row).status_code == 200


ACTS = ("change-facts/", "add-name/", "add-paper/")


@pytest.mark.parametrize("path", ACTS)
def test_persons_are_changed_by_who_works_on_their_case(caller, cast, birth, row, path):
    nowhere = caller().post(f"persons/99999999/{path}", {})
    for other in (caller(office="RN"), caller("PM")):
        answer = other.post(f"{row}{path}", {})
        assert (answer.status_code, answer.content) == (404, nowhere.content)
    assert caller().post(f"{row}{path}", {"nonsense": 1}).status_code == 400
    make_sealed(birth.case, cast.of("SUP"))
    assert caller("SUP").post(f"{row}{path}", {}).status_code == 404


@pytest.mark.parametrize("slipped", ["merged_into", "died_on", "version", "created_by"])
def test_nothing_is_slipped_into_the_facts(caller, row, slipped):
    answer = caller().act("change-facts/", {slipped: 1}, row=row)
    assert (answer.status_code, answer.json()["field"]) == (400, slipped)


def test_a_name_of_another_person_is_not_found(caller, cast, row):
    other = make_birth(cast.mae_sot, cast.of("CW")).case.child.names.first()
    assert caller().act(f"names/{other.pk}/change/", {"name": "Nan"}, row=row).status_code == 404


def test_a_stale_state_is_refused(caller, row):
    tag = caller().get(row)["ETag"]
    caller().act("add-name/", {"name": "နန်းဝါ"}, row=row)
    stale = caller().post(f"{row}change-facts/", {"sex": "M"}, **{"If-Match": tag})
    assert (stale.status_code, stale.json()["code"]) == (412, "E-MATCH-2")


def test_a_whole_number_is_shown_to_who_may_and_every_look_is_kept(caller, child, row, cast):
    paper = add_paper(person=child, type="passport", number="MC0123456", by=cast.of("CW"), today=TODAY)
    path = f"{row}papers/{paper.pk}/number/"
    assert "MC0123456" not in caller().get(row).content.decode()
    assert caller().get(path).json() == {"number": "MC0123456"}
    seen = Event.objects.get(action="people.paper.revealed")
    assert seen.actor == cast.of("CW")
    assert caller(office="RN").get(path).status_code == 404
    assert Event.objects.filter(action="people.paper.revealed").count() == 1
